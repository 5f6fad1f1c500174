import type { ContextReport, Conversation, Message } from "../db/schema";
import { idsOf } from "../prompt/history";

/** A conversation as the API shows it. */
export const toConversation = (row: Conversation) => ({
  id: row.id,
  title: row.title,
  persona_id: row.personaId,
  user_id: row.userId,
  is_active: row.isActive,
  message_count: row.messageSeq - row.deletedMessages,
  head_message_id: row.headMessageId,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});

/** A message as the API shows it. `tokens_used` is prompt and completion together; `usage` says of what it is made. */
export const toMessage = (row: Message) => ({
  id: row.id,
  conversation_id: row.conversationId,
  parent_id: row.parentId,
  turn_id: turnIdOf(row),
  role: row.role,
  content: row.content,
  status: row.status,
  finish_reason: row.finishReason,
  error_code: row.errorCode,
  tokens_used: row.tokensUsed,
  model_used: row.modelUsed,
  response_time_ms: row.responseTimeMs,
  first_token_ms: row.firstTokenMs,
  usage: row.tokensUsed === null ? null : toUsage(row),
  created_at: row.createdAt.toISOString(),
});

const toUsage = (row: Message) => ({
  prompt_tokens: row.promptTokens ?? 0,
  cached_tokens: row.cachedTokens ?? 0,
  cache_write_tokens: row.cacheWriteTokens ?? 0,
  completion_tokens: row.completionTokens ?? 0,
  reasoning_tokens: row.reasoningTokens ?? 0,
  cost_usd: row.costMicros === null ? null : row.costMicros / 1_000_000,
  estimated: row.usageEstimated ?? false,
});

/** What went into a prompt, as the API shows it. Token counts are estimates. */
export const toContext = ({ tokens, budget, messageIds, leftOut, source }: ContextReport) => ({
  estimated_tokens: { ...tokens, total: tokens.persona + tokens.history + tokens.message },
  budget,
  message_ids: idsOf(messageIds),
  left_out: leftOut.map(({ reason, count }) => ({ reason, count })),
  source,
});

/** A turn is named after the reply it writes, so that its message can be found long after its events are gone. */
export const turnId = (replyId: number) => `turn_${replyId}`;

/** The id of the reply that a turn writes, or null if this names no turn. */
export function replyOfTurn(id: string): number | null {
  const match = /^turn_([1-9]\d{0,15})$/.exec(id);
  return match ? Number(match[1]) : null;
}

const turnIdOf = (row: Message) => (row.role === "assistant" ? turnId(row.id) : null);
