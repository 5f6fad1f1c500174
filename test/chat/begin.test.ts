import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import type { UsageEvent } from "../../src/db/schema";
import { watchDatabase } from "../database";
import { api, json, newUser } from "../harness";
import { chunk, gate, says, scriptUpstream, type Gate } from "../upstream";
import { newConversation, readEvents, textOf, type WireTurn } from "./harness";

const endless = () => ({ steps: [{ text: "Too much" }, { wait: gate() }, { chunk: chunk({}, "stop") }] });

/** A conversation whose first turn is over: the next one can go ahead. */
async function inUse(...next: Parameters<typeof scriptUpstream>) {
  const upstream = scriptUpstream(says("Hello."), ...next);
  const chat = await newConversation();
  await json(chat.send("Hi"));
  return { ...chat, upstream };
}

/** Lets the database answer only when the door is open. */
const holdDatabase = (door: Gate) => watchDatabase(/./, door);

const makeDatabaseBusy = () =>
  vi.spyOn(env.DB, "prepare").mockImplementation(() => {
    throw new Error("D1_ERROR: D1 DB is overloaded. Requests queued for too long.");
  });

const ledger = async (conversation: number) =>
  (
    await env.DB.prepare(
      "SELECT outcome, estimated, prompt_tokens FROM usage_events WHERE conversation_id = ? ORDER BY created_at, id",
    )
      .bind(conversation)
      .all<{ outcome: string; estimated: number; prompt_tokens: number }>()
  ).results;

const systemPrompt = ({ body }: { body: { messages: { content: string }[] } }) => body.messages[0]!.content;

