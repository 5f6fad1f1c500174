import type { Conversation, Purpose } from "../db/schema";
import type { Config } from "../env";
import { AppError } from "../errors";
import { turnId } from "../wire/rows";
import type { Begin } from "./commands";
import type { Owners } from "./owners";
import type { Plan } from "./plan";
import { runTurn, type RunningTurn } from "./run";
import type { Snapshot } from "./state";
import { isFull, type Place } from "./tree";
import { numberOf, openTurn } from "./turn";

/** Why the conversation cannot take a turn now, or null. */
export function busyReason({ turns }: Owners, state: Conversation): AppError | null {
  if (turns.current) return turnRunning(turns.current);
  return isFull(turns.ahead(state)) ? new AppError("conversation_full") : null;
}

export const turnRunning = ({ turn }: RunningTurn) =>
  new AppError("turn_running", {
    extra: { turn_id: turnId(numberOf(turn)) },
    headers: { "Retry-After": "2" },
  });

function purposeOf({ type }: Begin, { begun }: Place): Purpose {
  if (begun !== undefined) return "continue";
  return type === "regenerate" ? "regenerate" : "reply";
}

/**
 * So long a call has to leave, before anything else takes the thread: it takes several turns of the event loop, and one was
 * measured to be too few. Milliseconds.
 */
export const LEAVE_MS = 1;

/** Opens the turn and lets the model begin; its call leaves before anything else is begun that would hold it up. */
export async function launch(
  { turns }: Owners,
  command: Begin,
  { persona }: Snapshot,
  { model, place, window, prompt, call, care, isRemembered }: Plan,
  state: Conversation,
  config: Config,
  reserved = false,
): Promise<RunningTurn> {
  const turn = openTurn({
    purpose: purposeOf(command, place),
    state,
    place,
    speaker: { personaId: persona.id, provider: model.provider, model: model.model },
    reserved,
    isRemembered,
    notes: command.asked?.notes,
    report: prompt.report,
    estimate: { raw: prompt.estimate, corrected: call.promptTokens },
  });
  const running = runTurn(turn, window, model, prompt, config, care);
  turns.add(running);
  await scheduler.wait(LEAVE_MS);
  return running;
}
