import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatOpenAI } from "@langchain/openai";
import { generateText, jsonSchema, streamText, tool } from "ai";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { api } from "./client.ts";
import {
  calling,
  CLIENTS,
  endless,
  parameters,
  PATIENCE,
  startModel,
  WORDS,
  type Client,
  type House,
} from "./openai.ts";
import { reply, type Upstream } from "./upstream.ts";

/** People's own clients, unchanged, over a real socket: each persona is a model. */
let house: House;
let upstream: Upstream;
let apiKey: string;
let model: string;
let baseURL: string;

beforeAll(async () => {
  house = await startModel();
  ({ upstream, apiKey, model, baseURL } = house);
});

afterAll(() => house?.[Symbol.asyncDispose]());

const messages = [{ role: "user" as const, content: "How is the sea?" }];
const look = { type: "function" as const, function: { name: "look", description: "Looks", parameters } };

describe.each(CLIENTS)("the openai SDK (%s)", (_, Client) => {
  const newClient = (options: object = {}) => new Client({ baseURL, apiKey, maxRetries: 0, ...options });

  it("lists the models and shows one", async () => {
    const client = newClient();
    const listed = [];
    for await (const each of client.models.list()) listed.push(each.id);
    expect(listed).toEqual([model]);
    expect(await client.models.retrieve(model)).toMatchObject({ id: model, object: "model" });
  });

  it("gets an answer with its tokens", async () => {
    upstream.next(reply(WORDS));
    const answer = await newClient().chat.completions.create({ model, messages });
    // The first answer of a session says before that one talks to an AI.
    expect(answer.choices[0]!.message.content).toContain(WORDS);
    expect(answer.usage!.total_tokens).toBeGreaterThan(20);
  });

  it("streams, with the tokens at the end", async () => {
    upstream.next(reply(WORDS));
    const stream = await newClient().chat.completions.create({
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe(WORDS);
    expect(chunks.at(-1)!.usage!.total_tokens).toBeGreaterThan(20);
  });

  it("has its own helper for streams put the answer together", async () => {
    upstream.next(calling);
    const client = newClient() as Client & { beta: { chat: Client["chat"] } };
    const helper =
      client.chat.completions.stream ??
      client.beta.chat.completions.stream.bind(client.beta.chat.completions);
    const completion = await (
      client.chat.completions.stream
        ? client.chat.completions.stream({ model, messages, tools: [look] })
        : helper({ model, messages, tools: [look] })
    ).finalChatCompletion();
    expect(completion.choices[0]!.message.tool_calls).toMatchObject([
      { id: "call_1", type: "function", function: { name: "look", arguments: '{"at":"sea"}' } },
    ]);
    expect(completion.choices[0]!.finish_reason).toBe("tool_calls");
  });

  it("hangs up on the model by aborting, and what came is billed", async () => {
    upstream.next(endless());
    const before = await house.costOf();
    const call = upstream.calls.length;
    const stream = await newClient().chat.completions.create({ model, messages, stream: true });
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) stream.controller.abort();
    }
    await house.hungUp(call);
    await expect.poll(house.costOf, PATIENCE).toBeGreaterThan(before);
  });

  it("throws the error that fits", async () => {
    const thrown = async (work: Promise<unknown>) => (await work.catch((error: unknown) => error)) as object;
    const wrong = newClient({ apiKey: "sk-wrong" });
    expect(await thrown(wrong.models.retrieve(model))).toMatchObject({
      status: 401,
      code: "unauthenticated",
    });
    const client = newClient();
    const missing = client.chat.completions.create({ model: "gpt-5", messages });
    expect(await thrown(missing)).toMatchObject({ status: 404, code: "model_not_found" });
    upstream.next([{ text: "The sea" }, { reset: true }]);
    const cut = client.chat.completions.create({ model, messages, stream: true }).then(async (stream) => {
      for await (const _ of stream);
    });
    expect(await thrown(cut)).toMatchObject({ code: expect.stringMatching(/^upstream_/) });
  });
});

const call = (input: { at: string }) => `${input.at}: calm`;

