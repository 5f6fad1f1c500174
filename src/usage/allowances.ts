import {
  balanceFor,
  balanceOf,
  ownAllowances,
  reserveAllowance,
  type Allowances,
  type OwnAllowances,
  type Periods,
  type Reservation,
} from "../db/allowances";
import { batchAs, one, retried, type Caller, type Database } from "../db/client";
import type { Config } from "../env";
import { AppError } from "../errors";
import { priceOf, type PriceConfig } from "./prices";
import { roomOf, storageFull, type Taken } from "./room";

type AllowanceConfig = Pick<
  Config,
  | "DAILY_TOKEN_ALLOWANCE"
  | "MONTHLY_TOKEN_ALLOWANCE"
  | "DAILY_COST_ALLOWANCE_USD"
  | "MONTHLY_COST_ALLOWANCE_USD"
  | "DAILY_COST_CEILING_USD"
  | "MAX_RUNNING_TURNS"
  | "MAX_PERSONAS"
  | "MAX_CONVERSATIONS"
  | "MAX_STORED_BYTES"
>;

const micros = (usd: number) => Math.round(usd * 1_000_000);

/** A user's allowances: their row's where it says something, else the configured ones. The ceiling is everybody's. */
export const allowancesInForce = (own: OwnAllowances, config: AllowanceConfig): Allowances => ({
  dailyTokens: own.dailyTokenAllowance ?? config.DAILY_TOKEN_ALLOWANCE,
  monthlyTokens: own.monthlyTokenAllowance ?? config.MONTHLY_TOKEN_ALLOWANCE,
  dailyMicros: own.dailyCostAllowanceMicros ?? micros(config.DAILY_COST_ALLOWANCE_USD),
  monthlyMicros: own.monthlyCostAllowanceMicros ?? micros(config.MONTHLY_COST_ALLOWANCE_USD),
  runningTurns: own.maxRunningTurns ?? config.MAX_RUNNING_TURNS,
  ceilingMicros: micros(config.DAILY_COST_CEILING_USD),
  storedBytes: roomOf(own, config).storedBytes,
});

/** Whether anything bounds what the user may spend. */
export const isLimited = (allowances: Allowances) => Object.values(allowances).some((limit) => limit > 0);

/** One allowance as it stands, in tokens or millionths of a US dollar. `limit` 0 means none. */
export type AllowanceState = { limit: number; used: number; reserved: number; resetsAt: Date };
/** What is counted and does not begin anew. `limit` 0 means none. */
export type Counted = { limit: number; used: number };
export type AllowanceName = "daily_tokens" | "monthly_tokens" | "daily_cost" | "monthly_cost";
export type AllowanceStates = Record<AllowanceName, AllowanceState>;

export type Balance = Awaited<ReturnType<typeof balanceOf>>[number];

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
): Promise<{ states: AllowanceStates; turns: Counted; room: Record<keyof Taken, Counted> }> {
  const [own, balance] = await retried(() =>
    batchAs(db, caller, [
      ownAllowances(db, caller.userId),
      balanceOf(db, caller.userId, periodsOf(now), now.getTime()),
    ]),
  );
  const [allowances, taken] = [allowancesInForce(one(own), config), one(balance)];
  const limits = roomOf(one(own), config);
  const counted = (kind: keyof Taken): Counted => ({ limit: limits[kind], used: taken[kind] });
  return {
    states: statesOf(allowances, taken, now),
    turns: { limit: allowances.runningTurns, used: taken.runningTurns },
    room: {
      personas: counted("personas"),
      conversations: counted("conversations"),
      storedBytes: counted("storedBytes"),
    },
  };
}

/** A call that is about to be made: the estimated prompt and the longest completion it may bring. */
export type PlannedCall = {
  replyId: number;
  provider: string;
  model: string;
  promptTokens: number;
  completionTokens: number;
  /** How much of the user's room its messages may take; none where nothing is kept. */
  bytes?: number;
};

/** A name for the reservation of a call that no conversation has: no reply's id is below 0. */
export function passReservationId(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return -1 - (high * 2 ** 20 + (low >>> 12));
}

/** A turn that ran out of time is settled well within this. Milliseconds. */
const SETTLED_WITHIN_MS = 15 * 60_000;

