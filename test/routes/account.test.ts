import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import type { User } from "../../src/db/schema";
import { jsonLines } from "../../src/http/json-lines";
import { exportPages, positionOf, type ExportPosition } from "../../src/identity/export";
import { newConversation, readEvents, type WireTurn } from "../chat/harness";
import { insertMessage } from "../factories";
import { api, json, newUser, registeredUser, type TestUser, ownDatabase } from "../harness";
import { chunk, gate, says, scriptUpstream } from "../upstream";

type Line = { type: string; counts?: Record<string, number>; [field: string]: unknown };

const exportOf = ({ token }: TestUser) => api("/auth/me/export", { token });
const linesOf = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
const remove = ({ token }: TestUser, password: string) =>
  api("/auth/me", { token, method: "DELETE", body: { password } });

type Receipt = { receipt: string; deleted: Record<string, number> };

/** Deletes the account, and waits until nothing is left of it. */
async function erase(user: TestUser): Promise<Receipt> {
  const receipt = await json<Receipt>(remove(user, user.password));
  await expect
    .poll(() => json(api(`/auth/deletions/${receipt.receipt}`)), { timeout: 50_000 })
    .toMatchObject({ state: "complete" });
  return receipt;
}

/** How many rows of each table name this user. */
async function rowsOf({ id }: TestUser) {
  const tables = [
    "sessions",
    "api_keys",
    "personas",
    "conversations",
    "usage_events",
    "usage_rollup",
    "usage_totals",
    "allowance_reservations",
    "safety_events",
  ];
  const counts = await env.DB.batch<{ n: number }>([
    ...tables.map((t) => env.DB.prepare(`SELECT count(*) AS n FROM ${t} WHERE user_id = ?`).bind(id)),
    env.DB.prepare("SELECT count(*) AS n FROM users WHERE id = ?").bind(id),
  ]);
  return counts.reduce((sum, { results }) => sum + results[0]!.n, 0);
}

const messagesLeft = async (conversationId: number) =>
  (await env.DB.prepare("SELECT id FROM chat_messages WHERE conversation_id = ?").bind(conversationId).all())
    .results.length;

/** What the live object of a conversation still has in its storage. */
const remembered = (conversationId: number) =>
  runInDurableObject(
    env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(String(conversationId))),
    async (_, state) => [...(await state.storage.list()).keys()],
  );

/** A conversation that holds this many messages, written past the API. */
async function fill(conversationId: number, count: number) {
  const db = ownDatabase();
  for (let n = 1; n <= count; n += 50) {
    const some = Array.from({ length: Math.min(50, count - n + 1) }, (_, i) =>
      insertMessage(db, conversationId, n + i, `Message ${n + i}`),
    );
    await db.batch([some[0]!, ...some.slice(1)]);
  }
  await env.DB.prepare("UPDATE conversations SET message_seq = ? WHERE id = ?")
    .bind(count, conversationId)
    .run();
}

