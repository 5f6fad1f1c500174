import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { openDatabase } from "../../src/db/client";
import { users, type NewUsageEvent, type UsageEvent, type UsageRollup } from "../../src/db/schema";
import {
  countConversations,
  recordUsage,
  rollupOfConversation,
  totalUsage,
  usageReport,
} from "../../src/db/usage";
import { addUp, percentiles, PERCENTILE_ERROR } from "../../src/usage/statistics";
import { newUser } from "../harness";

const db = openDatabase(env.DB);
let userId: number;

beforeAll(async () => {
  userId = (await newUser()).id;
});

const count = fc.nat(50_000);
const calls = (events: number): fc.Arbitrary<Omit<NewUsageEvent, "id" | "userId">[]> =>
  fc.array(
    fc
      .record({
        personaId: fc.integer({ min: 1, max: 3 }),
        conversationId: fc.integer({ min: 1, max: 5 }),
        messageId: fc.nat(),
        purpose: fc.constantFrom("reply" as const, "regenerate" as const),
        provider: fc.constant("openai"),
        modelAsked: fc.constant("gpt-4o"),
        modelUsed: fc.constantFrom("gpt-4o-2024-08-06", "gpt-3.5-turbo"),
        promptTokens: count,
        completionTokens: count,
        costMicros: fc.option(fc.nat(5_000_000)),
        priceVersion: fc.constant("p1"),
        estimated: fc.boolean(),
        firstTokenMs: fc.option(fc.integer({ min: 0, max: 90_000 })),
        totalMs: fc.integer({ min: 0, max: 600_000 }),
        outcome: fc.constantFrom(
          "complete" as const,
          "stopped" as const,
          "interrupted" as const,
          "failed" as const,
        ),
        createdAt: fc.date({ min: new Date("2026-11-01"), max: new Date("2026-11-03"), noInvalidDate: true }),
      })
      .map((call) => ({
        ...call,
        cachedTokens: Math.floor(call.promptTokens / 3),
        cacheWriteTokens: Math.floor(call.promptTokens / 5),
        reasoningTokens: Math.floor(call.completionTokens / 2),
      })),
    { minLength: events, maxLength: events },
  );

async function write(events: NewUsageEvent[]) {
  for (let i = 0; i < events.length; i += 50) {
    const [first, ...others] = recordUsage(db, events.slice(i, i + 50));
    await db.batch([first!, ...others]);
  }
}

/** A user's roll-up: all calls here belong to five conversations. */
const rollup = async (user: number): Promise<UsageRollup[]> => {
  const [first, ...others] = [1, 2, 3, 4, 5].map((id) => rollupOfConversation(db, user, id));
  return (await db.batch([first!, ...others])).flat();
};
const sum = <T>(list: T[], pick: (item: T) => number) => list.reduce((total, item) => total + pick(item), 0);

describe("the ledger and its roll-up", () => {
  it(
    "agree over 10,000 random calls to the last token and micro-dollar, however often each is written",
    { timeout: 120_000 },
    async () => {
      const seed = Date.now() % 2 ** 31;
      const [made] = fc.sample(calls(10_000), { numRuns: 1, seed });
      const events = made!.map((call, i) => ({ ...call, id: `${userId}-${i}/0`, userId }));
      await write(events);
      await write(events.filter((_, i) => i % 7 === 0));
      const total = addUp(await rollup(userId));
      expect(total, `seed ${seed}`).toMatchObject({
        calls: 10_000,
        errors: events.filter((e) => e.outcome === "failed").length,
        unpriced: events.filter((e) => e.costMicros === null).length,
        estimated: events.filter((e) => e.estimated).length,
        promptTokens: sum(events, (e) => e.promptTokens),
        cachedTokens: sum(events, (e) => e.cachedTokens),
        cacheWriteTokens: sum(events, (e) => e.cacheWriteTokens),
        completionTokens: sum(events, (e) => e.completionTokens),
        reasoningTokens: sum(events, (e) => e.reasoningTokens),
        costMicros: sum(events, (e) => e.costMicros ?? 0),
      });
      expect(await totalUsage(db, userId)).toMatchObject([
        {
          calls: 10_000,
          tokens: sum(events, (e) => e.promptTokens + e.completionTokens),
          costMicros: sum(events, (e) => e.costMicros ?? 0),
        },
      ]);
      const complete = events.filter((e) => e.outcome === "complete").map((e) => e.totalMs);
      expectPercentiles(complete, percentiles(total.responseTimes)!);
      const heard = events.flatMap((e) => (e.firstTokenMs === null ? [] : [e.firstTokenMs ?? 0]));
      expectPercentiles(heard, percentiles(total.firstTokens)!);
    },
  );

  it(
    "agree after any interleaving of settlements, crashes in the middle of one, and retries",
    { timeout: 60_000 },
    async () => {
      const settlement = fc.record({
        calls: fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 5 }),
        crashes: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(calls(12), fc.array(settlement, { maxLength: 12 }), async (made, settlements) => {
          const user = await insertUser();
          const events = made.map((call, i) => ({
            ...call,
            id: `${user}-${i}/0`,
            userId: user,
            // Within half an hour, so that calls meet in their quarter hours.
            createdAt: new Date(Date.UTC(2026, 10, 1) + (+call.createdAt % (2 * QUARTER_MS))),
          }));
          for (const { calls, crashes } of settlements) {
            const [first, ...others] = recordUsage(
              db,
              calls.map((i) => events[i]!),
            );
            const breaks = db.all("SELECT json('')");
            if (crashes) await expect(db.batch([first!, ...others, breaks])).rejects.toThrow();
            else await db.batch([first!, ...others]);
          }
          const settled = new Set(settlements.flatMap(({ calls, crashes }) => (crashes ? [] : calls)));
          const ledger = [...settled].map((i) => events[i] as UsageEvent);
          expect(await idsInLedger(user)).toEqual(ledger.map((event) => event.id).toSorted());
          const shown = await rollup(user);
          expect(byKey(shown)).toEqual(byKey(rollUp(ledger)));
          const [total] = await totalUsage(db, user);
          expect(total?.costMicros ?? 0).toBe(sum(ledger, (event) => event.costMicros ?? 0));
        }),
        { numRuns: 50 },
      );
    },
  );

  it("cost the same to ask, however many calls were made", async () => {
    const user = await insertUser();
    const [call] = fc.sample(calls(1), 1)[0]!;
    const rowsRead = async () => {
      const queries = [
        countConversations(db, user),
        totalUsage(db, user),
        ...usageReport(db, user, [{ name: "all", begin: 0, end: 9e15 }], "model"),
        rollupOfConversation(db, user, call!.conversationId),
      ];
      const results = await Promise.all(
        queries.map((query) => {
          const { sql, params } = query.toSQL();
          return env.DB.prepare(sql)
            .bind(...params)
            .all();
        }),
      );
      return results.map((result) => result.meta.rows_read);
    };
    const event = (i: number) => ({ ...call!, id: `${user}-${i}/0`, userId: user });
    await write([event(0)]);
    const before = await rowsRead();
    await write(Array.from({ length: 500 }, (_, i) => event(i)));
    expect(Math.max(...before)).toBeLessThan(10);
    expect(await rowsRead()).toEqual(before);
  });

  it("refuses to have a call changed afterwards", async () => {
    await expect(env.DB.prepare("UPDATE usage_events SET cost_micros = 0").run()).rejects.toThrow(
      /append-only/,
    );
  });
});