/** What is to be set aside for a call, and of what; null where nothing bounds what the user may spend. */
export type PlannedReservation = { wanted: Reservation; allowances: Allowances; now: Date };

/** A reservation as it is to be made. */
export function planReservation(
  userId: number,
  allowances: Allowances,
  call: PlannedCall,
  config: PriceConfig & Pick<Config, "TURN_TIMEOUT_MS">,
  now = new Date(),
): PlannedReservation | null {
  if (!isLimited(allowances)) return null;
  const expiresAt = new Date(now.getTime() + config.TURN_TIMEOUT_MS + SETTLED_WITHIN_MS);
  const { replyId, bytes = 0 } = call;
  const wanted = { replyId, userId, ...costOf(call, config, now), expiresAt, bytes };
  return { wanted, allowances, now };
}

/**
 * The statements of a reservation, for any batch: the allowances are read, compared and written in the first, so that calls
 * made at the same time cannot use the same remainder. `settleReservation` reads what they give.
 */
export const reservationQueries = (db: Database, { wanted, allowances, now }: PlannedReservation) =>
  [
    reserveAllowance(db, wanted, allowances, periodsOf(now), now.getTime()),
    balanceFor(db, wanted.userId, allowances, periodsOf(now), now.getTime()),
  ] as const;

/** How far beyond what a call may use an allowance must reach for the next one not to be asked about first. */
const PLENTY = 10;

/**
 * What came of a reservation: whether so much is left that a call like it can go ahead of the next one.
 * @throws AppError `storage_full`, `allowance_exceeded`, `daily_ceiling_reached`, `too_many_turns` where it was not made
 */
export function requireReserved(
  { wanted, allowances, now }: PlannedReservation,
  reserved: { replyId: number } | undefined,
  balance: Balance,
): boolean {
  const refusal = refusalOf(allowances, balance, wanted, now);
  if (!reserved) throw refusal ?? exhausted(now);
  return isPlenty({ wanted, allowances, now }, balance);
}

/** Whether so much is left that calls like this one need not be asked about first. */
function isPlenty({ wanted, allowances, now }: PlannedReservation, balance: Balance): boolean {
  const { tokens, costMicros, bytes } = wanted;
  const plenty = {
    tokens: PLENTY * tokens,
    costMicros: PLENTY * costMicros,
    bytes: PLENTY * bytes,
    turns: allowances.runningTurns / 2,
  };
  return refusalOf(allowances, balance, plenty, now) === null;
}

const NO_ALLOWANCES: OwnAllowances = {
  dailyTokenAllowance: null,
  monthlyTokenAllowance: null,
  dailyCostAllowanceMicros: null,
  monthlyCostAllowanceMicros: null,
  maxRunningTurns: null,
  maxPersonas: null,
  maxConversations: null,
  maxStoredBytes: null,
};

/** A query of how the configured allowances stand, for any batch; null where nothing bounds a user who has no others. */
export function configuredBalance(db: Database, userId: number, config: AllowanceConfig, now = new Date()) {
  const allowances = allowancesInForce(NO_ALLOWANCES, config);
  return isLimited(allowances) ? balanceFor(db, userId, allowances, periodsOf(now), now.getTime()) : null;
}

/** Whether what it gave leaves plenty beside this call. Who has allowances of their own is to be asked about. */
export const leavesPlenty = (planned: PlannedReservation, balance: Balance, own: OwnAllowances): boolean =>
  Object.values(own).every((limit) => limit === null) && isPlenty(planned, balance);

/**
 * Sets aside what a call may use, or refuses it. Costs a round trip only where an allowance applies. The reservation ends when
 * the turn is settled; one whose turn never began ends by itself, long after any turn.
 * @returns whether so much is left that a call like it can go ahead of the next reservation
 * @throws AppError as `requireReserved`, and `unauthenticated`
 */
export async function reserve(
  db: Database,
  caller: Caller,
  allowances: Allowances,
  call: PlannedCall,
  config: PriceConfig & Pick<Config, "TURN_TIMEOUT_MS">,
  now = new Date(),
): Promise<boolean> {
  const planned = planReservation(caller.userId, allowances, call, config, now);
  return planned === null || setAsideFor(db, caller, planned);
}

