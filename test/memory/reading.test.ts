import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import { openVault } from "../../src/db/vault";
import { openCells } from "../../src/memory/cells";
import type { Source } from "../../src/memory/learn";
import { openMemory } from "../../src/memory/memory";
import { checkedNotes, notesIn } from "../../src/memory/reading/answer";
import { newConversation, type WireTurn } from "../chat/harness";
import { api, json } from "../harness";
import { gate, says, scriptUpstream, type Script } from "../upstream";

type Fact = {
  id: number;
  text: string;
  origin: string;
  source_ids: number[];
  until: string | null;
  is_suggested: boolean;
};
type Note = { op: string; text: string; source_ids: number[]; [field: string]: unknown };

const ID = 7 * 2 ** 20;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const REPLY = says("I see.");
const SAID = "The harbour froze, and my ferry job starts again in spring.";
const NOTE = "Works on a ferry from spring on.";

afterEach(() => vi.useRealTimers());

const later = (ms: number) => {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(now + ms);
};

const notes = (...facts: unknown[]): Script => says(JSON.stringify({ facts }));
const note = (text: string, source_ids: number[], more: object = {}): Note => ({
  op: "add",
  fact_id: null,
  kind: "other",
  text,
  source_ids,
  valid_from: null,
  ...more,
});

/** A conversation whose memory is read by a model; `replies` come after those to what is said. */
async function readBy(said: string[], replies: (ids: number[]) => Script[], given = {}) {
  const chat = await newConversation();
  const { token, personaId, user } = chat;
  const object = env.MEMORIES.getByName(`${user.id}:${personaId}`);
  const configured = (more: object) =>
    runInDurableObject(object, (instance) => {
      Object.assign(instance, { env: { ...env, MEMORY_MODEL: "notes", ...more } });
    });
  await configured(given);
  scriptUpstream(REPLY);
  const turns: WireTurn[] = [];
  for (const content of said) turns.push(await json<WireTurn>(chat.send(content)));
  const ids = turns.map(({ user_message }) => user_message.id);
  const memory = `/personas/${personaId}/memory`;
  const facts = (query = "") => json<Fact[]>(api(`${memory}${query}`, { token }));
  await facts();
  // The lesson is behind the turn, and the alarm behind the lesson.
  const isExpected = () => runInDurableObject(object, (_, { storage }) => storage.getAlarm());
  if (said.length > 0) await expect.poll(isExpected).not.toBeNull();
  vi.restoreAllMocks();
  const upstream = scriptUpstream(...replies(ids));
  const read = () => runDurableObjectAlarm(object);
  const ledger = async () =>
    (
      await env.DB.prepare(
        "SELECT purpose, model_asked, prompt_tokens, outcome, estimated FROM usage_events WHERE user_id = ? AND purpose = 'memory' ORDER BY id",
      )
        .bind(user.id)
        .all()
    ).results.map((row) => Object.values(row));
  return { ...chat, object, configured, turns, ids, memory, facts, upstream, read, ledger };
}

