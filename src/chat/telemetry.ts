import { toAppError } from "../db/client";
import type { UsageEvent } from "../db/schema";
import type { Env } from "../env";
import { countMessages } from "../prompt/report";
import { turnId } from "../wire/rows";
import { numberOf, type Closed, type Ending, type Turn } from "./turn";

/** An upstream may call its model anything; the log keeps this much of it. */
const NAME_LENGTH = 100;

type Sum = "promptTokens" | "cachedTokens" | "completionTokens" | "costMicros";

/**
 * One turn as ids, names, counts and times in milliseconds, counted from when the turn began. Tokens and cost are those
 * of all its calls together; `unpriced` calls cost nobody knows what. `settle_ms`: from the upstream's last word, or from
 * when the turn was kept if that was later, until the database had it all.
 */
export function describeTurn(turn: Turn, { status, failure }: Ending, closed: Closed, deleted: boolean) {
  const { reply, usage } = closed;
  const last = usage.at(-1);
  const sum = (field: Sum) => usage.reduce((total, call) => total + (call[field] ?? 0), 0);
  const spoke = usage.find((call) => call.firstTokenMs !== null);
  const settled = Date.now();
  const messages = reply.context ? countMessages(reply.context) : { included: 0, leftOut: 0 };
  const lastWord = last ? last.createdAt.getTime() + last.totalMs : turn.startedAt;
  return {
    turn_id: turn.purpose === "pass" ? turn.billId : turnId(numberOf(turn)),
    conversation_id: reply.conversationId,
    user_id: turn.userId,
    persona_id: turn.speaker.personaId,
    purpose: turn.purpose,
    provider: turn.speaker.provider,
    model_asked: turn.speaker.model,
    model_used: (last?.modelUsed ?? turn.speaker.model).slice(0, NAME_LENGTH),
    status,
    error_code: failure?.code ?? null,
    finish_reason: reply.finishReason?.slice(0, NAME_LENGTH) ?? null,
    conversation_deleted: deleted,
    attempts: usage.length,
    prompt_tokens: sum("promptTokens"),
    cached_tokens: sum("cachedTokens"),
    completion_tokens: sum("completionTokens"),
    cost_micros: sum("costMicros"),
    unpriced: usage.filter((call) => call.costMicros === null).length,
    estimated: usage.some((call) => call.estimated),
    window: reply.context?.source ?? null,
    messages_in: messages.included,
    left_out: messages.leftOut,
    first_token_ms: spoke ? spoke.createdAt.getTime() - turn.startedAt + (spoke.firstTokenMs ?? 0) : null,
    total_ms: settled - turn.startedAt,
    settle_ms: settled - Math.max(turn.keptAt, lastWord),
  };
}

export type TurnLine = ReturnType<typeof describeTurn>;

/**
 * A turn in Analytics Engine, sampled by user. The columns stand by their number for good: new ones go to the end.
 * Blobs 1-9: status, error code, purpose, provider, model asked, model used, window, turn, finish reason (empty for none).
 * Doubles 1-12: attempts, prompt, cached and completion tokens, micro-dollars, unpriced calls, first token (0 for none),
 * total and settle milliseconds, messages in, messages left out, 1 where the usage is estimated.
 */
export const toDataPoint = (line: TurnLine): AnalyticsEngineDataPoint => ({
  indexes: [String(line.user_id)],
  blobs: [
    line.status,
    line.error_code ?? "",
    line.purpose,
    line.provider,
    line.model_asked,
    line.model_used,
    line.window ?? "",
    line.turn_id,
    line.finish_reason ?? "",
  ],
  doubles: [
    line.attempts,
    line.prompt_tokens,
    line.cached_tokens,
    line.completion_tokens,
    line.cost_micros,
    line.unpriced,
    line.first_token_ms ?? 0,
    line.total_ms,
    line.settle_ms,
    line.messages_in,
    line.left_out,
    Number(line.estimated),
  ],
});

/** One line in the log and one data point for a turn that is settled; nothing that anyone said. Never throws. */
export function reportTurn(
  env: Pick<Env, "TURNS">,
  turn: Turn,
  ending: Ending,
  closed: Closed,
  deleted: boolean,
): void {
  const line = describeTurn(turn, ending, closed, deleted);
  console.log(JSON.stringify({ event: "turn", ...line }));
  try {
    env.TURNS?.writeDataPoint(toDataPoint(line));
  } catch {
    // Counting turns must not cost one.
  }
}

/** A line for what the database did not take. */
export function reportUnsettled(turn: Turn, error: unknown): void {
  const line = { event: "settle_failed", turn_id: turnId(numberOf(turn)), code: toAppError(error).code };
  console.error(JSON.stringify(line));
}

/** A line for a moderation model that gave no answer: the floor's word stood. */
export const reportModeration = (outcome: string): void =>
  console.warn(JSON.stringify({ event: "unmoderated", outcome }));

/** A line for a call that the ledger never takes: what it must be written from by hand. */
export function reportUnbilled({ id, userId, promptTokens, completionTokens, costMicros }: UsageEvent): void {
  const sums = { prompt_tokens: promptTokens, completion_tokens: completionTokens, cost_micros: costMicros };
  console.error(JSON.stringify({ event: "unbilled", call: id, user_id: userId, ...sums }));
}
