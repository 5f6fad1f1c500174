import { z } from "@hono/zod-openapi";

import { configuredProvider } from "../models/registry";
import { batchAs, one, retried } from "../db/client";
import { conversationById, ownConversation } from "../db/conversations";
import { countConversations, GROUPINGS, rollupOfConversation, totalUsage, usageReport } from "../db/usage";
import { AppError } from "../errors";
import { ok, contract } from "../http/contract";
import { newRouter } from "../http/router";
import { findPrice } from "../usage/prices";
import {
  addDays,
  addUp,
  calendarOf,
  joinReport,
  PERCENTILE_ERROR,
  percentiles,
  spansOf,
  type Sum,
} from "../usage/statistics";
import { GROUP_EXAMPLE, SUM_EXAMPLE, SumSchema, UsageReportSchema } from "../wire/usage";
import { ConversationParams } from "./conversations";

const LONGEST_DAYS = 366;

/** How far a percentile may be off, as a share of it: half a step of the histogram it is read from. */
const percentile_error = Number(PERCENTILE_ERROR.toFixed(3));
const ErrorBoundSchema = z
  .number()
  .openapi({ description: "How far a percentile may be off, as a share of it.", example: percentile_error });

const toSum = (sum: Sum) => ({
  calls: sum.calls,
  errors: sum.errors,
  unpriced_calls: sum.unpriced,
  estimated_calls: sum.estimated,
  prompt_tokens: sum.promptTokens,
  cached_tokens: sum.cachedTokens,
  cache_write_tokens: sum.cacheWriteTokens,
  completion_tokens: sum.completionTokens,
  reasoning_tokens: sum.reasoningTokens,
  total_tokens: sum.promptTokens + sum.completionTokens,
  cost_usd: sum.costMicros / 1_000_000,
  response_time_ms: percentiles(sum.responseTimes),
  first_token_ms: percentiles(sum.firstTokens),
});

const tags = ["Usage"];
export const stats = newRouter();

stats.openapi(
  contract({
    method: "get",
    path: "/stats",
    operationId: "getStatistics",
    access: "read",
    tags,
    summary: "What there is and what it has cost",
    request: {},
    responses: ok(
      z
        .object({
          total_conversations: z.int().describe("Conversations there are now."),
          total_messages: z.int().describe("Messages there are now, on all branches."),
          total_tokens: z.int().describe("Ever used; deleting what was said changes nothing."),
          estimated_cost_usd: z.number().describe("Of all calls whose model has a known price."),
          total_calls: z.int(),
          failed_calls: z.int(),
          unpriced_calls: z.int(),
        })
        .openapi("Stats", {
          example: {
            total_conversations: 5,
            total_messages: 150,
            total_tokens: 5000,
            estimated_cost_usd: 0.01,
            total_calls: 75,
            failed_calls: 0,
            unpriced_calls: 0,
          },
        }),
      "The caller's totals.",
    ),
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [counts, [total]] = await retried(() =>
      batchAs(db, caller, [countConversations(db, caller.userId), totalUsage(db, caller.userId)]),
    );
    const { conversations, messages } = one(counts);
    const body = {
      total_conversations: conversations,
      total_messages: messages,
      total_tokens: total?.tokens ?? 0,
      estimated_cost_usd: (total?.costMicros ?? 0) / 1_000_000,
      total_calls: total?.calls ?? 0,
      failed_calls: total?.errors ?? 0,
      unpriced_calls: total?.unpriced ?? 0,
    };
    return c.json(body, 200);
  },
);

const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, "must be a time zone such as Europe/Berlin")
  .default("UTC")
  .openapi({ description: "The time zone whose days are meant.", example: "Europe/Berlin" });

const day = (what: string) =>
  z.iso
    .date("must be a day such as 2026-01-31")
    .refine((date) => date >= "2000-01-01" && date < "3000-01-01", "must be a day of this millennium")
    .optional()
    .openapi({ description: what, example: "2026-01-31" });

