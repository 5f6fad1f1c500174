import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

import { app } from "../../src/app";
import { openDatabase } from "../../src/db/client";
import { beginDeletion } from "../../src/db/deletions";
import type { Env } from "../../src/env";
import { newReceipt } from "../../src/identity/deletions";
import { newConversation, readEvents } from "../chat/harness";
import { countOf, fillConversation } from "../database";
import { api, json, newAdmin, newUser, type TestUser } from "../harness";
import { gate, says, scriptUpstream } from "../upstream";

type Deleted = { message: string; receipt: string; state: string; deleted: Record<string, number> };
type Deletion = {
  state: string;
  completed_at: string | null;
  deleted: Record<string, number>;
  left: Record<string, number>;
  unreached_conversations: number;
};

let admin: TestUser;
beforeAll(async () => {
  admin = await newAdmin();
});

const db = openDatabase(env.DB);
const remove = ({ token, password }: TestUser, bindings?: Env) => {
  const init = {
    method: "DELETE",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ password }),
  };
  return app.request("/auth/me", init, bindings ?? env, createExecutionContext());
};
const ask = (receipt: string, status = 200) => json<Deletion>(api(`/auth/deletions/${receipt}`), status);
const isComplete = (receipt: string) =>
  expect.poll(async () => (await ask(receipt)).state, { timeout: 50_000, interval: 50 }).toBe("complete");

/** The account is deleted as by the API; nobody has begun to erase it. */
async function close({ id }: TestUser) {
  const { receipt, receiptHash } = await newReceipt();
  await db.batch(beginDeletion(db, id, receiptHash, new Date()));
  return receipt;
}

/** Bindings in which no conversation's object answers. */
const deaf = (): Env => {
  const silent = { get: () => ({ purge: () => Promise.reject(new Error("away")) }), idFromName: () => "" };
  return { ...env, CONVERSATIONS: silent as unknown as Env["CONVERSATIONS"] };
};

describe("a receipt", () => {
  it("says that all is gone, what there was, and nothing of who it was", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const { receipt, state, deleted } = await json<Deleted>(remove(chat.user));
    expect(receipt).toMatch(/^dpr_[\w-]{22}$/);
    expect(state).toMatch(/^(running|complete)$/);
    await isComplete(receipt);
    const answer = await ask(receipt);
    expect(answer).toMatchObject({
      deleted,
      completed_at: expect.stringMatching(/^20/) as string,
      left: { personas: 0, conversations: 0, messages: 0, usage_events: 0 },
      unreached_conversations: 0,
    });
    expect(deleted).toMatchObject({ conversations: 1, messages: 2, usage_events: 1 });
    expect(JSON.stringify(answer)).not.toContain(chat.user.email);
    expect(await countOf("deletions", `user_id = ${chat.user.id}`)).toBe(0);
  });

  it("says what is left, and opens no other", async () => {
    const [one, other] = [await newConversation(), await newConversation()];
    await fillConversation(one.id, 30);
    const [mine, theirs] = [await close(one.user), await close(other.user)];
    expect(await Promise.all([ask(mine), ask(theirs)])).toMatchObject([
      { state: "running", completed_at: null, left: { personas: 1, conversations: 1, messages: 30 } },
      { left: { conversations: 1, messages: 0 } },
    ]);
    await ask(`${mine.slice(0, -1)}~`, 404);
    await ask("x", 404);
  });

  it("tells of conversations whose object does not answer, which are erased when it does", async () => {
    const chat = await newConversation();
    const { receipt, state } = await json<Deleted>(remove(chat.user, deaf()));
    expect(state).toBe("running");
    expect(await countOf("conversations", `id = ${chat.id}`)).toBe(1);
    await isComplete(receipt);
    expect(await countOf("conversations", `id = ${chat.id}`)).toBe(0);
  });
});

