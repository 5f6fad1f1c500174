import { createParser } from "eventsource-parser";
import { describe, expect, it } from "vitest";

import { api, json } from "../../harness";
import { gate, says, scriptUpstream } from "../../upstream";
import { newModel, type WireError } from "./harness";

type Chunk = { type: string; id?: string; delta?: string; messageId?: string; errorText?: string };

async function readChunks(response: Response): Promise<Chunk[]> {
  const data: string[] = [];
  const parser = createParser({ onEvent: (event) => void data.push(event.data) });
  parser.feed(await response.text());
  expect(data.pop()).toBe("[DONE]");
  return data.map((text) => JSON.parse(text) as Chunk);
}

/** A useChat, which sends what it shows. */
async function newChat() {
  const { token, model } = await newModel();
  const chatId = crypto.randomUUID();
  const call = (path: string, method = "GET") => api(`/v1/ui/chat/${chatId}${path}`, { token, method });
  const send = (messages: object[], more: object = {}) =>
    api("/v1/ui/chat", { token, body: { id: chatId, messages, model, trigger: "submit-message", ...more } });
  const history = async () => {
    const [chat] = await json<{ id: number }[]>(api("/chat/conversations", { token }));
    const shown = await json<{ content: string }[]>(
      api(`/chat/conversations/${chat!.id}/messages`, { token }),
    );
    return shown.map(({ content }) => content);
  };
  return { token, model, chatId, call, send, history };
}

const part = (text: string) => ({ type: "text", text });
const said = (text: string) => ({ id: "u", role: "user", parts: [part(text)] });
const answered = (text: string) => ({
  id: "a",
  role: "assistant",
  parts: [{ type: "step-start" }, part(text)],
});

describe("a useChat", () => {
  it("is streamed as AI SDK's UI messages are", async () => {
    scriptUpstream(says("Ahoy", " there!"));
    const { send } = await newChat();
    const answer = await send([said("Hi")]);
    expect(answer.headers.get("x-vercel-ai-ui-message-stream")).toBe("v1");
    const chunks = await readChunks(answer);
    const id = chunks[0]!.messageId;
    expect(id).toMatch(/^msg_\d+$/);
    expect(chunks).toMatchObject([
      { type: "start" },
      { type: "text-start", id },
      { type: "text-delta", id, delta: "Ahoy" },
      { type: "text-delta", id, delta: " there!" },
      { type: "text-end", id },
      { type: "message-metadata", messageMetadata: { usage: { prompt_tokens: 100 } } },
      { type: "finish", finishReason: "stop" },
    ]);
  });

  it("is a conversation that is what it shows: edits are branches, new answers variants", async () => {
    const upstream = scriptUpstream(says("One."), says("Two."), says("Three."), says("Four."));
    const { send, history } = await newChat();
    await readChunks(await send([{ role: "system", parts: [part("Be brief.")] }, said("1")]));
    await readChunks(await send([said("1"), answered("One."), said("2")]));
    expect(await history()).toEqual(["1", "One.", "2", "Two."]);
    await readChunks(await send([said("1"), answered("One."), said("2")], { trigger: "regenerate-message" }));
    expect(await history()).toEqual(["1", "One.", "2", "Three."]);
    await readChunks(await send([said("instead")]));
    expect(await history()).toEqual(["instead", "Four."]);
    expect(upstream.calls[0]!.body.messages[0]!.content).toContain("Be brief.");
  });

  it("comes back to the reply that is being written from its beginning, and stops it when it says so", async () => {
    const hold = gate();
    scriptUpstream({ steps: [{ text: "Well" }, { wait: hold }] });
    const { send, call, history } = await newChat();
    expect((await call("/stream")).status).toBe(204);
    const sent = await send([said("Hi")]);
    const resumed = await call("/stream");
    expect(resumed.headers.get("x-vercel-ai-ui-message-stream")).toBe("v1");
    expect((await call("/stop", "POST")).status).toBe(204);
    const chunks = await readChunks(resumed);
    expect(chunks.map(({ type }) => type)).toEqual([
      "start",
      "text-start",
      "text-delta",
      "text-end",
      "message-metadata",
      "abort",
    ]);
    expect(await readChunks(sent)).toEqual(chunks);
    expect(await history()).toEqual(["Hi", "Well"]);
    expect((await call("/stream")).status).toBe(204);
    expect((await call("/stop", "POST")).status).toBe(204);
  });

  it("is told in one sentence what went wrong", async () => {
    scriptUpstream({ steps: [{ text: "Well" }, { chunk: { error: { message: "internal sk-secret" } } }] });
    const { send } = await newChat();
    const chunks = await readChunks(await send([said("Hi")]));
    expect(chunks.slice(-2)).toEqual([
      expect.objectContaining({ type: "text-end" }),
      { type: "error", errorText: "The language model failed to answer." },
    ]);
  });

  it("is refused where it names no persona, or holds what cannot be kept", async () => {
    scriptUpstream(says("One."));
    const { send } = await newChat();
    const refusal = async (messages: object[], more: object, status: number) =>
      (await json<WireError>(send(messages, more), status)).error;
    expect(await refusal([said("Hi")], { model: undefined }, 422)).toMatchObject({ param: "model" });
    expect(await refusal([said("Hi")], { model: "persona-999999" }, 404)).toMatchObject({
      code: "model_not_found",
    });
    expect(await refusal([said("Hi")], { id: "a b" }, 422)).toMatchObject({ param: "id" });
    expect(await refusal([answered("Hi")], {}, 422)).toMatchObject({ param: "messages" });
    const file = { type: "file", mediaType: "application/pdf", url: "data:," };
    expect(await refusal([{ role: "user", parts: [file] }], {}, 400)).toMatchObject({
      param: "messages.0.parts.0",
    });
    const image = { ...file, mediaType: "image/png" };
    expect(await refusal([{ role: "user", parts: [image] }], {}, 400)).toMatchObject({ param: "messages" });
  });
});
