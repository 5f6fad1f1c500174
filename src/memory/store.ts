import { conversationOfMessage, messageId } from "../db/messages";
import type { Cells } from "./cells";
import type { Digest, Said } from "./message";

/** As much of an object's storage as a memory needs. */
export type Disk = Pick<DurableObjectStorage, "sql" | "transactionSync">;

/** How far a conversation was read: at this revision, of the conversation that had this nonce. */
export type Synced = { conversation: number; revision: number; nonce: string };

/** Some messages of a conversation that follow each other, as one row: by the id that the first of them had. */
export type Pack = {
  id: number;
  /** That of the conversation which they complete; 0 where they do not. */
  revision: number;
  said: Said[];
};

/** What a search has of the messages of some packs, so that no text is read again when the object wakes. */
export type Chapter = { id: number; digests: (Digest & { pack: number })[] };

export type MemoryStore = ReturnType<typeof openStore>;

const TABLES = `
CREATE TABLE IF NOT EXISTS packs (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS chapters (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS synced (conversation INTEGER PRIMARY KEY, revision INTEGER NOT NULL, nonce TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS mark (one INTEGER PRIMARY KEY, forgotten_before INTEGER NOT NULL);
`;

/** The revision of a conversation that is gone: no later one comes. */
export const FORGOTTEN = Number.MAX_SAFE_INTEGER;
/** That of one of which nothing is known but which it was: it is read from its beginning. */
export const UNREAD = -1;

const IN = "IN (SELECT value FROM json_each(?))";

/** What the object keeps: the words of one user and one persona, and what of them is never to come back. */
export function openStore(disk: Disk, cells: Cells) {
  const { sql } = disk;
  const numbers = (query: string, ...values: (number | string)[]) =>
    sql
      .exec<{ n: number }>(query, ...values)
      .toArray()
      .map(({ n }) => n);
  const write = (query: string, ...values: (number | string)[]) => void sql.exec(query, ...values);

  return {
    /** To be called before anything else: an object that only wakes writes nothing. */
    open(): void {
      write(TABLES);
      if (isOlder()) renew();
    },
    /** All that a step writes is written, or nothing. */
    atomically: <T>(step: () => T): T => disk.transactionSync(step),
    /** Each pack's id, and the revision that it completes. */
    packs: () =>
      sql.exec<{ id: number; revision: number }>("SELECT id, revision FROM packs ORDER BY id").toArray(),
    read: (ids: number[]): Pack[] =>
      sql
        .exec<{ id: number; revision: number; body: string }>(`SELECT * FROM packs WHERE id ${IN}`, list(ids))
        .toArray()
        .map(({ id, revision, body }) => ({ id, revision, said: fromRow(cells.open("packs", id, body)) })),
    save({ id, revision, said }: Pack): void {
      write(
        "INSERT OR REPLACE INTO packs VALUES (?, ?, ?)",
        id,
        revision,
        cells.seal("packs", id, toRow(said)),
      );
    },
    drop: (ids: number[]) => write(`DELETE FROM packs WHERE id ${IN}`, list(ids)),
    *chapters(): Generator<Chapter> {
      for (const { id, body } of sql.exec<{ id: number; body: string }>("SELECT * FROM chapters"))
        yield { id, digests: fromChapter(cells.open("chapters", id, body)) };
    },
    saveChapter({ id, digests }: Chapter): void {
      write(
        "INSERT OR REPLACE INTO chapters VALUES (?, ?)",
        id,
        cells.seal("chapters", id, toChapter(digests)),
      );
    },
    dropChapters: (ids: number[]) => write(`DELETE FROM chapters WHERE id ${IN}`, list(ids)),
    /** These never come back, whatever is learnt later. */
    bury: (ids: number[]) => write("INSERT OR IGNORE INTO gone SELECT value FROM json_each(?)", list(ids)),
    /** They may come back: whoever had them forgotten wants them back. */
    exhume: (ids: number[]) => write(`DELETE FROM gone WHERE id ${IN}`, list(ids)),
    /** Which of these were forgotten. */
    buried: (ids: number[]) => new Set(numbers(`SELECT id AS n FROM gone WHERE id ${IN}`, list(ids))),
    /** A conversation's id was given out again: what was forgotten of the other one says nothing of this. */
    unbury: (conversation: number) =>
      write(
        "DELETE FROM gone WHERE id > ? AND id < ?",
        messageId(conversation, 0),
        messageId(conversation + 1, 0),
      ),
    /** As far as each conversation is known, by what was read of it and by what was learnt since. */
    synced(packs: Pick<Pack, "id" | "revision">[]): Synced[] {
      const rows = sql.exec<Synced>("SELECT * FROM synced").toArray();
      const known = new Map(rows.map((row) => [row.conversation, row]));
      for (const { id, revision } of packs) {
        const row = known.get(conversationOfMessage(id));
        if (row && row.revision !== UNREAD && row.revision < revision) row.revision = revision;
      }
      return rows;
    },
    sync: ({ conversation, revision, nonce }: Synced) =>
      write("INSERT OR REPLACE INTO synced VALUES (?, ?, ?)", conversation, revision, nonce),
    /** Everything said until then, in milliseconds, is forgotten. */
    forgetBefore: (at: number) => write("INSERT OR REPLACE INTO mark VALUES (1, ?)", at),
    forgottenBefore: (): number => numbers("SELECT forgotten_before AS n FROM mark")[0] ?? -1,
    /** Everything is to be read again; what was forgotten stays forgotten. */
    restart: () => restart(),
  };

  function restart(): void {
    write("DELETE FROM chapters");
    write("DELETE FROM packs");
    write("UPDATE synced SET revision = ? WHERE revision < ?", UNREAD, FORGOTTEN);
  }

  function isOlder(): boolean {
    return numbers("SELECT count(*) AS n FROM sqlite_master WHERE name = 'said'")[0] === 1;
  }

  /** What an earlier version kept, a row a message, is read again from the database. */
  function renew(): void {
    const mark = numbers("SELECT max(forgotten_before) AS n FROM mark")[0];
    write("DROP TABLE said");
    write("DROP TABLE mark");
    write(TABLES);
    if (typeof mark === "number") write("INSERT INTO mark VALUES (1, ?)", mark);
    restart();
  }
}

