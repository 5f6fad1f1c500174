import { retried, type Database } from "../db/client";
import type { ConversationState } from "../db/memory";
import { messageId, messagesThrough } from "../db/messages";
import type { Message } from "../db/schema";
import type { FactStore } from "./facts/store";
import type { MemoryIndex, Said } from "./index";
import type { MemoryStore } from "./store";

/** `userId` is whose memory it is. */
export type Learner = {
  userId: number;
  db: Database;
  store: MemoryStore;
  facts: FactStore;
  index: MemoryIndex;
};

/** What a settled turn adds to its conversation, which it leaves at this revision. */
export type Lesson = {
  conversation: number;
  revision: number;
  nonce: string;
  /** What was said, oldest first; the first of them stands under `after`, or at the beginning. */
  messages: Said[];
  after: number | null;
};

/** What a message is remembered by. */
type Source = Pick<Message, "id" | "role" | "content" | "status" | "createdAt" | "safety">;

const isWordless = ({ content, status }: Source) =>
  content === "" || status === "failed" || status === "in_progress";

const GRAVE: ReadonlySet<string> = new Set(["crisis", "concern", "eating_disorder"]);
/** Whether somebody spoke of a danger to themselves. */
const isGrave = ({ safety }: Source) => safety?.found.some(({ code }) => GRAVE.has(code)) ?? false;

/**
 * What of a branch is remembered, oldest first. An exchange that came to nothing was never heard: what made it fail would make
 * every later turn fail too.
 */
export const toSaid = (branch: Source[]): Said[] =>
  branch.flatMap((message, i) => {
    const next = branch[i + 1];
    const reply = message.role === "user" && next?.role === "assistant" ? next : null;
    if (isWordless(message) || (reply?.status === "failed" && reply.content === "")) return [];
    const { id, role, createdAt, content } = message;
    const said = { id, role, at: createdAt.getTime(), body: content };
    return [reply && isGrave(reply) ? { ...said, isGrave: true } : said];
  });

/** Learns what a turn said. False where something is missing between what is known and this: the database has it. */
export function learn(learner: Learner, { conversation, revision, nonce, messages, after }: Lesson): boolean {
  const { store } = learner;
  const known = store.syncedOf(conversation);
  if (known?.nonce === nonce && known.revision >= revision) return true;
  if (known?.nonce !== nonce || known.revision !== revision - 1) return false;
  replaceAfter(learner, conversation, after, messages);
  store.sync({ conversation, revision, nonce });
  return true;
}

/** How many messages are read of the database at once. */
const PAGE = 500;
/** More messages than this are not kept: 26 MB of the 128 that an isolate has. */
export const MAX_KEPT = 20_000;
/** As many more may come before the oldest leave: finding those reads all. */
const PRUNED_AT_ONCE = 500;

/** How a conversation is read: all of its branch, or back to what is known; and nothing that was said until `horizon`. */
type Reading = { whole?: boolean; horizon?: number };

/** Reads what is missing of a conversation's branch in force. */
export async function catchUp(
  learner: Learner,
  row: ConversationState,
  { whole = false, horizon = -1 }: Reading = {},
): Promise<void> {
  const { store } = learner;
  const { id: conversation, revision, nonce, headMessageId, updatedAt } = row;
  const known = store.syncedOf(conversation);
  if (!whole && known?.nonce === nonce && known.revision >= revision) return;
  if (known && known.nonce !== nonce) empty(learner, conversation);
  if (headMessageId !== null && updatedAt.getTime() <= horizon)
    return store.sync({ conversation, revision, nonce });
  const mark = Math.max(horizon, store.forgottenBefore());
  const branch = headMessageId === null ? [] : await readBranch(learner, row, whole, mark);
  const { from, after } = whole ? BEGINNING : jointOf(learner, branch);
  replaceAfter(learner, conversation, after, toSaid(branch.slice(from)), mark);
  store.sync({ conversation, revision, nonce });
}

