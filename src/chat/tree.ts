import { MAX_MESSAGES, messageId } from "../db/messages";
import type { After, Removal } from "../db/removal";
import type { Conversation, Message, MessageDeletion } from "../db/schema";
import { AppError } from "../errors";
import { MAX_REPLY_CHARACTERS } from "../models/generate";
import type { Window } from "../prompt/history";
import { assertLength } from "./length";

/** Where a turn stands, and what it answers. */
export type Place = {
  /** The message it comes after. */
  after: number | null;
  /** How many messages stand before what the turn adds. */
  depth: number;
  /** A new text, a message that is there already and is answered again, or nothing: the persona speaks of itself. */
  said: string | Message | null;
  /** What the reply goes on from: a reply that is there and grows, or words that somebody wrote for a new one. */
  begun?: string | Message;
};

/** At the end of the branch in force. */
export const appendAtHead = (
  { headMessageId }: Conversation,
  { before, entries }: Window,
  content: string,
): Place => ({ after: headMessageId, depth: before + entries.length, said: content });

/** Where a turn stands, and the messages before it, oldest first. */
export type Placed = { place: Place; earlier: Message[] };

export const messageNotFound = () => new AppError("not_found", { detail: "Message not found" });

/**
 * After the message that a branch ends in.
 * @throws AppError `not_found`
 */
export function sayAfter(branch: Message[], content: string): Placed {
  const last = branch.at(-1);
  if (!last) throw messageNotFound();
  return { place: { after: last.id, depth: last.depth + 1, said: content }, earlier: branch };
}

/**
 * The user's message is answered again, on the branch that ends in it or in its reply.
 * @throws AppError `not_found`, `nothing_to_answer`
 */
export function answerAgain(branch: Message[]): Placed {
  const target = branch.at(-1);
  if (!target) throw messageNotFound();
  const said = target.role === "user" ? target : branch.at(-2);
  if (said?.role !== "user") throw new AppError("nothing_to_answer");
  const place = { after: said.id, depth: said.depth + 1, said };
  return { place, earlier: branch.slice(0, branch.indexOf(said)) };
}

/**
 * Other words stand beside the last message of a branch. In place of the user's they are answered, and are no longer than any
 * message; in place of a reply the persona goes on from them.
 * @throws AppError `not_found`, `validation_failed`
 */
export function answerBeside(branch: Message[], content: string, maximum: number): Placed {
  const target = branch.at(-1);
  if (!target) throw messageNotFound();
  const { parentId: after, depth } = target;
  if (target.role !== "user") return inPlaceOf(target, branch, content);
  assertLength(content, maximum);
  return { place: { after, depth, said: content }, earlier: branch.slice(0, -1) };
}

/**
 * Nothing can be added to a reply that is as long as one can be.
 * @throws AppError `nothing_to_continue`
 */
export function assertRoom({ begun }: Place): void {
  if (wordsOf(begun).length >= MAX_REPLY_CHARACTERS)
    throw new AppError("nothing_to_continue", { detail: "This reply is as long as a reply can be." });
}

/** A reply in the place of the one that a branch ends in, to what that answers. */
function inPlaceOf({ parentId, depth }: Message, branch: Message[], begun: string | Message): Placed {
  const asked = branch.at(-2);
  const said = asked?.role === "user" ? asked : null;
  return { place: { after: parentId, depth, said, begun }, earlier: branch.slice(0, said ? -2 : -1) };
}

/**
 * The reply that a branch ends in goes on, unless something follows it.
 * @throws AppError `not_found`, `nothing_to_continue`
 */
export function goOn(branch: Message[], isFollowed: boolean): Placed {
  const begun = branch.at(-1);
  if (!begun) throw messageNotFound();
  if (isFollowed || begun.role !== "assistant" || begun.content === "")
    throw new AppError("nothing_to_continue");
  return inPlaceOf(begun, branch, begun);
}

/** Whether there is room for one more turn. */
export const isFull = ({ messageSeq }: Conversation) => messageSeq + 2 > MAX_MESSAGES;

/** What the reply says before the turn adds to it. */
export const wordsOf = (begun: Place["begun"]) =>
  typeof begun === "string" ? begun : (begun?.content ?? "");

/** The ids and places of what a turn adds, the number that names it, and the conversation's counters after it. */
export function nextMessages({ id, messageSeq, messageCount }: Conversation, place: Place) {
  const { after, depth, said, begun } = place;
  const isNew = typeof said === "string";
  const grown = typeof begun === "object" ? begun : undefined;
  const seq = messageSeq + (isNew ? 2 : 1);
  const number = messageId(id, seq);
  const question = isNew ? { id: number - 1, parentId: after, depth, content: said } : null;
  return {
    number,
    question,
    reply: {
      id: grown?.id ?? number,
      parentId: question?.id ?? after,
      depth: question ? depth + 1 : depth,
      content: wordsOf(begun),
    },
    messageSeq: seq,
    messageCount: messageCount + (question ? 1 : 0) + (grown ? 0 : 1),
  };
}

/** A message that is to be taken out; with all that follows it where that was counted. */
type Target = Pick<Message, "id" | "parentId"> & { subtree?: Counted };
/** How many messages go, whether the head is among them, and the newest one beside them that stays. */
export type Counted = { count: number; hasHead: boolean; beside: number | null };

/**
 * What taking messages out of their conversation does. Alone, what followed is joined to what came before. With all that
 * follows it, the head moves to the newest message that is left beside it, or to the one before.
 */
export function planRemoval(state: Conversation, { id, parentId, subtree }: Target): Removal {
  const count = subtree?.count ?? 1;
  const isHead = subtree ? subtree.hasHead : state.headMessageId === id;
  const headMessageId = isHead ? (subtree?.beside ?? parentId) : state.headMessageId;
  const after = afterChange(state, { headMessageId, count: -count });
  return { after, messageId: id, parentId, headBefore: state.headMessageId, withSubtree: !!subtree, count };
}

/** What undoing a deletion does. The head moves back only where nothing has changed since: else it stays where somebody went. */
export function planRestoration(state: Conversation, deletion: MessageDeletion): After {
  const isLast = state.revision === deletion.revision;
  const headMessageId = isLast ? deletion.headMessageId : (state.headMessageId ?? deletion.headMessageId);
  const after = afterChange(state, { headMessageId, count: deletion.count });
  // What was said since counts on its branch without what comes back: from now on depths have to be counted.
  return isLast ? after : { ...after, deletedMessages: state.deletedMessages };
}

const afterChange = (
  state: Conversation,
  { headMessageId, count }: { headMessageId: number | null; count: number },
): After => ({
  id: state.id,
  nonce: state.nonce,
  headMessageId,
  revision: state.revision + 1,
  messageCount: state.messageCount + count,
  deletedMessages: state.deletedMessages - count,
});
