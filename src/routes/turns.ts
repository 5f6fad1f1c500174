import { z } from "@hono/zod-openapi";

import { callConversation } from "../chat/client";
import { MESSAGE_STATUSES } from "../db/schema";
import { ok, contract, eventStream } from "../http/contract";
import { TimeSchema } from "../wire/time";
import { MessageSchema } from "../wire/rows";
import { NoticeSchema, STREAM_EXAMPLE } from "../wire/turn-stream";
import { newRouter } from "../http/router";
import { ConversationParams } from "./conversations";
import { eventId } from "./messages";

const turnIdParameter = z
  .string()
  .regex(/^turn_[1-9]\d{0,15}$/, "must be a turn's id")
  .openapi({ description: "The turn's id.", example: "turn_1048578" });
const TurnParams = ConversationParams.extend({ turn_id: turnIdParameter });

export const turns = newRouter();
const tags = ["Turns"];

turns.openapi(
  contract({
    method: "get",
    path: "/conversations/{conversation_id}/turns/current",
    operationId: "getRunningTurn",
    access: "read",
    tags,
    summary: "Is a reply being written?",
    request: { params: ConversationParams },
    responses: {
      ...ok(
        z
          .object({
            turn_id: z.string(),
            conversation_id: z.int(),
            user_message_id: z.int().nullable(),
            assistant_message_id: z.int(),
            started_at: TimeSchema,
            events: z.string().describe("Where its events are."),
          })
          .openapi("RunningTurn", {
            example: {
              turn_id: "turn_1048578",
              conversation_id: 1,
              user_message_id: 1048577,
              assistant_message_id: 1048578,
              started_at: "2026-01-01T12:05:00.000Z",
              events: "/chat/conversations/1/turns/turn_1048578/events",
            },
          }),
        "The running turn.",
      ),
      204: { description: "No turn is running." },
    },
    errors: ["not_found", "forbidden"],
  }),
  (c) => callConversation(c, c.req.valid("param").conversation_id, { type: "current" }),
);

turns.openapi(
  contract({
    method: "get",
    path: "/conversations/{conversation_id}/turns/{turn_id}/events",
    operationId: "followTurn",
    access: "read",
    tags,
    summary: "Follow a turn from where you left off",
    request: {
      params: TurnParams,
      query: z.object({
        after: eventId.openapi({
          type: "integer",
          minimum: 0,
          maximum: 999_999_999,
          description: "The id of the last event seen.",
          example: 3,
        }),
      }),
      headers: z.object({
        "last-event-id": eventId.openapi({
          type: "integer",
          minimum: 0,
          maximum: 999_999_999,
          description: "The same, as browsers send it.",
          example: 3,
        }),
      }),
    },
    responses: {
      200: {
        description:
          "The turn's events after that one, then those to come. Readable for ten minutes after the turn has ended.",
        content: eventStream("TurnEvent", STREAM_EXAMPLE),
      },
    },
    errors: ["not_found", "forbidden", "turn_gone", "too_many_readers"],
  }),
  (c) => {
    const { conversation_id, turn_id } = c.req.valid("param");
    const after = c.req.valid("query").after ?? c.req.valid("header")["last-event-id"] ?? 0;
    return callConversation(c, conversation_id, { type: "events", turnId: turn_id, dialect: "turn", after });
  },
);

turns.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/turns/{turn_id}/stop",
    operationId: "stopTurn",
    access: "chat",
    tags,
    summary: "Stop a reply and keep what there is of it",
    request: { params: TurnParams },
    responses: ok(
      z
        .object({
          turn_id: z.string().openapi({ example: "turn_1048578" }),
          status: z.enum(MESSAGE_STATUSES),
          assistant_message: MessageSchema,
          notice: NoticeSchema.optional(),
        })
        .openapi("StoppedTurn"),
      "How the turn has ended: `stopped`, or as it had ended before.",
    ),
    errors: ["not_found", "forbidden"],
  }),
  (c) => {
    const { conversation_id, turn_id } = c.req.valid("param");
    return callConversation(c, conversation_id, { type: "stop", turnId: turn_id });
  },
);
