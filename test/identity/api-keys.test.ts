import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { app } from "../../src/app";
import { batchAs, isSameCaller, openDatabase, type Caller, type Database } from "../../src/db/client";
import { turnInputs } from "../../src/db/conversations";
import { configOf, type Config } from "../../src/env";
import { callerOfApiKey, newApiKey, noteUse } from "../../src/identity/api-keys";
import { sha256 } from "../../src/identity/hmac";
import { newConversation, readEvents, textOf } from "../chat/harness";
import { watchDatabase } from "../database";
import { api, json, newUser } from "../harness";
import { gate, says, scriptUpstream } from "../upstream";

type Made = { id: number; key: string };

const make = (token: string, scopes: string[]) =>
  json<Made>(api("/auth/api-keys", { token, body: { name: "mine", scopes } }));
const revoke = (token: string, { id }: Made) =>
  json(api(`/auth/api-keys/${id}`, { token, method: "DELETE" }));
const me = (token: string) => api("/auth/me", { token });

const lastUsed = async ({ id }: Made) =>
  (await env.DB.prepare("SELECT last_used_at AS at FROM api_keys WHERE id = ?")
    .bind(id)
    .first<{ at: number | null }>())!.at;

/** A key of which it is already noted that it was used. */
async function keyInUse(token: string, scopes: string[]): Promise<Made> {
  const made = await make(token, scopes);
  await json(me(made.key));
  await expect.poll(() => lastUsed(made)).not.toBeNull();
  return made;
}

/** A conversation whose last turn was sent with a key. */
async function inUse(...next: Parameters<typeof scriptUpstream>) {
  const upstream = scriptUpstream(says("Hello."), ...next);
  const chat = await newConversation();
  const made = await keyInUse(chat.token, ["chat"]);
  const send = (content: string, key = made.key) =>
    api(`${chat.path}/send`, { token: key, body: { content, stream: true } });
  await readEvents(await send("Hi"));
  return { ...chat, ...made, send, upstream };
}

/** A key as it was made before keys named their users. */
async function storeOldKey(userId: number): Promise<string> {
  const text = `dpk_${"o".repeat(20)}${String(userId).padStart(23, "0")}`;
  const key = `${text}_${(await sha256(text)).slice(0, 6)}`;
  await store(userId, key);
  return key;
}

const store = async (userId: number, key: string) =>
  env.DB.prepare(
    `INSERT INTO api_keys (user_id, name, hash, hint, scopes, created_at) VALUES (?, 'old', ?, 'dpk_oooooo', '["chat"]', 1)`,
  )
    .bind(userId, await sha256(key))
    .run();

async function withChecksum(text: string): Promise<string> {
  return `${text}_${(await sha256(text)).slice(0, 6)}`;
}

describe("a message sent with an API key", () => {
  it("reaches the model while the database is asked, in one statement, and nothing is told before it agrees", async () => {
    const chat = await inUse(says("All", " well."));
    const door = gate();
    // What the memory reads after the turn before is nobody's beginning.
    const { asked } = watchDatabase(/has_access/, door);
    let answered = false;
    const answer = chat.send("How are you?").then((response) => ((answered = true), response));
    await expect.poll(() => chat.upstream.calls.length).toBe(2);
    const checks = () => asked.filter((sql) => sql.includes("has_access"));
    await expect.poll(() => checks().length).toBe(1);
    expect(checks()[0]).toContain("api_keys");
    expect(answered).toBe(false);
    door.open = true;
    expect(textOf(await readEvents(await answer))).toBe("All well.");
  });

  it("is refused as soon as the key is revoked, and the call that had begun is dropped", async () => {
    const chat = await inUse({ steps: [{ text: "Too much" }, { wait: gate() }] });
    await revoke(chat.token, chat);
    expect(await json(chat.send("Still there?"), 401)).toMatchObject({ code: "unauthenticated" });
    await expect.poll(() => chat.upstream.calls[1]?.aborted).toBe(true);
    expect(await chat.history()).toHaveLength(2);
  });

  it("is refused to another key of the same user that may only read, and the model is not asked", async () => {
    const chat = await inUse();
    const reader = await make(chat.token, ["read"]);
    expect(await json(chat.send("Hi", reader.key), 403)).toMatchObject({ code: "missing_scope" });
    await revoke(chat.token, reader);
    expect(await json(chat.send("Hi", reader.key), 401)).toMatchObject({ code: "unauthenticated" });
    expect(chat.upstream.calls).toHaveLength(1);
  });
});