describe("a model that reads what users say", () => {
  it("is none unless one is named", async () => {
    const chat = await readBy([], () => [REPLY], { MEMORY_MODEL: "none" });
    await json(chat.send(SAID));
    await chat.facts();
    const alarm = await runInDurableObject(chat.object, (_, { storage }) => storage.getAlarm());
    expect(alarm).toBeNull();
  });

  it("notes it once the conversation has been quiet for ten minutes, with its sources and a bill of its own", async () => {
    const chat = await readBy([SAID, "Tell me of the sea."], ([id]) => [notes(note(NOTE, [id!]))]);
    await chat.read();
    expect(chat.upstream.calls).toHaveLength(0);
    later(11 * MINUTE);
    await chat.read();
    const { body } = chat.upstream.calls[0]!;
    expect(body).toMatchObject({ model: "notes", temperature: 0, response_format: { type: "json_schema" } });
    expect(body.messages[1]!.content).toContain(`{"message":"${SAID}","id":${chat.ids[0]}`);
    expect(body.messages[1]!.content).toContain('{"not_a_source":"I see."}');
    expect(await chat.facts()).toMatchObject([{ text: NOTE, origin: "model", source_ids: [chat.ids[0]] }]);
    expect(await chat.ledger()).toEqual([["memory", "notes", 100, "complete", 0]]);
    await chat.read();
    expect(chat.upstream.calls).toHaveLength(1);
  });

  it("reads at once where the user has said twenty things, and never more than forty with one call", async () => {
    const last = 100;
    const said = (count: number): Source[] =>
      Array.from({ length: count }, (_, n) => ({
        id: ID + n + 1,
        parentId: n === 0 ? null : ID + n,
        role: "user",
        content: `Herring number ${n}.`,
        status: "complete",
        createdAt: new Date(n === count - 1 ? last : 1),
        safety: null,
      }));
    const unreadOf = (count: number) =>
      runInDurableObject(env.MEMORIES.getByName(`${count} herrings`), async (_, { storage }) => {
        const cells = openCells(
          () => openVault(),
          () => 1,
        );
        const memory = openMemory(storage, cells);
        memory.open();
        const row = { id: 7, revision: 1, nonce: "n", headMessageId: ID + count, updatedAt: new Date(last) };
        await memory.check({ conversations: async () => [row], branch: async () => said(count) });
        const { unread } = memory;
        unread.begin({ userId: 1, personaId: 1 }, 0);
        const due = unread.nextDue();
        const batches = [];
        for (let batch = unread.take(last); batch; batch = unread.take(last)) {
          batches.push(batch.ids.length);
          memory.keepReadings(batch, []);
        }
        return { due, batches, rest: unread.nextDue() };
      });
    expect(await unreadOf(19)).toEqual({ due: last + 10 * MINUTE, batches: [], rest: last + 10 * MINUTE });
    expect(await unreadOf(20)).toEqual({ due: 0, batches: [20], rest: null });
    expect(await unreadOf(41)).toEqual({ due: 0, batches: [40], rest: last + 10 * MINUTE });
  });

  it("keeps nothing of what fails a check", async () => {
    const chat = await readBy([SAID], ([id]) => [
      notes(
        note("Works on a ferry.", [id! + 1]),
        note("Works on a ferry.", []),
        note("Likes opera and trains.", [id!]),
        note(`Works on a ferry ${"and on and on ".repeat(9)}`, [id!]),
        note("Loves the sea, works.", [id!]),
        note("Keeps short notes about a person in a chat; a job.", [id!]),
        note("A job. I want to kill myself.", [id!]),
        note("Job\nlines", [id!]),
        note("A job.", [id!], { op: "delete" }),
        note("A harbour job.", [id!], { op: "supersede", fact_id: 99 }),
        "junk",
        note("Enjoys the spring.", [id!], { kind: "like" }),
      ),
    ]);
    later(11 * MINUTE);
    await chat.read();
    expect(await chat.facts()).toMatchObject([{ text: "Enjoys the spring.", is_suggested: true }]);
  });

  it("keeps eight notes of a call at most", async () => {
    const chat = await readBy([SAID], ([id]) => [
      notes(...Array.from({ length: 12 }, (_, n) => note(`Ferry number ${n} sails.`, [id!]))),
    ]);
    later(11 * MINUTE);
    await chat.read();
    expect(await chat.facts()).toHaveLength(8);
  });

  it("puts a newer note in an older one's place, which stays to be seen, and touches nothing of the user's", async () => {
    const chat = await readBy([SAID, "Now I drive the ferry tram."], () => [notes()]);
    const { token, memory, ids } = chat;
    await json(api(memory, { token, body: { text: "My ferry is red." } }));
    await chat.read();
    const [told] = await chat.facts();
    const answer = (...facts: object[]) => {
      vi.restoreAllMocks();
      return scriptUpstream(notes(...facts));
    };
    answer(note(NOTE, [ids[0]!]));
    later(11 * MINUTE);
    await chat.read();
    const noted = (await chat.facts()).find(({ text }) => text === NOTE);
    await json(chat.send("The ferry tram is green."));
    const last = (await chat.history()).findLast(({ role }) => role === "user")!.id;
    answer(
      note("Drives a ferry tram.", [last], { op: "supersede", fact_id: noted!.id }),
      note("The ferry is green.", [last], { op: "update", fact_id: told!.id }),
    );
    later(11 * MINUTE);
    await chat.read();
    const all = await chat.facts("?past=true");
    const held = all.filter(({ until }) => until === null).map(({ text }) => text);
    expect(held.toSorted()).toEqual(["Drives a ferry tram.", "My ferry is red."]);
    expect(all.find(({ id }) => id === noted!.id)).toMatchObject({ text: NOTE, until: expect.any(String) });
  });

  it("never notes again what its user has forgotten, in whichever form of the words", async () => {
    const chat = await readBy([SAID], ([id]) => [notes(note(NOTE, [id!]))]);
    const { token, memory } = chat;
    later(11 * MINUTE);
    await chat.read();
    const [noted] = await chat.facts();
    await json(api(`${memory}/${noted!.id}`, { method: "DELETE", token }));
    const turn = await json<WireTurn>(chat.send("My ferry work, again from spring."));
    vi.restoreAllMocks();
    const upstream = scriptUpstream(
      notes(note("Working on the ferries from spring", [turn.user_message.id])),
    );
    later(11 * MINUTE);
    await chat.read();
    expect(upstream.calls).toHaveLength(1);
    expect(await chat.facts()).toEqual([]);
  });

  it("loses nothing by being down, and reads it when it is back", async () => {
    const chat = await readBy([SAID], ([id]) => [{ status: 500, body: "" }, notes(note(NOTE, [id!]))]);
    later(11 * MINUTE);
    await chat.read();
    await chat.read();
    expect(chat.upstream.calls).toHaveLength(1);
    expect(await chat.facts()).toEqual([]);
    later(11 * MINUTE);
    await chat.read();
    expect(await chat.facts()).toMatchObject([{ text: NOTE }]);
    expect((await chat.ledger()).map(([, , tokens, outcome]) => [tokens, outcome]).toSorted()).toEqual([
      [0, "failed"],
      [100, "complete"],
    ]);
  });

  it("is asked without a shape where it takes none", async () => {
    const chat = await readBy([SAID], ([id]) => [{ status: 400, body: "{}" }, notes(note(NOTE, [id!]))], {
      MEMORY_MODEL: "plain",
    });
    later(11 * MINUTE);
    await chat.read();
    expect(chat.upstream.calls[1]!.body.response_format).toBeUndefined();
    expect(await chat.facts()).toMatchObject([{ text: NOTE }]);
  });

  it("that answers nonsense is not asked about the same for ever", async () => {
    const chat = await readBy([SAID], () => [says("I would rather not.")]);
    for (let hours = 0; hours < 5; hours++) {
      later(HOUR);
      await chat.read();
    }
    expect(chat.upstream.calls).toHaveLength(3);
  });

  it("costs nothing that its user may not spend", async () => {
    const chat = await readBy([SAID], () => [notes()]);
    await env.DB.prepare("UPDATE users SET daily_token_allowance = 1 WHERE id = ?").bind(chat.user.id).run();
    later(11 * MINUTE);
    await chat.read();
    expect(chat.upstream.calls).toHaveLength(0);
    await env.DB.prepare("UPDATE users SET daily_token_allowance = NULL WHERE id = ?")
      .bind(chat.user.id)
      .run();
    later(2 * HOUR);
    await chat.read();
    expect(chat.upstream.calls).toHaveLength(1);
  });

  it("never sees what was said of a danger, and nothing while that is open", async () => {
    const chat = await readBy(["I want to kill myself tonight.", SAID], () => [notes()]);
    later(HOUR);
    await chat.read();
    expect(chat.upstream.calls).toHaveLength(0);
    later(25 * HOUR);
    await chat.read();
    const told = chat.upstream.calls[0]!.body.messages[1]!.content;
    expect(told).toContain("ferry");
    expect(told).not.toContain("kill");
  });

  it("reads nothing of minors, and nothing of what is temporary", async () => {
    const minor = await readBy([SAID], () => [notes()]);
    await env.DB.prepare("UPDATE users SET age_group = 'teen' WHERE id = ?").bind(minor.user.id).run();
    const fleeting = await readBy([SAID], () => [notes()]);
    await env.DB.prepare("UPDATE conversations SET expires_at = ? WHERE id = ?")
      .bind(Date.now() + HOUR, fleeting.id)
      .run();
    later(11 * MINUTE);
    for (const { read, upstream } of [minor, fleeting]) {
      await read();
      expect(upstream.calls).toHaveLength(0);
    }
  });

  it("keeps nothing of a message that is forgotten while it reads", async () => {
    const open = gate();
    const chat = await readBy([SAID], ([id]) => [
      { steps: [{ wait: open }, ...notes(note(NOTE, [id!])).steps!] },
    ]);
    later(11 * MINUTE);
    const reading = chat.read();
    await expect.poll(() => chat.upstream.calls.length).toBe(1);
    await json(api(`/chat/messages/${chat.ids[0]}`, { method: "DELETE", token: chat.token }));
    open.open = true;
    await reading;
    expect(await chat.facts("?past=true")).toEqual([]);
  });

  it("is paid for though a crash cuts it off", async () => {
    const chat = await readBy([SAID], () => [notes()]);
    await runInDurableObject(chat.object, (_, { storage }) => {
      const call = { ...CALL, userId: chat.user.id, personaId: chat.personaId, conversationId: chat.id };
      storage.sql.exec("INSERT INTO calls VALUES (?, ?)", CALL.id, JSON.stringify(call));
    });
    await chat.read();
    expect((await chat.ledger()).map(([, , tokens, outcome]) => [tokens, outcome])).toEqual([
      [77, "interrupted"],
    ]);
    const left = await runInDurableObject(chat.object, (_, { storage }) =>
      storage.sql.exec("SELECT * FROM calls").toArray(),
    );
    expect(left).toEqual([]);
  });
});

