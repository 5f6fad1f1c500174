import type { UsageEvent } from "../../db/schema";
import type { MemoryIndex } from "../index";
import type { Doc } from "../message";
import type { Owner } from "../owner";
import type { Disk } from "../store";

const TABLES = `
CREATE TABLE IF NOT EXISTS reader (one INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, persona_id INTEGER NOT NULL,
  since INTEGER NOT NULL, tries INTEGER NOT NULL, rests_until INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS readings (conversation INTEGER PRIMARY KEY, upto INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS calls (id TEXT PRIMARY KEY, body TEXT NOT NULL);
`;
type Row = { user_id: number; persona_id: number; since: number; tries: number; rests_until: number };

/** A conversation is read once nobody has said anything for so long, or the user so much. Milliseconds, messages. */
const QUIET_MS = 10 * 60_000;
const MANY = 20;
/** What is read with one call: messages of the user, and tokens of them by the estimate; always one. */
const MOST = { messages: 40, tokens: 8000 };

/** Some of what a user said in a conversation that nobody has read yet, oldest first. */
export type Batch = {
  conversation: number;
  ids: number[];
  /** With what was answered to the last of them. */
  leaf: number;
};

export type Unread = ReturnType<typeof openUnread>;

/** How far a model has read what the user said, and what its calls cost that the ledger has not got yet. */
export function openUnread({ sql }: Pick<Disk, "sql">, index: MemoryIndex) {
  const write = (query: string, ...values: (number | string)[]) => void sql.exec(query, ...values);
  const row = () => sql.exec<Row>("SELECT * FROM reader").toArray()[0];
  const uptoOf = (conversation: number) =>
    sql.exec<{ upto: number }>("SELECT upto FROM readings WHERE conversation = ?", conversation).toArray()[0]
      ?.upto ?? 0;

  function unreadOf(conversation: number, since: number): Doc[] {
    const upto = uptoOf(conversation);
    return index.talk(conversation).filter(({ id, role, at }) => id > upto && role === "user" && at >= since);
  }

  /** From when on a conversation is to be read, in milliseconds; null where nothing of it is unread. */
  function dueAt(conversation: number): number | null {
    const reader = row();
    const unread = reader ? unreadOf(conversation, reader.since) : [];
    if (!reader || unread.length === 0) return null;
    const last = index.talk(conversation).at(-1)?.at ?? 0;
    return Math.max(unread.length >= MANY ? 0 : last + QUIET_MS, reader.rests_until);
  }

  function batchOf(conversation: number): Batch {
    const docs: Doc[] = [];
    let tokens = 0;
    for (const doc of unreadOf(conversation, row()?.since ?? 0)) {
      tokens += doc.tokens;
      if (docs.length > 0 && (docs.length >= MOST.messages || tokens > MOST.tokens)) break;
      docs.push(doc);
    }
    const talk = index.talk(conversation);
    const last = talk.findIndex(({ id }) => id === docs.at(-1)?.id);
    const leaf = (talk[last + 1] ?? talk[last])?.id ?? 0;
    return { conversation, ids: docs.map(({ id }) => id), leaf };
  }

  return {
    /** To be called before anything else. */
    open: () => write(TABLES),
    /** What is said from now on is to be read; what is not there any more need not be known as read. */
    begin({ userId, personaId }: Owner, since: number): void {
      if (!row()) write("INSERT INTO reader VALUES (1, ?, ?, ?, 0, 0)", userId, personaId, since);
    },
    /** Whose words are read; null where none ever were. */
    owner(): Owner | null {
      write(TABLES);
      const known = row();
      return known ? { userId: known.user_id, personaId: known.persona_id } : null;
    },
    dueAt,
    /** When the first conversation is due, in milliseconds; null where all is read. */
    nextDue(): number | null {
      const due = [...index.conversations()].flatMap((id) => dueAt(id) ?? []);
      return due.length === 0 ? null : Math.min(...due);
    },
    /** Something that is to be read by now. */
    take(now: number): Batch | null {
      const due = [...index.conversations()].find((id) => (dueAt(id) ?? Infinity) <= now);
      return due === undefined ? null : batchOf(due);
    },
    /** It was read, whatever came of it. */
    done({ conversation, ids }: Pick<Batch, "conversation" | "ids">): void {
      const upto = Math.max(...ids);
      write("INSERT OR REPLACE INTO readings VALUES (?, ?)", conversation, upto);
      write("UPDATE reader SET tries = 0, rests_until = 0");
    },
    /** Nothing came of trying to read. How often that was so, one after the other. */
    failed(): number {
      write("UPDATE reader SET tries = tries + 1");
      return row()?.tries ?? 0;
    },
    rest: (until: number) => write("UPDATE reader SET rests_until = ?", until),
    /** What calls cost: the ledger has not got these. */
    owed: (): UsageEvent[] =>
      sql
        .exec<{ body: string }>("SELECT body FROM calls")
        .toArray()
        .map(({ body }) => reviveCall(body)),
    owe(calls: UsageEvent[]): void {
      for (const call of calls)
        write("INSERT OR REPLACE INTO calls VALUES (?, ?)", call.id, JSON.stringify(call));
    },
    paid(calls: Pick<UsageEvent, "id">[]): void {
      for (const { id } of calls) write("DELETE FROM calls WHERE id = ?", id);
    },
  };
}

function reviveCall(body: string): UsageEvent {
  const call = JSON.parse(body) as UsageEvent;
  return { ...call, createdAt: new Date(call.createdAt) };
}
