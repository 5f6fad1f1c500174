import type { Histogram, UsageRollup } from "../db/schema";
import type { Grouping, Span } from "../db/usage";

const QUARTER_MS = 15 * 60 * 1000;
const DAY_MS = 96 * QUARTER_MS;

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

/** Adds rows of the roll-up, or sums of them, together. */
export function addUp(rows: Sum[]): Sum {
  const sum = nothing();
  for (const row of rows) {
    for (const name of ADDED) sum[name] += row[name];
    merge(sum.responseTimes, row.responseTimes);
    merge(sum.firstTokens, row.firstTokens);
  }
  return sum;
}

type Histograms = { key: string; histogram: Histogram }[];

/** The three parts of a report, put together group by group. */
export function joinReport(
  sums: (Omit<Sum, "responseTimes" | "firstTokens"> & { key: string })[],
  responses: Histograms,
  firsts: Histograms,
): (Sum & { key: string })[] {
  const byKey = (list: Histograms) => new Map(list.map((row) => [row.key, row.histogram]));
  const [responseTimes, firstTokens] = [byKey(responses), byKey(firsts)];
  return sums.map((sum) => ({
    ...sum,
    responseTimes: responseTimes.get(sum.key) ?? {},
    firstTokens: firstTokens.get(sum.key) ?? {},
  }));
}

function merge(into: Histogram, from: Histogram): void {
  for (const [bucket, count] of Object.entries(from)) into[bucket] = (into[bucket] ?? 0) + count;
}

/** The stretches of time that a report from one day to another is made of: each day, or all of them together. */
export function spansOf(from: string, to: string, by: Grouping, dayOf: Calendar): Span[] {
  if (by !== "day") {
    return [{ name: "all", begin: beginningOf(from, dayOf), end: beginningOf(addDays(to, 1), dayOf) }];
  }
  const spans: Span[] = [];
  let begin = beginningOf(from, dayOf);
  for (let name = from; name <= to; name = addDays(name, 1)) {
    const end = beginningOf(addDays(name, 1), dayOf);
    spans.push({ name, begin, end });
    begin = end;
  }
  return spans;
}

/** When a day begins, in milliseconds since 1970: its first quarter hour, found by halving. */
function beginningOf(day: string, dayOf: Calendar): number {
  // A zone's day begins at most fourteen hours before and twelve after that of UTC.
  let [before, begun] = [Date.parse(day) - DAY_MS, Date.parse(day) + DAY_MS];
  while (begun - before > QUARTER_MS) {
    const middle = before + Math.floor((begun - before) / QUARTER_MS / 2) * QUARTER_MS;
    if (dayOf(middle) < day) before = middle;
    else begun = middle;
  }
  return begun;
}

export const addDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

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

/** Which day a moment falls on, as `2026-11-23`. */
export type Calendar = (ms: number) => string;

/**
 * The days of a time zone.
 * @throws RangeError for a time zone that does not exist
 */
export function calendarOf(timeZone: string): Calendar {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return (ms) => format.format(ms);
}
