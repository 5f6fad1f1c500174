import { and, asc, desc, eq, getTableColumns, inArray, lt, sql, type SQL } from "drizzle-orm";

import { bytesOf, openConversation, openMessage, sealMessage } from "./cells";
import type { Database } from "./client";
import { ROW_BYTES } from "./room";
import { prepared, reading, value, type Rows } from "./prepared";
import {
  conversations,
  messages,
  type Conversation,
  type Message,
  type MessageRow,
  type Shown,
} from "./schema";

/** Room for a million messages in each of eight billion conversations, within JavaScript's exact integers. */
const IDS_PER_CONVERSATION = 2 ** 20;

export const messageId = (conversationId: number, n: number) => conversationId * IDS_PER_CONVERSATION + n;
export const conversationOfMessage = (id: number) => Math.floor(id / IDS_PER_CONVERSATION);
export const MAX_MESSAGES = IDS_PER_CONVERSATION - 1;

/** A conversation by its id and whose it is: of anybody else's there are no rows. */
export type Owned = Pick<Conversation, "id" | "userId">;

/** Which stretch of a branch to read, from its leaf backwards: at most this many messages and about this many bytes. */
type Stretch = { count: number; bytes?: number };

/** The ids of the branch of a conversation that ends in `leaf`. Reads only what it returns. */
const isOnBranch = (leaf: SQL) =>
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
  );

/** The branch of a conversation that ends in `leaf`, in chronological order. */
const branch = (db: Database, leaf: SQL) =>
  db.select().from(messages).where(isOnBranch(leaf)).orderBy(asc(messages.id));
export type BranchQuery = Rows<Message>;

const ofConversation = sql`FROM conversations WHERE id = ${value("conversation")} AND user_id = ${value("owner")}`;
const HEAD = sql`(SELECT head_message_id ${ofConversation})`;
const BEFORE = sql`(SELECT parent_id FROM chat_messages WHERE id = ${value("leaf")} AND conversation_id = (SELECT id ${ofConversation}))`;
const LEAF = sql`(SELECT ${value("leaf")} ${ofConversation})`;
const branchFromHead = prepared((db) => branch(db, HEAD));
const branchThrough = prepared((db) => branch(db, LEAF));

const UNBOUNDED = 1e15;

const stretchOf = (db: Database, { id, userId }: Owned, { count, bytes = UNBOUNDED }: Stretch) => ({
  conversation: id,
  owner: userId,
  count,
  bytes: db.vault.sealedSize(bytes, count),
});

export const opened =
  (db: Database, { userId }: Owned) =>
  (row: MessageRow) =>
    openMessage(db, userId, row);

/** The end of the branch in force. */
export const latestMessages = (db: Database, conversation: Owned, stretch: Stretch): BranchQuery =>
  reading(branchFromHead(db, stretchOf(db, conversation, stretch)), opened(db, conversation));

/** Those that follow the same message as this one does, itself included. */
const SIBLINGS = sql.raw(`FROM chat_messages s
  WHERE s.conversation_id = chat_messages.conversation_id AND s.parent_id IS chat_messages.parent_id`);

/** The same, each message with how many variants there are of it and the how manieth it is. */
const branchWithVariants = (db: Database, leaf: SQL) =>
  db
    .select({
      ...getTableColumns(messages),
      variantCount: sql<number>`(SELECT count(*) ${SIBLINGS})`.as("variant_count"),
      variantIndex: sql<number>`(SELECT count(*) ${SIBLINGS} AND s.id <= chat_messages.id)`.as(
        "variant_index",
      ),
    })
    .from(messages)
    .where(isOnBranch(leaf))
    .orderBy(asc(messages.id));
const historyFromHead = prepared((db) => branchWithVariants(db, HEAD));
const historyBefore = prepared((db) => branchWithVariants(db, BEFORE));
const historyThrough = prepared((db) => branchWithVariants(db, LEAF));

