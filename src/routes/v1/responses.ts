import { z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { callConversation, latestExchange } from "../../chat/client";
import { shownIn } from "../../chat/safety";
import { notesOn } from "../../db/client-notes";
import { batchAs, retried } from "../../db/client";
import { conversationById, ownConversation } from "../../db/conversations";
import { conversationOfMessage, messageById } from "../../db/messages";
import type { Conversation, Message } from "../../db/schema";
import { AppError } from "../../errors";
import { contract, eventStream, jsonBody, ok } from "../../http/contract";
import { acceptsEvents } from "../../http/request";
import { newRouter, type AppEnv } from "../../http/router";
import { ItemListSchema, messageOfItem, replyOfResponse } from "../../wire/openai-items";
import { NamedResponseSchema, notesOf, toResponse } from "../../wire/openai-response";
import { outputOf } from "../../wire/openai-responses";
import { RESPONSE_STREAM_EXAMPLE } from "../../wire/openai-response-events";
import { turnId } from "../../wire/rows";
import { eventId, IdempotencyHeader, upstreamErrors } from "../messages";
import { inputIn, type Input } from "./input";
import { itemsOf, ItemsQuery } from "./items";
import { refuseUnsupported } from "./parameters";
import { placeOf, PlaceHeaders, refusal, type After, type Place } from "./place";
import {
  echoOf,
  functionsIn,
  parametersOfResponse,
  ResponseRequestSchema,
  type ResponseRequest,
} from "./response-fields";
import { talk } from "./talk";

export const responses = newRouter();
const tags = ["OpenAI"];

responses.openapi(
  contract({
    method: "post",
    path: "/responses",
    operationId: "createResponse",
    access: "chat",
    openai: true,
    rate: "turns",
    tags,
    summary: "Have a persona answer, as OpenAI's responses do",
    request: { headers: IdempotencyHeader.extend(PlaceHeaders.shape), ...jsonBody(ResponseRequestSchema) },
    responses: {
      200: {
        description:
          "The response, or its events: in the conversation that `conversation`, `previous_response_id`, an `item_reference` " +
          "or a header names, else in a new one, which the answer names; kept nowhere where it names none. With " +
          "`background` it has only begun.",
        content: {
          "application/json": { schema: NamedResponseSchema },
          ...eventStream("ResponseEvent", RESPONSE_STREAM_EXAMPLE),
        },
      },
    },
    errors: [
      "model_not_found",
      "previous_response_not_found",
      "item_not_found",
      "not_found",
      "forbidden",
      "turn_running",
      "turn_gone",
      "conversation_full",
      "conversation_deleted",
      "idempotency_key_reused",
      "too_many_readers",
      "too_many_conversations",
      "storage_full",
      "unsupported_value",
      "unsupported_content",
      "context_length_exceeded",
      "allowance_exceeded",
      "daily_ceiling_reached",
      "too_many_turns",
      "persona_not_for_minors",
      "time_limit",
      ...upstreamErrors,
    ],
  }),
  async (c) => {
    const asked = c.req.valid("json");
    refuseUnsupported(asked);
    const input = inputIn(asked.input, asked.instructions);
    const place = placeIn(c, asked, input);
    const isKept = place.type !== "pass";
    const echo = echoOf(asked, { isKept });
    return talk(
      c,
      {
        place,
        model: asked.model,
        told: input,
        path: "body.input",
        parameters: parametersOfResponse(asked),
        idempotencyKey: c.req.valid("header")["idempotency-key"],
        notes: notesOf(echo),
      },
      {
        dialect: "openai-responses",
        terms: { model: asked.model, usage: true, notes: JSON.stringify(echo) },
        stream: asked.stream ?? acceptsEvents(c),
        background: asked.background ?? false,
      },
    );
  },
);

/**
 * Where a request for a response happens. What a conversation cannot hold yet is kept nowhere, unless it names one.
 * @throws AppError `unsupported_value`, `previous_response_not_found`, `item_not_found`, `validation_failed`
 */
function placeIn(c: Context<AppEnv>, asked: ResponseRequest, input: Input): Place {
  const { store, previous_response_id: previous, conversation, metadata, background } = asked;
  const keeps = store ?? c.get("config").API_STORE;
  const name = typeof conversation === "string" ? conversation : conversation?.id;
  const nowhere: Place = { type: keeps && isKeepable(asked, input) ? "new" : "pass" };
  const named = placeOf(c, metadata, [{ path: "body.conversation", text: name }], nowhere);
  const place = previous ? goingOn(named, nowhere, previous) : referring(named, nowhere, input, keeps);
  if (store === false && place.type !== "pass") {
    throw refusal("unsupported_value", "body.store", "What is said in a conversation of yours is kept.");
  }
  if (background && place.type === "pass") {
    throw refusal("unsupported_value", "body.background", "Only what is kept can go on in the background.");
  }
  return place;
}

const isKeepable = (asked: ResponseRequest, { messages }: Input) =>
  functionsIn(asked).length === 0 &&
  messages.every(
    ({ role, content, tool_calls: calls }) => role !== "tool" && !calls && typeof content === "string",
  );

function goingOn(named: Place, nowhere: Place, previous: string): Place {
  if (named !== nowhere) {
    const message = "A request happens in one place: this and another one are named.";
    throw refusal("unsupported_value", "body.previous_response_id", message);
  }
  const messageId = replyOfResponse(previous);
  if (messageId === null) throw new AppError("previous_response_not_found");
  return oursAfter({ messageId, missing: "previous_response_not_found" });
}

const oursAfter = (after: After): Place => ({
  type: "ours",
  conversationId: conversationOfMessage(after.messageId),
  after,
});

/** An item that is only referred to is one of ours, and what follows it is said there. */
function referring(named: Place, nowhere: Place, { reference }: Input, keeps: boolean): Place {
  if (!reference || named.type === "ours") return named;
  const { path, id } = reference;
  if (named !== nowhere || !keeps) {
    const message =
      "Items can only be referred to in a conversation of yours, and where `store` is true: else send what they say.";
    throw refusal("unsupported_value", path, message);
  }
  const messageId = messageOfItem(id);
  if (messageId !== null) return oursAfter({ messageId, missing: "item_not_found" });
  throw new AppError("item_not_found", {
    detail:
      "This item was kept nowhere, as nothing is that is said with tools or images. Set `store` to false, so that your client sends what it says.",
    errors: [{ path, message: "names nothing that is kept" }],
  });
}

const ResponseParams = z.object({
  response_id: z.string().max(256).openapi({ description: "The response's id.", example: "resp_1048578" }),
});

const noSuchResponse = () => new AppError("not_found", { detail: "Response not found" });

type Own = { conversation: Conversation; reply: Message; notes: string | undefined };

/**
 * A reply of the caller's, by its response's id.
 * @throws AppError `not_found`, `forbidden`
 */
async function ownResponse(c: Context<AppEnv>, responseId: string): Promise<Own> {
  const id = replyOfResponse(responseId);
  if (id === null) throw noSuchResponse();
  const [db, caller] = [c.get("db"), c.get("caller")];
  const asked = { id: conversationOfMessage(id), userId: caller.userId };
  const [[conversation], [row], [kept]] = await retried(() =>
    batchAs(db, caller, [
      conversationById(db, asked.id),
      messageById(db, asked, id),
      notesOn(db, caller.userId, id),
    ]),
  );
  if (!conversation) throw noSuchResponse();
  const own = ownConversation(conversation, caller);
  const latest = row ? null : await latestExchange(c, own.id);
  const isLatest = latest?.nonce === own.nonce && latest.reply.id === id;
  const reply = row ?? (isLatest ? latest.reply : undefined);
  if (reply?.role !== "assistant") throw noSuchResponse();
  return { conversation: own, reply, notes: kept ?? (isLatest ? latest.notes : undefined) };
}

const termsOf = ({ conversation, notes }: Own) => ({
  model: `persona-${conversation.personaId}`,
  usage: true,
  notes,
});

function shown(own: Own) {
  const terms = termsOf(own);
  return toResponse(terms, own.reply, outputOf(terms, own.reply, shownIn(own.reply)));
}

responses.openapi(
  contract({
    method: "get",
    path: "/responses/{response_id}",
    operationId: "getResponse",
    access: "read",
    openai: true,
    tags,
    summary: "Read a response, or follow it from where you left off",
    request: {
      params: ResponseParams,
      query: z.object({
        stream: z
          .enum(["true", "false"])
          .optional()
          .openapi({ description: "Answer with its events, as `Accept: text/event-stream` asks for, too." }),
        starting_after: eventId.openapi({
          type: "integer",
          minimum: 0,
          maximum: 999_999_999,
          description: "The `sequence_number` of the last event seen.",
          example: 3,
        }),
      }),
    },
    responses: {
      200: {
        description: "The response as it is, or its events after that one and those to come.",
        content: {
          "application/json": { schema: NamedResponseSchema },
          ...eventStream("ResponseEvent", RESPONSE_STREAM_EXAMPLE),
        },
      },
    },
    errors: ["not_found", "forbidden", "too_many_readers", "turn_gone"],
  }),
  async (c) => {
    const { stream, starting_after: seen } = c.req.valid("query");
    const own = await ownResponse(c, c.req.valid("param").response_id);
    const wantsEvents = stream === undefined ? acceptsEvents(c) : stream === "true";
    if (!wantsEvents) return c.json(shown(own), 200);
    return callConversation(c, own.conversation.id, {
      type: "events",
      turnId: turnId(own.reply.id),
      dialect: "openai-responses",
      terms: { ...termsOf(own), seen },
      after: 0,
      again: true,
    });
  },
);

responses.openapi(
  contract({
    method: "post",
    path: "/responses/{response_id}/cancel",
    operationId: "cancelResponse",
    access: "chat",
    openai: true,
    tags,
    summary: "Stop a response and keep what there is of it",
    request: { params: ResponseParams },
    responses: ok(NamedResponseSchema, "How it has ended: `cancelled`, or as it had ended before."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { response_id: id } = c.req.valid("param");
    const { conversation, reply } = await ownResponse(c, id);
    if (reply.status === "in_progress") {
      await callConversation(c, conversation.id, { type: "stop", turnId: turnId(reply.id) });
    }
    return c.json(shown(await ownResponse(c, id)), 200);
  },
);

responses.openapi(
  contract({
    method: "delete",
    path: "/responses/{response_id}",
    operationId: "deleteResponse",
    access: "chat",
    openai: true,
    tags,
    summary: "Delete a response; what it answers stays in its conversation",
    request: { params: ResponseParams },
    responses: ok(
      z
        .object({ id: z.string(), object: z.literal("response"), deleted: z.literal(true) })
        .openapi("DeletedResponse", { example: { id: "resp_1048578", object: "response", deleted: true } }),
      "It is gone.",
    ),
    errors: ["not_found", "forbidden", "turn_running"],
  }),
  async (c) => {
    const { response_id: id } = c.req.valid("param");
    const { conversation, reply } = await ownResponse(c, id);
    await callConversation(c, conversation.id, { type: "remove", messageId: reply.id, withSubtree: false });
    return c.json({ id, object: "response" as const, deleted: true as const }, 200);
  },
);

responses.openapi(
  contract({
    method: "get",
    path: "/responses/{response_id}/input_items",
    operationId: "listInputItems",
    access: "read",
    openai: true,
    tags,
    summary: "List what was said before a response, on its branch",
    request: { params: ResponseParams, query: ItemsQuery },
    responses: ok(ItemListSchema, "A page of it."),
    errors: ["not_found", "forbidden", "item_not_found"],
  }),
  async (c) => {
    const { conversation, reply } = await ownResponse(c, c.req.valid("param").response_id);
    return c.json(await itemsOf(c, conversation, reply.parentId ?? 0, c.req.valid("query")), 200);
  },
);
