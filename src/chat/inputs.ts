import { accessRefusal, retried } from "../db/client";
import { ownConversation, turnInputs } from "../db/conversations";
import { latestMessages, messagesThrough } from "../db/messages";
import { allMessages } from "../db/tree";
import type { Conversation, Message } from "../db/schema";
import { AppError } from "../errors";
import { reservationQueries, type PlannedReservation } from "../usage/allowances";
import { askedOf, type Begin, type Call, type Preview } from "./commands";
import type { Owners } from "./owners";
import { stretchOf, type Snapshot } from "./state";

/**
 * What the database says that a turn begins with. `branch` is null where the messages before it are in memory, `reserved` where
 * nothing was to be reserved with it.
 */
export type TurnInputs = Snapshot & {
  conversation: Conversation;
  branch: Message[] | null;
  reserved: Awaited<ReturnType<typeof turnInputs>>[2];
};

/**
 * Reads what a turn needs in one round trip: whether the caller may, the conversation, whom they talk to, what they may use,
 * and, at the same time, the branch that is to be answered, where it is not known, and what is to be reserved.
 * @throws AppError `unauthenticated`, `missing_scope`, `not_found`, `forbidden`
 */
export async function loadTurnInputs(
  { db, state }: Owners,
  call: Call,
  command: Begin | Preview,
  budget: number,
  reservation: PlannedReservation | null = null,
): Promise<TurnInputs> {
  const { caller, conversationId: id } = call;
  const asked = askedOf(call);
  const branch = () => {
    if (command.type === "walk") return allMessages(db, asked);
    if ("messageId" in command) return messagesThrough(db, asked, command.messageId, stretchOf(budget, 1));
    return state.hasWindow()
      ? null
      : latestMessages(db, asked, stretchOf(budget, state.current?.tokenRatio ?? 1));
  };
  const [row, messages, reserved] = await retried(() =>
    turnInputs(db, caller, id, branch(), reservation && reservationQueries(db, reservation)),
  );
  if (!row?.hasAccess) throw await accessRefusal(db, caller);
  const conversation = ownConversation(row.conversation, caller);
  const { persona } = row;
  if (!persona) throw new AppError("not_found", { detail: "Persona not found" });
  const { allowances } = row;
  const safety = { ...row.safety, clock: row.clock };
  const hasOthers = row.hasOthers === 1;
  return { conversation, persona, allowances, safety, hasOthers, branch: messages, reserved };
}
