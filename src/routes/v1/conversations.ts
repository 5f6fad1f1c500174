import { z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { callConversation } from "../../chat/client";
import { assertLength } from "../../chat/length";
import type { Given } from "../../chat/path";
import { make } from "../../chat/theirs";
import { keepNotes, notesOn, notesOnConversation } from "../../db/client-notes";
import { batchAs, retried } from "../../db/client";
import { conversationById, ownConversation } from "../../db/conversations";
import { listPersonas } from "../../db/personas";
import type { Conversation } from "../../db/schema";
import { AppError } from "../../errors";
import { contract, jsonBody, ok } from "../../http/contract";
import { newRouter, type AppEnv } from "../../http/router";
import { MAX_REPLY_CHARACTERS } from "../../models/generate";
import { textOf } from "../../models/language-model";
import {
  DeletedConversationSchema,
  OpenAiConversationSchema,
  toOpenAiConversation,
} from "../../wire/openai-conversations";
import { conversationItemId, ItemListSchema, toItemList } from "../../wire/openai-items";
import { personaOfModel } from "../../wire/openai-models";
import { inputIn, ItemsSchema } from "./input";
import { itemsOf, ItemsQuery } from "./items";
import { conversationIn, refusal } from "./place";
import { MetadataSchema } from "./response-fields";
import { optional } from "./parameters";

export const conversations = newRouter();
const tags = ["OpenAI"];

/** OpenAI's most at once. */
const MAX_ITEMS = 20;
const items = ItemsSchema.max(MAX_ITEMS);
const metadata = optional(MetadataSchema, { topic: "the sea" });

conversations.openapi(
  contract({
    method: "post",
    path: "/conversations",
    operationId: "createApiConversation",
    access: "chat",
    openai: true,
    tags,
    summary: "Start a conversation, as OpenAI's clients do",
    request: jsonBody(
      z
        .looseObject({
          model: optional(z.string().max(256), "alex-1").describe(
            "The persona; else `metadata.persona` names it, else the first response does.",
          ),
          metadata,
          items: optional(items, []).describe("What was said in it already."),
        })
        .openapi("ConversationRequest"),
    ),
    responses: ok(OpenAiConversationSchema, "The conversation."),
    errors: [
      "model_not_found",
      "too_many_conversations",
      "storage_full",
      "unsupported_content",
      "turn_running",
      "not_found",
      "forbidden",
      "conversation_full",
    ],
  }),
  async (c) => {
    const { model, metadata: given, items: first } = c.req.valid("json");
    const said = saidIn(c, first ?? []);
    const personaId = await personaFor(c, model ?? given?.persona);
    const begins = said[0]?.content ?? given?.title ?? "";
    const [db, caller, config] = [c.get("db"), c.get("caller"), c.get("config")];
    const row = await make(db, caller, { personaId, begins, origin: "api" }, config);
    if (given) await keep(c, row, given);
    if (said.length > 0) await callConversation(c, row.id, { type: "append", drafts: said });
    return c.json(toOpenAiConversation(row, given ?? {}), 200);
  },
);

/**
 * Whom a conversation is with. Where nobody is named it is the user's first persona, until the first response names another.
 * @throws AppError `model_not_found`
 */
async function personaFor(c: Context<AppEnv>, model: string | null | undefined): Promise<number> {
  if (model != null) {
    const named = personaOfModel(model);
    if (named === null) throw new AppError("model_not_found");
    return named;
  }
  const [db, caller] = [c.get("db"), c.get("caller")];
  const [[first]] = await retried(() =>
    batchAs(db, caller, [listPersonas(db, caller.userId, { after: 0, limit: 1 })]),
  );
  if (!first) throw new AppError("model_not_found");
  return first.id;
}

/**
 * Messages that are only to be kept.
 * @throws AppError `unsupported_content`, `validation_failed`
 */
function saidIn(c: Context<AppEnv>, given: z.output<typeof ItemsSchema>): Given[] {
  if (given.length === 0) return [];
  return inputIn(given, null, "body.items").messages.flatMap(({ role, content }, i): Given[] => {
    if (typeof content !== "string") {
      throw refusal("unsupported_content", "body.items", "Images are not kept in conversations yet.");
    }
    const text = textOf(content).trim();
    if (role === "tool" || text === "") return [];
    const longest = role === "user" ? c.get("config").MESSAGE_MAX_CHARACTERS : MAX_REPLY_CHARACTERS;
    assertLength(text, longest, `body.items.${i}`);
    return [{ role, content: text }];
  });
}

const ConversationParams = z.object({
  conversation_id: z.string().max(256).openapi({ description: "The conversation's id.", example: "conv_1" }),
});

const noSuchConversation = () => new AppError("not_found", { detail: "Conversation not found" });

/** @throws AppError `not_found` */
function idIn(named: string): number {
  const id = conversationIn(named);
  if (id === null) throw noSuchConversation();
  return id;
}

type Own = { conversation: Conversation; metadata: Record<string, string> };

/** @throws AppError `not_found`, `forbidden` */
async function own(c: Context<AppEnv>, named: string): Promise<Own> {
  const id = idIn(named);
  const [db, caller] = [c.get("db"), c.get("caller")];
  const [[row], [notes]] = await retried(() =>
    batchAs(db, caller, [conversationById(db, id), notesOn(db, caller.userId, notesOnConversation(id))]),
  );
  return { conversation: ownConversation(row, caller), metadata: JSON.parse(notes ?? "{}") };
}

async function keep(c: Context<AppEnv>, { id, userId }: Conversation, given: Record<string, string>) {
  const [db, caller] = [c.get("db"), c.get("caller")];
  const json = JSON.stringify(given);
  await retried(() => batchAs(db, caller, [keepNotes(db, { id, userId }, notesOnConversation(id), json)]));
}

conversations.openapi(
  contract({
    method: "get",
    path: "/conversations/{conversation_id}",
    operationId: "getApiConversation",
    access: "read",
    openai: true,
    tags,
    summary: "Show a conversation, as OpenAI's clients read it",
    request: { params: ConversationParams },
    responses: ok(OpenAiConversationSchema, "The conversation."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { conversation, metadata: kept } = await own(c, c.req.valid("param").conversation_id);
    return c.json(toOpenAiConversation(conversation, kept), 200);
  },
);

conversations.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}",
    operationId: "updateApiConversation",
    access: "chat",
    openai: true,
    tags,
    summary: "Change what a client keeps with a conversation",
    request: {
      params: ConversationParams,
      ...jsonBody(z.looseObject({ metadata }).openapi("ConversationUpdate")),
    },
    responses: ok(OpenAiConversationSchema, "The conversation as it now is."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { conversation, metadata: kept } = await own(c, c.req.valid("param").conversation_id);
    const given = c.req.valid("json").metadata;
    if (given) await keep(c, conversation, given);
    return c.json(toOpenAiConversation(conversation, given ?? kept), 200);
  },
);

conversations.openapi(
  contract({
    method: "delete",
    path: "/conversations/{conversation_id}",
    operationId: "deleteApiConversation",
    access: "chat",
    openai: true,
    tags,
    summary: "Delete a conversation with what was said in it",
    request: { params: ConversationParams },
    responses: ok(DeletedConversationSchema, "It is gone."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const id = idIn(c.req.valid("param").conversation_id);
    await callConversation(c, id, { type: "delete" });
    const deleted = { object: "conversation.deleted" as const, deleted: true as const };
    return c.json({ id: conversationItemId(id), ...deleted }, 200);
  },
);

conversations.openapi(
  contract({
    method: "get",
    path: "/conversations/{conversation_id}/items",
    operationId: "listConversationItems",
    access: "read",
    openai: true,
    tags,
    summary: "List what was said in a conversation, on the branch in force",
    request: { params: ConversationParams, query: ItemsQuery },
    responses: ok(ItemListSchema, "A page of it."),
    errors: ["not_found", "forbidden", "item_not_found"],
  }),
  async (c) => {
    const { conversation } = await own(c, c.req.valid("param").conversation_id);
    return c.json(await itemsOf(c, conversation, "head", c.req.valid("query")), 200);
  },
);

conversations.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/items",
    operationId: "addConversationItems",
    access: "chat",
    openai: true,
    tags,
    summary: "Keep what was said elsewhere at the end of a conversation",
    request: {
      params: ConversationParams,
      ...jsonBody(
        z
          .looseObject({
            items: items.min(1).openapi({ example: [{ role: "user", content: "The sea is calm." }] }),
          })
          .openapi("ConversationItems"),
      ),
    },
    responses: ok(ItemListSchema, "What was added."),
    errors: [
      "not_found",
      "forbidden",
      "turn_running",
      "conversation_full",
      "storage_full",
      "unsupported_content",
    ],
  }),
  async (c) => {
    const id = idIn(c.req.valid("param").conversation_id);
    const drafts = saidIn(c, c.req.valid("json").items);
    if (drafts.length === 0)
      throw refusal("validation_failed", "body.items", "must hold a message that says something");
    const answer: Response = await callConversation(c, id, { type: "append", drafts });
    const { ids } = await answer.json<{ ids: number[] }>();
    return c.json(
      toItemList(drafts.map((draft, i) => ({ ...draft, id: ids[i] ?? 0, status: "complete" as const }))),
      200,
    );
  },
);
