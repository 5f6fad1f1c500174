import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { watchDatabase } from "../database";
import { api, json } from "../harness";
import { chunk, gate, says, scriptUpstream, type Gate } from "../upstream";
import { eventsOf, newConversation, readEvents, type Wire, type WireMessage, type WireTurn } from "./harness";

const objectOf = (id: number) => env.CONVERSATIONS.getByName(String(id));
const slowly = (wait: Gate) => ({
  steps: [{ text: "Once" }, { text: " upon" }, { wait }, { text: " a time" }, { chunk: chunk({}, "stop") }],
});
const crash = (id: number) =>
  runInDurableObject(objectOf(id), (_, state) => state.abort("a crash")).catch(() => {});
const shown = (messages: WireMessage[]) => messages.map(({ content, status }) => [content, status]);

/** Follows a stream to its third event: the two words that are said before the door. */
async function hearTwoWords(answer: Promise<Response>) {
  const events = eventsOf(await answer);
  for (let n = 0; n < 3; n++) await events.next();
  return events;
}

describe("while a reply is being written", () => {
  it("the history shows what was said and the reply so far, and each can be read by its id", async () => {
    const wait = gate();
    scriptUpstream(says("Hello."), slowly(wait));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const events = await hearTwoWords(chat.stream("Tell me a story"));
    const history = await chat.history();
    expect(shown(history)).toEqual([
      ["Hi", "complete"],
      ["Hello.", "complete"],
      ["Tell me a story", "complete"],
      ["Once upon", "in_progress"],
    ]);
    for (const message of history.slice(2)) {
      expect(await json<Wire>(api(`/chat/messages/${message.id}`, { token: chat.token }))).toEqual(message);
    }
    wait.open = true;
    for await (const _ of events);
    expect(shown(await chat.history()).at(-1)).toEqual(["Once upon a time", "complete"]);
  });

  it("the conversation's counters wait for its end", async () => {
    const wait = gate();
    scriptUpstream(slowly(wait));
    const chat = await newConversation();
    const events = await hearTwoWords(chat.stream("Tell me a story"));
    expect(await json(api(chat.path, { token: chat.token }))).toMatchObject({ message_count: 0 });
    wait.open = true;
    for await (const _ of events);
    expect(await json(api(chat.path, { token: chat.token }))).toMatchObject({ message_count: 2 });
  });

  it("another answer to an earlier message is shown where the first one stood", async () => {
    const wait = gate();
    scriptUpstream(says("Hello."), says("Fine."), slowly(wait));
    const chat = await newConversation();
    const first = await json<WireTurn>(chat.send("Hi"));
    await json(chat.send("How are you?"));
    const again = `${chat.path}/messages/${first.assistant_message.id}/regenerate`;
    const events = await hearTwoWords(
      Promise.resolve(api(again, { token: chat.token, body: { stream: true } })),
    );
    expect(shown(await chat.history())).toEqual([
      ["Hi", "complete"],
      ["Once upon", "in_progress"],
    ]);
    wait.open = true;
    for await (const _ of events);
    expect(shown(await chat.history())).toEqual([
      ["Hi", "complete"],
      ["Once upon a time", "complete"],
    ]);
  });

  it("nothing of it is in the database, and after a crash whoever reads the history finds what had reached the disk", async () => {
    scriptUpstream(slowly(gate()));
    const chat = await newConversation();
    await hearTwoWords(chat.stream("Tell me a story"));
    const rows = async () =>
      (await env.DB.prepare("SELECT id FROM chat_messages WHERE conversation_id = ?").bind(chat.id).all())
        .results.length;
    expect(await rows()).toBe(0);
    await scheduler.wait(300);
    await crash(chat.id);
    await expect
      .poll(async () => shown(await chat.history()))
      .toEqual([
        ["Tell me a story", "complete"],
        ["Once upon", "interrupted"],
      ]);
    expect(await rows()).toBe(2);
  });
});

describe("a turn that a crash cut off while the database is away", () => {
  it("is settled by the alarm as soon as the database is back, however often it has rung in vain", async () => {
    scriptUpstream(slowly(gate()));
    const chat = await newConversation();
    await hearTwoWords(chat.stream("Tell me a story"));
    await scheduler.wait(300);
    await crash(chat.id);
    const away = vi.spyOn(env.DB, "prepare").mockImplementation(() => {
      throw new Error("D1_ERROR: D1 DB is overloaded.");
    });
    for (let n = 0; n < 8; n++) {
      await runDurableObjectAlarm(objectOf(chat.id));
      const due = await runInDurableObject(objectOf(chat.id), (_, { storage }) => storage.getAlarm());
      expect(due).not.toBeNull();
    }
    away.mockRestore();
    await runDurableObjectAlarm(objectOf(chat.id));
    expect(shown(await chat.history())).toEqual([
      ["Tell me a story", "complete"],
      ["Once upon", "interrupted"],
    ]);
  });
});

