import { and, eq, gte, inArray, isNull, lt, lte, or, sql, type SQL } from "drizzle-orm";

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
 * The pause that it sets holds for the attempts after it; `pauseLogins` has it begin anew once the attempt has failed.
 */
export const countLoginAttempt = (db: Database, key: string, now: number, policy: Policy) => {
  const failures = sql`(CASE WHEN ${loginFailures.updatedAt} < ${now - FORGOTTEN_MS} THEN 1 ELSE ${loginFailures.failures} + 1 END)`;
  return db
    .insert(loginFailures)
    .values({ key, failures: 1, updatedAt: new Date(now) })
    .onConflictDoUpdate({
      target: loginFailures.key,
      set: {
        failures,
        blockedUntil: sql`CASE WHEN ${failures} >= ${policy.free} THEN ${now} + ${pauseAfter(failures, policy)} ELSE NULL END`,
        updatedAt: new Date(now),
      },
      setWhere: or(isNull(loginFailures.blockedUntil), lte(loginFailures.blockedUntil, new Date(now))),
    })
    .returning();
};

/** Has the pause begin now, for as long as it should be by the failures counted; one that ends later stays. */
export const pauseLogins = (db: Database, key: string, now: number, policy: Policy) =>
  db
    .update(loginFailures)
    .set({
      blockedUntil: sql`max(coalesce(${loginFailures.blockedUntil}, 0), ${now} + ${pauseAfter(loginFailures.failures, policy)})`,
    })
    .where(and(eq(loginFailures.key, key), gte(loginFailures.failures, policy.free)));

/** Takes back the count of an attempt that was right. */
export const forgiveLoginAttempt = (db: Database, keys: string[]) =>
  db
    .update(loginFailures)
    .set({ failures: sql`max(0, ${loginFailures.failures} - 1)`, blockedUntil: null })
    .where(inArray(loginFailures.key, keys));

/** Remembers that somebody signed in to this account from this address. */
export const trustLogin = (db: Database, key: string, now: Date) =>
  db
    .update(loginFailures)
    .set({ failures: 0, blockedUntil: null, trusted: true, updatedAt: now })
    .where(eq(loginFailures.key, key));

/** Deletes what no longer counts. An address stays trusted for as long as sessions last. */
export const pruneLoginFailures = (db: Database, before: Date, trustedBefore: Date) =>
  db
    .delete(loginFailures)
    .where(
      or(
        and(lt(loginFailures.updatedAt, before), eq(loginFailures.trusted, false)),
        lt(loginFailures.updatedAt, trustedBefore),
      ),
    );
