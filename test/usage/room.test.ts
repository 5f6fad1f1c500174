import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { insertMessage } from "../factories";
import { openDatabase } from "../../src/db/client";
import { messageId } from "../../src/db/messages";
import { recountBytes } from "../../src/db/room";
import { newConversation, type WireTurn } from "../chat/harness";
import { api, json, newUser, type TestUser } from "../harness";
import { chunk, gate, says, scriptUpstream } from "../upstream";

const db = openDatabase(env.DB);

type Counted = { limit: number | null; used: number };
type Room = Record<"personas" | "conversations" | "stored_bytes", Counted>;

const roomOf = ({ token }: TestUser) => json<Room>(api("/auth/me/allowance", { token }));

type Bound = "max_personas" | "max_conversations" | "max_stored_bytes";
const bound = ({ id }: TestUser, column: Bound, limit: number) =>
  env.DB.prepare(`UPDATE users SET ${column} = ? WHERE id = ?`).bind(limit, id).run();

/** What the rows of a user take, counted one by one. */
async function counted({ id }: TestUser) {
  const sql = `SELECT
    (SELECT count(*) FROM personas WHERE user_id = ?1) AS personas,
    (SELECT count(*) FROM conversations WHERE user_id = ?1) AS conversations,
    (SELECT coalesce(sum(octet_length(name) + coalesce(octet_length(description), 0) + 500), 0)
      FROM personas WHERE user_id = ?1)
    + (SELECT coalesce(sum(octet_length(title) + 500), 0) FROM conversations WHERE user_id = ?1)
    + (SELECT coalesce(sum(octet_length(content) + 500), 0) FROM chat_messages
      WHERE conversation_id IN (SELECT id FROM conversations WHERE user_id = ?1)) AS bytes`;
  return (await env.DB.prepare(sql)
    .bind(id)
    .first<Record<"personas" | "conversations" | "bytes", number>>())!;
}

/** The room as it is shown is what the rows take. */
async function expectExact(user: TestUser) {
  const { personas, conversations, stored_bytes } = await roomOf(user);
  const rows = { personas: personas.used, conversations: conversations.used, bytes: stored_bytes.used };
  expect(rows).toEqual(await counted(user));
  return rows;
}

const newPersona = ({ token }: TestUser, name = "Sam") =>
  api("/personas", { token, body: { name, relation_type: "friend" } });

describe("the room of a user", () => {
  it("is what their rows take, to the byte, whatever happens to them", async () => {
    scriptUpstream(says("Hello, ä ö ü."), says("日本語の返事"), says("Well."), {
      steps: [{ text: "Broken" }],
    });
    const user = await newUser();
    const chat = await newConversation(user);
    const first = await json<WireTurn>(chat.send("Hi 👋"));
    await expectExact(user);
    const again = `${chat.path}/messages/${first.assistant_message.id}/regenerate`;
    await json(api(again, { token: user.token, body: {} }));
    await json(chat.send("And then?"));
    await json(chat.send("And now?"), 502);
    await expectExact(user);
    const { token } = user;
    await json(api(`/chat/messages/${first.assistant_message.id}`, { token, method: "DELETE" }));
    await json(api(chat.path, { token, method: "PUT", body: { title: "Another title, quite long" } }));
    await json(api(`/personas/${chat.personaId}`, { token, method: "PUT", body: { description: "Short." } }));
    await expectExact(user);
    const other = await newConversation(user);
    await json(api(other.path, { token, method: "DELETE" }));
    await json(newPersona(user));
    const { personas, conversations } = await expectExact(user);
    expect({ personas, conversations }).toEqual({ personas: 3, conversations: 1 });
    await json(api(`/personas/${chat.personaId}`, { token, method: "DELETE" }));
    expect(await expectExact(user)).toMatchObject({ personas: 2, conversations: 0 });
  });

  it("counts what no turn wrote when it is told to", async () => {
    const chat = await newConversation();
    for (let n = 1; n <= 3; n++) await insertMessage(db, chat.id, n, "x".repeat(n * 100));
    await recountBytes(db, chat.id);
    await expectExact(chat.user);
    await env.DB.prepare("UPDATE chat_messages SET content = 'longer than it was' WHERE id = ?")
      .bind(messageId(chat.id, 1))
      .run();
    await expectExact(chat.user);
  });

  it("is given back at once where what takes it is nobody's any more, and that has no row", async () => {
    const chat = await newConversation();
    for (let n = 1; n <= 3; n++) await insertMessage(db, chat.id, n, "x".repeat(100));
    await recountBytes(db, chat.id);
    await env.DB.batch([
      env.DB.prepare("PRAGMA defer_foreign_keys = on"),
      env.DB.prepare("UPDATE conversations SET user_id = 0 WHERE id = ?").bind(chat.id),
      env.DB.prepare("UPDATE personas SET user_id = 0 WHERE id = ?").bind(chat.personaId),
    ]);
    expect(await expectExact(chat.user)).toEqual({ personas: 0, conversations: 0, bytes: 0 });
    await env.DB.prepare("DELETE FROM chat_messages WHERE conversation_id = ?").bind(chat.id).run();
    await env.DB.prepare("DELETE FROM personas WHERE user_id = 0").run();
    expect(await env.DB.prepare("SELECT count(*) AS n FROM user_room WHERE user_id = 0").first("n")).toBe(0);
    expect(await expectExact(chat.user)).toEqual({ personas: 0, conversations: 0, bytes: 0 });
  });
});

