import { accessRefusal, retried } from "../db/client";
import { ownConversation, turnInputs } from "../db/conversations";
import { latestMessages, messagesThrough } from "../db/messages";
import type { Conversation, Message } from "../db/schema";
import { AppError } from "../errors";
import { askedOf, type Begin, type Call, type Preview } from "./commands";
import type { Owners } from "./owners";
import { stretchOf, type Snapshot } from "./state";

/** What the database says that a turn begins with. `branch` is null where the messages before it are in memory. */
export type TurnInputs = Snapshot & { conversation: Conversation; branch: Message[] | null };

/**
 * Reads what a turn needs in one round trip: whether the caller may, the conversation, whom they talk to, what they may use,
 * and, at the same time, the branch that is to be answered, where it is not known.
 * @throws AppError `unauthenticated`, `missing_scope`, `not_found`, `forbidden`
 */
export async function loadTurnInputs(
  { db, state }: Owners,
  call: Call,
  command: Begin | Preview,
  budget: number,
): Promise<TurnInputs> {
  const { caller, conversationId: id } = call;
  const asked = askedOf(call);
  const branch = () => {
    if (command.type === "regenerate")
      return messagesThrough(db, asked, command.messageId, stretchOf(budget, 1));
    return state.hasWindow()
      ? null
      : latestMessages(db, asked, stretchOf(budget, state.current?.tokenRatio ?? 1));
  };
  const [row, messages] = await retried(() => turnInputs(db, caller, id, branch()));
  if (!row?.hasAccess) throw await accessRefusal(db, caller);
  const conversation = ownConversation(row.conversation, caller);
  const { persona } = row;
  if (!persona) throw new AppError("not_found", { detail: "Persona not found" });
  return { conversation, persona, allowances: row.allowances, branch: messages };
}
