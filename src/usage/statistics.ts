import type { Histogram, UsageRollup } from "../db/schema";

export const GROUPINGS = ["day", "model", "persona", "conversation"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Bucket n of a histogram begins at `2^(n/4)` milliseconds; the middle of it is at most this far from any value in it. */
const STEPS_PER_OCTAVE = 4;
export const PERCENTILE_ERROR = 2 ** (1 / (2 * STEPS_PER_OCTAVE)) - 1;

export type Percentiles = { p50: number; p95: number };

/** Calls added up. Percentiles are null where no call has such a time. */
export type Sum = Omit<UsageRollup, "userId" | "quarter" | "personaId" | "conversationId" | "model">;

const ADDED = [
  "calls",
  "errors",
  "unpriced",
  "estimated",
  "promptTokens",
  "cachedTokens",
  "cacheWriteTokens",
  "completionTokens",
  "reasoningTokens",
  "costMicros",
] as const satisfies (keyof Sum)[];

const nothing = (): Sum => ({
  ...(Object.fromEntries(ADDED.map((name) => [name, 0])) as Record<(typeof ADDED)[number], number>),
  responseTimes: {},
  firstTokens: {},
});

/** Adds rows of the roll-up together. */
export function addUp(rows: UsageRollup[]): Sum {
  const sum = nothing();
  for (const row of rows) {
    for (const name of ADDED) sum[name] += row[name];
    merge(sum.responseTimes, row.responseTimes);
    merge(sum.firstTokens, row.firstTokens);
  }
  return sum;
}

function merge(into: Histogram, from: Histogram): void {
  for (const [bucket, count] of Object.entries(from)) into[bucket] = (into[bucket] ?? 0) + count;
}

/** Rows by what they have in common; days are those of a time zone. */
export function groupRows(
  rows: UsageRollup[],
  by: Grouping,
  dayOf: (ms: number) => string,
): Map<string, UsageRollup[]> {
  const key = {
    day: (row: UsageRollup) => dayOf(row.quarter),
    model: (row: UsageRollup) => row.model,
    persona: (row: UsageRollup) => String(row.personaId),
    conversation: (row: UsageRollup) => String(row.conversationId),
  }[by];
  return new Map([...Map.groupBy(rows, key)].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The median and the 95th percentile in whole milliseconds, off by `PERCENTILE_ERROR` at most. */
export function percentiles(histogram: Histogram): Percentiles | null {
  const buckets = Object.entries(histogram)
    .map(([bucket, count]) => [Number(bucket), count] as const)
    .toSorted(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  const at = (share: number) => {
    let seen = 0;
    const found = buckets.find(([, count]) => (seen += count) >= share * total)!;
    return Math.round(2 ** ((found[0] + 0.5) / STEPS_PER_OCTAVE));
  };
  return { p50: at(0.5), p95: at(0.95) };
}

/**
 * Which day of a time zone a moment falls on, as `2026-11-23`.
 * @throws RangeError for a time zone that does not exist
 */
export function calendarOf(timeZone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const known = new Map<number, string>();
  return (ms) => {
    const day = known.get(ms) ?? format.format(ms);
    known.set(ms, day);
    return day;
  };
}
