import { and, asc, eq, gt, gte, sql } from "drizzle-orm";

import { openConversation, openMessage } from "./cells";
import type { Database } from "./client";
import { reading } from "./prepared";
import { apiKeys, conversations, messages, sessions, usageEvents } from "./schema";

/** Where a user is signed in, without what proves it. */
export const sessionsWithoutHashes = (db: Database, userId: number) =>
  db
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      lastUsedAt: sessions.lastUsedAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(asc(sessions.createdAt));

/** A user's API keys, without what proves them. */
export const apiKeysWithoutHashes = (db: Database, userId: number) =>
  db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      hint: apiKeys.hint,
      scopes: apiKeys.scopes,
      createdAt: apiKeys.createdAt,
      lastUsedAt: apiKeys.lastUsedAt,
      lastUsedNetwork: apiKeys.lastUsedNetwork,
      lastUsedUserAgent: apiKeys.lastUsedUserAgent,
      expiresAt: apiKeys.expiresAt,
    })
    .from(apiKeys)
    .where(eq(apiKeys.userId, userId))
    .orderBy(asc(apiKeys.id));

export const conversationsAfter = (db: Database, userId: number, after: number, limit: number) =>
  reading(
    db
      .select()
      .from(conversations)
      .where(and(eq(conversations.userId, userId), gt(conversations.id, after)))
      .orderBy(asc(conversations.id))
      .limit(limit),
    (row) => openConversation(db, row),
  );

/** Ids from the first to the last, both included. */
export type IdRange = [first: number, last: number];

/** The messages whose ids are in these ranges: each range is a stretch of the table, so nothing else is read. */
export const messagesInRanges = (db: Database, userId: number, ranges: IdRange[]) =>
  reading(
    db
      .select()
      .from(messages)
      .where(
        sql`${messages.id} IN (
        SELECT m.id FROM json_each(${JSON.stringify(ranges)}) AS r
        CROSS JOIN chat_messages m ON m.id BETWEEN r.value ->> 0 AND r.value ->> 1
        CROSS JOIN conversations c ON c.id = m.conversation_id AND c.user_id = ${userId})`,
      )
      .orderBy(asc(messages.id)),
    (row) => openMessage(db, userId, row),
  );

/** The last row of a page of the ledger. */
export type UsageCursor = { createdAt: Date; id: string };

export const usageAfter = (db: Database, userId: number, after: UsageCursor, limit: number) =>
  db
    .select()
    .from(usageEvents)
    .where(
      and(
        eq(usageEvents.userId, userId),
        gte(usageEvents.createdAt, after.createdAt),
        sql`(${usageEvents.createdAt}, ${usageEvents.id}) > (${after.createdAt.getTime()}, ${after.id})`,
      ),
    )
    .orderBy(asc(usageEvents.createdAt), asc(usageEvents.id))
    .limit(limit);