const CALL = {
  id: "memory/cut-off/0",
  messageId: 1,
  purpose: "memory",
  provider: "openai",
  modelAsked: "notes",
  modelUsed: "notes",
  promptTokens: 77,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  completionTokens: 0,
  reasoningTokens: 0,
  costMicros: null,
  priceVersion: null,
  estimated: true,
  firstTokenMs: null,
  totalMs: 0,
  outcome: "interrupted",
  errorCode: null,
  createdAt: new Date().toISOString(),
};

describe("a model's answer", () => {
  it.each([
    ['{"facts": [1]}', [1]],
    ["[1]", [1]],
    ['Here:\n```json\n{"facts": []}\n```', []],
    ["Sorry", null],
    ['{"facts": {}}', null],
    ["null", null],
  ])("is read: %s", (answer, found) => {
    expect(notesIn(answer)).toEqual(found);
  });

  it("says since when, where that is a date before it was said", () => {
    const at = Date.parse("2026-05-08T10:00Z");
    const sources = new Map([[1, { id: 1, role: "user", at, body: "I moved to Oslo." } as const]]);
    const until = (valid_from: string) =>
      checkedNotes([note("Moved to Oslo.", [1], { op: "supersede", fact_id: 7, valid_from })], {
        sources,
        prompt: "",
      })[0]?.replaces?.until;
    expect(until("2026-05-01")).toBe(Date.parse("2026-05-01"));
    expect(until("2027-05-01")).toBe(at);
    expect(until("in May")).toBe(at);
  });
});