describe("an API key", () => {
  it("costs no statement more than a session", async () => {
    const { token } = await newUser();
    const { key } = await keyInUse(token, ["read"]);
    const { asked } = watchDatabase();
    await json(me(token));
    const bySession = asked.splice(0).length;
    await json(me(key));
    expect(asked).toHaveLength(bySession);
  });

  it("whose claim is made up is refused without asking the database", async () => {
    const [user, victim] = [await newUser(), await newUser()];
    const { key } = await make(user.token, ["chat"]);
    const [, claim, secret] = /^dpk_(.*)_(.{43})_.{6}$/.exec(key)!;
    const id = String(user.id);
    const signer = claim!.slice(22, 28);
    const tag = claim!.slice(0, 22);
    const forged = [
      `dpk_${tag}${signer}${victim.id}_${secret}`,
      `dpk_${tag.slice(1)}${tag[0] === "A" ? "B" : "A"}${signer}${id}_${secret}`,
      `dpk_${tag}${signer}${id}_${"s".repeat(43)}`,
    ];
    const { asked } = watchDatabase();
    for (const text of forged) await json(me(await withChecksum(text)), 401);
    await json(me(key.slice(0, -1)), 401);
    expect(asked).toEqual([]);
    await json(me(key));
  });

  it("whose claim is proven but which nobody stored is refused", async () => {
    const { id } = await newUser();
    const { key } = await newApiKey(configOf(env), id);
    await json(me(key), 401);
  });

  it("of an inactive user is refused as unauthenticated, whatever its scopes", async () => {
    const { token, id } = await newUser();
    const keys = [await make(token, ["chat"]), await make(token, ["read"])];
    await env.DB.prepare("UPDATE users SET is_active = 0 WHERE id = ?").bind(id).run();
    for (const { key } of keys) {
      await json(me(key), 401);
      await json(api("/personas", { token: key, body: {} }), 401);
      await json(api("/auth/sessions", { token: key }), 401);
    }
  });

  it("is told from one without the scope before the request's own faults are named", async () => {
    const { token } = await newUser();
    const reader = await make(token, ["read"]);
    const create = () => api("/personas", { token: reader.key, body: {} });
    expect(await json(create(), 403)).toMatchObject({ code: "missing_scope" });
    await revoke(token, reader);
    expect(await json(create(), 401)).toMatchObject({ code: "unauthenticated" });
  });

  it("of the old form still works, and is looked up once only", async () => {
    const { token, id } = await newUser();
    const key = await storeOldKey(id);
    expect(await json(me(key))).toMatchObject({ id });
    const row = await env.DB.prepare("SELECT id FROM api_keys WHERE hash = ?")
      .bind(await sha256(key))
      .first<{ id: number }>();
    await expect.poll(() => lastUsed({ id: row!.id, key })).not.toBeNull();
    const { asked } = watchDatabase();
    await json(me(token));
    const bySession = asked.splice(0).length;
    await json(me(key));
    expect(asked).toHaveLength(bySession);
    await revoke(token, { id: row!.id, key });
    await json(me(key), 401);
  });

  it("of the old form that nobody stored is refused, and one with a typing error without asking", async () => {
    await json(me(await withChecksum(`dpk_${"n".repeat(43)}`)), 401);
    const { asked } = watchDatabase();
    await json(me(`dpk_${"n".repeat(43)}_nnnnnn`), 401);
    expect(asked).toEqual([]);
  });
});

describe("an API key that was refused", () => {
  /** An API where every user's call counts, and who was counted. */
  function countingApi() {
    const counted: string[] = [];
    const counting = {
      limit: ({ key }: RateLimitOptions) => (counted.push(key), Promise.resolve({ success: true })),
    };
    const LIMIT_ADDRESS = { limit: () => Promise.resolve({ success: true }) };
    const limits = { RATE_LIMITS: "on", LIMIT_ADDRESS, LIMIT_READS: counting, LIMIT_WRITES: counting };
    const ask = async (path: string, init: RequestInit) => {
      const context = createExecutionContext();
      const answer = await app.request(path, init, { ...env, ...limits }, context);
      await waitOnExecutionContext(context);
      return answer;
    };
    return { counted, ask };
  }

  it.each([
    ["revoked", "a key", "DELETE FROM api_keys WHERE user_id = ?"],
    ["expired", "a key", "UPDATE api_keys SET expires_at = 1 WHERE user_id = ?"],
    ["revoked", "a key of the old form", "DELETE FROM api_keys WHERE user_id = ?"],
  ])("as %s uses up its user's rate no more, and is not written of: %s", async (_, form, sql) => {
    const { token, id } = await newUser();
    const key = form === "a key" ? (await make(token, ["chat"])).key : await storeOldKey(id);
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const { counted, ask } = countingApi();
    await json(ask("/auth/me", { headers }));
    await env.DB.prepare(sql).bind(id).run();
    await json(ask("/personas", { method: "POST", headers, body: "{}" }), 401);
    counted.length = 0;
    const { asked } = watchDatabase();
    for (let i = 0; i < 2; i++) await json(ask("/auth/me", { headers }), 401);
    expect(counted).toEqual([]);
    expect(asked.map((text) => text.slice(0, 16))).toEqual(['select "user_id"', 'select "user_id"']);
  });

  it("works again when its user is active again, without a look-up from the second time on", async () => {
    const { token, id } = await newUser();
    const { key } = await keyInUse(token, ["chat"]);
    const activate = (active: number) =>
      env.DB.prepare("UPDATE users SET is_active = ? WHERE id = ?").bind(active, id).run();
    await activate(0);
    await json(me(key), 401);
    await activate(1);
    await json(me(key));
    const { asked } = watchDatabase();
    await json(me(key));
    expect(asked.filter((sql) => sql.startsWith('select "user_id"'))).toEqual([]);
  });
});

