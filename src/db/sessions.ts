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

type Rotation = { family: string; presented: string; next: string; now: Date; expiresAt: Date };

/**
 * Replaces the refresh token in force, if it is the one presented, by the next one. If the one before it is presented,
 * the one in force stays. Answers the session with what is now in force; no row if the token is neither, or the user
 * is inactive.
 */
export const rotateRefreshToken = (db: Database, { family, presented, next, now, expiresAt }: Rotation) =>
  db
    .update(sessions)
    .set({
      previousRefreshHash: presented,
      refreshHash: sql`CASE WHEN ${sessions.refreshHash} = ${presented} THEN ${next} ELSE ${sessions.refreshHash} END`,
      lastUsedAt: now,
      expiresAt,
    })
    .where(
      and(
        eq(sessions.refreshFamily, family),
        or(eq(sessions.refreshHash, presented), eq(sessions.previousRefreshHash, presented)),
        gt(sessions.expiresAt, now),
        sql`EXISTS (SELECT 1 FROM ${users} WHERE ${users.id} = ${sessions.userId} AND ${users.isActive})`,
      ),
    )
    .returning();

/** Ends the session of this family unless the token presented is one of the two it keeps. */
export const endReusedFamily = (db: Database, family: string, presented: string) =>
  db
    .delete(sessions)
    .where(
      and(
        eq(sessions.refreshFamily, family),
        ne(sessions.refreshHash, presented),
        sql`${sessions.previousRefreshHash} IS NOT ${presented}`,
      ),
    );

/** Newest use first. */
export const sessionsOf = (db: Database, userId: number) =>
  db
    .select()
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.lastUsedAt), sessions.id);

export const endSession = (db: Database, userId: number, sessionId: string) =>
  db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.id, sessionId)))
    .returning({ id: sessions.id });

export const endSessionOfFamily = (db: Database, userId: number, family: string) =>
  db.delete(sessions).where(and(eq(sessions.userId, userId), eq(sessions.refreshFamily, family)));

export const endOtherSessions = (db: Database, userId: number, sessionId: string) =>
  db.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.id, sessionId)));
