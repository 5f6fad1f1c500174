import { and, eq, inArray, lte, sql } from "drizzle-orm";

import type { Database } from "./client";
import { allowanceReservations, users, type User } from "./schema";

/** What a user's row says about allowances. */
export type OwnAllowances = Pick<
  User,
  "dailyTokenAllowance" | "monthlyTokenAllowance" | "dailyCostAllowanceMicros" | "monthlyCostAllowanceMicros"
>;

/** The allowances in force, by tokens and millionths of a US dollar; 0 means none. */
export type Allowances = {
  dailyTokens: number;
  monthlyTokens: number;
  dailyMicros: number;
  monthlyMicros: number;
};

/** The beginnings of the day and the month, in milliseconds since 1970. */
export type Periods = { day: number; month: number };

export type Reservation = typeof allowanceReservations.$inferInsert;

/** A user's overrides of the configured allowances. */
export const OWN_ALLOWANCES = {
  dailyTokenAllowance: users.dailyTokenAllowance,
  monthlyTokenAllowance: users.monthlyTokenAllowance,
  dailyCostAllowanceMicros: users.dailyCostAllowanceMicros,
  monthlyCostAllowanceMicros: users.monthlyCostAllowanceMicros,
};

export const ownAllowances = (db: Database, userId: number) =>
  db.select(OWN_ALLOWANCES).from(users).where(eq(users.id, userId));

/** The row of what a user has used (by the ledger's roll-up) and what their other running turns may yet use. */
const balance = (userId: number, { day, month }: Periods, now: number, except: number) => sql`
  (SELECT coalesce(sum(iif(quarter >= ${day}, prompt_tokens + completion_tokens, 0)), 0) AS day_tokens,
    coalesce(sum(prompt_tokens + completion_tokens), 0) AS month_tokens,
    coalesce(sum(iif(quarter >= ${day}, cost_micros, 0)), 0) AS day_micros,
    coalesce(sum(cost_micros), 0) AS month_micros
  FROM usage_rollup WHERE user_id = ${userId} AND quarter >= ${month}) AS used,
  (SELECT coalesce(sum(tokens), 0) AS tokens, coalesce(sum(cost_micros), 0) AS micros
  FROM allowance_reservations
  WHERE user_id = ${userId} AND expires_at > ${now} AND reply_id <> ${except}) AS held`;

const NO_REPLY = 0;

/** What a user has used of the day and the month, and what is reserved. */
export const balanceOf = (db: Database, userId: number, periods: Periods, now: number) =>
  db
    .select({
      dailyTokens: sql<number>`used.day_tokens`.as("day_tokens"),
      monthlyTokens: sql<number>`used.month_tokens`.as("month_tokens"),
      dailyMicros: sql<number>`used.day_micros`.as("day_micros"),
      monthlyMicros: sql<number>`used.month_micros`.as("month_micros"),
      reservedTokens: sql<number>`held.tokens`.as("reserved_tokens"),
      reservedMicros: sql<number>`held.micros`.as("reserved_micros"),
    })
    .from(balance(userId, periods, now, NO_REPLY));

/**
 * Reserves if every allowance covers it beside what is used and reserved already; no row if one does not. Doing it again
 * for the same reply replaces its reservation. What running turns reserved counts in full, also across midnight.
 */
export const reserveAllowance = (
  db: Database,
  { replyId, userId, tokens, costMicros, expiresAt }: Reservation,
  allowances: Allowances,
  periods: Periods,
  now: number,
) => {
  const covers = (limit: number, used: string, reserved: string, wanted: number) =>
    limit === 0 ? undefined : sql`${sql.raw(used)} + ${sql.raw(reserved)} + ${wanted} <= ${limit}`;
  return db
    .insert(allowanceReservations)
    .select(
      db
        .select({
          replyId: sql`${replyId}`.as("reply_id"),
          userId: sql`${userId}`.as("user_id"),
          tokens: sql`${tokens}`.as("tokens"),
          costMicros: sql`${costMicros}`.as("cost_micros"),
          expiresAt: sql`${expiresAt.getTime()}`.as("expires_at"),
        })
        .from(balance(userId, periods, now, replyId ?? NO_REPLY))
        .where(
          and(
            sql`TRUE`,
            covers(allowances.dailyTokens, "used.day_tokens", "held.tokens", tokens),
            covers(allowances.monthlyTokens, "used.month_tokens", "held.tokens", tokens),
            covers(allowances.dailyMicros, "used.day_micros", "held.micros", costMicros),
            covers(allowances.monthlyMicros, "used.month_micros", "held.micros", costMicros),
          ),
        ),
    )
    .onConflictDoUpdate({
      target: allowanceReservations.replyId,
      set: { tokens, costMicros, expiresAt },
    })
    .returning({ replyId: allowanceReservations.replyId });
};

/** Gives back what a turn had reserved, if it had. */
export const releaseAllowance = (db: Database, replyId: number) =>
  db.delete(allowanceReservations).where(eq(allowanceReservations.replyId, replyId));

/** Deletes reservations that count no longer, at most so many. */
export const dropStaleReservations = (db: Database, now: Date, limit: number) =>
  db
    .delete(allowanceReservations)
    .where(
      inArray(
        allowanceReservations.replyId,
        db
          .select({ id: allowanceReservations.replyId })
          .from(allowanceReservations)
          .where(lte(allowanceReservations.expiresAt, now))
          .limit(limit),
      ),
    )
    .returning({ id: allowanceReservations.replyId });
