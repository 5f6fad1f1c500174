/**
 * What objects of earlier versions stored, read as today's: a deploy finds turns that were running or have just ended. Nothing
 * here is ever written again, and the file can go with the release after next.
 */
import type { TurnEvent } from "../events/events";
import type { Message } from "../db/schema";
import type { Attempt } from "../models/generate";
import type { Ending, StoredEvent, StoredTurn, Turn } from "./turn";

type TurnOfV01 = Omit<Turn, "speaker" | "said" | "head" | "nonce" | "billId" | "reserved"> & {
  personaId: number;
  provider: string;
  model: string;
  question: Message;
  head: Omit<Turn["head"], "messageCount">;
};
/** A turn as it was kept before its row grew with its log. */
export type OldStored = {
  turn: Turn | TurnOfV01;
  ending?: Omit<Ending, "failure"> & { failure?: Ending["failure"] };
  settledAt?: number;
};
/** An event as it was kept: as clients of 0.1 read it, or whole. */
export type OldEvent = { event: string; data: string } | TurnEvent;

/** Earlier versions wrote a turn's rows twice, when it began and when it ended, each time as a revision. */
const revised = (head: Turn["head"]): Turn["head"] => ({ ...head, revision: head.revision + 1 });

function upgradeTurn(turn: Turn | TurnOfV01): Turn {
  if ("speaker" in turn) return { ...turn, head: revised(turn.head), reserved: true };
  const { personaId, provider, model, question, ...same } = turn;
  return {
    ...same,
    speaker: { personaId, provider, model },
    said: question,
    head: revised({ ...turn.head, messageCount: null }),
    nonce: null,
    billId: String(turn.reply.id),
    reserved: true,
  };
}

function upgradeEnding({ status, attempts, failure }: NonNullable<OldStored["ending"]>): Ending {
  const last: Attempt | undefined = attempts.at(-1);
  return { status, attempts, failure: failure ?? (status === "failed" ? (last?.failure ?? null) : null) };
}

/** A stored turn in today's form, whichever it was stored in. */
export function readStoredTurn(stored: StoredTurn | OldStored): StoredTurn {
  if ("events" in stored) return stored;
  const { ending, settledAt } = stored;
  const turn = upgradeTurn(stored.turn);
  const blank = { turn, events: [], packed: 0 };
  // It was written down that this one is settled: whatever the conversation's revision is, it has come after.
  if (settledAt !== undefined)
    return { ...blank, turn: { ...turn, head: { ...turn.head, revision: 0 } }, endedAt: settledAt };
  return { ...blank, ...(ending && { ending: upgradeEnding(ending), endedAt: 0 }) };
}

/** A stored event in today's form; none for the first and the last one, which are known otherwise. */
export function readStoredEvent(event: StoredEvent | OldEvent): TurnEvent[] {
  if (typeof event === "string") return [{ type: "text", text: event }];
  if ("type" in event) return event.type === "started" || event.type === "ended" ? [] : [event];
  if (event.event !== "delta") return [];
  return [{ type: "text", text: (JSON.parse(event.data) as { text: string }).text }];
}

/** Takes turns that were not settled when the object last lived over to where today's are. */
export function adoptOpenTurns(kv: SyncKvStorage): void {
  for (const [name, stored] of Array.from(kv.list<OldStored>({ prefix: "open:" }))) {
    kv.put(`turn:${name.slice("open:".length)}`, stored);
    kv.delete(name);
  }
  if (kv.get("running") !== undefined) kv.delete("running");
}
