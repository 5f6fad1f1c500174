import { and, asc, eq, inArray, lt, lte, ne, sql } from "drizzle-orm";

import type { Database } from "./client";
import { HIDDEN, type Doomed } from "./erasure";
import { conversations, NOBODY, sessions } from "./schema";

/** What retention ends: active or archived conversations that were last changed before. */
export type Stale = { isActive: boolean; before: Date };

const isStale = ({ isActive, before }: Stale) =>
  and(
    eq(conversations.isActive, isActive),
    lt(conversations.updatedAt, before),
    ne(conversations.userId, NOBODY),
  );

/** The oldest of them. */
export const staleConversations = (db: Database, stale: Stale, limit: number) =>
  db
    .select({
      id: conversations.id,
      messageSeq: conversations.messageSeq,
      updatedAt: conversations.updatedAt,
    })
    .from(conversations)
    .where(isStale(stale))
    .orderBy(asc(conversations.updatedAt), asc(conversations.id))
    .limit(limit);

export const countStale = (db: Database, stale: Stale) =>
  db
    .select({ stale: sql<number>`count(*)`.as("stale") })
    .from(conversations)
    .where(isStale(stale));

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
