import { eq, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

import { batchAs, one, type Caller, type Database } from "./client";

/** SQLite's own table of the last ids it gave, which may be written like any other (sqlite.org/autoinc.html). */
const sequence = sqliteTable("sqlite_sequence", { name: text("name"), seq: integer("seq") });

const SEQ = sql<number>`seq`.as("seq");

type Numbered = "personas" | "conversations" | "tags" | "shares" | "persona_files" | "safety_complaints";

/**
 * Takes the next id of a table, so that what is sealed can be bound to its row before that is there. Null where nothing is
 * sealed: then inserting gives the id.
 * @throws AppError `unauthenticated`, `missing_scope`
 */
export const reserveId = async (db: Database, caller: Caller, table: Numbered): Promise<number | null> =>
  db.vault.sealsWith === null ? null : takeId(db, caller, table);

/**
 * Takes the next id of a table, which is given to no other row; or the last of so many.
 * @throws AppError `unauthenticated`, `missing_scope`
 */
export async function takeId(db: Database, caller: Caller, table: Numbered, count = 1): Promise<number> {
  const [, rows] = await batchAs(db, caller, takeIds(db, table, count));
  return one(rows).seq;
}

/** Takes so many ids of a table at once; the second statement gives the last of them. */
export function takeIds(db: Database, table: Numbered, count: number) {
  const none = sql`NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ${table})`;
  return [
    db.insert(sequence).select(sql`SELECT ${table}, 0 WHERE ${none}`),
    db
      .update(sequence)
      .set({ seq: sql`seq + ${count}` })
      .where(eq(sequence.name, table))
      .returning({ seq: SEQ }),
  ] as const;
}

/** The last id that a table has given; no row where it has given none. */
export const lastIdOf = (db: Database, table: Numbered) =>
  db.select({ seq: SEQ }).from(sequence).where(eq(sequence.name, table));

/** The id that texts of a new row are sealed for; any where nothing is sealed. */
export function idToSealFor({ vault }: Database, id: number | null): number {
  if (id === null && vault.sealsWith !== null) throw new Error("A row must have its id before it is sealed.");
  return id ?? 0;
}
