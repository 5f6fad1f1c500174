import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";

import type { Allowances } from "../../src/db/allowances";
import { openDatabase } from "../../src/db/client";
import { configOf, type Env } from "../../src/env";
import { AppError } from "../../src/errors";
import { passReservationId, reserve } from "../../src/usage/allowances";
import { newConversation } from "../chat/harness";
import { watchDatabase } from "../database";
import { api, json, newUser, type TestUser } from "../harness";
import { gate, says, scriptUpstream } from "../upstream";

const db = openDatabase(env.DB);

const allowTurns = ({ id }: TestUser, turns: number) =>
  env.DB.prepare("UPDATE users SET max_running_turns = ? WHERE id = ?").bind(turns, id).run();
const reservedRows = async ({ id }: TestUser) =>
  (await env.DB.prepare("SELECT * FROM allowance_reservations WHERE user_id = ?").bind(id).all()).results;

async function callerOf({ id }: TestUser) {
  const sessions = env.DB.prepare("SELECT id FROM sessions WHERE user_id = ?").bind(id);
  return { userId: id, sessionId: (await sessions.first<string>("id"))! };
}

describe("what is bounded where nobody chose", () => {
  it("is a million tokens, a dollar and eight turns at once for a user, and twenty dollars a day for all", () => {
    expect(configOf({ SECRET_KEY: "x".repeat(32) } as Env)).toMatchObject({
      DAILY_TOKEN_ALLOWANCE: 1_000_000,
      DAILY_COST_ALLOWANCE_USD: 1,
      MAX_RUNNING_TURNS: 8,
      DAILY_COST_CEILING_USD: 20,
      MONTHLY_TOKEN_ALLOWANCE: 0,
      MONTHLY_COST_ALLOWANCE_USD: 0,
    });
  });
});

describe("turns of a user that run at once", () => {
  const held = () => {
    const open = gate();
    const steps = [{ text: "Hey" }, { wait: open }, ...(says("!").steps ?? [])];
    return { open, upstream: scriptUpstream({ steps }) };
  };

  it("are as many as they may be, not one more, and the model hears of no other", async () => {
    const { open, upstream } = held();
    const user = await newUser();
    await allowTurns(user, 3);
    const chats = await Promise.all(Array.from({ length: 12 }, () => newConversation(user)));
    const answers = chats.map((chat) => chat.send("Hi"));
    const ended: Response[] = [];
    for (const answer of answers) void answer.then((response) => ended.push(response));
    await expect.poll(() => ended.length).toBe(9);
    expect(upstream.calls).toHaveLength(3);
    expect(await json(ended[0]!.clone(), 429)).toMatchObject({
      code: "too_many_turns",
      detail: "3 of your replies are being written already, which is as many as may be at once.",
    });
    expect(Number(ended[0]!.headers.get("retry-after"))).toBeGreaterThan(0);
    const allowance = await json(api("/auth/me/allowance", { token: user.token }));
    expect(allowance.running_turns).toEqual({ limit: 3, used: 3 });
    open.open = true;
    await Promise.all(answers);
    expect(await reservedRows(user)).toEqual([]);
    await json(chats[11]!.send("And now?"));
  });

  it("go ahead of the database where there is room for many, and wait for it where there is not", async () => {
    const upstream = scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const callsBeforeTheDatabase = async (turns: number) => {
      await allowTurns(chat.user, turns);
      // The first finds that its bound was changed, the second how much is left.
      for (let n = 0; n < 2; n++) await json(chat.send("Hi"));
      const before = upstream.calls.length;
      const door = gate();
      const real = env.DB.batch.bind(env.DB);
      const batch = vi.spyOn(env.DB, "batch").mockImplementation(async (statements) => {
        while (!door.open) await scheduler.wait(2);
        return real(statements);
      });
      const answer = chat.send("And now?");
      await expect.poll(() => batch.mock.calls.length).toBeGreaterThan(0);
      await scheduler.wait(100);
      const calls = upstream.calls.length - before;
      door.open = true;
      await json(answer);
      batch.mockRestore();
      return calls;
    };
    expect(await callsBeforeTheDatabase(8)).toBe(1);
    expect(await callsBeforeTheDatabase(1)).toBe(0);
    expect(await reservedRows(chat.user)).toEqual([]);
  });

  it("give back their place when a crash has cut one off", async () => {
    held();
    const chat = await newConversation();
    await allowTurns(chat.user, 1);
    const answer = await chat.stream("Hi");
    const other = await newConversation(chat.user);
    expect(await json(other.send("Hi"), 429)).toMatchObject({ code: "too_many_turns" });
    const object = env.CONVERSATIONS.getByName(String(chat.id));
    await runInDurableObject(object, (_, state) => state.abort("a crash")).catch(() => {});
    await answer.body?.cancel().catch(() => {});
    await runDurableObjectAlarm(env.CONVERSATIONS.getByName(String(chat.id)));
    scriptUpstream(says("Hey."));
    await json(other.send("Hi"));
  });

  it("give back what was set aside for a message that came to nothing", async () => {
    const { open } = held();
    const chat = await newConversation();
    await allowTurns(chat.user, 1);
    const answer = chat.stream("Hi");
    await expect.poll(async () => (await reservedRows(chat.user)).length).toBe(1);
    open.open = true;
    await (await answer).text();
    await env.DB.prepare("UPDATE personas SET description = 'Loves the hills.' WHERE id = ?")
      .bind(chat.personaId)
      .run();
    await json(chat.send("Changed?"));
    await json(api(`/auth/logout`, { token: chat.token, method: "POST" }));
    expect((await chat.send("Still there?")).status).toBe(401);
    await expect.poll(() => reservedRows(chat.user)).toEqual([]);
  });

  it("are shown with the refusal that a message would meet", async () => {
    held();
    const chat = await newConversation();
    await allowTurns(chat.user, 1);
    await chat.stream("Hi");
    const other = await newConversation(chat.user);
    const preview = api(`${other.path}/preview`, { token: chat.token, body: { content: "Hi" } });
    expect((await json(preview)).refusal).toMatchObject({ code: "too_many_turns" });
  });
});

