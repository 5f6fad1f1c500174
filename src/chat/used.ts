import type { Message, UsageEvent } from "../db/schema";

/** What a reply has used with one more call: its own calls add up, those of its other tries are in the ledger alone. */
export function usageWith(reply: Message, call: UsageEvent) {
  const before = reply.tokensUsed === null ? null : reply;
  return {
    promptTokens: (before?.promptTokens ?? 0) + call.promptTokens,
    cachedTokens: (before?.cachedTokens ?? 0) + call.cachedTokens,
    cacheWriteTokens: (before?.cacheWriteTokens ?? 0) + call.cacheWriteTokens,
    completionTokens: (before?.completionTokens ?? 0) + call.completionTokens,
    reasoningTokens: (before?.reasoningTokens ?? 0) + call.reasoningTokens,
    tokensUsed: (before?.tokensUsed ?? 0) + call.promptTokens + call.completionTokens,
    // Of which nobody knows a part, nobody knows the sum.
    costMicros:
      before?.costMicros === null || call.costMicros === null
        ? null
        : (before?.costMicros ?? 0) + call.costMicros,
    usageEstimated: (before?.usageEstimated ?? false) || call.estimated,
    responseTimeMs: (before?.responseTimeMs ?? 0) + call.totalMs,
    firstTokenMs: before?.firstTokenMs ?? call.firstTokenMs,
  };
}
