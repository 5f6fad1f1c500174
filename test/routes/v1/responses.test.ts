import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { app } from "../../../src/app";
import { api, json, newUser } from "../../harness";
import { chunk, gate, says, scriptUpstream } from "../../upstream";
import { newModel, readEvents, type ResponseEvent, type WireError, type WireResponse } from "./harness";

type Shown = { id: number; role: string; content: string; parent_id: number | null; status: string };

/** A user with a persona, and how one asks it for responses. */
async function newClient() {
  const { token, model, personaId, user } = await newModel();
  const respond = (body: object, headers: Record<string, string> = {}) =>
    api("/v1/responses", { token, headers, body: { model, input: "Ahoy", ...body } });
  const whole = (body: object, headers: Record<string, string> = {}, status = 200) =>
    json<WireResponse>(respond(body, headers), status);
  const chats = () =>
    json<{ id: number; title: string; message_count: number; origin: string | null }[]>(
      api("/chat/conversations", { token }),
    );
  const history = (id: number | string) =>
    json<Shown[]>(api(`/chat/conversations/${id}/messages`, { token }));
  const get = (path: string) => api(`/v1/responses/${path}`, { token });
  const refusal = async (body: object, status: number) =>
    (await json<WireError>(respond(body), status)).error;
  return { token, model, personaId, user, respond, whole, chats, history, get, refusal };
}

const said = (content: string) => ({ role: "user", content });
const texts = (shown: Shown[]) => shown.map(({ content }) => content);
const textOf = ({ output }: WireResponse) => output[0]?.content?.[0]?.text;
const types = (events: ResponseEvent[]) => events.map(({ type }) => type.replace("response.", ""));

