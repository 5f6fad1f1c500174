import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { messageId } from "../../src/db/messages";
import { ROW_BYTES } from "../../src/db/room";
import { newConversation, type Wire, type WireTurn } from "../chat/harness";
import { watchDatabase } from "../database";
import { api, json, newUser, type TestUser } from "../harness";
import { says, scriptUpstream } from "../upstream";

type Hit = { message_id: number; snippet: string; highlights: [number, number][]; [field: string]: unknown };
type Result = { hits: Hit[]; complete: boolean };

const search = async ({ token }: { token: string }, q: string, more = "") =>
  (await json<Result>(api(`/chat/search?q=${encodeURIComponent(q)}${more}`, { token }))).hits;
const idsOf = (hits: Hit[]) => hits.map(({ message_id }) => message_id);
const indexOf = (user: TestUser) => env.SEARCH.get(env.SEARCH.idFromName(String(user.id)));
/** What a user's index holds, word by word. */
const wordsIn = (user: TestUser) =>
  runInDurableObject(indexOf(user), (_, { storage }) =>
    storage.sql
      .exec<{ text: string }>("SELECT text FROM words ORDER BY rowid")
      .toArray()
      .map(({ text }) => text),
  );
async function isIndexed(user: TestUser, word: string) {
  await search(user, word);
  expect((await wordsIn(user)).join(" ")).toContain(word);
}

async function talk(said: string, reply: string) {
  scriptUpstream(says(reply));
  const chat = await newConversation();
  const turn = await json<WireTurn>(chat.send(said));
  return { ...chat, said: turn.user_message, reply: turn.assistant_message };
}

describe("a search", () => {
  it("finds what both sides have said as soon as it is settled, with its places", async () => {
    const { user, said, reply } = await talk("Do you remember the lighthouse?", "The lighthouse by the sea!");
    expect(new Set(idsOf(await search(user, "lighthouse")))).toEqual(new Set([said.id, reply.id]));
    const [hit] = await search(user, '"the sea"');
    expect(hit).toMatchObject({
      message_id: reply.id,
      role: "assistant",
      snippet: "The lighthouse by the sea!",
    });
    expect(hit!.highlights.map(([from, to]) => hit!.snippet.slice(from, to))).toEqual(["the sea"]);
    await isIndexed(user, "remember");
  });

  it("finds a word that is still being written, and signs of scripts without spaces", async () => {
    const { user, said } = await talk("我们昨天在上海的海边散步 and laughed", "Well.");
    expect(idsOf(await search(user, "laug"))).toEqual([said.id]);
    expect(idsOf(await search(user, "海边"))).toEqual([said.id]);
    expect(idsOf(await search(user, "边"))).toEqual([said.id]);
    expect(await search(user, "边海")).toEqual([]);
    expect(await search(user, "?!")).toEqual([]);
  });

  it("finds nothing of anybody else's", async () => {
    const { user } = await talk("a xylophone", "Well.");
    expect(await search(user, "xylophone")).toHaveLength(1);
    expect(await search(await newUser(), "xylophone")).toEqual([]);
  });

  it("keeps to a persona, a side and a time", async () => {
    const { user, personaId, said, reply } = await talk("harbour", "harbour");
    const at = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
    const found = async (more: string) => idsOf(await search(user, "harbour", more));
    expect(await found("&role=user")).toEqual([said.id]);
    expect(await found(`&persona_id=${personaId}&role=assistant`)).toEqual([reply.id]);
    expect(await found(`&persona_id=${personaId + 999}`)).toEqual([]);
    expect(await found(`&from=${at}`)).toEqual([]);
    expect(await found(`&to=${at}`)).toHaveLength(2);
  });

  it("comes in pages, every hit once", async () => {
    const { path, token } = await talk("harbour", "harbour");
    for (const content of ["harbour one", "harbour two"])
      await json(api(`${path}/send`, { token, body: { content } }));
    const ids: number[] = [];
    let next: string | null = "/chat/search?q=harbour&limit=2";
    while (next) {
      const page: Response = await api(next, { token });
      ids.push(...idsOf((await json<Result>(page.clone())).hits));
      next = /<([^>]+)>/.exec(page.headers.get("link") ?? "")?.[1] ?? null;
    }
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
  });

  it("goes through all branches, and follows other words and a reply that grows", async () => {
    const { user, token, path, said, reply } = await talk("harbour", "first");
    const { user_message: other } = await json<WireTurn>(
      api(`${path}/messages/${said.id}/edit`, { token, body: { content: "lagoon" } }),
    );
    expect(idsOf(await search(user, "lagoon"))).toEqual([other.id]);
    expect(idsOf(await search(user, "harbour"))).toEqual([said.id]);
    scriptUpstream(says(" and second"));
    await json(api(`${path}/messages/${reply.id}/select`, { token, body: {} }));
    await json(api(`${path}/messages/${reply.id}/continue`, { token, body: {} }));
    expect(idsOf(await search(user, '"first and second"'))).toEqual([reply.id]);
  });

  it("finds a fork's messages too", async () => {
    const { user, token, path, said } = await talk("harbour", "Well.");
    const { id } = await json<Wire>(api(`${path}/fork`, { token, body: {} }));
    expect(new Set(idsOf(await search(user, "harbour")))).toEqual(new Set([said.id, messageId(id, 1)]));
  });

  it("finds what its index was never told", async () => {
    const { user, id } = await talk("harbour", "Well.");
    await search(user, "harbour");
    const n = 3;
    await env.DB.batch([
      env.DB.prepare(
        "INSERT INTO chat_messages (id, conversation_id, parent_id, depth, role, content, status, created_at) VALUES (?, ?, ?, 2, 'user', 'a pelican', 'complete', ?)",
      ).bind(messageId(id, n), id, messageId(id, 2), Date.now()),
      env.DB.prepare("UPDATE conversations SET message_seq = 3, revision = revision + 1 WHERE id = ?").bind(
        id,
      ),
    ]);
    expect(idsOf(await search(user, "pelican"))).toEqual([messageId(id, n)]);
  });
});

