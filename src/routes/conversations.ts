import { z } from "@hono/zod-openapi";

import { callConversation, invalidateConversations, prepareConversation } from "../chat/client";
import { moveMemory } from "../chat/remember";
import { greetingsFor } from "../chat/greeting";
import { ownAllowances } from "../db/allowances";
import { cardOf } from "../db/cards";
import { batchAs, one, retried, type Caller, type Database } from "../db/client";
import {
  conversationById,
  insertConversation,
  listConversations,
  ownConversation,
  ownsPersona,
  updateConversation,
  type ConversationChanges,
  type Cursor,
} from "../db/conversations";
import { personaById } from "../db/personas";
import { reserveId } from "../db/row-ids";
import { takenBy } from "../db/room";
import { safetyOfUser } from "../db/safety";
import { userById } from "../db/users";
import { AppError } from "../errors";
import {
  ok,
  contract,
  countParameter,
  flagParameter,
  idParameter,
  plainId,
  IfMatchHeader,
  jsonBody,
  ConfirmationSchema,
  textField,
} from "../http/contract";
import { linkNext } from "../http/paging";
import { languageAsked } from "../http/request";
import { newRouter } from "../http/router";
import { swiftly } from "../http/swift";
import { noticesOnOpening } from "../safety/care";
import { LOCALES } from "../safety/texts";
import { configuredRoom, noRoomFor, roomOf } from "../usage/room";
import { CONVERSATION_EXAMPLE, ConversationSchema, entityTag, toConversation } from "../wire/rows";
import { ShownNoticeSchema, toShownNotice } from "../wire/safety";

export const ConversationParams = swiftly(
  z.object({ conversation_id: idParameter("The conversation's id.") }),
  ({ conversation_id: text }) => {
    const id = plainId(text);
    return id && { conversation_id: id };
  },
);

const personaNotFound = (id: number) => new AppError("not_found", { detail: `Persona ${id} not found` });
const title = textField(255).openapi({ example: "First Chat with Alex" });
const personaId = z.int().positive().openapi({ example: 1 });
const tags = ["Conversations"];

/** How long a temporary conversation stays that nobody keeps. Milliseconds. */
const TEMPORARY_MS = 24 * 60 * 60_000;
/** How many tags a conversation can have. */
const MAX_TAGS_EACH = 50;

export const conversations = newRouter();

conversations.openapi(
  contract({
    method: "post",
    path: "/conversations",
    operationId: "createConversation",
    access: "chat",
    tags,
    summary: "Start a conversation with a persona, who opens it with its greeting, if it has one",
    request: jsonBody(
      z.object({
        title: title
          .optional()
          .describe("Without one it is the persona's name, until the first reply gives it one of its own."),
        persona_id: personaId,
        temporary: z
          .boolean()
          .default(false)
          .describe("It is gone after 24 hours, unless it is kept, and is neither searched nor exported."),
      }),
    ),
    responses: ok(ConversationSchema, "The new conversation."),
    errors: ["not_found", "too_many_conversations", "storage_full"],
  }),
  async (c) => {
    const input = c.req.valid("json");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const id = await reserveId(db, caller, "conversations");
    const { userId } = caller;
    const config = c.get("config");
    const { persona_id: personaId } = input;
    const title = input.title ?? (await nameOf(db, caller, personaId));
    const isTitled = input.title !== undefined;
    const room = configuredRoom(config);
    const expiresAt = input.temporary ? new Date(Date.now() + TEMPORARY_MS) : null;
    const [[row], [persona], taken, own, [card = null], [user]] = await batchAs(db, caller, [
      insertConversation(db, { id, userId, personaId, title, isTitled, expiresAt, room }),
      personaById(db, userId, personaId),
      takenBy(db, userId),
      ownAllowances(db, userId),
      cardOf(db, userId, personaId),
      userById(db, userId),
    ]);
    if (!persona) throw personaNotFound(personaId);
    if (!row) throw noRoomFor("conversations", one(taken), roomOf(one(own), config));
    const greetings = greetingsFor({ ...persona, card }, user?.fullName ?? null);
    if (greetings.length > 0) return callConversation(c, row.id, { type: "greet", greetings });
    c.executionCtx.waitUntil(prepareConversation(c, row.id));
    return c.json(toConversation(row), 200);
  },
);

