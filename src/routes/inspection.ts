import { z } from "@hono/zod-openapi";

import type { Context } from "hono";

import { callConversation } from "../chat/client";
import { batchAs, retried } from "../db/client";
import { conversationOfMessage } from "../db/messages";
import { foundMessages } from "../db/search";
import { AppError } from "../errors";
import { ok, contract, jsonBody } from "../http/contract";
import { newRouter, type AppEnv } from "../http/router";
import { ErrorSchema } from "../wire/error";
import { toRecalled } from "../wire/memory";
import { CONTEXT_EXAMPLE, ContextSchema, MessageContextSchema, toContext } from "../wire/context";
import { ConversationParams } from "./conversations";
import { checkLength, ContentSchema, MessageParams, ownMessage } from "./messages";

export const inspection = newRouter();
const tags = ["Messages"];

inspection.openapi(
  contract({
    method: "get",
    path: "/messages/{message_id}/context",
    operationId: "getMessageContext",
    access: "read",
    tags,
    summary: "What went into a reply's prompt",
    request: { params: MessageParams },
    responses: ok(MessageContextSchema, "The prompt's parts. A user's message has none and is `not_found`."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const row = await ownMessage(c, c.req.valid("param").message_id);
    if (!row.context) {
      throw new AppError("not_found", { detail: "This message is no reply: nothing was asked for it" });
    }
    const context = toContext(row.context);
    const recalled = await recalledFor(c, context.memory_ids);
    const reported = row.usageEstimated === false ? row.promptTokens : null;
    return c.json({ message_id: row.id, ...context, recalled, reported_prompt_tokens: reported }, 200);
  },
);

/** What was recalled, as far as it is still there. */
async function recalledFor(c: Context<AppEnv>, ids: number[]) {
  if (ids.length === 0) return [];
  const [db, caller] = [c.get("db"), c.get("caller")];
  const conversations = [...new Set(ids.map(conversationOfMessage))];
  const [rows] = await retried(() =>
    batchAs(db, caller, foundMessages(db, caller.userId, ids, conversations)),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []).map(toRecalled);
}

const RequestSchema = z
  .object({
    model: z.string(),
    messages: z.array(z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() })),
  })
  .catchall(z.unknown())
  .describe("A chat completion's parameters. The offline model is given the same messages.");

inspection.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/preview",
    operationId: "previewMessage",
    access: "chat",
    tags,
    summary: "See the request that sending this would make, without making it",
    request: { params: ConversationParams, ...jsonBody(ContentSchema.openapi("Preview")) },
    responses: ok(
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
            context: CONTEXT_EXAMPLE,
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
    return callConversation(c, c.req.valid("param").conversation_id, { type: "preview", content });
  },
);
