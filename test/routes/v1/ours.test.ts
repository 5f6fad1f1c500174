import { describe, expect, it } from "vitest";

import { newConversation } from "../../chat/harness";
import { api, json, newUser } from "../../harness";
import { gate, says, scriptUpstream } from "../../upstream";
import { readData, type Completion, type WireError } from "./harness";

/** A conversation, and how one talks in it as with a model. */
async function newTalk() {
  const chat = await newConversation();
  const { token, id, personaId } = chat;
  const ask = (body: object, headers: Record<string, string> = { "x-conversation-id": `${id}` }) =>
    api("/v1/chat/completions", {
      token,
      headers,
      body: { model: `alex-${personaId}`, messages: [{ role: "user", content: "Hi" }], ...body },
    });
  return { ...chat, ask };
}

describe("a request that names one of our conversations", () => {
  it("is a turn in it: what is new is kept, our history counts and not the client's", async () => {
    const upstream = scriptUpstream(says("Hello", " you."));
    const { ask, id, history } = await newTalk();
    const answer = await ask({
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Something never said here" },
        { role: "assistant", content: "Nor this" },
        { role: "user", content: " Hi " },
        { role: "user", content: "Are you there?" },
      ],
      temperature: 0.2,
      max_tokens: 50,
      tools: [{ type: "function", function: { name: "look" } }],
    });
    expect(answer.headers.get("x-conversation-id")).toBe(`${id}`);
    const completion = await json<Completion>(answer);
    const [question, reply] = await history();
    expect([question, reply]).toMatchObject([
      { role: "user", content: "Hi\n\nAre you there?" },
      { role: "assistant", content: "Hello you.", status: "complete" },
    ]);
    expect(completion).toMatchObject({
      id: `chatcmpl_${reply!.id}`,
      choices: [{ message: { content: "Hello you." }, finish_reason: "stop" }],
      usage: { total_tokens: 110 },
    });
    const { messages, temperature, max_tokens, ...others } = upstream.calls[0]!.body;
    expect(messages.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(messages[0]!.content).toContain("Be brief.");
    expect([temperature, max_tokens]).toEqual([0.2, 50]);
    expect(others).not.toHaveProperty("tools");
  });

  it("keeps nothing of what the app says of itself", async () => {
    const upstream = scriptUpstream(says("Hello."));
    const { ask, send } = await newTalk();
    await json(
      ask({
        messages: [
          { role: "system", content: "In verse." },
          { role: "user", content: "Hi" },
        ],
      }),
    );
    await json(send("And now?"));
    expect(upstream.calls[1]!.body.messages.map(({ content }) => content).join()).not.toContain("In verse.");
    expect(upstream.calls[1]!.body.messages.map(({ role }) => role)).toEqual([
      "system",
      "user",
      "assistant",
      "user",
    ]);
  });

  it("may name it in the header or the metadata, with or without conv_, but not two of them", async () => {
    scriptUpstream(says("Hello."));
    const { ask, id } = await newTalk();
    await json(ask({}, { "x-conversation-id": `conv_${id}` }));
    const named = await ask({ metadata: { conversation_id: `conv_${id}` } }, {});
    expect(named.headers.get("x-conversation-id")).toBe(`${id}`);
    await json(named);
    const two = ask({ metadata: { conversation_id: "999999" } });
    expect(await json<WireError>(two, 400)).toMatchObject({
      error: { code: "unsupported_value", param: "metadata.conversation_id" },
    });
    expect(await json<WireError>(ask({}, { "x-conversation-id": "my chat" }), 422)).toMatchObject({
      error: { code: "validation_failed", param: "x-conversation-id" },
    });
  });

  it("has repeated what its client writes to it, also later and by its key, and a pass repeats it alike", async () => {
    scriptUpstream(says("Hello."));
    const { ask, id, token } = await newTalk();
    const metadata = { topic: "sea", conversation_id: `${id}` };
    const key = { "idempotency-key": "one" };
    const completion = await json<Completion>(ask({ metadata }, key));
    expect(completion).toMatchObject({ metadata });
    expect(await json(ask({ metadata }, key))).toEqual(completion);
    const response = api(`/v1/responses/${completion.id.replace("chatcmpl", "resp")}`, { token });
    expect(await json(response)).toMatchObject({ metadata });
    expect(await json(ask({ metadata: { topic: "sea" } }, {}))).toMatchObject({ metadata: { topic: "sea" } });
  });

  it("is a pass where a template was not filled in, or an app asks for a title beside it", async () => {
    scriptUpstream(says("Hello."));
    const { ask, id, history } = await newTalk();
    for (const headers of [
      { "x-conversation-id": "{{CHAT_ID}}" },
      { "x-conversation-id": "" },
      { "x-conversation-id": `${id}`, "x-openwebui-task": "title_generation" },
    ]) {
      const answer = await ask({}, headers as Record<string, string>);
      expect(answer.headers.has("x-conversation-id")).toBe(false);
      await json(answer);
    }
    expect(await history()).toEqual([]);
  });

  it("streams with the reply's id, and once is once by its Idempotency-Key", async () => {
    const upstream = scriptUpstream(says("Hello", " you."));
    const { ask, id, history } = await newTalk();
    const headers = { "x-conversation-id": `${id}`, "idempotency-key": "one" };
    const first = await readData(await ask({ stream: true }, headers));
    const second = await readData(await ask({ stream: true }, headers));
    expect(first.at(-1)).toBe("[DONE]");
    const textIn = (data: typeof first) =>
      data.map((chunk) => (chunk === "[DONE]" ? "" : (chunk.choices[0]?.delta.content ?? ""))).join("");
    expect([textIn(first), textIn(second)]).toEqual(["Hello you.", "Hello you."]);
    const [, reply] = await history();
    expect(first[0]).toMatchObject({ id: `chatcmpl_${reply!.id}` });
    expect(upstream.calls).toHaveLength(1);
    expect(await history()).toHaveLength(2);
  });

  it("has to say something new, as text of a length that may be kept", async () => {
    const { ask } = await newTalk();
    const image = [
      { role: "user", content: [{ type: "image_url", image_url: { url: "https://example.com/a" } }] },
    ];
    for (const [messages, status, code] of [
      [
        [
          { role: "user", content: "Hi" },
          { role: "assistant", content: "Hello" },
        ],
        422,
        "validation_failed",
      ],
      [[{ role: "user", content: "x".repeat(4001) }], 422, "validation_failed"],
      [image, 400, "unsupported_content"],
    ] as const) {
      expect(await json<WireError>(ask({ messages }), status)).toMatchObject({
        error: { code, param: "messages" },
      });
    }
  });

  it("is refused where the conversation is somebody else's, gone, busy, or with another persona", async () => {
    const hold = gate();
    scriptUpstream({ steps: [{ text: "Well" }, { wait: hold }] });
    const { ask, stream, token, id } = await newTalk();
    const stranger = await newUser();
    const theirs = await newConversation(stranger);
    const error = async (answer: Promise<Response>, status: number) =>
      (await json<WireError>(answer, status)).error;
    expect(await error(ask({}, { "x-conversation-id": `${theirs.id}` }), 403)).toMatchObject({
      code: "forbidden",
    });
    expect(await error(ask({}, { "x-conversation-id": "999999" }), 404)).toMatchObject({ code: "not_found" });
    const { id: other } = await json<{ id: number }>(
      api("/personas", { token, body: { name: "Bo", relation_type: "friend" } }),
    );
    expect(await error(ask({ model: `bo-${other}` }), 404)).toMatchObject({ code: "model_not_found" });
    const running = await stream("Hi");
    const busy = await ask({});
    expect(busy.headers.get("retry-after")).toBe("2");
    expect(await error(Promise.resolve(busy), 409)).toEqual({
      message: expect.any(String),
      type: "conflict_error",
      param: null,
      code: "turn_running",
    });
    hold.open = true;
    await running.text();
    expect(id).toBeGreaterThan(0);
  });
});
