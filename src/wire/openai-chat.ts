import { z } from "@hono/zod-openapi";

import type { Message, ToolCall } from "../db/schema";
import { AppError, toErrorBody } from "../errors";
import type { EndedEvent, TurnEvent } from "../events/events";
import type { Dialect, Terms } from "./dialect";
import { OpenAiErrorSchema, toOpenAiError } from "./openai-error";
import { noticeLine } from "./safety";
import { failedAnswer, failureOf } from "./turn-stream";

const FINISH_REASONS = ["stop", "length", "tool_calls", "content_filter", "function_call"] as const;
type FinishReason = (typeof FINISH_REASONS)[number];

const tokens = z.int().min(0);
const CompletionUsageSchema = z
  .object({
    prompt_tokens: tokens,
    completion_tokens: tokens,
    total_tokens: tokens,
    prompt_tokens_details: z.object({ cached_tokens: tokens, audio_tokens: tokens }),
    completion_tokens_details: z.object({
      reasoning_tokens: tokens,
      audio_tokens: tokens,
      accepted_prediction_tokens: tokens,
      rejected_prediction_tokens: tokens,
    }),
  })
  .openapi("CompletionUsage");

const ToolCallSchema = z.object({
  id: z.string(),
  type: z.literal("function"),
  function: z.object({ name: z.string(), arguments: z.string() }),
});
const ToolCallDeltaSchema = z.object({
  index: z.int(),
  id: z.string().optional(),
  type: z.literal("function").optional(),
  function: z.object({ name: z.string().optional(), arguments: z.string().optional() }).optional(),
});
const LogprobsSchema = z
  .object({ content: z.array(z.looseObject({})), refusal: z.null() })
  .nullable()
  .describe("Those of the language model, in a request that is kept nowhere and asked for them.");

export const CompletionSchema = z
  .object({
    id: z.string(),
    object: z.literal("chat.completion"),
    created: z.int().describe("Seconds since 1970."),
    model: z.string().describe("As the request named it."),
    metadata: z.record(z.string(), z.string()).optional().describe("As the request had it, if it did."),
    choices: z.array(
      z.object({
        index: z.literal(0),
        message: z.object({
          role: z.literal("assistant"),
          content: z.string().nullable(),
          refusal: z.null(),
          annotations: z.array(z.looseObject({})),
          tool_calls: z.array(ToolCallSchema).optional(),
        }),
        logprobs: LogprobsSchema,
        finish_reason: z.enum(FINISH_REASONS),
      }),
    ),
    usage: CompletionUsageSchema,
  })
  .openapi("ChatCompletion", {
    example: {
      id: "chatcmpl-0b9b6c0f-2f1d-4a7e-8c35-d1f0a2b4c6d8",
      object: "chat.completion",
      created: 1767268800,
      model: "alex-1",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "Hey there!", refusal: null, annotations: [] },
          logprobs: null,
          finish_reason: "stop",
        },
      ],
      usage: {
        prompt_tokens: 120,
        completion_tokens: 25,
        total_tokens: 145,
        prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
        completion_tokens_details: {
          reasoning_tokens: 0,
          audio_tokens: 0,
          accepted_prediction_tokens: 0,
          rejected_prediction_tokens: 0,
        },
      },
    },
  });

const CompletionChunkSchema = z
  .object({
    id: z.string(),
    object: z.literal("chat.completion.chunk"),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.object({
        index: z.literal(0),
        delta: z.object({
          role: z.literal("assistant").optional(),
          content: z.string().optional(),
          tool_calls: z.array(ToolCallDeltaSchema).optional(),
        }),
        logprobs: LogprobsSchema,
        finish_reason: z.enum(FINISH_REASONS).nullable(),
      }),
    ),
    usage: CompletionUsageSchema.nullish(),
  })
  .openapi("ChatCompletionChunk");

/** One event of the stream: a chunk, or why there is no more. */
export const CompletionEventSchema = z
  .union([CompletionChunkSchema, OpenAiErrorSchema])
  .openapi("ChatCompletionEvent");

export const CHAT_STREAM_EXAMPLE = `data: {"id":"chatcmpl-…","object":"chat.completion.chunk","created":1767268800,"model":"alex-1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}

data: {"id":"chatcmpl-…","object":"chat.completion.chunk","created":1767268800,"model":"alex-1","choices":[{"index":0,"delta":{"content":"Hey"},"logprobs":null,"finish_reason":null}]}

data: {"id":"chatcmpl-…","object":"chat.completion.chunk","created":1767268800,"model":"alex-1","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}

data: [DONE]
`;

