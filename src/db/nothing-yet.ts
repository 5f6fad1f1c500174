import type { Message } from "./schema";

/** What is known of a message only when its turn has ended, and never of one that came from elsewhere. */
export const NOTHING_YET = {
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
  safety: null,
} satisfies Partial<Message>;
