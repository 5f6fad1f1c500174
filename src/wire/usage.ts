import { z } from "@hono/zod-openapi";

const PercentilesSchema = z.object({ p50: z.int(), p95: z.int() }).nullable().openapi({
  description: "Milliseconds, off by `percentile_error` at most; null where no call has this time.",
});

export const SUM_EXAMPLE = {
  calls: 75,
  errors: 1,
  unpriced_calls: 0,
  estimated_calls: 2,
  prompt_tokens: 4000,
  cached_tokens: 1024,
  cache_write_tokens: 0,
  completion_tokens: 1000,
  reasoning_tokens: 0,
  total_tokens: 5000,
  cost_usd: 0.0035,
  response_time_ms: { p50: 1218, p95: 3444 },
  first_token_ms: { p50: 362, p95: 861 },
};
export const GROUP_EXAMPLE = { ...SUM_EXAMPLE, key: "2026-01-31" };

export const SumSchema = z
  .object({
    calls: z.int(),
    errors: z.int(),
    unpriced_calls: z.int().describe("Calls whose model has no known price; they are not in the cost."),
    estimated_calls: z.int().describe("Calls whose provider reported no usage."),
    prompt_tokens: z.int(),
    cached_tokens: z.int().describe("Of the prompt's tokens."),
    cache_write_tokens: z.int().describe("Of the prompt's tokens."),
    completion_tokens: z.int(),
    reasoning_tokens: z.int().describe("Of the completion's tokens."),
    total_tokens: z.int().describe("Prompt and completion together."),
    cost_usd: z.number(),
    response_time_ms: PercentilesSchema,
    first_token_ms: PercentilesSchema,
  })
  .openapi("UsageSum", { example: SUM_EXAMPLE });

/** A report, as far as it is the same however it is grouped. */
export const UsageReportSchema = z.object({
  from: z.string().openapi({ example: "2026-01-01" }),
  to: z.string().openapi({ example: "2026-01-31" }),
  timezone: z.string().openapi({ example: "Europe/Berlin" }),
  total: SumSchema,
  groups: z.array(
    SumSchema.extend({
      key: z.string().openapi({ description: "A day, a model's name, or an id.", example: "2026-01-31" }),
    }).openapi({ example: GROUP_EXAMPLE }),
  ),
});
