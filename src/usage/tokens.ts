/** Tokens of one call. The parts are within their totals and are never added to them. */
export type TokenUsage = {
  promptTokens: number;
  /** Of the prompt: read from the provider's cache. */
  cachedTokens: number;
  /** Of the prompt: written to the provider's cache. */
  cacheWriteTokens: number;
  completionTokens: number;
  /** Of the completion: spent on reasoning that is not shown. */
  reasoningTokens: number;
};

/** No call is larger than this; a larger number is a fault of the server that reports it. */
const MAX_TOKENS = 1_000_000_000;

/**
 * The `usage` object of a chat completion, as OpenAI and the servers that speak its language report it, or null where
 * it holds no measurement: a total is missing, is no count, or the prompt had no tokens at all. A part larger than
 * its total is cut to it, and the two cache parts together are never larger than the prompt.
 */
export function readUsage(json: unknown): TokenUsage | null {
  const usage = fieldsOf(json);
  const promptTokens = firstCount(usage.prompt_tokens);
  const completionTokens = firstCount(usage.completion_tokens);
  if (!promptTokens || completionTokens === null) return null;
  const prompt = fieldsOf(usage.prompt_tokens_details);
  const completion = fieldsOf(usage.completion_tokens_details);
  // Beside OpenAI's names: DeepSeek's `prompt_cache_hit_tokens`; those of Anthropic, which gateways hand through.
  const cached =
    firstCount(prompt.cached_tokens, usage.prompt_cache_hit_tokens, usage.cache_read_input_tokens) ?? 0;
  const written =
    firstCount(prompt.cache_write_tokens, prompt.cache_creation_tokens, usage.cache_creation_input_tokens) ??
    0;
  const reasoning = firstCount(completion.reasoning_tokens) ?? 0;
  const cachedTokens = Math.min(cached, promptTokens);
  return {
    promptTokens,
    cachedTokens,
    cacheWriteTokens: Math.min(written, promptTokens - cachedTokens),
    completionTokens,
    reasoningTokens: Math.min(reasoning, completionTokens),
  };
}

/** The first of these that is a number of tokens. */
function firstCount(...candidates: unknown[]): number | null {
  const isCount = (value: unknown) =>
    typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS;
  return (candidates.find(isCount) as number | undefined) ?? null;
}

const fieldsOf = (json: unknown): Record<string, unknown> =>
  typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
