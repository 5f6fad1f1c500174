import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { openDatabase } from "../../src/db/client";
import { configOf } from "../../src/env";
import { newSession, refresh as refreshSession } from "../../src/identity/sessions";
import { newConversation } from "../chat/harness";
import { api, json, newUser, type TestUser } from "../harness";

type Tokens = { access_token: string; refresh_token: string };
type Session = { id: string; current: boolean };

const login = (user: Pick<TestUser, "email" | "password">, headers: Record<string, string> = {}) =>
  api("/auth/login", { body: { email: user.email, password: user.password }, headers });
const refresh = (refresh_token: string) => api("/auth/refresh", { body: { refresh_token } });
const me = (token: string) => api("/auth/me", { token });

/** OWASP API2, ASVS 7 and 9. */
describe("a session", () => {
  it("is kept by trading its refresh token, each for the next", async () => {
    const user = await newUser();
    let token = user.refreshToken;
    for (let i = 0; i < 4; i++) {
      const next = await json<Tokens>(refresh(token));
      expect(next.refresh_token).not.toBe(token);
      await json(me(next.access_token));
      token = next.refresh_token;
    }
  });

  it("survives a lost answer: the old token still works until its replacement has been used", async () => {
    const user = await newUser();
    const lost = await json<Tokens>(refresh(user.refreshToken));
    const again = await json<Tokens>(refresh(user.refreshToken));
    expect(again.refresh_token).toBe(lost.refresh_token);
    await json(refresh(again.refresh_token));
  });

  it("ends when a token older than that is used: somebody has a copy", async () => {
    const user = await newUser();
    const second = await json<Tokens>(refresh(user.refreshToken));
    const third = await json<Tokens>(refresh(second.refresh_token));
    expect(await json(refresh(user.refreshToken), 401)).toMatchObject({
      code: "unauthenticated",
      detail: expect.stringContaining("its session has been ended") as string,
    });
    await json(refresh(third.refresh_token), 401);
    await json(me(third.access_token), 401);
  });

  /** Has the last refresh of a user's sessions happened so much earlier. */
  const lapse = (user: TestUser, ms: number) =>
    env.DB.prepare("UPDATE sessions SET last_used_at = last_used_at - ? WHERE user_id = ?")
      .bind(ms, user.id)
      .run();

  it("ends when a token is used more than a minute after it was replaced", async () => {
    const user = await newUser();
    const next = await json<Tokens>(refresh(user.refreshToken));
    await lapse(user, 60_000);
    expect(await json(refresh(user.refreshToken), 401)).toMatchObject({
      detail: expect.stringContaining("its session has been ended") as string,
    });
    await json(me(next.access_token), 401);
    await json(refresh(next.refresh_token), 401);
  });

  it("is not shared for long by a thief and its owner, who use the same tokens half an hour apart", async () => {
    const user = await newUser();
    let token = user.refreshToken;
    const shared = async () => {
      const thiefs = await json<Tokens>(refresh(token));
      await lapse(user, 30 * 60_000);
      const owners = await json<Tokens>(refresh(token));
      token = owners.refresh_token;
      return thiefs;
    };
    await expect(shared()).rejects.toThrow("its session has been ended");
    expect(await json<Session[]>(api("/auth/sessions", { token: user.token }), 401)).toBeTruthy();
  });

  it("is neither prolonged nor given another minute by the token that was replaced", async () => {
    const user = await newUser();
    const row = () => env.DB.prepare("SELECT * FROM sessions WHERE user_id = ?").bind(user.id).first();
    await json(refresh(user.refreshToken));
    await lapse(user, 40_000);
    const before = await row();
    await json(refresh(user.refreshToken));
    expect(await row()).toEqual(before);
    await lapse(user, 20_000);
    await json(refresh(user.refreshToken), 401);
  });

  const begunDaysAgo = (user: TestUser, days: number) =>
    env.DB.prepare("UPDATE sessions SET created_at = ? WHERE user_id = ?")
      .bind(Date.now() - days * 24 * 60 * 60 * 1000, user.id)
      .run();

  it("goes on for ninety days at most, however often it is refreshed", async () => {
    const user = await newUser();
    await begunDaysAgo(user, 88);
    const late = await json<Tokens>(refresh(user.refreshToken));
    const [session] = await json<{ created_at: string; expires_at: string }[]>(
      api("/auth/sessions", { token: late.access_token }),
    );
    const days = (Date.parse(session!.expires_at) - Date.parse(session!.created_at)) / 86_400_000;
    expect(days).toBe(90);
    await begunDaysAgo(user, 90);
    await json(refresh(late.refresh_token), 401);
  });

  it("goes on for as long as SESSION_MAX_DAYS says", async () => {
    const brief = { ...configOf(env), SESSION_MAX_DAYS: 2 };
    const { row } = await newSession(undefined, brief);
    expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBe(2 * 86_400_000);
    const user = await newUser();
    await begunDaysAgo(user, 2);
    const attempt = refreshSession(openDatabase(env.DB), brief, user.refreshToken);
    await expect(attempt).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("gives two tabs that refresh at once the same token, and locks neither out", async () => {
    const user = await newUser();
    const both = await Promise.all([1, 2].map(() => json<Tokens>(refresh(user.refreshToken))));
    expect(both[0]!.refresh_token).toBe(both[1]!.refresh_token);
    await json(refresh(both[1]!.refresh_token));
  });

  it("cannot be ended by a stranger who makes a token up", async () => {
    const user = await newUser();
    const { sid } = JSON.parse(atob(user.token.split(".")[1]!)) as { sid: string };
    for (const guess of [sid, "x".repeat(22)])
      await json(refresh(`dpr_${guess.slice(0, 22)}_${"x".repeat(43)}`), 401);
    await json(refresh(user.refreshToken));
  });

  it("is listed, and can be ended from another", async () => {
    const user = await newUser();
    const elsewhere = await json<Tokens>(login(user));
    const list = await json<Session[]>(api("/auth/sessions", { token: user.token }));
    expect(list).toHaveLength(2);
    expect(JSON.stringify(list)).not.toMatch(/hash|dpr_/);
    const other = list.find((session) => !session.current)!;
    await json(api(`/auth/sessions/${other.id}`, { token: user.token, method: "DELETE" }));
    await json(me(elsewhere.access_token), 401);
    await json(refresh(elsewhere.refresh_token), 401);
    await json(me(user.token));
  });

  it("of somebody else is not found", async () => {
    const [user, stranger] = [await newUser(), await newUser()];
    const [session] = await json<Session[]>(api("/auth/sessions", { token: user.token }));
    await json(api(`/auth/sessions/${session!.id}`, { token: stranger.token, method: "DELETE" }), 404);
    await json(me(user.token));
  });

  it("ends at logout, for its access token at once, and leaves the others", async () => {
    const user = await newUser();
    const elsewhere = await json<Tokens>(login(user));
    await json(api("/auth/logout", { token: user.token, body: {} }));
    await json(me(user.token), 401);
    await json(refresh(user.refreshToken), 401);
    await json(me(elsewhere.access_token));
  });

  it("survives a change of password only where it was changed", async () => {
    const user = await newUser();
    const elsewhere = await json<Tokens>(login(user));
    const body = { current_password: user.password, new_password: "a new password" };
    await json(api("/auth/change-password", { token: user.token, body }));
    await json(me(user.token));
    await json(me(elsewhere.access_token), 401);
    await json(refresh(elsewhere.refresh_token), 401);
    await json(login(user), 401);
    await json(login({ ...user, password: "a new password" }));
  });
});

describe("an API key", () => {
  const make = (token: string, body: object) =>
    json<{ id: number; key: string; hint: string }>(api("/auth/api-keys", { token, body }));

  it("does what its scopes allow, and nothing with the account", async () => {
    const chat = await newConversation();
    const writer = await make(chat.token, { name: "writer", scopes: ["chat"] });
    const reader = await make(chat.token, { name: "reader", scopes: ["read"] });
    const rename = (token: string) => api(chat.path, { token, method: "PUT", body: { title: "Renamed" } });
    await json(rename(writer.key));
    await json(api(chat.path, { token: writer.key }));
    await json(api(chat.path, { token: reader.key }));
    expect(await json(rename(reader.key), 403)).toMatchObject({ code: "missing_scope" });
    for (const path of ["/auth/api-keys", "/auth/sessions"]) {
      expect(await json(api(path, { token: writer.key }), 403)).toMatchObject({ code: "missing_scope" });
    }
  });

  it("is shown once and stored only as a hash", async () => {
    const { token, id } = await newUser();
    const made = await make(token, { name: "mine", scopes: ["read"] });
    expect(made.key).toMatch(/^dpk_[\w-]{28}\d+_[\w-]{43}_[\w-]{6}$/);
    const list = await json<object[]>(api("/auth/api-keys", { token }));
    expect(list).toMatchObject([
      { id: made.id, name: "mine", scopes: ["read"], hint: made.key.slice(0, 10) },
    ]);
    const row = await env.DB.prepare("SELECT * FROM api_keys WHERE user_id = ?").bind(id).first();
    expect(JSON.stringify([list, row])).not.toContain(made.key);
  });

  it("stops working when it is revoked, when it expires, and when a character is wrong", async () => {
    const { token } = await newUser();
    const made = await make(token, { name: "mine" });
    await json(me(made.key));
    const wrong = made.key.slice(0, -8) + (made.key.at(-8) === "A" ? "B" : "A") + made.key.slice(-7);
    await json(me(wrong), 401);
    await json(api(`/auth/api-keys/${made.id}`, { token, method: "DELETE" }));
    await json(me(made.key), 401);
    const brief = await make(token, { name: "brief", expires_at: "2099-01-01T00:00:00Z" });
    await json(me(brief.key));
    await env.DB.prepare("UPDATE api_keys SET expires_at = 1 WHERE id = ?").bind(brief.id).run();
    await json(me(brief.key), 401);
  });

  it("remembers when it was last used", async () => {
    const { token } = await newUser();
    const made = await make(token, { name: "mine" });
    const lastUsed = async () =>
      (await json<{ last_used_at: string | null }[]>(api("/auth/api-keys", { token })))[0]!.last_used_at;
    expect(await lastUsed()).toBeNull();
    await json(me(made.key));
    await expect.poll(lastUsed).toMatch(/^\d{4}-/);
  });

  it("of somebody else cannot be revoked", async () => {
    const [user, stranger] = [await newUser(), await newUser()];
    const made = await make(user.token, { name: "mine" });
    await json(api(`/auth/api-keys/${made.id}`, { token: stranger.token, method: "DELETE" }), 404);
    await json(me(made.key));
  });

  it.each([
    { name: "" },
    { name: "x", scopes: [] },
    { name: "x", scopes: ["account"] },
    { name: "x", expires_at: "2020-01-01T00:00:00Z" },
  ])("is not made from %j", async (body) => {
    const { token } = await newUser();
    await json(api("/auth/api-keys", { token, body }), 422);
  });
});

describe("guessing a password", () => {
  // The first pause is a second: on a slow machine it would be over before the next guess.
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
  afterEach(() => void vi.useRealTimers());

  const from = (address: string) => ({ "cf-connecting-ip": address });
  const guess = (email: string, address: string) =>
    login({ email, password: "wrong password" }, from(address));

  it("pauses after five tries, for a known account and for one that does not exist alike", async () => {
    const user = await newUser();
    for (const email of [user.email, `nobody-${crypto.randomUUID()}@example.com`]) {
      const statuses: number[] = [];
      for (let i = 0; i < 7; i++) statuses.push((await guess(email, "198.51.100.1")).status);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    }
  });

  it("says how long the pause is, and holds back the right password as well", async () => {
    const user = await newUser();
    for (let i = 0; i < 5; i++) await guess(user.email, "198.51.100.4");
    const paused = await login(user, from("198.51.100.4"));
    expect(paused.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(await json(paused, 429)).toMatchObject({ code: "login_paused" });
  });

  it("pauses as well when the guesses come all at once", async () => {
    const user = await newUser();
    const answers = await Promise.all(Array.from({ length: 12 }, () => guess(user.email, "198.51.100.2")));
    const tried = answers.filter((answer) => answer.status === 401);
    expect(tried.length).toBeLessThanOrEqual(6);
  });

  it("does not keep the owner out who has signed in from elsewhere before", async () => {
    const user = await newUser();
    await json(login(user, from("203.0.113.5")));
    vi.setSystemTime(Date.now() + 1000);
    const since = Date.now();
    await guess(user.email, "198.51.100.10");
    await env.DB.prepare("UPDATE login_failures SET failures = 60, blocked_until = ? WHERE updated_at >= ?")
      .bind(since + 60_000, since)
      .run();
    await json(guess(user.email, "192.0.2.200"), 401);
    await json(login(user, from("192.0.2.200")), 429);
    await json(login(user, from("203.0.113.5")));
  });

  it("by strangers keeps nobody out who is signed in, nor an address that has not failed yet", async () => {
    const user = await newUser();
    await guess(user.email, "198.51.100.20");
    await env.DB.prepare("UPDATE login_failures SET failures = 60, blocked_until = ?")
      .bind(Date.now() + 3_600_000)
      .run();
    await json(login(user, from("198.51.100.20")), 429);
    const body = { current_password: user.password, new_password: "another password" };
    const change = api("/auth/change-password", {
      token: user.token,
      body,
      headers: from("198.51.100.20"),
    });
    await json(change);
  });

  it("is forgotten with the right password", async () => {
    const user = await newUser();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 3; i++) await json(guess(user.email, "198.51.100.3"), 401);
      await json(login(user, from("198.51.100.3")));
    }
  });

  it("counts where a signed-in user is asked for the password, too", async () => {
    const user = await newUser();
    const body = { current_password: "wrong password", new_password: "another password" };
    const change = () => api("/auth/change-password", { token: user.token, body });
    for (let i = 0; i < 5; i++) await json(change(), 400);
    await json(change(), 429);
  });
});

describe("making an API key", () => {
  const make = (user: TestUser, more: object = {}) =>
    api("/auth/api-keys", { token: user.token, body: { name: "mine", ...more } });
  const loggedInMinutesAgo = (user: TestUser, minutes: number) =>
    env.DB.prepare("UPDATE sessions SET created_at = ? WHERE user_id = ?")
      .bind(Date.now() - minutes * 60_000, user.id)
      .run();
  const keysOf = (user: TestUser) => json<{ id: number }[]>(api("/auth/api-keys", { token: user.token }));

  it("needs the password once the login is five minutes old, however often it was refreshed", async () => {
    const user = await newUser();
    await loggedInMinutesAgo(user, 4);
    await json(make(user));
    await loggedInMinutesAgo(user, 5);
    const { access_token: token } = await json<Tokens>(refresh(user.refreshToken));
    expect(await json(make({ ...user, token }), 403)).toMatchObject({ code: "password_required" });
    expect(await keysOf(user)).toHaveLength(1);
    await json(make(user, { password: user.password }));
  });

  it("is refused with a wrong password, also just after a login, and such guesses pause", async () => {
    const user = await newUser();
    for (let i = 0; i < 5; i++) {
      expect(await json(make(user, { password: "wrong password" }), 400)).toMatchObject({
        code: "wrong_password",
      });
    }
    await json(make(user, { password: user.password }), 429);
    expect(await keysOf(user)).toEqual([]);
  });

  it("gives it ninety days, unless another time is asked for, or none", async () => {
    const user = await newUser();
    const days = async (more: object) => {
      const { created_at, expires_at } = await json<{ created_at: string; expires_at: string | null }>(
        make(user, more),
      );
      return expires_at && Math.round((Date.parse(expires_at) - Date.parse(created_at)) / 86_400_000);
    };
    expect(await days({})).toBe(90);
    expect(await days({ expires_at: null })).toBeNull();
    expect(await days({ expires_at: new Date(Date.now() + 2 * 86_400_000).toISOString() })).toBe(2);
  });

  it("is out of reach for an API key, whatever it sends", async () => {
    const user = await newUser();
    const { key } = await json<{ key: string }>(make(user));
    await json(make({ ...user, token: key }, { password: user.password }), 403);
  });
});

describe("the keys of a user who changes the password", () => {
  const change = (user: TestUser, more: object = {}) =>
    json(
      api("/auth/change-password", {
        token: user.token,
        body: { current_password: user.password, new_password: "another password", ...more },
      }),
    );
  async function withKey() {
    const user = await newUser();
    const made = await json<{ id: number; key: string; hint: string }>(
      api("/auth/api-keys", { token: user.token, body: { name: "mine" } }),
    );
    return { user, key: made.key, named: { id: made.id, name: "mine", hint: made.hint } };
  }

  it("are revoked, and named", async () => {
    const [{ user, key, named }, other] = [await withKey(), await withKey()];
    expect(await change(user)).toMatchObject({ revoked_api_keys: [named], kept_api_keys: [] });
    await json(me(key), 401);
    await json(me(other.key));
  });

  it("go on working if they are to be kept, and are named", async () => {
    const { user, key, named } = await withKey();
    expect(await change(user, { keep_api_keys: true })).toMatchObject({
      revoked_api_keys: [],
      kept_api_keys: [named],
    });
    await json(me(key));
  });
});

it.each([
  ["203.0.113.77", "203.0.113.0/24"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
])("a key tells from which network and client it was last used: %s", async (address, network) => {
  const { token } = await newUser();
  const { key } = await json<{ key: string }>(api("/auth/api-keys", { token, body: { name: "mine" } }));
  const client = "curl/8.5.0";
  await json(api("/auth/me", { token: key, headers: { "cf-connecting-ip": address, "user-agent": client } }));
  const lastUsed = async () => (await json<object[]>(api("/auth/api-keys", { token })))[0];
  await expect.poll(lastUsed).toMatchObject({ last_used_network: network, last_used_user_agent: client });
});
