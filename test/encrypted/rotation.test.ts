import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import worker from "../../src/index";
import { openDatabase } from "../../src/db/client";
import { ENCRYPTION_CRON, runEncryption } from "../../src/jobs/encryption";
import { configOf, type Env } from "../../src/env";
import { insertMessage } from "../factories";
import { newConversation } from "../chat/harness";
import { api, json, newAdmin, ownDatabase, type TestUser } from "../harness";
import { says, scriptUpstream } from "../upstream";

const FIRST = env.ENCRYPTION_KEY!;
const SECOND = Buffer.alloc(32, "x").toString("base64");
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The server with other keys. */
const withKeys = (ENCRYPTION_KEY: string): Env => ({ ...env, ENCRYPTION_KEY });
const databaseOf = (bindings: Env) => openDatabase(env.DB, () => configOf(bindings).ENCRYPTION_KEY);
const nameOf = (key: string) => databaseOf(withKeys(key)).vault.sealsWith!;
const call = (bindings: Env, path: string, token?: string) =>
  worker.fetch!(
    new Request(`https://persona.test${path}`, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
    }) as never,
    bindings,
    { waitUntil() {}, passThroughOnException() {} } as never,
  );

/** How many texts a user's search index has; `add` has it hold one, as an index of before a key was set does. */
const indexed = ({ id }: TestUser, add = false) =>
  runInDurableObject(env.SEARCH.getByName(String(id)), (_, { storage: { sql } }) => {
    if (add) sql.exec("INSERT INTO words (rowid, text) VALUES (1, 'ravens gather')");
    return sql.exec<{ n: number }>("SELECT count(*) AS n FROM words").one().n;
  });

/** Every cell there is, each as the rows have it. */
async function cells(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `SELECT content AS cell FROM chat_messages UNION ALL SELECT title FROM conversations UNION ALL SELECT name FROM personas
     UNION ALL SELECT description FROM personas WHERE description IS NOT NULL`,
  ).all<{ cell: string }>();
  return results.map(({ cell }) => cell);
}
/** How many cells there are of each form. */
async function forms(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const cell of await cells()) {
    const form = /^enc1:([\w-]{8}):/.exec(cell)?.[1] ?? "plain";
    counts[form] = (counts[form] ?? 0) + 1;
  }
  return counts;
}

/** Runs until nothing is left to do, as the clock would have it; from an hour on, so that all others know the key. */
async function runToEnd(bindings: Env, from: number): Promise<void> {
  for (let n = 0; n < 4; n++) await runEncryption(bindings, from + n * 11 * MINUTE_MS);
}

async function talk(messages: number) {
  const chat = await newConversation();
  for (let n = 1; n <= messages; n++)
    await insertMessage(ownDatabase(), chat.id, n, `Ravens ${n} "gather"\n ${"\u00e9".repeat(n % 7)}`);
  await env.DB.prepare("UPDATE conversations SET head_message_id = ?, message_seq = ? WHERE id = ?")
    .bind(chat.id * 2 ** 20 + messages, messages, chat.id)
    .run();
  return chat;
}

