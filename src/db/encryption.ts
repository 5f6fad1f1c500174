import { and, asc, eq, gt, ne, sql, type SQL } from "drizzle-orm";

import { AppError } from "../errors";
import { bytesOf } from "./cells";
import type { Database } from "./client";
import {
  clientNotes,
  conversations,
  conversationSources,
  encryptionProgress,
  filePieces,
  messages,
  NOBODY,
  personaCards,
  personaFiles,
  personas,
  safetyComplaints,
  shares,
  tags,
  type EncryptionProgress,
} from "./schema";
import { formOf, keyOfForm, FORM_LENGTH, type Cell } from "./vault";

/*
 * Rewrites every cell in the form that is wanted now: sealed with the first key, or not at all. It reads a column in the order
 * of its ids, as far as one batch carries, and remembers in the same transaction how far it came: a crash repeats nothing but
 * the reading. What somebody changes meanwhile is written in the form that is wanted, and is never overwritten.
 */

/** No key: cells are texts as they are. */
const PLAIN = "none";

const owner = sql.raw("user_id");
const ownerOfMessage = sql.raw("(SELECT user_id FROM conversations WHERE id = conversation_id)");
const ownerOfPiece = sql.raw("(SELECT user_id FROM persona_files WHERE persona_files.id = file_id)");
/** All columns that hold cells. */
const PARTS = {
  "chat_messages.content": { table: messages, column: "content", owner: ownerOfMessage },
  "conversations.title": { table: conversations, column: "title", owner },
  "shares.data": { table: shares, column: "data", owner },
  "tags.name": { table: tags, column: "name", owner },
  "client_notes.data": { table: clientNotes, column: "data", owner },
  "personas.name": { table: personas, column: "name", owner },
  "personas.description": { table: personas, column: "description", owner },
  "personas.greeting": { table: personas, column: "greeting", owner },
  "personas.alternates": { table: personas, column: "alternates", owner },
  "persona_cards.card": { table: personaCards, column: "card", owner },
  "conversation_sources.data": { table: conversationSources, column: "data", owner },
  "persona_files.path": { table: personaFiles, column: "path", owner },
  "persona_files.object_key": { table: personaFiles, column: "object_key", owner },
  "file_pieces.data": { table: filePieces, column: "data", owner: ownerOfPiece },
  "safety_complaints.note": { table: safetyComplaints, column: "note", owner },
  "safety_complaints.answer": { table: safetyComplaints, column: "answer", owner },
} as const;
type Part = keyof typeof PARTS;
/** What the memories keep, which stands in no column: its ids are those of personas. */
export const MEMORIES = "memories";
const NAMES = [...(Object.keys(PARTS) as Part[]), MEMORIES];

const HALF = Math.ceil(NAMES.length / 2);

/** The form in which cells are written now. */
export const formWanted = ({ vault }: Database) => vault.sealsWith ?? PLAIN;

/** How far the rewriting has come, for every form that was wanted since cells of it may be left. */
export const progressOf = (db: Database) => db.select().from(encryptionProgress);

/** Of the form that is wanted, if its rewriting has begun and nothing else was wanted since. */
export function currentProgress(db: Database, rows: EncryptionProgress[]): EncryptionProgress[] {
  const newest = Math.max(0, ...rows.map(({ startedAt }) => startedAt.getTime()));
  const wanted = rows.filter((row) => row.form === formWanted(db) && row.startedAt.getTime() === newest);
  return wanted.length === NAMES.length ? wanted : [];
}

/** Begins to rewrite everything in the form that is wanted. */
export async function beginRewriting(db: Database, now: Date): Promise<EncryptionProgress[]> {
  const form = formWanted(db);
  const blank = {
    cursor: 0,
    rewritten: 0,
    found: 0,
    locked: 0,
    damaged: 0,
    startedAt: now,
    passStartedAt: now,
    finishedAt: null,
  };
  const insert = (names: readonly string[]) =>
    db
      .insert(encryptionProgress)
      .values(names.map((part) => ({ part, form, ...blank })))
      .returning();
  // A statement binds at most a hundred values.
  const [, first, second] = await db.batch([
    db.delete(encryptionProgress).where(eq(encryptionProgress.form, form)),
    insert(NAMES.slice(0, HALF)),
    insert(NAMES.slice(HALF)),
  ]);
  return [...first, ...second];
}

/** One step looks at so many rows, and rewrites as many as hold about so many bytes: a parameter may have 2 MB. */
const ROWS = 2000;
const BYTES = 250_000;