describe("what has no room", () => {
  const attempts = (n: number, make: () => Promise<Response>) =>
    Promise.all(Array.from({ length: n }, async () => (await make()).status));

  it("is refused: a persona too many, also where twenty are made at once", async () => {
    const user = await newUser();
    await bound(user, "max_personas", 7);
    const statuses = await attempts(20, () => newPersona(user));
    expect(statuses.filter((status) => status === 200)).toHaveLength(7);
    expect(await json(newPersona(user), 409)).toEqual({
      code: "too_many_personas",
      detail: "There are as many personas as your account can have (7). Please delete one first.",
      request_id: expect.any(String),
    });
    expect(await expectExact(user)).toMatchObject({ personas: 7 });
  });

  it("is refused: a conversation too many, until another one is deleted", async () => {
    const chat = await newConversation();
    const { token } = chat;
    await bound(chat.user, "max_conversations", 5);
    const body = { title: "One more", persona_id: chat.personaId };
    const make = () => api("/chat/conversations", { token, body });
    const statuses = await attempts(20, make);
    expect(statuses.filter((status) => status === 200)).toHaveLength(4);
    expect(await json(make(), 409)).toMatchObject({ code: "too_many_conversations" });
    await json(api(chat.path, { token, method: "DELETE" }));
    await json(make());
    expect(
      await json(api("/chat/conversations", { token, body: { ...body, persona_id: 999_999 } }), 404),
    ).toMatchObject({
      code: "not_found",
    });
  });

  it("is refused: bytes too many, for personas, also those that grow, and conversations as for messages, before the model is asked", async () => {
    const upstream = scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const { token, user } = chat;
    await json(chat.send("Hi"));
    await bound(user, "max_stored_bytes", 1_000_000);
    const other = await newConversation(user);
    const { stored_bytes: before } = await roomOf(user);
    await bound(user, "max_stored_bytes", before.used + 400);
    const full = { code: "storage_full" };
    expect(await json(other.send("Once more"), 409)).toMatchObject(full);
    expect(upstream.calls).toHaveLength(1);
    expect(await json(newPersona(user), 409)).toMatchObject(full);
    const body = { title: "One more", persona_id: chat.personaId };
    expect(await json(api("/chat/conversations", { token, body }), 409)).toMatchObject(full);
    const rewritten = (body: object) => api(`/personas/${chat.personaId}`, { token, method: "PUT", body });
    const long = "x".repeat(1000);
    expect(await json(rewritten({ description: long }), 409)).toMatchObject(full);
    expect(await json(rewritten({ name: "S", alternate_greetings: [long] }), 409)).toMatchObject(full);
    expect((await roomOf(user)).stored_bytes).toEqual({ limit: before.used + 400, used: before.used });
    await json(rewritten({ name: "S", description: "x".repeat(300) }));
    await bound(user, "max_stored_bytes", 1);
    await json(rewritten({ description: "Shorter than it was." }));
    await bound(user, "max_stored_bytes", 0);
    await json(chat.send("Once more"));
  });

  it("is no room for turns that run at once, either", async () => {
    const open = gate();
    const upstream = scriptUpstream({
      steps: [{ text: "Hey" }, { wait: open }, { chunk: chunk({}, "stop") }],
    });
    const user = await newUser();
    await bound(user, "max_stored_bytes", 1_000_000);
    const chats = await Promise.all(Array.from({ length: 6 }, () => newConversation(user)));
    const { stored_bytes } = await roomOf(user);
    // A turn may take the 4,000 bytes of the longest reply and 500 for each message.
    await bound(user, "max_stored_bytes", stored_bytes.used + 2 * 5002);
    const answers = chats.map((chat) => chat.send("Hi"));
    const ended: Response[] = [];
    for (const answer of answers) void answer.then((response) => ended.push(response));
    await expect.poll(() => ended.length).toBe(4);
    expect(ended.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
    expect(upstream.calls).toHaveLength(2);
    open.open = true;
    await Promise.all(answers);
    await expectExact(user);
  });
});
