import { z } from "@hono/zod-openapi";

import { contract, eventStream, jsonBody } from "../../http/contract";
import { acceptsEvents } from "../../http/request";
import { newRouter } from "../../http/router";
import { isObject, isWithin, nothingOf, swiftly } from "../../http/swift";
import { CHAT_STREAM_EXAMPLE, CompletionSchema } from "../../wire/openai-chat";
import { IdempotencyHeader, upstreamErrors } from "../messages";
import { ChatMessageSchema, toldIn } from "./messages";
import { chatFields, MOST_TOKENS, optional, parametersOf } from "./parameters";
import { placeOf, PlaceHeaders, refusal } from "./place";
import { MetadataSchema } from "./response-fields";
import { talk } from "./talk";

export const RequestSchema = z
  .looseObject({
    model: z.string().max(256).openapi({ example: "alex-1" }),
    messages: z
      .array(ChatMessageSchema)
      .min(1)
      .max(10_000)
      .openapi({ example: [{ role: "user", content: "Hi Alex! How are you doing today?" }] }),
    stream: optional(z.boolean(), false),
    stream_options: optional(z.looseObject({ include_usage: z.boolean().nullish() }), {
      include_usage: true,
    }),
    n: optional(z.int().min(1), 1).describe("1, if anything: one persona has one voice."),
    modalities: optional(z.array(z.string()), ["text"]),
    metadata: optional(MetadataSchema, { purpose: "greeting" }).describe(
      "Kept with the reply, where that is, and repeated in its answer. `conversation_id` names a conversation of yours, as " +
        "`X-Conversation-Id` does.",
    ),
    ...chatFields,
  })
  .openapi("ChatCompletionRequest");

const ROLES = new Set<unknown>(ChatMessageSchema.shape.role.options);
const CHECKED = new Set(Object.keys(ChatMessageSchema.shape));

/** A message of a role that says a text, and nothing else that is looked at. */
const isPlainMessage = (message: unknown): boolean =>
  isObject(message) &&
  ROLES.has(message.role) &&
  typeof message.content === "string" &&
  Object.keys(message).every((name) => name === "role" || name === "content" || !CHECKED.has(name));

/** What most clients send, and how it plainly is right; of the other fields none may be there. */
const PLAIN = new Map<string, (value: unknown) => boolean>([
  ["model", (value) => typeof value === "string" && value.length <= 256],
  [
    "messages",
    (value) => Array.isArray(value) && isWithin(value.length, 1, 10_000) && value.every(isPlainMessage),
  ],
  ["stream", (value) => typeof value === "boolean"],
  ["stream_options", (value) => isObject(value) && typeof value.include_usage === "boolean"],
  ["temperature", (value) => isWithin(value, 0, 2)],
  ["top_p", (value) => isWithin(value, 0, 1)],
  ["presence_penalty", (value) => isWithin(value, -2, 2)],
  ["frequency_penalty", (value) => isWithin(value, -2, 2)],
  ["max_tokens", (value) => Number.isInteger(value) && isWithin(value, 1, MOST_TOKENS)],
]);

/** A body that the schema takes as it is. */
function isPlain(body: Record<string, unknown>): boolean {
  const fits = (name: string) => PLAIN.get(name)?.(body[name]) ?? !(name in RequestSchema.shape);
  return "model" in body && "messages" in body && Object.keys(body).every(fits);
}
swiftly(RequestSchema, (body) => (isPlain(body) ? body : undefined));

const CompletionHeaders = IdempotencyHeader.extend(PlaceHeaders.shape);
swiftly(CompletionHeaders, nothingOf(CompletionHeaders));

export const completions = newRouter();

completions.openapi(
  contract({
    method: "post",
    path: "/chat/completions",
    operationId: "createChatCompletion",
    access: "chat",
    openai: true,
    rate: "turns",
    tags: ["OpenAI"],
    summary: "Have a persona answer, as OpenAI's chat completions do",
    request: { headers: CompletionHeaders, ...jsonBody(RequestSchema) },
    responses: {
      200: {
        description:
          "The persona's answer to the history in the request, which is kept nowhere, or to what is new in it, in a conversation " +
          "of yours (`X-Conversation-Id`, which the answer then has, too); or, with `stream`, its chunks and then " +
          "`[DONE]`. A failure after the first of them is an event with an `error`, and no `[DONE]`. `X-Context-Left-Out` " +
          "says how many of the oldest messages had no room.",
        content: {
          "application/json": { schema: CompletionSchema },
          ...eventStream("ChatCompletionEvent", CHAT_STREAM_EXAMPLE),
        },
      },
    },
    errors: [
      "model_not_found",
      "not_found",
      "forbidden",
      "turn_running",
      "turn_gone",
      "conversation_full",
      "conversation_deleted",
      "idempotency_key_reused",
      "too_many_readers",
      "unsupported_value",
      "unsupported_content",
      "context_length_exceeded",
      "allowance_exceeded",
      "daily_ceiling_reached",
      "too_many_turns",
      ...upstreamErrors,
    ],
  }),
  async (c) => {
    const asked = c.req.valid("json");
    const { model, stream, stream_options: options, metadata } = asked;
    refuseUnsupported(asked);
    const notes = metadata ? JSON.stringify({ metadata }) : undefined;
    return talk(
      c,
      {
        place: placeOf(c, metadata),
        model,
        told: toldIn(asked.messages),
        path: "body.messages",
        parameters: parametersOf(asked),
        idempotencyKey: c.req.valid("header")["idempotency-key"],
        notes,
      },
      {
        dialect: "openai-chat",
        terms: { model, usage: options?.include_usage ?? false, notes },
        stream: stream ?? acceptsEvents(c),
      },
    );
  },
);

/** @throws AppError `unsupported_value` */
function refuseUnsupported({ n, modalities }: z.output<typeof RequestSchema>): void {
  if (n && n > 1)
    throw refusal("unsupported_value", "body.n", "One persona gives one answer: `n` can only be 1.");
  if (modalities?.some((kind) => kind !== "text"))
    throw refusal("unsupported_value", "body.modalities", "Only text can be answered.");
}
