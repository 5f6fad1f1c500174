import { z } from "@hono/zod-openapi";

import { CONTENT_FILTER, type Message } from "../db/schema";
import type { EndedEvent, Exchange, NoticeEvent, ToolCallsEvent, TurnEvent } from "../events/events";
import { AppError, toErrorBody } from "../errors";
import type { Answer, Dialect } from "./dialect";
import { ErrorSchema } from "./error";
import {
  CONVERSATION_EXAMPLE,
  ConversationSchema,
  MESSAGE_EXAMPLE,
  MessageSchema,
  toConversation,
  toMessage,
  turnId,
} from "./rows";
import { noticeLine, SafetySchema, ShownNoticeSchema, toSafety, toShown, toShownNotice } from "./safety";

/** What a client may be told while a turn goes on, by its code. */
export const NOTICES = {
  not_yet_in_history:
    "The reply is kept, but the database cannot take it yet: the history shows it as soon as it can.",
} as const satisfies Record<NoticeEvent["code"], string>;

export const NoticeSchema = z
  .object({ code: z.enum(["not_yet_in_history"]), detail: z.string() })
  .describe("Something to know of a turn beside its messages.")
  .openapi("Notice", { example: { code: "not_yet_in_history", detail: NOTICES.not_yet_in_history } });

export const toNotice = (code: NoticeEvent["code"]) => ({ code, detail: NOTICES[code] });

export const TURN_EXAMPLE = {
  notices: [],
  safety: null,
  conversation: CONVERSATION_EXAMPLE,
  user_message: {
    ...MESSAGE_EXAMPLE,
    id: 1048577,
    parent_id: null,
    turn_id: null,
    role: "user" as const,
    content: "Hi Alex!",
    recalled: null,
    finish_reason: null,
    tokens_used: null,
    model_used: null,
    usage: null,
    response_time_ms: null,
    first_token_ms: null,
  },
  assistant_message: MESSAGE_EXAMPLE,
};

export const TurnSchema = z
  .object({
    conversation: ConversationSchema,
    user_message: MessageSchema.nullable().describe("What the reply answers; null where it answers nothing."),
    assistant_message: MessageSchema,
    notices: z.array(ShownNoticeSchema).describe("To be shown before the reply."),
    safety: SafetySchema.nullable(),
    notice: NoticeSchema.optional(),
  })
  .openapi("Turn", { example: TURN_EXAMPLE });

const event = <const E extends string, S extends z.ZodType>(name: E, data: S) =>
  z.object({ id: z.int().describe("Counts from 1 within the turn."), event: z.literal(name), data });
const reason = z.literal("safety").optional().describe("Where it was cut because of what it said.");
const EndedSchema = TurnSchema.extend({ reason });

/** The events of a turn, each as the fields that its frame has. */
export const TurnEventSchema = z
  .union([
    event(
      "turn.started",
      z.object({
        turn_id: z.string(),
        conversation_id: z.int(),
        user_message: MessageSchema.nullable(),
        assistant_message: MessageSchema,
      }),
    ),
    event("safety", SafetySchema),
    event("notice", ShownNoticeSchema),
    event("delta", z.object({ text: z.string() })),
    event(
      "message.withdrawn",
      z
        .object({ message_id: z.int(), text: z.string().describe("What the reply says without it.") })
        .describe(
          "What the model has said in this turn is taken back: show this in its place, and what follows.",
        ),
    ),
    event("turn.notice", NoticeSchema),
    event("turn.completed", EndedSchema),
    event("turn.stopped", EndedSchema),
    event("turn.interrupted", EndedSchema),
    event("turn.failed", ErrorSchema.omit({ request_id: true }).extend(TurnSchema.partial().shape)),
  ])
  .openapi("TurnEvent");

export const STREAM_EXAMPLE = `id: 1
event: turn.started
data: {"turn_id":"turn_1048578","conversation_id":1,"user_message":{…},"assistant_message":{…,"status":"in_progress"}}

id: 2
event: notice
data: {"id":"ntc_1048578_1","kind":"ai_disclosure","text":"You are talking to an AI, not a human.","locale":"en","must_show":true}

id: 3
event: delta
data: {"text":"Hey"}

id: 4
event: delta
data: {"text":" there!"}

id: 5
event: turn.completed
data: {"conversation":{…},"user_message":{…},"assistant_message":{…,"status":"complete"}}
`;

const toExchange = ({ conversation, said, reply }: Exchange) => ({
  conversation: conversation && toConversation(conversation),
  user_message: said && toMessage(said),
  assistant_message: toMessage(reply),
  ...toShown(reply),
});

/** Whether a reply was cut because of what it said. */
export const isCut = ({ status, finishReason }: Pick<Message, "status" | "finishReason">) =>
  status === "stopped" && finishReason === CONTENT_FILTER;

const ENDED = {
  complete: "turn.completed",
  stopped: "turn.stopped",
  interrupted: "turn.interrupted",
} as const;

/** The error that a failed turn is, with what there is of the turn; null where it is no failure. */
export function failureOf({ exchange, failure }: EndedEvent): AppError | null {
  if (!failure) return null;
  const retryAfter = failure.retryAfter && { retry_after: failure.retryAfter };
  return new AppError(failure.code, { extra: { ...(exchange && toExchange(exchange)), ...retryAfter } });
}

/** A failed turn as an answer. */
export function failedAnswer(event: EndedEvent): Answer {
  const failure = failureOf(event) ?? new AppError("internal_error");
  const after = event.failure?.retryAfter;
  const headers = after ? { "Retry-After": String(after) } : undefined;
  return { status: failure.status, headers, body: toErrorBody(failure) };
}

function endedFrame(event: EndedEvent): Frame {
  const failure = failureOf(event);
  if (failure || !event.exchange) return ["turn.failed", toErrorBody(failure)];
  const { status } = event.exchange.reply;
  const name = status === "stopped" || status === "complete" ? ENDED[status] : ENDED.interrupted;
  const reason = isCut(event.exchange.reply) && { reason: "safety" };
  return [name, { ...toExchange(event.exchange), ...reason }];
}

type Frame = [event: string, data: unknown];

function frameOf(event: Exclude<TurnEvent, ToolCallsEvent>): Frame {
  switch (event.type) {
    case "started": {
      const { number, said, reply } = event;
      const messages = { user_message: said && toMessage(said), assistant_message: toMessage(reply) };
      return [
        "turn.started",
        { turn_id: turnId(number), conversation_id: reply.conversationId, ...messages },
      ];
    }
    case "text":
      return ["delta", { text: event.text }];
    case "disclosure":
      return ["notice", toShownNotice(event.notice)];
    case "found":
      return ["safety", toSafety(event)];
    case "withdrawn":
      return ["message.withdrawn", { message_id: event.messageId, text: event.text }];
    case "notice":
      return ["turn.notice", toNotice(event.code)];
    case "ended":
      return endedFrame(event);
  }
}

const frameText = (id: number, ...[name, data]: Frame) =>
  `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** The API's own dialect: named events, and the turn as JSON. */
export const turnDialect: Dialect = {
  heartbeat: ": still here\n\n",
  encode(event, id) {
    if (event.type === "tool_calls") return "";
    const frame = frameText(id, ...frameOf(event));
    if (event.type !== "disclosure" || event.inText !== "on") return frame;
    return frame + frameText(id, "delta", { text: noticeLine(event) });
  },
  answer(event, notice) {
    if (event.failure || !event.exchange) return failedAnswer(event);
    const body = { ...toExchange(event.exchange), ...(notice && { notice: toNotice(notice) }) };
    return { status: 200, body };
  },
};