describe("the AI SDK", () => {
  const providers = {
    "@ai-sdk/openai, chat": () => createOpenAI({ baseURL, apiKey }).chat(model),
    "@ai-sdk/openai-compatible": () =>
      createOpenAICompatible({ name: "persona", baseURL, apiKey, includeUsage: true })(model),
  };

  describe.each(Object.entries(providers))("%s", (_, provider) => {
    it("streams, with the tokens", async () => {
      upstream.next(reply(WORDS));
      const { textStream, usage, finishReason } = streamText({
        model: provider(),
        prompt: "How is the sea?",
      });
      let text = "";
      for await (const piece of textStream) text += piece;
      expect(text).toBe(WORDS);
      expect((await usage).totalTokens).toBeGreaterThan(20);
      expect(await finishReason).toBe("stop");
    });

    it("has its tools called and answered", async () => {
      upstream.next(calling, reply(WORDS));
      const before = upstream.calls.length;
      const { text, steps } = await generateText({
        model: provider(),
        prompt: "How is the sea?",
        stopWhen: ({ steps }) => steps.length === 2,
        tools: {
          look: tool({
            inputSchema: jsonSchema<{ at: string }>(parameters),
            execute: async (input) => call(input),
          }),
        },
      });
      expect(text).toBe(WORDS);
      expect(steps[0]!.toolResults).toMatchObject([{ toolName: "look", output: "sea: calm" }]);
      const asked = upstream.calls[before + 1]!.body.messages!;
      expect(asked.slice(-2)).toMatchObject([
        { role: "assistant", tool_calls: [{ id: "call_1" }] },
        { role: "tool", tool_call_id: "call_1", content: "sea: calm" },
      ]);
    });

    it("hangs up on the model by aborting", async () => {
      upstream.next(endless());
      const before = upstream.calls.length;
      const controller = new AbortController();
      const { textStream } = streamText({
        model: provider(),
        prompt: "How is the sea?",
        abortSignal: controller.signal,
      });
      for await (const _ of textStream) controller.abort();
      await house.hungUp(before);
    });

    it("is told what went wrong", async () => {
      upstream.next([{ status: 429, body: "{}" }]);
      const failed = generateText({ model: provider(), prompt: "How is the sea?", maxRetries: 0 });
      await expect(failed).rejects.toMatchObject({ statusCode: 429 });
    });
  });
});

describe("LangChain", () => {
  const newChat = (more: object = {}) =>
    new ChatOpenAI({ model, apiKey, configuration: { baseURL }, maxRetries: 0, ...more });

  it("gets an answer, and streams", async () => {
    upstream.next(reply(WORDS), reply(WORDS));
    const answer = await newChat().invoke("How is the sea?");
    expect(answer.content).toBe(WORDS);
    expect(answer.usage_metadata!.total_tokens).toBeGreaterThan(20);
    let text = "";
    for await (const chunk of await newChat().stream("How is the sea?")) text += chunk.content as string;
    expect(text).toBe(WORDS);
  });

  it("has its tools called", async () => {
    upstream.next(calling);
    const answer = await newChat().bindTools([look]).invoke("How is the sea?");
    expect(answer.tool_calls).toMatchObject([{ name: "look", args: { at: "sea" }, id: "call_1" }]);
  });
});

describe("a conversation of ours", () => {
  const inOurs = () => ({ headers: { "X-Conversation-Id": String(house.chat.id) } });
  const history = () =>
    api<{ status: string; content: string }[]>(`${house.chat.url}/messages`, { token: house.chat.token });

  it("stops when its client hangs up on a stream: the text so far is kept", async () => {
    upstream.next(endless());
    const before = upstream.calls.length;
    const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
    const stream = await client.chat.completions.create({ model, messages, stream: true }, inOurs());
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) stream.controller.abort();
    }
    await house.hungUp(before);
    await expect
      .poll(async () => (await history()).at(-1), PATIENCE)
      .toMatchObject({ status: "stopped", content: expect.stringMatching(/^wave/) });
  });
});
