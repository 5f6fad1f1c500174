import { and, asc, desc, eq, gt, gte, sql, type SQL } from "drizzle-orm";

import { OWN_ALLOWANCES, type ReservationQueries } from "./allowances";
import { CARD } from "./cards";
import { bytesOf, openPersona, openSpeaker, sealOfPersona } from "./cells";
import { claimOf, keyAccess, one, sessionAccess, type Caller, type Database } from "./client";
import { isWith } from "./conversations";
import { aliased, found, placesOf, prepared, reading, value } from "./prepared";
import { hasRoomFor, hasRoomInstead, type ConfiguredRoom } from "./room";
import { idToSealFor } from "./row-ids";
import { OWN_SAFETY, USE_CLOCK } from "./safety";
import {
  conversations,
  personaCards,
  personas,
  users,
  type Persona,
  type PersonaRow,
  usageTotals,
} from "./schema";

const opened = (db: Database) => (row: PersonaRow) => openPersona(db, row);

export type Traits = Pick<Persona, "name" | "description" | "relationType" | "greeting" | "alternates"> &
  Partial<Pick<Persona, "memory" | "memoryTokens">>;

/** The columns that hold these traits; those that are not given are left out. */
function columnsOf(db: Database, userId: number, id: number, traits: Partial<Traits>) {
  const { name, description, greeting, alternates, ...settings } = traits;
  const seal = <Text extends string | null>(column: Parameters<typeof sealOfPersona>[3], text: Text) =>
    sealOfPersona(db, userId, id, column, text);
  return {
    ...settings,
    ...(name !== undefined && { name: seal("name", name) }),
    ...(description !== undefined && { description: seal("description", description) }),
    ...(greeting !== undefined && { greeting: seal("greeting", greeting) }),
    ...(alternates !== undefined && {
      alternates: seal("alternates", alternates),
    }),
  };
}

/** Where a new persona goes: `id` is as `reserveId` gave it; `beside`: bytes of what is inserted with it. */
type NewPersona = {
  id: number | null;
  userId: number;
  room: ConfiguredRoom;
  avatarId?: number | null;
  beside?: number;
  /** Of one that was brought in: its own. */
  times?: { createdAt: Date; updatedAt: Date };
};

/** Inserts a persona if there is room for it; no row otherwise. */
export const insertPersona = (
  db: Database,
  { id, userId, room, avatarId = null, beside = 0, times }: NewPersona,
  traits: Traits,
) => {
  const now = Date.now();
  const [made, changed] = [times?.createdAt.getTime() ?? now, times?.updatedAt.getTime() ?? now];
  const row = idToSealFor(db, id);
  const texts = columnsOf(db, userId, row, traits);
  const { name = null, description = null, greeting = null, alternates = null } = texts;
  const bytes = [name, description, greeting, alternates].reduce((sum, text) => sum + bytesOf(text), beside);
  const insertion = db
    .insert(personas)
    .select(
      sql`SELECT ${id}, ${userId}, ${name}, ${description}, ${traits.relationType}, ${greeting}, ${alternates}, ${Number(traits.memory ?? true)},
        ${traits.memoryTokens ?? null}, FALSE, ${avatarId}, ${made}, ${changed}
        WHERE ${hasRoomFor("personas", userId, bytes, room)}`,
    )
    .returning();
  return reading(insertion, opened(db));
};

/** A user's personas in the order they were made, those after the one with this id. */
export const listPersonas = (
  db: Database,
  userId: number,
  { after, limit }: { after: number; limit: number },
) =>
  reading(
    db
      .select()
      .from(personas)
      .where(and(eq(personas.userId, userId), gt(personas.id, after)))
      .orderBy(asc(personas.id))
      .limit(limit),
    opened(db),
  );

const own = (userId: number, id: number) => and(eq(personas.id, id), eq(personas.userId, userId));

export const personaById = (db: Database, userId: number, id: number) =>
  reading(db.select().from(personas).where(own(userId, id)), opened(db));

