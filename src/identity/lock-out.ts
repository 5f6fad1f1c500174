import { retried, type Database } from "../db/client";
import {
  countLoginAttempt,
  forgiveLoginAttempt,
  loginFailuresOf,
  pauseLogins,
  trustLogin,
  type Policy,
} from "../db/login-failures";
import type { Config } from "../env";
import { AppError } from "../errors";
import { hmac } from "./hmac";

const MINUTE_MS = 60_000;

/**
 * Guessing one account from one address pauses soon and for long, which hurts only the one who guesses. Guessing one
 * account from everywhere, or every account from one address, has to go on for longer. An address from which somebody has
 * signed in to the account is not held up by what strangers do to it, so nobody can lock the owner out for good.
 */
const POLICIES: Record<"pair" | "account" | "address", Policy> = {
  pair: { free: 5, longestMs: 15 * MINUTE_MS },
  account: { free: 50, longestMs: MINUTE_MS },
  address: { free: 100, longestMs: 15 * MINUTE_MS },
};

/** What an attempt counts against: `pair` is the account and the address together, `others` either alone, and how. */
export type LoginAttempt = { pair: string; others: [key: string, policy: Policy][] };

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
  const name = (text: string) => hmac(config.SECRET_KEY[0], "login", text);
  const [pair, byAccount, byAddress] = await Promise.all([
    name(`pair:${account}:${address}`),
    name(`account:${account}`),
    name(`address:${address}`),
  ]);
  const rows = await loginFailuresOf(db, [pair, byAccount, byAddress]);
  const trusted = rows.some((row) => row.key === pair && row.trusted);
  const others: LoginAttempt["others"] = [[byAddress, POLICIES.address]];
  if (!trusted) others.push([byAccount, POLICIES.account]);
  const pauses = rows
    .filter((row) => !trusted || row.key !== byAccount)
    .map((row) => (row.blockedUntil?.getTime() ?? 0) - now);
  const pause = Math.max(0, ...pauses);
  if (pause > 0) throw paused(pause);
  const counted = await db.batch([
    countLoginAttempt(db, pair, now, POLICIES.pair),
    ...others.map(([key, policy]) => countLoginAttempt(db, key, now, policy)),
  ]);
  if (counted.some((row) => row.length === 0)) throw paused(1000);
  return { pair, others };
}

/** The attempt was right: it does not count against anyone, and its address is known from now on. */
export function forgive(db: Database, { pair, others }: LoginAttempt) {
  const keys = others.map(([key]) => key);
  return [trustLogin(db, pair, new Date()), forgiveLoginAttempt(db, keys)] as const;
}

/** What pauses this account from here: its own count, and that with this address. The address alone counts for others too. */
export function pausesOf(
  config: Config,
  { account, address }: { account: string; address: string },
): Promise<string[]> {
  const names = [`pair:${account}:${address}`, `account:${account}`];
  return Promise.all(names.map((text) => hmac(config.SECRET_KEY[0], "login", text)));
}

/**
 * The attempt was wrong: the pause after it, if there is one, begins now. Until here it ran from when the attempt was
 * counted, which held back those made meanwhile; but to find out takes a slow hash, which must not be a part of it.
 */
export async function beginPause(
  db: Database,
  { pair, others }: LoginAttempt,
  now = Date.now(),
): Promise<void> {
  await retried(() =>
    db.batch([
      pauseLogins(db, pair, now, POLICIES.pair),
      ...others.map(([key, policy]) => pauseLogins(db, key, now, policy)),
    ]),
  );
}

function paused(ms: number): AppError {
  const seconds = Math.ceil(ms / 1000);
  return new AppError("login_paused", {
    detail: `Too many failed attempts. Please try again in ${seconds} second${seconds === 1 ? "" : "s"}.`,
    headers: { "Retry-After": String(seconds) },
  });
}
