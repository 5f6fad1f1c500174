import { messageId } from "../db/messages";
import type { Conversation, Message } from "../db/schema";
import type { Place } from "./tree";
import { NOTHING_YET } from "./turn";

/** What somebody says in a message that no model writes. */
export type Draft = Pick<Message, "role" | "content">;

/**
 * Messages that no model writes, one after the other from this place on, with their ids, and the conversation's counters after
 * them.
 */
export function writeAt(
  state: Conversation,
  { after, depth }: Pick<Place, "after" | "depth">,
  drafts: Draft[],
) {
  const { id: conversationId, messageSeq, messageCount } = state;
  const createdAt = new Date();
  const messages = drafts.map((draft, i): Message => {
    const id = messageId(conversationId, messageSeq + 1 + i);
    const place = { parentId: i === 0 ? after : id - 1, depth: depth + i };
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
