import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

import { app } from "../../src/app";
import type { Env } from "../../src/env";
import { newConversation, readEvents } from "../chat/harness";
import { countOf } from "../database";
import { api, json, newAdmin, newUser, type TestUser } from "../harness";
import { gate, says, scriptUpstream } from "../upstream";

type Account = {
  id: number;
  email: string;
  is_active: boolean;
  is_admin: boolean;
  daily_token_allowance: number | null;
  monthly_cost_allowance_usd: number | null;
  usage: { calls: number; tokens: number; cost_usd: number; unpriced: number };
};

let admin: TestUser;
beforeAll(async () => {
  admin = await newAdmin();
});

const show = (id: number) => json<Account>(api(`/admin/users/${id}`, { token: admin.token }));
const change = (id: number, body: object, status = 200) =>
  json<Account>(api(`/admin/users/${id}`, { token: admin.token, method: "PUT", body }), status);
const remove = (id: number, status = 200) =>
  json(api(`/admin/users/${id}`, { token: admin.token, method: "DELETE" }), status);
const newKey = (token: string, body: object, status = 200) =>
  json<{ key: string; scopes: string[] }>(
    api("/auth/api-keys", { token, body: { name: "k", ...body } }),
    status,
  );
const statusOf = async (path: string, token: string, variables: Partial<Env> = {}) => {
  const init = { headers: { authorization: `Bearer ${token}` } };
  const answer = await app.request(path, init, { ...env, ...variables }, createExecutionContext());
  return answer.status;
};

describe("an administrator", () => {
  it("is whose address is listed and was vouched for: a listed address alone is nobody's proof", async () => {
    const email = "other-admin@example.com";
    const squatter = await newUser();
    await env.DB.prepare("UPDATE users SET email = ? WHERE id = ?").bind(email, squatter.id).run();
    expect(await json(api("/admin/users", { token: squatter.token }), 403)).toMatchObject({
      code: "missing_scope",
      detail:
        "Only an administrator of this server may do this, signed in or with an API key that has the scope `admin`.",
    });
    expect(await show(squatter.id)).toMatchObject({ email, is_admin: false });
    await env.DB.prepare("UPDATE users SET email_vouched_at = 1 WHERE id = ?").bind(squatter.id).run();
    expect(await statusOf("/admin/users", squatter.token)).toBe(200);
    await env.DB.prepare("UPDATE users SET email = ? WHERE id = ?").bind("x@example.com", squatter.id).run();
    expect(await statusOf("/admin/users", squatter.token)).toBe(403);
  });

  it("who is taken out of the list is none with the next request, nor are their keys", async () => {
    const { key } = await newKey(admin.token, { scopes: ["admin"] });
    for (const token of [admin.token, key]) {
      expect(await statusOf("/admin/users", token)).toBe(200);
      for (const ADMIN_EMAILS of ["", "somebody@example.com"]) {
        expect(await statusOf("/admin/users", token, { ADMIN_EMAILS })).toBe(403);
      }
    }
    expect(await statusOf("/admin/users", admin.token, { ADMIN_EMAILS: "x@y.org, ADMIN@example.com" })).toBe(
      200,
    );
  });

  it("may give a key the scope by name; it is in no key by default, and nobody else may give it", async () => {
    expect((await newKey(admin.token, {})).scopes).toEqual(["chat"]);
    const { key } = await newKey(admin.token, { scopes: ["chat", "read"] });
    expect(await statusOf("/admin/users", key)).toBe(403);
    const { key: governing } = await newKey(admin.token, { scopes: ["admin"] });
    expect(await statusOf("/admin/users", governing)).toBe(200);
    expect(await statusOf("/personas", governing)).toBe(403);
    const user = await newUser();
    expect(await newKey(user.token, { scopes: ["admin"] }, 403)).toMatchObject({ code: "missing_scope" });
    expect(await json(api("/auth/api-keys", { token: user.token }))).toEqual([]);
  });

  it("whose session has ended is asked to sign in, before anything is said of what they sent", async () => {
    const other = await newUser();
    await json(api("/auth/logout", { token: other.token, body: {} }));
    await json(api("/admin/users", { token: other.token }), 401);
    await json(api("/admin/users?limit=x", { token: (await newUser()).token }), 403);
  });

  it("is neither deactivated nor deleted by themself or another", async () => {
    for (const answer of [await change(admin.id, { is_active: false }, 409), await remove(admin.id, 409)]) {
      expect(answer).toMatchObject({ code: "administrator_protected" });
    }
    expect(await change(admin.id, { daily_token_allowance: 9, is_active: true })).toMatchObject({
      is_active: true,
      daily_token_allowance: 9,
    });
  });
});

