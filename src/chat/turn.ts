import { NOTHING_YET } from "../db/nothing-yet";
import type { Head } from "../db/messages";
import type { Conversation, ContextReport, Message, MessageStatus, Purpose, UsageEvent } from "../db/schema";
import type { Failure } from "../errors";
import type { EndedEvent, StartedEvent, TurnEvent } from "../events/events";
import type { Attempt } from "../models/generate";
import { estimateTokens } from "../prompt/tokens";
import { ledgerRow as toLedgerRow } from "../usage/ledger";
import type { PriceConfig } from "../usage/prices";
import { nextMessages, type Place } from "./tree";
import { usageWith } from "./used";

/** Who speaks in a turn, and through which language model. */
export type Speaker = { personaId: number; provider: string; model: string };

/** Everything a turn must remember to be settled by a later life of its object, which knows nothing else. */
export type Turn = {
  purpose: Purpose;
  userId: number;
  speaker: Speaker;
  /** What the reply answers: said now or, where it is answered again, before; null where the persona speaks of itself. */
  said: Message | null;
  /** The reply as it stands when the turn begins, with what it says already where it goes on from there. */
  reply: Message;
  /**
   * Of a turn that adds to a reply which is there already: the number it has its names from instead of the reply's, and how
   * that reply had ended.
   */
  continues?: { number: number; before: HowItEnded };
  /** The conversation's counters as the turn leaves them. */
  head: { revision: number; messageSeq: number; messageCount: number | null; tokenRatio: number };
  /** The conversation it belongs to, beside its id. */
  nonce: string | null;
  /** What the ids of its rows in the ledger begin with. */
  billId: string;
  /** What is kept with the reply of what its client said beside the words, see `clientNotes`. */
  notes?: string | undefined;
  /** Whether something was set aside for it of the user's allowances, and whether what is said in it is remembered. */
  reserved: boolean;
  isRemembered?: boolean;
  /** Estimated prompt tokens: raw, for learning the ratio, and corrected, for a call whose usage is never reported. */
  estimate: { raw: number; corrected: number };
  startedAt: number;
  /** When the database had agreed and the turn was on disk. */
  keptAt: number;
};

/** How a turn ended, before it is written to the database. `refused`: the database did not agree to it, so nobody saw it. */
export type Ending = {
  status: Exclude<MessageStatus, "in_progress"> | "refused";
  attempts: Attempt[];
  failure: Failure | null;
};

/** An event as it is stored: a piece of text as it is. What opens a turn and what ends it are known from its row. */
export type StoredEvent = string | Exclude<TurnEvent, StartedEvent | EndedEvent>;

/** A turn as the object keeps it: one row that grows while the reply is written. */
export type StoredTurn = {
  turn: Turn;
  /** What was said since the last full pack. */
  events: StoredEvent[];
  /** How many events stand in packs before these. */
  packed: number;
  /** How it ended, without the text, and when: milliseconds since 1970. The database may not know yet. */
  ending?: Ending;
  endedAt?: number;
};

/** The number that a turn has its names from: its id, its row on the disk, its bill. It is its reply's, unless that was there. */
export const numberOf = ({ continues, reply }: Turn) => continues?.number ?? reply.id;

/** The event that opens it. */
export const startOf = (turn: Turn): StartedEvent => ({
  type: "started",
  number: numberOf(turn),
  said: turn.said,
  reply: turn.reply,
});

/** A new turn: its messages have their ids and places, nothing is written yet. */
export function openTurn({
  state,
  place,
  report,
  ...given
}: Pick<Turn, "purpose" | "speaker" | "estimate" | "reserved" | "isRemembered" | "notes"> & {
  state: Conversation;
  place: Place;
  report: ContextReport;
}): Turn {
  const now = new Date();
  const blank = { conversationId: state.id, ...NOTHING_YET, createdAt: now };
  const { number, question, reply, ...counters } = nextMessages(state, place);
  const answered = typeof place.said === "string" ? null : place.said;
  const grown = typeof place.begun === "object" ? place.begun : undefined;
  const opening = { status: "in_progress", context: report } as const;
  return {
    ...given,
    userId: state.userId,
    said: question ? { ...blank, ...question, role: "user", status: "complete" } : answered,
    reply: { ...(grown ?? { ...blank, ...reply, role: "assistant" }), ...opening },
    ...(grown && { continues: { number, before: howItEnded(grown) } }),
    head: { revision: state.revision + 1, tokenRatio: state.tokenRatio, ...counters },
    nonce: state.nonce,
    billId: String(number),
    startedAt: now.getTime(),
    keptAt: now.getTime(),
  };
}

