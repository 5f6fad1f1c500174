import { and, asc, eq, gt, sql } from "drizzle-orm";

import { openNotes, sealNotes } from "./cells";
import type { Database } from "./client";
import { isOwned, messageId, type Owned } from "./messages";
import { reading } from "./prepared";
import { clientNotes } from "./schema";

/** Under which id the notes on a conversation itself stand: messages count from 1. */
export const notesOnConversation = (conversationId: number) => messageId(conversationId, 0);

/** What a client has said of a reply or, by `notesOnConversation`, of a conversation: JSON. */
export const notesOn = (db: Database, userId: number, id: number) =>
  reading(
    db
      .select()
      .from(clientNotes)
      .where(and(eq(clientNotes.id, id), eq(clientNotes.userId, userId))),
    (row) => openNotes(db, row),
  );

/** A page of all that clients have said of a user's replies and conversations, in the order of their ids. */
export const notesAfter = (db: Database, userId: number, after: number, limit: number) =>
  reading(
    db
      .select()
      .from(clientNotes)
      .where(and(eq(clientNotes.userId, userId), gt(clientNotes.id, after)))
      .orderBy(asc(clientNotes.id))
      .limit(limit),
    (row) => ({ id: row.id, conversationId: row.conversationId, data: openNotes(db, row) }),
  );

/** Keeps what a client says, in the place of what it said before. Nothing where the conversation is gone. */
export function keepNotes(db: Database, { id: conversationId, userId }: Owned, id: number, json: string) {
  const data = sealNotes(db, userId, id, json);
  return db
    .insert(clientNotes)
    .select(
      sql`SELECT ${id}, ${conversationId}, ${userId}, ${data} WHERE ${isOwned({ id: conversationId, userId })}`,
    )
    .onConflictDoUpdate({ target: clientNotes.id, set: { data: sql`excluded.data` } });
}
