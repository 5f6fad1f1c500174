import { conversationsToIndex, messagesAfter, messagesToIndex, sizesOfMessages } from "../db/search";
import { ROW_BYTES } from "../db/room";
import { retried, type Database } from "../db/client";
import type { IndexStore } from "./store";

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

/**
 * Brings a conversation's messages into the index as the database has them: only what differs is read. Whether it came to the
 * end before `isOver`.
 */
export async function syncConversation(
  db: Database,
  store: IndexStore,
  row: Indexable,
  isOver: () => boolean = () => false,
): Promise<boolean> {
  const { id, nonce, isHidden } = row;
  if (isHidden || (store.conversation(id)?.nonce ?? nonce) !== nonce) store.dropConversation(id);
  if (isHidden || (await addNews(db, store, row))) return true;
  const sizes = await retried(async () => sizesOfMessages(db, row));
  const there = new Map(sizes.map(({ id: message, bytes }) => [message, bytes]));
  const here = store.sizes(id);
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
 * Takes in what was said last in a conversation, most often all that has changed. Whether that is all: where the index then has
 * as many messages and bytes as the conversation's row says.
 */
async function addNews(db: Database, store: IndexStore, row: Indexable): Promise<boolean> {
  const { count, bytes, last } = store.extentOf(row.id);
  if (count > row.messageCount) return false;
  const news = await retried(async () => messagesAfter(db, row, last, PAGE));
  const added = news.reduce((sum, message) => sum + message.bytes + ROW_BYTES, 0);
  const all = bytes + count * ROW_BYTES + added;
  if (count + news.length !== row.messageCount || all !== row.storedBytes) return false;
  store.put(news);
  store.putConversation(row);
  return true;
}
