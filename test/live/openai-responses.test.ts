import { createOpenAI } from "@ai-sdk/openai";
import { generateText, jsonSchema, streamText, tool, type ModelMessage } from "ai";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { api, openStream } from "./client.ts";
import { complaint, eventComplaint, ownComplaint } from "./openai-schema.ts";
import { calling, CLIENTS, endless, parameters, PATIENCE, startModel, WORDS, type House } from "./openai.ts";
import { reply } from "./upstream.ts";
import { describeUseChat } from "./use-chat.ts";

/** People's own clients, unchanged, over a real socket: what they say is kept, gone on from, followed and stopped. */
let house: House;
let apiKey: string;
let model: string;
let baseURL: string;

beforeAll(async () => {
  house = await startModel();
  ({ apiKey, model, baseURL } = house);
  // The first answer of a session says before that one talks to an AI.
  house.upstream.next(reply(WORDS));
  await api(`${baseURL}/responses`, { token: apiKey, body: { model, input: "Hi", store: false } });
});

afterAll(() => house?.[Symbol.asyncDispose]());

const options = () => ({ baseURL, apiKey, maxRetries: 0 });
const look = { type: "function" as const, name: "look", description: "Looks", parameters, strict: false };

type Shown = { role: string; content: string; status: string };
/** What the server shows of the conversation that a response is kept in. */
async function historyOf(response: unknown): Promise<Shown[]> {
  const { conversation } = response as { conversation: { id: string } };
  const { url } = house.server;
  const path = `${url}/chat/conversations/${conversation.id.replace("conv_", "")}/messages`;
  return api<Shown[]>(path, { token: house.chat.token });
}

describe.each(CLIENTS)("the openai SDK (%s)", (_, Client) => {
  it("gets a response, and goes on from it", async () => {
    const client = new Client(options());
    house.upstream.next(reply(WORDS), reply("It is."));
    const first = await client.responses.create({ model, input: "How is the sea?" });
    expect(first.output_text).toBe(WORDS);
    expect(first.usage!.total_tokens).toBeGreaterThan(20);
    const { id } = first;
    const second = await client.responses.create({ model, input: "Truly?", previous_response_id: id });
    expect(second.output_text).toBe("It is.");
    expect((await historyOf(second)).map(({ content }) => content)).toEqual([
      "How is the sea?",
      WORDS,
      "Truly?",
      "It is.",
    ]);
    expect(await client.responses.retrieve(id)).toMatchObject({ id, status: "completed" });
  });

  it("streams, and has its own helper put the response together", async () => {
    house.upstream.next(reply(WORDS));
    const stream = new Client(options()).responses.stream({ model, input: "How is the sea?" });
    let text = "";
    stream.on("response.output_text.delta", ({ delta }) => (text += delta));
    const { output, status } = await stream.finalResponse();
    expect(text).toBe(WORDS);
    expect(status).toBe("completed");
    expect(output).toMatchObject([{ type: "message", content: [{ type: "output_text", text: WORDS }] }]);
  });

  it("has its functions called and answered", async () => {
    const client = new Client(options());
    house.upstream.next(calling, reply(WORDS));
    const stream = client.responses.stream({ model, input: "How is the sea?", tools: [look] });
    const { output } = await stream.finalResponse();
    const call = {
      type: "function_call",
      call_id: "call_1",
      name: "look",
      arguments: '{"at":"sea"}',
    } as const;
    expect(output).toMatchObject([call]);
    const result = { type: "function_call_output", call_id: "call_1", output: "calm" } as const;
    const said = { role: "user", content: "How is the sea?" } as const;
    const answer = await client.responses.create({ model, input: [said, call, result], tools: [look] });
    expect(answer.output_text).toBe(WORDS);
  });

  it("stops a response by aborting, and what came is kept", async () => {
    house.upstream.next(endless());
    const before = house.upstream.calls.length;
    const stream = await new Client(options()).responses.create({ model, input: "Wave!", stream: true });
    let response: unknown;
    for await (const event of stream) {
      if (event.type === "response.created") ({ response } = event);
      if (event.type === "response.output_text.delta") stream.controller.abort();
    }
    await house.hungUp(before);
    await expect
      .poll(async () => (await historyOf(response)).at(-1), PATIENCE)
      .toMatchObject({ status: "stopped", content: expect.stringMatching(/^wave/) });
  });

  it("throws the error that fits", async () => {
    const client = new Client(options());
    const thrown = async (work: PromiseLike<unknown>) =>
      (await Promise.resolve(work).catch((error: unknown) => error)) as object;
    const input = "Hi";
    expect(await thrown(client.responses.create({ model: "gpt-5", input }))).toMatchObject({
      status: 404,
      code: "model_not_found",
    });
    const unknown = client.responses.create({ model, input, previous_response_id: "resp_x" });
    expect(await thrown(unknown)).toMatchObject({ status: 404, code: "previous_response_not_found" });
    house.upstream.next([{ text: "The sea" }, { reset: true }]);
    const cut = client.responses.create({ model, input, stream: true }).then(async (stream) => {
      for await (const _ of stream);
    });
    expect(await thrown(cut)).toMatchObject({ code: expect.stringMatching(/^upstream_/) });
  });
});

