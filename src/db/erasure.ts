import { and, asc, eq, gt, inArray, is, lt, lte, or, sql } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";

import { deleteBelongings } from "./cards";
import type { Database } from "./client";
import { messageId } from "./messages";
import * as schema from "./schema";
import { conversations, messages, NOBODY, personas, users, type Conversation } from "./schema";
import { unsealed } from "./vault";

/*
 * What is deleted is hidden in one short statement and erased in many. Each of these stays as short as it is told to, and finds
 * by itself what is left: after a crash nothing needs to be remembered.
 */

/** Up to this size something is erased at once, in the request that deletes it. */
const SMALL = { conversations: 100, messages: 1000 };

/** What becomes of a conversation that is hidden: its title is sealed for its owner, and nobody could open it. */
export const HIDDEN = {
  userId: NOBODY,
  title: unsealed(""),
  externalId: null,
  sourceHash: null,
  expiresAt: null,
};

const own = (userId: number, id: number) => and(eq(conversations.id, id), eq(conversations.userId, userId));

/** Deletes a conversation: a small one is gone, a large one is nobody's from now on. The one whose statement gives a row was it. */
export const deleteConversation = (db: Database, userId: number, id: number) =>
  [
    db
      .delete(conversations)
      .where(and(own(userId, id), lte(conversations.messageSeq, SMALL.messages)))
      .returning({ id: conversations.id }),
    db.update(conversations).set(HIDDEN).where(own(userId, id)).returning({ id: conversations.id }),
  ] as const;

/** The same for a persona; a large one's conversations follow by `hideConversationsOf`. */
export const deletePersona = (db: Database, userId: number, id: number) => {
  const itself = and(eq(personas.id, id), eq(personas.userId, userId));
  const isSmall = sql`(SELECT count(*) <= ${SMALL.conversations} AND coalesce(sum(message_seq), 0) <= ${SMALL.messages}
    FROM conversations WHERE persona_id = ${id})`;
  return [
    db.delete(personas).where(and(itself, isSmall)).returning({ id: personas.id }),
    db
      .update(personas)
      .set({
        userId: NOBODY,
        name: unsealed(""),
        description: null,
        greeting: null,
        alternates: null,
        avatarId: null,
      })
      .where(itself)
      .returning({ id: personas.id }),
    ...deleteBelongings(db, userId, id),
  ] as const;
};

/** Makes conversations of a persona nobody's, at most so many. */
export const hideConversationsOf = (db: Database, userId: number, personaId: number, limit: number) =>
  db
    .update(conversations)
    .set(HIDDEN)
    .where(
      inArray(
        conversations.id,
        db
          .select({ id: conversations.id })
          .from(conversations)
          .where(and(eq(conversations.personaId, personaId), eq(conversations.userId, userId)))
          .limit(limit),
      ),
    )
    .returning({ id: conversations.id });

const among = (ids: number[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;

/** A conversation that is to be erased: not more than `messageSeq` messages are in it. */
export type Doomed = Pick<Conversation, "id" | "messageSeq" | "updatedAt">;

const DOOMED = {
  id: conversations.id,
  messageSeq: conversations.messageSeq,
  updatedAt: conversations.updatedAt,
  /** Whether something is set aside for a turn in it, which may be running. */
  isBusy: sql<number>`EXISTS (SELECT 1 FROM allowance_reservations
    WHERE reply_id > conversations.id * ${messageId(1, 0)} AND reply_id < (conversations.id + 1) * ${messageId(1, 0)})`.as(
    "is_busy",
  ),
};

/** Conversations of an owner who is gone, or with a persona of theirs; none of `except`. */
export const doomedConversations = (db: Database, owner: number, except: number[], limit: number) =>
  db
    .select(DOOMED)
    .from(conversations)
    .where(
      and(
        or(
          eq(conversations.userId, owner),
          inArray(
            conversations.personaId,
            db.select({ id: personas.id }).from(personas).where(eq(personas.userId, owner)),
          ),
        ),
        sql`${conversations.id} NOT IN ${among(except)}`,
      ),
    )
    .limit(limit);

/** Erases these conversations, with all that is in them. */
export const eraseConversations = (db: Database, ids: number[]) =>
  db.delete(conversations).where(inArray(conversations.id, among(ids)));

/** The first message that a conversation has, by its id. */
export const firstMessage = (db: Database, conversationId: number) =>
  db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(gt(messages.id, messageId(conversationId, 0)), lt(messages.id, messageId(conversationId + 1, 0))),
    )
    .orderBy(asc(messages.id))
    .limit(1);

/** Erases the messages of a conversation up to its n-th, and counts it as smaller. */
export const eraseMessages = (db: Database, conversationId: number, n: number) =>
  [
    db
      .delete(messages)
      .where(
        and(gt(messages.id, messageId(conversationId, 0)), lte(messages.id, messageId(conversationId, n))),
      ),
    db
      .update(conversations)
      .set({ messageCount: sql`min(message_count, max(0, message_seq - ${n}))` })
      .where(eq(conversations.id, conversationId)),
  ] as const;

/** Every table whose rows name a user, with the column that does; those that others name in turn come last. */
const TABLES_OF_USERS = Object.values(schema)
  .filter((table) => is(table, SQLiteTable))
  .flatMap((table) => {
    const keys = getTableConfig(table).foreignKeys.map((it) => it.reference());
    const column = keys.find((it) => it.foreignTable === users)?.columns[0];
    return column ? [{ table, column }] : [];
  })
  .toSorted((a, b) => Number(isNamed(a.table)) - Number(isNamed(b.table)));

function isNamed(table: SQLiteTable): boolean {
  return table === conversations || table === personas;
}

/** Erases rows that name a user, at most so many of each table. */
export const eraseRowsOf = (db: Database, userId: number, limit: number) =>
  TABLES_OF_USERS.map(({ table, column }) => {
    const some = sql`rowid IN (SELECT rowid FROM ${table} WHERE ${column} = ${userId} LIMIT ${limit})`;
    return db
      .delete(table)
      .where(some)
      .returning({ one: sql<number>`1`.as("one") });
  });

/** Erases these personas of a user's, who have no conversation left. */
export const erasePersonas = (db: Database, userId: number, ids: number[]) =>
  db.delete(personas).where(and(eq(personas.userId, userId), inArray(personas.id, among(ids))));

/** Erases nobody's personas that have no conversation left, at most so many. */
export const eraseHiddenPersonas = (db: Database, limit: number) =>
  db.delete(personas).where(
    inArray(
      personas.id,
      db
        .select({ id: personas.id })
        .from(personas)
        .where(
          and(
            eq(personas.userId, NOBODY),
            sql`NOT EXISTS (SELECT 1 FROM conversations WHERE persona_id = personas.id)`,
          ),
        )
        .limit(limit),
    ),
  );