describe("a turn in a conversation in use", () => {
  it("has the model begin while the database is asked, and tells nothing before it has agreed", async () => {
    const chat = await inUse(says("All", " well."));
    const door = gate();
    holdDatabase(door);
    let answered = false;
    const answer = chat.stream("How are you?").then((response) => ((answered = true), response));
    await expect.poll(() => chat.upstream.calls.length).toBe(2);
    await scheduler.wait(200);
    expect(answered).toBe(false);
    door.open = true;
    const events = await readEvents(await answer);
    expect(textOf(events)).toBe("All well.");
    expect(events.map(({ id }) => id)).toEqual(events.map((_, i) => String(i + 1)));
    expect(await ledger(chat.id)).toHaveLength(2);
  });

  it("is refused to a session that has ended: the call is dropped, accounted for, and not made again", async () => {
    const chat = await inUse(endless(), says("Back again."));
    const { email, password } = chat.user;
    const other = await json<{ access_token: string }>(api("/auth/login", { body: { email, password } }));
    await json(api("/auth/logout", { token: chat.token, method: "POST" }));
    const refused = await chat.send("Still there?");
    expect(refused.status).toBe(401);
    expect((await chat.send("Still there?")).status).toBe(401);
    await expect.poll(() => chat.upstream.calls[1]?.aborted).toBe(true);
    expect(chat.upstream.calls).toHaveLength(2);
    const history = await json<unknown[]>(api(`${chat.path}/messages`, { token: other.access_token }));
    expect(history).toHaveLength(2);
    await expect
      .poll(() => ledger(chat.id))
      .toEqual([
        { outcome: "complete", estimated: 0, prompt_tokens: 100 },
        { outcome: "stopped", estimated: 1, prompt_tokens: expect.any(Number) },
      ]);
    const body = { content: "I am back" };
    const turn = await json<WireTurn>(api(`${chat.path}/send`, { token: other.access_token, body }));
    expect(turn.assistant_message.content).toBe("Back again.");
    expect(await ledger(chat.id)).toHaveLength(3);
  });

  it("speaks as the persona now is, without a call too many when it was changed here", async () => {
    const chat = await inUse(says("Snow!"));
    const body = { description: "Loves the mountains." };
    await json(api(`/personas/${chat.personaId}`, { token: chat.token, method: "PUT", body }));
    const turn = await json<WireTurn>(chat.send("What do you love?"));
    expect(turn.assistant_message.content).toBe("Snow!");
    expect(chat.upstream.calls).toHaveLength(2);
    expect(systemPrompt(chat.upstream.calls[1]!)).toContain("Loves the mountains.");
  });

  it("speaks as another persona as soon as it was given one, without a call too many", async () => {
    const chat = await inUse(says("Ahoy!"));
    const { token } = chat;
    const sam = { name: "Sam", description: "A sailor.", relation_type: "friend" };
    const other = await json<{ id: number }>(api("/personas", { token, body: sam }));
    await json(api(chat.path, { token, method: "PUT", body: { persona_id: other.id } }));
    await json(chat.send("Who are you?"));
    expect(chat.upstream.calls).toHaveLength(2);
    expect(systemPrompt(chat.upstream.calls[1]!)).toContain("A sailor.");
  });

  it("begins again where the database knows better, and keeps only what was said then", async () => {
    const chat = await inUse(endless(), says("Snow!"));
    await env.DB.prepare("UPDATE personas SET description = 'Loves the mountains.' WHERE id = ?")
      .bind(chat.personaId)
      .run();
    const turn = await json<WireTurn>(chat.send("What do you love?"));
    expect(turn.assistant_message.content).toBe("Snow!");
    expect(systemPrompt(chat.upstream.calls[2]!)).toContain("Loves the mountains.");
    expect(chat.upstream.calls[1]!.aborted).toBe(true);
    expect((await chat.history()).map(({ content }) => content)).not.toContain("Too much");
    await expect
      .poll(async () => (await ledger(chat.id)).map(({ outcome }) => outcome).toSorted())
      .toEqual(["complete", "complete", "stopped"]);
  });

  it("asks the database first where little is left of an allowance", async () => {
    const upstream = scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const allow = (tokens: number) =>
      env.DB.prepare("UPDATE users SET daily_token_allowance = ? WHERE id = ?")
        .bind(tokens, chat.user.id)
        .run();
    await allow(5000);
    await json(chat.send("Hi"));
    await allow(1);
    expect((await chat.send("And now?")).status).toBe(429);
    expect(upstream.calls).toHaveLength(1);
  });

  it("goes ahead where an allowance covers it many times over, and drops the call where it no longer does", async () => {
    const chat = await inUse(says("Well."), says("Well."), endless());
    const allow = (tokens: number) =>
      env.DB.prepare("UPDATE users SET daily_token_allowance = ? WHERE id = ?")
        .bind(tokens, chat.user.id)
        .run();
    await allow(1_000_000);
    // Finds that something is bounded now, and how much is left: its first call is dropped.
    await json(chat.send("How are you?"));
    const calls = chat.upstream.calls.length;
    await allow(1);
    expect((await chat.send("And now?")).status).toBe(429);
    await expect.poll(() => chat.upstream.calls.at(-1)?.aborted).toBe(true);
    expect(chat.upstream.calls.length).toBe(calls + 1);
    expect((await chat.send("And now?")).status).toBe(429);
    expect(chat.upstream.calls.length).toBe(calls + 1);
    const held = env.DB.prepare("SELECT count(*) AS n FROM allowance_reservations WHERE user_id = ?");
    await expect.poll(() => held.bind(chat.user.id).first("n")).toBe(0);
  });

  it("does not begin for anybody but the one it was in use by", async () => {
    const chat = await inUse();
    const stranger = await newUser();
    const body = { content: "Let me in" };
    const answer = await api(`${chat.path}/send`, { token: stranger.token, body });
    expect(answer.status).toBe(403);
    expect(chat.upstream.calls).toHaveLength(1);
  });
});

