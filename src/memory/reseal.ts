import type { Cells } from "./cells";

/** What the object keeps sealed: its tables, and the column that holds the text. */
const SEALED = [
  { table: "packs", column: "body" },
  { table: "chapters", column: "body" },
  { table: "facts", column: "rest" },
  { table: "vectors", column: "body" },
] as const;
/** How many rows are read at once. */
const PAGE = 500;

/** Writes everything in the form that is wanted now. How many texts were rewritten, lack their key, or are damaged. */
export function resealAll({ sql }: DurableObjectStorage, cells: Cells) {
  const counts = { rewritten: 0, locked: 0, damaged: 0 };
  for (const { table, column } of SEALED) {
    if (sql.exec("SELECT 1 FROM sqlite_master WHERE name = ?", table).toArray().length === 0) continue;
    for (let after = -1; ;) {
      const rows = sql
        .exec<{ id: number; text: string }>(
          `SELECT id, ${column} AS text FROM ${table} WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
          after,
        )
        .toArray();
      for (const { id, text } of rows) {
        const fresh = cells.reseal(table, id, text);
        if (fresh === null) continue;
        if (typeof fresh === "string") {
          counts[fresh]++;
          continue;
        }
        sql.exec(`UPDATE ${table} SET ${column} = ? WHERE id = ?`, fresh.text, id);
        counts.rewritten++;
      }
      const last = rows.at(-1);
      if (rows.length < PAGE || !last) break;
      after = last.id;
    }
  }
  return counts;
}
