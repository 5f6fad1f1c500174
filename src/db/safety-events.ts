import { and, asc, desc, eq, inArray, isNotNull, lt, lte, sql } from "drizzle-orm";

import { openComplaint } from "./cells";
import type { Database } from "./client";
import { aliased, found, reading } from "./prepared";
import {
  safetyComplaints,
  safetyCounts,
  safetyDetectors,
  safetyEvents,
  users,
  type FalseAlarm,
} from "./schema";

/*
 * What safety has found of users, without a word of theirs: as they see it, as the operator's server is told of it, and as it
 * is counted.
 */

/** SQLite's own number of a row: later findings have higher ones. */
const rowid = sql<number>`safety_events.rowid`.as("event_rowid");
const EVENT = { event: aliased(safetyEvents, "event"), appeal: aliased(safetyComplaints, "appeal"), rowid };

const ofUser = (db: Database, userId: number) =>
  db
    .select(EVENT)
    .from(safetyEvents)
    .leftJoin(
      safetyComplaints,
      and(
        eq(safetyComplaints.userId, userId),
        eq(safetyComplaints.kind, "appeal"),
        eq(safetyComplaints.subject, safetyEvents.id),
      ),
    )
    .$dynamic();

type Joined = Awaited<ReturnType<typeof ofUser>>[number];
const opened =
  (db: Database) =>
  ({ event, appeal, rowid }: Joined) => ({
    ...event,
    rowid,
    appeal: (appeal && found(appeal, (row) => openComplaint(db, row))) ?? null,
  });

/** An event with what its user has said against it, if they have. */
export type EventWithAppeal = ReturnType<ReturnType<typeof opened>>;

/** What was found of a user, the newest first, before the row of this number. */
export const eventsOf = (
  db: Database,
  userId: number,
  { before, limit }: { before: number; limit: number },
) =>
  reading(
    ofUser(db, userId)
      .where(and(eq(safetyEvents.userId, userId), sql`safety_events.rowid < ${before}`))
      .orderBy(desc(sql`safety_events.rowid`))
      .limit(limit),
    opened(db),
  );

export const eventById = (db: Database, userId: number, id: string) =>
  reading(
    ofUser(db, userId).where(and(eq(safetyEvents.id, id), eq(safetyEvents.userId, userId))),
    opened(db),
  );

/** The same in the order they were found, for the export: those after the row of this number. */
export const eventsAfter = (db: Database, userId: number, after: number, limit: number) =>
  reading(
    ofUser(db, userId)
      .where(and(eq(safetyEvents.userId, userId), sql`safety_events.rowid > ${after}`))
      .orderBy(asc(sql`safety_events.rowid`))
      .limit(limit),
    opened(db),
  );

const DANGERS = ["crisis", "concern", "eating_disorder"] as const;

/** Notes that it was no danger, and has what is less than one rest for this session. One row, or none where there is no such event. */
export const markFalseAlarm = (db: Database, userId: number, id: string, about: FalseAlarm, now: Date) => {
  const own = and(
    eq(safetyEvents.id, id),
    eq(safetyEvents.userId, userId),
    inArray(safetyEvents.code, DANGERS),
  );
  return [
    db.update(safetyEvents).set({ feedback: about }).where(own).returning({ id: safetyEvents.id }),
    db
      .update(users)
      .set({ calmedAt: now })
      .where(
        and(
          eq(users.id, userId),
          sql`EXISTS (SELECT 1 FROM safety_events WHERE ${own} AND ${safetyEvents.level} = 'low')`,
        ),
      ),
  ] as const;
};

/** What the operator's server is to be told by now, the most urgent first, and of whom. */
export const dueWebhooks = (db: Database, now: Date, limit: number) =>
  db
    .select({
      event: aliased(safetyEvents, "event"),
      parentLinked: sql<number>`(SELECT parent_linked FROM users WHERE id = safety_events.user_id)`.as(
        "parent_linked",
      ),
    })
    .from(safetyEvents)
    .where(lte(safetyEvents.webhookDueAt, now))
    .orderBy(asc(safetyEvents.webhookDueAt))
    .limit(limit);

/** When the next one is due. */
export const nextWebhook = (db: Database) =>
  db
    .select({ dueAt: safetyEvents.webhookDueAt })
    .from(safetyEvents)
    .where(isNotNull(safetyEvents.webhookDueAt))
    .orderBy(asc(safetyEvents.webhookDueAt))
    .limit(1);

/** The operator's server was told, or will not be: the time it was found is forgotten as well. */
export const endWebhook = (db: Database, id: string) =>
  db.update(safetyEvents).set({ webhookAt: null, webhookDueAt: null }).where(eq(safetyEvents.id, id));

export const postponeWebhook = (db: Database, id: string, dueAt: Date) =>
  db
    .update(safetyEvents)
    .set({ webhookDueAt: dueAt, webhookTries: sql`webhook_tries + 1` })
    .where(and(eq(safetyEvents.id, id), isNotNull(safetyEvents.webhookDueAt)));

/** Forgets what was found on a day before, at most so many rows. */
export const deleteEventsBefore = (db: Database, before: Date, limit: number) =>
  db
    .delete(safetyEvents)
    .where(
      inArray(
        safetyEvents.id,
        db
          .select({ id: safetyEvents.id })
          .from(safetyEvents)
          .where(lt(safetyEvents.atDay, before.toISOString().slice(0, 10)))
          .limit(limit),
      ),
    )
    .returning({ id: safetyEvents.id });

/** What was counted in a year, and by which detectors. */
export const countsOf = (db: Database, year: number) =>
  [
    db
      .select({
        region: safetyCounts.region,
        kind: safetyCounts.kind,
        ageGroup: safetyCounts.ageGroup,
        count: safetyCounts.count,
      })
      .from(safetyCounts)
      .where(eq(safetyCounts.year, year)),
    db
      .select({ source: safetyDetectors.source, version: safetyDetectors.version })
      .from(safetyDetectors)
      .where(eq(safetyDetectors.year, year)),
  ] as const;
