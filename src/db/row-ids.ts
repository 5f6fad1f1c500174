import { eq, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

import { batchAs, one, type Caller, type Database } from "./client";

/** SQLite's own table of the last ids it gave, which may be written like any other (sqlite.org/autoinc.html). */
const sequence = sqliteTable("sqlite_sequence", { name: text("name"), seq: integer("seq") });

type Numbered = "personas" | "conversations";

/**
 * Takes the next id of a table, so that what is sealed can be bound to its row before that is there. Null where nothing is
 * sealed: then inserting gives the id.
 * @throws AppError `unauthenticated`, `missing_scope`
 */
export async function reserveId(db: Database, caller: Caller, table: Numbered): Promise<number | null> {
  if (db.vault.sealsWith === null) return null;
  const none = sql`NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ${table})`;
  const [, rows] = await batchAs(db, caller, [
    db.insert(sequence).select(sql`SELECT ${table}, 0 WHERE ${none}`),
    db
      .update(sequence)
      .set({ seq: sql`seq + 1` })
      .where(eq(sequence.name, table))
      .returning({ seq: sequence.seq }),
  ]);
  return one(rows).seq;
}

/** The id that texts of a new row are sealed for; any where nothing is sealed. */
export function idToSealFor({ vault }: Database, id: number | null): number {
  if (id === null && vault.sealsWith !== null) throw new Error("A row must have its id before it is sealed.");
  return id ?? 0;
}