/** The same of a reservation that is planned. */
export async function setAsideFor(
  db: Database,
  caller: Caller,
  planned: PlannedReservation,
): Promise<boolean> {
  const [[reserved], balance] = await retried(() => batchAs(db, caller, reservationQueries(db, planned)));
  return requireReserved(planned, reserved, one(balance));
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
  const wanted = { ...costOf(call, config, now), bytes: call.bytes ?? 0 };
  const [balance] = await retried(() =>
    batchAs(db, caller, [balanceFor(db, caller.userId, allowances, periodsOf(now), now.getTime())]),
  );
  return refusalOf(allowances, one(balance), wanted, now);
}

/**
 * Whether what is left of a user's allowances, and of the day's ceiling, covers a small call of our own. Reserves nothing: two
 * of them at once may take the same remainder.
 */
export async function isCovered(
  db: Database,
  userId: number,
  call: Omit<PlannedCall, "replyId">,
  config: AllowanceConfig & PriceConfig,
  now = new Date(),
): Promise<boolean> {
  const [own] = await retried(async () => ownAllowances(db, userId));
  if (!own) return false;
  // It is no turn, and nothing that is kept.
  const allowances = { ...allowancesInForce(own, config), runningTurns: 0, storedBytes: 0 };
  if (!isLimited(allowances)) return true;
  const query = () => balanceFor(db, userId, allowances, periodsOf(now), now.getTime());
  const balance = one(await retried(async () => query()));
  return refusalOf(allowances, balance, { ...costOf(call, config, now), bytes: 0 }, now) === null;
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

type Wanted = { tokens: number; costMicros: number; bytes: number; turns?: number };

/** What stands in the way of a call, if anything: what lasts longest, since before that is over waiting is no use. */
function refusalOf(allowances: Allowances, balance: Balance, wanted: Wanted, now: Date): AppError | null {
  const { storedBytes: room } = allowances;
  if (
    room > 0 &&
    wanted.bytes > 0 &&
    balance.storedBytes + (balance.runningTurns + 1) * wanted.bytes > room
  ) {
    return storageFull(room);
  }
  const states = Object.entries(statesOf(allowances, balance, now)) as [AllowanceName, AllowanceState][];
  const inTheWay = states.findLast(([name, { limit, used, reserved }]) => {
    const more = name.endsWith("tokens") ? wanted.tokens : wanted.costMicros;
    return limit > 0 && used + reserved + more > limit;
  });
  if (inTheWay) return exceeded(...inTheWay, now);
  const { ceilingMicros, runningTurns } = allowances;
  if (ceilingMicros > 0 && balance.everyonesMicros + wanted.costMicros > ceilingMicros) return exhausted(now);
  const { turns = 1 } = wanted;
  return runningTurns > 0 && balance.runningTurns + turns > runningTurns ? tooMany(runningTurns) : null;
}

const secondsUntil = (moment: Date, now: Date) =>
  String(Math.ceil((moment.getTime() - now.getTime()) / 1000));

function exceeded(name: AllowanceName, { limit, resetsAt }: AllowanceState, now: Date): AppError {
  const resets = resetsAt.toISOString();
  return new AppError("allowance_exceeded", {
    detail: `What is left of your ${NAMES[name](limit)} does not cover this reply. It resets at ${resets}.`,
    headers: { "Retry-After": secondsUntil(resetsAt, now) },
    extra: { allowance: name, resets_at: resets },
  });
}

function exhausted(now: Date): AppError {
  const { tomorrow } = periodsOf(now);
  const resets = tomorrow.toISOString();
  return new AppError("daily_ceiling_reached", {
    detail: `This server may spend no more on replies today. It may again at ${resets}.`,
    headers: { "Retry-After": secondsUntil(tomorrow, now) },
    extra: { resets_at: resets },
  });
}

/** How long to wait for one of several replies to end: about as long as one takes. Seconds. */
const REPLY_SECONDS = 5;

const tooMany = (limit: number) =>
  new AppError("too_many_turns", {
    detail: `${limit} of your replies are being written already, which is as many as may be at once.`,
    headers: { "Retry-After": String(REPLY_SECONDS) },
  });