describe("the export", () => {
  it("that takes more queries than a request may make goes on by cursor, and every line comes once", async () => {
    const chat = await newConversation();
    await fill(chat.id, 450);
    const second = await newConversation(chat.user);
    await fill(second.id, 30);
    const whole = linesOf(await (await exportOf(chat.user)).text());
    const user = { id: chat.user.id, passwordHash: "" } as User;
    const { sid } = JSON.parse(atob(chat.token.split(".")[1]!)) as { sid: string };
    const caller = { userId: user.id, sessionId: sid };
    const parts: Line[][] = [];
    for (let from: ExportPosition | null = null; parts.length < 20;) {
      const pages = exportPages(ownDatabase(), caller, user, {
        from,
        maxQueries: 4,
        factsOf: async () => [],
      });
      parts.push(linesOf(await new Response(jsonLines(pages)).text()));
      const { type, cursor } = parts.at(-1)!.at(-1)!;
      if (type === "end") break;
      expect(type).toBe("continue");
      const rest = await api(`/auth/me/export?cursor=${String(cursor)}`, { token: chat.token });
      expect(linesOf(await rest.text()).at(-1)).toMatchObject({ type: "end" });
      from = positionOf(String(cursor));
    }
    expect(parts.length).toBeGreaterThan(3);
    const names = (lines: Line[]) => lines.map(({ type, id }) => `${type} ${String(id)}`);
    expect(names(parts.flatMap((lines) => lines.slice(0, -1)))).toEqual(names(whole.slice(0, -1)));
    const counted = parts.flatMap((lines) => Object.values(lines.at(-1)!.counts!));
    expect(counted.reduce((sum, n) => sum + n, 0)).toBe(whole.length - 1);
  });

  it.each(["", "x", "bnVsbA", btoa('["messages",0]'), btoa('["usage",1e300,""]')])(
    "refuses the cursor %j, which it never gave",
    async (cursor) => {
      const { token } = await newUser();
      await json(api(`/auth/me/export?cursor=${cursor}`, { token }), 422);
    },
  );

  it("holds everything of the user, abandoned branches as well, and nothing of anybody else", async () => {
    scriptUpstream(says("Hey."));
    const other = await newConversation();
    await json(other.send("Not yours"));
    const chat = await newConversation();
    const { token } = chat;
    const { assistant_message: reply } = await json<WireTurn>(chat.send("Grüße 👋"));
    await json(api(`${chat.path}/messages/${reply.id}/regenerate`, { token, body: {} }));
    await json(api("/auth/api-keys", { token, body: { name: "My key", scopes: ["read"] } }));
    const response = await exportOf(chat.user);
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    const lines = linesOf(await response.text());
    const counts = Map.groupBy(lines, ({ type }) => type);
    expect([...counts].map(([type, list]) => [type, list.length])).toEqual([
      ["user", 1],
      ["session", 1],
      ["api_key", 1],
      ["persona", 1],
      ["conversation", 1],
      ["message", 3],
      ["usage_event", 2],
      ["end", 1],
    ]);
    expect(counts.get("message")!.map(({ content }) => content)).toEqual(["Grüße 👋", "Hey.", "Hey."]);
    expect(counts.get("user")![0]).toMatchObject({ id: chat.user.id, email: chat.user.email });
    expect(counts.get("message")![1]).toMatchObject({ id: reply.id, created_at: reply.created_at });
    expect(lines.at(-1)!.counts).toMatchObject({ message: 3, usage_event: 2 });
  });

  it("holds no password, token or key, nor what is stored of them", async () => {
    const user = await newUser();
    const { key } = await json<{ key: string }>(
      api("/auth/api-keys", { token: user.token, body: { name: "k", scopes: ["chat"] } }),
    );
    const text = await (await exportOf(user)).text();
    const stored = await env.DB.prepare(
      `SELECT password_hash AS a, refresh_hash AS b, refresh_family AS c, hash AS d FROM users
       JOIN sessions ON sessions.user_id = users.id JOIN api_keys ON api_keys.user_id = users.id WHERE users.id = ?`,
    )
      .bind(user.id)
      .first<Record<string, string>>();
    const secrets = [...Object.values(stored!), user.password, user.token, user.refreshToken, key];
    expect(secrets).toHaveLength(8);
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/hash|family|password/);
  });

  it("has every message once, whether the conversations are long, short or empty", async () => {
    const user = await newUser();
    const sizes = [3, 0, 450, 1, 200, 60];
    for (const size of sizes) await fill((await newConversation(user)).id, size);
    const lines = linesOf(await (await exportOf(user)).text());
    const ids = lines.filter(({ type }) => type === "message").map(({ id }) => id as number);
    expect(new Set(ids).size).toBe(714);
    expect(ids).toHaveLength(714);
    expect(lines.at(-1)).toMatchObject({ type: "end", counts: { conversation: 6, message: 714 } });
  });

  it("breaks off without its last line when the session ends meanwhile", async () => {
    const user = await newUser();
    const chat = await newConversation(user);
    await fill(chat.id, 600);
    const reader = (await exportOf(user)).body!.getReader();
    await reader.read();
    await json(api("/auth/logout", { token: user.token, body: {} }));
    let rest = "";
    const drain = async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        rest += new TextDecoder().decode(part.value);
      }
    };
    await drain().catch(() => {});
    expect(rest).not.toContain('"type":"end"');
    expect(rest).not.toContain("Message 600");
  });

  it("is for sessions only", async () => {
    const { token } = await newUser();
    const { key } = await json<{ key: string }>(
      api("/auth/api-keys", { token, body: { name: "k", scopes: ["chat", "read"] } }),
    );
    await json(api("/auth/me/export", { token: key }), 403);
    await json(api("/auth/me", { token: key, method: "DELETE", body: { password: "password123" } }), 403);
  });
});

