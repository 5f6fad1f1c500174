import { z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { callConversation, latestExchange } from "../chat/client";
import type { Delivery, LatestExchange, Once } from "../chat/commands";
import { assertLength } from "../chat/length";
import { batchAs, retried, type Database } from "../db/client";
import { conversationById, ownConversation } from "../db/conversations";
import { conversationOfMessage, history, messageById, type Owned } from "../db/messages";
import type { Conversation, Message, Shown } from "../db/schema";
import { countBeside } from "../db/tree";
import { AppError } from "../errors";
import {
  ok,
  contract,
  countParameter,
  IfMatchHeader,
  idParameter,
  jsonBody,
  ConfirmationSchema,
  eventStream,
  isPlainText,
  textField,
} from "../http/contract";
import { linkNext } from "../http/paging";
import { acceptsEvents } from "../http/request";
import { newRouter, type AppEnv } from "../http/router";
import { nothingOf, swiftly } from "../http/swift";
import { ErrorSchema } from "../wire/error";
import { entityTag, MessageSchema, ShownMessageSchema, toMessage, toShown } from "../wire/rows";
import { AI_GENERATED } from "../wire/safety";
import { TimeSchema } from "../wire/time";
import { STREAM_EXAMPLE, TurnSchema } from "../wire/turn-stream";
import { ConversationParams } from "./conversations";

/** A failed turn is an error that holds what there is of the turn. */
export const TurnErrorSchema = ErrorSchema.extend(TurnSchema.partial().shape).openapi("TurnError");

/** What a turn answers: JSON when it has ended, or its events as they happen. */
export const turnAnswers = {
  200: {
    description:
      'The whole turn as JSON or, when asked for by `Accept: text/event-stream` or `"stream": true`, its events: ' +
      "`turn.started`, where they are due a `safety` and a `notice`, any number of `delta`, seldom a `turn.notice`, and exactly one of `turn.completed`, `turn.stopped`, " +
      "`turn.interrupted`, `turn.failed`. What is refused before it begins is answered as a JSON error, whatever was asked " +
      "for. Event ids count from 1. Lines that begin with a colon only keep the connection alive.",
    content: {
      "application/json": { schema: TurnSchema },
      ...eventStream("TurnEvent", STREAM_EXAMPLE),
    },
  },
};

/** How the call to a language model can fail. */
export const upstreamErrors = [
  "upstream_not_configured",
  "upstream_unreachable",
  "upstream_rate_limited",
  "upstream_timeout",
  "upstream_rejected_key",
  "upstream_rejected",
  "upstream_error",
  "upstream_incomplete",
] as const;

export const turnErrors = [
  "not_found",
  "forbidden",
  "precondition_failed",
  "turn_running",
  "turn_gone",
  "conversation_full",
  "conversation_deleted",
  "idempotency_key_reused",
  "too_many_readers",
  "storage_full",
  "allowance_exceeded",
  "persona_not_for_minors",
  "time_limit",
  "daily_ceiling_reached",
  "too_many_turns",
  ...upstreamErrors,
] as const;

/** The id of an event, as `Last-Event-ID` or a query has it. */
export const eventId = z
  .string()
  .regex(/^\d{1,9}$/, "must be the id of an event")
  .transform(Number)
  .optional();

export const IdempotencyHeader = z.object({
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

export const TurnHeaders = IfMatchHeader.extend(IdempotencyHeader.shape).extend({
  "last-event-id": eventId.openapi({
    type: "integer",
    description: "Of a request that is sent again: the last event seen. The stream goes on after it.",
    example: 3,
  }),
});
swiftly(TurnHeaders, nothingOf(TurnHeaders));

export const stream = z.object({ stream: z.boolean().optional().describe("Answer with the turn's events.") });
const isEmpty = (object: object) => Object.keys(object).length === 0;

/** Of any message, in characters. */
const LONGEST = 200_000;
export const ContentSchema = z.object({
  content: textField(LONGEST, { multiline: true }).openapi({ example: "Hi Alex! How are you doing today?" }),
});
export const SendSchema = swiftly(ContentSchema.extend(stream.shape).openapi("Send"), (body) => {
  const { content, stream: asked, ...others } = body;
  const isFlag = asked === undefined || typeof asked === "boolean";
  return isFlag && isPlainText(content, LONGEST) && isEmpty(others) ? body : undefined;
});

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
      ifMatch: headers["if-match"],
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
      ifMatch: headers["if-match"],
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
        variants: z
          .enum(["true", "false"])
          .default("false")
          .openapi({ description: "Say of each message how many variants there are of it." }),
      }),
    },
    responses: ok(
      z.array(ShownMessageSchema),
      "A page; its Link header names the one before it in time, its ETag the state of the conversation.",
    ),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { conversation_id: id } = c.req.valid("param");
    const { limit, before, variants } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const count = limit + 1;
    const asked = { id, userId: caller.userId };
    const [[[conversation], settled], latest] = await Promise.all([
      retried(() =>
        batchAs(db, caller, [
          conversationById(db, id),
          before === undefined ? history.latest(db, asked, count) : history.before(db, asked, before, count),
        ]),
      ),
      before === undefined ? latestExchange(c, id) : null,
    ]);
    const own = ownConversation(conversation, caller);
    const isAhead = latest?.nonce === own.nonce && latest.revision > own.revision;
    const rows = isAhead ? await withLatest(db, asked, settled, latest, count) : settled;
    const shown = rows.slice(-limit);
    const [first] = shown;
    if (rows.length > limit && first) linkNext(c, { before: first.id });
    c.header("ETag", entityTag(own));
    return c.json(shown.map(variants === "true" ? toShown : toMessage), 200, AI_GENERATED);
  },
);

