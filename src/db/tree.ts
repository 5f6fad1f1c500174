import { and, asc, eq, gt, sql, type SQL } from "drizzle-orm";

import type { Database } from "./client";
import { isOwned, opened, type Owned } from "./messages";
import { reading } from "./prepared";
import { messages, type Message } from "./schema";

/** A message and all that follows it, on every branch. */
const subtree = (conversationId: number, top: number): SQL => sql`(
  WITH RECURSIVE below(id) AS (
    SELECT id FROM chat_messages WHERE id = ${top} AND conversation_id = ${conversationId}
    UNION ALL
    SELECT m.id FROM below JOIN chat_messages m ON m.conversation_id = ${conversationId} AND m.parent_id = below.id
  )
  SELECT id FROM below)`;

/** The newest message that follows this one, on any branch, or itself: a leaf, since ids grow. Null where there is none. */
export const newestLeaf = (db: Database, conversationId: number, top: number) =>
  db.select({ id: sql<number | null>`max(id)`.as("id") }).from(subtree(conversationId, top));

/** A message that follows this one, if any does. */
export const firstAfter = (db: Database, { conversationId, id }: Pick<Message, "id" | "conversationId">) =>
  db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), eq(messages.parentId, id)))
    .limit(1);

const isBeside = (conversation: Owned, id: number) => sql`chat_messages.conversation_id = ${conversation.id}
  AND chat_messages.parent_id IS (SELECT parent_id FROM chat_messages WHERE id = ${id})
  AND EXISTS (SELECT 1 FROM chat_messages WHERE id = ${id} AND conversation_id = ${conversation.id})
  AND ${isOwned(conversation)}`;

/** The variants of a message, itself included, in the order they were made: what follows the same message as it does. */
export const variantsOf = (
  db: Database,
  conversation: Owned,
  id: number,
  { after, limit }: { after: number; limit: number },
) =>
  reading(
    db
      .select()
      .from(messages)
      .where(and(isBeside(conversation, id), gt(messages.id, after)))
      .orderBy(asc(messages.id))
      .limit(limit),
    opened(db, conversation),
  );

/** How many other messages follow `parentId`, and how many of them are older than this one. */
export const countBeside = (
  db: Database,
  { id, conversationId, parentId }: Pick<Message, "id" | "conversationId" | "parentId">,
) =>
  db
    .select({
      others: sql<number>`count(*)`.as("others"),
      older: sql<number>`count(*) FILTER (WHERE ${messages.id} < ${id})`.as("older"),
    })
    .from(messages)
    .where(
      sql`${messages.conversationId} = ${conversationId} AND ${messages.parentId} IS ${parentId} AND ${messages.id} <> ${id}`,
    );