describe("a reply that goes on when a crash comes", () => {
  const continued = async () => {
    const chat = await newConversation();
    const turn = await json<WireTurn>(chat.send("Hi"));
    const { id } = turn.assistant_message;
    return {
      chat,
      reply: turn.assistant_message,
      go: () => api(`${chat.path}/messages/${id}/continue`, { token: chat.token, body: { stream: true } }),
    };
  };
  const bills = async (id: number) =>
    (
      await env.DB.prepare("SELECT id, outcome FROM usage_events WHERE conversation_id = ? ORDER BY id")
        .bind(id)
        .all()
    ).results;

  it("keeps what it had said and what had reached the disk since, and is billed once for each call", async () => {
    scriptUpstream(says("Hello."), slowly(gate()), says(" again"));
    const { chat, reply, go } = await continued();
    const events = await hearTwoWords(go());
    await scheduler.wait(300);
    await crash(chat.id);
    await expect
      .poll(async () => shown(await chat.history()))
      .toEqual([
        ["Hi", "complete"],
        ["Hello. Once upon", "interrupted"],
      ]);
    await events.return(undefined);
    await evictDurableObject(objectOf(chat.id));
    await runDurableObjectAlarm(objectOf(chat.id));
    await readEvents(await go());
    expect(shown(await chat.history())[1]).toEqual(["Hello. Once upon again", "complete"]);
    const first = chat.id * 2 ** 20 + 3;
    expect(await bills(chat.id)).toEqual([
      { id: `${reply.id}/0`, outcome: "complete" },
      { id: `${first}/0`, outcome: "interrupted" },
      { id: `${first + 1}/0`, outcome: "complete" },
    ]);
  });

  it("is as it was where nothing had reached the disk", async () => {
    const wait = gate();
    scriptUpstream(says("Hello."), { steps: [{ wait }] });
    const { chat, go } = await continued();
    const events = eventsOf(await go());
    await events.next();
    await crash(chat.id);
    await expect
      .poll(async () => shown(await chat.history()))
      .toEqual([
        ["Hi", "complete"],
        ["Hello.", "complete"],
      ]);
    wait.open = true;
  });
});

describe("a turn that is settled", () => {
  it("is not written again by the next life of its object, which has nothing but the conversation's revision to tell", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const events = await readEvents(await chat.stream("Hi"));
    await evictDurableObject(objectOf(chat.id));
    const { asked, restore } = watchDatabase();
    const { turn_id } = events[0]!.data as { turn_id: string };
    const again = await readEvents(await api(`${chat.path}/turns/${turn_id}/events`, { token: chat.token }));
    await runDurableObjectAlarm(objectOf(chat.id));
    restore();
    expect(again).toEqual(events);
    expect(asked.filter((sql) => /^\s*(insert|update|delete)/i.test(sql))).toEqual([]);
  });

  it("goes from the object with everything else when the conversation has rested", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    vi.useFakeTimers({ now: Date.now() + 11 * 60_000, toFake: ["Date"] });
    await runDurableObjectAlarm(objectOf(chat.id));
    vi.useRealTimers();
    const left = await runInDurableObject(objectOf(chat.id), async (_, { storage }) => [
      [...storage.kv.list()],
      await storage.getAlarm(),
    ]);
    expect(left).toEqual([[], null]);
  });
});

describe("a conversation that is deleted before the database has taken its last turn", () => {
  it("leaves the bill in its object, which the alarm brings to the database, and not a word of what was said", async () => {
    scriptUpstream(says("Vanilla."));
    const chat = await newConversation();
    const batch = env.DB.batch.bind(env.DB);
    const refused = vi
      .spyOn(env.DB, "batch")
      .mockImplementation(((statements: D1PreparedStatement[]) =>
        statements.length > 2
          ? Promise.reject(new Error("D1_ERROR: D1 DB is overloaded."))
          : batch(statements)) as typeof env.DB.batch);
    await json(chat.send("My secret is chocolate"));
    await json(api(chat.path, { token: chat.token, method: "DELETE" }));
    const kept = await runInDurableObject(objectOf(chat.id), (_, { storage }) => [...storage.kv.list()]);
    expect(kept.map(([name]) => name.split(":")[0])).toEqual(["owed"]);
    expect(JSON.stringify(kept)).not.toMatch(/chocolate|Vanilla/);
    refused.mockRestore();
    await runDurableObjectAlarm(objectOf(chat.id));
    const calls = await env.DB.prepare("SELECT id FROM usage_events WHERE conversation_id = ?")
      .bind(chat.id)
      .all();
    expect(calls.results).toHaveLength(1);
  });
});

describe("the first message of a conversation", () => {
  it("goes to the model while the database is still being asked, since making the conversation prepared it", async () => {
    const upstream = scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const session = await env.DB.prepare("SELECT id FROM sessions WHERE user_id = ?")
      .bind(chat.user.id)
      .first<{ id: string }>();
    const caller = { userId: chat.user.id, sessionId: session!.id };
    // What the route has begun, waited for.
    await objectOf(chat.id).prepare({ conversationId: chat.id, requestId: "test", caller });
    const door = gate();
    const { restore } = watchDatabase(/./, door);
    const batch = env.DB.batch.bind(env.DB);
    const held = vi.spyOn(env.DB, "batch").mockImplementation((async (statements: D1PreparedStatement[]) => {
      while (!door.open) await scheduler.wait(2);
      return batch(statements);
    }) as typeof env.DB.batch);
    const answer = chat.send("Hi");
    await expect.poll(() => upstream.calls.length).toBe(1);
    door.open = true;
    await json(answer);
    restore();
    held.mockRestore();
    expect(upstream.calls).toHaveLength(1);
  });
});

describe("what is said", () => {
  it.each([
    ["a NUL", "before\u0000after"],
    ["Chinese, to the limit of a reply", "漢".repeat(200_000)],
    ["emoji, to the limit of a reply", "🌊".repeat(100_000)],
    ["what looks like a statement", `'); DROP TABLE users; -- "?1 :reply.content`],
  ])("is stored whole: %s", async (_, text) => {
    scriptUpstream(says(text));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const [, reply] = await chat.history();
    expect(reply!.content === text).toBe(true);
  });
});