describe("a response in the background", () => {
  it("goes on when its client has gone, and is followed from the last event seen", async () => {
    const client = new OpenAI(options());
    house.upstream.next(reply(WORDS, { wait: 100 }));
    const asked = { model, input: "How is the sea?", background: true };
    const stream = await client.responses.create({ ...asked, stream: true });
    const seen = [];
    for await (const event of stream) {
      seen.push(event);
      if (event.type === "response.output_text.delta") break;
    }
    const { response } = seen[0] as { response: { id: string } };
    const last = seen.at(-1)!.sequence_number;
    const rest = await client.responses.retrieve(response.id, { stream: true, starting_after: last });
    for await (const event of rest) seen.push(event);
    expect(seen.map(({ sequence_number }) => sequence_number)).toEqual(seen.map((_, i) => i));
    const said = seen.map((event) => (event.type === "response.output_text.delta" ? event.delta : ""));
    expect(said.join("")).toBe(WORDS);
    expect(seen.at(-1)).toMatchObject({ type: "response.completed" });
  });

  it("is answered at once, and stops when it is cancelled", async () => {
    const client = new OpenAI(options());
    house.upstream.next(endless());
    const before = house.upstream.calls.length;
    const begun = await client.responses.create({ model, input: "Wave!", background: true });
    expect(begun).toMatchObject({ status: "in_progress", background: true });
    await expect.poll(() => house.upstream.calls[before]?.sent ?? 0, PATIENCE).toBeGreaterThan(2);
    expect(await client.responses.cancel(begun.id)).toMatchObject({ id: begun.id, status: "cancelled" });
    await house.hungUp(before);
    const items = await client.responses.inputItems.list(begun.id);
    expect(items.data).toMatchObject([{ role: "user", content: [{ text: "Wave!" }] }]);
    await client.responses.delete(begun.id);
    await expect(client.responses.retrieve(begun.id)).rejects.toMatchObject({ status: 404 });
  });
});

describe("the AI SDK (@ai-sdk/openai), which sends references in place of what was answered", () => {
  const persona = (more: object = {}) => createOpenAI({ baseURL, apiKey, ...more })(model);

  it("has three turns in one conversation", async () => {
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      asked.push(init?.body as string);
      return globalThis.fetch(url, init);
    };
    const messages: ModelMessage[] = [];
    const texts = ["One.", "Two.", "Three."];
    for (const [i, text] of texts.entries()) {
      house.upstream.next(reply(text));
      messages.push({ role: "user", content: `${i + 1}?` });
      const answer = streamText({ model: persona({ fetch }), messages });
      await answer.consumeStream();
      expect(await answer.text).toBe(text);
      messages.push(...(await answer.response).messages);
    }
    expect(asked[2]).toContain('"item_reference"');
    expect(asked[2]).not.toContain("One.");
    const sent = house.upstream.calls.at(-1)!.body.messages!.slice(1);
    expect(sent.map(({ content }) => content)).toEqual(["1?", "One.", "2?", "Two.", "3?"]);
  });

  it("has its functions called and answered", async () => {
    house.upstream.next(calling, reply(WORDS));
    const { text, steps } = await generateText({
      model: persona(),
      prompt: "How is the sea?",
      stopWhen: ({ steps }) => steps.length === 2,
      tools: {
        look: tool({
          inputSchema: jsonSchema<{ at: string }>(parameters),
          execute: async ({ at }) => `${at}: calm`,
        }),
      },
    });
    expect(text).toBe(WORDS);
    expect(steps[0]!.toolResults).toMatchObject([{ toolName: "look", output: "sea: calm" }]);
  });

  it("is told what went wrong", async () => {
    house.upstream.next([{ status: 429, body: "{}" }]);
    const failed = generateText({ model: persona(), prompt: "How is the sea?", maxRetries: 0 });
    await expect(failed).rejects.toMatchObject({ statusCode: 429 });
  });
});