/** A conversation as it is shown: the end of the branch in force, or what leads up to a message, without it or with it. */
export const history = {
  latest: (db: Database, of: Owned, count: number) =>
    reading(historyFromHead(db, stretchOf(db, of, { count })), shown(db, of)),
  before: (db: Database, of: Owned, leaf: number, count: number) =>
    reading(historyBefore(db, { ...stretchOf(db, of, { count }), leaf }), shown(db, of)),
  through: (db: Database, of: Owned, leaf: number, count: number) =>
    reading(historyThrough(db, { ...stretchOf(db, of, { count }), leaf }), shown(db, of)),
};

const shown =
  (db: Database, { userId }: Owned) =>
  ({
    variantCount,
    variantIndex,
    ...row
  }: MessageRow & Pick<Shown, "variantCount" | "variantIndex">): Shown => ({
    ...openMessage(db, userId, row),
    variantCount,
    variantIndex,
  });

/** The branch that leads up to a message, with it. */
export const messagesThrough = (
  db: Database,
  conversation: Owned,
  leaf: number,
  stretch: Stretch,
): BranchQuery =>
  reading(branchThrough(db, { ...stretchOf(db, conversation, stretch), leaf }), opened(db, conversation));

/** A page of a branch: in which order, after which message, and how many. */
export type BranchPage = { ascending: boolean; after: number | null; limit: number };

const pageOf = (leaf: SQL, ascending: boolean) =>
  prepared((db) => {
    const after = ascending
      ? sql`${messages.id} > ${value("after")}`
      : sql`${messages.id} < ${value("after")}`;
    return db
      .select()
      .from(messages)
      .where(and(isOnBranch(leaf), after))
      .orderBy(ascending ? asc(messages.id) : desc(messages.id))
      .limit(sql.placeholder("limit"));
  });
const pages = {
  head: { up: pageOf(HEAD, false), down: pageOf(HEAD, true) },
  leaf: { up: pageOf(LEAF, false), down: pageOf(LEAF, true) },
};

/** A page of the branch in force, or of what leads up to a message with it. Messages come after those they follow, by their ids too. */
export function pageOfBranch(
  db: Database,
  of: Owned,
  leaf: number | "head",
  { ascending, after, limit }: BranchPage,
): BranchQuery {
  const { up, down } = pages[leaf === "head" ? "head" : "leaf"];
  const from = after ?? (ascending ? 0 : Number.MAX_SAFE_INTEGER);
  const values = { ...stretchOf(db, of, { count: MAX_MESSAGES }), leaf, after: from, limit };
  return reading((ascending ? down : up)(db, values), opened(db, of));
}

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

export const isOwned = ({ id, userId }: Owned) =>
  sql`EXISTS (SELECT 1 FROM conversations WHERE id = ${id} AND user_id = ${userId})`;

/** Where a message stands, whatever is to be read in it. */
export const messagePlace = (db: Database, conversationId: number, id: number) =>
  db
    .select({ id: messages.id, parentId: messages.parentId })
    .from(messages)
    .where(isMessageOf(conversationId, id));

/** The reply that the turn of this number wrote, or went on with: of the latter the ledger knows. */
export const replyOfTurn = (db: Database, conversation: Owned, number: number) =>
  reading(
    db
      .select()
      .from(messages)
      .where(
        and(
          sql`${messages.id} IN (${number}, (SELECT message_id FROM usage_events WHERE id = ${`${number}/0`}))`,
          eq(messages.conversationId, conversation.id),
          eq(messages.role, "assistant"),
          isOwned(conversation),
        ),
      ),
    opened(db, conversation),
  );

/** How a turn leaves its conversation: numbers made by the conversation's object, so that writing them twice is harmless. */
export type Head = Pick<Conversation, "id" | "userId" | "revision" | "messageSeq" | "tokenRatio"> & {
  headMessageId: number;
  updatedAt: Date;
  /** Null where a turn of version 0.1 did not count them. */
  messageCount: number | null;
  /** The conversation's, beside its id; null where a turn of version 0.1 did not know it. */
  nonce: string | null;
};

/** The conversation that is meant, and not another one that has its id. */
const isSame = sql`${conversations.id} = ${value("id")} AND ${conversations.userId} = ${value("userId")}
  AND ${conversations.nonce} = coalesce(${value("nonce")}, ${conversations.nonce})`;

