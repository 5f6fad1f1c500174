import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";

import type { Database } from "./client";
import { OWN_SAFETY, USE_CLOCK } from "./safety";
import { conversations, personas, usageTotals, users } from "./schema";
import { subtree } from "./tree";

/**
 * A user's conversations with a persona of theirs, as far as a memory of them asks, the last changed first. A fork is none
 * before it is whole.
 */
export const conversationsWith = (db: Database, userId: number, personaId: number) =>
  db
    .select({
      id: conversations.id,
      revision: conversations.revision,
      nonce: conversations.nonce,
      headMessageId: conversations.headMessageId,
      updatedAt: conversations.updatedAt,
    })
    .from(conversations)
    .innerJoin(personas, and(eq(personas.id, conversations.personaId), eq(personas.userId, userId)))
    .where(
      and(
        eq(conversations.personaId, personaId),
        // By the persona: the index of all of a user's conversations, which is in this order, would be read to its end.
        sql`+${conversations.userId} = ${userId}`,
        gt(conversations.revision, 0),
        isNull(conversations.expiresAt),
      ),
    )
    .orderBy(desc(conversations.updatedAt), desc(conversations.id));
export type ConversationState = Awaited<ReturnType<typeof conversationsWith>>[number];

/** What bears on whether a user and a persona have a memory: none where the persona is not theirs. */
export const memoryTerms = (db: Database, userId: number, personaId: number) =>
  db
    .select({
      memory: personas.memory,
      relationType: personas.relationType,
      safety: { ...OWN_SAFETY },
      clock: USE_CLOCK,
    })
    .from(users)
    .innerJoin(personas, and(eq(personas.id, personaId), eq(personas.userId, users.id)))
    .leftJoin(usageTotals, eq(usageTotals.userId, users.id))
    .where(eq(users.id, userId));

/** A message and all that follows it, by their ids. */
export const idsBelow = (db: Database, conversationId: number, messageId: number) =>
  db.select({ id: sql<number>`id`.as("id") }).from(subtree(conversationId, messageId));

/** Notes that a persona's memory may hold facts that no conversation tells. */
export const noteFacts = (db: Database, userId: number, personaId: number) =>
  db
    .update(personas)
    .set({ hasFacts: true })
    .where(and(eq(personas.id, personaId), eq(personas.userId, userId), eq(personas.hasFacts, false)))
    .returning({ id: personas.id });

/** Some of a user's personas, by their ids. */
export const personaIdsOf = (db: Database, userId: number, limit: number) =>
  db.select({ id: personas.id }).from(personas).where(eq(personas.userId, userId)).limit(limit);
