import { and, eq, getTableColumns, lt, sql, type SQL } from "drizzle-orm";

import type { Database } from "./client";
import { openConversation } from "./cells";
import { reading } from "./prepared";
import { recountBytes } from "./room";
import {
  conversations,
  deletedMessages,
  messageDeletions,
  messages,
  type Conversation,
  type MessageDeletion,
} from "./schema";
import { subtree } from "./tree";

/** How a change of what is there leaves its conversation: absolute values, so that writing them twice is harmless. */
export type After = Pick<
  Conversation,
  "id" | "nonce" | "headMessageId" | "revision" | "messageCount" | "deletedMessages"
>;

/** Takes a message out of its conversation, with all that follows it or alone: then what followed is joined to `parentId`. */
export type Removal = {
  after: After;
  messageId: number;
  parentId: number | null;
  headBefore: number | null;
} & {
  withSubtree: boolean;
  count: number;
};

/** Holds as long as the change has not been made: each statement of it asks, the last one makes it. */
const isBefore = ({ id, nonce, revision }: After) =>
  sql`EXISTS (SELECT 1 FROM conversations WHERE id = ${id} AND nonce = ${nonce} AND revision < ${revision})`;

const moveTo = (db: Database, { id, nonce, ...after }: After) =>
  reading(
    db
      .update(conversations)
      .set({ ...after, updatedAt: new Date() })
      .where(
        and(
          eq(conversations.id, id),
          eq(conversations.nonce, nonce),
          lt(conversations.revision, after.revision),
        ),
      )
      .returning(),
    (row) => openConversation(db, row),
  );

const COLUMNS = sql.join(
  Object.values(getTableColumns(messages)).map(({ name }) => sql.identifier(name)),
  sql`, `,
);

const dropDeleted = (db: Database, { id }: After, condition: SQL) =>
  [
    db.delete(deletedMessages).where(sql`${eq(deletedMessages.conversationId, id)} AND ${condition}`),
    db.delete(messageDeletions).where(sql`${eq(messageDeletions.conversationId, id)} AND ${condition}`),
  ] as const;

/** Removes messages and keeps them aside, in the place of those that were removed before. Doing it twice does it once. */
export const removeMessages = (db: Database, removal: Removal) => {
  const { after, messageId, parentId, withSubtree, count } = removal;
  const { id, revision } = after;
  const condition = isBefore(after);
  const removed = withSubtree ? sql`IN ${subtree(id, messageId)}` : sql`= ${messageId}`;
  // With all that follows it there is nothing left to join.
  const children = sql`conversation_id = ${id} AND parent_id = ${withSubtree ? null : messageId}`;
  const joined = sql`(SELECT json_group_array(id) FROM chat_messages WHERE ${children})`;
  return [
    ...dropDeleted(db, after, condition),
    db.insert(messageDeletions).select(
      sql`SELECT ${id}, ${messageId}, ${parentId}, ${removal.headBefore}, ${revision}, ${count}, ${joined}, ${Date.now()}
        WHERE ${condition}`,
    ),
    db
      .insert(deletedMessages)
      .select(
        sql`SELECT ${COLUMNS} FROM chat_messages WHERE conversation_id = ${id} AND id ${removed} AND ${condition}`,
      ),
    db
      .update(messages)
      .set({ parentId })
      .where(sql`${children} AND ${condition}`),
    db.delete(messages).where(sql`conversation_id = ${id} AND id ${removed} AND ${condition}`),
    moveTo(db, after),
  ] as const;
};

/** The last deletion in a conversation, if it can be undone still. */
export const deletionSince = (db: Database, conversationId: number, since: Date) =>
  db
    .select()
    .from(messageDeletions)
    .where(
      and(
        eq(messageDeletions.conversationId, conversationId),
        sql`${messageDeletions.createdAt} >= ${since.getTime()}`,
      ),
    );

/** What was removed last in a conversation, by the messages' ids. */
export const removedIds = (db: Database, conversationId: number) =>
  db
    .select({ id: deletedMessages.id })
    .from(deletedMessages)
    .where(eq(deletedMessages.conversationId, conversationId));

/** Puts back what was removed, where it was. Doing it twice does it once. */
export const restoreMessages = (
  db: Database,
  after: After,
  { messageId, parentId, joined }: MessageDeletion,
) => {
  const condition = isBefore(after);
  return [
    db
      .insert(messages)
      .select(
        sql`SELECT ${COLUMNS} FROM deleted_messages WHERE conversation_id = ${after.id} AND ${condition}`,
      )
      .onConflictDoNothing(),
    db
      .update(messages)
      .set({ parentId: messageId })
      .where(
        sql`id IN (SELECT value FROM json_each(${JSON.stringify(joined)}))
          AND conversation_id = ${after.id} AND parent_id IS ${parentId} AND ${condition}`,
      ),
    ...dropDeleted(db, after, condition),
    moveTo(db, after),
    recountBytes(db, after.id),
  ] as const;
};

/** Forgets what was removed in a conversation before, if it was. */
export const forgetRemoved = (db: Database, conversationId: number, before: Date) => {
  const isOld = sql`conversation_id = ${conversationId} AND EXISTS (SELECT 1 FROM message_deletions
    WHERE conversation_id = ${conversationId} AND created_at < ${before.getTime()})`;
  return [db.delete(deletedMessages).where(isOld), db.delete(messageDeletions).where(isOld)] as const;
};

/** Forgets messages that were removed before, at most so many, wherever their conversation's object did not come to it. */
export const forgetRemovedBefore = (db: Database, before: Date, limit: number) =>
  db
    .delete(deletedMessages)
    .where(
      sql`${deletedMessages.id} IN (SELECT d.id FROM message_deletions m
        CROSS JOIN deleted_messages d ON d.conversation_id = m.conversation_id
        WHERE m.created_at < ${before.getTime()} LIMIT ${limit})`,
    )
    .returning({ id: deletedMessages.id });

/** The same of the deletions themselves, once none of their messages is left. */
export const forgetDeletionsBefore = (db: Database, before: Date, limit: number) =>
  db
    .delete(messageDeletions)
    .where(
      sql`${messageDeletions.conversationId} IN (SELECT conversation_id FROM message_deletions m
        WHERE created_at < ${before.getTime()}
          AND NOT EXISTS (SELECT 1 FROM deleted_messages d WHERE d.conversation_id = m.conversation_id) LIMIT ${limit})`,
    )
    .returning({ id: messageDeletions.conversationId });

/** How many messages go with this one, whether the head is among them, and the newest one that would be left beside them. */
export const countRemoval = (
  db: Database,
  { id, headMessageId }: Pick<Conversation, "id" | "headMessageId">,
  messageId: number,
  parentId: number | null,
) =>
  db
    .select({
      count: sql<number>`(SELECT count(*) FROM ${subtree(id, messageId)})`.as("count"),
      hasHead: sql<number>`${headMessageId} IN ${subtree(id, messageId)}`.as("has_head"),
      beside: sql<number | null>`(
      WITH RECURSIVE below(id) AS (
        SELECT id FROM chat_messages
        WHERE conversation_id = ${id} AND parent_id IS ${parentId} AND id <> ${messageId}
        UNION ALL
        SELECT m.id FROM below JOIN chat_messages m ON m.conversation_id = ${id} AND m.parent_id = below.id
      )
      SELECT max(id) FROM below)`.as("beside"),
    })
    .from(sql`(SELECT 1)`);
