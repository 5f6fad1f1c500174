import { z } from "@hono/zod-openapi";
import type { Context } from "hono";

import type { Once } from "../chat/client";
import { toMessage } from "../chat/wire";
import { batchAs, retried } from "../db/client";
import { conversationById, ownConversation } from "../db/conversations";
import { conversationOfMessage, latestMessages, messageById, messagesBefore } from "../db/messages";
import { MESSAGE_STATUSES, type Message } from "../db/schema";
import { AppError, ERRORS, type ErrorCode } from "../errors";
import {
  answers,
  contract,
  countParameter,
  ErrorSchema,
  idParameter,
  jsonBody,
  MessageSchema as DeletedSchema,
  textField,
  TimeSchema,
} from "../http/contract";
import { linkNext } from "../http/paging";
import { newRouter, type AppEnv } from "../http/router";
import { ConversationParams, ConversationSchema } from "./conversations";
import { handOn } from "./hand-on";

const UsageSchema = z
  .object({
    prompt_tokens: z.int(),
    cached_tokens: z.int().describe("Of the prompt's tokens: read from the provider's cache."),
    cache_write_tokens: z.int().describe("Of the prompt's tokens: written to the provider's cache."),
    completion_tokens: z.int(),
    reasoning_tokens: z.int().describe("Of the completion's tokens: spent on reasoning."),
    cost_usd: z.number().nullable().describe("Null where the model's price is not known."),
    estimated: z.boolean().describe("True where the provider reported no usage."),
  })
  .openapi("Usage");

export const MessageSchema = z
  .object({
    id: z.int(),
    conversation_id: z.int(),
    parent_id: z.int().nullable().describe("The message before it on its branch."),
    turn_id: z.string().nullable().describe("The turn that wrote this reply."),
    role: z.enum(["user", "assistant"]),
    content: z.string(),
    status: z.enum(MESSAGE_STATUSES),
    finish_reason: z.string().nullable(),
    error_code: z
      .enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]])
      .nullable()
      .describe("Why a reply failed."),
    tokens_used: z.int().nullable().describe("Prompt and completion together."),
    model_used: z.string().nullable().describe("The model that answered."),
    response_time_ms: z.int().nullable(),
    first_token_ms: z.int().nullable(),
    usage: UsageSchema.nullable(),
    created_at: TimeSchema,
  })
  .openapi("Message", {
    example: {
      id: 1048578,
      conversation_id: 1,
      parent_id: 1048577,
      turn_id: "turn_1048578",
      role: "assistant",
      content: "Hey there! I'm doing great, thanks for asking! How about you?",
      status: "complete",
      finish_reason: "stop",
      error_code: null,
      tokens_used: 145,
      model_used: "gpt-3.5-turbo-0125",
      response_time_ms: 1200,
      first_token_ms: 310,
      usage: {
        prompt_tokens: 120,
        cached_tokens: 0,
        cache_write_tokens: 0,
        completion_tokens: 25,
        reasoning_tokens: 0,
        cost_usd: 0.000098,
        estimated: false,
      },
      created_at: "2026-01-01T12:05:01.000Z",
    },
  });

export const TurnSchema = z
  .object({
    conversation: ConversationSchema,
    user_message: MessageSchema,
    assistant_message: MessageSchema,
  })
  .openapi("Turn");

export const STREAM_EXAMPLE = `id: 1
event: turn.started
data: {"turn_id":"turn_1048578","conversation_id":1,"user_message":{…},"assistant_message":{…,"status":"in_progress"}}

id: 2
event: delta
data: {"text":"Hey"}

id: 3
event: delta
data: {"text":" there!"}

id: 4
event: turn.completed
data: {"conversation":{…},"user_message":{…},"assistant_message":{…,"status":"complete"}}
`;

/** A failed turn is an error that holds what there is of the turn. */
const TurnErrorSchema = ErrorSchema.extend(TurnSchema.partial().shape).openapi("TurnError");

/** What a turn answers: JSON when it has ended, or its events as they happen. */
const turnAnswers = {
  200: {
    description:
      'The whole turn as JSON or, when asked for by `Accept: text/event-stream` or `"stream": true`, its events: ' +
      "`turn.started`, any number of `delta`, and exactly one of `turn.completed`, `turn.stopped`, `turn.interrupted`, " +
      "`turn.failed`. What is refused before it begins is answered as a JSON error, whatever was asked for. Event ids " +
      "count from 1. Lines that begin with a colon only keep the connection alive.",
    content: {
      "application/json": { schema: TurnSchema },
      "text/event-stream": { schema: z.string().openapi({ example: STREAM_EXAMPLE }) },
    },
  },
};

const upstreamErrors = [
  "upstream_not_configured",
  "upstream_unreachable",
  "upstream_rate_limited",
  "upstream_timeout",
  "upstream_rejected_key",
  "upstream_rejected",
  "upstream_error",
  "upstream_incomplete",
] as const;

const turnErrors = [
  "not_found",
  "forbidden",
  "turn_running",
  "turn_gone",
  "conversation_full",
  "conversation_deleted",
  "idempotency_key_reused",
  "allowance_exceeded",
  ...upstreamErrors,
] as const;

const OnceHeaders = z.object({
  "idempotency-key": z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 visible ASCII characters")
    .optional()
    .openapi({
      description:
        "Names this request: sent again with the same key and body it joins or replays the same turn. Kept for 24 hours.",
      example: "5f0c2d1e-8f5b-4c5e-9d43-0f3d9e2b7a61",
    }),
});