describeUseChat(() => house);

describe("by OpenAI's own published schema", () => {
  const ask = (path: string, body?: unknown) =>
    api(`${baseURL}${path}`, { token: apiKey, ...(body !== undefined && { body }) });
  const messages = [{ role: "user", content: "Hi" }];
  const functions = [{ type: "function", function: { name: "look", parameters } }];
  const data = async (path: string, body: object) => {
    const events: { type: string }[] = [];
    const stream = await openStream(`${baseURL}${path}`, { token: apiKey, body: { ...body, stream: true } });
    for await (const { data: text } of stream.events) if (text !== "[DONE]") events.push(JSON.parse(text));
    return events;
  };

  it("models, errors, completions and their chunks are valid", async () => {
    house.upstream.next(reply(WORDS), calling, reply(WORDS), calling);
    expect(complaint("ListModelsResponse", await ask("/models"))).toBeNull();
    expect(complaint("Model", await ask(`/models/${model}`))).toBeNull();
    const wrong = await api(`${baseURL}/models/x`, { token: apiKey }, 404);
    expect(complaint("ErrorResponse", wrong)).toBeNull();
    for (const body of [
      { model, messages, metadata: { a: "b" } },
      { model, messages, tools: functions },
    ]) {
      expect(complaint("CreateChatCompletionResponse", await ask("/chat/completions", body))).toBeNull();
    }
    for (const body of [
      { model, messages, stream_options: { include_usage: true } },
      { model, messages, tools: functions },
    ]) {
      const chunks = await data("/chat/completions", body);
      expect(chunks.length).toBeGreaterThan(4);
      for (const chunk of chunks) expect(complaint("CreateChatCompletionStreamResponse", chunk)).toBeNull();
    }
  });

  const FORMAT = { type: "json_schema", name: "sea", schema: { type: "object" }, strict: true };
  const CASES: [string, object][] = [
    ["kept", { input: "Hi", metadata: { a: "b" }, instructions: "Be brief.", user: "me" }],
    [
      "kept nowhere",
      { input: "Hi", store: false, temperature: 0.2, text: { format: FORMAT, verbosity: "low" } },
    ],
    ["with functions", { input: "Hi", tools: [look], tool_choice: { type: "function", name: "look" } }],
    ["short", { input: "Hi", max_output_tokens: 16 }],
  ];
  it.each(CASES)("a response is valid, and each of its events: %s", async (name, more) => {
    const steps = name === "with functions" ? calling : reply(WORDS);
    house.upstream.next(
      steps,
      name === "short" ? [{ text: "The" }, { finish: "length" }, { done: true }] : steps,
    );
    const response = await ask("/responses", { model, ...more });
    expect(complaint("Response", response)).toBeNull();
    const events = await data("/responses", { model, ...more });
    expect(events.length).toBeGreaterThan(4);
    for (const event of events) expect(eventComplaint(event)).toBeNull();
    if (response.store !== true) return;
    expect(complaint("Response", await ask(`/responses/${response.id as string}`))).toBeNull();
    const items = await ask(`/responses/${response.id as string}/input_items`);
    expect(complaint("ResponseItemList", items)).toBeNull();
  });

  it("a response that fails in the middle is valid, and each of its events", async () => {
    house.upstream.next([{ text: "The sea" }, { reset: true }]);
    const events = await data("/responses", { model, input: "Hi" });
    expect(events.map(({ type }) => type).slice(-2)).toEqual(["error", "response.failed"]);
    for (const event of events) expect(eventComplaint(event)).toBeNull();
  });
});

