import { and, desc, eq, exists, gte, isNotNull, isNull, lt, or, sql, type SQL } from "drizzle-orm";

import { AppError } from "../errors";
import { bytesOf, openConversation, openSpeaker, sealTitle } from "./cells";
import { OWN_ALLOWANCES, type ReservationQueries } from "./allowances";
import { claimOf, keyAccess, one, sessionAccess, type Caller, type Database } from "./client";
import type { BranchQuery } from "./messages";
import { aliased, found, placesOf, prepared, reading, value } from "./prepared";
import { CARD } from "./cards";
import { hasRoomFor, type ConfiguredRoom } from "./room";
import { idToSealFor } from "./row-ids";
import { OWN_SAFETY, USE_CLOCK } from "./safety";
import { hasTag, ownsTags } from "./tags";
import {
  conversations,
  NOBODY,
  personaCards,
  personas,
  usageTotals,
  users,
  type Conversation,
  type ConversationRow,
} from "./schema";

const opened = (db: Database) => (row: ConversationRow) => openConversation(db, row);

/** One conversation, whoever owns it: the caller tells missing from forbidden with `ownConversation`. */
export const conversationById = (db: Database, id: number) =>
  reading(db.select().from(conversations).where(eq(conversations.id, id)), opened(db));

/** Whose a conversation is, whatever is to be read of it. */
export const conversationOwner = (db: Database, id: number) =>
  db
    .select({
      userId: conversations.userId,
      personaId: conversations.personaId,
      nonce: conversations.nonce,
      revision: conversations.revision,
      expiresAt: conversations.expiresAt,
    })
    .from(conversations)
    .where(eq(conversations.id, id));

/**
 * The conversation, if it exists and is the caller's.
 * @throws AppError `not_found` or, for somebody else's, `forbidden`
 */
export function ownConversation<Row extends Pick<Conversation, "userId" | "expiresAt">>(
  row: Row | undefined,
  { userId }: Caller,
): Row {
  if (!row || row.userId === NOBODY || isOver(row)) {
    throw new AppError("not_found", { detail: "Conversation not found" });
  }
  if (row.userId !== userId) throw new AppError("forbidden");
  return row;
}

/** Whether the time of a temporary conversation is over: then it is as good as deleted. */
const isOver = ({ expiresAt }: Pick<Conversation, "expiresAt">) =>
  expiresAt !== null && expiresAt.getTime() <= Date.now();

/**
 * Everything a turn begins with, in one round trip: whether the caller has access, what they may use, the conversation whoever
 * owns it, and the caller's persona in it, all in one row, since every statement adds to the time to the first token; no row
 * where the account is gone. With it, where they are wanted, what `branch` reads, and a reservation.
 */
export async function turnInputs(
  db: Database,
  caller: Caller,
  id: number,
  branch: BranchQuery | null,
  reservation: ReservationQueries | null,
) {
  const query = (caller.apiKey ? inputsOfKey : inputsOfSession)(db, { ...claimOf(caller), id });
  const inputs = reading(query, ({ conversation, persona, card, ...rest }) => ({
    ...rest,
    conversation: found(conversation, opened(db)),
    persona: found(persona, (row) => openSpeaker(db, row, card)),
  }));
  if (!reservation) {
    if (!branch) return [(await inputs)[0], null, null] as const;
    const [[row], messages] = await db.batch([inputs, branch]);
    return [row, messages, null] as const;
  }
  const [[row], [made], balance, messages] = await db.batch([
    inputs,
    ...reservation,
    ...(branch ? ([branch] as const) : ([] as const)),
  ]);
  return [row, messages ?? null, { made, balance: one(balance) }] as const;
}

const selectInputs = (db: Database, access: SQL<number>) =>
  db
    .select({
      hasAccess: access.as("has_access"),
      allowances: OWN_ALLOWANCES,
      safety: { ...OWN_SAFETY },
      clock: USE_CLOCK,
      hasOthers:
        sql<number>`EXISTS (SELECT 1 FROM conversations o WHERE o.persona_id = ${conversations.personaId}
        AND o.id <> ${conversations.id} AND o.user_id = ${users.id} AND o.head_message_id IS NOT NULL)`.as(
          "has_others",
        ),
      conversation: aliased(conversations, "conversation"),
      persona: aliased(personas, "persona"),
      card: CARD,
    })
    .from(users)
    .leftJoin(usageTotals, eq(usageTotals.userId, users.id))
    .leftJoin(conversations, eq(conversations.id, value("id")))
    .leftJoin(personas, and(eq(personas.id, conversations.personaId), eq(personas.userId, users.id)))
    .leftJoin(personaCards, eq(personaCards.id, personas.id))
    .where(eq(users.id, value("userId")));
