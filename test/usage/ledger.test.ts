import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { openDatabase } from "../../src/db/client";
import type { NewUsageEvent, UsageRollup } from "../../src/db/schema";
import { recordUsage, rollupBetween, totalUsage } from "../../src/db/usage";
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

const rollup = (): Promise<UsageRollup[]> => rollupBetween(db, userId, 0, 9e15);
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
      const total = addUp(await rollup());
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

  it("refuses to have a call changed afterwards", async () => {
    await expect(env.DB.prepare("UPDATE usage_events SET cost_micros = 0").run()).rejects.toThrow(
      /append-only/,
    );
  });
});

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
