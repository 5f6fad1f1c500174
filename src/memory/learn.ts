import type { ConversationState } from "../db/memory";
import type { Message } from "../db/schema";
import type { FactStore } from "./facts/store";
import { conversationOfMessage } from "../db/messages";
import type { MemoryIndex } from "./index";
import type { Said } from "./message";
import { MAX_KEPT, type Kept } from "./kept";
import { FORGOTTEN, UNREAD } from "./store";

/** What a message is remembered by. */
export type Source = Pick<
  Message,
  "id" | "parentId" | "role" | "content" | "status" | "createdAt" | "safety"
>;

/** The database, of which a memory is a copy. */
export type Original = {
  conversations: () => Promise<ConversationState[]>;
  /** So many messages of a branch, back from this one; oldest first. */
  branch: (conversation: number, leaf: number, count: number) => Promise<Source[]>;
};

export type Learner = { original: Original; kept: Kept; facts: FactStore };

/** What a settled turn adds to its conversation, which it leaves at this revision. */
export type Lesson = {
  conversation: number;
  revision: number;
  nonce: string;
  /** What was said, oldest first; the first of them stands under `after`, or at the beginning. */
  messages: Said[];
  after: number | null;
};

const isWordless = ({ content, status }: Pick<Source, "content" | "status">) =>
  content === "" || status === "failed" || status === "in_progress";

const GRAVE: ReadonlySet<string> = new Set(["crisis", "concern", "eating_disorder"]);
/** Whether somebody spoke of a danger to themselves. */
const isGrave = ({ safety }: Pick<Source, "safety">) =>
  safety?.found.some(({ code }) => GRAVE.has(code)) ?? false;

/**
 * What of a branch is remembered, oldest first. An exchange that came to nothing was never heard: what made it fail would make
 * every later turn fail too.
 */
export const toSaid = (branch: Omit<Source, "parentId">[]): Said[] =>
  branch.flatMap((message, i) => {
    const next = branch[i + 1];
    const reply = message.role === "user" && next?.role === "assistant" ? next : null;
    if (isWordless(message) || (reply?.status === "failed" && reply.content === "")) return [];
    const { id, role, createdAt, content } = message;
    const said = { id, role, at: createdAt.getTime(), body: content };
    return [reply && isGrave(reply) ? { ...said, isGrave: true } : said];
  });

/** Learns what a turn said. False where something is missing between what is known and this: the database has it. */
export function learn(learner: Learner, lesson: Lesson): boolean {
  const { conversation, revision, nonce, after } = lesson;
  const known = learner.kept.synced.get(conversation);
  if (known?.nonce === nonce && known.revision >= revision) return true;
  if (known?.nonce !== nonce || known.revision !== revision - 1) return false;
  // An exchange that came to nothing is not known: what it asked is, once it is answered again, and the other way round.
  if (lesson.messages.length === 0 || (after !== null && !learner.kept.index.get(after))) return false;
  learner.kept.atomically(() => {
    const added = replaceAfter(learner, lesson, revision);
    learner.kept.sync({ conversation, revision, nonce }, added > 0);
  });
  return true;
}

/** How many messages are read of the database at once. */
const PAGE = 500;

/** Reads what is missing of a conversation's branch in force, back to what is known; or all of it. */
export async function catchUp(learner: Learner, row: ConversationState): Promise<void> {
  const { kept } = learner;
  const { id: conversation, revision, nonce, updatedAt } = row;
  const known = kept.synced.get(conversation);
  if (known?.nonce === nonce && known.revision >= revision) return;
  const horizon = horizonOf(kept);
  const isOlder = row.headMessageId !== null && updatedAt.getTime() <= horizon;
  const isAnother = known !== undefined && known.nonce !== nonce;
  const whole = known === undefined || known.revision === UNREAD || isAnother;
  const mark = Math.max(horizon, kept.store.forgottenBefore());
  const branch = isOlder ? [] : await readBranch(learner, row, whole, mark);
  const { from, after } = jointOf(whole ? null : kept.index, branch);
  kept.atomically(() => {
    if (isAnother) beginAnew(learner, conversation);
    if (!isOlder)
      replaceAfter(learner, { conversation, after, messages: toSaid(branch.slice(from)) }, 0, horizon);
    kept.sync({ conversation, revision, nonce }, false);
  });
}

/** Where there is no room for more, when the oldest was said that is kept, in milliseconds: what is as old need not be read. */
const horizonOf = ({ index, isFull }: Kept): number =>
  isFull() ? index.docs.reduce((oldest, { at }) => Math.min(oldest, at), Infinity) : -1;