describe("the list of users", () => {
  it("shows each with what they have used, without anything secret", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const shown = await show(chat.user.id);
    expect(shown).toMatchObject({
      email: chat.user.email,
      is_active: true,
      is_admin: false,
      daily_token_allowance: null,
      monthly_cost_allowance_usd: null,
      usage: { calls: 1, tokens: 110, cost_usd: 0.000065, unpriced: 0 },
    });
    expect(JSON.stringify(shown)).not.toMatch(/scrypt|hash/i);
    expect(await json<Account[]>(api("/admin/users", { token: admin.token }))).toContainEqual(shown);
    expect((await show(admin.id)).is_admin).toBe(true);
    await json(api("/admin/users/999999", { token: admin.token }), 404);
  });

  it("is searched by the beginning of an address and read page by page", async () => {
    const users = [await newUser(), await newUser(), await newUser()];
    for (const [i, { id }] of users.entries()) {
      await env.DB.prepare("UPDATE users SET email = ? WHERE id = ?")
        .bind(`${["ann-1_%", "anna-2", "bob-3"][i]}@page.example`, id)
        .run();
    }
    const found = async (query: string) => {
      const answer = await api(`/admin/users?${query}`, { token: admin.token });
      const accounts = await json<Account[]>(answer.clone());
      return { ids: accounts.map(({ id }) => id), link: answer.headers.get("link") };
    };
    const [ann, anna, bob] = users.map(({ id }) => id);
    expect(await found("email=ANN")).toEqual({ ids: [ann, anna], link: null });
    expect(await found("email=ann-1_%25")).toEqual({ ids: [ann], link: null });
    expect(await found("email=bob")).toEqual({ ids: [bob], link: null });
    expect((await found("email=n")).ids).toEqual([]);
    const first = await found("email=ann&limit=1");
    expect(first).toEqual({
      ids: [ann],
      link: `</admin/users?email=ann&limit=1&cursor=${ann}>; rel="next"`,
    });
    expect(await found(`email=ann&limit=1&cursor=${ann}`)).toEqual({ ids: [anna], link: null });
    expect((await found(`cursor=${anna}`)).ids).toEqual([bob]);
  });
});

describe("an allowance of one's own", () => {
  it("is set and cleared by an administrator, each by itself, and holds from the next message on", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const limits = { daily_token_allowance: 1, monthly_cost_allowance_usd: 2.5 };
    expect(await change(chat.user.id, limits)).toMatchObject(limits);
    expect(await json(chat.send("Hi"), 429)).toMatchObject({ code: "allowance_exceeded" });
    expect(await json(api("/auth/me/allowance", { token: chat.token }))).toMatchObject({
      daily_tokens: { limit: 1 },
      monthly_cost_usd: { limit: 2.5 },
    });
    const cleared = await change(chat.user.id, { daily_token_allowance: null });
    expect(cleared).toMatchObject({ daily_token_allowance: null, monthly_cost_allowance_usd: 2.5 });
    await json(chat.send("Hi"));
  });

  it("that cannot be is refused, and changes nothing", async () => {
    const { id } = await newUser();
    for (const body of [
      {},
      { daily_token_allowance: -1 },
      { monthly_cost_allowance_usd: "5" },
      { is_active: 0 },
    ]) {
      await change(id, body, 422);
    }
    await change(999_999, { daily_token_allowance: 1 }, 404);
    expect(await show(id)).toMatchObject({ daily_token_allowance: null, is_active: true });
  });
});

describe("deactivating a user", () => {
  it("ends their sessions and refuses their keys at once; activating lets keys and passwords in again", async () => {
    const user = await newUser();
    const { key } = await newKey(user.token, {});
    expect(await change(user.id, { is_active: false })).toMatchObject({ is_active: false });
    await json(api("/personas", { token: user.token }), 401);
    await json(api("/personas", { token: key }), 401);
    await json(api("/auth/refresh", { body: { refresh_token: user.refreshToken } }), 401);
    await json(api("/auth/login", { body: { email: user.email, password: user.password } }), 401);
    await change(user.id, { is_active: true });
    await json(api("/personas", { token: user.token }), 401);
    await json(api("/personas", { token: key }));
    await json(api("/auth/login", { body: { email: user.email, password: user.password } }));
  });

  it("stops the reply that is being written, keeps what there is of it, and lets no other begin", async () => {
    const door = gate();
    const { calls } = scriptUpstream({ steps: [{ text: "Well" }, { wait: door }, { text: " then." }] });
    const chat = await newConversation();
    const stream = await chat.stream("Hi");
    const current = await json(api(`${chat.path}/turns/current`, { token: chat.token }));
    expect(current).toMatchObject({ turn_id: expect.stringMatching(/^turn_/) as string });
    await change(chat.user.id, { is_active: false });
    const last = (await readEvents(stream)).at(-1)!;
    expect(last.event).toBe("turn.stopped");
    expect(last.data).toMatchObject({ assistant_message: { status: "stopped" } });
    expect(calls[0]!.aborted).toBe(true);
    await json(chat.send("Again"), 401);
    await change(chat.user.id, { is_active: true });
    expect((await show(chat.user.id)).usage.calls).toBe(1);
  });
});

describe("deleting a user", () => {
  it("leaves nothing of them, and nobody to be found again", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const { receipt } = await remove(chat.user.id);
    await remove(chat.user.id, 404);
    await json(api(`/admin/users/${chat.user.id}`, { token: admin.token }), 404);
    await json(api("/personas", { token: chat.token }), 401);
    await expect
      .poll(() => json(api(`/auth/deletions/${receipt as string}`)), { timeout: 50_000 })
      .toMatchObject({ state: "complete", deleted: { conversations: 1 } });
    expect(await countOf("conversations", `id = ${chat.id}`)).toBe(0);
  });
});
