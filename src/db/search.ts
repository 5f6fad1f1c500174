import { and, asc, desc, eq, gt, gte, inArray, isNull, sql, type SQL } from "drizzle-orm";

import { bytesOf, openConversation, openMessage } from "./cells";
import type { Database } from "./client";
import { isOwned, messageId, type Owned } from "./messages";
import { reading } from "./prepared";
import { conversations, messages, type Message } from "./schema";
import { unsealed } from "./vault";

/** A conversation as the index goes by it. Of a temporary one nothing may be found. */
const INDEXABLE = {
  id: conversations.id,
  userId: conversations.userId,
  personaId: conversations.personaId,
  nonce: conversations.nonce,
  revision: conversations.revision,
  messageCount: conversations.messageCount,
  storedBytes: conversations.storedBytes,
  isHidden: sql<boolean>`${conversations.expiresAt} IS NOT NULL`.mapWith(Boolean).as("is_hidden"),
};

/** A user's conversations; all, or those changed since. */
export const conversationsToIndex = (db: Database, userId: number, since: Date | null) =>
  db
    .select(INDEXABLE)
    .from(conversations)
    .where(and(eq(conversations.userId, userId), since ? gte(conversations.updatedAt, since) : undefined))
    .orderBy(desc(conversations.updatedAt));

export const conversationToIndex = (db: Database, userId: number, id: number) =>
  db
    .select(INDEXABLE)
    .from(conversations)
    .where(and(eq(conversations.id, id), eq(conversations.userId, userId)));

const idsOf = ({ id }: Owned): SQL =>
  sql`${messages.id} > ${messageId(id, 0)} AND ${messages.id} < ${messageId(id + 1, 0)}`;

/** How many bytes the text of each message of a conversation takes. */
export const sizesOfMessages = (db: Database, conversation: Owned) =>
  db
    .select({ id: messages.id, bytes: sql<number>`octet_length(${messages.content})`.as("bytes") })
    .from(messages)
    .where(and(idsOf(conversation), isOwned(conversation)));

/** A message as it is put into the index: `bytes` as its row has them, where nothing is sealed. */
const toIndexed = ({ id, role, createdAt, content }: Message) => ({
  id,
  role,
  at: createdAt.getTime(),
  bytes: bytesOf(unsealed(content)),
  text: content,
});

/** These messages of a conversation, as they are put into the index. */
export const messagesToIndex = (db: Database, conversation: Owned, ids: number[]) =>
  reading(
    db
      .select()
      .from(messages)
      .where(and(isAmong(ids), eq(messages.conversationId, conversation.id), isOwned(conversation))),
    (row) => toIndexed(openMessage(db, conversation.userId, row)),
  );

/** The first messages of a conversation behind this one, as they are put into the index; at most so many. */
export const messagesAfter = (db: Database, conversation: Owned, last: number, limit: number) =>
  reading(
    db
      .select()
      .from(messages)
      .where(and(idsOf(conversation), gt(messages.id, last), isOwned(conversation)))
      .orderBy(asc(messages.id))
      .limit(limit),
    (row) => toIndexed(openMessage(db, conversation.userId, row)),
  );

const isAmong = (ids: number[]) =>
  sql`${messages.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;

const isSearchable = (userId: number) =>
  and(eq(conversations.userId, userId), isNull(conversations.expiresAt));

/** Of these messages those that are there and the user's, and the conversations they stand in. */
export const foundMessages = (db: Database, userId: number, ids: number[], conversationIds: number[]) => {
  const among = sql`${conversations.id} IN (SELECT value FROM json_each(${JSON.stringify(conversationIds)}))`;
  const own = and(among, isSearchable(userId));
  return [
    reading(
      db
        .select()
        .from(messages)
        .where(
          and(
            isAmong(ids),
            inArray(
              messages.conversationId,
              db.select({ id: conversations.id }).from(conversations).where(own),
            ),
          ),
        ),
      (row) => openMessage(db, userId, row),
    ),
    reading(db.select().from(conversations).where(own), (row) => openConversation(db, row)),
  ] as const;
};
