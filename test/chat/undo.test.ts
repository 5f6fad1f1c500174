import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import { runDaily } from "../../src/jobs/retention";
import { api, json } from "../harness";
import { says, scriptUpstream } from "../upstream";
import { newConversation, type WireTurn } from "./harness";

afterEach(() => vi.useRealTimers());

async function talked() {
  scriptUpstream(says("One."), says("Two."));
  const chat = await newConversation();
  const { token, path } = chat;
  const first = await json<WireTurn>(chat.send("Hi"));
  const second = await json<WireTurn>(chat.send("Go on"));
  return {
    ...chat,
    first,
    second,
    remove: (id: number, subtree = false) =>
      json<{ undo_until: string }>(
        api(`/chat/messages/${id}?subtree=${subtree}`, { token, method: "DELETE" }),
      ),
    undo: () => api(`${path}/undo`, { token, method: "POST" }),
    texts: async () => (await chat.history()).map(({ content }) => content),
    aside: async () =>
      (await env.DB.prepare("SELECT id FROM deleted_messages WHERE conversation_id = ?").bind(chat.id).all())
        .results.length,
  };
}

const later = (ms: number) => vi.useFakeTimers({ now: Date.now() + ms, toFake: ["Date"] });
const MINUTE = 60_000;

describe("what was deleted last", () => {
  it("comes back as it was, where it was, and only once", async () => {
    const chat = await talked();
    const before = [await chat.history(), await json(api(chat.path, { token: chat.token }))] as const;
    await chat.remove(chat.first.assistant_message.id, true);
    expect(await chat.texts()).toEqual(["Hi"]);
    await json(chat.undo());
    expect(await chat.history()).toEqual(before[0]);
    expect(await json(api(chat.path, { token: chat.token }))).toMatchObject({
      head_message_id: before[1].head_message_id,
      message_count: 4,
    });
    expect(await json(chat.undo(), 409)).toMatchObject({ code: "nothing_to_undo" });
    expect(await chat.aside()).toBe(0);
  });

  it("is what can come back, not what was deleted before it", async () => {
    const chat = await talked();
    await chat.remove(chat.second.assistant_message.id);
    await chat.remove(chat.second.user_message!.id);
    await json(chat.undo());
    expect(await chat.texts()).toEqual(["Hi", "One.", "Go on"]);
    await json(chat.undo(), 409);
    expect(await chat.aside()).toBe(0);
  });

  it("can be read nowhere meanwhile", async () => {
    const chat = await talked();
    const { id } = chat.second.user_message!;
    await chat.remove(id, true);
    for (const path of [`/chat/messages/${id}`, `${chat.path}/messages/${id}/variants`])
      await json(api(path, { token: chat.token }), 404);
    expect(await (await api("/auth/me/export", { token: chat.token })).text()).not.toContain("Go on");
  });

  it("comes back for ten minutes", async () => {
    const chat = await talked();
    const { undo_until } = await chat.remove(chat.second.assistant_message.id);
    expect(Math.round((Date.parse(undo_until) - Date.now()) / MINUTE)).toBe(10);
    later(10 * MINUTE + 1000);
    expect(await json(chat.undo(), 409)).toMatchObject({ code: "nothing_to_undo" });
  });

  it("is forgotten for good then, by the alarm of its conversation", async () => {
    const chat = await talked();
    await chat.remove(chat.first.assistant_message.id, true);
    expect(await chat.aside()).toBe(3);
    const object = env.CONVERSATIONS.getByName(String(chat.id));
    const due = await runInDurableObject(object, (_, { storage }) => storage.getAlarm());
    expect(due).toBeLessThanOrEqual(Date.now() + 10 * MINUTE);
    await runDurableObjectAlarm(object);
    expect(await chat.aside()).toBe(3);
    later(10 * MINUTE + 1000);
    await runDurableObjectAlarm(object);
    expect(await chat.aside()).toBe(0);
    expect(await runInDurableObject(object, (_, { storage }) => storage.kv.get("aside"))).toBeUndefined();
  });

  it("is forgotten by the nightly work where that alarm was lost", async () => {
    const chat = await talked();
    await chat.remove(chat.first.assistant_message.id, true);
    await runDaily(env, Date.now() + 12 * 60 * MINUTE);
    expect(await chat.aside()).toBe(3);
    await runDaily(env, Date.now() + 25 * 60 * MINUTE);
    expect(await chat.aside()).toBe(0);
  });

  it("is lost to nobody when the database takes the deletion twice", async () => {
    const chat = await talked();
    const real = env.DB.batch.bind(env.DB);
    let failed = false;
    vi.spyOn(env.DB, "batch").mockImplementation(async (statements) => {
      const results = await real(statements);
      if (failed || statements.length !== 7) return results as never;
      failed = true;
      throw new Error("D1_ERROR: Network connection lost.");
    });
    await chat.remove(chat.first.assistant_message.id, true);
    expect(failed).toBe(true);
    vi.restoreAllMocks();
    expect(await chat.aside()).toBe(3);
    await json(chat.undo());
    expect(await chat.texts()).toEqual(["Hi", "One.", "Go on", "Two."]);
  });
});

describe("deleting with all that follows", () => {
  it("shows the newest variant that is left", async () => {
    const chat = await talked();
    const again = await json<WireTurn>(
      api(`${chat.path}/messages/${chat.first.user_message!.id}/regenerate`, { token: chat.token, body: {} }),
    );
    await chat.remove(again.assistant_message.id, true);
    expect(await chat.texts()).toEqual(["Hi", "One.", "Go on", "Two."]);
  });
});
