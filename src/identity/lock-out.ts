import { retried, type Database } from "../db/client";
import {
  countLoginAttempt,
  FORGOTTEN_MS,
  forgetLoginFailures,
  loginFailuresOf,
  pauseLogins,
  takeFromBudget,
  trustLogin,
  uncountLoginAttempt,
  type Budget,
  type Policy,
} from "../db/login-failures";
import type { LoginFailures } from "../db/schema";
import type { Config } from "../env";
import { AppError } from "../errors";
import { hmac } from "./hmac";

const MINUTE_MS = 60_000;

/**
 * Guessing one account from one address, or in one session, pauses soon and for long, which hurts only the one who guesses.
 * Guessing one account from everywhere, or every account from one address, has to go on for longer. What strangers do to an
 * account holds up neither its sessions, nor an address from which somebody has signed in to it, nor the first try of an
 * address that has not failed yet, so nobody can lock the owner out for good.
 */
const POLICIES = {
  own: { free: 5, longestMs: 15 * MINUTE_MS },
  account: { free: 50, longestMs: MINUTE_MS },
  address: { free: 100, longestMs: 15 * MINUTE_MS },
  /** Only counts. */
  first: { free: 1e9, longestMs: 0 },
} as const satisfies Record<string, Policy>;

/**
 * First tries at one account while it is paused, from all addresses together: so a thousand machines have two guesses a
 * minute at it (this one and the account's own), not a thousand.
 */
const FIRST_TRIES: Budget = { burst: 60, everyMs: MINUTE_MS };

/** How long a check may take: 2.5 seconds' wait for a hash, the hash itself, and the database's answers around them. */
const CHECK_MS = 5000;

type Count = { key: string; policy: Policy; failures: number };

/**
 * What an attempt was counted against: the key of who guesses (a session, or the account and the address together), and
 * others. `pair` is the account and the address, to be trusted if it is right.
 */
export type LoginAttempt = { own: string; pair: string; counts: Count[] };

/**
 * Counts an attempt to prove who one is. Accounts that do not exist are counted alike. Only keyed hashes are stored.
 * @param account the user's id, or the name that nobody has
 * @throws AppError `login_paused`, with Retry-After
 */
export async function countAttempt(
  db: Database,
  config: Config,
  { account, address }: { account: string; address: string },
  now = Date.now(),
): Promise<LoginAttempt> {
  const [pair, byAccount, byAddress, bySite, tries] = await keysOf(config, [
    `pair:${account}:${address}`,
    `account:${account}`,
    `address:${address}`,
    `first:${account}:${siteOf(address)}`,
    `firsts:${account}`,
  ]);
  const rows = await loginFailuresOf(db, [pair, byAccount, byAddress, bySite, tries]);
  refusePaused(rows, [pair, byAddress], now);
  const trusted = rows.some((row) => row.key === pair && row.trusted);
  const pause = trusted ? 0 : pauseOf(rows, [byAccount], now);
  if (pause > 0) await takeFirstTry(db, { rows, known: [pair, bySite], tries, pause }, now);
  const against: Against = [
    [pair, POLICIES.own],
    [byAddress, POLICIES.address],
  ];
  if (pause > 0) against.push([bySite, POLICIES.first]);
  else if (!trusted) against.push([byAccount, POLICIES.account]);
  return count(db, { own: pair, pair, against }, now);
}

/**
 * Counts an attempt of a signed-in user to prove once more who they are: by the session's own failures alone.
 * @throws AppError `login_paused`, with Retry-After
 */
export async function countConfirmation(
  db: Database,
  config: Config,
  { account, address, sessionId }: { account: string; address: string; sessionId: string },
  now = Date.now(),
): Promise<LoginAttempt> {
  const [own, pair] = await keysOf(config, [`session:${sessionId}`, `pair:${account}:${address}`]);
  refusePaused(await loginFailuresOf(db, [own]), [own], now);
  return count(db, { own, pair, against: [[own, POLICIES.own]] }, now);
}

/** Who has an IPv6 address has at least the 65,536 blocks that begin with the same 48 bits (RFC 6177): one first try for all. */
const siteOf = (address: string) =>
  address.includes(":") ? address.split(":").slice(0, 3).join(":") : address;

