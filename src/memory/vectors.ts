import type { Cells } from "./cells";
import type { Vector } from "./embeddings";
import type { Disk } from "./store";

const TABLE = `
CREATE TABLE IF NOT EXISTS vectors (id INTEGER PRIMARY KEY, model TEXT NOT NULL, body TEXT NOT NULL);
`;

type Row = { id: number; model: string; body: string };
type Entry = { id: number; vector: Vector };

export type Vectors = ReturnType<typeof openVectors>;

/** What messages mean, by their ids: some of them a row, by the id of the first. */
export function openVectors({ sql }: Pick<Disk, "sql">, cells: Cells) {
  const known = new Map<number, { row: number; vector: Vector }>();
  let loaded: string | null = null;

  const entriesOf = (row: number): Entry[] =>
    [...known].flatMap(([id, entry]) => (entry.row === row ? [{ id, vector: entry.vector }] : []));

  function save(row: number, entries: Entry[]): void {
    if (entries.length === 0) return void sql.exec("DELETE FROM vectors WHERE id = ?", row);
    const body = JSON.stringify(entries.map(({ id, vector }) => [id, toBase64(vector)]));
    sql.exec(
      "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
      row,
      loaded,
      cells.seal("vectors", row, body),
    );
  }

  return {
    open: () => void sql.exec(TABLE),
    /** Those of this model: of another one's nothing stays. Without a model they lie where they are. */
    load(model: string | null): void {
      known.clear();
      loaded = model;
      if (model === null) return;
      sql.exec("DELETE FROM vectors WHERE model <> ?", model);
      for (const { id: row, body } of sql.exec<Row>("SELECT * FROM vectors"))
        for (const [id, vector] of JSON.parse(cells.open("vectors", row, body)) as [number, string][])
          known.set(id, { row, vector: fromBase64(vector) });
    },
    of: (id: number): Vector | undefined => known.get(id)?.vector,
    has: (id: number) => known.has(id),
    get size() {
      return known.size;
    },
    add(entries: Entry[]): void {
      const [first] = entries;
      if (!first) return;
      for (const { id, vector } of entries) known.set(id, { row: first.id, vector });
      save(first.id, entriesOf(first.id));
    },
    /** What was forgotten means nothing any more; where they are not in memory, none of them stays. */
    drop(ids: number[]): void {
      if (loaded === null) return void sql.exec("DELETE FROM vectors");
      const rows = new Set(ids.flatMap((id) => known.get(id)?.row ?? []));
      for (const id of ids) known.delete(id);
      for (const row of rows) save(row, entriesOf(row));
    },
    clear(): void {
      sql.exec("DELETE FROM vectors");
      known.clear();
    },
  };
}

const toBase64 = (vector: Vector) =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.length).toString("base64");
const fromBase64 = (text: string): Vector => Int8Array.from(Buffer.from(text, "base64"));
