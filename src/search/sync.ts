import { conversationsToIndex, messagesAfter, messagesToIndex, sizesOfMessages } from "../db/search";
import { ROW_BYTES } from "../db/room";
import { retried, type Database } from "../db/client";
import type { IndexedMessage, IndexStore } from "./store";

/** How many messages are read from the database at once. */
const PAGE = 200;

/** A conversation as the database has it: `isHidden` where nothing of it may be found. */
export type Indexable = Awaited<ReturnType<typeof conversationsToIndex>>[number];

/** The conversations of a user of which the index is not what the database has; all, or those changed since. */
export async function staleIn(
  db: Database,
  store: IndexStore,
  userId: number,
  since: Date | null,
): Promise<Indexable[]> {
  const rows = await retried(async () => conversationsToIndex(db, userId, since));
  if (since === null) dropAllBut(store, new Set(rows.map(({ id }) => id)));
  return rows.filter((row) => !isInStep(store, row));
}

function dropAllBut(store: IndexStore, ids: ReadonlySet<number>): void {
  for (const id of store.conversationIds()) if (!ids.has(id)) store.dropConversation(id);
}

function isInStep(store: IndexStore, { id, nonce, revision, personaId, isHidden }: Indexable): boolean {
  const known = store.conversation(id);
  if (isHidden || !known) return isHidden && !known;
  return known.nonce === nonce && known.revision === revision && known.personaId === personaId;
}

/** Conversations whose news are read together: no more of them than this, nor more messages than a page, unless it is one. */
const TOGETHER = 25;

/** Conversations in groups that are brought into the index together, in their order. */
export function groupsOf(rows: Indexable[]): Indexable[][] {
  const groups: Indexable[][] = [];
  let room = 0;
  for (const row of rows) {
    const last = groups.at(-1);
    const fits = last && last.length < TOGETHER && row.messageCount <= room;
    room = (fits ? room : PAGE) - row.messageCount;
    if (fits) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

/**
 * Brings conversations' messages into the index as the database has them: only what differs is read. Whether it came to the end
 * before `isOver`.
 */
export async function syncConversations(
  db: Database,
  store: IndexStore,
  rows: Indexable[],
  isOver: () => boolean = () => false,
): Promise<boolean> {
  for (const { id, nonce, isHidden } of rows)
    if (isHidden || (store.conversation(id)?.nonce ?? nonce) !== nonce) store.dropConversation(id);
  const shown = rows.filter(({ isHidden }) => !isHidden);
  for (const row of await withoutNews(db, store, shown)) {
    if (!(await syncWhole(db, store, row, isOver))) return false;
  }
  return true;
}

/** Holds each message of a conversation against the index. */
async function syncWhole(
  db: Database,
  store: IndexStore,
  row: Indexable,
  isOver: () => boolean,
): Promise<boolean> {
  const sizes = await retried(async () => sizesOfMessages(db, row));
  const there = new Map(sizes.map(({ id: message, bytes }) => [message, bytes]));
  const here = store.sizes(row.id);
  store.drop([...here.keys()].filter((message) => !there.has(message)));
  const missing = [...there.keys()].filter((message) => here.get(message) !== there.get(message));
  for (let at = 0; at < missing.length; at += PAGE) {
    if (isOver()) return false;
    store.put(await retried(async () => messagesToIndex(db, row, missing.slice(at, at + PAGE))));
  }
  store.putConversation(row);
  return true;
}

/**
 * Takes in what was said last in these conversations, most often all that has changed. Those of which it is not all: where the
 * index would not have as many messages and bytes as the conversation's row says.
 */
async function withoutNews(db: Database, store: IndexStore, rows: Indexable[]): Promise<Indexable[]> {
  const queries = rows.map((row) => messagesAfter(db, row, store.extentOf(row.id).last, PAGE));
  const [first, ...others] = queries;
  const read = first ? await retried(() => db.batch([first, ...others])) : [];
  return rows.filter((row, n) => !takeNews(store, row, read[n] ?? []));
}

function takeNews(store: IndexStore, row: Indexable, news: IndexedMessage[]): boolean {
  const { count, bytes } = store.extentOf(row.id);
  const added = news.reduce((sum, message) => sum + message.bytes + ROW_BYTES, 0);
  const all = bytes + count * ROW_BYTES + added;
  if (count + news.length !== row.messageCount || all !== row.storedBytes) return false;
  store.put(news);
  store.putConversation(row);
  return true;
}