async function insertUser(): Promise<number> {
  const name = `${crypto.randomUUID()}@example.com`;
  const now = new Date();
  const user = { email: name, username: name, passwordHash: "", createdAt: now, updatedAt: now };
  const [row] = await db.insert(users).values(user).returning();
  return row!.id;
}

async function idsInLedger(user: number): Promise<string[]> {
  const query = env.DB.prepare("SELECT id FROM usage_events WHERE user_id = ?").bind(user);
  const { results } = await query.all<{ id: string }>();
  return results.map((row) => row.id).toSorted();
}

const QUARTER_MS = 15 * 60 * 1000;

/** What the roll-up must say of these calls, added up here and not by the database. */
function rollUp(ledger: UsageEvent[]): UsageRollup[] {
  const keyOf = (e: UsageEvent) =>
    [Math.floor(+e.createdAt / QUARTER_MS), e.personaId, e.conversationId, e.modelUsed].join();
  return [...Map.groupBy(ledger, keyOf).values()].map((list) => ({
    userId: list[0]!.userId,
    quarter: Math.floor(+list[0]!.createdAt / QUARTER_MS) * QUARTER_MS,
    personaId: list[0]!.personaId,
    conversationId: list[0]!.conversationId,
    model: list[0]!.modelUsed,
    calls: list.length,
    errors: list.filter((e) => e.outcome === "failed").length,
    unpriced: list.filter((e) => e.costMicros === null).length,
    estimated: list.filter((e) => e.estimated).length,
    promptTokens: sum(list, (e) => e.promptTokens),
    cachedTokens: sum(list, (e) => e.cachedTokens),
    cacheWriteTokens: sum(list, (e) => e.cacheWriteTokens),
    completionTokens: sum(list, (e) => e.completionTokens),
    reasoningTokens: sum(list, (e) => e.reasoningTokens),
    costMicros: sum(list, (e) => e.costMicros ?? 0),
    responseTimes: histogram(list.flatMap((e) => (e.outcome === "complete" ? [e.totalMs] : []))),
    firstTokens: histogram(list.flatMap((e) => (e.firstTokenMs === null ? [] : [e.firstTokenMs]))),
  }));
}

function histogram(times: number[]): Record<string, number> {
  const buckets = Map.groupBy(times, (ms) => Math.floor(4 * Math.log2(Math.max(ms, 1))));
  return Object.fromEntries([...buckets].map(([bucket, list]) => [String(bucket), list.length]));
}

const byKey = (rows: UsageRollup[]) =>
  new Map(
    rows
      .map((row) => [[row.quarter, row.personaId, row.conversationId, row.model].join(), row] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

function expectPercentiles(values: number[], { p50, p95 }: { p50: number; p95: number }) {
  const sorted = values.toSorted((a, b) => a - b);
  for (const [share, shown] of [
    [0.5, p50],
    [0.95, p95],
  ] as const) {
    const exact = sorted[Math.ceil(share * sorted.length) - 1]!;
    expect(Math.abs(shown - exact)).toBeLessThanOrEqual(exact * PERCENTILE_ERROR + 1);
  }
}