/** @throws AppError `unauthenticated`, `missing_scope`, `not_found` */
async function nameOf(db: Database, caller: Caller, personaId: number): Promise<string> {
  const [[persona]] = await retried(() => batchAs(db, caller, [personaById(db, caller.userId, personaId)]));
  if (!persona) throw personaNotFound(personaId);
  return persona.name;
}

/** Where a page ended, as text that clients hand back untouched. */
const writeCursor = ({ updatedAt, id }: Cursor) => `${updatedAt}-${id}`;
const cursorParameter = z
  .string()
  .regex(/^\d{1,15}-\d{1,16}$/, "must be the cursor of a Link header")
  .transform((text): Cursor => {
    const dash = text.indexOf("-");
    return { updatedAt: Number(text.slice(0, dash)), id: Number(text.slice(dash + 1)) };
  })
  .optional()
  .openapi({
    type: "string",
    pattern: "^\\d{1,15}-\\d{1,16}$",
    description: "Where the page before ended, from its Link header.",
    example: "1767268800000-1",
  });

conversations.openapi(
  contract({
    method: "get",
    path: "/conversations",
    operationId: "listConversations",
    access: "read",
    tags,
    summary: "List conversations, most recently updated first",
    request: {
      query: z.object({
        persona_id: idParameter("Only conversations with this persona.").optional(),
        origin: z
          .enum(["app", "api"])
          .optional()
          .openapi({ description: "Only those made here, or by a client of OpenAI's API." }),
        is_active: flagParameter("Only those that are not archived, or only those that are."),
        pinned: flagParameter("Only those that are pinned, or only those that are not."),
        tag_id: idParameter("Only conversations with this tag.").optional(),
        folder_id: idParameter("Only conversations in this folder.").optional(),
        limit: countParameter(1, 100, 100),
        cursor: cursorParameter,
      }),
    },
    responses: ok(z.array(ConversationSchema), "A page; its Link header names the next one."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { persona_id, origin, limit, cursor, ...query } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const page = {
      personaId: persona_id,
      origin,
      isActive: query.is_active,
      isPinned: query.pinned,
      tagId: query.tag_id,
      folderId: query.folder_id,
      limit: limit + 1,
      after: cursor,
    };
    const [rows, owned] = await retried(() =>
      batchAs(db, caller, [
        listConversations(db, caller.userId, page),
        ownsPersona(db, caller.userId, persona_id ?? 0),
      ]),
    );
    if (persona_id !== undefined && owned.length === 0) throw personaNotFound(persona_id);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    if (rows.length > limit && last) {
      linkNext(c, { cursor: writeCursor({ updatedAt: last.updatedAt.getTime(), id: last.id }) });
    }
    return c.json(shown.map(toConversation), 200);
  },
);

const LanguageHeader = z.object({
  "accept-language": z.string().optional().openapi({
    description: "What the notices are written in, where the user has no language of their own.",
    example: "de",
  }),
});
const OpenedConversationSchema = ConversationSchema.extend({
  notices: z
    .array(ShownNoticeSchema)
    .describe("What the law has a user shown who opens it, whether they speak or not."),
}).openapi("OpenedConversation", {
  example: {
    ...CONVERSATION_EXAMPLE,
    notices: [
      {
        id: "ntc_c1_ai_disclosure",
        kind: "ai_disclosure",
        text: "You are talking to an AI, not a human.",
        locale: "en",
        must_show: true,
      },
    ],
  },
});

conversations.openapi(
  contract({
    method: "get",
    path: "/conversations/{conversation_id}",
    operationId: "getConversation",
    access: "read",
    tags,
    summary: "Show a conversation",
    request: { params: ConversationParams, headers: LanguageHeader },
    responses: ok(OpenedConversationSchema, "The conversation."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { conversation_id: id } = c.req.valid("param");
    const [db, caller, config] = [c.get("db"), c.get("caller"), c.get("config")];
    const [[row], [user]] = await retried(() =>
      batchAs(db, caller, [conversationById(db, id), safetyOfUser(db, caller.userId)]),
    );
    const conversation = ownConversation(row, caller);
    const language = languageAsked(c, [...LOCALES, ...Object.keys(config.SAFETY_NOTICE_TEXTS)]);
    const due = user ? noticesOnOpening(user, config, Date.now(), language) : [];
    const notices = due.map((notice) => toShownNotice({ id: `ntc_c${id}_${notice.kind}`, ...notice }));
    c.header("ETag", entityTag(conversation));
    return c.json({ ...toConversation(conversation), notices }, 200);
  },
);

const ChangesSchema = z
  .object({
    title,
    persona_id: personaId,
    is_active: z.boolean().describe("False archives it."),
    pinned: z.boolean(),
    folder_id: z.int().positive().nullable().describe("Null takes it out of its folder."),
    tag_ids: z
      .array(z.int().positive())
      .max(MAX_TAGS_EACH)
      .refine((ids) => new Set(ids).size === ids.length, "must name no tag twice")
      .describe("All tags it is to have.")
      .openapi({ example: [] }),
    temporary: z.literal(false).openapi({ example: false }).describe("Keeps a temporary conversation."),
  })
  .partial()
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), {
    error: "give title, persona_id, is_active, pinned, folder_id, tag_ids or temporary",
  });

conversations.openapi(
  contract({
    method: "put",
    path: "/conversations/{conversation_id}",
    operationId: "updateConversation",
    access: "chat",
    tags,
    summary: "Rename, archive, pin, tag, file or keep a conversation, or give it another persona",
    request: { params: ConversationParams, ...jsonBody(ChangesSchema) },
    responses: ok(ConversationSchema, "The conversation as it now is."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { conversation_id: id } = c.req.valid("param");
    const input = c.req.valid("json");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { persona_id: personaId } = input;
    const [[found], [row], [persona]] = await retried(() =>
      batchAs(db, caller, [
        conversationById(db, id),
        updateConversation(db, caller.userId, id, changesOf(input)),
        ownsPersona(db, caller.userId, personaId ?? 0),
      ]),
    );
    ownConversation(found, caller);
    if (!row && personaId !== undefined && !persona) throw personaNotFound(personaId);
    if (!row) throw new AppError("not_found", { detail: "Tag or folder not found" });
    if (personaId !== undefined) {
      await invalidateConversations(c.env, [row]);
      await moveMemory(c.env, db, ownConversation(found, caller), row);
    }
    return c.json(toConversation(row), 200);
  },
);

const changesOf = (input: z.output<typeof ChangesSchema>): ConversationChanges => ({
  title: input.title,
  personaId: input.persona_id,
  isActive: input.is_active,
  isPinned: input.pinned,
  folderId: input.folder_id,
  tagIds: input.tag_ids,
  ...(input.temporary === false && { isKept: true }),
});

conversations.openapi(
  contract({
    method: "delete",
    path: "/conversations/{conversation_id}",
    operationId: "deleteConversation",
    access: "chat",
    tags,
    summary: "Delete a conversation with its messages",
    request: { params: ConversationParams, headers: IfMatchHeader },
    responses: ok(ConfirmationSchema, "It is gone."),
    errors: ["not_found", "forbidden", "precondition_failed"],
  }),
  (c) =>
    callConversation(c, c.req.valid("param").conversation_id, {
      type: "delete",
      ifMatch: c.req.valid("header")["if-match"],
    }),
);
