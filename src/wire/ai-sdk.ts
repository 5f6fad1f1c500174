import { z } from "@hono/zod-openapi";

import type { Message } from "../db/schema";
import type { EndedEvent } from "../events/events";
import { AppError } from "../errors";
import type { Dialect } from "./dialect";
import { messageItemId } from "./openai-items";
import { toUsage } from "./rows";
import { noticeLine } from "./safety";
import { failedAnswer, failureOf } from "./turn-stream";

const FINISH_REASONS = ["stop", "length", "content-filter", "interrupted", "other"] as const;

const MetadataSchema = z.looseObject({
  conversation_id: z.int().optional(),
  model: z.string().nullable().optional().describe("The language model that answered."),
  usage: z.looseObject({}).optional(),
});

/** The chunks of AI SDK's UI message stream (version 1) that this server sends; after the last one comes `[DONE]`. */
export const UiChunkSchema = z
  .union([
    z.object({ type: z.literal("start"), messageId: z.string(), messageMetadata: MetadataSchema }),
    z.object({ type: z.literal("text-start"), id: z.string() }),
    z.object({ type: z.literal("text-delta"), id: z.string(), delta: z.string() }),
    z.object({ type: z.literal("text-end"), id: z.string() }),
    z.object({ type: z.literal("message-metadata"), messageMetadata: MetadataSchema }),
    z.object({ type: z.literal("finish"), finishReason: z.enum(FINISH_REASONS) }),
    z.object({ type: z.literal("abort") }),
    z.object({ type: z.literal("error"), errorText: z.string().describe("One sentence for a person.") }),
  ])
  .openapi("UIMessageChunk");
type Chunk = z.output<typeof UiChunkSchema>;

export const UI_STREAM_EXAMPLE = `data: {"type":"start","messageId":"msg_1048578","messageMetadata":{"conversation_id":1}}

data: {"type":"text-start","id":"msg_1048578"}

data: {"type":"text-delta","id":"msg_1048578","delta":"Hey there!"}

data: {"type":"text-end","id":"msg_1048578"}

data: {"type":"message-metadata","messageMetadata":{"model":"gpt-3.5-turbo-0125","usage":{…}}}

data: {"type":"finish","finishReason":"stop"}

data: [DONE]
`;

const frame = (data: Chunk | "[DONE]") =>
  `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;

function finishReasonOf({ status, finishReason }: Message): (typeof FINISH_REASONS)[number] {
  if (status === "interrupted") return "interrupted";
  const named = finishReason?.replace("_", "-") ?? "other";
  return FINISH_REASONS.find((reason) => reason === named) ?? "other";
}

/** AI SDK's UI message stream. What the law has shown is a part of its own before the reply. */
export function aiSdk(): Dialect {
  let isOpen = false;
  const begin = (id: string) => {
    if (isOpen) return "";
    isOpen = true;
    return frame({ type: "text-start", id });
  };

  function lastFrames(event: EndedEvent, id: string): string {
    const end = isOpen ? frame({ type: "text-end", id }) : "";
    if (event.failure || !event.exchange) {
      const { message } = failureOf(event) ?? new AppError("internal_error");
      return end + frame({ type: "error", errorText: message }) + frame("[DONE]");
    }
    const { reply } = event.exchange;
    const messageMetadata = { model: reply.modelUsed, usage: toUsage(reply) };
    const isStopped = reply.status === "stopped" && reply.finishReason === null;
    const last: Chunk = isStopped
      ? { type: "abort" }
      : { type: "finish", finishReason: finishReasonOf(reply) };
    return [end, frame({ type: "message-metadata", messageMetadata }), frame(last), frame("[DONE]")].join("");
  }

  return {
    heartbeat: ": still here\n\n",
    encode(event, _id, opening) {
      if (opening.type !== "started") return "";
      const id = messageItemId(opening.reply.id);
      switch (event.type) {
        case "started": {
          const messageMetadata = { conversation_id: event.reply.conversationId };
          return frame({ type: "start", messageId: id, messageMetadata });
        }
        case "text":
          return begin(id) + frame({ type: "text-delta", id, delta: event.text });
        case "disclosure": {
          if (event.inText === "off") return "";
          const { id: own } = event.notice;
          const delta = noticeLine(event);
          return [
            frame({ type: "text-start", id: own }),
            frame({ type: "text-delta", id: own, delta }),
            frame({ type: "text-end", id: own }),
          ].join("");
        }
        case "withdrawn":
          return begin(id) + frame({ type: "text-delta", id, delta: "\n\n" });
        case "tool_calls":
        case "found":
        case "notice":
          return "";
        case "ended":
          return lastFrames(event, id);
      }
    },
    answer: (event) => failedAnswer(event),
  };
}