/** Where a branch goes on from what is known: at the last message that is, which may have grown since. */
function jointOf(known: MemoryIndex | null, branch: Source[]): { from: number; after: number | null } {
  const from = Math.max(
    0,
    branch.findLastIndex(({ id }) => known?.get(id) !== undefined),
  );
  return { from, after: branch[from]?.parentId ?? null };
}

/** A branch from its leaf back to a message that is known or forgotten, or to its beginning; oldest first. */
async function readBranch(
  { original, kept: { index } }: Learner,
  { id, headMessageId }: ConversationState,
  whole: boolean,
  mark: number,
): Promise<Source[]> {
  const isJoined = (page: Source[]) =>
    page.every(({ createdAt }) => createdAt.getTime() <= mark) ||
    (!whole && page.some((message) => index.get(message.id) !== undefined));
  const pages: Source[][] = [];
  for (let leaf = headMessageId, read = 0; leaf !== null && read < MAX_KEPT;) {
    const page = await original.branch(id, leaf, PAGE);
    pages.push(page);
    if (isJoined(page)) break;
    read += page.length;
    leaf = page[0]?.parentId ?? null;
  }
  return pages.toReversed().flat();
}

/** Puts messages in the place of all that were said in a conversation after one of them. How many were not there. */
function replaceAfter(
  learner: Learner,
  { conversation, after, messages }: Pick<Lesson, "conversation" | "after" | "messages">,
  revision: number,
  horizon = -1,
): number {
  const { kept, facts } = learner;
  const allowed = remembered(kept, messages);
  const vouching = new Set(allowed.map(({ id }) => id));
  const wanted = allowed.filter(({ at }) => at > horizon);
  const bodies = new Map(wanted.map(({ id, body }) => [id, body]));
  const isLater = (id: number) => id > (after ?? 0) && conversationOfMessage(id) === conversation;
  const later = kept.index.talk(conversation).flatMap(({ id }) => (isLater(id) ? id : []));
  const same = kept
    .texts(later.filter((id) => bodies.has(id)))
    .filter(({ id, body }) => bodies.get(id) === body);
  const known = new Set(same.map(({ id }) => id));
  kept.drop(later.filter((id) => !known.has(id)));
  facts.retract((id) => isLater(id) && !vouching.has(id));
  const fresh = wanted.filter(({ id }) => !known.has(id));
  for (const said of fresh) if (!said.isGrave) facts.learn(said);
  kept.save(fresh, revision);
  return fresh.length;
}

/** What may be learnt: nothing that was forgotten. */
function remembered({ store }: Kept, messages: Said[]): Said[] {
  const mark = store.forgottenBefore();
  const buried = store.buried(messages.map(({ id }) => id));
  return messages.filter(({ id, at }) => !buried.has(id) && at > mark);
}

/** These messages never come back, and neither does what only they said. */
export function forgetMessages({ kept, facts }: Learner, ids: number[]): void {
  const gone = new Set(ids);
  kept.store.bury(ids);
  kept.drop(ids);
  facts.retract((id) => gone.has(id));
}

/** What was forgotten of a conversation may come back: all of it is read again. */
export function mayReturn({ kept }: Learner, conversation: number, ids: number[]): void {
  kept.unsync(conversation);
  kept.store.exhume(ids);
}

/** Everything said until then, in milliseconds, is forgotten, with all that is known of the user. */
export function forgetBefore({ kept, facts }: Learner, at: number): void {
  kept.store.forgetBefore(Math.max(at, kept.store.forgottenBefore()));
  facts.clear();
  kept.drop(kept.index.docs.flatMap((doc) => (doc.at <= at ? doc.id : [])));
}

/** A conversation is gone: nothing of it stays, and nothing that is learnt of it late comes back. */
export function forgetConversation(learner: Learner, conversation: number, nonce: string): void {
  empty(learner, conversation);
  learner.kept.sync({ conversation, revision: FORGOTTEN, nonce }, false);
}

/** A conversation is with somebody else from now on; should it come back, it is learnt again. */
export function leaveConversation(learner: Learner, conversation: number): void {
  empty(learner, conversation);
  learner.kept.unsync(conversation);
}

/** Its id was given out again: what was forgotten of the other one says nothing of this. */
function beginAnew(learner: Learner, conversation: number): void {
  empty(learner, conversation);
  learner.kept.store.unbury(conversation);
}

function empty({ kept, facts }: Learner, conversation: number): void {
  kept.drop(kept.index.talk(conversation).map(({ id }) => id));
  facts.retract((id) => conversationOfMessage(id) === conversation);
}