describe("a call that a busy database could not agree to", () => {
  /** A conversation in use in which a message was refused while the database was busy, after its call had been made. */
  async function refused(...next: Parameters<typeof scriptUpstream>) {
    const chat = await inUse(...next);
    const prepare = makeDatabaseBusy();
    expect((await chat.send("How are you?")).status).toBe(503);
    expect(chat.upstream.calls).toHaveLength(2);
    return { ...chat, prepare, object: env.CONVERSATIONS.getByName(String(chat.id)) };
  }
  const owed = (object: DurableObjectStub) =>
    runInDurableObject(object, (_, { storage }) =>
      Array.from(storage.kv.list<UsageEvent>({ prefix: "owed:" }), ([, call]) => [
        call.messageId,
        call.outcome,
      ]),
    );

  it("is dropped and accounted for; the message sent again is a turn of its own", async () => {
    const chat = await refused(endless(), says("Here I am."));
    chat.prepare.mockRestore();
    const turn = await json<WireTurn>(chat.send("How are you?"));
    expect(turn.assistant_message.content).toBe("Here I am.");
    expect(chat.upstream.calls[1]!.aborted).toBe(true);
    expect(chat.upstream.calls).toHaveLength(3);
    expect((await chat.history()).map(({ content }) => content)).toEqual([
      "Hi",
      "Hello.",
      "How are you?",
      "Here I am.",
    ]);
    await expect.poll(() => ledger(chat.id)).toHaveLength(3);
  });

  it("is kept by the object until the alarm has brought its bill to the database, and named like no other", async () => {
    const chat = await refused(endless(), says("Here I am."));
    await expect.poll(() => owed(chat.object)).toEqual([[expect.any(Number), "stopped"]]);
    const [[dropped]] = (await owed(chat.object)) as [[number]];
    chat.prepare.mockRestore();
    const turn = await json<WireTurn>(chat.send("How are you?"));
    expect(turn.assistant_message.id).not.toBe(dropped);
    expect(turn.conversation.message_count).toBe(4);
    await runDurableObjectAlarm(chat.object);
    expect(await owed(chat.object)).toEqual([]);
    expect((await ledger(chat.id)).map(({ outcome }) => outcome).toSorted()).toEqual([
      "complete",
      "complete",
      "stopped",
    ]);
  });

  it("is accounted for by the next life of the object, too", async () => {
    const chat = await refused(endless());
    await expect.poll(() => owed(chat.object)).toHaveLength(1);
    chat.prepare.mockRestore();
    await evictDurableObject(chat.object);
    await runDurableObjectAlarm(chat.object);
    expect(await owed(chat.object)).toEqual([]);
    expect(await ledger(chat.id)).toHaveLength(2);
  });

  it("is accounted for even when the conversation is deleted meanwhile", async () => {
    const chat = await refused(endless());
    await expect.poll(() => owed(chat.object)).toHaveLength(1);
    chat.prepare.mockRestore();
    await json(api(chat.path, { token: chat.token, method: "DELETE" }));
    await runDurableObjectAlarm(chat.object);
    expect(await ledger(chat.id)).toHaveLength(2);
  });

  it("has a line of its own in the log", async () => {
    const lines = vi.spyOn(console, "log");
    const chat = await refused(endless());
    chat.prepare.mockRestore();
    await runDurableObjectAlarm(chat.object);
    const turns = () =>
      lines.mock.calls.map(([line]) => String(line)).filter((line) => line.includes('"event":"turn"'));
    await expect.poll(() => turns().some((line) => line.includes('"status":"refused"'))).toBe(true);
  });
});

describe("what the last turn began with", () => {
  it("is not trusted where it was changed while the database was being asked", async () => {
    const chat = await inUse(says("All well."), says("Snow!"));
    const door = gate();
    const database = holdDatabase(door);
    const answer = chat.send("How are you?");
    await expect.poll(() => chat.upstream.calls.length).toBe(2);
    const object = env.CONVERSATIONS.getByName(String(chat.id));
    await object.invalidate();
    door.open = true;
    await json(answer);
    database.restore();
    await env.DB.prepare("UPDATE personas SET description = 'Loves the mountains.' WHERE id = ?")
      .bind(chat.personaId)
      .run();
    await json(chat.send("What do you love?"));
    // One call, with what is true now: none went ahead with what was true then.
    expect(chat.upstream.calls).toHaveLength(3);
    expect(systemPrompt(chat.upstream.calls[2]!)).toContain("Loves the mountains.");
  });
});