describe("deleting an account", () => {
  it("leaves nothing of it: rows, live objects, tokens", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const { user, token } = chat;
    await json(chat.send("Hi"));
    const { key } = await json<{ key: string }>(
      api("/auth/api-keys", { token, body: { name: "k", scopes: ["read"] } }),
    );
    expect(await remembered(chat.id)).not.toEqual([]);
    const receipt = await erase(user);
    expect(receipt.deleted).toEqual({
      sessions: 1,
      api_keys: 1,
      personas: 1,
      conversations: 1,
      messages: 2,
      usage_events: 1,
    });
    expect(await rowsOf(user)).toBe(0);
    expect(await messagesLeft(chat.id)).toBe(0);
    expect(await remembered(chat.id)).toEqual([]);
    await json(api("/auth/me", { token }), 401);
    await json(api("/auth/me", { token: key }), 401);
    await json(api("/auth/refresh", { body: { refresh_token: user.refreshToken } }), 401);
    await json(api("/auth/login", { body: { email: user.email, password: user.password } }), 401);
  });

  it("leaves the address free to register again, and other people alone", async () => {
    scriptUpstream(says("Hey."));
    const other = await newConversation();
    await json(other.send("Hi"));
    const user = await newUser();
    await json(remove(user, user.password));
    const { email, password } = user;
    await json(api("/auth/register", { body: { email, password } }));
    expect(await other.history()).toHaveLength(2);
  });

  it("asks for the password, and slows down whoever guesses it", async () => {
    // The first pause is a second: on a slow machine it would be over before the next try.
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const user = await newUser();
    for (let i = 0; i < 5; i++) {
      expect(await json(remove(user, "a wrong one"), 400)).toMatchObject({ code: "wrong_password" });
    }
    const answer = await remove(user, user.password);
    expect(await json(answer.clone(), 429)).toMatchObject({ code: "login_paused" });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    await json(api("/auth/me", { token: user.token }));
    await json(api("/auth/me", { token: user.token, method: "DELETE", body: {} }), 422);
  });

  it("ends a reply that is being written, which brings nothing back", async () => {
    const open = gate();
    const upstream = scriptUpstream({
      steps: [{ text: "Once upon" }, { wait: open }, { text: " a time" }, { chunk: chunk({}, "stop") }],
    });
    const chat = await newConversation();
    const stream = await chat.stream("Tell me a story");
    const receipt = await erase(chat.user);
    expect(receipt.deleted).toMatchObject({ conversations: 1 });
    const events = await readEvents(stream);
    expect(events.at(-1)).toMatchObject({ event: "turn.failed", data: { code: "conversation_deleted" } });
    expect(upstream.calls[0]!.aborted).toBe(true);
    open.open = true;
    expect(await remembered(chat.id)).toEqual([]);
    expect(await rowsOf(chat.user)).toBe(0);
    expect(await messagesLeft(chat.id)).toBe(0);
  });

  it("leaves nothing of the messages that were sent meanwhile", async () => {
    scriptUpstream(says("Hey", " there."));
    const user = await registeredUser();
    const chats = await Promise.all(Array.from({ length: 12 }, () => newConversation(user)));
    let deleted = false;
    const removal = erase(user).finally(() => (deleted = true));
    const sent: Promise<Response>[] = [];
    for (let i = 0; !deleted || i < chats.length; i++) {
      sent.push(chats[i % chats.length]!.send("Hi"));
      await scheduler.wait(10);
    }
    await removal;
    const statuses = new Set((await Promise.all(sent)).map(({ status }) => status));
    expect([200, 401, 404, 409]).toEqual(expect.arrayContaining([...statuses]));
    expect(await rowsOf(user)).toBe(0);
    for (const { id } of chats) {
      expect(await messagesLeft(id)).toBe(0);
      expect(await remembered(id)).toEqual([]);
    }
  });
});

describe("deleting a persona", () => {
  it("ends the replies it is writing and empties their objects", async () => {
    const open = gate();
    scriptUpstream({ steps: [{ text: "Once upon" }, { wait: open }] });
    const chat = await newConversation();
    const stream = await chat.stream("Tell me a story");
    await json(api(`/personas/${chat.personaId}`, { token: chat.token, method: "DELETE" }));
    expect((await readEvents(stream)).at(-1)).toMatchObject({ event: "turn.failed" });
    expect(await remembered(chat.id)).toEqual([]);
    expect(await messagesLeft(chat.id)).toBe(0);
  });
});
