import { z } from "@hono/zod-openapi";

import type { EndedEvent, Exchange, NoticeEvent, ToolCallsEvent, TurnEvent } from "../events/events";
import { AppError, toErrorBody } from "../errors";
import type { Answer, Dialect } from "./dialect";
import { ConversationSchema, MessageSchema, toConversation, toMessage, turnId } from "./rows";

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

export const TurnSchema = z
  .object({
    conversation: ConversationSchema,
    user_message: MessageSchema,
    assistant_message: MessageSchema,
    notice: NoticeSchema.optional(),
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

const toExchange = ({ conversation, said, reply }: Exchange) => ({
  conversation: conversation && toConversation(conversation),
  user_message: said && toMessage(said),
  assistant_message: toMessage(reply),
});

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
  return [name, toExchange(event.exchange)];
}

type Frame = [event: string, data: unknown];

function frameOf(event: Exclude<TurnEvent, ToolCallsEvent>): Frame {
  switch (event.type) {
    case "started": {
      const { said, reply } = event;
      const messages = { user_message: said && toMessage(said), assistant_message: toMessage(reply) };
      return [
        "turn.started",
        { turn_id: turnId(reply.id), conversation_id: reply.conversationId, ...messages },
      ];
    }
    case "text":
      return ["delta", { text: event.text }];
    case "notice":
      return ["turn.notice", toNotice(event.code)];
    case "ended":
      return endedFrame(event);
  }
}

/** The API's own dialect: named events, and the turn as JSON. */
export const turnDialect: Dialect = {
  heartbeat: ": still here\n\n",
  encode(event, id) {
    if (event.type === "tool_calls") return "";
    const [name, data] = frameOf(event);
    return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  },
  answer(event, notice) {
    if (event.failure || !event.exchange) return failedAnswer(event);
    const body = { ...toExchange(event.exchange), ...(notice && { notice: toNotice(notice) }) };
    return { status: 200, body };
  },
};
