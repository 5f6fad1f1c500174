import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatOpenAI } from "@langchain/openai";
import { generateText, jsonSchema, streamText, tool } from "ai";
import axios from "axios";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { api } from "./client.ts";
import { complaint } from "./openai-schema.ts";
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

/** Who only waits for JSON is stopped, and told of a failure, all the same; and nobody on the way takes it for dead. */
describe("an answer in JSON that takes long", () => {
  type Ask = (signal?: AbortSignal) => Promise<unknown>;
  const headers = () => ({ authorization: `Bearer ${apiKey}`, "content-type": "application/json" });
  const post = (path: string, body: object, signal?: AbortSignal, more: object = {}) =>
    fetch(baseURL + path, {
      method: "POST",
      headers: { ...headers(), ...more },
      body: JSON.stringify({ model, ...body }),
      ...(signal && { signal }),
    });
  const prompt = "How is the sea?";
  const persona = () => createOpenAICompatible({ name: "persona", baseURL, apiKey })(model);
  const newChat = () => new ChatOpenAI({ model, apiKey, configuration: { baseURL }, maxRetries: 0 });
  /** Every client, and how it comes to the text of an answer. */
  const asks = (): Ask[] => [
    ...CLIENTS.map(([, Client]): Ask => async (signal) => {
      const client = new Client({ baseURL, apiKey, maxRetries: 0 });
      const answer = await client.chat.completions.create({ model, messages }, { signal });
      return answer.choices[0]!.message.content;
    }),
    async (abortSignal) =>
      (await generateText({ model: persona(), prompt, maxRetries: 0, ...(abortSignal && { abortSignal }) }))
        .text,
    async (signal) => (await newChat().invoke(prompt, { ...(signal && { signal }) })).content,
    async (signal) => {
      const options = { headers: headers(), ...(signal && { signal }) };
      const { data } = await axios.post(`${baseURL}/chat/completions`, { model, messages }, options);
      return (data as OpenAI.ChatCompletion).choices[0]!.message.content;
    },
  ];

  const billed = async () => {
    const { token } = house.chat;
    return (await api<{ total_calls: number }>(`${house.server.url}/chat/stats`, { token })).total_calls;
  };

  it("begins before it is known, and every client reads it", async () => {
    const all = asks();
    const going = Promise.withResolvers<void>();
    const steps = [{ text: "The sea" }, { until: going.promise }, ...reply(" is calm tonight.")];
    upstream.next(...Array.from({ length: all.length + 1 }, () => steps));
    const answers = Promise.all(all.map((ask) => ask()));
    const body = (await post("/chat/completions", { messages })).body!.pipeThrough(new TextDecoderStream());
    const pieces = body[Symbol.asyncIterator]();
    expect((await pieces.next()).value).toBe("\n");
    going.resolve();
    expect((await answers).filter((text) => !`${text}`.endsWith(WORDS))).toEqual([]);
    expect((await Array.fromAsync(pieces as AsyncIterable<string>)).join("")).toContain(WORDS);
  });

  it("stops when its client hangs up, whoever that is and wherever it happens", async () => {
    const inOurs = { "x-conversation-id": String(house.chat.id) };
    const all: Ask[] = [
      ...asks(),
      async (signal) => (await post("/chat/completions", { messages }, signal, inOurs)).json(),
      async (signal) => (await post("/responses", { input: prompt }, signal)).json(),
      async (signal) => (await post("/responses", { input: prompt, store: false }, signal)).json(),
    ];
    upstream.next(...all.map(endless));
    const call = upstream.calls.length;
    const before = await billed();
    const hangUp = new AbortController();
    const answers = Promise.allSettled(all.map((ask) => ask(hangUp.signal)));
    const mine = () => upstream.calls.slice(call);
    await expect.poll(() => mine().filter(({ sent }) => sent > 2).length, PATIENCE).toBe(all.length);
    hangUp.abort();
    expect((await answers).map(({ status }) => status)).toEqual(all.map(() => "rejected"));
    await expect.poll(() => mine().filter(({ abortedAt }) => abortedAt === null), PATIENCE).toEqual([]);
    await expect.poll(billed, PATIENCE).toBeGreaterThanOrEqual(before + all.length);
  });

  it("that fails in the middle is no answer to anybody; a response says so itself", async () => {
    const all = asks();
    const failing = Promise.withResolvers<void>();
    const steps = [{ text: "The sea" }, { until: failing.promise }, { reset: true as const }];
    upstream.next(...Array.from({ length: all.length + 2 }, () => steps));
    const answers = Promise.allSettled(all.map((ask) => ask()));
    const [completion, response] = await Promise.all([
      post("/chat/completions", { messages }),
      post("/responses", { input: prompt }),
    ]);
    failing.resolve();
    expect([completion.status, response.status]).toEqual([200, 200]);
    await expect(completion.json()).rejects.toThrow();
    const said = await response.json();
    expect(said).toMatchObject({
      status: "failed",
      error: { code: "server_error", message: expect.stringContaining("language model") },
      output: [{ status: "incomplete", content: [{ text: "The sea" }] }],
    });
    expect(complaint("Response", said)).toBeNull();
    expect((await answers).map(({ status }) => status)).toEqual(all.map(() => "rejected"));
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