/** The end of a history, with the newest exchange where the database does not have it yet. */
async function withLatest(
  db: Database,
  conversation: Owned,
  settled: Shown[],
  { said, reply }: LatestExchange,
  count: number,
): Promise<Shown[]> {
  const isNew = said !== null && said.id > (settled.at(-1)?.id ?? 0);
  const news = isNew ? [said, reply] : [reply];
  const [first] = news as [Message];
  const { parentId } = first;
  const [beside] = await retried(async () => countBeside(db, first));
  const shown = news.map((message, i): Shown => {
    const { others, older } = (i === 0 && beside) || { others: 0, older: 0 };
    return { ...message, variantCount: others + 1, variantIndex: older + 1 };
  });
  if (parentId === (settled.at(-1)?.id ?? null)) return [...settled, ...shown];
  // Another answer to an earlier message: the history goes up to that one, and then on with the answer.
  const earlier = await retried(() => history.through(db, conversation, parentId ?? 0, count));
  return [...earlier, ...shown];
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

const DeletionSchema = ConfirmationSchema.extend({
  deleted: z.int().describe("How many messages went."),
  undo_until: TimeSchema,
}).openapi("MessageDeletion", {
  example: {
    message: "Message 1048577 deleted successfully",
    deleted: 1,
    undo_until: "2026-01-01T12:10:00.000Z",
  },
});

messages.openapi(
  contract({
    method: "delete",
    path: "/messages/{message_id}",
    operationId: "deleteMessage",
    access: "chat",
    tags,
    summary: "Delete a message, alone or with all that follows it",
    request: {
      params: MessageParams,
      headers: IfMatchHeader,
      query: z.object({
        subtree: z.enum(["true", "false"]).default("false").openapi({
          description: "Also delete all that follows it, on every branch. Else what followed it stays.",
        }),
      }),
    },
    responses: ok(
      DeletionSchema,
      "It is gone. It can be had back for ten minutes, as long as nothing else is deleted.",
    ),
    errors: ["not_found", "forbidden", "turn_running", "precondition_failed"],
  }),
  (c) => {
    const { message_id: messageId } = c.req.valid("param");
    const withSubtree = c.req.valid("query").subtree === "true";
    const ifMatch = c.req.valid("header")["if-match"];
    const command = { type: "remove", messageId, withSubtree, ifMatch } as const;
    return callConversation(c, conversationOfMessage(messageId), command);
  },
);

type TurnHeaders = z.output<typeof TurnHeaders>;

/** How the turn is wanted. A request that is sent again goes on after the last event that its client has seen. */
export const deliveryOf = (
  c: Context<AppEnv>,
  stream: boolean | undefined,
  headers: TurnHeaders,
): Delivery => ({
  dialect: "turn",
  stream: stream ?? acceptsEvents(c),
  after: headers["last-event-id"] ?? 0,
});

/**
 * Holds a message to the configured length.
 * @throws AppError `validation_failed`
 */
export const checkLength = (c: Context<AppEnv>, content: string) =>
  assertLength(content, c.get("config").MESSAGE_MAX_CHARACTERS);

/** The request behind an idempotency key, by a hash: what was said need not be kept to be recognised. */
export async function onceOf(
  { "idempotency-key": key }: Pick<TurnHeaders, "idempotency-key">,
  request: string,
): Promise<Once | undefined> {
  if (key === undefined) return undefined;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(request));
  return { key, fingerprint: new Uint8Array(digest).toBase64() };
}