let admin: TestUser | undefined;
type State = {
  keys: { id: string; use: string }[];
  parts: {
    part: string;
    rewritten: number;
    finished_at: string | null;
    key_missing: number;
    damaged: number;
  }[];
  others_removable_at: string | null;
};
async function state(bindings: Env): Promise<State> {
  admin ??= await newAdmin();
  return json<State>(call(bindings, "/admin/encryption", admin.token));
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/* These tests go through one database's life, one after the other. */
describe("the encryption of what is stored", () => {
  it("begins with what was there before, in bounded steps, and shows how far it is", async () => {
    const chat = await talk(40);
    const before = await forms();
    expect(before.plain).toBe(40);
    expect(await indexed(chat.user, true)).toBe(1);
    await env.DB.prepare("UPDATE personas SET description = 'Knits.' WHERE id = ?")
      .bind(chat.personaId)
      .run();
    const quiet = vi.spyOn(console, "log").mockImplementation(() => {});
    const now = Date.now();
    await runEncryption(env, now, 1);
    expect(await forms()).toEqual({ plain: 1, [nameOf(FIRST)]: 42 });
    const half = await state(env);
    expect(half.parts.find(({ part }) => part === "chat_messages.content")).toMatchObject({
      rewritten: 40,
      finished_at: null,
    });
    expect(half.others_removable_at).toBeNull();
    await runEncryption(env, now);
    expect(await forms()).toEqual({ [nameOf(FIRST)]: 43 });
    // An index of words would tell what the texts say.
    expect(await indexed(chat.user)).toBe(0);
    // Whoever still has the old configuration may write meanwhile: only a later pass proves that nothing is left.
    expect((await state(env)).parts.every(({ finished_at }) => finished_at === null)).toBe(true);
    await runToEnd(env, now + 11 * MINUTE_MS);
    expect((await state(env)).parts.every(({ finished_at }) => finished_at !== null)).toBe(true);
    const lines = quiet.mock.calls.map(([line]) => JSON.parse(String(line)) as { event: string });
    expect(lines.findLast(({ event }) => event === "encryption")).toMatchObject({
      event: "encryption",
      finished: true,
      rewritten: 41,
    });
    quiet.mockRestore();
    expect((await chat.history())[39]!.content).toContain('Ravens 40 "gather"');
    expect(await json(api(`/personas/${chat.personaId}`, { token: chat.token }))).toMatchObject({
      description: "Knits.",
    });
  });

  it("goes over to a new first key, goes on after a crash, and says when the old one may go", async () => {
    const [chat, both] = [await talk(0), withKeys(`${SECOND},${FIRST}`)];
    scriptUpstream(says("Ravens."));
    await json(chat.send("Hello"));
    vi.spyOn(console, "log").mockImplementation(() => {});
    const count = (await cells()).length;
    const now = Date.now();
    const batch = env.DB.batch.bind(env.DB);
    let batches = 0;
    const dying = vi
      .spyOn(env.DB, "batch")
      .mockImplementation(((statements: D1PreparedStatement[]) =>
        ++batches === 3 ? Promise.reject(new Error("a crash")) : batch(statements)) as typeof env.DB.batch);
    await expect(runEncryption(both, now)).rejects.toThrow();
    dying.mockRestore();
    const midway = await forms();
    expect(midway[nameOf(SECOND)]).toBeGreaterThan(0);
    expect(midway[nameOf(FIRST)]).toBeGreaterThan(0);
    // Both are read, by the server that has both.
    expect(await json(call(both, `${chat.path}/messages`, chat.token))).toHaveLength(2);
    await Promise.all([runEncryption(both, now), runEncryption(both, now)]);
    expect(await forms()).toEqual({ [nameOf(SECOND)]: count });

    expect((await state(both)).keys).toEqual([
      { id: nameOf(SECOND), use: "encrypts" },
      { id: nameOf(FIRST), use: "needed" },
    ]);
    await runToEnd(both, now + 11 * MINUTE_MS);
    const { others_removable_at } = await state(both);
    expect(Date.parse(others_removable_at!)).toBeGreaterThan(now + 25 * HOUR_MS);

    const early = await json(call(freshly(withKeys(SECOND)), "/health/ready"), 503);
    expect(early).toMatchObject({
      code: "not_ready",
      detail: expect.stringContaining(`ENCRYPTION_KEY lacks the key ${nameOf(FIRST)}`),
    });
    // What is looked through again every day is idle when that time comes.
    await runEncryption(both, now + 25 * HOUR_MS);
    vi.useFakeTimers({ toFake: ["Date"], now: now + 27 * HOUR_MS });
    await json(call(freshly(withKeys(SECOND)), "/health/ready"));
    vi.useRealTimers();
    await runEncryption(both, now + 27 * HOUR_MS);
    await json(call(freshly(withKeys(SECOND)), "/health/ready"));
    expect(await json(call(withKeys(SECOND), `${chat.path}/messages`, chat.token))).toHaveLength(2);
  });

  it("never overwrites what is changed meanwhile, nor what it cannot read, and counts that", async () => {
    const chat = await talk(3);
    const both = withKeys(`${FIRST},${SECOND}`);
    vi.spyOn(console, "log").mockImplementation(() => {});
    const id = (n: number) => chat.id * 2 ** 20 + n;
    const set = (n: number, cell: string) =>
      env.DB.prepare("UPDATE chat_messages SET content = ? WHERE id = ?").bind(cell, id(n)).run();
    const content = (n: number) =>
      env.DB.prepare("SELECT content FROM chat_messages WHERE id = ?").bind(id(n)).first<string>("content");
    const lost = "enc1:lostlost:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const damaged = `enc1:${nameOf(SECOND)}:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`;
    await set(1, lost);
    await set(2, damaged);
    const batch = env.DB.batch.bind(env.DB);
    let changes = 0;
    vi.spyOn(env.DB, "batch").mockImplementation((async (statements: D1PreparedStatement[]) => {
      await set(3, `changed ${++changes} times`);
      return batch(statements);
    }) as typeof env.DB.batch);
    await runEncryption(both, Date.now(), 1);
    vi.restoreAllMocks();
    vi.spyOn(console, "log").mockImplementation(() => {});
    expect([await content(1), await content(2), await content(3)]).toEqual([
      lost,
      damaged,
      `changed ${changes} times`,
    ]);
    await runToEnd(both, Date.now() + HOUR_MS);
    const { parts, others_removable_at } = await state(both);
    expect(parts.find(({ part }) => part === "chat_messages.content")).toMatchObject({
      key_missing: 1,
      damaged: 1,
      finished_at: null,
    });
    expect(others_removable_at).toBeNull();
    expect([await content(1), await content(2)]).toEqual([lost, damaged]);
    await env.DB.prepare("DELETE FROM chat_messages WHERE id IN (?, ?)").bind(id(1), id(2)).run();
  });

  it("is undone where the keys only decrypt, after which none is needed", async () => {
    const chat = await talk(2);
    const off = withKeys(`none,${FIRST},${SECOND}`);
    vi.spyOn(console, "log").mockImplementation(() => {});
    const now = Date.now() + 100 * HOUR_MS;
    await runToEnd(off, now);
    expect(Object.keys(await forms())).toEqual(["plain"]);
    await runEncryption(off, now + 60 * HOUR_MS);
    const none = freshly({ ...env, ENCRYPTION_KEY: "" });
    await json(call(none, "/health/ready"));
    expect(await json(call(none, `${chat.path}/messages`, chat.token))).toHaveLength(2);
    expect(await cells()).toContain("Alex");
  });

  it("is the clock's work, and nothing where there is no key", async () => {
    const chat = await talk(1);
    vi.spyOn(console, "log").mockImplementation(() => {});
    const scheduled = (bindings: Env) =>
      worker.scheduled!(
        { cron: ENCRYPTION_CRON, scheduledTime: Date.now(), noRetry() {} } as never,
        bindings,
      );
    const before = await forms();
    await scheduled({ ...env, ENCRYPTION_KEY: "" });
    expect(await forms()).toEqual(before);
    await scheduled(env);
    expect(Object.keys(await forms())).toEqual([nameOf(FIRST)]);
    expect(await chat.history()).toHaveLength(1);
  });
});

/** The same bindings with a namespace that nobody remembers an answer for. */
function freshly(bindings: Env): Env {
  const { idFromName, get } = env.CONVERSATIONS;
  const CONVERSATIONS = { idFromName: idFromName.bind(env.CONVERSATIONS), get: get.bind(env.CONVERSATIONS) };
  return { ...bindings, CONVERSATIONS: CONVERSATIONS as Env["CONVERSATIONS"] };
}