/** Leaves the newest of what is kept. */
export function keepNewest({ store, index }: Learner): void {
  if (index.size <= MAX_KEPT + PRUNED_AT_ONCE) return;
  for (const id of store.prune(MAX_KEPT)) index.remove(id);
}

/** Where there is no room for more, when the oldest was said that is kept, in milliseconds: what is as old need not be read. */
export const horizonOf = ({ store, index }: Learner): number => (index.size < MAX_KEPT ? -1 : store.oldest());

const BEGINNING = { from: 0, after: null };

/** Where a branch goes on from what is known: at the last message that is, which may have grown since. */
function jointOf({ store }: Learner, branch: Message[]): { from: number; after: number | null } {
  const present = store.present(branch.map(({ id }) => id));
  const from = branch.findLastIndex(({ id }) => present.has(id));
  return from < 0 ? BEGINNING : { from, after: branch[from]?.parentId ?? null };
}

/** A branch from its leaf back to a message that is known or forgotten, or to its beginning; oldest first. */
async function readBranch(
  { db, store, userId }: Learner,
  { id, headMessageId }: ConversationState,
  whole: boolean,
  mark: number,
): Promise<Message[]> {
  const isJoined = (page: Message[]) =>
    !whole &&
    (store.present(page.map(({ id }) => id)).size > 0 ||
      page.every(({ createdAt }) => createdAt.getTime() <= mark));
  const readTo = (leaf: number): Promise<Message[]> =>
    retried(async () => messagesThrough(db, { id, userId }, leaf, { count: PAGE }));
  const pages: Message[][] = [];
  for (let leaf = headMessageId, read = 0; leaf !== null && read < MAX_KEPT;) {
    const page = await readTo(leaf);
    pages.push(page);
    if (isJoined(page)) break;
    read += page.length;
    leaf = page[0]?.parentId ?? null;
  }
  return pages.toReversed().flat();
}

/** Puts messages in the place of all that were said in a conversation after one of them. */
function replaceAfter(
  learner: Learner,
  conversation: number,
  after: number | null,
  messages: Said[],
  mark = learner.store.forgottenBefore(),
): void {
  const { store } = learner;
  const buried = store.buried(messages.map(({ id }) => id));
  const kept = messages.filter(({ id, at }) => !buried.has(id) && at > mark);
  const bodies = new Map(kept.map(({ id, body }) => [id, body]));
  const later = store.texts(store.idsAfter(conversation, after ?? messageId(conversation, 0)));
  const same = later.filter(({ id, body }) => bodies.get(id) === body);
  const known = new Set(same.map(({ id }) => id));
  drop(
    learner,
    later.flatMap(({ id }) => (known.has(id) ? [] : id)),
  );
  for (const said of kept.filter(({ id }) => !known.has(id))) add(learner, said);
}

function add({ store, index, facts }: Learner, said: Said): void {
  store.save(said);
  index.add(said);
  if (!said.isGrave) facts.learn(said);
}

/** These are no longer part of what was said, and neither is what only they said. */
export function drop({ store, index, facts }: Learner, ids: number[]): void {
  if (ids.length === 0) return;
  store.drop(ids);
  for (const id of ids) index.remove(id);
  facts.retract(ids);
}

/** The revision of a conversation that is gone: no later one comes. */
export const FORGOTTEN = Number.MAX_SAFE_INTEGER;

/** A conversation is gone: nothing of it stays, and nothing that is learnt of it late comes back. */
export function forgetConversation(learner: Learner, conversation: number, nonce: string): void {
  empty(learner, conversation);
  learner.store.sync({ conversation, revision: FORGOTTEN, nonce });
}

/** A conversation is with somebody else from now on; should it come back, it is learnt again. */
export function leaveConversation(learner: Learner, conversation: number): void {
  empty(learner, conversation);
  learner.store.unsync(conversation);
}

/** Its id was given out again: what was forgotten of the other one says nothing of this. */
function empty(learner: Learner, conversation: number): void {
  drop(learner, learner.store.idsAfter(conversation, messageId(conversation, 0)));
  learner.store.unbury(conversation);
}
