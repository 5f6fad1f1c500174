import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { windowCache } from "../../src/chat/window-cache";
import type { TurnStore } from "../../src/chat/turn-store";
import { api, json } from "../harness";
import { says, scriptUpstream } from "../upstream";
import { newConversation, readEvents, type Wire, type WireTurn } from "./harness";

/** Everything that the cache holds of a conversation, as bytes. */
async function cached(id: number): Promise<string[]> {
  const { keys } = await env.CONTEXT.list({ prefix: `context:${id}:` });
  const values = await Promise.all(keys.map(({ name }) => env.CONTEXT.get(name, "arrayBuffer")));
  return values.map((value) => new TextDecoder("latin1").decode(value!));
}

const windowKey = (id: number) =>
  runInDurableObject(env.CONVERSATIONS.getByName(String(id)), (_, { storage }) =>
    storage.kv.get<Uint8Array>("window-key"),
  );

describe("the context window in the cache", () => {
  it("is sealed, and nobody can read it any more once a message was deleted, however late it was put there", async () => {
    scriptUpstream(says("Sunny."));
    const chat = await newConversation();
    const put = env.CONTEXT.put.bind(env.CONTEXT);
    const late: (() => Promise<void>)[] = [];
    vi.spyOn(env.CONTEXT, "put").mockImplementation(async (...call: unknown[]) => {
      late.push(() => (put as (...call: unknown[]) => Promise<void>)(...call));
    });
    const turn = await json<WireTurn>(chat.send("My secret is vanilla"));
    await expect.poll(() => late.length).toBe(1);
    const before = await windowKey(chat.id);
    const { id } = turn.user_message;
    await json(api(`/chat/messages/${id}`, { token: chat.token, method: "DELETE" }));
    for (const arrive of late) await arrive();
    const left = await cached(chat.id);
    expect(left).toHaveLength(1);
    expect(left.join()).not.toMatch(/vanilla|Sunny/);
    expect(before).toBeInstanceOf(Uint8Array);
    expect(await windowKey(chat.id)).toBeUndefined();
  });

  it("is not found where it was sealed with another key", async () => {
    const store = { key: undefined as Uint8Array | undefined };
    const fake = {
      windowKey: () => store.key,
      saveWindowKey: (key: Uint8Array) => void (store.key = key),
      dropWindowKey: () => void (store.key = undefined),
    } as TurnStore;
    const window = { entries: [], before: 3, budget: 100 };
    const version = { id: 999_999, revision: 1 };
    const cache = windowCache(env.CONTEXT, fake);
    await cache.put(version, window);
    expect(await cache.get(version)).toEqual(window);
    cache.shred();
    expect(await cache.get(version)).toBeNull();
    await cache.put({ ...version, revision: 2 }, window);
    expect(await cache.get(version)).toBeNull();
    expect(await cache.get({ ...version, revision: 2 })).toEqual(window);
  });
});

describe("a conversation that got the id of another one, after a restore of the database", () => {
  it("shows nothing of it: no events, no window, no turn by its key", async () => {
    const upstream = scriptUpstream(says("For your eyes only."), says("Welcome."));
    const chat = await newConversation();
    const key = { "idempotency-key": crypto.randomUUID() };
    const events = await readEvents(await chat.stream("Our secret", key));
    const { turn_id } = events[0]!.data as { turn_id: string };
    await env.DB.batch([
      env.DB.prepare("DELETE FROM chat_messages WHERE conversation_id = ?").bind(chat.id),
      env.DB.prepare(
        "UPDATE conversations SET nonce = 'another', head_message_id = NULL, revision = 0, message_seq = 0, message_count = 0 WHERE id = ?",
      ).bind(chat.id),
    ]);
    const follow = await api(`${chat.path}/turns/${turn_id}/events`, { token: chat.token });
    expect(follow.status).toBe(404);
    const turn = await json<WireTurn>(chat.send("Hello?", key));
    expect(turn.assistant_message.content).toBe("Welcome.");
    expect(JSON.stringify(upstream.calls[1]!.body)).not.toContain("secret");
    expect((await chat.history()).map(({ content }) => content)).toEqual(["Hello?", "Welcome."]);
  });

  it("takes nothing of a turn that was running: only its bill is kept", async () => {
    const wait = { open: false };
    scriptUpstream({ steps: [{ text: "Secret" }, { wait }, ...says(" words.").steps!] });
    const chat = await newConversation();
    const stream = await chat.stream("Our secret");
    await env.DB.prepare(
      "UPDATE conversations SET nonce = 'another', head_message_id = NULL, message_seq = 0, message_count = 0 WHERE id = ?",
    )
      .bind(chat.id)
      .run();
    await env.DB.prepare("DELETE FROM chat_messages WHERE conversation_id = ?").bind(chat.id).run();
    wait.open = true;
    const last = (await readEvents(stream)).at(-1)!;
    expect(last).toMatchObject({ event: "turn.failed", data: { code: "conversation_deleted" } });
    expect(await chat.history()).toEqual([]);
    const usage = await json<Wire>(api(`${chat.path}/usage`, { token: chat.token }));
    expect(JSON.stringify(usage)).toContain('"calls":1');
  });
});
