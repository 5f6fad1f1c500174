import type { Head } from "../db/messages";
import { messageId } from "../db/messages";
import type { Conversation, ContextReport, Message, MessageStatus, UsageEvent, Purpose } from "../db/schema";
import { AppError, toErrorBody, type ErrorCode } from "../errors";
import { priceOf, type PriceConfig } from "../usage/prices";
import type { TokenUsage } from "../usage/tokens";
import type { Attempt, Failure } from "../models/generate";
import type { TurnEvent } from "../events/log";
import { toConversation, toMessage, turnId } from "./wire";
import { estimateTokens } from "../prompt/history";

/** Everything a turn must remember to be settled by a later life of its object, which knows nothing else. */
export type Turn = {
  purpose: Purpose;
  userId: number;
  personaId: number;
  provider: string;
  model: string;
  /** The user's message, and the reply as it stands when the turn begins. */
  question: Message;
  reply: Message;
  /** The conversation's counters as the turn leaves them. */
  head: { revision: number; messageSeq: number; tokenRatio: number };
  /** Estimated prompt tokens: raw, for learning the ratio, and corrected, for a call whose usage is never reported. */
  estimate: { raw: number; corrected: number };
  startedAt: number;
  /** When the database had agreed and the turn was on disk. */
  keptAt: number;
};

/** How a turn ended, before it is written to the database. */
export type Ending = {
  status: Exclude<MessageStatus, "in_progress">;
  attempts: Attempt[];
  failure: Failure | null;
};

/** Where a conversation stands, as its object keeps it. */
export type Standing = Pick<
  Conversation,
  "id" | "userId" | "revision" | "messageSeq" | "headMessageId" | "tokenRatio"
>;

type Opening = {
  purpose: Purpose;
  standing: Standing;
  personaId: number;
  provider: string;
  model: string;
  /** The message to answer, if it is an old one; else what the user says now and after which message. */
  question: Message | { content: string; parentId: number | null; depth: number };
  report: ContextReport;
  estimate: Turn["estimate"];
};

/** A new turn: its messages have their ids and places, nothing is written yet. */
export function openTurn({ standing, question, report, ...opening }: Opening): Turn {
  const now = new Date();
  const blank = { conversationId: standing.id, ...NOTHING_YET, createdAt: now };
  const asked: Message =
    "id" in question
      ? question
      : {
          ...blank,
          ...question,
          id: messageId(standing.id, standing.messageSeq + 1),
          role: "user",
          status: "complete",
        };
  const messageSeq = standing.messageSeq + ("id" in question ? 1 : 2);
  return {
    ...opening,
    userId: standing.userId,
    question: asked,
    reply: {
      ...blank,
      id: messageId(standing.id, messageSeq),
      parentId: asked.id,
      depth: asked.depth + 1,
      role: "assistant",
      content: "",
      status: "in_progress",
      context: report,
    },
    head: { revision: standing.revision + 1, messageSeq, tokenRatio: standing.tokenRatio },
    startedAt: now.getTime(),
    keptAt: now.getTime(),
  };
}

const NOTHING_YET = {
  finishReason: null,
  errorCode: null,
  modelUsed: null,
  promptTokens: null,
  cachedTokens: null,
  cacheWriteTokens: null,
  completionTokens: null,
  reasoningTokens: null,
  tokensUsed: null,
  costMicros: null,
  usageEstimated: null,
  responseTimeMs: null,
  firstTokenMs: null,
  context: null,
} satisfies Partial<Message>;

/** The conversation's row as a turn leaves it: `settled` is one revision later than begun. */
export const headOf = (turn: Turn, settled = false): Head => ({
  id: turn.reply.conversationId,
  userId: turn.userId,
  headMessageId: turn.reply.id,
  revision: turn.head.revision + (settled ? 1 : 0),
  messageSeq: turn.head.messageSeq,
  tokenRatio: turn.head.tokenRatio,
  updatedAt: new Date(),
});

