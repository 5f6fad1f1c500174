import { and, eq, sql, type SQL } from "drizzle-orm";

import { openMessage, openConversation, sealMessage, sealTitle } from "./cells";
import type { Database } from "./client";
import { messageId } from "./messages";
import { reading } from "./prepared";
import { bytesIn, hasRoomFor, type ConfiguredRoom } from "./room";
import { conversations, messages, type Conversation, type Message } from "./schema";

/** Which messages of a conversation are copied into another: those up to `leaf`, or all; and how far that has come. */
export type Copy = {
  from: Conversation;
  to: { id: number; nonce: string };
  leaf: number | null;
  /** Copied so far: the last message's id. */
  after: number;
};

/**
 * A conversation like this one, in which nothing is said yet, and which gives no number twice that the other has given. No row
 * where there is no room for all that is copied.
 */
export const insertFork = (
  db: Database,
  from: Conversation,
  { id, nonce, title, room }: { id: number; nonce: string; title: string | null; room: ConfiguredRoom },
) =>
  db
    .insert(conversations)
    .select(
      db
        .select({
          id: sql`${id}`.as("id"),
          userId: conversations.userId,
          personaId: conversations.personaId,
          title: sql`${sealTitle(db, from.userId, id, title ?? from.title)}`.as("title"),
          isTitled: sql`${Number(title !== null || from.isTitled)}`.as("is_titled"),
          isActive: sql`TRUE`.as("is_active"),
          headMessageId: sql`NULL`.as("head_message_id"),
          revision: sql`0`.as("revision"),
          messageSeq: sql`${conversations.messageSeq}`.as("message_seq"),
          messageCount: sql`0`.as("message_count"),
          deletedMessages: sql`${conversations.deletedMessages}`.as("deleted_messages"),
          nonce: sql`${nonce}`.as("nonce"),
          storedBytes: sql`0`.as("stored_bytes"),
          externalId: sql`NULL`.as("external_id"),
          sourceHash: sql`NULL`.as("source_hash"),
          origin: sql`NULL`.as("origin"),
          tokenRatio: sql`${conversations.tokenRatio}`.as("token_ratio"),
          createdAt: sql`${Date.now()}`.as("created_at"),
          updatedAt: sql`${Date.now()}`.as("updated_at"),
          pinnedAt: sql`NULL`.as("pinned_at"),
          folderId: conversations.folderId,
          tagIds: conversations.tagIds,
          expiresAt: conversations.expiresAt,
        })
        .from(conversations)
        .where(
          and(
            eq(conversations.id, from.id),
            eq(conversations.userId, from.userId),
            hasRoomFor("conversations", from.userId, from.storedBytes, room),
          ),
        ),
    )
    .returning({ id: conversations.id });

/** The ids of the next messages to copy, in order. */
const nextIds = ({ from, leaf, after }: Copy, limit: number): SQL =>
  leaf === null
    ? sql`(SELECT id FROM chat_messages WHERE id > ${Math.max(after, messageId(from.id, 0))} AND id < ${messageId(from.id + 1, 0)}
        ORDER BY id LIMIT ${limit})`
    : sql`(
        WITH RECURSIVE path(id, parent_id) AS (
          SELECT id, parent_id FROM chat_messages WHERE id = ${leaf} AND conversation_id = ${from.id}
          UNION ALL
          SELECT m.id, m.parent_id FROM path JOIN chat_messages m ON m.id = path.parent_id
        )
        SELECT id FROM path WHERE id > ${after} ORDER BY id LIMIT ${limit})`;

/** How many the next ones are, and the last one's id. */
const countNext = (db: Database, copy: Copy, limit: number) =>
  db
    .select({
      count: sql<number>`count(*)`.as("count"),
      last: sql<number | null>`max(id)`.as("last"),
    })
    .from(nextIds(copy, limit));

/** Copies the next messages, as they stand in their rows; doing it twice does it once. */
export const copyNext = (db: Database, copy: Copy, limit: number) => {
  const rows = sql`FROM chat_messages m WHERE m.id IN ${nextIds(copy, limit)}`;
  return [copyRows(db, copy, sql`m.content`, rows), countNext(db, copy, limit)] as const;
};

