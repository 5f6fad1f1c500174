import type { Role } from "../db/schema";
import type { Term } from "./query";
import { wordsOf } from "./words";

/** A conversation as far as the index goes by it. */
export type IndexedConversation = { id: number; personaId: number; nonce: string; revision: number };

/** A message as it is put into the index. `at`: milliseconds since 1970; `bytes`: what its text takes in the database. */
export type IndexedMessage = { id: number; role: Role; at: number; bytes: number; text: string };

/** What is to be found, from the newest message before `before` on, and how many of the best are left out. */
export type Search = {
  terms: Term[];
  personaId?: number | undefined;
  role?: Role | undefined;
  /** Milliseconds since 1970, the second one excluded. */
  from?: number | undefined;
  to?: number | undefined;
  limit: number;
  after?: SearchCursor | undefined;
};
export type SearchCursor = { before: number; offset: number };
export type Found = { ids: number[]; next: SearchCursor | null };

/**
 * So many of the newest that match are ranked among each other, then the next: a word that stands in every other message would
 * have all of them ranked for twenty that are shown.
 */
const RANKED = 500;
const IDS_PER_CONVERSATION = 2 ** 20;

/** A table that keeps its text, since one without marks a row as deleted and leaves its words where they are. */
const SCHEMA = `
  CREATE TABLE conversations (id INTEGER PRIMARY KEY, persona_id INTEGER NOT NULL, nonce TEXT NOT NULL, revision INTEGER NOT NULL);
  CREATE TABLE messages (id INTEGER PRIMARY KEY, role TEXT NOT NULL, at INTEGER NOT NULL, bytes INTEGER NOT NULL);
  CREATE VIRTUAL TABLE words USING fts5(text, tokenize='ascii');
  INSERT INTO words(words, rank) VALUES ('secure-delete', 1);
`;
const isMade = (sql: SqlStorage) =>
  sql.exec("SELECT 1 FROM sqlite_schema WHERE name = 'words'").toArray().length > 0;

export type IndexStore = ReturnType<typeof openIndexStore>;

/**
 * The index of one user's messages: their words, and what they are filtered by. Words are cut by `wordsOf`;
 * FTS5 (sqlite.org/fts5.html) is given them with spaces between, which is all that its `ascii` tokenizer parts them by.
 */
export function openIndexStore(sql: SqlStorage) {
  if (!isMade(sql)) sql.exec(SCHEMA);
  const lastOf = (conversationId: number) => (conversationId + 1) * IDS_PER_CONVERSATION;

  function drop(ids: number[]): void {
    const list = JSON.stringify(ids);
    sql.exec("DELETE FROM words WHERE rowid IN (SELECT value FROM json_each(?))", list);
    sql.exec("DELETE FROM messages WHERE id IN (SELECT value FROM json_each(?))", list);
  }

  return {
    conversation(id: number): IndexedConversation | null {
      const query = "SELECT id, persona_id AS personaId, nonce, revision FROM conversations WHERE id = ?";
      return (sql.exec(query, id).toArray()[0] as IndexedConversation | undefined) ?? null;
    },
    conversationIds: (personaId?: number): number[] =>
      sql
        .exec("SELECT id FROM conversations WHERE ?1 IS NULL OR persona_id = ?1", personaId ?? null)
        .toArray()
        .map(({ id }) => Number(id)),
    putConversation({ id, personaId, nonce, revision }: IndexedConversation): void {
      sql.exec("INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?)", id, personaId, nonce, revision);
    },
    /** How many bytes each of a conversation's messages took when it was put here, by id. */
    sizes(conversationId: number): Map<number, number> {
      const query = "SELECT id, bytes FROM messages WHERE id > ? AND id < ?";
      const rows = sql.exec(query, conversationId * IDS_PER_CONVERSATION, lastOf(conversationId));
      return new Map(rows.toArray().map(({ id, bytes }) => [Number(id), Number(bytes)]));
    },
    /** How many messages there are of a conversation, the bytes they took, and the last one's id. */
    extentOf(conversationId: number): { count: number; bytes: number; last: number } {
      const first = conversationId * IDS_PER_CONVERSATION;
      const query =
        "SELECT count(*) AS n, sum(bytes) AS bytes, max(id) AS last FROM messages WHERE id > ? AND id < ?";
      const { n, bytes, last } = sql.exec(query, first, lastOf(conversationId)).one();
      return { count: Number(n), bytes: Number(bytes ?? 0), last: Number(last ?? first) };
    },
    /** Takes messages in, each in the place of itself. */
    put(messages: IndexedMessage[]): void {
      drop(messages.map(({ id }) => id));
      for (const { id, role, at, bytes, text } of messages) {
        sql.exec("INSERT INTO messages VALUES (?, ?, ?, ?)", id, role, at, bytes);
        const words = wordsOf(text).map(({ word }) => word);
        sql.exec("INSERT INTO words (rowid, text) VALUES (?, ?)", id, words.join(" "));
      }
    },
    drop,
    dropConversation(id: number): void {
      const range = [id * IDS_PER_CONVERSATION, lastOf(id)];
      sql.exec("DELETE FROM words WHERE rowid > ? AND rowid < ?", ...range);
      sql.exec("DELETE FROM messages WHERE id > ? AND id < ?", ...range);
      sql.exec("DELETE FROM conversations WHERE id = ?", id);
    },
    find(search: Search): Found {
      const { before = Number.MAX_SAFE_INTEGER, offset = 0 } = search.after ?? {};
      const block = ranked(sql, search, before);
      const best = block.toSorted((a, b) => a.rank - b.rank || b.id - a.id);
      const ids = best.slice(offset, offset + search.limit).map(({ id }) => id);
      return { ids, next: nextOf(block, before, offset + search.limit) };
    },
  };
}

type Ranked = { id: number; rank: number };

function nextOf(block: Ranked[], before: number, offset: number): SearchCursor | null {
  if (offset < block.length) return { before, offset };
  const last = block.length < RANKED ? undefined : block.at(-1);
  return last ? { before: last.id, offset: 0 } : null;
}

/** The newest messages that match, with how well (bm25: the less, the better). */
function ranked(sql: SqlStorage, { terms, personaId, role, from, to }: Search, before: number): Ranked[] {
  const rows = sql.exec(
    `SELECT m.id, bm25(words) AS rank FROM words CROSS JOIN messages m ON m.id = words.rowid
     WHERE words MATCH ?1 AND words.rowid < ?2
       AND (?3 IS NULL OR m.role = ?3) AND (?4 IS NULL OR m.at >= ?4) AND (?5 IS NULL OR m.at < ?5)
       AND (?6 IS NULL OR EXISTS (SELECT 1 FROM conversations c WHERE c.id = m.id >> 20 AND c.persona_id = ?6))
     ORDER BY words.rowid DESC LIMIT ?7`,
    matchOf(terms),
    before,
    role ?? null,
    from ?? null,
    to ?? null,
    personaId ?? null,
    RANKED,
  );
  return rows.toArray().map(({ id, rank }) => ({ id: Number(id), rank: Number(rank) }));
}

/** As FTS5 is asked. Words hold letters, digits and pictures alone: nothing that would end a string. */
const matchOf = (terms: Term[]) =>
  terms.map(({ words, isPrefix }) => `"${words.join(" ")}"${isPrefix ? " *" : ""}`).join(" AND ");
