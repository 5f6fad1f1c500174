import { MAX_MESSAGES, messageId, type Removal } from "../db/messages";
import type { Conversation, Message } from "../db/schema";
import { AppError } from "../errors";
import type { Window } from "../prompt/history";

/** Where a turn stands, and what it answers. */
export type Place = {
  /** The message it comes after. */
  after: number | null;
  /** How many messages stand before what the turn adds. */
  depth: number;
  /** A new text, a message that is there already and is answered again, or nothing: the persona speaks of itself. */
  said: string | Message | null;
};

/** At the end of the branch in force. */
export const appendAtHead = (
  { headMessageId }: Conversation,
  { before, entries }: Window,
  content: string,
): Place => ({ after: headMessageId, depth: before + entries.length, said: content });

/**
 * The user's message that is to be answered again, from the branch that ends in it or in its reply, and where on that branch
 * it stands.
 * @throws AppError `not_found`, `nothing_to_answer`
 */
export function answerAgain(branch: Message[]): { said: Message; earlier: Message[] } {
  const target = branch.at(-1);
  if (!target) throw new AppError("not_found", { detail: "Message not found" });
  const said = target.role === "user" ? target : branch.at(-2);
  if (said?.role !== "user") throw new AppError("nothing_to_answer");
  return { said, earlier: branch.slice(0, branch.indexOf(said)) };
}

/** Whether there is room for one more turn. */
export const isFull = ({ messageSeq }: Conversation) => messageSeq + 2 > MAX_MESSAGES;

/** The ids and places of what a turn adds, and the conversation's counters after it. */
export function nextMessages({ id, messageSeq, messageCount }: Conversation, place: Place) {
  const { after, depth, said } = place;
  const isNew = typeof said === "string";
  const seq = messageSeq + (isNew ? 2 : 1);
  const question = isNew ? { id: messageId(id, seq - 1), parentId: after, depth, content: said } : null;
  return {
    question,
    reply: {
      id: messageId(id, seq),
      parentId: question?.id ?? after,
      depth: question ? depth + 1 : depth,
    },
    messageSeq: seq,
    messageCount: messageCount + (isNew ? 2 : 1),
  };
}

/** What taking a message out of its conversation does: what followed it is joined to what came before. */
export const planRemoval = (
  state: Conversation,
  { id, parentId }: Pick<Message, "id" | "parentId">,
): Removal => ({
  conversationId: state.id,
  messageId: id,
  parentId,
  headMessageId: state.headMessageId === id ? parentId : state.headMessageId,
  revision: state.revision + 1,
});
