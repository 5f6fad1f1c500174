import { messageId } from "../db/messages";
import type { Conversation, Message } from "../db/schema";
import type { Place } from "./tree";
import { NOTHING_YET } from "../db/nothing-yet";

/** What somebody says in a message that no model writes. */
export type Draft = Pick<Message, "role" | "content">;

type At = Pick<Place, "after" | "depth">;

/**
 * Messages that no model writes, one after the other from this place on, with their ids, and the conversation's counters after
 * them.
 */
export const writeAt = (state: Conversation, { after, depth }: At, drafts: Draft[]) =>
  write(state, drafts, (i, id) => ({ parentId: i === 0 ? after : id - 1, depth: depth + i }));

/** The same, each beside the other at this place. */
export const writeBesides = (state: Conversation, { after, depth }: At, drafts: Draft[]) =>
  write(state, drafts, () => ({ parentId: after, depth }));

function write(
  { id: conversationId, messageSeq, messageCount }: Conversation,
  drafts: Draft[],
  placeOf: (index: number, id: number) => Pick<Message, "parentId" | "depth">,
) {
  const createdAt = new Date();
  const messages = drafts.map((draft, i): Message => {
    const id = messageId(conversationId, messageSeq + 1 + i);
    const place = placeOf(i, id);
    return { ...NOTHING_YET, ...draft, ...place, id, conversationId, status: "complete", createdAt };
  });
  const added = drafts.length;
  return { messages, messageSeq: messageSeq + added, messageCount: messageCount + added };
}

/** What stands at a place without being answered: the words of the user or, of a reply, those it begins with. */
export const draftOf = ({ said, begun }: Place): Draft =>
  typeof begun === "string"
    ? { role: "assistant", content: begun }
    : { role: "user", content: typeof said === "string" ? said : "" };
