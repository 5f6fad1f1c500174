import {
  allowanceAccount,
  ownAllowances,
  reserveAllowance,
  type Limits,
  type OwnAllowances,
  type Periods,
} from "../db/allowances";
import { batchAs, retried, type Caller, type Database } from "../db/client";
import type { Config } from "../env";
import { AppError } from "../errors";
import { priceOf, type PriceConfig } from "./prices";

type AllowanceConfig = Pick<
  Config,
  | "DAILY_TOKEN_ALLOWANCE"
  | "MONTHLY_TOKEN_ALLOWANCE"
  | "DAILY_COST_ALLOWANCE_USD"
  | "MONTHLY_COST_ALLOWANCE_USD"
>;

const micros = (usd: number) => Math.round(usd * 1_000_000);

/** A user's allowances: their row's where it says something, else the configured ones. */
export const limitsOf = (own: OwnAllowances, config: AllowanceConfig): Limits => ({
  dailyTokens: own.dailyTokenAllowance ?? config.DAILY_TOKEN_ALLOWANCE,
  monthlyTokens: own.monthlyTokenAllowance ?? config.MONTHLY_TOKEN_ALLOWANCE,
  dailyMicros: own.dailyCostAllowanceMicros ?? micros(config.DAILY_COST_ALLOWANCE_USD),
  monthlyMicros: own.monthlyCostAllowanceMicros ?? micros(config.MONTHLY_COST_ALLOWANCE_USD),
});

/** Whether anything bounds what the user may spend. */
export const isLimited = (limits: Limits) => Object.values(limits).some((limit) => limit > 0);

/** One allowance as it stands, in tokens or millionths of a US dollar. `limit` 0 means none. */
export type Standing = { limit: number; used: number; reserved: number; resetsAt: Date };
export type AllowanceName = "daily_tokens" | "monthly_tokens" | "daily_cost" | "monthly_cost";
export type Standings = Record<AllowanceName, Standing>;

type Account = Awaited<ReturnType<typeof allowanceAccount>>[number];

function periodsOf(now: Date): Periods & { tomorrow: Date; nextMonth: Date } {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return {
    day: Date.UTC(year, month, day),
    month: Date.UTC(year, month),
    tomorrow: new Date(Date.UTC(year, month, day + 1)),
    nextMonth: new Date(Date.UTC(year, month + 1)),
  };
}

/** In the order of their resets: the daily ones first. */
function standings(limits: Limits, account: Account, now: Date): Standings {
  const { tomorrow, nextMonth } = periodsOf(now);
  const [tokens, cost] = [account.reservedTokens, account.reservedMicros];
  return {
    daily_tokens: standing(limits.dailyTokens, account.dailyTokens, tokens, tomorrow),
    daily_cost: standing(limits.dailyMicros, account.dailyMicros, cost, tomorrow),
    monthly_tokens: standing(limits.monthlyTokens, account.monthlyTokens, tokens, nextMonth),
    monthly_cost: standing(limits.monthlyMicros, account.monthlyMicros, cost, nextMonth),
  };
}

const standing = (limit: number, used: number, reserved: number, resetsAt: Date): Standing => ({
  limit,
  used,
  reserved,
  resetsAt,
});

/**
 * How the caller's allowances stand.
 * @throws AppError `unauthenticated`
 */
export async function allowancesOf(
  db: Database,
  caller: Caller,
  config: AllowanceConfig,
  now = new Date(),
): Promise<Standings> {
  const [[own], [account]] = await retried(() =>
    batchAs(db, caller, [
      ownAllowances(db, caller.userId),
      allowanceAccount(db, caller.userId, periodsOf(now), now.getTime()),
    ]),
  );
  return standings(limitsOf(own!, config), account!, now);
}

/** A call that is about to be made: the estimated prompt and the longest completion it may bring. */
export type PlannedCall = {
  replyId: number;
  provider: string;
  model: string;
  promptTokens: number;
  completionTokens: number;
};

/** A turn that ran out of time is settled well within this. Milliseconds. */
const SETTLED_WITHIN_MS = 15 * 60_000;

