import { z } from "@hono/zod-openapi";

import { toContext } from "../chat/wire";
import { AppError } from "../errors";
import { answers, contract, ErrorSchema, jsonBody } from "../http/contract";
import { newRouter } from "../http/router";
import { ConversationParams } from "./conversations";
import { handOn } from "./hand-on";
import { checkLength, ContentSchema, MessageParams, ownMessage } from "./messages";

const EXAMPLE = {
  estimated_tokens: { persona: 118, history: 240, message: 12, total: 370 },
  budget: 8000,
  message_ids: [1048577, 1048578],
  left_out: [{ reason: "budget" as const, count: 4 }],
  source: "memory" as const,
};

const ContextSchema = z
  .object({
    estimated_tokens: z
      .object({
        persona: z.int(),
        history: z.int(),
        message: z.int(),
        total: z.int(),
      })
      .describe("Where the prompt's tokens came from, as estimated before the call."),
    budget: z.int().describe("How many tokens the prompt might have."),
    message_ids: z
      .array(z.int())
      .describe("The earlier messages that were in, oldest first. Some may have been deleted since."),
    left_out: z
      .array(z.object({ reason: z.enum(["budget", "failed", "retried"]), count: z.int() }))
      .describe(
        "How many earlier messages were not: `budget`, no room for them; `failed`, exchanges that came to nothing; " +
          "`retried`, earlier tries of the same message.",
      ),
    source: z.enum(["memory", "kv", "d1"]).describe("Where the history was read."),
  })
  .openapi("Context", { example: EXAMPLE });

export const context = newRouter();
const tags = ["Messages"];

context.openapi(
  contract({
    method: "get",
    path: "/messages/{message_id}/context",
    operationId: "getMessageContext",
    access: "read",
    tags,
    summary: "What went into a reply's prompt",
    request: { params: MessageParams },
    responses: answers(
      ContextSchema.extend({
        message_id: z.int(),
        reported_prompt_tokens: z
          .int()
          .nullable()
          .describe("The prompt's tokens by the provider's count; null where it reported none."),
      }).openapi("MessageContext", {
        example: { message_id: 1048580, ...EXAMPLE, reported_prompt_tokens: 362 },
      }),
      "The prompt's parts. A user's message has none and is `not_found`.",
    ),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const row = await ownMessage(c, c.req.valid("param").message_id);
    if (!row.context) {
      throw new AppError("not_found", { detail: "This message is no reply: nothing was asked for it" });
    }
    const reported = row.usageEstimated === false ? row.promptTokens : null;
    return c.json({ message_id: row.id, ...toContext(row.context), reported_prompt_tokens: reported }, 200);
  },
);

const RequestSchema = z
  .object({
    model: z.string(),
    messages: z.array(z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() })),
  })
  .catchall(z.unknown())
  .describe("A chat completion's parameters. The offline model is given the same messages.");

context.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/preview",
    operationId: "previewMessage",
    access: "chat",
    tags,
    summary: "See the request that sending this would make, without making it",
    request: { params: ConversationParams, ...jsonBody(ContentSchema.openapi("Preview")) },
    responses: answers(
      z
        .object({
          provider: z.string(),
          request: RequestSchema,
          context: ContextSchema,
          refusal: ErrorSchema.omit({ request_id: true })
            .nullable()
            .describe("The error that sending would answer with now, before it asked the model."),
        })
        .openapi("PreviewedTurn", {
          example: {
            provider: "openai",
            request: {
              model: "gpt-3.5-turbo",
              messages: [
                { role: "system", content: "You are Alex…" },
                { role: "user", content: "Hi Alex! How are you doing today?" },
              ],
              stream: true,
              max_tokens: 1000,
              temperature: 0.7,
            },
            context: { ...EXAMPLE, message_ids: [], left_out: [] },
            refusal: null,
          },
        }),
      "The request, byte for byte what a send would make now. Nothing is changed. While a reply is being written, it shows " +
        "the conversation without that reply, and `refusal` says `turn_running`.",
    ),
    errors: ["not_found", "forbidden", "upstream_not_configured"],
  }),
  (c) => {
    const { content } = c.req.valid("json");
    checkLength(c, content);
    return handOn(c, c.req.valid("param").conversation_id, { verb: "preview", content });
  },
);
