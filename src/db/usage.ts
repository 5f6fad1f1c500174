import { and, eq, gte, lt, sql } from "drizzle-orm";

import type { Database } from "./client";
import { conversations, usageEvents, usageRollup, usageTotals, type NewUsageEvent } from "./schema";

/** Statements that write calls into the ledger, each once however often they are run. */
export const recordUsage = (db: Database, events: NewUsageEvent[]) =>
  events.map((event) => db.insert(usageEvents).values(event).onConflictDoNothing());

/** How many conversations and messages a user has now. */
export const countConversations = (db: Database, userId: number) =>
  db
    .select({
      conversations: sql<number>`count(*)`.as("conversation_count"),
      messages: sql<number>`coalesce(sum(message_seq - deleted_messages), 0)`.as("message_total"),
    })
    .from(conversations)
    .where(eq(conversations.userId, userId));

/** What a user ever used: no row if nothing. */
export const totalUsage = (db: Database, userId: number) =>
  db.select().from(usageTotals).where(eq(usageTotals.userId, userId));

/** A user's roll-up between two moments in milliseconds since 1970, the second excluded. */
export const rollupBetween = (db: Database, userId: number, from: number, to: number) =>
  db
    .select()
    .from(usageRollup)
    .where(and(eq(usageRollup.userId, userId), gte(usageRollup.quarter, from), lt(usageRollup.quarter, to)));

/** The roll-up of one conversation. */
export const rollupOfConversation = (db: Database, userId: number, conversationId: number) =>
  db
    .select()
    .from(usageRollup)
    .where(and(eq(usageRollup.conversationId, conversationId), eq(usageRollup.userId, userId)));
