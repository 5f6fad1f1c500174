import { retried } from "../db/client";
import { importMessages, messageDepth } from "../db/import";
import { MAX_MESSAGES, messageId } from "../db/messages";
import type { Conversation, Message } from "../db/schema";
import { AppError } from "../errors";
import { toConversation } from "../wire/rows";
import { answer, rowAfter } from "./accept";
import type { Line } from "./commands";
import type { Owners } from "./owners";
import { NOTHING_YET } from "../db/nothing-yet";

/**
 * Writes what was said elsewhere under the conversation's newest message, in one batch.
 * @throws AppError `conversation_full`
 */
export async function bringIn(owners: Owners, state: Conversation, lines: Line[]): Promise<Response> {
  const { id, messageSeq, headMessageId } = state;
  if (messageSeq + lines.length + 2 > MAX_MESSAGES) throw new AppError("conversation_full");
  const depth = await depthAfter(owners, state);
  const messages = lines.map(({ role, content, at }, i): Message => {
    const place = messageId(id, messageSeq + 1 + i);
    const parentId = i === 0 ? headMessageId : place - 1;
    const where = { id: place, conversationId: id, parentId, depth: depth + i };
    return { ...NOTHING_YET, ...where, role, content, status: "complete", createdAt: new Date(at) };
  });
  const row = await addAll(owners, state, messages);
  return answer(row, toConversation(row));
}

/** Writes messages that no model writes, one under the other, in one batch; the last one is then the head. */
export async function addAll(
  owners: Owners,
  state: Conversation,
  messages: Message[],
): Promise<Conversation> {
  const last = messages.at(-1);
  if (!last) return state;
  const { id, userId, nonce, messageSeq, messageCount, revision } = state;
  const grown = {
    id,
    userId,
    nonce,
    revision: revision + 1,
    messageSeq: messageSeq + messages.length,
    messageCount: messageCount + messages.length,
    headMessageId: last.id,
  };
  const [[moved]] = await retried(() => owners.db.batch(importMessages(owners.db, messages, grown)));
  return rowAfter(owners, id, moved);
}

/** How many messages stand before what is written under the newest one. */
async function depthAfter({ db }: Owners, { id, headMessageId }: Conversation): Promise<number> {
  if (headMessageId === null) return 0;
  const [head] = await retried(async () => messageDepth(db, id, headMessageId));
  return (head?.depth ?? 0) + 1;
}