/** The same as it speaks, with its card. */
export const speakerById = (db: Database, userId: number, id: number) =>
  reading(
    db
      .select({ persona: personas, card: CARD })
      .from(personas)
      .leftJoin(personaCards, eq(personaCards.id, personas.id))
      .where(own(userId, id)),
    ({ persona, card }) => openSpeaker(db, persona, card),
  );

/** The columns of a persona that take room. */
const TEXTS = ["name", "description", "greeting", "alternates"] as const;

/** Changes a persona if there is room for what it is to be; no row otherwise. */
export const updatePersona = (
  db: Database,
  { userId, id, room }: { userId: number; id: number; room: ConfiguredRoom },
  traits: Partial<Traits>,
) => {
  const columns = columnsOf(db, userId, id, traits);
  const given = TEXTS.filter((name) => columns[name] !== undefined);
  const bytes = given.reduce((sum, name) => sum + bytesOf(columns[name] ?? null), 0);
  const sizes = given.map((name) => sql`coalesce(octet_length(${personas[name]}), 0)`);
  const before = sql`(${sql.join([sql`0`, ...sizes], sql` + `)})`;
  return reading(
    db
      .update(personas)
      .set({ ...columns, updatedAt: new Date() })
      .where(and(own(userId, id), hasRoomInstead(userId, bytes, before, room)))
      .returning(),
    opened(db),
  );
};

export const setAvatar = (db: Database, userId: number, id: number, avatarId: number) =>
  db.update(personas).set({ avatarId }).where(own(userId, id));

/** The conversations of a user's persona that have changed since, the last ones first. */
export const conversationsOfPersona = (
  db: Database,
  userId: number,
  personaId: number,
  since: Date,
  limit: number,
) =>
  db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(isWith(personaId), eq(conversations.userId, userId), gte(conversations.updatedAt, since)))
    .orderBy(desc(conversations.updatedAt), desc(conversations.id))
    .limit(limit);

/**
 * Everything a pass begins with, in one round trip: whether the caller has access, what they may use, and their persona, if it is
 * theirs; no row where the account is gone. With it, where they are wanted, a reservation, and how the allowances stand.
 */
export async function passInputs(
  db: Database,
  caller: Caller,
  personaId: number,
  spending: ReservationQueries | readonly [null, ReservationQueries[1]] | null,
) {
  const query = (caller.apiKey ? inputsOfKey : inputsOfSession)(db, { ...claimOf(caller), personaId });
  const inputs = reading(query, ({ persona, card, ...rest }) => ({
    ...rest,
    persona: found(persona, (row) => openSpeaker(db, row, card)),
  }));
  if (!spending) return [(await inputs)[0], undefined, null] as const;
  const [reservation, balance] = spending;
  if (!reservation) {
    const [[row], left] = await db.batch([inputs, balance]);
    return [row, undefined, one(left)] as const;
  }
  const [[row], [made], left] = await db.batch([inputs, reservation, balance]);
  return [row, made, one(left)] as const;
}

const selectInputs = (db: Database, access: SQL<number>) =>
  db
    .select({
      hasAccess: access.as("has_access"),
      allowances: OWN_ALLOWANCES,
      safety: { ...OWN_SAFETY },
      clock: USE_CLOCK,
      hasOthers: sql<number>`EXISTS (SELECT 1 FROM conversations o WHERE o.persona_id = ${personas.id}
        AND o.user_id = ${users.id} AND o.head_message_id IS NOT NULL)`.as("has_others"),
      persona: aliased(personas, "persona"),
      card: CARD,
    })
    .from(users)
    .leftJoin(usageTotals, eq(usageTotals.userId, users.id))
    .leftJoin(personas, and(eq(personas.id, value("personaId")), eq(personas.userId, users.id)))
    .leftJoin(personaCards, eq(personaCards.id, personas.id))
    .where(eq(users.id, value("userId")));
const claim = placesOf("userId", "sessionId", "hash", "scopes", "now");
const inputsOfSession = prepared((db) => selectInputs(db, sessionAccess(claim)));
const inputsOfKey = prepared((db) => selectInputs(db, keyAccess(claim)));