it("writes nothing where nobody searches", async () => {
  const { user, token, said } = await talk("a xylophone", "Well.");
  await json(api(`/chat/messages/${said.id}`, { token, method: "DELETE" }));
  expect(await wordsIn(user).catch(() => [])).toEqual([]);
});

describe("what is deleted", () => {
  it("leaves the index with a message, and comes back when that does", async () => {
    const { user, token, path, said } = await talk("a xylophone", "Well.");
    await isIndexed(user, "xylophone");
    await json(api(`/chat/messages/${said.id}`, { token, method: "DELETE" }));
    expect((await wordsIn(user)).join(" ")).not.toContain("xylophone");
    expect(await search(user, "xylophone")).toEqual([]);
    await json(api(`${path}/undo`, { token, body: {} }));
    expect(idsOf(await search(user, "xylophone"))).toEqual([said.id]);
  });

  it.each([
    ["its conversation", ({ path }: { path: string }) => path],
    ["its persona", ({ personaId }: { personaId: number }) => `/personas/${personaId}`],
  ])("leaves the index with %s", async (_, pathOf) => {
    const chat = await talk("a xylophone", "Well.");
    await isIndexed(chat.user, "xylophone");
    await json(api(pathOf(chat), { token: chat.token, method: "DELETE" }));
    expect(await wordsIn(chat.user)).toEqual([]);
    expect(await search(chat.user, "xylophone")).toEqual([]);
  });

  it("leaves the index with its account", async () => {
    const { user, token } = await talk("a xylophone", "Well.");
    await isIndexed(user, "xylophone");
    await json(api("/auth/me", { token, method: "DELETE", body: { password: user.password } }));
    await expect.poll(() => wordsIn(user)).toEqual([]);
  });
});

it("never finds what was said in a temporary conversation, until that is kept", async () => {
  scriptUpstream(says("Well."));
  const { user, token, personaId } = await newConversation();
  const body = { title: "Only now", persona_id: personaId, temporary: true };
  const { id } = await json<Wire>(api("/chat/conversations", { token, body }));
  await json(api(`/chat/conversations/${id}/send`, { token, body: { content: "a xylophone" } }));
  expect(await search(user, "xylophone")).toEqual([]);
  expect(await wordsIn(user)).toEqual([]);
  await json(api(`/chat/conversations/${id}`, { token, method: "PUT", body: { temporary: false } }));
  expect(await search(user, "xylophone")).toHaveLength(1);
});

describe("an account with many conversations", () => {
  const COUNT = 260;

  /** Conversations that came from elsewhere, past the API: each says a word of its own. */
  async function library(): Promise<TestUser> {
    const { user, personaId, id } = await newConversation();
    const first = id + 1000;
    const numbers = `WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < ${COUNT - 1})`;
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO conversations (id, user_id, persona_id, title, nonce, revision, message_seq, message_count, stored_bytes, created_at, updated_at)
         ${numbers} SELECT ${first} + n, ?1, ?2, 'Talk', 'n' || n, 1, 1, 1, 0, n, n FROM n`,
      ).bind(user.id, personaId),
      env.DB.prepare(
        `INSERT INTO chat_messages (id, conversation_id, depth, role, content, status, created_at)
         ${numbers} SELECT (${first} + n) * 1048576 + 1, ${first} + n, 0, 'user', 'pebble' || n, 'complete', n FROM n`,
      ),
      env.DB.prepare(
        `UPDATE conversations SET stored_bytes = (SELECT sum(octet_length(content)) FROM chat_messages
           WHERE conversation_id = conversations.id) + ${ROW_BYTES} WHERE id >= ${first}`,
      ),
    ]);
    return user;
  }

  it("is not looked through again and again while it is taken in, and many are read at once", async () => {
    const user = await library();
    const batch = env.DB.batch.bind(env.DB);
    let reads = 0;
    vi.spyOn(env.DB, "batch").mockImplementation((async (statements: D1PreparedStatement[]) => {
      reads++;
      await scheduler.wait(120);
      return batch(statements);
    }) as typeof env.DB.batch);
    const { asked, restore } = watchDatabase();
    await indexOf(user).review(user.id);
    await expect.poll(async () => (await wordsIn(user)).length, { timeout: 30_000 }).toBe(COUNT);
    restore();
    vi.restoreAllMocks();
    // Once when the alarm begins, and once when it has ended: not after each stretch of half a second.
    const looks = asked.filter((sql) => /order by "conversations"."updated_at" desc/i.test(sql));
    expect(looks.length).toBeLessThanOrEqual(2);
    expect(reads).toBe(Math.ceil(COUNT / 25));
    expect(await search(user, `pebble${COUNT - 1}`)).toHaveLength(1);
  });
});