describe("whose a key is", () => {
  const keyAt = (i: number, text: string) => ({ kid: String(i), secret: text.repeat(40) });
  const keys = (first: string, ...others: string[]): Pick<Config, "SECRET_KEY"> => ({
    SECRET_KEY: [keyAt(0, first), ...others.map((text, i) => keyAt(i + 1, text))],
  });
  const noDatabase = new Proxy({} as Database, {
    get: () => {
      throw new Error("The database was asked.");
    },
  });

  it("follows from the key under any SECRET_KEY in use, and needs no database", async () => {
    const { key, hash } = await newApiKey(keys("o"), 7);
    expect(await callerOfApiKey(noDatabase, keys("n", "o"), key, "read")).toEqual({
      userId: 7,
      sessionId: null,
      apiKey: { hash, scopes: ["chat", "read"] },
    });
  });

  it("is looked up where the SECRET_KEY that made it is gone", async () => {
    const { id } = await newUser();
    const { key } = await newApiKey(keys("g"), id);
    const db = openDatabase(env.DB);
    const caller = () => callerOfApiKey(db, keys("n"), key, "chat");
    await expect(caller()).rejects.toMatchObject({ code: "unauthenticated" });
    await store(id, key);
    expect(await caller()).toMatchObject({ userId: id });
  });

  it("is part of what the statements check: a key gives no access to another user", async () => {
    const [user, stranger] = [await newUser(), await newUser()];
    const { key } = await make(user.token, ["chat"]);
    const apiKey = { hash: await sha256(key), scopes: ["chat"] };
    const db = openDatabase(env.DB);
    await batchAs(db, { userId: user.id, sessionId: null, apiKey }, []);
    const asStranger = batchAs(db, { userId: stranger.id, sessionId: null, apiKey }, []);
    await expect(asStranger).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("keeps two keys of one user apart where it matters who began a turn", () => {
    const withKey = (hash: string): Caller => ({
      userId: 1,
      sessionId: null,
      apiKey: { hash, scopes: ["chat"] },
    });
    expect(isSameCaller(withKey("a"), withKey("a"))).toBe(true);
    expect(isSameCaller(withKey("a"), withKey("b"))).toBe(false);
    expect(isSameCaller(withKey("a"), { userId: 1, sessionId: "s" })).toBe(false);
  });
});

describe("when a key was last used", () => {
  it("is noted after the answer, which does not wait for it", async () => {
    const { token } = await newUser();
    const made = await make(token, ["read"]);
    const door = gate();
    const { asked } = watchDatabase(/^update "api_keys"/, door);
    await json(me(made.key));
    await expect.poll(() => asked.some((sql) => sql.startsWith('update "api_keys"'))).toBe(true);
    expect(await lastUsed(made)).toBeNull();
    door.open = true;
    await expect.poll(() => lastUsed(made)).not.toBeNull();
  });

  it("is noted once a minute, and not for a request that the key may not make", async () => {
    const { token, id } = await newUser();
    const made = await make(token, ["read"]);
    const db = openDatabase(env.DB);
    const hash = await sha256(made.key);
    const caller = (scopes: string[]): Caller => ({ userId: id, sessionId: null, apiKey: { hash, scopes } });
    const noon = Date.UTC(2030, 0, 1, 12);
    const here = { network: "local", userAgent: undefined };
    await noteUse(db, caller(["chat"]), here, noon - 1);
    expect(await lastUsed(made)).toBeNull();
    for (const later of [0, 1, 59_999, 60_000, 60_001]) {
      await noteUse(db, caller(["chat", "read"]), here, noon + later);
      expect(await lastUsed(made)).toBe(noon + (later < 60_000 ? 0 : 60_000));
    }
  });
});

it("checking a key reads no table from end to end", async () => {
  const caller: Caller = { userId: 1, sessionId: null, apiKey: { hash: "h", scopes: ["chat"] } };
  const { asked, restore } = watchDatabase();
  await turnInputs(openDatabase(env.DB), caller, 1, null, null);
  restore();
  const [sql = ""] = asked;
  const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...Array.from(sql.matchAll(/\?/g), () => 1))
    .all<{ detail: string }>();
  const steps = plan.results.map(({ detail }) => detail);
  expect(steps.join("\n")).toMatch(/SEARCH api_keys USING INDEX api_keys_hash \(hash=\?\)/);
  expect(steps.filter((step) => /^SCAN (?!CONSTANT ROW|json_each)/.test(step))).toEqual([]);
});