const keysOf = <const T extends readonly string[]>({ SECRET_KEY: [key] }: Config, texts: T) =>
  Promise.all(texts.map((text) => hmac(key, "login", text))) as Promise<{ [K in keyof T]: string }>;

const pauseOf = (rows: LoginFailures[], keys: string[], now: number) =>
  Math.max(0, ...rows.map((row) => (keys.includes(row.key) ? (row.blockedUntil?.getTime() ?? 0) - now : 0)));

/** @throws AppError `login_paused` */
function refusePaused(rows: LoginFailures[], keys: string[], now: number): void {
  const pause = pauseOf(rows, keys, now);
  if (pause > 0) throw paused(pause);
}

/** @throws AppError `login_paused` unless this is a first try, and one of those that there are */
async function takeFirstTry(
  db: Database,
  { rows, known, tries, pause }: { rows: LoginFailures[]; known: string[]; tries: string; pause: number },
  now: number,
): Promise<void> {
  const failed = ({ key, failures, updatedAt }: LoginFailures) =>
    known.includes(key) && failures > 0 && updatedAt.getTime() >= now - FORGOTTEN_MS;
  if (rows.some(failed)) throw paused(pause);
  const taken = await takeFromBudget(db, tries, now, FIRST_TRIES);
  if (taken.length > 0) return;
  const { burst, everyMs } = FIRST_TRIES;
  const next = pauseOf(rows, [tries], now) + everyMs - burst * everyMs;
  throw paused(Math.min(pause, next > 0 ? next : everyMs));
}

type Against = [[key: string, policy: Policy], ...[key: string, policy: Policy][]];
type Counting = Pick<LoginAttempt, "own" | "pair"> & { against: Against };

/** Counts against all these keys, or, where others were faster and one of them is paused, against none. */
async function count(db: Database, { own, pair, against }: Counting, now: number): Promise<LoginAttempt> {
  const statement = ([key, policy]: [string, Policy]) => countLoginAttempt(db, key, now, policy, CHECK_MS);
  const [first, ...others] = against;
  const rows = (await db.batch([statement(first), ...others.map(statement)])).flat();
  const counts = against.flatMap(([key, policy]) => {
    const row = rows.find((counted) => counted.key === key);
    return row ? [{ key, policy, failures: row.failures }] : [];
  });
  const attempt = { own, pair, counts };
  const second = counts.some(({ policy, failures }) => policy === POLICIES.first && failures > 1);
  if (counts.length === against.length && !second) return attempt;
  await takeBack(db, attempt);
  const keys = against.map(([key]) => key);
  throw paused(pauseOf(await loginFailuresOf(db, keys), keys, now) || 1000);
}

/** The attempt was right: it does not count against anyone, and its address is known from now on. */
export function forgive(db: Database, { own, pair, counts }: LoginAttempt) {
  const others = counts.filter(({ key }) => key !== own);
  return [
    trustLogin(db, pair, new Date()),
    ...(own === pair ? [] : [forgetLoginFailures(db, own)]),
    ...others.map(({ key, failures }) => uncountLoginAttempt(db, key, failures)),
  ] as const;
}

/** The attempt could not be checked: it was none. */
export async function takeBack(db: Database, { counts: [first, ...others] }: LoginAttempt): Promise<void> {
  const statement = ({ key, failures }: Count) => uncountLoginAttempt(db, key, failures);
  if (first) await db.batch([statement(first), ...others.map(statement)]);
}

/**
 * The attempt was wrong: the pause after it, if there is one, begins now. Until here it ran for as long as the check may
 * take, which held back those made meanwhile; what they were told is never shorter than what is set here.
 */
export async function beginPause(
  db: Database,
  { counts: [first, ...others] }: LoginAttempt,
  now = Date.now(),
): Promise<void> {
  const statement = ({ key, failures, policy }: Count) => pauseLogins(db, key, failures, now, policy);
  if (first) await retried(() => db.batch([statement(first), ...others.map(statement)]));
}

function paused(ms: number): AppError {
  const seconds = Math.ceil(ms / 1000);
  return new AppError("login_paused", {
    detail: `Too many failed attempts. Please try again in ${seconds} second${seconds === 1 ? "" : "s"}.`,
    headers: { "Retry-After": String(seconds) },
  });
}
