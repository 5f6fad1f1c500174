import { and, asc, eq, inArray, lt, lte, sql } from "drizzle-orm";

import type { Database } from "./client";
import { conversations, sessions } from "./schema";

/** One statement deletes at most so many conversations, and stops at so many messages: a query has thirty seconds. */
const CONVERSATIONS = 100;
const MESSAGES = 5000;

/** Deletes some conversations, active or archived ones, that were last changed before; the oldest first, at least one. */
export const deleteConversationsBefore = (db: Database, isActive: boolean, before: Date) => {
  const old = and(eq(conversations.isActive, isActive), lt(conversations.updatedAt, before));
  const oldest = db
    .select({
      id: conversations.id,
      earlier:
        sql<number>`sum(message_seq) OVER (ORDER BY updated_at, id ROWS UNBOUNDED PRECEDING) - message_seq`.as(
          "earlier",
        ),
    })
    .from(conversations)
    .where(old)
    .orderBy(asc(conversations.updatedAt), asc(conversations.id))
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
    .returning({ id: conversations.id, updatedAt: conversations.updatedAt });
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
