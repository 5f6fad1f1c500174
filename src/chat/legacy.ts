/**
 * What objects of version 0.1 stored, read as today's: a deploy finds turns that were running or have just ended. Nothing here
 * is ever written again, and the file can go with the release after next.
 */
import type { TurnEvent } from "../events/events";
import type { Message, UsageEvent } from "../db/schema";
import type { Attempt } from "../models/generate";
import type { Ending, Turn } from "./turn";

type OldTurn = Omit<Turn, "speaker" | "said" | "head" | "nonce" | "billId"> & {
  personaId: number;
  provider: string;
  model: string;
  question: Message;
  head: Omit<Turn["head"], "messageCount">;
};
type OldStored = {
  turn: OldTurn;
  ending?: { status: Ending["status"]; attempts: Attempt[] };
  settledAt?: number;
};
/** An event as clients of then read it. */
type OldEvent = { event: string; data: string };

/** A turn in today's form, whichever it was stored in. */
export function upgradeTurn(turn: Turn | OldTurn): Turn {
  if ("speaker" in turn) return turn;
  const { personaId, provider, model, question, ...same } = turn;
  return {
    ...same,
    speaker: { personaId, provider, model },
    said: question,
    head: { ...turn.head, messageCount: null },
    nonce: null,
    billId: String(turn.reply.id),
  };
}

function upgradeEnding({ status, attempts }: NonNullable<OldStored["ending"]>): Ending {
  const failure = status === "failed" ? (attempts.at(-1)?.failure ?? null) : null;
  return { status, attempts, failure };
}

/** An event in today's form; none for the last one, which the database tells as well. */
function upgradeEvent(event: TurnEvent | OldEvent, turn: Turn | undefined): TurnEvent[] {
  if (!("event" in event)) return [event];
  if (event.event === "delta")
    return [{ type: "text", text: (JSON.parse(event.data) as { text: string }).text }];
  if (event.event !== "turn.started" || !turn) return [];
  return [{ type: "started", said: turn.said, reply: turn.reply }];
}

export const upgradeEvents = (events: (TurnEvent | OldEvent)[], turn: Turn | undefined): TurnEvent[] =>
  events.flatMap((event) => upgradeEvent(event, turn));

/** Takes the turn that was running when the object last lived over into today's form. */
export function takeRunning(kv: SyncKvStorage): void {
  const replyId = kv.get<number>("running");
  if (replyId === undefined) return;
  const stored = kv.get<OldStored>(`turn:${replyId}`);
  kv.delete("running");
  if (!stored) return;
  const { turn, ending } = stored;
  kv.put(`open:${replyId}`, { turn: upgradeTurn(turn), ...(ending && { ending: upgradeEnding(ending) }) });
  kv.delete(`turn:${replyId}`);
}

/** Calls that the database had not taken: dropped ones were kept as rows of the ledger. */
export const unrecordedUsage = (kv: SyncKvStorage): UsageEvent[] =>
  Array.from(kv.list<UsageEvent>({ prefix: "owed:" }), ([, call]) => call);