type Found = { id: number; owner: number | null; cell: Cell | null };

/** The next rows of a part; the cells of those that are in the wanted form already are left out. */
function nextRows(db: Database, { part, form, cursor }: EncryptionProgress): PromiseLike<Found[]> {
  const { table, column, owner: whose } = PARTS[part as Part];
  const cell = sql.identifier(column);
  const isDone =
    form === PLAIN
      ? sql`substr(${cell}, 1, 5) <> 'enc1:'`
      : sql`substr(${cell}, 1, ${FORM_LENGTH}) = ${formOf(form)}`;
  return db.all<Found>(sql`
    SELECT id, owner, cell FROM (
      SELECT id, owner, cell, sum(size) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) - size AS earlier FROM (
        SELECT id, CASE WHEN ${isDone} THEN NULL ELSE ${whose} END AS owner,
          CASE WHEN ${isDone} THEN NULL ELSE ${cell} END AS cell,
          CASE WHEN ${isDone} THEN 0 ELSE coalesce(octet_length(${cell}), 0) END AS size
        FROM ${table} WHERE id > ${cursor} ORDER BY id LIMIT ${ROWS}
      ) AS page
    ) AS page WHERE earlier < ${BYTES} ORDER BY id`);
}

type Rewritten = { id: number; old: Cell; fresh: Cell };

