import { expect } from "vitest";
import OpenAI7 from "openai";
import OpenAI4 from "openai-4";
import OpenAI5 from "openai-5";
import OpenAI6 from "openai-6";

import { api, newConversation } from "./client.ts";
import { startServer } from "./server.ts";
import { reply, startUpstream, type Step } from "./upstream.ts";

/** What all versions of the SDK have in common, as far as tests are about it. */
export type Client = OpenAI7;
export const CLIENTS = Object.entries({ OpenAI4, OpenAI5, OpenAI6, OpenAI7 } as unknown as Record<
  string,
  new (options: { baseURL: string; apiKey: string; maxRetries?: number }) => Client
>);

export const WORDS = "The sea is calm tonight.";
export const PATIENCE = { timeout: 20_000, interval: 50 };
export const parameters = {
  type: "object",
  properties: { at: { type: "string" } },
  required: ["at"],
} as const;

/** The steps of a reply that asks for a call of `look`, in pieces. */
export const calling: Step[] = [
  { id: "call_1", type: "function", function: { name: "look", arguments: "" } },
  { function: { arguments: '{"at":' } },
  { function: { arguments: '"sea"}' } },
]
  .map((call): Step => ({
    chunk: {
      id: "chatcmpl-scripted",
      object: "chat.completion.chunk",
      created: 1_700_000_000,
      model: "m",
      choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...call }] }, finish_reason: null }],
    },
  }))
  .concat([
    { finish: "tool_calls" },
    { usage: { prompt_tokens: 30, completion_tokens: 8, total_tokens: 38 } },
    { done: true },
  ]);

/** A reply that goes on for half a minute, unless somebody hangs up. */
export const endless = (): Step[] => reply("wave ".repeat(600), { wait: 50 });

/** A server with an upstream, a persona as a model, and a key to it: what people's own clients are set up with. */
export async function startModel() {
  const upstream = await startUpstream();
  const server = await startServer({
    vars: {
      OPENAI_API_KEY: "sk-test",
      OPENAI_BASE_URL: upstream.url,
      // What is said elsewhere is no part of what these clients say.
      MEMORY_TOKENS: "0",
      RATE_LIMITS: "off",
      UPSTREAM_RETRIES: "0",
    },
  });
  const chat = await newConversation(server.url);
  const { token } = chat;
  const key = { name: "app", scopes: ["chat"] };
  const { key: apiKey } = await api<{ key: string }>(`${server.url}/auth/api-keys`, { token, body: key });
  const baseURL = `${server.url}/v1`;
  const { data } = await api<{ data: { id: string }[] }>(`${baseURL}/models`, { token: apiKey });
  return {
    upstream,
    server,
    chat,
    apiKey,
    baseURL,
    model: data[0]!.id,
    costOf: async () => {
      const { total_tokens } = await api<{ total_tokens: number }>(`${server.url}/chat/stats`, { token });
      return total_tokens;
    },
    /** Waits until the caller of this call has hung up. */
    hungUp: (call: number) =>
      expect.poll(() => upstream.calls[call]?.abortedAt ?? null, PATIENCE).not.toBeNull(),
    async [Symbol.asyncDispose]() {
      await server.stop();
      await upstream.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof startModel>>;