/** What an implementation of openresponses.org must do over plain HTTP. */
describe("as Open Responses asks", () => {
  /** The fields that it wants beside OpenAI's, each of this type. */
  const NUMBERS = [
    "created_at",
    "top_p",
    "presence_penalty",
    "frequency_penalty",
    "top_logprobs",
    "temperature",
  ];
  const SET = ["completed_at", "incomplete_details", "previous_response_id", "instructions", "error", "usage"]
    .concat(
      "tool_choice",
      "truncation",
      "text",
      "reasoning",
      "max_output_tokens",
      "max_tool_calls",
      "metadata",
    )
    .concat("safety_identifier", "prompt_cache_key", "service_tier");
  const message = (role: string, content: unknown, more: object = {}) => ({
    type: "message",
    role,
    content,
    ...more,
  });
  const heart = `data:image/png;base64,${Buffer.from("a red heart").toString("base64")}`;

  async function respond(input: unknown[], more: object = {}) {
    const body = { model, input, ...more };
    const response = await api(`${baseURL}/responses`, { token: apiKey, body });
    for (const name of NUMBERS) expect(response, name).toHaveProperty(name, expect.any(Number));
    for (const name of SET) expect(response, name).toHaveProperty(name);
    for (const name of ["store", "background", "parallel_tool_calls"]) {
      expect(response, name).toHaveProperty(name, expect.any(Boolean));
    }
    expect(response.output).not.toEqual([]);
    return response;
  }

  it.each([
    ["a basic response", [message("user", "Say hello in three words.")]],
    [
      "messages that say of which phase they are",
      [
        message("assistant", "I should answer with the number.", { phase: "commentary" }),
        message("assistant", "Four.", { phase: "final_answer" }),
        message("user", "Only the number."),
      ],
    ],
    ["a system prompt", [message("system", "You are a pirate."), message("user", "Say hello.")]],
    [
      "several turns",
      [message("user", "I am Alice."), message("assistant", "Hello Alice!"), message("user", "Who am I?")],
    ],
    [
      "an image",
      [
        message("user", [
          { type: "input_text", text: "What is this?" },
          { type: "input_image", image_url: heart },
        ]),
      ],
    ],
  ])("answers %s", async (_, input) => {
    house.upstream.next(reply(WORDS));
    expect(await respond(input)).toMatchObject({ status: "completed", output: [{ type: "message" }] });
  });

  it("calls a function", async () => {
    house.upstream.next(calling);
    const response = await respond([message("user", "How is the sea?")], {
      tools: [{ type: "function", name: "look", description: "Looks", parameters }],
    });
    expect(response).toMatchObject({
      output: [{ type: "function_call", name: "look", id: expect.any(String), status: "completed" }],
      tools: [{ type: "function", name: "look", description: "Looks", strict: null, parameters }],
    });
  });

  it("says in its document what a response is, with room for messages that say of which phase they are", async () => {
    house.upstream.next(reply(WORDS));
    const response = await respond([message("user", "Four?")]);
    const document = await api(`${house.server.url}/openapi.json`);
    expect(ownComplaint(document, "Response", response)).toBeNull();
    const [answer] = response.output as object[];
    const output = ["commentary", "final_answer"].map((phase) => ({ ...answer, phase }));
    expect(ownComplaint(document, "Response", { ...response, output })).toBeNull();
    expect(
      ownComplaint(document, "Response", { ...response, output: [{ phase: "final_answer" }] }),
    ).not.toBeNull();
  });

  it("streams, and the last event holds the response", async () => {
    house.upstream.next(reply("1 2 3 4 5"));
    const body = { model, input: [message("user", "Count.")], stream: true };
    const { events } = await openStream(`${baseURL}/responses`, { token: apiKey, body });
    const read = [];
    for await (const { event, data } of events)
      read.push({ event, ...(JSON.parse(data) as { type: string }) });
    for (const { event, type } of read) expect(event).toBe(type);
    expect(read.at(-1)).toMatchObject({ type: "response.completed", response: { status: "completed" } });
  });
});
