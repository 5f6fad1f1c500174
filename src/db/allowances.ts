import { eq, getTableColumns, inArray, lte, sql } from "drizzle-orm";

import type { Database } from "./client";
import { placesOf, prepared, value } from "./prepared";
import { allowanceReservations, users, type User } from "./schema";

/** What a user's row says about allowances. */
export type OwnAllowances = Pick<
  User,
  | "dailyTokenAllowance"
  | "monthlyTokenAllowance"
  | "dailyCostAllowanceMicros"
  | "monthlyCostAllowanceMicros"
  | "maxRunningTurns"
  | "maxPersonas"
  | "maxConversations"
  | "maxStoredBytes"
>;

/** The allowances in force, by tokens, millionths of a US dollar and turns at once; 0 means none. */
export type Allowances = {
  dailyTokens: number;
  monthlyTokens: number;
  dailyMicros: number;
  monthlyMicros: number;
  runningTurns: number;
  /** What all users may use together in a day. */
  ceilingMicros: number;
  /** What may be kept of the user. */
  storedBytes: number;
};

/** The beginnings of the day and the month, in milliseconds since 1970. */
export type Periods = { day: number; month: number };

export type Reservation = {
  replyId: number;
  userId: number;
  tokens: number;
  costMicros: number;
  expiresAt: Date;
  /** How much of the user's room its messages may take; 0 where none are kept. */
  bytes: number;
};

/** A user's overrides of the configured allowances. */
export const OWN_ALLOWANCES = {
  dailyTokenAllowance: users.dailyTokenAllowance,
  monthlyTokenAllowance: users.monthlyTokenAllowance,
  dailyCostAllowanceMicros: users.dailyCostAllowanceMicros,
  monthlyCostAllowanceMicros: users.monthlyCostAllowanceMicros,
  maxRunningTurns: users.maxRunningTurns,
  maxPersonas: users.maxPersonas,
  maxConversations: users.maxConversations,
  maxStoredBytes: users.maxStoredBytes,
};

export const ownAllowances = (db: Database, userId: number) =>
  db.select(OWN_ALLOWANCES).from(users).where(eq(users.id, userId));

/**
 * One row of what a user has used (by the ledger's roll-up, of the month only where that is asked for), what their other
 * running turns may yet use, and both of all users where there is a ceiling.
 */
const balance = (() => {
  const { userId, day, month, since, now, except, ceilingMicros } = placesOf(
    "userId",
    "day",
    "month",
    "since",
    "now",
    "except",
    "ceilingMicros",
  );
  return sql`
  (SELECT coalesce(sum(iif(quarter >= ${day}, prompt_tokens + completion_tokens, 0)), 0) AS day_tokens,
    coalesce(sum(iif(quarter >= ${month}, prompt_tokens + completion_tokens, 0)), 0) AS month_tokens,
    coalesce(sum(iif(quarter >= ${day}, cost_micros, 0)), 0) AS day_micros,
    coalesce(sum(iif(quarter >= ${month}, cost_micros, 0)), 0) AS month_micros
  FROM usage_rollup WHERE user_id = ${userId} AND quarter >= ${since}) AS used,
  (SELECT count(*) AS turns, coalesce(sum(tokens), 0) AS tokens, coalesce(sum(cost_micros), 0) AS micros
  FROM allowance_reservations
  WHERE user_id = ${userId} AND expires_at > ${now} AND reply_id <> ${except}) AS held,
  (SELECT coalesce(sum(cost_micros), 0) + coalesce((SELECT cost_micros FROM daily_costs WHERE day = ${day}), 0) AS micros
  FROM allowance_reservations
  WHERE ${ceilingMicros} > 0 AND expires_at > ${now} AND reply_id <> ${except}) AS everyone,
  (SELECT coalesce(max(personas), 0) AS personas, coalesce(max(conversations), 0) AS conversations,
    coalesce(max(bytes), 0) AS bytes FROM user_room WHERE user_id = ${userId}) AS room`;
})();

const NO_REPLY = 0;

