import { and, eq, getTableColumns, isNull, sql } from "drizzle-orm";

import type { Database } from "./client";
import { prepared, value } from "./prepared";
import {
  safetyEvents,
  usageTotals,
  users,
  type AgeGroup,
  type AgeSource,
  type NewSafetyEvent,
  type User,
} from "./schema";

/** What a user's row says that bears on their safety. */
export const OWN_SAFETY = {
  ageGroup: users.ageGroup,
  ageSource: users.ageSource,
  region: users.region,
  locale: users.locale,
  parentLinked: users.parentLinked,
  minorSignalAt: users.minorSignalAt,
  lastNoticeAt: users.lastNoticeAt,
  crisisAt: users.crisisAt,
  crisisStep: users.crisisStep,
  concernAt: users.concernAt,
  calmedAt: users.calmedAt,
};

/** The clock of use, which the ledger keeps; null for who never spoke. */
export const USE_CLOCK = {
  lastTurnAt: usageTotals.lastTurnAt,
  sessionStartedAt: usageTotals.sessionStartedAt,
  dayUseMs: usageTotals.dayUseMs,
};

type Own = Pick<User, keyof typeof OWN_SAFETY>;
/** Milliseconds since 1970, and of use. */
export type UseClock = { lastTurnAt: number | null; sessionStartedAt: number | null; dayUseMs: number };
/** All that the database knows of a user's safety, as a turn begins with it. */
export type UserSafety = Own & { clock: UseClock | null };

export const safetyOfUser = (db: Database, userId: number) =>
  db
    .select({ ...OWN_SAFETY, clock: USE_CLOCK })
    .from(users)
    .leftJoin(usageTotals, eq(usageTotals.userId, users.id))
    .where(and(eq(users.id, userId), isNull(users.deletedAt)));

export type SafetyChanges = Pick<User, "ageGroup" | "ageSource"> &
  Partial<Pick<User, "region" | "locale" | "parentLinked">>;

/** Sets whom the operator says a user is. */
export const updateSafety = (db: Database, userId: number, changes: SafetyChanges) =>
  db
    .update(users)
    .set({ ...changes, updatedAt: new Date() })
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
    .returning({ id: users.id });

/** What a turn leaves in its user's row; null leaves it as it is. Times in milliseconds since 1970. */
export type SafetyMarks = {
  userId: number;
  lastNoticeAt: number | null;
  crisisAt: number | null;
  crisisStep: number | null;
  concernAt: number | null;
  /** When they first wrote that they are a minor. */
  minorSignalAt: number | null;
};

/** The later of what stands there and what is given, where either is. */
const later = (column: string, name: keyof SafetyMarks) =>
  sql`coalesce(max(${sql.identifier(column)}, ${value(name)}), ${value(name)}, ${sql.identifier(column)})`;
/** What they say themselves may lower an age group, and not against the operator's answer to it. */
const lowered = (to: AgeGroup | AgeSource, column: string) =>
  sql`iif(${value("minorSignalAt")} IS NOT NULL AND minor_signal_at IS NULL AND age_group IN ('adult', 'unknown'),
    ${to}, ${sql.identifier(column)})`;

const setMarks = prepared((db) =>
  db
    .update(users)
    .set({
      lastNoticeAt: later("last_notice_at", "lastNoticeAt"),
      crisisAt: later("crisis_at", "crisisAt"),
      crisisStep: sql`coalesce(${value("crisisStep")}, crisis_step)`,
      concernAt: later("concern_at", "concernAt"),
      ageGroup: lowered("teen", "age_group"),
      ageSource: lowered("self_said", "age_source"),
      minorSignalAt: sql`coalesce(minor_signal_at, ${value("minorSignalAt")})`,
    })
    .where(sql`${users.id} = ${value("userId")}`),
);
/** Writes what a turn leaves in its user's row; doing it twice does it once. */
export const markUser = (db: Database, marks: SafetyMarks) => setMarks(db, marks);

const insertEvent = prepared((db) =>
  db
    .insert(safetyEvents)
    .select(
      sql`SELECT ${sql.join(
        Object.entries(getTableColumns(safetyEvents)).map(([field, column]) => sql`${value(field, column)}`),
        sql`, `,
      )} WHERE TRUE`,
    )
    .onConflictDoNothing(),
);
/** Statements that write what was found, each once however often they are run; a trigger counts them. */
export const recordFound = (db: Database, rows: NewSafetyEvent[]) => rows.map((row) => insertEvent(db, row));
