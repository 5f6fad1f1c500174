import { and, desc, eq, exists, gte, lt, or, sql, type SQL } from "drizzle-orm";

import { AppError } from "../errors";
import { openConversation, openPersona, sealTitle } from "./cells";
import { OWN_ALLOWANCES } from "./allowances";
import { claimOf, keyAccess, sessionAccess, type Caller, type Database } from "./client";
import type { BranchQuery } from "./messages";
import { aliased, found, placesOf, prepared, reading, value } from "./prepared";
import { idToSealFor } from "./row-ids";
import { conversations, personas, users, type Conversation, type ConversationRow } from "./schema";

const opened = (db: Database) => (row: ConversationRow) => openConversation(db, row);

/** One conversation, whoever owns it: the caller tells missing from forbidden with `ownConversation`. */
export const conversationById = (db: Database, id: number) =>
  reading(db.select().from(conversations).where(eq(conversations.id, id)), opened(db));

/**
 * The conversation, if it exists and is the caller's.
 * @throws AppError `not_found` or, for somebody else's, `forbidden`
 */
export function ownConversation(row: Conversation | undefined, { userId }: Caller): Conversation {
  if (!row) throw new AppError("not_found", { detail: "Conversation not found" });
  if (row.userId !== userId) throw new AppError("forbidden");
  return row;
}

/**
 * Everything a turn begins with, in one round trip: whether the caller has access, what they may use, the conversation whoever
 * owns it, and the caller's persona in it, all in one row, since every statement adds to the time to the first token; no row
 * where the account is gone. With it, where it is wanted, what `branch` reads.
 */
export async function turnInputs(db: Database, caller: Caller, id: number, branch: BranchQuery | null) {
  const query = (caller.apiKey ? inputsOfKey : inputsOfSession)(db, { ...claimOf(caller), id });
  const inputs = reading(query, ({ conversation, persona, ...rest }) => ({
    ...rest,
    conversation: found(conversation, opened(db)),
    persona: found(persona, (row) => openPersona(db, row)),
  }));
  if (!branch) return [(await inputs)[0], null] as const;
  const [[row], messages] = await db.batch([inputs, branch]);
  return [row, messages] as const;
}

const selectInputs = (db: Database, access: SQL<number>) =>
  db
    .select({
      hasAccess: access.as("has_access"),
      allowances: OWN_ALLOWANCES,
      conversation: aliased(conversations, "conversation"),
      persona: aliased(personas, "persona"),
    })
    .from(users)
    .leftJoin(conversations, eq(conversations.id, value("id")))
    .leftJoin(personas, and(eq(personas.id, conversations.personaId), eq(personas.userId, users.id)))
    .where(eq(users.id, value("userId")));
const claim = placesOf("userId", "sessionId", "hash", "scopes", "now");
const inputsOfSession = prepared((db) => selectInputs(db, sessionAccess(claim)));
const inputsOfKey = prepared((db) => selectInputs(db, keyAccess(claim)));

export type ConversationPage = { personaId?: number | undefined; limit: number; after?: Cursor | undefined };

/** Where a page ended: the last conversation's `updated_at` in milliseconds, and its id to break ties. */
export type Cursor = { updatedAt: number; id: number };

/** A user's conversations, most recently updated first. */
export const listConversations = (
  db: Database,
  userId: number,
  { personaId, limit, after }: ConversationPage,
) =>
  reading(
    db
      .select()
      .from(conversations)
      .where(
        and(
          eq(conversations.userId, userId),
          personaId === undefined ? undefined : eq(conversations.personaId, personaId),
          after &&
            or(
              lt(conversations.updatedAt, new Date(after.updatedAt)),
              and(eq(conversations.updatedAt, new Date(after.updatedAt)), lt(conversations.id, after.id)),
            ),
        ),
      )
      .orderBy(desc(conversations.updatedAt), desc(conversations.id))
      .limit(limit),
    opened(db),
  );

/** The conversations of a user that have changed since. */
export const conversationsChangedSince = (db: Database, userId: number, since: Date) =>
  db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.userId, userId), gte(conversations.updatedAt, since)));

export const ownsPersona = (db: Database, userId: number, personaId: number) =>
  db
    .select({ one: sql`1` })
    .from(personas)
    .where(and(eq(personas.id, personaId), eq(personas.userId, userId)));

/** Creates a conversation if the persona is the user's; no row otherwise. Its `id` is as `reserveId` gave it. */
export const insertConversation = (
  db: Database,
  { id, userId, personaId, title }: { id: number | null; userId: number; personaId: number; title: string },
) =>
  reading(
    db
      .insert(conversations)
      .select(
        db
          .select({
            id: sql`${id}`.as("id"),
            userId: personas.userId,
            personaId: sql`${personas.id}`.as("persona_id"),
            title: sql`${sealTitle(db, userId, idToSealFor(db, id), title)}`.as("title"),
            isActive: sql`TRUE`.as("is_active"),
            headMessageId: sql`NULL`.as("head_message_id"),
            revision: sql`0`.as("revision"),
            messageSeq: sql`0`.as("message_seq"),
            messageCount: sql`0`.as("message_count"),
            deletedMessages: sql`0`.as("deleted_messages"),
            nonce: sql`lower(hex(randomblob(8)))`.as("nonce"),
            tokenRatio: sql`1.0`.as("token_ratio"),
            createdAt: sql`${Date.now()}`.as("created_at"),
            updatedAt: sql`${Date.now()}`.as("updated_at"),
          })
          .from(personas)
          .where(and(eq(personas.id, personaId), eq(personas.userId, userId))),
      )
      .returning(),
    opened(db),
  );

/** Changes a conversation of this user; no row if it, or the persona it is to have, is not the user's. */
export const updateConversation = (
  db: Database,
  userId: number,
  id: number,
  { title, ...changes }: Partial<Pick<Conversation, "title" | "personaId" | "isActive">>,
) =>
  reading(
    db
      .update(conversations)
      .set({
        ...changes,
        ...(title !== undefined && { title: sealTitle(db, userId, id, title) }),
        updatedAt: new Date(),
      })
      .where(
        and(
          eq(conversations.id, id),
          eq(conversations.userId, userId),
          changes.personaId === undefined ? undefined : exists(ownsPersona(db, userId, changes.personaId)),
        ),
      )
      .returning(),
    opened(db),
  );

export const deleteConversation = (db: Database, userId: number, id: number) =>
  db
    .delete(conversations)
    .where(and(eq(conversations.id, id), eq(conversations.userId, userId)))
    .returning({ id: conversations.id });
