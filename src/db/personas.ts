import { and, asc, desc, eq, gt, gte } from "drizzle-orm";

import type { Database } from "./client";
import { conversations, personas, type Persona } from "./schema";

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
    .where(
      and(
        eq(conversations.personaId, personaId),
        eq(conversations.userId, userId),
        gte(conversations.updatedAt, since),
      ),
    )
    .orderBy(desc(conversations.updatedAt), desc(conversations.id))
    .limit(limit);