const claim = placesOf("userId", "sessionId", "hash", "scopes", "now");
const inputsOfSession = prepared((db) => selectInputs(db, sessionAccess(claim)));
const inputsOfKey = prepared((db) => selectInputs(db, keyAccess(claim)));

export type ConversationPage = {
  personaId?: number | undefined;
  origin?: "app" | "api" | undefined;
  isActive?: boolean | undefined;
  isPinned?: boolean | undefined;
  tagId?: number | undefined;
  folderId?: number | undefined;
  limit: number;
  after?: Cursor | undefined;
};

/** Where a page ended: the last conversation's `updated_at` in milliseconds, and its id to break ties. */
export type Cursor = { updatedAt: number; id: number };

/** Of a user's conversations, which are read in order, those with this persona: the `+` keeps SQLite from an index in no order. */
export const isWith = (personaId: number) => sql`+${conversations.personaId} = ${personaId}`;

const isNotOver = (now: number) =>
  sql`(${conversations.expiresAt} IS NULL OR ${conversations.expiresAt} > ${now})`;

const matching = ({
  personaId,
  origin,
  isActive,
  isPinned,
  tagId,
  folderId,
}: Omit<ConversationPage, "limit" | "after">) => [
  personaId === undefined ? undefined : isWith(personaId),
  origin && sql`${conversations.origin} IS ${origin === "app" ? null : origin}`,
  isActive === undefined ? undefined : eq(conversations.isActive, isActive),
  isPinned === undefined
    ? undefined
    : isPinned
      ? isNotNull(conversations.pinnedAt)
      : isNull(conversations.pinnedAt),
  tagId === undefined ? undefined : hasTag(tagId),
  folderId === undefined ? undefined : eq(conversations.folderId, folderId),
];

/** A user's conversations, most recently updated first. */
export const listConversations = (
  db: Database,
  userId: number,
  { limit, after, ...filters }: ConversationPage,
) =>
  reading(
    db
      .select()
      .from(conversations)
      .where(
        and(
          eq(conversations.userId, userId),
          isNotOver(Date.now()),
          ...matching(filters),
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

/** The conversations of a user that have changed since, the last ones first. */
export const conversationsChangedSince = (db: Database, userId: number, since: Date, limit: number) =>
  db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.userId, userId), gte(conversations.updatedAt, since)))
    .orderBy(desc(conversations.updatedAt), desc(conversations.id))
    .limit(limit);

export const ownsPersona = (db: Database, userId: number, personaId: number) =>
  db
    .select({ one: sql`1` })
    .from(personas)
    .where(and(eq(personas.id, personaId), eq(personas.userId, userId)));

type NewConversation = {
  /** As `reserveId` gave it. */
  id: number | null;
  userId: number;
  personaId: number;
  title: string;
  /** False where the first reply is to give it another one. */
  isTitled?: boolean;
  room: ConfiguredRoom;
  /** The name that a client of another API knows it by. */
  externalId?: string | null;
  origin?: Conversation["origin"];
  expiresAt?: Date | null;
};

/** Creates a conversation if the persona is the user's and there is room for it; no row otherwise. */
export const insertConversation = (
  db: Database,
  {
    id,
    userId,
    personaId,
    title: text,
    isTitled = true,
    room,
    externalId = null,
    origin = null,
    expiresAt = null,
  }: NewConversation,
) => {
  const title = sealTitle(db, userId, idToSealFor(db, id), text);
  return reading(
    db
      .insert(conversations)
      .select(
        db
          .select({
            id: sql`${id}`.as("id"),
            userId: personas.userId,
            personaId: sql`${personas.id}`.as("persona_id"),
            title: sql`${title}`.as("title"),
            isTitled: sql`${Number(isTitled)}`.as("is_titled"),
            isActive: sql`TRUE`.as("is_active"),
            headMessageId: sql`NULL`.as("head_message_id"),
            revision: sql`0`.as("revision"),
            messageSeq: sql`0`.as("message_seq"),
            messageCount: sql`0`.as("message_count"),
            deletedMessages: sql`0`.as("deleted_messages"),
            nonce: sql`lower(hex(randomblob(8)))`.as("nonce"),
            storedBytes: sql`0`.as("stored_bytes"),
            externalId: sql`${externalId}`.as("external_id"),
            sourceHash: sql`NULL`.as("source_hash"),
            origin: sql`${origin}`.as("origin"),
            tokenRatio: sql`1.0`.as("token_ratio"),
            createdAt: sql`${Date.now()}`.as("created_at"),
            updatedAt: sql`${Date.now()}`.as("updated_at"),
            pinnedAt: sql`NULL`.as("pinned_at"),
            folderId: sql`NULL`.as("folder_id"),
            tagIds: sql`'[]'`.as("tag_ids"),
            expiresAt: sql`${expiresAt?.getTime() ?? null}`.as("expires_at"),
          })
          .from(personas)
          .where(
            and(
              eq(personas.id, personaId),
              eq(personas.userId, userId),
              hasRoomFor("conversations", userId, bytesOf(title), room),
            ),
          ),
      )
      .returning(),
    opened(db),
  );
};

