import { describe, expect, it } from "vitest";

import { api, json } from "../harness";
import { chunk, gate, says, scriptUpstream } from "../upstream";
import {
  eventsOf,
  newConversation,
  readEvents,
  textOf,
  type Event,
  type Wire,
  type WireMessage,
  type WireTurn,
} from "./harness";

type Edited = {
  conversation: Wire & { revision: number };
  user_message: WireMessage | null;
  assistant_message: WireMessage | null;
};
type Shown = WireMessage & { variants: { index: number; count: number } };

/** A conversation in which one message was answered, and what can be done about its messages. */
async function spoken(...replies: ReturnType<typeof says>[]) {
  const upstream = scriptUpstream(says("One."), ...replies);
  const chat = await newConversation();
  const { token, path } = chat;
  const first = await json<WireTurn>(chat.send("Hi"));
  const post = (id: number, verb: string, body: object = {}, headers: Record<string, string> = {}) =>
    api(`${path}/messages/${id}/${verb}`, { token, body, headers });
  return {
    ...chat,
    upstream,
    said: first.user_message,
    reply: first.assistant_message,
    post,
    variants: (id: number) => json<WireMessage[]>(api(`${path}/messages/${id}/variants`, { token })),
    shown: () => json<Shown[]>(api(`${path}/messages?variants=true`, { token })),
    texts: async () => (await chat.history()).map(({ content }) => content),
    ledger: () => json<{ calls: number }>(api(`${path}/usage`, { token })),
  };
}

describe("variants", () => {
  it("of a message are all that follow the same one, in the order they were said, and the history counts them", async () => {
    const chat = await spoken(says("Two."), says("Three."));
    const two = await json<WireTurn>(chat.post(chat.reply.id, "regenerate"));
    const three = await json<WireTurn>(chat.post(chat.reply.id, "regenerate"));
    const all = [chat.reply, two.assistant_message, three.assistant_message];
    for (const { id } of all) expect(await chat.variants(id)).toEqual(all);
    expect(await chat.variants(chat.said.id)).toEqual([chat.said]);
    expect((await chat.shown()).map(({ variants }) => variants)).toEqual([
      { index: 1, count: 1 },
      { index: 3, count: 3 },
    ]);
    const page = await api(`${chat.path}/messages/${chat.reply.id}/variants?limit=2`, { token: chat.token });
    expect(page.headers.get("link")).toContain(`cursor=${two.assistant_message.id}`);
    expect(await json(page)).toEqual(all.slice(0, 2));
  });

  it("are counted while one of them is being written", async () => {
    const wait = gate();
    const chat = await spoken({ steps: [{ text: "Two" }, { wait }, { chunk: chunk({}, "stop") }] });
    const events = eventsOf(await chat.post(chat.reply.id, "regenerate", { stream: true }));
    await events.next();
    expect((await chat.shown()).map(({ variants }) => variants)).toEqual([
      { index: 1, count: 1 },
      { index: 2, count: 2 },
    ]);
    wait.open = true;
    for await (const event of events) expect(event.event).not.toBe("turn.failed");
  });
});

describe("selecting a message", () => {
  it("moves to the newest message that was said after it, and the next message follows that", async () => {
    const chat = await spoken(says("Two."), says("Three."), says("Four."));
    const next = await json<WireTurn>(chat.send("Go on"));
    await json(chat.post(chat.reply.id, "regenerate"));
    expect(await chat.texts()).toEqual(["Hi", "Three."]);
    const selected = await json<Wire>(chat.post(chat.reply.id, "select"));
    expect(selected).toMatchObject({ head_message_id: next.assistant_message.id });
    expect(await chat.texts()).toEqual(["Hi", "One.", "Go on", "Two."]);
    await json(chat.send("And then?"));
    const { messages } = chat.upstream.calls.at(-1)!.body;
    expect(messages.slice(1).map(({ content }) => content)).toEqual([
      "Hi",
      "One.",
      "Go on",
      "Two.",
      "And then?",
    ]);
  });

  it("of the branch in force changes nothing", async () => {
    const chat = await spoken();
    const selected = await json<Wire>(chat.post(chat.reply.id, "select"));
    expect(await json(api(chat.path, { token: chat.token }))).toMatchObject(selected);
    expect(selected.head_message_id).toBe(chat.reply.id);
  });

  it("knows only messages of the conversation", async () => {
    const chat = await spoken();
    const other = await newConversation(chat.user);
    await json(
      api(`${other.path}/messages/${chat.reply.id}/select`, { token: chat.token, method: "POST" }),
      404,
    );
    await json(api(`${other.path}/messages/${chat.reply.id}/variants`, { token: chat.token }), 404);
    await json(chat.post(chat.id * 2 ** 20 + 77, "select"), 404);
  });
});

