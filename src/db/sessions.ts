import { and, desc, eq, gt, lte, ne, notInArray, or, sql } from "drizzle-orm";

import type { Database } from "./client";
import { sessions, users, type Session } from "./schema";

/** A user has at most this many sessions; a new login ends the ones unused for longest. */
const MAX_SESSIONS = 100;

export type NewSession = Omit<Session, "userId">;

export const insertSession = (
  db: Database,
  userId: number | ReturnType<typeof sql<number>>,
  row: NewSession,
) => db.insert(sessions).values({ ...row, userId });

/** Deletes what expired, and what is too many. */
export const pruneSessions = (db: Database, userId: number, now: Date) =>
  db
    .delete(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        or(
          lte(sessions.expiresAt, now),
          notInArray(
            sessions.id,
            db
              .select({ id: sessions.id })
              .from(sessions)
              .where(eq(sessions.userId, userId))
              .orderBy(desc(sessions.lastUsedAt))
              .limit(MAX_SESSIONS),
          ),
        ),
      ),
    );

type Rotation = {
  family: string;
  /** The hash of the token presented, and of the one that replaces it. */
  presented: string;
  next: string;
  now: Date;
  /** The token before the one in force is still good if it was replaced after this. */
  replacedSince: Date;
  /** Sessions that began before this have ended. */
  begunSince: Date;
  /** How long the session goes on unless it is refreshed again. */
  idleMs: number;
};

/** Whether the token presented is the one before the one in force, which was made at `lastUsedAt`, and is still good. */
const inGrace = ({ presented, replacedSince }: Rotation) =>
  and(eq(sessions.previousRefreshHash, presented), gt(sessions.lastUsedAt, replacedSince));

/**
 * Replaces the refresh token in force, if it is the one presented, by the next one. If the one before it is presented and
 * still good, the session stays as it is. Answers the session with what is now in force; no row if the token is neither,
 * the session has ended, or the user is inactive.
 */
export const rotateRefreshToken = (db: Database, rotation: Rotation) => {
  const { family, presented, next, now, begunSince, idleMs } = rotation;
  const inForce = sql`${sessions.refreshHash} = ${presented}`;
  const ends = sql`min(${now.getTime() + idleMs}, ${sessions.createdAt} + ${now.getTime() - begunSince.getTime()})`;
  return db
    .update(sessions)
    .set({
      previousRefreshHash: presented,
      refreshHash: sql`CASE WHEN ${inForce} THEN ${next} ELSE ${sessions.refreshHash} END`,
      lastUsedAt: sql`CASE WHEN ${inForce} THEN ${now.getTime()} ELSE ${sessions.lastUsedAt} END`,
      expiresAt: sql`CASE WHEN ${inForce} THEN ${ends} ELSE ${sessions.expiresAt} END`,
    })
    .where(
      and(
        eq(sessions.refreshFamily, family),
        or(inForce, inGrace(rotation)),
        gt(sessions.expiresAt, now),
        gt(sessions.createdAt, begunSince),
        sql`EXISTS (SELECT 1 FROM ${users} WHERE ${users.id} = ${sessions.userId} AND ${users.isActive})`,
      ),
    )
    .returning();
};

/** Ends the session of this family if the token presented was one of its, and is no longer. To follow a rotation. */
export const endReusedFamily = (db: Database, rotation: Rotation) =>
  db
    .delete(sessions)
    .where(
      and(
        eq(sessions.refreshFamily, rotation.family),
        ne(sessions.refreshHash, rotation.presented),
        sql`(${inGrace(rotation)}) IS NOT TRUE`,
      ),
    )
    .returning({ id: sessions.id });

/** Newest use first. */
export const sessionsOf = (db: Database, userId: number) =>
  db
    .select()
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.lastUsedAt), sessions.id);

export const sessionById = (db: Database, userId: number, sessionId: string) =>
  db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.id, sessionId)));

export const endSession = (db: Database, userId: number, sessionId: string) =>
  db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.id, sessionId)))
    .returning({ id: sessions.id });

export const endSessionOfFamily = (db: Database, userId: number, family: string) =>
  db.delete(sessions).where(and(eq(sessions.userId, userId), eq(sessions.refreshFamily, family)));

export const endOtherSessions = (db: Database, userId: number, sessionId: string) =>
  db.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.id, sessionId)));
