import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { balanceOf, releaseAllowance } from "../../src/db/allowances";
import { openDatabase } from "../../src/db/client";
import { recordUsage } from "../../src/db/usage";
import type { NewUsageEvent } from "../../src/db/schema";
import { configOf } from "../../src/env";
import { AppError } from "../../src/errors";
import { reserve } from "../../src/usage/allowances";
import { newConversation, type WireTurn } from "../chat/harness";
import { api, json, newUser, type TestUser } from "../harness";
import { chunk, gate, says, scriptUpstream } from "../upstream";

const db = openDatabase(env.DB);

type Amounts = {
  limit: number | null;
  used: number;
  reserved: number;
  remaining: number | null;
  resets_at: string;
};
type Allowance = Record<"daily_tokens" | "monthly_tokens" | "daily_cost_usd" | "monthly_cost_usd", Amounts>;

const allowance = ({ token }: TestUser) => json<Allowance>(api("/auth/me/allowance", { token }));

/** Switches an allowance on for this user alone. Costs are in millionths of a US dollar. */
const allow = (
  { id }: TestUser,
  column: `${"daily" | "monthly"}_${"token_allowance" | "cost_allowance_micros"}`,
  limit: number | null,
) => env.DB.prepare(`UPDATE users SET ${column} = ? WHERE id = ?`).bind(limit, id).run();

const reservedRows = async ({ id }: TestUser) =>
  (await env.DB.prepare("SELECT * FROM allowance_reservations WHERE user_id = ?").bind(id).all()).results;

/** Tokens a first "Hi" reserves with the persona of the harness, found by letting one run. */
async function costOfHi(): Promise<number> {
  const open = gate();
  scriptUpstream({ steps: [{ text: "Hey" }, { wait: open }, { chunk: chunk({}, "stop") }] });
  const chat = await newConversation();
  await allow(chat.user, "daily_token_allowance", 1_000_000);
  const answer = chat.send("Hi");
  await expect.poll(async () => (await reservedRows(chat.user)).length).toBe(1);
  const { reserved } = (await allowance(chat.user)).daily_tokens;
  open.open = true;
  await json(answer);
  return reserved;
}

const startOfTomorrow = () => new Date(new Date().setUTCHours(24, 0, 0, 0)).toISOString();