describe("editing", () => {
  it("puts other words beside the user's and has them answered as a send does", async () => {
    const chat = await spoken(says("Two", " words."));
    const events = await readEvents(
      await chat.post(chat.said.id, "edit", { content: "Hello", answer: true, stream: true }),
    );
    expect(events.map((e) => e.event)).toEqual(["turn.started", "delta", "delta", "turn.completed"]);
    expect(await chat.texts()).toEqual(["Hello", "Two words."]);
    expect((await chat.variants(chat.said.id)).map(({ content }) => content)).toEqual(["Hi", "Hello"]);
    const { messages } = chat.upstream.calls.at(-1)!.body;
    expect(messages.slice(1)).toEqual([{ role: "user", content: "Hello" }]);
  });

  it("without an answer writes the words alone, at no cost", async () => {
    const chat = await spoken();
    const edited = await json<Edited>(chat.post(chat.said.id, "edit", { content: "Hello" }));
    expect(edited.user_message).toMatchObject({ role: "user", content: "Hello", parent_id: null });
    expect(edited.assistant_message).toBeNull();
    expect(edited.conversation).toMatchObject({ message_count: 3, head_message_id: edited.user_message!.id });
    expect(await chat.history()).toEqual([edited.user_message]);
    expect(chat.upstream.calls).toHaveLength(1);
  });

  it("puts other words in the persona's mouth, which it has then said", async () => {
    const chat = await spoken(says("Indeed."));
    const edited = await json<Edited>(chat.post(chat.reply.id, "edit", { content: "I am Alex." }));
    expect(edited.user_message).toEqual(chat.said);
    expect(edited.assistant_message).toMatchObject({
      role: "assistant",
      content: "I am Alex.",
      status: "complete",
      usage: null,
      turn_id: null,
    });
    await json(chat.send("Really?"));
    expect(chat.upstream.calls.at(-1)!.body.messages.at(-2)).toEqual({
      role: "assistant",
      content: "I am Alex.",
    });
    expect((await chat.variants(chat.reply.id)).map(({ content }) => content)).toEqual([
      "One.",
      "I am Alex.",
    ]);
  });

  it("of a reply with an answer has the persona go on from the words", async () => {
    const chat = await spoken(says(" of the sea", "."));
    const turn = await json<WireTurn>(
      chat.post(chat.reply.id, "edit", { content: "I dreamt", answer: true }),
    );
    expect(turn.assistant_message).toMatchObject({ content: "I dreamt of the sea.", status: "complete" });
    expect(turn.assistant_message.id).not.toBe(chat.reply.id);
    expect(chat.upstream.calls.at(-1)!.body.messages.slice(1)).toEqual([
      { role: "user", content: "Hi" },
      { role: "assistant", content: "I dreamt" },
    ]);
    expect(await chat.texts()).toEqual(["Hi", "I dreamt of the sea."]);
  });

  it("holds the user's words to a message's length, and a reply's to a reply's", async () => {
    const chat = await spoken();
    const content = "x".repeat(4001);
    for (const answer of [true, false]) {
      const refused = await json(chat.post(chat.said.id, "edit", { content, answer }), 422);
      expect(refused.detail).toBe("body.content: must have at most 4000 characters");
    }
    await json(chat.post(chat.reply.id, "edit", { content }));
    const full = await json(
      chat.post(chat.reply.id, "edit", { content: "x".repeat(200_000), answer: true }),
      409,
    );
    expect(full.code).toBe("nothing_to_continue");
    expect(await chat.texts()).toEqual(["Hi", content]);
  });
});