const stream = z.object({ stream: z.boolean().optional().describe("Answer with the turn's events.") });
export const ContentSchema = z.object({
  content: textField(200_000, { multiline: true }).openapi({ example: "Hi Alex! How are you doing today?" }),
});
const SendSchema = ContentSchema.extend(stream.shape).openapi("Send");

export const messages = newRouter();
const tags = ["Messages"];

messages.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/send",
    operationId: "sendMessage",
    access: "chat",
    rate: "turns",
    tags,
    summary: "Say something and get the persona's reply",
    request: { params: ConversationParams, headers: OnceHeaders, ...jsonBody(SendSchema) },
    responses: turnAnswers,
    errors: turnErrors,
    failure: TurnErrorSchema,
  }),
  async (c) => {
    const { content, stream: asked } = c.req.valid("json");
    checkLength(c, content);
    return handOn(c, c.req.valid("param").conversation_id, {
      verb: "send",
      content,
      stream: wantsStream(c, asked),
      once: await onceOf(c.req.valid("header")["idempotency-key"], `send ${content}`),
    });
  },
);

messages.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/messages/{message_id}/regenerate",
    operationId: "regenerateReply",
    access: "chat",
    rate: "turns",
    tags,
    summary: "Answer a message again; the new reply takes the old one's place, which is kept",
    request: {
      params: ConversationParams.extend({
        message_id: idParameter("The reply, or the user's message it answers."),
      }),
      headers: OnceHeaders,
      body: { required: false as const, content: { "application/json": { schema: stream } } },
    },
    responses: turnAnswers,
    errors: [...turnErrors, "nothing_to_answer"],
    failure: TurnErrorSchema,
  }),
  async (c) => {
    const { conversation_id, message_id } = c.req.valid("param");
    const asked = c.req.valid("json")?.stream;
    return handOn(c, conversation_id, {
      verb: "regenerate",
      messageId: message_id,
      stream: wantsStream(c, asked),
      once: await onceOf(c.req.valid("header")["idempotency-key"], `regenerate ${message_id}`),
    });
  },
);

messages.openapi(
  contract({
    method: "get",
    path: "/conversations/{conversation_id}/messages",
    operationId: "listMessages",
    access: "read",
    tags,
    summary: "Read the conversation: its latest messages, in chronological order",
    request: {
      params: ConversationParams,
      query: z.object({
        limit: countParameter(1, 100, 100),
        before: idParameter("Only messages before this one.").optional(),
      }),
    },
    responses: answers(z.array(MessageSchema), "A page; its Link header names the one before it in time."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { conversation_id: id } = c.req.valid("param");
    const { limit, before } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const stretch = { count: limit + 1 };
    const [[conversation], rows] = await retried(() =>
      batchAs(db, caller, [
        conversationById(db, id),
        before === undefined ? latestMessages(db, id, stretch) : messagesBefore(db, id, before, stretch),
      ]),
    );
    ownConversation(conversation, caller);
    const shown = rows.slice(-limit);
    if (rows.length > limit) linkNext(c, { before: shown[0]!.id });
    return c.json(shown.map(toMessage), 200);
  },
);

export const MessageParams = z.object({ message_id: idParameter("The message's id.") });
const messageNotFound = () => new AppError("not_found", { detail: "Message not found" });

/**
 * A message of the caller's.
 * @throws AppError `unauthenticated`, `not_found`, `forbidden`
 */
export async function ownMessage(c: Context<AppEnv>, id: number): Promise<Message> {
  const [db, caller] = [c.get("db"), c.get("caller")];
  const conversationId = conversationOfMessage(id);
  const [[conversation], [row]] = await retried(() =>
    batchAs(db, caller, [conversationById(db, conversationId), messageById(db, conversationId, id)]),
  );
  if (!conversation) throw messageNotFound();
  ownConversation(conversation, caller);
  if (!row) throw messageNotFound();
  return row;
}

messages.openapi(
  contract({
    method: "get",
    path: "/messages/{message_id}",
    operationId: "getMessage",
    access: "read",
    tags,
    summary: "Show one message",
    request: { params: MessageParams },
    responses: answers(MessageSchema, "The message."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => c.json(toMessage(await ownMessage(c, c.req.valid("param").message_id)), 200),
);

messages.openapi(
  contract({
    method: "delete",
    path: "/messages/{message_id}",
    operationId: "deleteMessage",
    access: "chat",
    tags,
    summary: "Delete one message; what followed it stays",
    request: { params: MessageParams },
    responses: answers(DeletedSchema, "It is gone."),
    errors: ["not_found", "forbidden", "turn_running"],
  }),
  (c) => {
    const { message_id: messageId } = c.req.valid("param");
    return handOn(c, conversationOfMessage(messageId), { verb: "remove", messageId });
  },
);

function wantsStream(c: Context<AppEnv>, asked: boolean | undefined): boolean {
  return asked ?? c.req.header("accept")?.includes("text/event-stream") ?? false;
}

/**
 * Holds a message to the configured length.
 * @throws AppError `validation_failed`
 */
export function checkLength(c: Context<AppEnv>, content: string): void {
  const maximum = c.get("config").MESSAGE_MAX_CHARACTERS;
  if ([...content].length <= maximum) return;
  const message = `must have at most ${maximum} characters`;
  throw new AppError("validation_failed", {
    detail: `body.content: ${message}`,
    errors: [{ path: "body.content", message }],
  });
}

/** The request behind an idempotency key, by a hash: what was said need not be kept to be recognised. */
async function onceOf(key: string | undefined, request: string): Promise<Once | undefined> {
  if (key === undefined) return undefined;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(request));
  return { key, fingerprint: new Uint8Array(digest).toBase64() };
}
