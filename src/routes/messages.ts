import { z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { callConversation, latestExchange } from "../chat/client";
import type { Delivery, LatestExchange, Once } from "../chat/commands";
import { batchAs, retried, type Database } from "../db/client";
import { conversationById, ownConversation } from "../db/conversations";
import {
  conversationOfMessage,
  latestMessages,
  messageById,
  messagesBefore,
  messagesThrough,
  type Owned,
} from "../db/messages";
import type { Conversation, Message } from "../db/schema";
import { AppError } from "../errors";
import {
  ok,
  contract,
  countParameter,
  ErrorSchema,
  idParameter,
  jsonBody,
  ConfirmationSchema,
  textField,
} from "../http/contract";
import { linkNext } from "../http/paging";
import { acceptsEvents } from "../http/request";
import { newRouter, type AppEnv } from "../http/router";
import { MessageSchema, toMessage } from "../wire/rows";
import { STREAM_EXAMPLE, TurnSchema } from "../wire/turn-stream";
import { ConversationParams } from "./conversations";

/** A failed turn is an error that holds what there is of the turn. */
const TurnErrorSchema = ErrorSchema.extend(TurnSchema.partial().shape).openapi("TurnError");

/** What a turn answers: JSON when it has ended, or its events as they happen. */
const turnAnswers = {
  200: {
    description:
      'The whole turn as JSON or, when asked for by `Accept: text/event-stream` or `"stream": true`, its events: ' +
      "`turn.started`, any number of `delta`, seldom a `turn.notice`, and exactly one of `turn.completed`, `turn.stopped`, " +
      "`turn.interrupted`, `turn.failed`. What is refused before it begins is answered as a JSON error, whatever was asked " +
      "for. Event ids count from 1. Lines that begin with a colon only keep the connection alive.",
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
  "too_many_readers",
  "allowance_exceeded",
  ...upstreamErrors,
] as const;

/** The id of an event, as `Last-Event-ID` or a query has it. */
export const eventId = z
  .string()
  .regex(/^\d{1,9}$/, "must be the id of an event")
  .transform(Number)
  .optional();

const TurnHeaders = z.object({
  "idempotency-key": z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 visible ASCII characters")
    .optional()
    .openapi({
      description:
        "Names this request: sent again with the same key and body it joins or replays the same turn. Kept for 24 hours.",
      example: "5f0c2d1e-8f5b-4c5e-9d43-0f3d9e2b7a61",
    }),
  "last-event-id": eventId.openapi({
    type: "integer",
    description: "Of a request that is sent again: the last event seen. The stream goes on after it.",
    example: 3,
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
    request: { params: ConversationParams, headers: TurnHeaders, ...jsonBody(SendSchema) },
    responses: turnAnswers,
    errors: turnErrors,
    failure: TurnErrorSchema,
  }),
  async (c) => {
    const { content, stream: asked } = c.req.valid("json");
    checkLength(c, content);
    const headers = c.req.valid("header");
    return callConversation(c, c.req.valid("param").conversation_id, {
      type: "send",
      content,
      delivery: deliveryOf(c, asked, headers),
      once: await onceOf(headers, `send ${content}`),
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
      headers: TurnHeaders,
      body: { required: false as const, content: { "application/json": { schema: stream } } },
    },
    responses: turnAnswers,
    errors: [...turnErrors, "nothing_to_answer"],
    failure: TurnErrorSchema,
  }),
  async (c) => {
    const { conversation_id, message_id } = c.req.valid("param");
    const asked = c.req.valid("json")?.stream;
    const headers = c.req.valid("header");
    return callConversation(c, conversation_id, {
      type: "regenerate",
      messageId: message_id,
      delivery: deliveryOf(c, asked, headers),
      once: await onceOf(headers, `regenerate ${message_id}`),
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
    responses: ok(z.array(MessageSchema), "A page; its Link header names the one before it in time."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { conversation_id: id } = c.req.valid("param");
    const { limit, before } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const stretch = { count: limit + 1 };
    const asked = { id, userId: caller.userId };
    const [[[conversation], settled], latest] = await Promise.all([
      retried(() =>
        batchAs(db, caller, [
          conversationById(db, id),
          before === undefined
            ? latestMessages(db, asked, stretch)
            : messagesBefore(db, asked, before, stretch),
        ]),
      ),
      before === undefined ? latestExchange(c, id) : null,
    ]);
    const { nonce } = ownConversation(conversation, caller);
    const rows = latest?.nonce === nonce ? await withLatest(db, asked, settled, latest, stretch) : settled;
    const shown = rows.slice(-limit);
    const [first] = shown;
    if (rows.length > limit && first) linkNext(c, { before: first.id });
    return c.json(shown.map(toMessage), 200);
  },
);

/** The end of a history, with the newest exchange even where the database does not have it yet. */
async function withLatest(
  db: Database,
  conversation: Owned,
  settled: Message[],
  { said, reply }: LatestExchange,
  stretch: { count: number },
): Promise<Message[]> {
  if ((settled.at(-1)?.id ?? 0) >= reply.id) return settled;
  const isNew = said !== null && said.id > (settled.at(-1)?.id ?? 0);
  const news = isNew ? [said, reply] : [reply];
  const [{ parentId }] = news as [Message];
  if (parentId === (settled.at(-1)?.id ?? null)) return [...settled, ...news];
  // Another answer to an earlier message: the history goes up to that one, and then on with the answer.
  const earlier = await retried(() => messagesThrough(db, conversation, parentId ?? 0, stretch));
  return [...earlier, ...news];
}

export const MessageParams = z.object({ message_id: idParameter("The message's id.") });
const messageNotFound = () => new AppError("not_found", { detail: "Message not found" });

/**
 * A message of the caller's.
 * @throws AppError `unauthenticated`, `not_found`, `forbidden`
 */
export async function ownMessage(c: Context<AppEnv>, id: number): Promise<Message> {
  const [db, caller] = [c.get("db"), c.get("caller")];
  const asked = { id: conversationOfMessage(id), userId: caller.userId };
  const [[conversation], [row]] = await retried(() =>
    batchAs(db, caller, [conversationById(db, asked.id), messageById(db, asked, id)]),
  );
  if (!conversation) throw messageNotFound();
  ownConversation(conversation, caller);
  const message = row ?? (await unsettledMessage(c, conversation, id));
  if (!message) throw messageNotFound();
  return message;
}

/** A message of the turn that is being written. */
async function unsettledMessage(c: Context<AppEnv>, conversation: Conversation, id: number) {
  const latest = await latestExchange(c, conversation.id);
  if (latest?.nonce !== conversation.nonce) return undefined;
  return [latest.said, latest.reply].find((message) => message?.id === id);
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
    responses: ok(MessageSchema, "The message."),
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
    responses: ok(ConfirmationSchema, "It is gone."),
    errors: ["not_found", "forbidden", "turn_running"],
  }),
  (c) => {
    const { message_id: messageId } = c.req.valid("param");
    return callConversation(c, conversationOfMessage(messageId), { type: "remove", messageId });
  },
);

type TurnHeaders = z.output<typeof TurnHeaders>;

/** How the turn is wanted. A request that is sent again goes on after the last event that its client has seen. */
const deliveryOf = (c: Context<AppEnv>, stream: boolean | undefined, headers: TurnHeaders): Delivery => ({
  dialect: "turn",
  stream: stream ?? acceptsEvents(c),
  after: headers["last-event-id"] ?? 0,
});

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
async function onceOf({ "idempotency-key": key }: TurnHeaders, request: string): Promise<Once | undefined> {
  if (key === undefined) return undefined;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(request));
  return { key, fingerprint: new Uint8Array(digest).toBase64() };
}