describe("a response", () => {
  it("is the persona's answer, kept in a new conversation that it names", async () => {
    const upstream = scriptUpstream(says("Ahoy", " there!"));
    const { whole, model, chats, history } = await newClient();
    const answer = await whole({ instructions: "Be \u0000brief.", metadata: { a: "b" } });
    expect(answer).toMatchObject({
      object: "response",
      status: "completed",
      model,
      store: true,
      instructions: "Be \u0000brief.",
      metadata: { a: "b" },
      usage: { input_tokens: 100, output_tokens: 10, total_tokens: 110 },
      output: [{ type: "message", role: "assistant", status: "completed" }],
    });
    expect(textOf(answer)).toBe("Ahoy there!");
    const [chat] = await chats();
    expect(chat).toMatchObject({ title: "Ahoy", message_count: 2, origin: "api" });
    expect(answer.conversation).toEqual({ id: `conv_${chat!.id}` });
    const [, reply] = await history(chat!.id);
    expect(answer.id).toBe(`resp_${reply!.id}`);
    expect(answer.output[0]!.id).toBe(`msg_${reply!.id}`);
    expect(upstream.calls[0]!.body.messages[0]!.content).toContain("Be brief.");
  });

  it("streams in numbered events that begin and end everything", async () => {
    scriptUpstream(says("Ahoy", " there!"));
    const { respond } = await newClient();
    const events = await readEvents(await respond({ stream: true }));
    expect(types(events)).toEqual([
      "created",
      "in_progress",
      "output_item.added",
      "content_part.added",
      "output_text.delta",
      "output_text.delta",
      "output_text.done",
      "content_part.done",
      "output_item.done",
      "completed",
    ]);
    expect(events.map(({ sequence_number: n }) => n)).toEqual(events.map((_, i) => i));
    expect(textOf(events.at(-1)!.response!)).toBe("Ahoy there!");
    expect(events[0]!.response).toMatchObject({ status: "in_progress", output: [], usage: null });
  });

  it("goes on where it is told to, under exactly that response", async () => {
    const upstream = scriptUpstream(says("One."), says("Two."), says("Three."), says("Four."));
    const { whole, chats, history } = await newClient();
    const first = await whole({ input: "1" });
    const second = await whole({ input: "2", previous_response_id: first.id });
    expect(second).toMatchObject({ conversation: first.conversation, previous_response_id: first.id });
    const [chat] = await chats();
    expect(texts(await history(chat!.id))).toEqual(["1", "One.", "2", "Two."]);
    await whole({ input: "instead", previous_response_id: first.id });
    expect(texts(await history(chat!.id))).toEqual(["1", "One.", "instead", "Three."]);
    expect(upstream.calls[2]!.body.messages.slice(1).map(({ content }) => content)).toEqual([
      "1",
      "One.",
      "instead",
    ]);
    const reference = { type: "item_reference", id: second.output[0]!.id };
    await whole({ input: [said("1"), { role: "assistant", content: "One." }, reference, said("3")] });
    expect(texts(await history(chat!.id))).toEqual(["1", "One.", "2", "Two.", "3", "Four."]);
    expect(await chats()).toHaveLength(1);
  });

  it("is said in a conversation that is named, which is what counts", async () => {
    const upstream = scriptUpstream(says("One."), says("Two."));
    const { whole, chats, history } = await newClient();
    const { conversation } = await whole({ input: "1" });
    await whole({
      input: [said("ignored"), { role: "assistant", content: "this too" }, said("2")],
      conversation,
    });
    expect(await chats()).toMatchObject([{ message_count: 4 }]);
    const id = conversation!.id.replace("conv_", "");
    expect(texts(await history(id))).toEqual(["1", "One.", "2", "Two."]);
    expect(upstream.calls[1]!.body.messages).toHaveLength(4);
  });

  it("takes over a history that comes with it", async () => {
    scriptUpstream(says("Alice."));
    const { whole, chats, history } = await newClient();
    const input = [
      said("I am Alice."),
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "Hello!" }] },
      said("Who am I?"),
    ];
    await whole({ input });
    const [chat] = await chats();
    expect(texts(await history(chat!.id))).toEqual(["I am Alice.", "Hello!", "Who am I?", "Alice."]);
  });

  it("is kept nowhere where it says so, and cannot be gone on from", async () => {
    const upstream = scriptUpstream(says("Ahoy"));
    const { whole, chats, refusal, get } = await newClient();
    const penalties = { presence_penalty: 0.5, frequency_penalty: -1 };
    const reasoning = { effort: "low" };
    const answer = await whole({ store: false, max_output_tokens: 32_000, reasoning, ...penalties });
    expect(answer).toMatchObject({ store: false, conversation: null, reasoning, ...penalties });
    expect(await chats()).toEqual([]);
    const asked = { max_tokens: 1000, reasoning_effort: "low", ...penalties };
    expect(upstream.calls[0]!.body).toMatchObject(asked);
    expect(await refusal({ previous_response_id: answer.id }, 404)).toMatchObject({
      type: "invalid_request_error",
      code: "previous_response_not_found",
    });
    const reference = { type: "item_reference", id: answer.output[0]!.id };
    expect(await refusal({ input: [reference, said("2")] }, 404)).toMatchObject({
      code: "item_not_found",
      param: "input.0.id",
    });
    await json(get(answer.id), 404);
  });

  it("with images or functions is kept nowhere, since no conversation holds them, and says so", async () => {
    const calling = {
      steps: [
        {
          chunk: chunk({
            tool_calls: [
              { index: 0, id: "call_1", type: "function", function: { name: "look", arguments: "" } },
            ],
          }),
        },
        { chunk: chunk({ tool_calls: [{ index: 0, function: { arguments: '{"at":"sea"}' } }] }) },
        { chunk: chunk({}, "tool_calls") },
        { raw: "data: [DONE]\n\n" },
      ],
    };
    const upstream = scriptUpstream(calling, calling, says("Calm."));
    const { whole, respond, chats } = await newClient();
    const tools = [
      { type: "function", name: "look", description: "Looks", parameters: { type: "object" } },
      { type: "web_search" },
    ];
    const answer = await whole({ tools, tool_choice: { type: "function", name: "look" } });
    expect(answer).toMatchObject({
      store: false,
      output: [
        {
          type: "function_call",
          call_id: "call_1",
          name: "look",
          arguments: '{"at":"sea"}',
          status: "completed",
        },
      ],
      tools: [{ type: "function", name: "look", strict: null }],
    });
    expect(upstream.calls[0]!.body).toMatchObject({
      tools: [
        {
          type: "function",
          function: { name: "look", description: "Looks", parameters: { type: "object" } },
        },
      ],
      tool_choice: { type: "function", function: { name: "look" } },
    });
    const events = await readEvents(await respond({ tools, stream: true }));
    expect(types(events)).toEqual([
      "created",
      "in_progress",
      "output_item.added",
      "function_call_arguments.delta",
      "function_call_arguments.done",
      "output_item.done",
      "completed",
    ]);
    const input = [
      said("Look"),
      { type: "function_call", call_id: "call_1", name: "look", arguments: "{}" },
      { type: "function_call", call_id: "call_2", name: "look", arguments: "{}" },
      { type: "function_call_output", call_id: "call_1", output: "calm" },
      { type: "function_call_output", call_id: "call_2", output: [{ type: "input_text", text: "wet" }] },
      {
        type: "message",
        role: "user",
        content: [{ type: "input_image", image_url: "data:image/png;base64,AA", detail: "low" }],
      },
      { type: "reasoning", summary: [] },
    ];
    expect(await whole({ tools, input })).toMatchObject({ store: false });
    expect(upstream.calls[2]!.body.messages.slice(1)).toMatchObject([
      said("Look"),
      { role: "assistant", tool_calls: [{ id: "call_1" }, { id: "call_2" }] },
      { role: "tool", tool_call_id: "call_1", content: "calm" },
      { role: "tool", tool_call_id: "call_2", content: "wet" },
      {
        role: "user",
        content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA", detail: "low" } }],
      },
    ]);
    expect(await chats()).toEqual([]);
  });

  it("is kept only where it says so, on a server that wants it so", async () => {
    scriptUpstream(says("Ahoy"));
    const { token, model, chats } = await newClient();
    const ask = (body: object, status = 200) =>
      json<WireResponse & WireError>(
        app.request(
          "/v1/responses",
          {
            method: "POST",
            headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
            body: JSON.stringify({ model, input: "Ahoy", ...body }),
          },
          { ...env, API_STORE: "off" },
          { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as never,
        ),
        status,
      );
    expect(await ask({})).toMatchObject({ store: false });
    expect(await chats()).toEqual([]);
    const kept = await ask({ store: true });
    expect(kept).toMatchObject({ store: true });
    const input = [{ type: "item_reference", id: kept.output[0]!.id }, said("2")];
    expect((await ask({ input }, 400)).error).toMatchObject({
      code: "unsupported_value",
      param: "input.0.id",
    });
    expect(await ask({ input, store: true })).toMatchObject({ conversation: kept.conversation });
  });

  it("is refused where it contradicts itself, or asks for what is none", async () => {
    scriptUpstream(says("Ahoy"));
    const { whole, refusal, chats } = await newClient();
    const { id, conversation, output } = await whole({});
    const deep = Array.from({ length: 150 }).reduce<object>((schema) => ({ type: "text", schema }), {});
    const reference = { type: "item_reference", id: output[0]!.id };
    for (const [body, status, code, param] of [
      [{ conversation, previous_response_id: id }, 400, "unsupported_value", "previous_response_id"],
      [{ conversation, store: false }, 400, "unsupported_value", "store"],
      [{ previous_response_id: id, store: false }, 400, "unsupported_value", "store"],
      [{ input: [reference, said("x")], store: false }, 400, "unsupported_value", "input.0.id"],
      [{ background: true, store: false }, 400, "unsupported_value", "background"],
      [{ tools: [deep] }, 422, "validation_failed", "tools"],
      [{ text: { format: deep } }, 422, "validation_failed", "text.format"],
      [{ n: 2 }, 400, "unsupported_value", "n"],
      [{ audio: { voice: "alloy" } }, 400, "unsupported_value", "audio"],
      [{ conversation: "talk" }, 422, "validation_failed", "conversation"],
      [{ input: [] }, 422, "validation_failed", "input"],
      [{ input: [{ type: "message", content: "who?" }] }, 422, "validation_failed", "input.0.role"],
      [{ input: [reference] }, 422, "validation_failed", "input"],
      [
        { input: [{ role: "user", content: [{ type: "input_file", file_id: "f" }] }] },
        400,
        "unsupported_content",
        "input.0.content.0",
      ],
      [{ metadata: { long: "x".repeat(513) } }, 422, "validation_failed", "metadata.long"],
      [{ model: "gpt-5" }, 404, "model_not_found", null],
      [{ previous_response_id: "resp_999999999" }, 404, "previous_response_not_found", null],
      [{ previous_response_id: `resp_${Number(id.slice(5)) + 9}` }, 404, "previous_response_not_found", null],
      [{ input: [{ ...reference, id: "msg_999999999" }, said("x")] }, 404, "item_not_found", null],
    ] as const) {
      expect(await refusal(body, status), JSON.stringify(body)).toMatchObject({ code, param });
    }
    expect(await chats()).toMatchObject([{ message_count: 2 }]);
  });

  it("is made once by its Idempotency-Key, in one conversation", async () => {
    const upstream = scriptUpstream(says("Ahoy"));
    const { whole, respond, chats } = await newClient();
    const key = { "idempotency-key": "k1" };
    const first = await whole({}, key);
    expect(await whole({}, key)).toEqual(first);
    expect((await readEvents(await respond({ stream: true }, key))).at(-1)!.response).toMatchObject({
      id: first.id,
    });
    expect(upstream.calls).toHaveLength(1);
    expect(await chats()).toHaveLength(1);
  });
});