const list = (ids: number[]) => JSON.stringify(ids);

const toRow = (said: Said[]) =>
  JSON.stringify(said.map(({ id, role, at, body }) => [id, role === "user" ? 0 : 1, at, body]));
const fromRow = (row: string): Said[] =>
  (JSON.parse(row) as [number, number, number, string][]).map(([id, role, at, body]) => ({
    id,
    role: role === 0 ? "user" : "assistant",
    at,
    body,
  }));

/** Counts the ways in which texts become words: what was written in another way is worked out again. */
const READING = 1;

/** Each word once, and for each message its pack, its numbers and those of its words. */
function toChapter(digests: Chapter["digests"]): string {
  const numbers = new Map<string, number>();
  const numberOf = (word: string) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  };
  const rows = digests.map(({ pack, id, role, at, tokens, traits, words }) => [
    [pack, id, role === "user" ? 0 : 1, at, tokens, traits],
    words.map(numberOf),
  ]);
  return JSON.stringify([READING, [...numbers.keys()], rows]);
}

type ChapterRow = [
  [pack: number, id: number, role: number, at: number, tokens: number, traits: number],
  number[],
];

function fromChapter(text: string): Chapter["digests"] {
  const [reading, words, rows] = JSON.parse(text) as [number, string[], ChapterRow[]];
  if (reading !== READING) return [];
  return rows.map(([[pack, id, role, at, tokens, traits], numbers]) => ({
    pack,
    id,
    role: role === 0 ? "user" : "assistant",
    at,
    tokens,
    traits,
    words: numbers.map((number) => words[number] ?? ""),
  }));
}
