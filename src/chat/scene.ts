import { ownAllowances } from "../db/allowances";
import { batchAs, retried, type Database } from "../db/client";
import { conversationById, ownConversation, personaOfConversation } from "../db/conversations";
import { messagesThrough } from "../db/messages";
import type { ContextReport, Message } from "../db/schema";
import { AppError } from "../errors";
import type { Command, Order } from "./live";
import { bytesFor, MAX_ENTRIES, toEntry, type Window } from "./window";

export type Begin = Extract<Command, { verb: "send" | "regenerate" }>;

/** What a prompt is built for: a turn, or only to be shown. */
export type Asking = Begin | Extract<Command, { verb: "preview" }>;

export type Scene = Awaited<ReturnType<typeof readScene>>;

/** The message to answer, a new one or one that is there already, and what was said before it. */
export type Place = {
  question: Message | { content: string; parentId: number | null; depth: number };
  window: Window;
  source: ContextReport["source"];
};

/**
 * Reads what a turn needs in one round trip: whether the caller may, the conversation, whom they talk to, what they may use,
 * and, for an answer to an old message, the branch that leads to it.
 * @throws AppError `unauthenticated`, `not_found`, `forbidden`
 */
export async function readScene(
  db: Database,
  { caller, conversationId: id }: Order,
  command: Asking,
  budget: number,
) {
  const cast = [
    conversationById(db, id),
    personaOfConversation(db, id, caller.userId),
    ownAllowances(db, caller.userId),
  ] as const;
  const read = async () => {
    if (command.verb !== "regenerate") return [...(await batchAs(db, caller, cast)), []] as const;
    const stretch = { count: MAX_ENTRIES, bytes: bytesFor(budget, 1) };
    return batchAs(db, caller, [...cast, messagesThrough(db, id, command.messageId, stretch)]);
  };
  const [conversations, personas, allowances, branch] = await retried(read);
  return {
    conversation: ownConversation(conversations[0], caller),
    persona: personas[0]!,
    allowances: allowances[0]!,
    branch: branch as Message[],
  };
}

/**
 * Finds the user's message that is to be answered again, from the branch that ends in it or in its reply.
 * @throws AppError `not_found`, `nothing_to_answer`
 */
export function placeAgain(branch: Message[], budget: number): Place {
  const target = branch.at(-1);
  if (!target) throw new AppError("not_found", { detail: "Message not found" });
  const question = target.role === "user" ? target : branch.at(-2);
  if (question?.role !== "user") throw new AppError("nothing_to_answer");
  const entries = branch.slice(0, branch.indexOf(question)).map(toEntry);
  return { question, window: { entries, budget }, source: "d1" };
}
