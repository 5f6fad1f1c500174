import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { api, json, newUser, ownDatabase } from "../harness";
import { insertMessage } from "../factories";
import { says, scriptUpstream } from "../upstream";
import { newConversation, type Wire, type WireMessage, type WireTurn } from "./harness";

const fork = (chat: { path: string; token: string }, body: object = {}) =>
  api(`${chat.path}/fork`, { token: chat.token, body });
const conversationsOf = (token: string) => json<Wire[]>(api("/chat/conversations", { token }));

describe("a fork", () => {
  it("holds the branch up to its message with ids of its own, and goes its own way", async () => {
    scriptUpstream(says("One."), says("Two."), says("Three."));
    const chat = await newConversation();
    const first = await json<WireTurn>(chat.send("Hi"));
    await json(chat.send("Go on"));
    const made = await json<Wire>(fork(chat, { message_id: first.assistant_message.id, title: "What if" }));
    expect(made).toMatchObject({
      title: "What if",
      persona_id: chat.personaId,
      message_count: 2,
      revision: 1,
    });
    const path = `/chat/conversations/${made.id}`;
    const turn = await json<WireTurn>(
      api(`${path}/send`, { token: chat.token, body: { content: "Instead" } }),
    );
    const history = await json<WireMessage[]>(api(`${path}/messages`, { token: chat.token }));
    expect(history.map(({ content }) => content)).toEqual(["Hi", "One.", "Instead", "Three."]);
    for (const { id } of history) expect(Math.floor(id / 2 ** 20)).toBe(made.id);
    expect(turn.user_message.parent_id).toBe(history[1]!.id);
    expect((await chat.history()).map(({ content }) => content)).toEqual(["Hi", "One.", "Go on", "Two."]);
    const before = await json(api(`/chat/messages/${first.assistant_message.id}`, { token: chat.token }));
    const { id, conversation_id, parent_id, turn_id, ...same } = history[1]!;
    expect(before).toMatchObject(same);
    expect([conversation_id, parent_id, turn_id]).toEqual([made.id, history[0]!.id, `turn_${id}`]);
  });

  it("says of its replies what was in their prompts, by its own ids", async () => {
    scriptUpstream(says("One."), says("Two."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const second = await json<WireTurn>(chat.send("Go on"));
    const made = await json<Wire>(fork(chat));
    const contextOf = (id: number) =>
      json<{ message_ids: number[] }>(api(`/chat/messages/${id}/context`, { token: chat.token }));
    const shift = (made.id - chat.id) * 2 ** 20;
    const [theirs, own] = [
      await contextOf(second.assistant_message.id),
      await contextOf(second.assistant_message.id + shift),
    ];
    expect(theirs.message_ids).toHaveLength(2);
    expect(own.message_ids).toEqual(theirs.message_ids.map((id) => id + shift));
  });

  it("of a conversation of thousands has every message of it", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const db = ownDatabase();
    for (let n = 1; n <= 40; n++) await insertMessage(db, chat.id, n, `Message ${n}`);
    const base = chat.id * 2 ** 20;
    await env.DB.prepare(
      `WITH RECURSIVE n(n) AS (SELECT 41 UNION ALL SELECT n + 1 FROM n WHERE n < 6000)
       INSERT INTO chat_messages (id, conversation_id, parent_id, depth, role, content, status, created_at)
       SELECT ? + n, ?, ? + n - 1, n - 1, iif(n % 2, 'user', 'assistant'), 'Message ' || n, 'complete', n FROM n`,
    )
      .bind(base, chat.id, base)
      .run();
    await env.DB.prepare(
      "UPDATE conversations SET head_message_id = ?, message_seq = 6000, message_count = 6000, revision = 1 WHERE id = ?",
    )
      .bind(base + 6000, chat.id)
      .run();
    for (const branches of ["path", "all"]) {
      const made = await json<Wire>(fork(chat, { branches }));
      expect(made.message_count).toBe(6000);
      const { results } = await env.DB.prepare(
        "SELECT count(*) AS n, min(id) AS first, max(parent_id) AS last FROM chat_messages WHERE conversation_id = ?",
      )
        .bind(made.id)
        .all();
      const own = made.id * 2 ** 20;
      expect(results).toEqual([{ n: 6000, first: own + 1, last: own + 5999 }]);
    }
  });

  it("of an empty conversation is an empty one", async () => {
    const chat = await newConversation();
    expect(await json(fork(chat))).toMatchObject({ message_count: 0, head_message_id: null });
  });

  it("that fails leaves nothing behind", async () => {
    scriptUpstream(says("One."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const real = env.DB.prepare.bind(env.DB);
    const away = vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
      if (/^insert into "chat_messages"/i.test(sql)) throw new Error("D1_ERROR: D1 DB is overloaded.");
      return real(sql);
    });
    expect((await fork(chat)).status).toBe(503);
    away.mockRestore();
    expect(await conversationsOf(chat.token)).toHaveLength(1);
  });

  it("that a crash cuts off is gone after the alarm of the conversation it comes from", async () => {
    scriptUpstream(says("One."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const half = await newConversation(chat.user);
    const object = env.CONVERSATIONS.getByName(String(chat.id));
    await runInDurableObject(object, (_, { storage: { kv } }) => {
      kv.put(`fork:${half.id}`, { id: half.id, userId: chat.user.id });
    });
    await runDurableObjectAlarm(object);
    expect((await conversationsOf(chat.token)).map(({ id }) => id)).toEqual([chat.id]);
  });

  it("is of one's own conversation, and of a message that is in it", async () => {
    scriptUpstream(says("One."));
    const chat = await newConversation();
    const other = await newConversation(chat.user);
    const turn = await json<WireTurn>(other.send("Hi"));
    await json(fork(chat, { message_id: turn.user_message!.id }), 404);
    const { token } = await newUser();
    await json(fork({ path: chat.path, token }), 403);
  });
});
