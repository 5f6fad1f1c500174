import { env } from "cloudflare:workers";
import { createScheduledController } from "cloudflare:test";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { eraserOf } from "../../src/chat/client";
import { openBudget, openRun } from "../../src/chat/erase";
import { openDatabase } from "../../src/db/client";
import { forgotPassword } from "../../src/identity/mail-tokens";
import worker from "../../src/index";
import { configOf } from "../../src/env";
import { newOrder, tidy } from "../../src/jobs/retention";
import type { Env } from "../../src/env";
import { newConversation, type Wire } from "../chat/harness";
import { countOf, fillConversation } from "../database";
import { api, json, newUser } from "../harness";
import { says, scriptUpstream } from "../upstream";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The daily run, under these variables. */
async function run(variables: Partial<Env> = {}) {
  await worker.scheduled(createScheduledController(), { ...env, ...variables });
}

/** Makes a conversation look as if nothing had changed it for so many days. */
const age = (id: number, days: number) =>
  env.DB.prepare("UPDATE conversations SET updated_at = ? WHERE id = ?")
    .bind(Date.now() - days * DAY_MS, id)
    .run();

const archive = ({ path, token }: { path: string; token: string }) =>
  json(api(path, { token, method: "PUT", body: { is_active: false } }));

const ids = async (token: string) =>
  (await json<Wire[]>(api("/chat/conversations", { token }))).map(({ id }) => id).toSorted((a, b) => a - b);

/** Conversations of one user: young and old ones, archived ones as well. */
async function library() {
  const user = await newUser();
  const make = async (days: number, archived: boolean) => {
    const chat = await newConversation(user);
    if (archived) await archive(chat);
    await age(chat.id, days);
    return chat.id;
  };
  const [young, old] = [await make(9, false), await make(11, false)];
  const [shelved, forgotten] = [await make(11, true), await make(31, true)];
  return { ...user, young, old, shelved, forgotten };
}

/** Conversations that nothing has changed for so many days, written past the API: each holds ten messages by its own count. */
async function staleConversations(count: number, days: number) {
  const user = await newUser();
  const { personaId } = await newConversation(user);
  await env.DB.prepare(
    `INSERT INTO conversations (user_id, persona_id, title, message_seq, created_at, updated_at)
     SELECT ?1, ?2, 'Old', 10, ?3, ?3 + value FROM json_each(?4)`,
  )
    .bind(
      user.id,
      personaId,
      Date.now() - days * DAY_MS,
      JSON.stringify(Array.from({ length: count }, (_, i) => i)),
    )
    .run();
  return user;
}

const order = (days: number) =>
  newOrder(Date.now(), { ...configOf(env), RETENTION_DAYS: days, ARCHIVED_RETENTION_DAYS: 0 });

describe("what safety has found", () => {
  it("is forgotten after SAFETY_EVENT_DAYS with what was answered so long ago; what is open and the counts stay", async () => {
    const { id } = await newUser();
    const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
    const counted = () => env.DB.prepare("SELECT sum(count) AS n FROM safety_counts").first<{ n: number }>();
    const event = (name: string, days: number) =>
      env.DB.prepare(
        `INSERT INTO safety_events (id, at_day, user_id, message_id, code, source, version, outcome, age_group)
         VALUES (?, ?, ?, 0, 'crisis', 'floor', 'floor-1', 'referred', 'unknown')`,
      ).bind(name, daysAgo(days).toISOString().slice(0, 10), id);
    const report = (subject: string, days: number | null) =>
      env.DB.prepare(
        `INSERT INTO safety_complaints (user_id, kind, subject, message_id, reason, status, created_at, answered_at)
         VALUES (?, 'report', ?, 1, 'other', ?, 0, ?)`,
      ).bind(id, subject, days === null ? "open" : "upheld", days === null ? null : daysAgo(days).getTime());
    await env.DB.batch([
      event("old", 32),
      event("new", 29),
      report("1", 32),
      report("2", 29),
      report("3", null),
    ]);
    const before = await counted();
    await run({ SAFETY_EVENT_DAYS: "30" });
    const left = async (table: string, column: string) =>
      (
        await env.DB.prepare(`SELECT ${column} AS it FROM ${table} WHERE user_id = ? ORDER BY 1`)
          .bind(id)
          .all<{ it: string }>()
      ).results.map(({ it }) => it);
    expect(await left("safety_events", "id")).toEqual(["new"]);
    expect(await left("safety_complaints", "subject")).toEqual(["2", "3"]);
    expect(await counted()).toEqual(before);
  });
});

