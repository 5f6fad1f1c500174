import { and, asc, eq, gt, gte, type SQL } from "drizzle-orm";

import { OWN_ALLOWANCES } from "./allowances";
import { claimOf, keyAccess, sessionAccess, type Caller, type Database } from "./client";
import { aliased, placesOf, prepared, value } from "./prepared";
import { conversations, personas, users, type Persona } from "./schema";

type Traits = Pick<Persona, "name" | "description" | "relationType">;

export const insertPersona = (db: Database, userId: number, traits: Traits) => {
  const now = new Date();
  return db
    .insert(personas)
    .values({ userId, ...traits, createdAt: now, updatedAt: now })
    .returning();
};

/** A user's personas in the order they were made, those after the one with this id. */
export const listPersonas = (
  db: Database,
  userId: number,
  { after, limit }: { after: number; limit: number },
) =>
  db
    .select()
    .from(personas)
    .where(and(eq(personas.userId, userId), gt(personas.id, after)))
    .orderBy(asc(personas.id))
    .limit(limit);

const own = (userId: number, id: number) => and(eq(personas.id, id), eq(personas.userId, userId));

export const personaById = (db: Database, userId: number, id: number) =>
  db.select().from(personas).where(own(userId, id));

export const updatePersona = (db: Database, userId: number, id: number, changes: Partial<Traits>) =>
  db
    .update(personas)
    .set({ ...changes, updatedAt: new Date() })
    .where(own(userId, id))
    .returning();

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
 * Everything a pass begins with, in one row: whether the caller has access, what they may use, and their persona, whose fields
 * are null where it is not theirs. No row where the account is gone.
 */
export const passInputs = (db: Database, caller: Caller, personaId: number) =>
  (caller.apiKey ? inputsOfKey : inputsOfSession)(db, { ...claimOf(caller), personaId });

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