describe("continuing a reply", () => {
  it("lets the same message grow, with what it used added up and each call on the bill", async () => {
    const chat = await spoken(says(" Two", " more."));
    const before = chat.reply.usage!;
    const events = await readEvents(await chat.post(chat.reply.id, "continue", { stream: true }));
    const [started] = events as [Event];
    expect(started.data).toMatchObject({
      assistant_message: { id: chat.reply.id, content: "One.", status: "in_progress" },
      user_message: { id: chat.said.id },
    });
    expect(textOf(events)).toBe(" Two more.");
    const [, grown] = await chat.history();
    expect(grown).toMatchObject({ id: chat.reply.id, content: "One. Two more.", status: "complete" });
    expect(grown!.usage).toMatchObject({
      prompt_tokens: 2 * before.prompt_tokens!,
      completion_tokens: 2 * before.completion_tokens!,
    });
    expect(events.at(-1)!.data.assistant_message).toEqual(grown);
    expect(events.at(-1)!.data.conversation).toMatchObject({ message_count: 2 });
    expect(chat.upstream.calls[1]!.body.messages.slice(1)).toEqual([
      { role: "user", content: "Hi" },
      { role: "assistant", content: "One." },
    ]);
    expect((await chat.ledger()).calls).toBe(2);
  });

  it("is a turn of its own: followed, stopped and found by its own id", async () => {
    const wait = gate();
    const chat = await spoken(
      { steps: [{ text: " Two" }, { wait }, { chunk: chunk({}, "stop") }] },
      says(" Three."),
    );
    const events = eventsOf(await chat.post(chat.reply.id, "continue", { stream: true }));
    const { turn_id } = (await events.next()).value!.data as { turn_id: string };
    expect(turn_id).not.toBe(chat.reply.turn_id);
    await events.next();
    const running = await chat.history();
    expect(running.map(({ content, status }) => [content, status])).toEqual([
      ["Hi", "complete"],
      ["One. Two", "in_progress"],
    ]);
    const busy = await json(chat.post(chat.reply.id, "select"), 409);
    expect(busy).toMatchObject({ code: "turn_running", turn_id });
    const stop = () => api(`${chat.path}/turns/${turn_id}/stop`, { token: chat.token, method: "POST" });
    const stopped = await json(stop());
    expect(stopped).toMatchObject({ status: "stopped", assistant_message: { content: "One. Two" } });
    expect(await json(stop())).toEqual(stopped);
    await json(chat.post(chat.reply.id, "continue"));
    expect(await chat.texts()).toEqual(["Hi", "One. Two Three."]);
    const told = await readEvents(await api(`${chat.path}/turns/${turn_id}/events`, { token: chat.token }));
    expect(textOf(told)).toBe(" Two");
  });

  it("that fails before its first word leaves the reply as it was, and says so", async () => {
    const chat = await spoken({ status: 400, type: "application/json", body: "{}" });
    const failed = await json<WireTurn>(chat.post(chat.reply.id, "continue"), 502);
    expect(failed).toMatchObject({ code: "upstream_rejected" });
    const [, reply] = await chat.history();
    expect(reply).toMatchObject({ content: "One.", status: "complete", error_code: null });
    expect((await chat.ledger()).calls).toBe(2);
  });

  it("happens once for an idempotency key", async () => {
    const chat = await spoken(says(" Two."), says(" Three."));
    const once = () => chat.post(chat.reply.id, "continue", {}, { "idempotency-key": "k" });
    const first = await json<WireTurn>(once());
    expect(await json(once())).toEqual(first);
    expect(await chat.texts()).toEqual(["Hi", "One. Two."]);
  });

  it("is for the last reply of a branch that says something", async () => {
    const chat = await spoken(says("Two."));
    await json(chat.send("Go on"));
    for (const id of [chat.reply.id, chat.said.id]) {
      expect(await json(chat.post(id, "continue"), 409)).toMatchObject({ code: "nothing_to_continue" });
    }
    await json(chat.post(chat.id * 2 ** 20 + 77, "continue"), 404);
  });
});

describe("of two tabs that change the same conversation", () => {
  it("the one that has not seen the other's change is told so, and changes nothing", async () => {
    const chat = await spoken(says("Two."), says("Three."));
    const { token, path } = chat;
    const seen = (await api(path, { token })).headers.get("etag")!;
    expect(seen).toBe((await api(`${path}/messages`, { token })).headers.get("etag"));
    const headers = { "if-match": seen };
    const won = await json<WireTurn>(chat.send("Go on", headers));
    const losers = [
      () => chat.send("Too late", headers),
      () => chat.post(chat.reply.id, "regenerate", {}, headers),
      () => chat.post(chat.reply.id, "select", {}, headers),
      () => chat.post(chat.said.id, "edit", { content: "Hello" }, headers),
      () => chat.post(chat.said.id, "edit", { content: "Hello", answer: true }, headers),
      () => chat.post(won.assistant_message.id, "continue", {}, headers),
      () => api(`/chat/messages/${chat.reply.id}`, { token, method: "DELETE", headers }),
      () => api(path, { token, method: "DELETE", headers }),
    ];
    for (const lose of losers) {
      const response = await lose();
      expect(response.headers.get("etag")).toBe(`"${won.conversation.revision as number}"`);
      expect(await json(response, 412)).toMatchObject({ code: "precondition_failed" });
    }
    expect(await chat.texts()).toEqual(["Hi", "One.", "Go on", "Two."]);
    expect(chat.upstream.calls).toHaveLength(2);
    const now = { "if-match": `"0", "${won.conversation.revision as number}"` };
    const selected = await chat.post(chat.said.id, "edit", { content: "Hello" }, now);
    expect(selected.headers.get("etag")).not.toBe(seen);
    await json(selected);
    await json(chat.post(chat.said.id, "select", {}, { "if-match": "*" }));
    expect(await chat.texts()).toEqual(["Hi", "One.", "Go on", "Two."]);
  });

  it("exactly one wins when both come at once", async () => {
    const chat = await spoken();
    const headers = { "if-match": (await api(chat.path, { token: chat.token })).headers.get("etag")! };
    const edits = ["A", "B", "C", "D"].map((content) =>
      chat.post(chat.said.id, "edit", { content }, headers),
    );
    const statuses = (await Promise.all(edits)).map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, 412, 412, 412]);
    expect(await chat.variants(chat.said.id)).toHaveLength(2);
  });
});