describe("what one run does not get through", () => {
  it("is told in its line, and left for the next", async () => {
    const user = await staleConversations(300, 40);
    const lines: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
    onTestFinished(() => log.mockRestore());
    const rest = await tidy(openRun(env, openDatabase(env.DB), openBudget(11)), order(30));
    expect(rest).toMatchObject({ retentionDays: 30, active: expect.any(Number) as number, archived: null });
    const { left, ...line } = JSON.parse(lines.at(-1)!) as { left: { conversations: number }; event: string };
    expect(left.conversations).toBeGreaterThan(0);
    expect(line).toMatchObject({ event: "tidied", conversations: 300 - left.conversations });
    expect(await countOf("conversations", `user_id = ${user.id}`)).toBe(left.conversations + 1);
    await expect.poll(() => tidy(openRun(env, openDatabase(env.DB), openBudget(11)), rest!)).toBe(null);
    expect(await countOf("conversations", `user_id = ${user.id}`)).toBe(1);
  });

  it("the eraser goes on with the same night, until nothing is left", async () => {
    const user = await staleConversations(2000, 40);
    await eraserOf(env).tidy(order(30));
    await expect.poll(() => countOf("conversations", `user_id = ${user.id}`), { timeout: 50_000 }).toBe(1);
  });

  it("a conversation too long for one piece is gone at once and erased piece by piece", async () => {
    const chat = await newConversation();
    await fillConversation(chat.id, 5000);
    await age(chat.id, 40);
    await run({ RETENTION_DAYS: "30" });
    await json(api(chat.path, { token: chat.token }), 404);
    await expect
      .poll(() => countOf("chat_messages", `conversation_id = ${chat.id}`), { timeout: 50_000 })
      .toBe(0);
  });

  it("receipts go a month after all was gone", async () => {
    await env.DB.prepare(
      `INSERT INTO deletions (receipt_hash, requested_at, completed_at, belongings)
       VALUES ('old', 1, ?1, '{}'), ('recent', 1, ?2, '{}'), ('open', 1, NULL, '{}')`,
    )
      .bind(Date.now() - 31 * DAY_MS, Date.now() - 29 * DAY_MS)
      .run();
    await run();
    expect(await countOf("deletions", "receipt_hash = 'old'")).toBe(0);
    expect(await countOf("deletions", "receipt_hash IN ('recent', 'open')")).toBe(2);
  });
});

describe("the daily run", () => {
  it("deletes nothing that anybody said unless it is told to", async () => {
    const { token, young, old, shelved, forgotten } = await library();
    await run();
    expect(await ids(token)).toEqual([young, old, shelved, forgotten]);
  });

  it("deletes conversations after their days, and archived ones only after their own", async () => {
    const { token, young, shelved, forgotten } = await library();
    await run({ RETENTION_DAYS: "10" });
    expect(await ids(token)).toEqual([young, shelved, forgotten]);
    await run({ RETENTION_DAYS: "10", ARCHIVED_RETENTION_DAYS: "30" });
    expect(await ids(token)).toEqual([young, shelved]);
    await run({ ARCHIVED_RETENTION_DAYS: "10" });
    expect(await ids(token)).toEqual([young]);
  });

  it("takes messages along but never what was spent", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    await age(chat.id, 11);
    await run({ RETENTION_DAYS: "10" });
    await json(api(chat.path, { token: chat.token }), 404);
    expect(await countOf("chat_messages", `conversation_id = ${chat.id}`)).toBe(0);
    expect(await countOf("usage_events", `conversation_id = ${chat.id}`)).toBe(1);
  });

  it("gets through more than one batch, by number and by size", async () => {
    const user = await staleConversations(350, 40);
    await env.DB.prepare("UPDATE conversations SET message_seq = 6000 WHERE id % 10 = 0 AND user_id = ?")
      .bind(user.id)
      .run();
    await run({ RETENTION_DAYS: "30" });
    expect(await countOf("conversations", `user_id = ${user.id}`)).toBe(1);
  });

  it("clears away expired sessions, old failures and reservations, and keeps those that count", async () => {
    const user = await newUser();
    const now = Date.now();
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO sessions (id, user_id, refresh_family, refresh_hash, created_at, last_used_at, expires_at)
         VALUES ('gone', ?, 'f', 'h', 1, 1, ?)`,
      ).bind(user.id, now - 1),
      env.DB.prepare(
        "INSERT INTO login_failures (key, failures, updated_at) VALUES ('old', 3, ?), ('new', 3, ?)",
      ).bind(now - 2 * DAY_MS, now),
      env.DB.prepare("INSERT INTO allowance_reservations VALUES (1, ?, 5, 5, ?), (2, ?, 5, 5, ?)").bind(
        user.id,
        now - 1,
        user.id,
        now + DAY_MS,
      ),
    ]);
    await run();
    expect(await countOf("sessions", `user_id = ${user.id}`)).toBe(1);
    expect(await countOf("login_failures", "key = 'old'")).toBe(0);
    expect(await countOf("login_failures", "key = 'new'")).toBe(1);
    expect(await countOf("allowance_reservations", `user_id = ${user.id}`)).toBe(1);
  });

  it("forgets an address that was signed in from once no session of then can stand", async () => {
    const trust = (key: string, days: number) =>
      env.DB.prepare("INSERT INTO login_failures (key, failures, trusted, updated_at) VALUES (?, 0, 1, ?)")
        .bind(key, Date.now() - days * DAY_MS)
        .run();
    await trust("recent", 89);
    await trust("over", 91);
    await run();
    expect(await countOf("login_failures", "key = 'recent'")).toBe(1);
    expect(await countOf("login_failures", "key = 'over'")).toBe(0);
    await run({ SESSION_MAX_DAYS: "30" });
    expect(await countOf("login_failures", "key = 'recent'")).toBe(0);
  });

  it("clears away the codes of mails that were sent a day ago", async () => {
    const { id, email } = await newUser();
    for (const hours of [25, 1]) {
      await forgotPassword(openDatabase(env.DB), email, Date.now() - hours * (DAY_MS / 24));
    }
    await run();
    expect(await countOf("mail_tokens", `user_id = ${id}`)).toBe(1);
  });
});
