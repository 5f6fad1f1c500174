import { retried, type Database } from "../db/client";
import type { ConversationState } from "../db/memory";
import { messageId, messagesBefore, messagesThrough } from "../db/messages";
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

/** What of a message can be remembered: an exchange that came to nothing was never heard. */
export const toSaid = ({ id, role, content, status, createdAt }: Message): Said[] =>
  content === "" || status === "failed" || status === "in_progress"
    ? []
    : [{ id, role, at: createdAt.getTime(), body: content }];

/** Learns what a turn said. False where something is missing between what is known and this: the database has it. */
export function learn(learner: Learner, { conversation, revision, nonce, messages, after }: Lesson): boolean {
  const { store } = learner;
  const known = store.synced().find((row) => row.conversation === conversation);
  if (known?.nonce === nonce && known.revision >= revision) return true;
  const isNext = known ? known.nonce === nonce && known.revision === revision - 1 : revision === 1;
  if (!isNext) return false;
  replaceAfter(learner, conversation, after, messages);
  store.sync({ conversation, revision, nonce });
  return true;
}

/** How many messages are read of the database at once. */
const PAGE = 500;

/** Reads what is missing of a conversation's branch in force, back to what is known. */
export async function catchUp(learner: Learner, row: ConversationState): Promise<void> {
  const { store } = learner;
  const { id: conversation, revision, nonce, headMessageId } = row;
  const known = store.synced().find((synced) => synced.conversation === conversation);
  if (known?.nonce === nonce && known.revision >= revision) return;
  if (known && known.nonce !== nonce) empty(learner, conversation);
  const branch = headMessageId === null ? [] : await readBranch(learner, conversation, headMessageId);
  const present = store.present(branch.map(({ id }) => id));
  const joint = branch.findLastIndex(({ id }) => present.has(id));
  replaceAfter(learner, conversation, branch[joint]?.id ?? null, branch.slice(joint + 1).flatMap(toSaid));
  store.sync({ conversation, revision, nonce });
}

/** A branch from its leaf back to a message that is known or forgotten, oldest first. */
async function readBranch({ db, store, userId }: Learner, id: number, leaf: number): Promise<Message[]> {
  const mark = store.forgottenBefore();
  const isJoined = (page: Message[]) =>
    store.present(page.map(({ id }) => id)).size > 0 ||
    page.some(({ createdAt }) => createdAt.getTime() <= mark);
  const pages: Message[][] = [];
  let page = await retried(async () => messagesThrough(db, { id, userId }, leaf, { count: PAGE }));
  for (;;) {
    pages.push(page);
    const [first] = page;
    if (!first || page.length < PAGE || isJoined(page)) return pages.toReversed().flat();
    page = await retried(async () => messagesBefore(db, { id, userId }, first.id, { count: PAGE }));
  }
}

/** Puts messages in the place of all that were said in a conversation after one of them. */
function replaceAfter(learner: Learner, conversation: number, after: number | null, messages: Said[]): void {
  const { store, index, facts } = learner;
  const mark = store.forgottenBefore();
  const buried = store.buried(messages.map(({ id }) => id));
  const kept = messages.filter(({ id, at }) => !buried.has(id) && at > mark);
  const isKept = new Set(kept.map(({ id }) => id));
  const later = store.idsAfter(conversation, after ?? messageId(conversation, 0));
  drop(
    learner,
    later.filter((id) => !isKept.has(id)),
  );
  const known = new Set(later);
  for (const said of kept.filter(({ id }) => !known.has(id))) {
    store.save(said);
    index.add(said);
    facts.learn(said);
  }
}

/** These are no longer part of what was said, and neither is what only they said. */
export function drop({ store, index, facts }: Learner, ids: number[]): void {
  if (ids.length === 0) return;
  store.drop(ids);
  for (const id of ids) index.remove(id);
  facts.retract(ids);
}

/** A conversation is gone: nothing of it stays, and nothing that is learnt of it late comes back. */
export function forgetConversation(learner: Learner, conversation: number, nonce: string): void {
  empty(learner, conversation);
  learner.store.sync({ conversation, revision: Number.MAX_SAFE_INTEGER, nonce });
}

/** Its id was given out again: what was forgotten of the other one says nothing of this. */
function empty(learner: Learner, conversation: number): void {
  drop(learner, learner.store.idsAfter(conversation, messageId(conversation, 0)));
  learner.store.unbury(conversation);
}
