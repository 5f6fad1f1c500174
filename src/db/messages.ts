import { and, asc, eq, getTableColumns, inArray, sql, type SQL } from "drizzle-orm";

import { openConversation, openMessage, sealMessage } from "./cells";
import type { Database } from "./client";
import { prepared, reading, value, type Rows } from "./prepared";
import { conversations, messages, type Conversation, type Message, type MessageRow } from "./schema";

/** Room for a million messages in each of eight billion conversations, within JavaScript's exact integers. */
const IDS_PER_CONVERSATION = 2 ** 20;

export const messageId = (conversationId: number, n: number) => conversationId * IDS_PER_CONVERSATION + n;
export const conversationOfMessage = (id: number) => Math.floor(id / IDS_PER_CONVERSATION);
export const MAX_MESSAGES = IDS_PER_CONVERSATION - 1;

/** A conversation by its id and whose it is: of anybody else's there are no rows. */
export type Owned = Pick<Conversation, "id" | "userId">;

/** Which stretch of a branch to read, from its leaf backwards: at most this many messages and about this many bytes. */
type Stretch = { count: number; bytes?: number };

/** The branch of a conversation that ends in `leaf`, in chronological order. Reads only what it returns. */
const branch = (db: Database, leaf: SQL) =>
  db
    .select()
    .from(messages)
    .where(
      inArray(
        messages.id,
        sql`(
          WITH RECURSIVE path(id, parent_id, n, bytes) AS (
            SELECT id, parent_id, 1, octet_length(content) FROM chat_messages
            WHERE id = ${leaf} AND conversation_id = ${value("conversation")}
            UNION ALL
            SELECT m.id, m.parent_id, path.n + 1, path.bytes + octet_length(m.content)
            FROM path JOIN chat_messages m ON m.id = path.parent_id
            WHERE path.n < ${value("count")} AND path.bytes < ${value("bytes")}
          )
          SELECT id FROM path)`,
      ),
    )
    .orderBy(asc(messages.id));
export type BranchQuery = Rows<Message>;

const ofConversation = sql`FROM conversations WHERE id = ${value("conversation")} AND user_id = ${value("owner")}`;
const branchFromHead = prepared((db) => branch(db, sql`(SELECT head_message_id ${ofConversation})`));
const branchBefore = prepared((db) =>
  branch(
    db,
    sql`(SELECT parent_id FROM chat_messages WHERE id = ${value("leaf")} AND conversation_id = (SELECT id ${ofConversation}))`,
  ),
);
const branchThrough = prepared((db) => branch(db, sql`(SELECT ${value("leaf")} ${ofConversation})`));

const UNBOUNDED = 1e15;

const stretchOf = (db: Database, { id, userId }: Owned, { count, bytes = UNBOUNDED }: Stretch) => ({
  conversation: id,
  owner: userId,
  count,
  bytes: db.vault.sealedSize(bytes, count),
});

const opened =
  (db: Database, { userId }: Owned) =>
  (row: MessageRow) =>
    openMessage(db, userId, row);

/** The end of the branch in force. */
export const latestMessages = (db: Database, conversation: Owned, stretch: Stretch): BranchQuery =>
  reading(branchFromHead(db, stretchOf(db, conversation, stretch)), opened(db, conversation));

/** The branch that leads up to a message, without it. */
export const messagesBefore = (
  db: Database,
  conversation: Owned,
  leaf: number,
  stretch: Stretch,
): BranchQuery =>
  reading(branchBefore(db, { ...stretchOf(db, conversation, stretch), leaf }), opened(db, conversation));

/** The branch that leads up to a message, with it. */
export const messagesThrough = (
  db: Database,
  conversation: Owned,
  leaf: number,
  stretch: Stretch,
): BranchQuery =>
  reading(branchThrough(db, { ...stretchOf(db, conversation, stretch), leaf }), opened(db, conversation));

const isMessageOf = (conversationId: number, id: number) =>
  and(eq(messages.id, id), eq(messages.conversationId, conversationId));

