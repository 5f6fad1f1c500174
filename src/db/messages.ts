import { and, asc, eq, inArray, lt, sql, type SQL } from "drizzle-orm";

import type { Database } from "./client";
import { conversations, messages, type Conversation, type Message } from "./schema";

/** Room for a million messages in each of eight billion conversations, within JavaScript's exact integers. */
const IDS_PER_CONVERSATION = 2 ** 20;

export const messageId = (conversationId: number, n: number) => conversationId * IDS_PER_CONVERSATION + n;
export const conversationOfMessage = (id: number) => Math.floor(id / IDS_PER_CONVERSATION);
export const MAX_MESSAGES = IDS_PER_CONVERSATION - 1;

/** Which stretch of a branch to read, from its leaf backwards: at most this many messages and about this many bytes. */
type Stretch = { count: number; bytes?: number };

/** The branch of a conversation that ends in `leaf`, in chronological order. Reads only what it returns. */
const branch = (db: Database, conversationId: number, leaf: SQL | number, { count, bytes = 1e15 }: Stretch) =>
  db
    .select()
    .from(messages)
    .where(
      inArray(
        messages.id,
        sql`(
          WITH RECURSIVE path(id, parent_id, n, bytes) AS (
            SELECT id, parent_id, 1, octet_length(content) FROM chat_messages
            WHERE id = ${leaf} AND conversation_id = ${conversationId}
            UNION ALL
            SELECT m.id, m.parent_id, path.n + 1, path.bytes + octet_length(m.content)
            FROM path JOIN chat_messages m ON m.id = path.parent_id
            WHERE path.n < ${count} AND path.bytes < ${bytes}
          )
          SELECT id FROM path)`,
      ),
    )
    .orderBy(asc(messages.id));

/** The end of the branch in force. */
export const latestMessages = (db: Database, conversationId: number, stretch: Stretch) =>
  branch(
    db,
    conversationId,
    sql`(SELECT head_message_id FROM conversations WHERE id = ${conversationId})`,
    stretch,
  );

/** The branch that leads up to a message, without it. */
export const messagesBefore = (db: Database, conversationId: number, before: number, stretch: Stretch) =>
  branch(
    db,
    conversationId,
    sql`(SELECT parent_id FROM chat_messages WHERE id = ${before} AND conversation_id = ${conversationId})`,
    stretch,
  );

/** The branch that leads up to a message, with it. */
export const messagesThrough = (db: Database, conversationId: number, leaf: number, stretch: Stretch) =>
  branch(db, conversationId, leaf, stretch);

export const messageById = (db: Database, conversationId: number, id: number) =>
  db
    .select()
    .from(messages)
    .where(and(eq(messages.id, id), eq(messages.conversationId, conversationId)));

/** How a turn leaves its conversation: numbers made by the conversation's object, so that writing them twice is harmless. */
export type Head = Pick<Conversation, "id" | "userId" | "revision" | "messageSeq"> & {
  headMessageId: number | null;
  updatedAt: Date;
  tokenRatio?: number;
  /** Null where a turn of version 0.1 did not count them. */
  messageCount: number | null;
};

const moveHead = (db: Database, { id, userId, messageCount, ...head }: Head) =>
  db
    .update(conversations)
    .set({ ...head, messageCount: messageCount ?? sql`${head.messageSeq} - deleted_messages` })
    .where(
      and(
        eq(conversations.id, id),
        eq(conversations.userId, userId),
        lt(conversations.revision, head.revision),
      ),
    );

/** What a turn writes, and where: `said` may be there already, or not be at all; `nonce` is its conversation's. */
export type TurnMessages = { said: Message | null; reply: Message; nonce: string | null };

const insertSaid = (db: Database, said: Message | null) =>
  said ? [db.insert(messages).values(said).onConflictDoNothing()] : [];

/** Fails the batch where the conversation is gone, or another one has its id; `json('')` fails a statement. */
const assertSame = (db: Database, id: number, nonce: string | null) => {
  const same = nonce === null ? sql`id = ${id}` : sql`id = ${id} AND nonce = ${nonce}`;
  return db
    .select({
      ok: sql`CASE WHEN EXISTS (SELECT 1 FROM conversations WHERE ${same}) THEN 1 ELSE json('') END`.as("ok"),
    })
    .from(sql`(SELECT 1)`);
};

/** Makes a turn that has begun visible in the history. Harmless when the turn is already there, or already settled. */
export const beginTurn = (db: Database, { said, reply, nonce }: TurnMessages, head: Head) =>
  [
    assertSame(db, head.id, nonce),
    moveHead(db, head),
    ...insertSaid(db, said),
    db.insert(messages).values(reply).onConflictDoNothing(),
  ] as const;

/** Writes how a turn ended. Either message may be there already or not; doing it twice does it once. */
export const settleTurn = (db: Database, { said, reply, nonce }: TurnMessages, head: Head) => {
  const { id: _id, conversationId: _conversation, ...outcome } = reply;
  return [
    assertSame(db, head.id, nonce),
    moveHead(db, head),
    db.select().from(conversations).where(eq(conversations.id, head.id)),
    ...insertSaid(db, said),
    db.insert(messages).values(reply).onConflictDoUpdate({ target: messages.id, set: outcome }),
  ] as const;
};

/** Takes one message out of its conversation and joins what followed to what came before. */
export type Removal = {
  conversationId: number;
  messageId: number;
  parentId: number | null;
  headMessageId: number | null;
  revision: number;
};

/** Removes a message. Doing it twice does it once; the last query returns the conversation as it then is. */
export const removeMessage = (
  db: Database,
  { conversationId, messageId: id, parentId, ...head }: Removal,
) => {
  const itself = and(eq(messages.id, id), eq(messages.conversationId, conversationId));
  const removed = sql`(SELECT count(*) FROM chat_messages WHERE id = ${id})`;
  return [
    db
      .update(conversations)
      .set({
        ...head,
        messageCount: sql`message_count - ${removed}`,
        deletedMessages: sql`deleted_messages + ${removed}`,
        updatedAt: new Date(),
      })
      .where(eq(conversations.id, conversationId)),
    db
      .update(messages)
      .set({ parentId })
      .where(and(eq(messages.conversationId, conversationId), eq(messages.parentId, id))),
    db.delete(messages).where(itself),
    db.select().from(conversations).where(eq(conversations.id, conversationId)),
  ] as const;
};

/** How many messages a branch has up to this one. */
export const messageCountBefore = (db: Database, conversationId: number, leaf: number) =>
  db.select({ count: sql<number>`count(*)`.as("count") }).from(
    sql`(
        WITH RECURSIVE path(id, parent_id) AS (
          SELECT id, parent_id FROM chat_messages WHERE id = ${leaf} AND conversation_id = ${conversationId}
          UNION ALL
          SELECT m.id, m.parent_id FROM path JOIN chat_messages m ON m.id = path.parent_id
        )
        SELECT id FROM path)`,
  );