/**
 * Sets aside what a call may use, or refuses it: the allowances are read, compared and written in one statement, so that
 * calls made at the same time cannot use the same remainder. Costs a round trip only where an allowance applies. The
 * reservation ends when the turn is settled; one whose turn never began ends by itself, long after any turn.
 * @throws AppError `allowance_exceeded`, `unauthenticated`
 */
export async function reserve(
  db: Database,
  caller: Caller,
  limits: Limits,
  call: PlannedCall,
  config: PriceConfig & Pick<Config, "TURN_TIMEOUT_MS">,
  now = new Date(),
): Promise<void> {
  if (!isLimited(limits)) return;
  const wanted = costOf(call, config, now);
  const reservation = {
    replyId: call.replyId,
    userId: caller.userId,
    ...wanted,
    expiresAt: new Date(now.getTime() + config.TURN_TIMEOUT_MS + SETTLED_WITHIN_MS),
  };
  const periods = periodsOf(now);
  const [[reserved], [account]] = await retried(() =>
    batchAs(db, caller, [
      reserveAllowance(db, reservation, limits, periods, now.getTime()),
      allowanceAccount(db, caller.userId, periods, now.getTime()),
    ]),
  );
  if (!reserved) throw exceeded(standings(limits, account!, now), wanted, now);
}

/**
 * The refusal that `reserve` would answer with now, or null. Reserves nothing.
 * @throws AppError `unauthenticated`
 */
export async function allowanceRefusal(
  db: Database,
  caller: Caller,
  limits: Limits,
  call: Omit<PlannedCall, "replyId">,
  config: PriceConfig,
  now = new Date(),
): Promise<AppError | null> {
  if (!isLimited(limits)) return null;
  const wanted = costOf(call, config, now);
  const [[account]] = await retried(() =>
    batchAs(db, caller, [allowanceAccount(db, caller.userId, periodsOf(now), now.getTime())]),
  );
  const all = standings(limits, account!, now);
  return inTheWay(all, wanted) ? exceeded(all, wanted, now) : null;
}

/** A model without a known price reserves no cost. */
function costOf(call: Omit<PlannedCall, "replyId">, config: PriceConfig, at: Date) {
  const { promptTokens, completionTokens } = call;
  const usage = { promptTokens, completionTokens, cachedTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
  return {
    tokens: promptTokens + completionTokens,
    costMicros: priceOf({ ...call, usage, at }, config)?.micros ?? 0,
  };
}

const NAMES: Record<AllowanceName, (limit: number) => string> = {
  daily_tokens: (limit) => `daily allowance of ${limit} tokens`,
  daily_cost: (limit) => `daily allowance of ${limit / 1_000_000} US dollars`,
  monthly_tokens: (limit) => `monthly allowance of ${limit} tokens`,
  monthly_cost: (limit) => `monthly allowance of ${limit / 1_000_000} US dollars`,
};

type Wanted = { tokens: number; costMicros: number };

/** Of the allowances that do not cover it, the one that resets last: before that, waiting is no use. */
const inTheWay = (all: Standings, wanted: Wanted) =>
  (Object.entries(all) as [AllowanceName, Standing][]).findLast(([name, it]) => {
    const more = name.endsWith("tokens") ? wanted.tokens : wanted.costMicros;
    return it.limit > 0 && it.used + it.reserved + more > it.limit;
  });

function exceeded(all: Standings, wanted: Wanted, now: Date): AppError {
  const [name, { limit, resetsAt }] = inTheWay(all, wanted) ?? ["daily_tokens" as const, all.daily_tokens];
  const seconds = Math.ceil((resetsAt.getTime() - now.getTime()) / 1000);
  const resets = resetsAt.toISOString();
  return new AppError("allowance_exceeded", {
    detail: `What is left of your ${NAMES[name](limit)} does not cover this reply. It resets at ${resets}.`,
    headers: { "Retry-After": String(seconds) },
    extra: { allowance: name, resets_at: resets },
  });
}
