import {
  balanceOf,
  ownAllowances,
  reserveAllowance,
  type Allowances,
  type OwnAllowances,
  type Periods,
} from "../db/allowances";
import { batchAs, one, retried, type Caller, type Database } from "../db/client";
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
export const allowancesInForce = (own: OwnAllowances, config: AllowanceConfig): Allowances => ({
  dailyTokens: own.dailyTokenAllowance ?? config.DAILY_TOKEN_ALLOWANCE,
  monthlyTokens: own.monthlyTokenAllowance ?? config.MONTHLY_TOKEN_ALLOWANCE,
  dailyMicros: own.dailyCostAllowanceMicros ?? micros(config.DAILY_COST_ALLOWANCE_USD),
  monthlyMicros: own.monthlyCostAllowanceMicros ?? micros(config.MONTHLY_COST_ALLOWANCE_USD),
});

/** Whether anything bounds what the user may spend. */
export const isLimited = (allowances: Allowances) => Object.values(allowances).some((limit) => limit > 0);

/** One allowance as it stands, in tokens or millionths of a US dollar. `limit` 0 means none. */
export type AllowanceState = { limit: number; used: number; reserved: number; resetsAt: Date };
export type AllowanceName = "daily_tokens" | "monthly_tokens" | "daily_cost" | "monthly_cost";
export type AllowanceStates = Record<AllowanceName, AllowanceState>;

type Balance = Awaited<ReturnType<typeof balanceOf>>[number];

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
function statesOf(allowances: Allowances, balance: Balance, now: Date): AllowanceStates {
  const { tomorrow, nextMonth } = periodsOf(now);
  const [tokens, cost] = [balance.reservedTokens, balance.reservedMicros];
  return {
    daily_tokens: stateOf(allowances.dailyTokens, balance.dailyTokens, tokens, tomorrow),
    daily_cost: stateOf(allowances.dailyMicros, balance.dailyMicros, cost, tomorrow),
    monthly_tokens: stateOf(allowances.monthlyTokens, balance.monthlyTokens, tokens, nextMonth),
    monthly_cost: stateOf(allowances.monthlyMicros, balance.monthlyMicros, cost, nextMonth),
  };
}

const stateOf = (limit: number, used: number, reserved: number, resetsAt: Date): AllowanceState => ({
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
): Promise<AllowanceStates> {
  const [own, balance] = await retried(() =>
    batchAs(db, caller, [
      ownAllowances(db, caller.userId),
      balanceOf(db, caller.userId, periodsOf(now), now.getTime()),
    ]),
  );
  return statesOf(allowancesInForce(one(own), config), one(balance), now);
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
  allowances: Allowances,
  call: PlannedCall,
  config: PriceConfig & Pick<Config, "TURN_TIMEOUT_MS">,
  now = new Date(),
): Promise<void> {
  if (!isLimited(allowances)) return;
  const wanted = costOf(call, config, now);
  const reservation = {
    replyId: call.replyId,
    userId: caller.userId,
    ...wanted,
    expiresAt: new Date(now.getTime() + config.TURN_TIMEOUT_MS + SETTLED_WITHIN_MS),
  };
  const periods = periodsOf(now);
  const [[reserved], balance] = await retried(() =>
    batchAs(db, caller, [
      reserveAllowance(db, reservation, allowances, periods, now.getTime()),
      balanceOf(db, caller.userId, periods, now.getTime()),
    ]),
  );
  if (!reserved) throw exceeded(statesOf(allowances, one(balance), now), wanted, now);
}

/**
 * The refusal that `reserve` would answer with now, or null. Reserves nothing.
 * @throws AppError `unauthenticated`
 */
export async function allowanceRefusal(
  db: Database,
  caller: Caller,
  allowances: Allowances,
  call: Omit<PlannedCall, "replyId">,
  config: PriceConfig,
  now = new Date(),
): Promise<AppError | null> {
  if (!isLimited(allowances)) return null;
  const wanted = costOf(call, config, now);
  const [balance] = await retried(() =>
    batchAs(db, caller, [balanceOf(db, caller.userId, periodsOf(now), now.getTime())]),
  );
  const all = statesOf(allowances, one(balance), now);
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
const inTheWay = (all: AllowanceStates, wanted: Wanted) =>
  (Object.entries(all) as [AllowanceName, AllowanceState][]).findLast(([name, it]) => {
    const more = name.endsWith("tokens") ? wanted.tokens : wanted.costMicros;
    return it.limit > 0 && it.used + it.reserved + more > it.limit;
  });

function exceeded(all: AllowanceStates, wanted: Wanted, now: Date): AppError {
  const [name, { limit, resetsAt }] = inTheWay(all, wanted) ?? ["daily_tokens" as const, all.daily_tokens];
  const seconds = Math.ceil((resetsAt.getTime() - now.getTime()) / 1000);
  const resets = resetsAt.toISOString();
  return new AppError("allowance_exceeded", {
    detail: `What is left of your ${NAMES[name](limit)} does not cover this reply. It resets at ${resets}.`,
    headers: { "Retry-After": String(seconds) },
    extra: { allowance: name, resets_at: resets },
  });
}