type HowItEnded = Pick<Message, "status" | "finishReason" | "errorCode" | "modelUsed">;
const howItEnded = ({ status, finishReason, errorCode, modelUsed }: HowItEnded): HowItEnded => ({
  status,
  finishReason,
  errorCode,
  modelUsed,
});

/** A reply as it stood when its turn began. */
export const openingOf = (reply: Message): Message => ({
  ...reply,
  ...NOTHING_YET,
  content: "",
  status: "in_progress",
});

/** The conversation's row as a turn leaves it. */
export const headOf = (turn: Turn): Head => ({
  id: turn.reply.conversationId,
  userId: turn.userId,
  headMessageId: turn.reply.id,
  nonce: turn.nonce,
  revision: turn.head.revision,
  messageSeq: turn.head.messageSeq,
  messageCount: turn.head.messageCount,
  tokenRatio: turn.head.tokenRatio,
  updatedAt: new Date(),
});

/** The ending of a turn that a crash cut off: the text that had reached the disk, and a call nobody can ask about. */
export function interruptedEnding(turn: Turn, text: string, now = Date.now()): Ending {
  const attempt: Attempt = {
    model: turn.speaker.model,
    startedAt: turn.startedAt,
    firstTokenMs: null,
    totalMs: now - turn.startedAt,
    text,
    usage: null,
    finishReason: null,
    outcome: "complete",
    failure: null,
  };
  return { status: "interrupted", attempts: [attempt], failure: null };
}

/** What a turn leaves behind: its reply and the ledger's rows. */
export type Closed = { reply: Message; usage: UsageEvent[] };

/** The reply, with the text that was shown of it, and the ledger's rows of a turn that has ended. */
export function close(
  turn: Turn,
  ending: Ending,
  prices: PriceConfig,
  shown = ending.attempts.at(-1)?.text ?? "",
): Closed {
  const { status, attempts, failure } = ending;
  const usage = attempts.map((attempt, i) => ledgerRow(turn, attempt, i, prices));
  const [last, answer] = [attempts.at(-1), usage.at(-1)];
  if (status === "interrupted" && answer) answer.outcome = status;
  if (status === "refused" || !last || !answer) return { usage, reply: turn.reply };
  return {
    usage,
    reply: {
      ...turn.reply,
      content: turn.reply.content + shown,
      ...(endedAsBefore(turn, ending) ?? {
        status,
        finishReason: last.finishReason,
        errorCode: failure?.code ?? null,
        modelUsed: answer.modelUsed,
      }),
      ...usageWith(turn.reply, answer),
    },
  };
}

/** A reply that nothing could be added to ends as it had ended before. */
function endedAsBefore({ continues }: Turn, { status, attempts }: Ending): HowItEnded | null {
  const isLost = status === "failed" || status === "interrupted";
  return continues && isLost && attempts.at(-1)?.text === "" ? continues.before : null;
}

function ledgerRow(turn: Turn, attempt: Attempt, index: number, prices: PriceConfig): UsageEvent {
  const { reply, speaker, estimate, head } = turn;
  const billed = {
    billId: turn.billId,
    userId: turn.userId,
    personaId: speaker.personaId,
    conversationId: reply.conversationId,
    messageId: reply.id,
    purpose: turn.purpose,
    provider: speaker.provider,
    modelAsked: speaker.model,
  };
  const text = attempt.text + (attempt.calls ?? "");
  const completionTokens = text === "" ? 0 : Math.ceil(estimateTokens(text) * head.tokenRatio);
  return toLedgerRow(billed, attempt, index, { promptTokens: estimate.corrected, completionTokens }, prices);
}