describe("what all users may spend in a day", () => {
  const NONE: Allowances = {
    dailyTokens: 0,
    monthlyTokens: 0,
    dailyMicros: 0,
    monthlyMicros: 0,
    runningTurns: 0,
    ceilingMicros: 0,
    storedBytes: 0,
  };
  const config = { ...configOf(env), MODEL_PRICES: { dear: { input: 1000, output: 1000 } } };
  /** A millionth of a token's price: a call of so many tokens costs a thousandth of a dollar each. */
  const call = (replyId: number, promptTokens: number) => ({
    replyId,
    provider: "openai",
    model: "dear",
    promptTokens,
    completionTokens: 0,
  });
  const spend = (user: TestUser, micros: number, at: Date) =>
    env.DB.prepare(
      `INSERT INTO usage_events VALUES (?, ?, 1, 1, 1, 'reply', 'openai', 'dear', 'dear', 1, 0, 0, 1, 0, ?, 'v', 0, 1, 1, 'complete', NULL, ?)`,
    )
      .bind(crypto.randomUUID(), user.id, micros, at.getTime())
      .run();

  it("is never exceeded by what different users reserve at the same time", async () => {
    const now = new Date(Date.UTC(2031, 4, 5, 12));
    const users = await Promise.all(Array.from({ length: 12 }, () => newUser()));
    await spend(users[0]!, 400_000, now);
    const limits = { ...NONE, ceilingMicros: 1_000_000 };
    const tried = users.map(async (user, i) =>
      reserve(db, await callerOf(user), limits, call(9_000_000 + i, 100), config, now),
    );
    const answers = await Promise.allSettled(tried);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
    const refusal = (answers.find(({ status }) => status === "rejected") as PromiseRejectedResult)
      .reason as AppError;
    expect(refusal).toMatchObject({
      code: "daily_ceiling_reached",
      status: 429,
      message: "This server may spend no more on replies today. It may again at 2031-05-06T00:00:00.000Z.",
      headers: { "Retry-After": String(12 * 60 * 60) },
    });
    const sum = env.DB.prepare(
      "SELECT sum(cost_micros) AS n FROM allowance_reservations WHERE reply_id BETWEEN 9000000 AND 9000011",
    );
    expect(await sum.first("n")).toBe(600_000);
  });

  it("begins anew with the day, and counts what is deleted meanwhile", async () => {
    const noon = new Date(Date.UTC(2032, 4, 5, 12));
    const user = await newUser();
    const leaver = await newUser();
    await spend(leaver, 900_000, noon);
    await spend(leaver, 50_000, noon);
    await env.DB.prepare("DELETE FROM users WHERE id = ?").bind(leaver.id).run();
    const limits = { ...NONE, ceilingMicros: 1_000_000 };
    const caller = await callerOf(user);
    const ask = (tokens: number, at: Date) =>
      reserve(db, caller, limits, call(passReservationId(), tokens), config, at).then(
        () => "reserved",
        (error: AppError) => error.code,
      );
    expect(await ask(51, noon)).toBe("daily_ceiling_reached");
    expect(await ask(50, noon)).toBe("reserved");
    expect(await ask(1000, new Date(Date.UTC(2032, 4, 6, 12)))).toBe("reserved");
  });

  it("costs nothing to keep where nothing is bounded: no row is written before a turn has ended", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const database = watchDatabase();
    await json(chat.send("And now?"));
    database.restore();
    const writes = database.asked.filter((sql) => !/^\s*select/i.test(sql));
    expect(writes.map((sql) => /^\s*(\w+ (?:into )?"\w+")/i.exec(sql)?.[1])).toEqual([
      'update "conversations"',
      'insert into "chat_messages"',
      'insert into "usage_events"',
    ]);
  });
});

describe("the name of a reservation without a conversation", () => {
  it("is never that of a reply", () => {
    for (let n = 0; n < 1000; n++) {
      const id = passReservationId();
      expect(Number.isSafeInteger(id)).toBe(true);
      expect(id).toBeLessThan(0);
    }
  });
});