/** The conversation with this persona that a client knows by this name. */
export const conversationNamed = (db: Database, userId: number, personaId: number, externalId: string) =>
  db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.userId, userId),
        eq(conversations.personaId, personaId),
        eq(conversations.externalId, externalId),
      ),
    );

/** The conversations that a client knows by this name, of every persona or of one: the one that was changed last comes first. */
export const conversationsNamed = (
  db: Database,
  userId: number,
  externalId: string,
  personaId: number | null,
) =>
  db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.userId, userId),
        eq(conversations.externalId, externalId),
        personaId === null ? undefined : eq(conversations.personaId, personaId),
      ),
    )
    .orderBy(desc(conversations.updatedAt))
    .limit(1);

/** Gives a conversation in which nothing was said yet to another persona of the user's; no row where it is another one. */
export const adoptConversation = (db: Database, userId: number, id: number, personaId: number) =>
  db
    .update(conversations)
    .set({ personaId })
    .where(
      and(
        eq(conversations.id, id),
        eq(conversations.userId, userId),
        eq(conversations.origin, "api"),
        eq(conversations.messageSeq, 0),
        exists(ownsPersona(db, userId, personaId)),
      ),
    )
    .returning({ id: conversations.id });

/** What a user may change of a conversation. Its place in the lists follows from what was said, and from the first three. */
export type ConversationChanges = {
  [Field in "title" | "personaId" | "isActive" | "folderId" | "tagIds"]?: Conversation[Field] | undefined;
} & {
  isPinned?: boolean | undefined;
  /** It is temporary no longer. */
  isKept?: true;
};

/** Changes a conversation of this user; no row if it, or the persona, tags or folder it is to have, is not the user's. */
export const updateConversation = (
  db: Database,
  userId: number,
  id: number,
  { title, personaId, isActive, isPinned, isKept, tagIds, folderId }: ConversationChanges,
) =>
  reading(
    db
      .update(conversations)
      .set({
        personaId,
        isActive,
        tagIds,
        folderId,
        ...(title !== undefined && { title: sealTitle(db, userId, id, title), isTitled: true }),
        ...(isPinned !== undefined && { pinnedAt: isPinned ? pinnedSince(new Date()) : sql`NULL` }),
        ...(isKept && { expiresAt: sql`NULL` }),
        updatedAt:
          title === undefined && personaId === undefined && isActive === undefined && !isKept
            ? sql`updated_at`
            : new Date(),
      })
      .where(
        and(
          eq(conversations.id, id),
          eq(conversations.userId, userId),
          isNotOver(Date.now()),
          personaId === undefined ? undefined : exists(ownsPersona(db, userId, personaId)),
          tagIds && ownsTags(userId, "tag", tagIds),
          typeof folderId === "number" ? ownsTags(userId, "folder", [folderId]) : undefined,
        ),
      )
      .returning(),
    opened(db),
  );

/** Gives a conversation the title that nobody has given it; nothing where somebody has meanwhile. Its place in the lists stays. */
export const nameConversation = (
  db: Database,
  { id, userId, nonce }: Pick<Conversation, "id" | "userId" | "nonce">,
  title: string,
) =>
  db
    .update(conversations)
    .set({ title: sealTitle(db, userId, id, title), isTitled: true })
    .where(
      and(
        eq(conversations.id, id),
        eq(conversations.userId, userId),
        eq(conversations.nonce, nonce),
        eq(conversations.isTitled, false),
      ),
    );

/** What was pinned before stays where it was among what is pinned. */
const pinnedSince = (now: Date) => sql`coalesce(pinned_at, ${now.getTime()})`;