stats.openapi(
  contract({
    method: "get",
    path: "/stats/usage",
    operationId: "getUsageReport",
    access: "read",
    tags,
    summary: "Usage by day, model, persona or conversation",
    request: {
      query: z.object({
        from: day("The first day; thirty days by default."),
        to: day("The last day; today by default."),
        group_by: z.enum(GROUPINGS).default("day"),
        timezone: timeZone,
      }),
    },
    responses: ok(
      UsageReportSchema.extend({
        group_by: z.enum(GROUPINGS),
        percentile_error: ErrorBoundSchema,
      }).openapi("UsageReport", {
        example: {
          from: "2026-01-01",
          to: "2026-01-31",
          timezone: "Europe/Berlin",
          group_by: "day",
          percentile_error,
          total: SUM_EXAMPLE,
          groups: [GROUP_EXAMPLE],
        },
      }),
      "What was used, by quarter hours added up.",
    ),
  }),
  async (c) => {
    const query = c.req.valid("query");
    const dayOf = calendarOf(query.timezone);
    const to = query.to ?? dayOf(Date.now());
    const from = query.from ?? addDays(to, -29);
    if (from > to) throw badRange("query.from", "must not be after to");
    if (addDays(from, LONGEST_DAYS) <= to)
      throw badRange("query.to", `must be within ${LONGEST_DAYS} days of from`);
    const [db, caller] = [c.get("db"), c.get("caller")];
    const spans = spansOf(from, to, query.group_by, dayOf);
    const parts = await retried(() =>
      batchAs(db, caller, usageReport(db, caller.userId, spans, query.group_by)),
    );
    const groups = joinReport(...parts);
    const body = {
      from,
      to,
      timezone: query.timezone,
      group_by: query.group_by,
      percentile_error,
      total: toSum(addUp(groups)),
      groups: groups.map((group) => ({ ...toSum(group), key: group.key })),
    };
    return c.json(body, 200);
  },
);

stats.openapi(
  contract({
    method: "get",
    path: "/conversations/{conversation_id}/usage",
    operationId: "getConversationUsage",
    access: "read",
    tags,
    summary: "What one conversation has used",
    request: { params: ConversationParams },
    responses: ok(
      SumSchema.extend({ percentile_error: ErrorBoundSchema }).openapi("ConversationUsage", {
        example: { ...SUM_EXAMPLE, percentile_error },
      }),
      "Every call made for it, failed, stopped and regenerated ones included.",
    ),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { conversation_id: id } = c.req.valid("param");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [[conversation], rows] = await retried(() =>
      batchAs(db, caller, [conversationById(db, id), rollupOfConversation(db, caller.userId, id)]),
    );
    ownConversation(conversation, caller);
    return c.json({ ...toSum(addUp(rows)), percentile_error }, 200);
  },
);

const ModelSchema = z
  .object({
    id: z.string(),
    context_window: z.int().nullable(),
    usd_per_million_tokens: z
      .object({ input: z.number(), cached_input: z.number(), output: z.number() })
      .nullable(),
  })
  .openapi("Model");

stats.openapi(
  contract({
    method: "get",
    path: "/models",
    operationId: "listModels",
    access: "public",
    tags: ["Service"],
    summary: "Which language models speak here",
    request: {},
    responses: ok(
      z
        .object({
          models: z.array(z.string()),
          default_model: z.string(),
          total_models: z.int(),
          details: z.array(ModelSchema),
        })
        .openapi("Models", {
          example: {
            models: ["gpt-3.5-turbo"],
            default_model: "gpt-3.5-turbo",
            total_models: 1,
            details: [
              {
                id: "gpt-3.5-turbo",
                context_window: 16385,
                usd_per_million_tokens: { input: 0.5, cached_input: 0.5, output: 1.5 },
              },
            ],
          },
        }),
      "The configured model, with what is known of it.",
    ),
  }),
  (c) => {
    const config = c.get("config");
    const speaking = configuredProvider(config);
    const id = speaking?.modelName(config) ?? config.OPENAI_MODEL;
    const provider = speaking?.name(config) ?? "";
    const price = findPrice({ provider, model: id, at: new Date() }, 0, config);
    const usd_per_million_tokens = price && {
      input: price.rates.input,
      cached_input: price.rates.cachedInput,
      output: price.rates.output,
    };
    const details = [{ id, context_window: price?.contextWindow ?? null, usd_per_million_tokens }];
    return c.json({ models: [id], default_model: id, total_models: 1, details }, 200);
  },
);

/** A zone that has a name. A bare offset such as +05:37 is none: its days need not begin on a quarter hour. */
function isTimeZone(name: string): boolean {
  try {
    return /^[a-z]/i.test(name) && calendarOf(name)(0) !== "";
  } catch {
    return false;
  }
}

const badRange = (path: string, message: string) =>
  new AppError("validation_failed", { detail: `${path}: ${message}`, errors: [{ path, message }] });