describe("an account that is deleted and not erased yet", () => {
  it("lets nobody in, is found by nobody, and leaves address and name to be taken", async () => {
    const { user, token, path } = await newConversation();
    const { key } = await json<{ key: string }>(
      api("/auth/api-keys", { token, body: { name: "k", scopes: ["read"] } }),
    );
    await close(user);
    for (const credential of [token, key]) await json(api("/personas", { token: credential }), 401);
    await json(api(path, { token }), 401);
    await json(api("/auth/refresh", { body: { refresh_token: user.refreshToken } }), 401);
    await json(api("/auth/login", { body: { email: user.email, password: user.password } }), 401);
    await json(
      api("/auth/login", { body: { username: `${user.id}@deleted`, password: user.password } }),
      401,
    );
    for (const method of ["GET", "DELETE"])
      await json(api(`/admin/users/${user.id}`, { token: admin.token, method }), 404);
    const revival = { token: admin.token, method: "PUT", body: { is_active: true } };
    await json(api(`/admin/users/${user.id}`, revival), 404);
    expect((await newUser(user.email)).email).toBe(user.email);
  });

  it("is on no list, no more than whoever owns what is to be erased", async () => {
    const user = await newUser();
    await close(user);
    const all = await json<{ id: number; email: string }[]>(api("/admin/users", { token: admin.token }));
    expect(all.map(({ id }) => id)).toContain(admin.id);
    expect(all.map(({ id }) => id)).not.toContain(user.id);
    expect(all.map(({ id }) => id)).not.toContain(0);
  });

  it("is deleted once, however often that is asked at once", async () => {
    const { user } = await newConversation();
    const answers = await Promise.all([remove(user), remove(user), remove(user)]);
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, 401, 401]);
    expect(await countOf("deletions", `requested_at > ${Date.now() - 60_000} AND user_id = ${user.id}`)).toBe(
      0,
    );
  });
});

describe("a large conversation", () => {
  const isGone = (id: number) =>
    expect.poll(() => countOf("conversations", `id = ${id}`), { timeout: 50_000 }).toBe(0);

  it("is gone for everybody with the answer, and soon for good", async () => {
    const chat = await newConversation();
    await fillConversation(chat.id, 2500);
    await json(api(chat.path, { token: chat.token, method: "DELETE" }));
    const stranger = await newUser();
    for (const { token } of [chat, stranger]) await json(api(chat.path, { token }), 404);
    await json(chat.send("Hi"), 404);
    expect(await countOf("conversations", `id = ${chat.id} AND title <> ''`)).toBe(0);
    expect(await json(api("/chat/conversations", { token: chat.token }))).toEqual([]);
    expect(await json(api("/chat/stats", { token: chat.token }))).toMatchObject({ total_messages: 0 });
    await isGone(chat.id);
    expect(await countOf("chat_messages", `conversation_id = ${chat.id}`)).toBe(0);
    await json(api(`/personas/${chat.personaId}`, { token: chat.token }));
  });

  it("ends the reply that is being written in it", async () => {
    scriptUpstream({ steps: [{ text: "Once upon" }, { wait: gate() }] });
    const chat = await newConversation();
    await fillConversation(chat.id, 1500);
    const stream = await chat.stream("Tell me a story");
    await json(api(chat.path, { token: chat.token, method: "DELETE" }));
    const last = (await readEvents(stream)).at(-1)!;
    expect(last).toMatchObject({ event: "turn.failed", data: { code: "conversation_deleted" } });
    await isGone(chat.id);
  });
});

describe("a persona with many conversations", () => {
  it("takes all of them along with the answer, leaves the others and what was spent, and is soon erased", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const other = await newConversation(chat.user);
    await json(chat.send("Hi"));
    await env.DB.prepare(
      `INSERT INTO conversations (user_id, persona_id, title, created_at, updated_at)
       SELECT ?, ?, 'Talk', 1, 1 FROM json_each(?)`,
    )
      .bind(chat.user.id, chat.personaId, JSON.stringify(Array.from({ length: 600 }, (_, i) => i)))
      .run();
    await json(api(`/personas/${chat.personaId}`, { token: chat.token, method: "DELETE" }));
    await json(api(`/personas/${chat.personaId}`, { token: chat.token }), 404);
    const left = await json<{ id: number }[]>(api("/chat/conversations", { token: chat.token }));
    expect(left.map(({ id }) => id)).toEqual([other.id]);
    const start = { title: "Again", persona_id: chat.personaId };
    await json(api("/chat/conversations", { token: chat.token, body: start }), 404);
    await expect.poll(() => countOf("personas", `id = ${chat.personaId}`), { timeout: 50_000 }).toBe(0);
    expect(await countOf("conversations", `persona_id = ${chat.personaId}`)).toBe(0);
    expect(await json(api("/chat/stats", { token: chat.token }))).toMatchObject({ total_conversations: 1 });
    expect(await countOf("usage_events", `user_id = ${chat.user.id}`)).toBe(1);
  });
});