describe("an allowance", () => {
  it("is none unless somebody sets one, and costs no row then", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const { daily_tokens, monthly_tokens } = await allowance(chat.user);
    expect(daily_tokens).toMatchObject({ limit: null, used: 110, reserved: 0, remaining: null });
    expect(monthly_tokens).toMatchObject({ limit: null, used: 110 });
  });

  it("shows what is used, reserved and left, and when it begins anew", async () => {
    const open = gate();
    scriptUpstream(says("Hey."), { steps: [{ text: "Hey" }, { wait: open }, { chunk: chunk({}, "stop") }] });
    const chat = await newConversation();
    await allow(chat.user, "daily_token_allowance", 50_000);
    await allow(chat.user, "monthly_cost_allowance_micros", 2_000_000);
    await json(chat.send("Hi"));
    const running = chat.send("And now?");
    await expect.poll(async () => (await allowance(chat.user)).daily_tokens.reserved).toBeGreaterThan(1000);
    const { daily_tokens: tokens, monthly_cost_usd: cost } = await allowance(chat.user);
    expect(tokens).toMatchObject({ limit: 50_000, used: 110, resets_at: startOfTomorrow() });
    expect(tokens.remaining).toBe(50_000 - 110 - tokens.reserved);
    expect(cost.limit).toBe(2);
    expect(cost.used).toBeGreaterThan(0);
    expect(cost.resets_at).toMatch(/-01T00:00:00\.000Z$/);
    open.open = true;
    await json(running);
    expect((await allowance(chat.user)).daily_tokens.reserved).toBe(0);
  });

  it("refuses a message it does not cover, in a sentence, and writes nothing", async () => {
    const upstream = scriptUpstream(says("Hey."));
    const chat = await newConversation();
    await allow(chat.user, "daily_token_allowance", 500);
    const answer = await chat.send("Hi");
    const body = await json<Record<string, string>>(answer.clone(), 429);
    expect(body).toMatchObject({
      code: "allowance_exceeded",
      allowance: "daily_tokens",
      resets_at: startOfTomorrow(),
    });
    expect(body.detail).toContain("daily allowance of 500 tokens");
    const seconds = (new Date(startOfTomorrow()).getTime() - Date.now()) / 1000;
    expect(Math.abs(Number(answer.headers.get("retry-after")) - seconds)).toBeLessThan(60);
    expect(upstream.calls).toHaveLength(0);
    expect(await chat.history()).toEqual([]);
    expect(await reservedRows(chat.user)).toEqual([]);
  });

  it("names the monthly one where both stand in the way", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    await allow(chat.user, "daily_token_allowance", 500);
    await allow(chat.user, "monthly_token_allowance", 600);
    const body = await json(chat.send("Hi"), 429);
    expect(body).toMatchObject({ allowance: "monthly_tokens" });
    expect(body.resets_at).toMatch(/-01T00:00:00\.000Z$/);
  });

  it("holds for money as for tokens", async () => {
    const upstream = scriptUpstream(says("Hey."));
    const chat = await newConversation();
    await allow(chat.user, "daily_cost_allowance_micros", 1000);
    expect(await json(chat.send("Hi"), 429)).toMatchObject({ allowance: "daily_cost" });
    await allow(chat.user, "daily_cost_allowance_micros", 10_000);
    await json(chat.send("Hi"));
    expect(upstream.calls).toHaveLength(1);
    expect(await reservedRows(chat.user)).toEqual([]);
  });

  it("holds for answering again as for sending", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const { assistant_message: reply } = await json<WireTurn>(chat.send("Hi"));
    await allow(chat.user, "daily_token_allowance", 500);
    const again = `${chat.path}/messages/${reply.id}/regenerate`;
    const answer = api(again, { token: chat.token, body: {} });
    expect(await json(answer, 429)).toMatchObject({ code: "allowance_exceeded" });
    expect(await chat.history()).toHaveLength(2);
  });

  it("replays a finished turn even when it is used up", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const once = { "idempotency-key": "again" };
    const turn = await json(chat.send("Hi", once));
    await allow(chat.user, "daily_token_allowance", 1);
    expect(await json(chat.send("Hi", once))).toEqual(turn);
  });

  it("counts stopped and failed calls, and what was said in deleted conversations", async () => {
    const open = gate();
    scriptUpstream({ steps: [{ text: "Once" }, { wait: open }] }, { steps: [{ text: "Twice" }] });
    const chat = await newConversation();
    const first = chat.send("Hi");
    await expect
      .poll(async () => (await api(`${chat.path}/turns/current`, { token: chat.token })).status)
      .toBe(200);
    const { turn_id } = await json(api(`${chat.path}/turns/current`, { token: chat.token }));
    await json(api(`${chat.path}/turns/${turn_id as string}/stop`, { token: chat.token, method: "POST" }));
    await first;
    const stopped = (await allowance(chat.user)).daily_tokens.used;
    expect(stopped).toBeGreaterThan(0);
    await json(chat.send("Hi"), 502);
    const failed = (await allowance(chat.user)).daily_tokens.used;
    expect(failed).toBeGreaterThan(stopped);
    await json(api(chat.path, { token: chat.token, method: "DELETE" }));
    expect((await allowance(chat.user)).daily_tokens.used).toBe(failed);
  });

  it("lets as many of ten sends at once through as it covers, not one more", async () => {
    const each = await costOfHi();
    const open = gate();
    const upstream = scriptUpstream({
      steps: [{ text: "Hey" }, { wait: open }, ...(says("!").steps ?? [])],
    });
    const user = await newUser();
    await allow(user, "daily_token_allowance", 3 * each + each - 1);
    const chats = await Promise.all(Array.from({ length: 10 }, () => newConversation(user)));
    const answers = chats.map((chat) => chat.send("Hi"));
    const statuses: number[] = [];
    for (const answer of answers) void answer.then(({ status }) => statuses.push(status));
    await expect.poll(() => statuses.length).toBe(7);
    expect(statuses).toEqual(Array<number>(7).fill(429));
    const { reserved, used, limit } = (await allowance(user)).daily_tokens;
    expect({ reserved, used }).toEqual({ reserved: 3 * each, used: 0 });
    open.open = true;
    await Promise.all(answers);
    expect(statuses.filter((status) => status === 200)).toHaveLength(3);
    expect(upstream.calls).toHaveLength(3);
    const after = (await allowance(user)).daily_tokens;
    expect(after).toMatchObject({ reserved: 0, used: 330 });
    expect(after.used).toBeLessThanOrEqual(limit!);
  });

  it("is given back once when a crash cut the turn off", async () => {
    const open = gate();
    scriptUpstream({ steps: [{ text: "Once upon" }, { wait: open }] });
    const chat = await newConversation();
    await allow(chat.user, "daily_token_allowance", 50_000);
    const answer = await chat.stream("Hi");
    expect(await reservedRows(chat.user)).toHaveLength(1);
    const id = env.CONVERSATIONS.idFromName(String(chat.id));
    const stub = env.CONVERSATIONS.get(id);
    await runInDurableObject(stub, (_, state) => state.abort("a crash")).catch(() => {});
    await answer.body?.cancel().catch(() => {});
    await runDurableObjectAlarm(env.CONVERSATIONS.get(id));
    await expect.poll(async () => (await chat.history()).at(-1)?.status).toBe("interrupted");
    const after = (await allowance(chat.user)).daily_tokens;
    expect(after.reserved).toBe(0);
    expect(after.used).toBeGreaterThan(0);
  });
});