/** The next messages to copy, opened: what is sealed opens in its own row alone. */
export const readNext = (db: Database, copy: Copy, limit: number) =>
  reading(
    db
      .select()
      .from(messages)
      .where(sql`${messages.id} IN ${nextIds(copy, limit)}`)
      .orderBy(messages.id),
    (row) => openMessage(db, copy.from.userId, row),
  );

/** Copies these messages, sealed for the rows that they get. */
export const copySealed = (db: Database, copy: Copy, read: Message[]) => {
  const sealed = read.map((message) => {
    const { content } = sealMessage(db, copy.from.userId, { ...message, id: message.id + shiftOf(copy) });
    return [message.id, content];
  });
  const rows = sql`FROM json_each(${JSON.stringify(sealed)}) s
    JOIN chat_messages m ON m.id = s.value ->> 0 AND m.conversation_id = ${copy.from.id}`;
  return copyRows(db, copy, sql`s.value ->> 1`, rows);
};

/** What is added to an id of the one conversation to make it the same message's in the other. */
const shiftOf = ({ from, to }: Copy) => messageId(to.id, 0) - messageId(from.id, 0);
export const inFork = (copy: Copy, id: number | null) => (id === null ? null : id + shiftOf(copy));

const copyRows = (db: Database, copy: Copy, content: SQL, rows: SQL) => {
  const shift = shiftOf(copy);
  return db
    .insert(messages)
    .select(
      sql`SELECT m.id + ${shift}, ${copy.to.id}, m.parent_id + ${shift}, m.depth, m.role, ${content}, m.status, m.finish_reason,
        m.error_code, m.model_used, m.prompt_tokens, m.cached_tokens, m.cache_write_tokens, m.completion_tokens,
        m.reasoning_tokens, m.tokens_used, m.cost_micros, m.usage_estimated, m.response_time_ms, m.first_token_ms,
        ${shiftedContext(copy)}, m.safety, m.created_at ${rows}`,
    )
    .onConflictDoNothing();
};

/** A report of what was in a prompt, with the ids that the messages have in the copy. */
const shiftedContext = (copy: Copy) => sql`CASE
  WHEN m.context ->> '$.sections' IS NOT NULL THEN json_set(m.context, '$.sections', (
    SELECT json_group_array(json(iif(p.value -> '$.ids' IS NULL, p.value, json_set(p.value, '$.ids', json(
      ${shiftedRuns(sql`p.value`, "$.ids", copy)}))))) FROM json_each(m.context, '$.sections') p))
  WHEN m.context ->> '$.messageIds' IS NOT NULL THEN json_set(m.context, '$.messageIds', json(
    ${shiftedRuns(sql`m.context`, "$.messageIds", copy)}))
  ELSE m.context END`;

/** What was recalled of another conversation keeps its ids. */
const shiftedId = (id: SQL, copy: Copy) =>
  sql`${id} + iif(${id} BETWEEN ${messageId(copy.from.id, 0)} AND ${messageId(copy.from.id + 1, 0)}, ${shiftOf(copy)}, 0)`;

const shiftedRuns = (json: SQL, path: string, copy: Copy) =>
  sql`(SELECT json_group_array(json_array(${shiftedId(sql`(r.value ->> 0)`, copy)}, ${shiftedId(sql`(r.value ->> 1)`, copy)})) FROM json_each(${json}, ${path}) r)`;

/** The copy is whole: it shows its messages from now on. */
export const finishFork = (
  db: Database,
  { to, from }: Copy,
  headMessageId: number | null,
  messageCount: number,
) =>
  reading(
    db
      .update(conversations)
      .set({ headMessageId, messageCount, revision: 1, storedBytes: bytesIn(to.id) })
      .where(
        and(
          eq(conversations.id, to.id),
          eq(conversations.userId, from.userId),
          eq(conversations.nonce, to.nonce),
        ),
      )
      .returning(),
    (row) => openConversation(db, row),
  );