/** The ending of a turn that a crash cut off: the text that had reached the disk, and a call nobody can ask about. */
export function interruptedEnding(turn: Turn, text: string, now = Date.now()): Ending {
  const attempt: Attempt = {
    model: turn.model,
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

/** The reply and the ledger's rows of a turn that has ended. */
export function close(
  turn: Turn,
  ending: Ending,
  prices: PriceConfig,
): { reply: Message; usage: UsageEvent[] } {
  const usage = ending.attempts.map((attempt, i) => {
    const last = i === ending.attempts.length - 1;
    // A turn that was stopped between two tries is stopped; its calls failed all the same.
    const outcome = last && attempt.outcome !== "failed" ? ending.status : "failed";
    return ledgerRow(turn, attempt, i, outcome, prices);
  });
  const { text, finishReason } = ending.attempts.at(-1)!;
  const answer = usage.at(-1)!;
  return {
    usage,
    reply: {
      ...turn.reply,
      content: text,
      status: ending.status,
      finishReason,
      errorCode: ending.failure?.code ?? null,
      modelUsed: answer.modelUsed,
      promptTokens: answer.promptTokens,
      cachedTokens: answer.cachedTokens,
      cacheWriteTokens: answer.cacheWriteTokens,
      completionTokens: answer.completionTokens,
      reasoningTokens: answer.reasoningTokens,
      tokensUsed: answer.promptTokens + answer.completionTokens,
      costMicros: answer.costMicros,
      usageEstimated: answer.estimated,
      responseTimeMs: answer.totalMs,
      firstTokenMs: answer.firstTokenMs,
    },
  };
}

function ledgerRow(
  turn: Turn,
  attempt: Attempt,
  index: number,
  outcome: Ending["status"],
  prices: PriceConfig,
): UsageEvent {
  const tokens = attempt.usage ?? assumedUsage(turn, attempt);
  const call = {
    provider: turn.provider,
    model: attempt.model,
    usage: tokens,
    at: new Date(attempt.startedAt),
  };
  const cost = priceOf(call, prices);
  return {
    id: `${turn.reply.id}/${index}`,
    userId: turn.userId,
    personaId: turn.personaId,
    conversationId: turn.reply.conversationId,
    messageId: turn.reply.id,
    purpose: turn.purpose,
    provider: turn.provider,
    modelAsked: turn.model,
    modelUsed: attempt.model,
    ...tokens,
    costMicros: cost?.micros ?? null,
    priceVersion: cost?.version ?? null,
    estimated: attempt.usage === null,
    firstTokenMs: attempt.firstTokenMs,
    totalMs: attempt.totalMs,
    outcome,
    errorCode: attempt.failure?.code ?? null,
    createdAt: new Date(attempt.startedAt),
  };
}

/** These answers come before the model has read anything, so no provider bills for them. */
const UNBILLED = new Set<ErrorCode>([
  "upstream_unreachable",
  "upstream_rate_limited",
  "upstream_rejected_key",
  "upstream_rejected",
  "upstream_error",
]);

/** What a call must have used whose usage was never reported: the prompt, and the text that came. */
function assumedUsage(turn: Turn, { text, failure }: Attempt): TokenUsage {
  const unbilled = text === "" && failure !== null && UNBILLED.has(failure.code);
  return {
    promptTokens: unbilled ? 0 : turn.estimate.corrected,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    completionTokens: text === "" ? 0 : Math.ceil(estimateTokens(text) * turn.head.tokenRatio),
    reasoningTokens: 0,
  };
}

export type Terminal = {
  event: `turn.${"completed" | "stopped" | "interrupted" | "failed"}`;
  data: Record<string, unknown>;
};

const TERMINAL_NAME = {
  complete: "turn.completed",
  stopped: "turn.stopped",
  interrupted: "turn.interrupted",
} as const;

/**
 * The one event that ends a turn, as its readers and the JSON answer show it.
 * @param retryAfter seconds the upstream asked to be left alone, where it did
 */
export function terminalEvent(
  conversation: Conversation,
  question: Message,
  reply: Message,
  retryAfter: number | null = null,
): Terminal {
  const whole = {
    conversation: toConversation(conversation),
    user_message: toMessage(question),
    assistant_message: toMessage(reply),
  };
  const status = reply.status === "in_progress" ? "interrupted" : reply.status;
  if (status !== "failed") return { event: TERMINAL_NAME[status], data: whole };
  const extra = { ...whole, ...(retryAfter && { retry_after: retryAfter }) };
  return {
    event: "turn.failed",
    data: toErrorBody(new AppError(reply.errorCode ?? "upstream_error", { extra })),
  };
}

/** The events of a finished turn told again from its messages, when those that were logged are gone. */
export function retold(conversation: Conversation, question: Message, reply: Message): TurnEvent[] {
  const opening = { ...reply, ...NOTHING_YET, content: "", status: "in_progress" as const };
  const { event, data } = terminalEvent(conversation, question, reply);
  return [
    startedEvent(question, opening),
    ...(reply.content ? [{ event: "delta", data: { text: reply.content } }] : []),
    { event, data },
  ].map((e) => ({ event: e.event, data: JSON.stringify(e.data) }));
}

/** The event that opens a turn, and promises that the user's message is kept. */
export const startedEvent = (question: Message, reply: Message) => ({
  event: "turn.started",
  data: {
    turn_id: turnId(reply.id),
    conversation_id: reply.conversationId,
    user_message: toMessage(question),
    assistant_message: toMessage(reply),
  },
});
