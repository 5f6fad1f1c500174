import { z } from "@hono/zod-openapi";

/** What a client has to be told: where, by which key, and whom it talks to. */
export type Connection = { baseUrl: string; key: string; model: string };

const GuideSchema = z.object({
  id: z.string(),
  name: z.string(),
  steps: z.array(z.string()).describe("What to do, in order."),
  file: z
    .object({
      name: z.string().describe("Where the text goes: a file, or a terminal."),
      language: z.string(),
      text: z.string(),
    })
    .nullable()
    .describe("What can be copied as it is, but for the key."),
});

export type Guide = z.output<typeof GuideSchema>;

export const ConnectSchema = z
  .object({
    base_url: z.string(),
    model: z.string().describe("A persona of yours, or a placeholder where there is none yet."),
    key: z.string().describe("Stands where an API key with the scope `chat` belongs."),
    clients: z.array(GuideSchema),
  })
  .openapi("Connect", {
    example: {
      base_url: "http://localhost:8000/v1",
      model: "alex-1",
      key: "YOUR_API_KEY",
      clients: [
        {
          id: "curl",
          name: "curl",
          steps: [],
          file: {
            name: "terminal",
            language: "sh",
            text: "curl http://localhost:8000/v1/models -H 'Authorization: Bearer YOUR_API_KEY'",
          },
        },
      ],
    },
  });

const file = (name: string, language: string, text: string) => ({ name, language, text });

const code = (id: string, name: string, language: string, text: string, steps: string[] = []): Guide => ({
  id,
  name,
  steps,
  file: file(id === "curl" ? "terminal" : "your code", language, text),
});

/** How people's own clients are set up, each as its own documentation names the fields. */
export const guidesFor = (to: Connection): Guide[] => [...inCode(to), ...inApps(to), ...inEditors(to)];

const inCode = ({ baseUrl, key, model }: Connection): Guide[] => [
  code(
    "curl",
    "curl",
    "sh",
    `curl ${baseUrl}/chat/completions \\
  -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hi!"}]}'`,
  ),
  code(
    "openai-python",
    "openai for Python",
    "python",
    `from openai import OpenAI

client = OpenAI(base_url="${baseUrl}", api_key="${key}")
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hi!"}],
)
print(answer.choices[0].message.content)`,
  ),
  code(
    "openai-javascript",
    "openai for JavaScript",
    "js",
    `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${baseUrl}", apiKey: "${key}" });
const answer = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "Hi!" }],
});
console.log(answer.choices[0].message.content);`,
  ),
  code(
    "ai-sdk",
    "AI SDK",
    "js",
    `import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";

const persona = createOpenAICompatible({
  name: "persona",
  baseURL: "${baseUrl}",
  apiKey: "${key}",
});
const { textStream } = streamText({ model: persona("${model}"), prompt: "Hi!" });
for await (const text of textStream) process.stdout.write(text);`,
  ),
  code(
    "ai-sdk-responses",
    "AI SDK, with its memory here",
    "js",
    `import { createOpenAI } from "@ai-sdk/openai";
import { generateText } from "ai";

const persona = createOpenAI({ baseURL: "${baseUrl}", apiKey: "${key}" });
const messages = [{ role: "user", content: "Hi!" }];
const first = await generateText({ model: persona("${model}"), messages });
messages.push(...first.response.messages, { role: "user", content: "And you?" });
console.log((await generateText({ model: persona("${model}"), messages })).text);`,
    ["With tools, set providerOptions to { openai: { store: false } }: no conversation holds them."],
  ),
  code(
    "use-chat",
    "useChat",
    "jsx",
    `import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport } from "ai";

const api = "${baseUrl}/ui/chat";
const headers = { Authorization: "Bearer ${key}" };
const transport = new DefaultChatTransport({ api, headers, body: { model: "${model}" } });

export function Chat({ id, earlier }) {
  const { messages, sendMessage } = useChat({ id, messages: earlier, transport, resume: true });
  // Hanging up stops nothing here, so that a reply can be come back to.
  const stop = () => fetch(api + "/" + id + "/stop", { method: "POST", headers });
  return (
    <>
      {messages.map(({ id, parts }) => (
        <p key={id}>{parts.map((part) => (part.type === "text" ? part.text : ""))}</p>
      ))}
      <button onClick={() => sendMessage({ text: "Hi!" })}>Say hi</button>
      <button onClick={stop}>Stop</button>
    </>
  );
}`,
  ),
  code(
    "use-chat-server",
    "useChat (through a route of your own)",
    "js",
    `import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { convertToModelMessages, streamText } from "ai";

const persona = createOpenAICompatible({
  name: "persona",
  baseURL: "${baseUrl}",
  apiKey: "${key}",
});

export async function POST(request) {
  const { messages } = await request.json();
  const answer = streamText({
    model: persona("${model}"),
    messages: await convertToModelMessages(messages),
  });
  return answer.toUIMessageStreamResponse();
}`,
  ),
  code(
    "langchain",
    "LangChain for JavaScript",
    "js",
    `import { ChatOpenAI } from "@langchain/openai";

const chat = new ChatOpenAI({
  model: "${model}",
  apiKey: "${key}",
  configuration: { baseURL: "${baseUrl}" },
});
console.log((await chat.invoke("Hi!")).content);`,
  ),
  code(
    "langchain-python",
    "LangChain for Python",
    "python",
    `from langchain_openai import ChatOpenAI

chat = ChatOpenAI(model="${model}", api_key="${key}", base_url="${baseUrl}")
print(chat.invoke("Hi!").content)`,
  ),
];

