import { and, asc, eq, getTableColumns, gt, sql } from "drizzle-orm";

import { bytesOf, openConversation, sealMessage } from "./cells";
import type { Database } from "./client";
import { isOwned, messageId, opened, type Owned } from "./messages";
import { reading } from "./prepared";
import { ROW_BYTES } from "./room";
import { conversations, messages, type Conversation, type Message } from "./schema";

/** The messages of a conversation by their ids, those after this one, with what tells one from another. */
export const messagesAfter = (db: Database, conversation: Owned, after: number, limit: number) =>
  reading(
    db
      .select()
      .from(messages)
      .where(
        and(
          gt(messages.id, Math.max(after, messageId(conversation.id, 0))),
          sql`${messages.id} < ${messageId(conversation.id + 1, 0)}`,
          isOwned(conversation),
        ),
      )
      .orderBy(asc(messages.id))
      .limit(limit),
    opened(db, conversation),
  );

/** How many messages stood before this one when it was written. */
export const messageDepth = (db: Database, conversationId: number, id: number) =>
  db
    .select({ depth: messages.depth })
    .from(messages)
    .where(and(eq(messages.id, id), eq(messages.conversationId, conversationId)));

/** How a conversation stands after messages were brought in: absolute values, so that writing them twice is harmless. */
export type Grown = Pick<
  Conversation,
  "id" | "userId" | "nonce" | "revision" | "messageSeq" | "messageCount"
> & { headMessageId: number };

/** What is not known of a message that no turn wrote: the columns between its status and its time. */
const UNKNOWN = sql.raw(
  Object.keys(getTableColumns(messages))
    .slice(7, -1)
    .map(() => "NULL")
    .join(", "),
);

/** So many bytes of text are, as JSON, less than a bound value holds: 2,000,000 bytes. */
const PIECE_BYTES = 500_000;

type Row = ReturnType<typeof sealMessage>;

/** Rows in pieces that a statement takes. */
function piecesOf(rows: Row[]): Row[][] {
  const pieces: Row[][] = [];
  let room = 0;
  for (const row of rows) {
    const size = bytesOf(row.content) + ROW_BYTES;
    if (size > room) {
      pieces.push([]);
      room = PIECE_BYTES;
    }
    pieces.at(-1)?.push(row);
    room -= size;
  }
  return pieces;
}

/** Writes messages that were said elsewhere, one under the other, and counts what they take. Doing it twice does it once. */
export const importMessages = (db: Database, added: Message[], grown: Grown) => {
  const { id, userId, nonce, revision, ...counters } = grown;
  const sealed = added.map((message) => sealMessage(db, userId, message));
  const bytes = sealed.reduce((sum, { content }) => sum + bytesOf(content) + ROW_BYTES, 0);
  const rowsOf = (piece: Row[]) =>
    piece.map((row) => [row.id, row.parentId, row.depth, row.role, row.content, row.createdAt.getTime()]);
  const isSame = and(
    eq(conversations.id, id),
    eq(conversations.userId, userId),
    eq(conversations.nonce, nonce),
  );
  return [
    reading(
      db
        .update(conversations)
        .set({
          ...counters,
          revision,
          storedBytes: sql`stored_bytes + ${bytes}`,
          updatedAt: new Date(),
        })
        .where(and(isSame, sql`${conversations.revision} < ${revision}`))
        .returning(),
      (row) => openConversation(db, row),
    ),
    ...piecesOf(sealed).map((piece) =>
      db
        .insert(messages)
        .select(
          sql`SELECT j.value ->> 0, ${id}, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, 'complete',
          ${UNKNOWN}, j.value ->> 5
          FROM json_each(${JSON.stringify(rowsOf(piece))}) j
          WHERE EXISTS (SELECT 1 FROM conversations WHERE ${isSame})`,
        )
        .onConflictDoNothing(),
    ),
  ] as const;
};
