import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { openTurn, type StoredTurn, type Turn } from "../../src/chat/turn";
import { conversationById } from "../../src/db/conversations";
import { api, json, ownDatabase } from "../harness";
import { chunk, gate, says, scriptUpstream } from "../upstream";
import { eventsOf, newConversation, readEvents, textOf, type Wire, type WireTurn } from "./harness";

type Noticed = WireTurn & { notice?: { code: string; detail: string } };

const objectOf = (id: number) => env.CONVERSATIONS.getByName(String(id));

/** The database can be read, and takes nothing: a settlement is a batch of three statements and more. */
function refuseWrites() {
  const batch = env.DB.batch.bind(env.DB);
  return vi.spyOn(env.DB, "batch").mockImplementation(((statements: D1PreparedStatement[]) => {
    if (statements.length > 2) return Promise.reject(new Error("D1_ERROR: D1 DB is overloaded."));
    return batch(statements);
  }) as typeof env.DB.batch);
}

describe("while the database cannot take a turn", () => {
  it("a JSON send is answered from the object's disk, which says that the history lacks it", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const batch = refuseWrites();
    const turn = await json<Noticed>(chat.send("Hi"));
    expect(turn).toMatchObject({
      user_message: { content: "Hi" },
      assistant_message: { content: "Hello.", status: "complete", usage: { prompt_tokens: 100 } },
      conversation: { id: chat.id, message_count: 2, head_message_id: turn.assistant_message.id },
      notice: { code: "not_yet_in_history" },
    });
    batch.mockRestore();
    await runDurableObjectAlarm(objectOf(chat.id));
    const { notice: _notice, ...same } = turn;
    expect(await chat.history()).toEqual([same.user_message, same.assistant_message]);
  });

  it("stop is answered with the text so far, which the history shows as soon as it can", async () => {
    scriptUpstream({ steps: [{ text: "So far" }, { wait: gate() }] });
    const chat = await newConversation();
    const events = eventsOf(await chat.stream("Hi"));
    const { data } = (await events.next()).value as { data: { turn_id: string } };
    await events.next();
    const batch = refuseWrites();
    const stop = `${chat.path}/turns/${data.turn_id}/stop`;
    const stopped = await json<{ status: string; assistant_message: Wire; notice?: Wire }>(
      api(stop, { token: chat.token, method: "POST" }),
    );
    expect(stopped).toMatchObject({
      status: "stopped",
      assistant_message: { content: "So far" },
      notice: { code: "not_yet_in_history" },
    });
    batch.mockRestore();
    await runDurableObjectAlarm(objectOf(chat.id));
    expect((await chat.history()).map(({ content }) => content)).toEqual(["Hi", "So far"]);
    const rest = [];
    for await (const { event } of events) rest.push(event);
    expect(rest).toEqual(["turn.notice", "turn.stopped"]);
  });
});

describe("a request that is sent again with its key and the last event seen", () => {
  it("goes on after that event, live or long over", async () => {
    const wait = gate();
    scriptUpstream({
      steps: [{ text: "One" }, { text: " two" }, { wait }, { text: " three" }, { chunk: chunk({}, "stop") }],
    });
    const chat = await newConversation();
    const key = { "idempotency-key": crypto.randomUUID() };
    const first = eventsOf(await chat.stream("Count", key));
    for (let n = 0; n < 3; n++) await first.next();
    const again = chat.stream("Count", { ...key, "last-event-id": "3" });
    wait.open = true;
    const resumed = await readEvents(await again);
    expect(resumed.map(({ id }) => id)).toEqual(["4", "5"]);
    expect(textOf(resumed)).toBe(" three");
    const later = await readEvents(await chat.stream("Count", { ...key, "last-event-id": "4" }));
    expect(later.map(({ event }) => event)).toEqual(["turn.completed"]);
  });

  it("begins at the beginning where the turn is new", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const key = { "idempotency-key": crypto.randomUUID(), "last-event-id": "3" };
    const events = await readEvents(await chat.stream("Hi", key));
    expect(events.map(({ id }) => id)).toEqual(["1", "2", "3"]);
  });
});