const newBytes = (name: string) =>
  sql`iif(${value(`${name}.id`)} > id * ${IDS_PER_CONVERSATION} + message_seq, ${value(`${name}.bytes`)}, 0)`;

const updateHead = (db: Database) =>
  db
    .update(conversations)
    .set({
      headMessageId: sql`${value("headMessageId")}`,
      revision: sql`${value("revision")}`,
      messageSeq: sql`${value("messageSeq")}`,
      messageCount: sql`coalesce(${value("messageCount")}, ${value("messageSeq")} - deleted_messages)`,
      // Rows that an earlier version had inserted when the turn began are counted already: their numbers were given then.
      storedBytes: sql`stored_bytes + ${newBytes("said")} + ${newBytes("reply")}`,
      tokenRatio: sql`${value("tokenRatio")}`,
      updatedAt: sql`${value("updatedAt", conversations.updatedAt)}`,
    })
    .where(and(isSame, sql`${conversations.revision} < ${value("revision")}`))
    .returning();
/** Moves a conversation on to where a turn leaves it. No row where it is there already, or gone. */
const moveHead = prepared(updateHead);

/** Moves a conversation past the numbers of a turn of which no message can be written. No row as for `moveHead`. */
export const passOver = (db: Database, { id, userId, nonce, revision, messageSeq, updatedAt }: Head) =>
  reading(
    db
      .update(conversations)
      .set({ revision, messageSeq, updatedAt })
      .where(
        and(
          eq(conversations.id, id),
          eq(conversations.userId, userId),
          nonce === null ? undefined : eq(conversations.nonce, nonce),
          lt(conversations.revision, revision),
        ),
      )
      .returning(),
    (row) => openConversation(db, row),
  );

/** Inserts messages where their conversation is still the one that is meant, each once; or has one take the place of itself. */
const insertInto = (db: Database, names: string[], { grows = false } = {}) =>
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
      ...(!grows && { setWhere: sql`chat_messages.status = 'in_progress'` }),
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

const insertReply = prepared((db) => insertInto(db, ["reply"]));
const growReply = prepared((db) => insertInto(db, ["reply"], { grows: true }));
const insertExchange = prepared((db) => insertInto(db, ["said", "reply"]));

/** What a turn writes. `said` may be there already, or not be at all; `reply` is there already where it has grown. */
export type TurnMessages = { said: Message | null; reply: Message; isGrown: boolean };

/** What is bound of a message: its row, and how many bytes that counts. */
function valuesOf(db: Database, name: string, message: Message, userId: number): Record<string, unknown> {
  const row = sealMessage(db, userId, message);
  return { ...fieldsOf(name, row), [`${name}.bytes`]: bytesOf(row.content) + ROW_BYTES };
}

function writeMessages(db: Database, { said, isGrown }: TurnMessages, values: Record<string, unknown>) {
  if (isGrown) return growReply(db, values);
  return said ? insertExchange(db, values) : insertReply(db, values);
}

/** Writes how a turn ended; doing it twice does it once. The first statement returns the conversation, see `moveHead`. */
export const settleTurn = (db: Database, messages: TurnMessages, head: Head) => {
  const { id, userId, nonce } = head;
  const same = { id, userId, nonce };
  const values = {
    ...same,
    ...valuesOf(db, "reply", messages.reply, userId),
    ...(messages.said && valuesOf(db, "said", messages.said, userId)),
  };
  return [
    reading(moveHead(db, { ...values, ...head }), (row) => openConversation(db, row)),
    writeMessages(db, messages, values),
  ] as const;
};

/** Writes messages that no model wrote, if any, and moves the head; doing it twice does it once. */
export const addMessages = (db: Database, added: Message[], head: Head) => {
  const { id, userId, nonce } = head;
  const rows = added.map((message) => valuesOf(db, "reply", message, userId));
  const bytes = rows.reduce((sum, row) => sum + Number(row["reply.bytes"]), 0);
  const last = { "reply.id": added.at(-1)?.id, "reply.bytes": bytes };
  return [
    reading(moveHead(db, { ...last, ...head }), (row) => openConversation(db, row)),
    ...rows.map((row) => insertReply(db, { id, userId, nonce, ...row })),
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
