import { and, asc, eq, gte, inArray, lt, lte, sql } from "drizzle-orm";

import type { Database } from "./client";
import { conversations, sessions, users } from "./schema";

/** One statement deletes at most so many conversations, and stops at so many messages: a query has thirty seconds. */
const CONVERSATIONS = 100;
const MESSAGES = 5000;

/**
 * Deletes some conversations, active or archived ones, that were last changed before: of the users from this one on, in order
 * of their ids, each one's oldest first, at least one. An index by age over all users would be a row more in every turn.
 */
export const deleteConversationsBefore = (
  db: Database,
  isActive: boolean,
  before: Date,
  fromUser: number,
) => {
  const oldest = db
    .select({
      id: conversations.id,
      earlier:
        sql<number>`sum(message_seq) OVER (ORDER BY ${users.id}, ${conversations.updatedAt}, ${conversations.id}
        ROWS UNBOUNDED PRECEDING) - message_seq`.as("earlier"),
    })
    .from(users)
    .crossJoin(conversations)
    .where(
      and(
        gte(users.id, fromUser),
        eq(conversations.userId, users.id),
        eq(conversations.isActive, isActive),
        lt(conversations.updatedAt, before),
      ),
    )
    .orderBy(asc(users.id), asc(conversations.updatedAt), asc(conversations.id))
    .limit(CONVERSATIONS)
    .as("oldest");
  return db
    .delete(conversations)
    .where(
      inArray(
        conversations.id,
        db.select({ id: oldest.id }).from(oldest).where(lt(oldest.earlier, MESSAGES)),
      ),
    )
    .returning({
      id: conversations.id,
      userId: conversations.userId,
      updatedAt: conversations.updatedAt,
    });
};

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
