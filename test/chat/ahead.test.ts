import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

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
function holdDatabase(door: Gate) {
  const real = env.DB.prepare.bind(env.DB);
  vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    const statement = real(sql);
    const bind = statement.bind.bind(statement);
    statement.bind = (...values) => {
      const bound = bind(...values);
      const raw = bound.raw.bind(bound) as () => Promise<unknown[]>;
      bound.raw = (async () => {
        while (!door.open) await scheduler.wait(2);
        return raw();
      }) as typeof bound.raw;
      return bound;
    };
    return statement;
  });
}

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

  it("asks the database first where an allowance has to cover the call", async () => {
    const upstream = scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const allow = (tokens: number) =>
      env.DB.prepare("UPDATE users SET daily_token_allowance = ? WHERE id = ?")
        .bind(tokens, chat.user.id)
        .run();
    await allow(1_000_000);
    await json(chat.send("Hi"));
    await allow(1);
    expect((await chat.send("And now?")).status).toBe(429);
    expect(upstream.calls).toHaveLength(1);
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

describe("a call that a busy database held up", () => {
  /** A conversation in use in which a message was refused while the database was busy, with the call it had made. */
  async function heldUp(...next: Parameters<typeof scriptUpstream>) {
    const chat = await inUse(...next);
    const prepare = makeDatabaseBusy();
    expect((await chat.send("How are you?")).status).toBe(503);
    prepare.mockRestore();
    expect(chat.upstream.calls).toHaveLength(2);
    return chat;
  }

  it("answers the message when it is sent again, whoever else tried meanwhile", async () => {
    const chat = await heldUp(says("Worth the wait."));
    const stranger = await newUser();
    const body = { content: "How are you?" };
    expect((await api(`${chat.path}/send`, { token: stranger.token, body })).status).toBe(403);
    const turn = await json<WireTurn>(chat.send("How are you?"));
    expect(turn.assistant_message.content).toBe("Worth the wait.");
    expect(chat.upstream.calls).toHaveLength(2);
    expect(await ledger(chat.id)).toHaveLength(2);
  });

  it("does not become a second turn beside one that was begun elsewhere meanwhile", async () => {
    const door = gate();
    const other = {
      steps: [{ text: "One" }, { wait: door }, { text: " by one." }, { chunk: chunk({}, "stop") }],
    };
    const chat = await heldUp(endless(), other);
    const { email, password } = chat.user;
    const session = await json<{ access_token: string }>(api("/auth/login", { body: { email, password } }));
    // The database has not heard of the other turn yet.
    const batch = vi.spyOn(env.DB, "batch").mockRejectedValue(new Error("D1_ERROR: D1 DB is overloaded."));
    const body = { content: "Me first", stream: true };
    const running = await api(`${chat.path}/send`, { token: session.access_token, body });
    expect((await chat.send("How are you?")).status).toBe(409);
    batch.mockRestore();
    door.open = true;
    expect(textOf(await readEvents(running))).toBe("One by one.");
    expect((await chat.history()).map(({ content }) => content)).toEqual([
      "Hi",
      "Hello.",
      "Me first",
      "One by one.",
    ]);
    await expect.poll(() => ledger(chat.id)).toHaveLength(3);
  });

  it("is dropped when something else is said", async () => {
    const chat = await heldUp(endless(), says("Of course."));
    const turn = await json<WireTurn>(chat.send("Are you there?"));
    expect(turn.assistant_message.content).toBe("Of course.");
    expect(chat.upstream.calls[1]!.aborted).toBe(true);
    await expect.poll(() => ledger(chat.id)).toHaveLength(3);
  });

  it("is made again when it has failed meanwhile", async () => {
    const failing = { status: 400, body: "{}", type: "application/json" };
    const chat = await heldUp(failing, says("Better."));
    const turn = await json<WireTurn>(chat.send("How are you?"));
    expect(turn.assistant_message.content).toBe("Better.");
  });

  it("is dropped and accounted for when the conversation is deleted", async () => {
    const chat = await heldUp(endless());
    await json(api(chat.path, { token: chat.token, method: "DELETE" }));
    expect(chat.upstream.calls[1]!.aborted).toBe(true);
    await expect.poll(() => ledger(chat.id)).toHaveLength(2);
  });

  it("is accounted for by the alarm when the database is still busy as it is dropped", async () => {
    const chat = await heldUp(endless(), endless());
    const prepare = makeDatabaseBusy();
    expect((await chat.send("Something else")).status).toBe(503);
    const object = env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(String(chat.id)));
    const owed = () =>
      runInDurableObject(object, (_, { storage }) => [...storage.kv.list({ prefix: "owed:" })].length);
    await expect.poll(owed).toBe(1);
    prepare.mockRestore();
    expect(await ledger(chat.id)).toHaveLength(1);
    await runDurableObjectAlarm(object);
    expect(await ledger(chat.id)).toHaveLength(2);
    expect(await owed()).toBe(0);
  });
});
