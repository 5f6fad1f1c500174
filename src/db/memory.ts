import { and, asc, eq } from "drizzle-orm";

import type { Database } from "./client";
import { conversations } from "./schema";

/** A user's conversations with a persona, as far as a memory of them asks. */
export const conversationsWith = (db: Database, userId: number, personaId: number) =>
  db
    .select({
      id: conversations.id,
      revision: conversations.revision,
      nonce: conversations.nonce,
      headMessageId: conversations.headMessageId,
    })
    .from(conversations)
    .where(and(eq(conversations.personaId, personaId), eq(conversations.userId, userId)))
    .orderBy(asc(conversations.id));
export type ConversationState = Awaited<ReturnType<typeof conversationsWith>>[number];
