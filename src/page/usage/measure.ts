import { compact, usd } from "../amounts";
import { count } from "../time";
import type { UsageReport } from "../types";

export type Sum = UsageReport["total"];
export type Measure = "tokens" | "cost" | "calls";

/** What a bar may stand for, how it is written, and how in short. */
export const MEASURES: Record<
  Measure,
  { of: (sum: Sum) => number; write: (n: number) => string; brief: (n: number) => string }
> = {
  tokens: { of: (sum) => sum.total_tokens, write: count, brief: compact },
  cost: { of: (sum) => sum.cost_usd, write: usd, brief: usd },
  calls: { of: (sum) => sum.calls, write: count, brief: compact },
};

type Words = { usd: (n: number) => string; unknown: string; atLeast: (cost: string) => string };

/** A cost that tells what it does not know: calls without a known price are not in it. */
export function costOf({ calls, unpriced_calls, cost_usd }: Sum, { usd, unknown, atLeast }: Words): string {
  if (unpriced_calls === 0) return usd(cost_usd);
  return unpriced_calls >= calls ? unknown : atLeast(usd(cost_usd));
}