describe("the readers of one turn", () => {
  const open = async (count: number, ask: () => Promise<Response>) => {
    const answers: Response[] = [];
    for (let n = 0; n < count; n++) answers.push(await ask());
    return answers;
  };
  const leave = async (answers: Response[]) => {
    for (const answer of answers) await answer.body?.cancel();
  };

  it.each([
    ["while it runs", "events", true],
    ["while it runs, by its key", "key", true],
    ["after its end", "events", false],
    ["after its end, by its key", "key", false],
  ])(
    "are no more than a person has devices, %s; the next one can come when one has left",
    async (_, by, runs) => {
      const wait = gate();
      wait.open = !runs;
      // More than a stream takes in advance, so that a reader stays until it has read.
      const long = { text: "x".repeat(150_000) };
      scriptUpstream({ steps: [{ text: "Hi" }, long, { wait }, { chunk: chunk({}, "stop") }] });
      const chat = await newConversation();
      const key = { "idempotency-key": crypto.randomUUID() };
      const first = eventsOf(await chat.stream("Hi", key));
      const { data } = (await first.next()).value as { data: { turn_id: string } };
      if (!runs) while (!(await first.next()).done);
      const ask = () =>
        by === "key"
          ? chat.stream("Hi", key)
          : api(`${chat.path}/turns/${data.turn_id}/events`, { token: chat.token });
      const others = await open(runs ? 63 : 64, ask);
      expect(others.map(({ status }) => status)).toEqual(others.map(() => 200));
      const refused = await ask();
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "5"]);
      expect(await refused.json()).toMatchObject({ code: "too_many_readers" });
      await leave(others.splice(0, 1));
      const next = await ask();
      expect(next.status).toBe(200);
      wait.open = true;
      await leave([...others, next]);
    },
  );
});

describe("what version 0.1 stored", () => {
  const oldEvents = (ended: boolean) => [
    { event: "turn.started", data: "{}" },
    { event: "delta", data: JSON.stringify({ text: "Old" }) },
    { event: "delta", data: JSON.stringify({ text: " words." }) },
    ...(ended ? [{ event: "turn.completed", data: "{}" }] : []),
  ];
  const oldTurn = ({ speaker, said, head, nonce: _nonce, billId: _billId, ...same }: Turn) => {
    const { messageCount: _count, ...oldHead } = head;
    return { ...same, ...speaker, question: said, head: oldHead };
  };

  it("can still be followed: the events of a turn that has ended", async () => {
    scriptUpstream(says("Old", " words."));
    const chat = await newConversation();
    const before = await readEvents(await chat.stream("Hi"));
    const { id } = before[0]!.data.assistant_message as Wire;
    await runInDurableObject(objectOf(chat.id), (_, { storage: { kv } }) => {
      const { turn, endedAt } = kv.get<StoredTurn>(`turn:${id}`)!;
      kv.put(`turn:${id}`, { turn: oldTurn(turn), settledAt: endedAt });
      for (const [name] of Array.from(kv.list({ prefix: `log:${id}:` }))) kv.delete(name);
      kv.put(`log:${id}:00000001`, oldEvents(true));
    });
    await evictDurableObject(objectOf(chat.id));
    const events = `${chat.path}/turns/turn_${id}/events`;
    expect(await readEvents(await api(events, { token: chat.token }))).toEqual(before);
  });

  it("is still settled: a turn that was running when the server was replaced", async () => {
    scriptUpstream(says("New."));
    const chat = await newConversation();
    const [state] = await conversationById(ownDatabase(), chat.id);
    const turn = openTurn({
      purpose: "reply",
      state: state!,
      speaker: { personaId: chat.personaId, provider: "openai", model: "gpt-3.5-turbo" },
      place: { after: null, depth: 0, said: "Hi" },
      reserved: false,
      report: { budget: 8000, source: "d1", sections: [] },
      estimate: { raw: 2, corrected: 2 },
    });
    const { id } = turn.reply;
    await runInDurableObject(objectOf(chat.id), (_, { storage: { kv } }) => {
      kv.put(`turn:${id}`, { turn: oldTurn(turn) });
      kv.put("running", id);
      kv.put(`log:${id}:00000001`, oldEvents(false));
    });
    await evictDurableObject(objectOf(chat.id));
    const next = await json<WireTurn>(chat.send("And now?"));
    expect(next.conversation.message_count).toBe(4);
    expect((await chat.history()).map(({ content, status }) => [content, status])).toEqual([
      ["Hi", "complete"],
      ["Old words.", "interrupted"],
      ["And now?", "complete"],
      ["New.", "complete"],
    ]);
    const events = await readEvents(await api(`${chat.path}/turns/turn_${id}/events`, { token: chat.token }));
    expect(events.map(({ event }) => event)).toEqual(["turn.started", "delta", "delta", "turn.interrupted"]);
  });
});
