import { messageId } from "../db/messages";
import type { Cells } from "./cells";
import type { Said } from "./index";

/** How far a conversation was read: at this revision, of the conversation that had this nonce. */
export type Synced = { conversation: number; revision: number; nonce: string };

export type MemoryStore = ReturnType<typeof openStore>;

const TABLES = `
CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL);
DROP INDEX IF EXISTS said_age;
CREATE TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS synced (conversation INTEGER PRIMARY KEY, revision INTEGER NOT NULL, nonce TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS mark (forgotten_before INTEGER NOT NULL);
`;

type SaidRow = { id: number; role: number; at: number; body: string };

/** What the object keeps: the words of one user and one persona, and what of them is never to come back. */
export function openStore({ sql }: DurableObjectStorage, cells: Cells) {
  const numbers = (query: string, ...values: (number | string)[]) =>
    sql
      .exec<{ n: number }>(query, ...values)
      .toArray()
      .map(({ n }) => n);

  const toSaid = ({ role, body, ...row }: SaidRow): Said => ({
    ...row,
    role: role === 0 ? "user" : "assistant",
    body: cells.open("said", row.id, body),
  });

  return {
    /** To be called before anything else: an object that only wakes writes nothing. */
    open: () => void sql.exec(TABLES),
    /** Everything, in the order of their ids. */
    all: (): Iterable<Said> => mapped(sql.exec<SaidRow>("SELECT * FROM said ORDER BY id"), toSaid),
    /** Leaves the newest so many. The ids of the others. */
    prune(count: number): number[] {
      const ids = numbers("SELECT id AS n FROM said ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?", count);
      if (ids.length > 0)
        sql.exec("DELETE FROM said WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(ids));
      return ids;
    },
    /** Those of these ids that are there, in the order of their ids. */
    texts: (ids: number[]): Said[] =>
      sql
        .exec<SaidRow>(
          "SELECT * FROM said WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
          JSON.stringify(ids),
        )
        .toArray()
        .map(toSaid),
    /** All that were said in a conversation after a message. */
    idsAfter: (conversation: number, after: number) =>
      numbers("SELECT id AS n FROM said WHERE id > ? AND id < ?", after, messageId(conversation + 1, 0)),
    save(said: Said): void {
      const { id, role, at, body } = said;
      const sealed = cells.seal("said", id, body);
      sql.exec("INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?)", id, role === "user" ? 0 : 1, at, sealed);
    },
    drop: (ids: number[]) =>
      void sql.exec("DELETE FROM said WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(ids)),
    /** These never come back, whatever is learnt later. */
    bury: (ids: number[]) =>
      void sql.exec("INSERT OR IGNORE INTO gone SELECT value FROM json_each(?)", JSON.stringify(ids)),
    /** They may come back: whoever had them forgotten wants them back. */
    exhume: (ids: number[]) =>
      void sql.exec("DELETE FROM gone WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(ids)),
    /** Which of these were forgotten. */
    buried: (ids: number[]): Set<number> =>
      new Set(
        numbers("SELECT id AS n FROM gone WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(ids)),
      ),
    /** A conversation's id was given out again: what was forgotten of the other one says nothing of this. */
    unbury: (conversation: number) =>
      void sql.exec(
        "DELETE FROM gone WHERE id > ? AND id < ?",
        messageId(conversation, 0),
        messageId(conversation + 1, 0),
      ),
    /** Which of these are there. */
    present: (ids: number[]): Set<number> =>
      new Set(
        numbers("SELECT id AS n FROM said WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(ids)),
      ),
    synced: (): Synced[] => sql.exec<Synced>("SELECT * FROM synced").toArray(),
    /** How far this one was read, if it was. */
    syncedOf: (conversation: number): Synced | undefined =>
      sql.exec<Synced>("SELECT * FROM synced WHERE conversation = ?", conversation).toArray()[0],
    sync: ({ conversation, revision, nonce }: Synced) =>
      void sql.exec("INSERT OR REPLACE INTO synced VALUES (?, ?, ?)", conversation, revision, nonce),
    unsync: (conversation: number) =>
      void sql.exec("DELETE FROM synced WHERE conversation = ?", conversation),
    /** Everything said until then, in milliseconds, is forgotten. */
    forgetBefore(at: number): void {
      sql.exec("DELETE FROM mark");
      sql.exec("INSERT INTO mark VALUES (?)", at);
      sql.exec("DELETE FROM said WHERE at <= ?", at);
    },
    /** Everything is to be read again. */
    restart(): void {
      sql.exec("DELETE FROM said");
      sql.exec("DELETE FROM synced WHERE revision < ?", Number.MAX_SAFE_INTEGER);
    },
    /** When the oldest was said that is there, in milliseconds; `Infinity` where nothing is. */
    oldest: (): number => numbers("SELECT at AS n FROM said ORDER BY at LIMIT 1")[0] ?? Infinity,
    forgottenBefore: (): number => numbers("SELECT forgotten_before AS n FROM mark")[0] ?? -1,
    count: () => numbers("SELECT count(*) AS n FROM said")[0] ?? 0,
  };
}

function* mapped<Row, Value>(rows: Iterable<Row>, value: (row: Row) => Value): Generator<Value> {
  for (const row of rows) yield value(row);
}