const readBalance = prepared((db) =>
  db
    .select({
      dailyTokens: sql<number>`used.day_tokens`.as("day_tokens"),
      monthlyTokens: sql<number>`used.month_tokens`.as("month_tokens"),
      dailyMicros: sql<number>`used.day_micros`.as("day_micros"),
      monthlyMicros: sql<number>`used.month_micros`.as("month_micros"),
      reservedTokens: sql<number>`held.tokens`.as("reserved_tokens"),
      reservedMicros: sql<number>`held.micros`.as("reserved_micros"),
      runningTurns: sql<number>`held.turns`.as("running_turns"),
      everyonesMicros: sql<number>`everyone.micros`.as("everyones_micros"),
      personas: sql<number>`room.personas`.as("room_personas"),
      conversations: sql<number>`room.conversations`.as("room_conversations"),
      storedBytes: sql<number>`room.bytes`.as("room_bytes"),
    })
    .from(balance),
);

/** What is to be read: the month's part of the roll-up is thirty times the day's. */
const scopeOf = ({ monthlyTokens, monthlyMicros, ceilingMicros }: Allowances, { day, month }: Periods) => ({
  day,
  month,
  since: monthlyTokens > 0 || monthlyMicros > 0 ? month : day,
  ceilingMicros,
});

/** What a user has used of the day and the month, and what is reserved. */
export const balanceOf = (db: Database, userId: number, { day, month }: Periods, now: number) =>
  readBalance(db, { userId, day, month, since: month, ceilingMicros: 0, now, except: NO_REPLY });

/** The same, as far as one of these allowances counts it. */
export const balanceFor = (
  db: Database,
  userId: number,
  allowances: Allowances,
  periods: Periods,
  now: number,
) => readBalance(db, { userId, ...scopeOf(allowances, periods), now, except: NO_REPLY });

const covers = (limit: keyof Allowances, used: string, wanted: unknown) =>
  sql`(${value(limit)} = 0 OR ${sql.raw(used)} + ${wanted} <= ${value(limit)})`;

const insertReservation = prepared((db) =>
  db
    .insert(allowanceReservations)
    .select(
      sql`SELECT ${sql.join(
        Object.entries(getTableColumns(allowanceReservations)).map(
          ([field, column]) => sql`${value(field, column)}`,
        ),
        sql`, `,
      )} FROM ${balance}
      WHERE ${sql.join(
        [
          covers("dailyTokens", "used.day_tokens + held.tokens", value("tokens")),
          covers("monthlyTokens", "used.month_tokens + held.tokens", value("tokens")),
          covers("dailyMicros", "used.day_micros + held.micros", value("costMicros")),
          covers("monthlyMicros", "used.month_micros + held.micros", value("costMicros")),
          covers("runningTurns", "held.turns", 1),
          // Turns that run may each take as much as this one: they are alike, and what they take is known at their end.
          sql`(${value("bytes")} = 0 OR ${covers("storedBytes", "room.bytes", sql`(held.turns + 1) * ${value("bytes")}`)})`,
          covers("ceilingMicros", "everyone.micros", value("costMicros")),
        ],
        sql` AND `,
      )}`,
    )
    .onConflictDoUpdate({
      target: allowanceReservations.replyId,
      set: {
        tokens: sql`excluded.tokens`,
        costMicros: sql`excluded.cost_micros`,
        expiresAt: sql`excluded.expires_at`,
      },
    })
    .returning({ replyId: allowanceReservations.replyId }),
);

/**
 * Reserves if every allowance covers it beside what is used and reserved already; no row if one does not. Doing it again
 * for the same reply replaces its reservation. What running turns reserved counts in full, also across midnight.
 */
export const reserveAllowance = (
  db: Database,
  reservation: Reservation,
  allowances: Allowances,
  periods: Periods,
  now: number,
) =>
  insertReservation(db, {
    ...allowances,
    ...scopeOf(allowances, periods),
    ...reservation,
    now,
    except: reservation.replyId,
  });

export type ReservationQueries = readonly [
  ReturnType<typeof reserveAllowance>,
  ReturnType<typeof balanceFor>,
];

const deleteReservation = prepared((db) =>
  db.delete(allowanceReservations).where(eq(allowanceReservations.replyId, value("replyId"))),
);

/** Gives back what a turn had reserved, if it had. */
export const releaseAllowance = (db: Database, replyId: number) => deleteReservation(db, { replyId });

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
