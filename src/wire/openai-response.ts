import { z } from "@hono/zod-openapi";

import { CONTENT_FILTER, type Message } from "../db/schema";
import { conversationOfMessage } from "../db/messages";
import { ERRORS, type ErrorCode } from "../errors";
import type { Terms } from "./dialect";
import {
  conversationItemId,
  MESSAGE_ITEM_EXAMPLE,
  OutputItemSchema,
  responseId,
  type OutputItem,
} from "./openai-items";

const STATUSES = ["completed", "failed", "in_progress", "cancelled", "incomplete"] as const;
export type ResponseStatus = (typeof STATUSES)[number];
const FAILURES = ["server_error", "rate_limit_exceeded", "invalid_prompt"] as const;

const tokens = z.int().min(0);
const UsageSchema = z
  .object({
    input_tokens: tokens,
    input_tokens_details: z.object({ cached_tokens: tokens, cache_write_tokens: tokens }),
    output_tokens: tokens,
    output_tokens_details: z.object({ reasoning_tokens: tokens }),
    total_tokens: tokens,
  })
  .openapi("ResponseUsage");

const loose = z.looseObject({});

/** What a client said of its request that the answer repeats. */
export const EchoSchema = z.object({
  model: z.string().describe("As the request named it."),
  background: z.boolean(),
  frequency_penalty: z.number(),
  instructions: z.string().nullable().describe("Not kept: null where a response is read again."),
  max_output_tokens: z.int().nullable(),
  metadata: z.record(z.string(), z.string()),
  parallel_tool_calls: z.boolean(),
  presence_penalty: z.number(),
  previous_response_id: z.string().nullable(),
  prompt_cache_key: z.string().nullable(),
  reasoning: z.object({ effort: z.string().nullable(), summary: z.null() }),
  safety_identifier: z.string().nullable(),
  temperature: z.number(),
  text: z.object({ format: loose, verbosity: z.string().optional() }),
  tool_choice: z.union([z.string(), loose]),
  tools: z.array(loose),
  top_logprobs: z.int(),
  top_p: z.number(),
  truncation: z.enum(["auto", "disabled"]),
  user: z.string().optional(),
});
export type Echo = z.output<typeof EchoSchema>;

export const ResponseSchema = EchoSchema.extend({
  id: z.string().describe("`resp_` and the reply's id, where it is kept."),
  object: z.literal("response"),
  created_at: z.int().describe("Seconds since 1970."),
  completed_at: z.int().nullable(),
  status: z.enum(STATUSES),
  conversation: z
    .object({ id: z.string() })
    .nullable()
    .describe("Where it is kept; null where it is kept nowhere."),
  store: z.boolean().describe("Whether it is kept."),
  error: z.object({ code: z.enum(FAILURES), message: z.string() }).nullable(),
  incomplete_details: z.object({ reason: z.enum(["max_output_tokens", "content_filter"]) }).nullable(),
  output: z.array(OutputItemSchema),
  usage: UsageSchema.nullable(),
  max_tool_calls: z.null(),
  service_tier: z.literal("default"),
});

/** What answers repeat of a request that says none of it. */
export const NOTHING_SAID: Omit<Echo, "model"> = {
  background: false,
  frequency_penalty: 0,
  instructions: null,
  max_output_tokens: null,
  metadata: {},
  parallel_tool_calls: true,
  presence_penalty: 0,
  previous_response_id: null,
  prompt_cache_key: null,
  reasoning: { effort: null, summary: null },
  safety_identifier: null,
  temperature: 1,
  text: { format: { type: "text" } },
  tool_choice: "auto",
  tools: [],
  top_logprobs: 0,
  top_p: 1,
  truncation: "auto",
};

export const RESPONSE_EXAMPLE: z.output<typeof ResponseSchema> = {
  id: "resp_1048578",
  object: "response",
  created_at: 1767268800,
  completed_at: 1767268801,
  status: "completed",
  model: "alex-1",
  conversation: { id: "conv_1" },
  store: true,
  error: null,
  incomplete_details: null,
  output: [MESSAGE_ITEM_EXAMPLE],
  usage: {
    input_tokens: 120,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: 25,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 145,
  },
  max_tool_calls: null,
  service_tier: "default",
  ...NOTHING_SAID,
};

