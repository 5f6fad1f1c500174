import { and, asc, desc, eq, gt, sql, type SQL } from "drizzle-orm";

import type { Database } from "./client";
import { isOwned, messageId, opened, type Owned } from "./messages";
import { reading } from "./prepared";
import { messages, type Message } from "./schema";

/** A message and all that follows it, on every branch. */
export const subtree = (conversationId: number, top: number): SQL => sql`(
  WITH RECURSIVE below(id) AS (
    SELECT id FROM chat_messages WHERE id = ${top} AND conversation_id = ${conversationId}
    UNION ALL
    SELECT m.id FROM below JOIN chat_messages m ON m.conversation_id = ${conversationId} AND m.parent_id = below.id
  )
  SELECT id FROM below)`;

/** Every message of a conversation, on all its branches. */
export const allMessages = (db: Database, conversation: Owned) =>
  reading(
    db
      .select()
      .from(messages)
      .where(and(eq(messages.conversationId, conversation.id), isOwned(conversation)))
      .orderBy(asc(messages.id)),
    opened(db, conversation),
  );

/** Where every message of a conversation stands. */
export const placesIn = (db: Database, conversation: Owned) =>
  db
    .select({ id: messages.id, parentId: messages.parentId })
    .from(messages)
    .where(and(eq(messages.conversationId, conversation.id), isOwned(conversation)))
    .orderBy(asc(messages.id));

/** All that stands at the places of these messages, themselves included. */
export const standingBeside = (db: Database, conversation: Owned, ids: number[]) =>
  reading(
    db
      .select()
      .from(messages)
      .where(
        sql`${messages.id} IN (
          SELECT s.id FROM json_each(${JSON.stringify(ids)}) AS given
          CROSS JOIN chat_messages m ON m.id = given.value AND m.conversation_id = ${conversation.id}
          CROSS JOIN chat_messages s ON s.conversation_id = ${conversation.id} AND s.parent_id IS m.parent_id
        ) AND ${isOwned(conversation)}`,
      )
      .orderBy(asc(messages.id)),
    opened(db, conversation),
  );

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

const idsOf = (conversationId: number, before: number) =>
  sql`m.id > ${messageId(conversationId, 0)} AND m.id < ${Math.min(before, messageId(conversationId + 1, 0))}`;

/** The last messages of the branches, the newest first. */
const leaves = ({ id }: Owned, { before, limit }: { before: number; limit: number }) => sql`
  SELECT m.id FROM chat_messages m
  WHERE ${idsOf(id, before)}
    AND NOT EXISTS (SELECT 1 FROM chat_messages c WHERE c.conversation_id = ${id} AND c.parent_id = m.id)
  ORDER BY m.id DESC LIMIT ${limit}`;

/**
 * The branches of a conversation, the newest first: the last message of each, how many messages it has, and the last one that it
 * shares with the branch in force (null where it shares none).
 */
export const branchesOf = (db: Database, conversation: Owned, page: { before: number; limit: number }) =>
  [
    reading(
      db
        .select()
        .from(messages)
        .where(sql`${messages.id} IN (${leaves(conversation, page)}) AND ${isOwned(conversation)}`)
        .orderBy(desc(messages.id)),
      opened(db, conversation),
    ),
    db
      .select({
        leaf: sql<number>`leaf`.as("leaf"),
        length: sql<number>`length`.as("length"),
        shared: sql<number | null>`shared`.as("shared"),
      })
      .from(
        sql`(
          WITH RECURSIVE path(id, parent_id) AS (
            SELECT id, parent_id FROM chat_messages
            WHERE id = (SELECT head_message_id FROM conversations WHERE id = ${conversation.id} AND user_id = ${conversation.userId})
            UNION ALL
            SELECT m.id, m.parent_id FROM path JOIN chat_messages m ON m.id = path.parent_id
          ), leaves(id) AS (${leaves(conversation, page)}),
          up(leaf, id, parent_id) AS (
            SELECT m.id, m.id, m.parent_id FROM leaves JOIN chat_messages m ON m.id = leaves.id
            UNION ALL
            SELECT up.leaf, m.id, m.parent_id FROM up JOIN chat_messages m ON m.id = up.parent_id
          )
          SELECT up.leaf AS leaf, count(*) AS length, max(path.id) AS shared
          FROM up LEFT JOIN path ON path.id = up.id GROUP BY up.leaf)`,
      ),
  ] as const;