/** What may happen to one of a few turns, in any order, any number of times. */
type Step = { turn: number; does: "reserve" | "settle" | "crash"; tokens: number };
const step = fc.record({
  turn: fc.integer({ min: 1, max: 4 }),
  does: fc.constantFrom("reserve" as const, "settle" as const, "crash" as const),
  tokens: fc.integer({ min: 1, max: 600 }),
});

describe("reserving, settling and crashing in any order", () => {
  it("never goes beyond the allowance, counts each call once, and leaves nothing reserved", async () => {
    const config = { ...configOf(env), OPENAI_MAX_TOKENS: 0 };
    const user = await newUser();
    const { id: sessionId } = (await env.DB.prepare("SELECT id FROM sessions WHERE user_id = ?")
      .bind(user.id)
      .first<{ id: string }>())!;
    const caller = { userId: user.id, sessionId };
    const limits = {
      dailyTokens: 1000,
      monthlyTokens: 0,
      dailyMicros: 0,
      monthlyMicros: 0,
      runningTurns: 0,
      ceilingMicros: 0,
      storedBytes: 0,
    };
    const noon = Date.UTC(2030, 0, 1, 12);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps: Step[]) => {
        const now = new Date(noon + ++run * 86_400_000);
        const periods = { day: now.getTime() - 43_200_000, month: now.getTime() - 43_200_000 };
        const replyId = (turn: number) => user.id * 1_000_000 + run * 10 + turn;
        const held = new Map<number, number>();
        const settled = new Map<number, number>();
        for (const { turn, does, tokens } of steps) {
          const id = replyId(turn);
          if (does === "reserve" && !settled.has(id)) {
            const others = [...held].reduce((sum, [other, n]) => (other === id ? sum : sum + n), 0);
            const spent = [...settled.values()].reduce((sum, n) => sum + n, 0);
            const call = { replyId: id, provider: "offline", model: "offline", completionTokens: 0 };
            const refusal = await reserve(db, caller, limits, { ...call, promptTokens: tokens }, config, now)
              .then(() => null)
              .catch((error: unknown) => (error as AppError).code);
            expect(refusal).toBe(others + spent + tokens > 1000 ? "allowance_exceeded" : null);
            if (!refusal) held.set(id, tokens);
          }
          const amount = held.get(id) ?? settled.get(id);
          if (does === "settle" && amount !== undefined) {
            await db.batch([releaseAllowance(db, id), ...recordUsage(db, [event(user.id, id, amount, now)])]);
            held.delete(id);
            settled.set(id, amount);
          }
        }
        // Whatever a crash left behind is settled by the object's next life, or forgotten when its time is over.
        const late = now.getTime() + 86_400_000 * 100;
        const [balance] = await balanceOf(db, user.id, periods, now.getTime());
        const [later] = await balanceOf(db, user.id, periods, late);
        const sum = (amounts: Map<number, number>) => [...amounts.values()].reduce((a, b) => a + b, 0);
        expect(balance).toMatchObject({ dailyTokens: sum(settled), reservedTokens: sum(held) });
        expect(balance!.dailyTokens + balance!.reservedTokens).toBeLessThanOrEqual(1000);
        expect(later!.reservedTokens).toBe(0);
        await env.DB.prepare("DELETE FROM allowance_reservations WHERE user_id = ?").bind(user.id).run();
      }),
      { numRuns: 40, endOnFailure: true },
    );
  }, 30_000);
});

const event = (userId: number, replyId: number, tokens: number, at: Date): NewUsageEvent => ({
  id: `${replyId}/0`,
  userId,
  personaId: 1,
  conversationId: 1,
  messageId: replyId,
  purpose: "reply",
  provider: "offline",
  modelAsked: "offline",
  modelUsed: "offline",
  promptTokens: tokens,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  completionTokens: 0,
  reasoningTokens: 0,
  costMicros: 0,
  priceVersion: "offline",
  estimated: false,
  firstTokenMs: 1,
  totalMs: 1,
  outcome: "complete",
  errorCode: null,
  createdAt: at,
});
