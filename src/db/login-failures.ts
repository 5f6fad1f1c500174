import { and, eq, inArray, isNull, lt, lte, or, sql, type SQL } from "drizzle-orm";

import type { Database } from "./client";
import { loginFailures } from "./schema";

export const loginFailuresOf = (db: Database, keys: string[]) =>
  db.select().from(loginFailures).where(inArray(loginFailures.key, keys));

/** How many failures are free, and how the pause after the next ones grows: doubling from a second up to the longest. */
export type Policy = { free: number; longestMs: number };

/** Failures older than this are forgotten. */
export const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

const pauseAfter = (failures: SQL | typeof loginFailures.failures, { free, longestMs }: Policy) =>
  sql`min(${longestMs}, 1000 << min(${failures} - ${free}, 20))`;

/**
 * Counts an attempt before it is known how it ends, so that a hundred at once are a hundred. No row while it is paused.
 * Where a pause is due it holds from now on, and for `checkMs` more: as long as the attempt may take to be found wrong.
 * `pauseLogins` then has it end when it should.
 */
export const countLoginAttempt = (
  db: Database,
  key: string,
  now: number,
  policy: Policy,
  checkMs: number,
) => {
  const failures = sql`(CASE WHEN ${loginFailures.updatedAt} < ${now - FORGOTTEN_MS} THEN 1 ELSE ${loginFailures.failures} + 1 END)`;
  return db
    .insert(loginFailures)
    .values({ key, failures: 1, updatedAt: new Date(now) })
    .onConflictDoUpdate({
      target: loginFailures.key,
      set: {
        failures,
        blockedUntil: sql`CASE WHEN ${failures} >= ${policy.free} THEN ${now + checkMs} + ${pauseAfter(failures, policy)} ELSE NULL END`,
        updatedAt: new Date(now),
      },
      setWhere: or(isNull(loginFailures.blockedUntil), lte(loginFailures.blockedUntil, new Date(now))),
    })
    .returning();
};

/** The attempt that made so many failures was wrong: the pause that is due begins now. Nothing if others came after it. */
export const pauseLogins = (db: Database, key: string, counted: number, now: number, policy: Policy) =>
  db
    .update(loginFailures)
    .set({ blockedUntil: sql`${now} + ${pauseAfter(loginFailures.failures, policy)}` })
    .where(
      and(
        eq(loginFailures.key, key),
        eq(loginFailures.failures, counted),
        sql`${loginFailures.failures} >= ${policy.free}`,
      ),
    );

/** Takes back the count of an attempt that made so many failures, and the pause that it set. */
export const uncountLoginAttempt = (db: Database, key: string, counted: number) =>
  db
    .update(loginFailures)
    .set({
      failures: sql`max(0, ${loginFailures.failures} - 1)`,
      blockedUntil: sql`CASE WHEN ${loginFailures.failures} = ${counted} THEN NULL ELSE ${loginFailures.blockedUntil} END`,
    })
    .where(eq(loginFailures.key, key));

export const forgetLoginFailures = (db: Database, key: string) =>
  db.delete(loginFailures).where(eq(loginFailures.key, key));

/** Remembers that somebody proved to be this account's owner from this address. */
export const trustLogin = (db: Database, key: string, now: Date) => {
  const trusted = { failures: 0, blockedUntil: null, trusted: true, updatedAt: now };
  return db
    .insert(loginFailures)
    .values({ key, ...trusted })
    .onConflictDoUpdate({ target: loginFailures.key, set: trusted });
};

/** So many at once, and one more each `everyMs`. */
export type Budget = { burst: number; everyMs: number };

/**
 * Takes one from a budget; no row if it is used up. `blockedUntil` is when it would be whole again (GCRA, ITU-T I.371, which
 * needs no other memory).
 */
export const takeFromBudget = (db: Database, key: string, now: number, { burst, everyMs }: Budget) => {
  const whole = sql`(max(coalesce(${loginFailures.blockedUntil}, 0), ${now}) + ${everyMs})`;
  return db
    .insert(loginFailures)
    .values({ key, failures: 0, blockedUntil: new Date(now + everyMs), updatedAt: new Date(now) })
    .onConflictDoUpdate({
      target: loginFailures.key,
      set: { blockedUntil: whole, updatedAt: new Date(now) },
      setWhere: sql`${whole} <= ${now + burst * everyMs}`,
    })
    .returning();
};

/** Deletes what no longer counts, at most so many. An address stays trusted for as long as sessions last. */
export const pruneLoginFailures = (db: Database, before: Date, trustedBefore: Date, limit: number) =>
  db
    .delete(loginFailures)
    .where(
      inArray(
        loginFailures.key,
        db
          .select({ key: loginFailures.key })
          .from(loginFailures)
          .where(
            and(
              lt(loginFailures.updatedAt, before),
              or(eq(loginFailures.trusted, false), lt(loginFailures.updatedAt, trustedBefore)),
            ),
          )
          .limit(limit),
      ),
    )
    .returning({ key: loginFailures.key });