export const NamedResponseSchema = ResponseSchema.openapi("Response", { example: RESPONSE_EXAMPLE });

/** What a client said of a request, from the notes that are kept of it. */
const echoOf = ({ model, notes }: Terms): Echo => ({
  ...NOTHING_SAID,
  model,
  ...(JSON.parse(notes ?? "{}") as Partial<Echo>),
});

/** Notes are small: what is longer than this is not repeated to who reads a response again. Characters. */
const MAX_NOTED = 16_000;

/** What is kept of what a client said: never its app's instructions, nor tools, which only a request has that is kept nowhere. */
export function notesOf(echo: Echo): string {
  const kept = { ...echo, instructions: undefined, tools: undefined, tool_choice: undefined };
  const json = JSON.stringify(kept);
  return json.length <= MAX_NOTED ? json : JSON.stringify({ ...kept, text: undefined });
}

/** How a reply stands, in the dialect's words. */
export function responseStatus(reply: Pick<Message, "status" | "finishReason">): ResponseStatus {
  switch (reply.status) {
    case "complete":
      return incompleteReason(reply) ? "incomplete" : "completed";
    case "stopped":
      return incompleteReason(reply) ? "incomplete" : "cancelled";
    case "interrupted":
      return "incomplete";
    default:
      return reply.status;
  }
}

/** Why a reply is short of what it might have been; what a crash cut off is short as well. */
function incompleteReason({ status, finishReason }: Pick<Message, "status" | "finishReason">) {
  if (finishReason === CONTENT_FILTER) return "content_filter";
  const isShort = status === "interrupted" || (status === "complete" && finishReason === "length");
  return isShort ? "max_output_tokens" : null;
}

function failureCode(code: ErrorCode): (typeof FAILURES)[number] {
  if (code === "context_length_exceeded" || code === "unsupported_content") return "invalid_prompt";
  return ERRORS[code][0] === 429 ? "rate_limit_exceeded" : "server_error";
}

const seconds = (ms: number) => Math.floor(ms / 1000);

const usageOf = (reply: Message): z.output<typeof UsageSchema> | null =>
  reply.tokensUsed === null
    ? null
    : {
        input_tokens: reply.promptTokens ?? 0,
        input_tokens_details: {
          cached_tokens: reply.cachedTokens ?? 0,
          cache_write_tokens: reply.cacheWriteTokens ?? 0,
        },
        output_tokens: reply.completionTokens ?? 0,
        output_tokens_details: { reasoning_tokens: reply.reasoningTokens ?? 0 },
        total_tokens: reply.tokensUsed,
      };

/** A reply as the response that it is, with what has come of it. */
export function toResponse(
  terms: Terms,
  reply: Message,
  output: OutputItem[],
): z.output<typeof ResponseSchema> {
  const isKept = terms.id === undefined;
  const status = responseStatus(reply);
  const reason = status === "incomplete" ? incompleteReason(reply) : null;
  const code = status === "failed" ? (reply.errorCode ?? "upstream_error") : null;
  const createdAt = reply.createdAt.getTime();
  return {
    id: terms.id === undefined ? responseId(reply.id) : `resp_${terms.id}`,
    object: "response",
    created_at: seconds(createdAt),
    completed_at: status === "completed" ? seconds(createdAt + (reply.responseTimeMs ?? 0)) : null,
    status,
    conversation: isKept ? { id: conversationItemId(conversationOfMessage(reply.id)) } : null,
    store: isKept,
    error: code && { code: failureCode(code), message: ERRORS[code][1] },
    incomplete_details: reason && { reason },
    output,
    usage: usageOf(reply),
    max_tool_calls: null,
    service_tier: "default",
    ...echoOf(terms),
  };
}
