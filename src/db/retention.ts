import { and, asc, eq, gte, inArray, lt, lte, sql } from "drizzle-orm";

import type { Database } from "./client";
import { HIDDEN, type Doomed } from "./erasure";
import { conversations, sessions, users } from "./schema";

/** What retention ends: active or archived conversations that were last changed before. */
export type Stale = { isActive: boolean; before: Date };

const isStale = ({ isActive, before }: Stale) =>
  and(eq(conversations.isActive, isActive), lt(conversations.updatedAt, before));

/** Users by their ids, the second one excluded: so many as one statement looks through. */
export type UserRange = { from: number; to: number };

/** An index by age over all users would be a row more in every turn: each user's own is walked. */
const among = ({ from, to }: UserRange, stale: Stale) =>
  and(gte(users.id, from), lt(users.id, to), eq(conversations.userId, users.id), isStale(stale));

/** Those of these users, each one's oldest first. */
export const staleConversations = (db: Database, stale: Stale, range: UserRange, limit: number) =>
  db
    .select({
      id: conversations.id,
      userId: sql<number>`users.id`.as("owner"),
      personaId: conversations.personaId,
      nonce: conversations.nonce,
      messageSeq: conversations.messageSeq,
      updatedAt: conversations.updatedAt,
    })
    .from(users)
    .crossJoin(conversations)
    .where(among(range, stale))
    .orderBy(asc(users.id), asc(conversations.updatedAt), asc(conversations.id))
    .limit(limit);

export const countStale = (db: Database, stale: Stale, range: UserRange) =>
  db
    .select({ stale: sql<number>`count(*)`.as("stale") })
    .from(users)
    .crossJoin(conversations)
    .where(among(range, stale));

/** The highest id that a user has. */
export const lastUser = (db: Database) =>
  db.select({ id: sql<number | null>`max(${users.id})`.as("last_id") }).from(users);

const still = (stale: Stale, rows: Doomed[]) =>
  and(
    sql`${conversations.id} IN (SELECT value FROM json_each(${JSON.stringify(rows.map(({ id }) => id))}))`,
    isStale(stale),
  );

/** Erases those of these conversations that nothing has changed meanwhile. */
export const eraseStale = (db: Database, stale: Stale, rows: Doomed[]) =>
  db
    .delete(conversations)
    .where(still(stale, rows))
    .returning({ id: conversations.id, updatedAt: conversations.updatedAt });

/** Makes them nobody's, to be erased in pieces. */
export const hideStale = (db: Database, stale: Stale, rows: Doomed[]) =>
  db
    .update(conversations)
    .set(HIDDEN)
    .where(still(stale, rows))
    .returning({ id: conversations.id, updatedAt: conversations.updatedAt });

/** Makes temporary conversations whose time is over nobody's, at most so many. */
export const hideExpired = (db: Database, now: Date, limit: number) =>
  db
    .update(conversations)
    .set(HIDDEN)
    .where(
      inArray(
        conversations.id,
        db
          .select({ id: conversations.id })
          .from(conversations)
          .where(lte(conversations.expiresAt, now))
          .limit(limit),
      ),
    )
    .returning({ id: conversations.id });

/** Deletes sessions that have expired, at most so many. */
export const deleteExpiredSessions = (db: Database, now: Date, limit: number) =>
  db
    .delete(sessions)
    .where(
      inArray(
        sessions.id,
        db.select({ id: sessions.id }).from(sessions).where(lte(sessions.expiresAt, now)).limit(limit),
      ),
    )
    .returning({ id: sessions.id });