describe("a response that is kept", () => {
  it("is read again with what its request said, and followed from any event on", async () => {
    scriptUpstream(says("Ahoy", " there!"));
    const { whole, get, respond } = await newClient();
    const made = await whole({ metadata: { a: "b" }, temperature: 0.5 });
    expect(await json(get(made.id))).toEqual(made);
    const all = await readEvents(await respond({ stream: true }));
    const { id } = all[0]!.response!;
    const rest = await readEvents(await get(`${id}?stream=true&starting_after=4`));
    expect(rest).toEqual(all.slice(5));
    expect(await readEvents(await get(`${id}?stream=true&starting_after=999`))).toEqual(all.slice(-1));
  });

  it("goes on in the background, answers that at once, and can be followed and cancelled", async () => {
    const hold = gate();
    scriptUpstream({ steps: [{ text: "Well" }, { wait: hold }] });
    const { whole, get, token } = await newClient();
    const begun = await whole({ background: true, metadata: { a: "b" }, instructions: "Be brief." });
    expect(begun).toMatchObject({ status: "in_progress", background: true, output: [], usage: null });
    await expect
      .poll(async () => json<WireResponse>(get(begun.id)))
      .toMatchObject({ status: "in_progress", metadata: { a: "b" } });
    const following = get(`${begun.id}?stream=true`);
    const cancel = () => api(`/v1/responses/${begun.id}/cancel`, { token, method: "POST" });
    const cancelled = await json<WireResponse>(cancel());
    expect(cancelled).toMatchObject({ status: "cancelled", background: true });
    expect(textOf(cancelled)).toBe("Well");
    expect(await json(cancel())).toEqual(cancelled);
    expect((await readEvents(await following)).at(-1)).toMatchObject({
      type: "response.incomplete",
      response: { status: "cancelled", id: begun.id },
    });
    hold.open = true;
  });

  it("lists what was said before it, in pages, and is deleted", async () => {
    scriptUpstream(says("One."), says("Two."));
    const { whole, get, token } = await newClient();
    const first = await whole({ input: "1" });
    const second = await whole({ input: "2", previous_response_id: first.id });
    type List = {
      data: { id: string; role: string; content: { text: string }[] }[];
      has_more: boolean;
      last_id: string;
    };
    const list = (query: string) => json<List>(get(`${second.id}/input_items${query}`));
    const said = (page: List) => page.data.map(({ content }) => content[0]!.text);
    expect(said(await list(""))).toEqual(["2", "One.", "1"]);
    const page = await list("?limit=2&order=asc");
    expect([said(page), page.has_more]).toEqual([["1", "One."], true]);
    expect(said(await list(`?order=asc&after=${page.last_id}`))).toEqual(["2"]);
    await json(get(`${second.id}/input_items?after=msg_x`), 404);
    const gone = api(`/v1/responses/${second.id}`, { token, method: "DELETE" });
    expect(await json(gone)).toEqual({ id: second.id, object: "response", deleted: true });
    await json(get(second.id), 404);
    await json(get(first.id));
  });

  it("is nobody else's", async () => {
    scriptUpstream(says("Ahoy"));
    const { whole } = await newClient();
    const { id } = await whole({});
    const { token } = await newUser();
    for (const [method, path] of [
      ["GET", ""],
      ["GET", "?stream=true"],
      ["GET", "/input_items"],
      ["POST", "/cancel"],
      ["DELETE", ""],
    ]) {
      expect((await api(`/v1/responses/${id}${path}`, { token, method: method! })).status).toBe(403);
    }
  });

  it("ends with an error and what had come, where the model fails in the middle", async () => {
    scriptUpstream({ steps: [{ text: "Ahoy" }, { chunk: { error: { message: "internal sk-secret" } } }] });
    const { respond, get } = await newClient();
    for (const store of [true, false]) {
      const events = await readEvents(await respond({ stream: true, store }));
      expect(types(events).slice(-2)).toEqual(["error", "failed"]);
      expect(events.at(-2)).toMatchObject({ code: "upstream_error", error: { type: "server_error" } });
      const { response } = events.at(-1)!;
      expect(response).toMatchObject({ status: "failed", error: { code: "server_error" } });
      expect(JSON.stringify(events)).not.toContain("sk-secret");
      if (store) expect(await json(get(response!.id))).toMatchObject({ status: "failed" });
    }
  });
});
