import { and, asc, eq, gt, gte, type SQL } from "drizzle-orm";

import { OWN_ALLOWANCES } from "./allowances";
import { openPersona, sealDescription, sealName } from "./cells";
import { claimOf, keyAccess, sessionAccess, type Caller, type Database } from "./client";
import { aliased, found, placesOf, prepared, reading, value } from "./prepared";
import { idToSealFor } from "./row-ids";
import { conversations, personas, users, type Persona, type PersonaRow } from "./schema";

const opened = (db: Database) => (row: PersonaRow) => openPersona(db, row);

type Traits = Pick<Persona, "name" | "description" | "relationType">;

/** @param id as `reserveId` gave it */
export const insertPersona = (
  db: Database,
  userId: number,
  id: number | null,
  { name, description, relationType }: Traits,
) => {
  const now = new Date();
  const row = idToSealFor(db, id);
  const insertion = db
    .insert(personas)
    .values({
      ...(id !== null && { id }),
      userId,
      name: sealName(db, userId, row, name),
      description: sealDescription(db, userId, row, description),
      relationType,
      createdAt: now,
      updatedAt: now,
    })
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

export const updatePersona = (
  db: Database,
  userId: number,
  id: number,
  { name, description, relationType }: Partial<Traits>,
) =>
  reading(
    db
      .update(personas)
      .set({
        ...(name !== undefined && { name: sealName(db, userId, id, name) }),
        ...(description !== undefined && { description: sealDescription(db, userId, id, description) }),
        relationType,
        updatedAt: new Date(),
      })
      .where(own(userId, id))
      .returning(),
    opened(db),
  );

/** Deletes a persona; its conversations and their messages go with it. */
export const deletePersona = (db: Database, userId: number, id: number) =>
  db.delete(personas).where(own(userId, id)).returning({ id: personas.id });

/** The conversations of a user's persona that have changed since. */
export const conversationsOfPersona = (db: Database, userId: number, personaId: number, since: Date) =>
  db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.personaId, personaId),
        eq(conversations.userId, userId),
        gte(conversations.updatedAt, since),
      ),
    );

/**
 * Everything a pass begins with, in one row: whether the caller has access, what they may use, and their persona, if it is
 * theirs. No row where the account is gone.
 */
export const passInputs = (db: Database, caller: Caller, personaId: number) =>
  reading(
    (caller.apiKey ? inputsOfKey : inputsOfSession)(db, { ...claimOf(caller), personaId }),
    ({ persona, ...rest }) => ({ ...rest, persona: found(persona, opened(db)) }),
  );

const selectInputs = (db: Database, access: SQL<number>) =>
  db
    .select({
      hasAccess: access.as("has_access"),
      allowances: OWN_ALLOWANCES,
      persona: aliased(personas, "persona"),
    })
    .from(users)
    .leftJoin(personas, and(eq(personas.id, value("personaId")), eq(personas.userId, users.id)))
    .where(eq(users.id, value("userId")));
const claim = placesOf("userId", "sessionId", "hash", "scopes", "now");
const inputsOfSession = prepared((db) => selectInputs(db, sessionAccess(claim)));
const inputsOfKey = prepared((db) => selectInputs(db, keyAccess(claim)));