const usageOf = (reply: Message): z.output<typeof CompletionUsageSchema> => ({
  prompt_tokens: reply.promptTokens ?? 0,
  completion_tokens: reply.completionTokens ?? 0,
  total_tokens: reply.tokensUsed ?? 0,
  prompt_tokens_details: { cached_tokens: reply.cachedTokens ?? 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: reply.reasoningTokens ?? 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
});

/** What was stopped has ended as far as its client cares; what a crash cut off is short. */
function finishReasonOf({ status, finishReason }: Message): FinishReason {
  if (status === "interrupted") return "length";
  return FINISH_REASONS.find((reason) => reason === finishReason) ?? "stop";
}

/** What both forms of an answer begin with. */
const headOf = ({ id, model }: Terms, reply: Message) => ({
  id: id === undefined ? `chatcmpl_${reply.id}` : `chatcmpl-${id}`,
  created: Math.floor(reply.createdAt.getTime() / 1000),
  model,
});

/** What the client has said of its request for itself. */
const metadataIn = ({ notes }: Terms) =>
  (JSON.parse(notes ?? "{}") as { metadata?: Record<string, string> }).metadata;

const logprobsOf = (content: unknown[] | undefined) => (content ? { content, refusal: null } : null);

/** OpenAI's chat completions. */
export function openAiChat(terms: Terms): Dialect {
  const frame = (data: unknown) => `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
  const chunk = (reply: Message, choices: object[], usage: object | null = null) => {
    const { id, ...head } = headOf(terms, reply);
    return frame({ id, object: "chat.completion.chunk", ...head, choices, ...(terms.usage && { usage }) });
  };
  const delta = (opening: TurnEvent, given: object, more: object = {}) =>
    opening.type === "started"
      ? chunk(opening.reply, [{ index: 0, delta: given, logprobs: null, finish_reason: null, ...more }])
      : "";

  function lastFrames(event: EndedEvent, opening: TurnEvent): string {
    if (event.failure || !event.exchange) {
      return frame(toOpenAiError(toErrorBody(failureOf(event) ?? new AppError("internal_error"))));
    }
    const { reply } = event.exchange;
    return [
      delta(opening, {}, { finish_reason: finishReasonOf(reply) }),
      terms.usage ? chunk(reply, [], usageOf(reply)) : "",
      frame("[DONE]"),
    ].join("");
  }

  return {
    beginsEarly: true,
    heartbeat: ": still here\n\n",
    encode(event, _id, opening) {
      switch (event.type) {
        case "started":
          return delta(event, { role: "assistant", content: "" });
        case "text":
          return delta(opening, { content: event.text }, { logprobs: logprobsOf(event.logprobs) });
        case "tool_calls":
          return delta(opening, { tool_calls: event.calls });
        case "disclosure":
          return event.inText === "off" ? "" : delta(opening, { content: noticeLine(event) });
        case "withdrawn":
          return delta(opening, { content: "\n\n" });
        case "found":
        case "notice":
          return "";
        case "ended":
          return lastFrames(event, opening);
      }
    },
    answer(event, _notice, events) {
      if (event.failure || !event.exchange) return failedAnswer(event);
      const { reply } = event.exchange;
      const calls = toolCallsIn(events);
      const content = noticesIn(events) + reply.content;
      const message = {
        role: "assistant",
        content: content === "" && calls.length > 0 ? null : content,
        refusal: null,
        annotations: [],
        ...(calls.length > 0 && { tool_calls: calls }),
      };
      const choice = {
        index: 0,
        message,
        logprobs: logprobsOf(logprobsIn(events)),
        finish_reason: finishReasonOf(reply),
      };
      const { id, ...head } = headOf(terms, reply);
      const metadata = metadataIn(terms);
      const body = { id, object: "chat.completion", ...head, ...(metadata && { metadata }) };
      return { status: 200, body: { ...body, choices: [choice], usage: usageOf(reply) } };
    },
  };
}

/** The calls of the client's functions that a turn asks for, put together from their pieces. */
export function toolCallsIn(events: readonly TurnEvent[]): ToolCall[] {
  const calls: ToolCall[] = [];
  for (const event of events) {
    if (event.type !== "tool_calls") continue;
    for (const { index, id, function: piece } of event.calls) {
      const call = (calls[index] ??= { id: "", type: "function", function: { name: "", arguments: "" } });
      call.id ||= id ?? "";
      call.function.name ||= piece?.name ?? "";
      call.function.arguments += piece?.arguments ?? "";
    }
  }
  return calls.filter(Boolean);
}

/** What the law has shown, for clients that show nothing but the reply. */
export const noticesIn = (events: readonly TurnEvent[]) =>
  events
    .map((event) => (event.type === "disclosure" && event.inText !== "off" ? noticeLine(event) : ""))
    .join("");

export function logprobsIn(events: readonly TurnEvent[]): unknown[] | undefined {
  const all = events.flatMap((event) => (event.type === "text" && event.logprobs) || []);
  return all.length > 0 ? all : undefined;
}
