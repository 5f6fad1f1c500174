import { z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { callConversation } from "../../chat/client";
import { batchAs, retried } from "../../db/client";
import { conversationsNamed } from "../../db/conversations";
import { AppError } from "../../errors";
import { contract, eventStream, jsonBody } from "../../http/contract";
import { newRouter, type AppEnv } from "../../http/router";
import type { Content, Part } from "../../models/language-model";
import { UI_STREAM_EXAMPLE } from "../../wire/ai-sdk";
import { personaOfModel } from "../../wire/openai-models";
import { IdempotencyHeader, turnErrors } from "../messages";
import { plainText, type Told } from "./messages";
import { refusal } from "./place";
import { talk } from "./talk";

const PartSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  mediaType: z.string().optional(),
  url: z.string().optional(),
});
const MessageSchema = z.looseObject({
  role: z.enum(["system", "user", "assistant"]),
  parts: z.array(PartSchema).max(1000),
});

const chatId = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, "must be 1 to 128 visible ASCII characters")
  .openapi({ description: "The chat's id, as useChat makes it.", example: "7sMqSA0Jq0rjdYcN" });
const model = z.string().max(256).optional().openapi({ description: "The persona.", example: "alex-1" });

const RequestSchema = z
  .looseObject({
    id: chatId,
    messages: z
      .array(MessageSchema)
      .min(1)
      .max(10_000)
      .openapi({ example: [{ role: "user", parts: [{ type: "text", text: "Hi Alex!" }] }] }),
    model: model.describe("The persona, unless the query names it."),
  })
  .openapi("UIChat");

type Message = z.output<typeof MessageSchema>;

export const ui = newRouter();
const tags = ["OpenAI"];

const streamed = {
  200: {
    description:
      "AI SDK's UI message stream, version 1. Hanging up does not stop it: stop it, or come back to it.",
    content: eventStream("UIMessageChunk", UI_STREAM_EXAMPLE),
  },
};
const STREAM_HEADER = ["x-vercel-ai-ui-message-stream", "v1"] as const;

ui.openapi(
  contract({
    method: "post",
    path: "/ui/chat",
    operationId: "sendUiChat",
    access: "chat",
    openai: true,
    rate: "turns",
    tags,
    summary: "Have a persona answer a useChat of the AI SDK, in a conversation that is what it shows",
    request: { query: z.object({ model }), headers: IdempotencyHeader, ...jsonBody(RequestSchema) },
    responses: streamed,
    errors: [...turnErrors, "model_not_found", "too_many_conversations", "unsupported_content"],
  }),
  async (c) => {
    const asked = c.req.valid("json");
    const named = c.req.valid("query").model ?? asked.model;
    if (named === undefined) throw refusal("validation_failed", "body.model", "must name the persona");
    const answer = await talk(
      c,
      {
        place: { type: "theirs", externalId: asked.id },
        model: named,
        told: toldIn(asked.messages),
        path: "body.messages",
        parameters: {},
        idempotencyKey: c.req.valid("header")["idempotency-key"],
      },
      { dialect: "ai-sdk", terms: { model: named, usage: true }, stream: true, background: true },
    );
    c.header(...STREAM_HEADER);
    return answer;
  },
);

/** @throws AppError `unsupported_content` */
function toldIn(given: Message[]): Told {
  const texts = given.map((message, i) => ({
    ...message,
    content: contentOf(message, `body.messages.${i}`),
  }));
  return {
    app: texts.flatMap(({ role, content }) =>
      role === "system" && typeof content === "string" ? [content] : [],
    ),
    messages: texts.flatMap(({ role, content }) => (role === "system" ? [] : [{ role, content }])),
  };
}

/** What a message says; what a client keeps beside it (steps, reasoning, data of its own) says nothing. */
function contentOf({ parts }: Message, path: string): Content {
  const said = parts.flatMap((part, i): Part[] => {
    if (part.type === "text") return [{ type: "text", text: plainText(part.text ?? "") }];
    if (part.type !== "file") return [];
    if (!part.url || !part.mediaType?.startsWith("image/")) {
      throw refusal("unsupported_content", `${path}.parts.${i}`, "Files are not supported.");
    }
    return [{ type: "image_url", image_url: { url: part.url } }];
  });
  if (said.some(({ type }) => type !== "text")) return said;
  return said.map((part) => (part.type === "text" ? part.text : "")).join("");
}

const ChatParams = z.object({ chat_id: chatId });
const asking = { params: ChatParams, query: z.object({ model }) };

/** The caller's conversation that goes by this name, the one that was changed last if there are several. */
async function conversationOf(
  c: Context<AppEnv>,
  name: string,
  of: string | undefined,
): Promise<number | null> {
  const [db, caller] = [c.get("db"), c.get("caller")];
  const personaId = of === undefined ? null : personaOfModel(of);
  if (of !== undefined && personaId === null) throw new AppError("model_not_found");
  const query = conversationsNamed(db, caller.userId, name, personaId);
  const [[found]] = await retried(() => batchAs(db, caller, [query]));
  return found?.id ?? null;
}

ui.openapi(
  contract({
    method: "get",
    path: "/ui/chat/{chat_id}/stream",
    operationId: "resumeUiChat",
    access: "read",
    openai: true,
    tags,
    summary: "Come back to the reply that is being written, from its beginning",
    request: asking,
    responses: { ...streamed, 204: { description: "None is." } },
    errors: ["model_not_found", "too_many_readers"],
  }),
  async (c) => {
    const id = await conversationOf(c, c.req.valid("param").chat_id, c.req.valid("query").model);
    if (id === null) return c.body(null, 204);
    const answer = await callConversation(c, id, {
      type: "current",
      reading: { dialect: "ai-sdk", after: 0 },
    });
    c.header(...STREAM_HEADER);
    return answer;
  },
);

ui.openapi(
  contract({
    method: "post",
    path: "/ui/chat/{chat_id}/stop",
    operationId: "stopUiChat",
    access: "chat",
    openai: true,
    tags,
    summary: "Stop the reply that is being written, and keep what there is of it",
    request: asking,
    responses: { 204: { description: "None is being written any more." } },
    errors: ["model_not_found"],
  }),
  async (c) => {
    const id = await conversationOf(c, c.req.valid("param").chat_id, c.req.valid("query").model);
    if (id !== null) await callConversation(c, id, { type: "stop", turnId: null });
    return c.body(null, 204);
  },
);