export const messageById = (db: Database, conversation: Owned, id: number) =>
  reading(
    db
      .select()
      .from(messages)
      .where(and(isMessageOf(conversation.id, id), isOwned(conversation))),
    opened(db, conversation),
  );

const isOwned = ({ id, userId }: Owned) =>
  sql`EXISTS (SELECT 1 FROM conversations WHERE id = ${id} AND user_id = ${userId})`;

/** Where a message stands, whatever is to be read in it. */
export const messagePlace = (db: Database, conversationId: number, id: number) =>
  db
    .select({ id: messages.id, parentId: messages.parentId })
    .from(messages)
    .where(isMessageOf(conversationId, id));

/** How a turn leaves its conversation: numbers made by the conversation's object, so that writing them twice is harmless. */
export type Head = Pick<Conversation, "id" | "userId" | "revision" | "messageSeq" | "tokenRatio"> & {
  headMessageId: number;
  updatedAt: Date;
  /** Null where a turn of version 0.1 did not count them. */
  messageCount: number | null;
  /** The conversation's, beside its id; null where a turn of version 0.1 did not know it. */
  nonce: string | null;
};

const isSame = sql`${conversations.id} = ${value("id")} AND ${conversations.userId} = ${value("userId")}
  AND ${conversations.nonce} = coalesce(${value("nonce")}, ${conversations.nonce})`;

const updateHead = (db: Database) =>
  db
    .update(conversations)
    .set({
      headMessageId: sql`${value("headMessageId")}`,
      revision: sql`${value("revision")}`,
      messageSeq: sql`${value("messageSeq")}`,
      messageCount: sql`coalesce(${value("messageCount")}, ${value("messageSeq")} - deleted_messages)`,
      tokenRatio: sql`${value("tokenRatio")}`,
      updatedAt: sql`${value("updatedAt", conversations.updatedAt)}`,
    })
    .where(and(isSame, sql`${conversations.revision} < ${value("revision")}`))
    .returning();
/** Moves a conversation on to where a turn leaves it. No row where it is there already, or gone. */
const moveHead = prepared(updateHead);

/** Inserts messages where their conversation is still the one that is meant, each once. */
const insertInto = (db: Database, ...names: string[]) =>
  db
    .insert(messages)
    .select(
      sql.join(
        names.map((name) => sql`SELECT ${fields(name)} FROM ${conversations} WHERE ${isSame}`),
        sql` UNION ALL `,
      ),
    )
    // A turn that began under an earlier version has its rows already.
    .onConflictDoUpdate({
      target: messages.id,
      set: ENDED,
      setWhere: sql`chat_messages.status = 'in_progress'`,
    });

const columns = Object.entries(getTableColumns(messages));
const fields = (name: string) =>
  sql.join(
    columns.map(([field, column]) => sql`${value(`${name}.${field}`, column)}`),
    sql`, `,
  );
const fieldsOf = (name: string, row: MessageRow) =>
  Object.fromEntries(Object.entries(row).map(([field, given]) => [`${name}.${field}`, given]));
const ENDED = Object.fromEntries(
  columns
    .filter(([field]) => field !== "id" && field !== "conversationId")
    .map(([field, column]) => [field, sql.raw(`excluded."${column.name}"`)]),
);

const insertReply = prepared((db) => insertInto(db, "reply"));
const insertExchange = prepared((db) => insertInto(db, "said", "reply"));

/** What a turn writes. `said` may be there already, or not be at all. */
export type TurnMessages = { said: Message | null; reply: Message };

/** Writes how a turn ended; doing it twice does it once. The first statement returns the conversation, see `moveHead`. */
export const settleTurn = (db: Database, { said, reply }: TurnMessages, head: Head) => {
  const { id, userId, nonce } = head;
  const fields = (name: string, message: Message) => fieldsOf(name, sealMessage(db, userId, message));
  const values = { id, userId, nonce, ...fields("reply", reply) };
  return [
    reading(moveHead(db, head), (row) => openConversation(db, row)),
    said ? insertExchange(db, { ...values, ...fields("said", said) }) : insertReply(db, values),
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
    reading(db.select().from(conversations).where(eq(conversations.id, conversationId)), (row) =>
      openConversation(db, row),
    ),
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
