import { accessRefusal, retried, type Database } from "../db/client";
import { ownConversation, sceneOf } from "../db/conversations";
import { messagesThrough } from "../db/messages";
import type { ContextReport, Message } from "../db/schema";
import { AppError } from "../errors";
import type { Command, Order } from "./client";
import { bytesFor, MAX_ENTRIES, toEntry, type Window } from "../prompt/history";

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
 * and, at the same time, for an answer to an old message, the branch that leads to it.
 * @throws AppError `unauthenticated`, `missing_scope`, `not_found`, `forbidden`
 */
export async function readScene(
  db: Database,
  { caller, conversationId: id }: Order,
  command: Asking,
  budget: number,
) {
  const stretch = { count: MAX_ENTRIES, bytes: bytesFor(budget, 1) };
  const [[row], branch] = await Promise.all([
    retried(() => sceneOf(db, caller, id)),
    command.verb === "regenerate" ? retried(() => messagesThrough(db, id, command.messageId, stretch)) : [],
  ]);
  if (!row?.hasAccess) throw await accessRefusal(db, caller);
  const conversation = ownConversation(row.conversation ?? undefined, caller);
  return { conversation, persona: row.persona!, allowances: row.allowances, branch };
}

/** What a turn begins with that somebody else may change: the conversation itself is the object's own. */
export type Premise = Pick<Scene, "persona" | "allowances">;

export const premiseOf = ({ persona, allowances }: Scene): Premise => ({ persona, allowances });

export const isSamePremise = (a: Premise, b: Premise) =>
  JSON.stringify([a.persona, a.allowances]) === JSON.stringify([b.persona, b.allowances]);

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