const inApps = ({ baseUrl, key, model }: Connection): Guide[] => [
  {
    id: "sillytavern",
    name: "SillyTavern",
    steps: [
      "API Connections: choose Chat Completion as the API, and Custom (OpenAI-compatible) as its source.",
      `Custom Endpoint (Base URL): ${baseUrl}`,
      `Custom API Key: ${key}`,
      `Connect, and choose ${model} among the available models.`,
    ],
    file: null,
  },
  {
    id: "open-webui",
    name: "Open WebUI",
    steps: [
      "Admin Panel, Settings, Connections: add a connection under OpenAI API.",
      `URL: ${baseUrl}`,
      `Key: ${key}`,
      "Headers: as below; titles and tags are then kept nowhere.",
    ],
    file: file(
      "Headers",
      "json",
      JSON.stringify({ "X-OpenWebUI-Chat-Id": "{{CHAT_ID}}", "X-OpenWebUI-Task": "{{TASK}}" }, null, 2),
    ),
  },
  {
    id: "librechat",
    name: "LibreChat",
    steps: ["Set PERSONA_KEY in .env, put this into librechat.yaml, and start again."],
    file: file(
      "librechat.yaml",
      "yaml",
      `endpoints:
  custom:
    - name: "Personas"
      apiKey: "\${PERSONA_KEY}"
      baseURL: "${baseUrl}"
      models:
        default: ["${model}"]
        fetch: true
      titleConvo: true
      titleModel: "current_model"`,
    ),
  },
];

const inEditors = ({ baseUrl, key, model }: Connection): Guide[] => [
  {
    id: "codex",
    name: "codex",
    steps: [`Set PERSONA_KEY to ${key} in the terminal, and start codex.`],
    file: file(
      "~/.codex/config.toml",
      "toml",
      `model = "${model}"
model_provider = "persona"

[model_providers.persona]
name = "Personas"
base_url = "${baseUrl}"
env_key = "PERSONA_KEY"
wire_api = "responses"`,
    ),
  },
  {
    id: "qwen-code",
    name: "qwen-code",
    steps: [],
    file: file(
      "terminal",
      "sh",
      `OPENAI_BASE_URL=${baseUrl} OPENAI_API_KEY=${key} OPENAI_MODEL=${model} qwen`,
    ),
  },
  {
    id: "opencode",
    name: "opencode",
    steps: [`Choose persona/${model} with /models.`],
    file: file(
      "opencode.json",
      "json",
      JSON.stringify(
        {
          provider: {
            persona: {
              npm: "@ai-sdk/openai-compatible",
              name: "Personas",
              options: { baseURL: baseUrl, apiKey: key },
              models: { [model]: { name: model } },
            },
          },
        },
        null,
        2,
      ),
    ),
  },
  {
    id: "continue",
    name: "Continue",
    steps: [],
    file: file(
      "~/.continue/config.yaml",
      "yaml",
      `name: Personas
version: 1.0.0
schema: v1
models:
  - name: ${model}
    provider: openai
    model: ${model}
    apiBase: ${baseUrl}
    apiKey: ${key}`,
    ),
  },
];
