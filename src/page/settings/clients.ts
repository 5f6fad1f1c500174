export type Access = { base: string; key: string; model: string };
export type Client = "other" | "python" | "javascript" | "sillytavern" | "curl";

export const CLIENTS: Record<Client, string> = {
  other: ".env",
  python: "Python",
  javascript: "JavaScript",
  sillytavern: "SillyTavern",
  curl: "curl",
};

/** What a client of OpenAI's API is told, ready to be pasted. */
export const setUpOf: Record<Client, (access: Access) => string> = {
  other: ({ base, key, model }) => `OPENAI_BASE_URL=${base}\nOPENAI_API_KEY=${key}\nOPENAI_MODEL=${model}`,
  python: ({ base, key, model }) => `from openai import OpenAI

client = OpenAI(base_url="${base}", api_key="${key}")
reply = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello!"}],
)
print(reply.choices[0].message.content)`,
  javascript: ({ base, key, model }) => `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${base}", apiKey: "${key}" });
const reply = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "Hello!" }],
});
console.log(reply.choices[0].message.content);`,
  sillytavern: ({ base, key, model }) => `API: Chat Completion
Chat Completion Source: Custom (OpenAI-compatible)
Custom Endpoint (Base URL): ${base}
Custom API Key: ${key}
Model ID: ${model}`,
  curl: ({ base, key, model }) => `curl ${base}/chat/completions \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello!"}]}'`,
};