/** What each of these cells is to be; counts those that cannot be opened. */
function rewrite({ vault }: Database, part: string, rows: Found[]) {
  const { column } = PARTS[part as Part];
  const table = part.split(".")[0] ?? part;
  const cells: Rewritten[] = [];
  let [locked, damaged] = [0, 0];
  for (const { id, owner: userId, cell } of rows) {
    // What is nobody's is about to be erased.
    if (cell === null || userId === null || userId === NOBODY) continue;
    const place = { userId, table, row: id, column };
    try {
      cells.push({ id, old: cell, fresh: vault.seal(place, vault.open(place, cell)) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === "misconfigured") locked++;
      else damaged++;
    }
  }
  return { cells, locked, damaged };
}

/** Writes cells that nobody has changed since they were read. */
function writeCells(db: Database, part: string, cells: Rewritten[]) {
  const { table, column } = PARTS[part as Part];
  const cell = sql.identifier(column);
  // What does not fit into one parameter with others, or not into JSON as SQLite reads it, goes by itself.
  const alone = cells.filter(
    ({ old }) => cells.length === 1 || bytesOf(old) > BYTES || JSON.stringify(old).includes("\\u0000"),
  );
  const together = cells.filter((it) => !alone.includes(it)).map(({ id, old, fresh }) => [id, old, fresh]);
  const changes = JSON.stringify(together);
  const update = (fresh: SQL) => db.update(table).set({ [column]: fresh });
  return [
    update(sql`fresh.value ->> 2`)
      .from(sql`json_each(${changes}) AS fresh`)
      .where(sql`${table}.id = fresh.value ->> 0 AND ${table}.${cell} = fresh.value ->> 1`),
    ...alone.map(({ id, old, fresh }) =>
      update(sql`${fresh}`).where(sql`${table}.id = ${id} AND ${table}.${cell} = ${old}`),
    ),
  ] as const;
}

/**
 * Rewrites some cells of a part. Returns where it stands now, or null where its last row was reached: the next step would look
 * at it from the beginning, since others may have written in another form meanwhile.
 * @param settled when everybody knew which form is wanted: a pass that began before proves nothing
 */
export async function rewriteSome(
  db: Database,
  row: EncryptionProgress,
  settled: Date,
  now: Date,
): Promise<EncryptionProgress | null> {
  const at = row.cursor === 0 ? { ...row, found: 0, locked: 0, damaged: 0 } : row;
  const rows = await nextRows(db, at);
  const last = rows.at(-1);
  if (!last) {
    await advance(db, row, endOfPass(at, settled, now));
    return null;
  }
  const { cells, locked, damaged } = rewrite(db, at.part, rows);
  const next = {
    ...at,
    cursor: last.id,
    rewritten: at.rewritten + cells.length,
    found: at.found + cells.length,
    locked: at.locked + locked,
    damaged: at.damaged + damaged,
  };
  await db.batch([advance(db, row, next), ...(cells.length > 0 ? writeCells(db, at.part, cells) : [])]);
  return next;
}

/** The personas that the next step of the memories' part is about, and whose they are. */
export const nextPersonas = (db: Database, { cursor }: EncryptionProgress, limit: number) =>
  db
    .select({ personaId: personas.id, userId: personas.userId })
    .from(personas)
    .where(gt(personas.id, cursor))
    .orderBy(asc(personas.id))
    .limit(limit);

/** What became of the memories of one step, which reached to this persona; null where there was none left. */
export type Resealed = { last: number | null; rewritten: number; locked: number; damaged: number };

/** Takes down a step of the memories' part. Returns where it stands now, or null at its end. */
export async function noteResealed(
  db: Database,
  row: EncryptionProgress,
  { last, rewritten, locked, damaged }: Resealed,
  settled: Date,
  now: Date,
): Promise<EncryptionProgress | null> {
  const at = row.cursor === 0 ? { ...row, found: 0, locked: 0, damaged: 0 } : row;
  const next =
    last === null
      ? endOfPass(at, settled, now)
      : {
          ...at,
          cursor: last,
          rewritten: at.rewritten + rewritten,
          found: at.found + rewritten,
          locked: at.locked + locked,
          damaged: at.damaged + damaged,
        };
  await advance(db, row, next);
  return last === null ? null : next;
}

/** The pass has proved that nothing is left if it found nothing to rewrite, and could have. */
function endOfPass(at: EncryptionProgress, settled: Date, now: Date): EncryptionProgress {
  const isClean = at.found === 0 && at.locked === 0 && at.passStartedAt >= settled;
  return { ...at, cursor: 0, passStartedAt: now, finishedAt: isClean ? now : null };
}

/** Moves a part on, unless somebody else has done so. */
const advance = (db: Database, { part, form, cursor }: EncryptionProgress, next: EncryptionProgress) =>
  db
    .update(encryptionProgress)
    .set(next)
    .where(
      and(
        eq(encryptionProgress.part, part),
        eq(encryptionProgress.form, form),
        eq(encryptionProgress.cursor, cursor),
      ),
    );

/** Forgets the forms of which nothing is left. */
export const retireOtherForms = (db: Database) =>
  db.delete(encryptionProgress).where(ne(encryptionProgress.form, formWanted(db)));

/**
 * When nothing needs another key than the first any more, in milliseconds since 1970; null as long as that cannot be said.
 * @param kept how long objects keep what they have written. Milliseconds
 */
export function othersRemovableAt(current: EncryptionProgress[], kept: number): number | null {
  if (current.length === 0 || current.some(({ finishedAt }) => finishedAt === null)) return null;
  return Math.max(
    ...current.map(({ startedAt, finishedAt }) =>
      Math.max(startedAt.getTime() + kept, finishedAt?.getTime() ?? 0),
    ),
  );
}

/** How a cell begins in the newest row of its table. */
const newest = (part: Part) => {
  const { table, column } = PARTS[part];
  return sql<string | null>`(SELECT substr(${sql.identifier(column)}, 1, ${FORM_LENGTH}) FROM ${table}
    WHERE id = (SELECT max(id) FROM ${table}))`;
};
/** What everybody has. */
const TELLING: Part[] = ["chat_messages.content", "conversations.title", "personas.name"];

/** Of each of these parts one value, under its name. */
const ofEach = <Value>(db: Database, parts: string[], valueOf: (part: string) => SQL<Value>) =>
  db
    .select(
      Object.fromEntries(parts.map((part) => [part, valueOf(part).as(part.replaceAll(".", "_"))] as const)),
    )
    .from(sql`(SELECT 1)`);

/**
 * The names of keys that stored cells need and the server does not have.
 * @param kept how long objects keep what they have written. Milliseconds
 */
export async function missingKeys(db: Database, kept: number, now = Date.now()): Promise<string[]> {
  const [rows, [seen]] = await db.batch([
    progressOf(db),
    ofEach(db, TELLING, (part) => newest(part as Part)),
  ]);
  const needed = Object.values(seen ?? {}).map(keyOfForm);
  const removable = othersRemovableAt(currentProgress(db, rows), kept);
  const left = removable !== null && removable <= now ? [] : rows;
  const keys = new Set([...left.map(({ form }) => (form === PLAIN ? null : form)), ...needed]);
  return [...keys].filter((key): key is string => key !== null && !db.vault.has(key));
}

/** The last ids there are, by which the place of a pass can be told. */
export const lastIds = (db: Database) =>
  ofEach(db, NAMES, (part) => {
    const table = part === MEMORIES ? personas : PARTS[part as Part].table;
    return sql<number>`(SELECT coalesce(max(id), 0) FROM ${table})`;
  });
