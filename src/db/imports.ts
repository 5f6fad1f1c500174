import { and, eq, getTableColumns, inArray, sql, type Column } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";

import { bytesOf, openSource, sealMessage, sealSource, sealTitle } from "./cells";
import { assertThat, type Database, type Query } from "./client";
import { reading } from "./prepared";
import { hasRoomFor, ROW_BYTES, type ConfiguredRoom } from "./room";
import { conversations, conversationSources, messages, type Conversation, type Message } from "./schema";

/** A conversation that is written whole, with what it holds and the hash by which it is known again. */
export type Imported = {
  row: Conversation & { sourceHash: string };
  messages: Message[];
  /** What was left out of it, as JSON; null for nothing. */
  raw: string | null;
};

/** Whether an account may still be written to: what is brought in goes on when its request is over. */
const isOpen = (userId: number) =>
  sql`EXISTS (SELECT 1 FROM users WHERE id = ${userId} AND is_active AND deleted_at IS NULL)`;

/** The conversations of a user that came in with these hashes. */
export const conversationsByHash = (db: Database, userId: number, hashes: string[]) =>
  db
    .select({ id: conversations.id, hash: conversations.sourceHash })
    .from(conversations)
    .where(
      and(
        eq(conversations.userId, userId),
        inArray(conversations.sourceHash, sql`(SELECT value FROM json_each(${JSON.stringify(hashes)}))`),
      ),
    );

/** A statement takes so much of what is written. Bytes. */
const STATEMENT = 1_000_000;

/**
 * Writes conversations with their messages, all or none. The batch fails where the account is closed or has no room for all.
 * Doing it twice does it once, as long as the ids are the same.
 */
export function insertImported(
  db: Database,
  userId: number,
  imported: Imported[],
  room: ConfiguredRoom,
): [Query, ...Query[]] {
  const said = imported.flatMap((it) => it.messages.map((message) => sealMessage(db, userId, message)));
  const sizes = new Map<number, number>();
  for (const { conversationId, content } of said)
    sizes.set(conversationId, (sizes.get(conversationId) ?? 0) + bytesOf(content) + ROW_BYTES);
  const heads = imported.map(({ row }) => ({
    ...row,
    title: sealTitle(db, userId, row.id, row.title),
    storedBytes: sizes.get(row.id) ?? 0,
  }));
  const sources = imported.flatMap(({ row: { id }, raw }) =>
    raw === null ? [] : [{ id, userId, data: sealSource(db, userId, id, raw) }],
  );
  const bytes =
    heads.reduce((sum, { title, storedBytes }) => sum + bytesOf(title) + storedBytes, 0) +
    sources.reduce((sum, { data }) => sum + bytesOf(data), 0);
  return [
    assertThat(
      db,
      sql`${isOpen(userId)} AND ${hasRoomFor("conversations", userId, bytes, room, imported.length)}`,
    ),
    ...inserts(db, conversations, heads),
    ...inserts(db, messages, said),
    ...inserts(db, conversationSources, sources),
  ];
}

/** Inserts rows by as few statements as their size allows, in the order they come. */
function inserts<T extends SQLiteTable>(db: Database, table: T, rows: T["$inferSelect"][]): Query[] {
  const columns = Object.entries(getTableColumns(table));
  const fields = sql.join(
    columns.map((_, n) => sql`r.value ->> ${sql.raw(String(n))}`),
    sql`, `,
  );
  const queries: Query[] = [];
  let [group, held] = [[] as string[], 0];
  const close = () => {
    if (group.length === 0) return;
    const json = `[${group.join(",")}]`;
    queries.push(
      db
        .insert(table)
        .select(sql`SELECT ${fields} FROM json_each(${json}) r WHERE TRUE`)
        .onConflictDoNothing(),
    );
    [group, held] = [[], 0];
  };
  for (const row of rows) {
    const json = JSON.stringify(
      columns.map(([field, column]) => driven(column, (row as Record<string, unknown>)[field])),
    );
    if (held + json.length > STATEMENT / 2) close();
    group.push(json);
    held += json.length;
  }
  close();
  return queries;
}

const driven = (column: Column, value: unknown): unknown =>
  value === null || value === undefined ? null : column.mapToDriverValue(value);

/** What was left out of these conversations when they came in, as JSON. */
export const sourcesOf = (db: Database, userId: number, ids: number[]) =>
  reading(
    db
      .select()
      .from(conversationSources)
      .where(
        and(
          eq(conversationSources.userId, userId),
          inArray(conversationSources.id, sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`),
        ),
      ),
    (row) => ({ id: row.id, raw: openSource(db, userId, row.id, row.data) }),
  );
