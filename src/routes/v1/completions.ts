import { z } from "@hono/zod-openapi";

import { contract, eventStream, jsonBody } from "../../http/contract";
import { acceptsEvents } from "../../http/request";
import { newRouter } from "../../http/router";
import { CHAT_STREAM_EXAMPLE, CompletionSchema } from "../../wire/openai-chat";
import { IdempotencyHeader, upstreamErrors } from "../messages";
import { ChatMessageSchema, toldIn } from "./messages";
import { chatFields, optional, parametersOf, refuseUnsupported, wishFields } from "./parameters";
import { placeOf, PlaceHeaders } from "./place";
import { MetadataSchema } from "./response-fields";
import { talk } from "./talk";

const RequestSchema = z
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
    metadata: optional(MetadataSchema, { purpose: "greeting" }).describe(
      "Kept with the reply, where that is, and repeated in its answer. `conversation_id` names a conversation of yours, as " +
        "`X-Conversation-Id` does.",
    ),
    ...chatFields,
    ...wishFields,
  })
  .openapi("ChatCompletionRequest");

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
    request: { headers: IdempotencyHeader.extend(PlaceHeaders.shape), ...jsonBody(RequestSchema) },
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
