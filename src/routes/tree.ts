import { z } from "@hono/zod-openapi";

import { callConversation } from "../chat/client";
import { batchAs, retried } from "../db/client";
import { conversationById, ownConversation } from "../db/conversations";
import { messagePlace } from "../db/messages";
import { branchesOf, variantsOf } from "../db/tree";
import { AppError } from "../errors";
import {
  contract,
  countParameter,
  idParameter,
  IfMatchHeader,
  jsonBody,
  ok,
  textField,
} from "../http/contract";
import { linkNext } from "../http/paging";
import { newRouter } from "../http/router";
import { BranchSchema } from "../wire/branch";
import { ConversationSchema, entityTag, MessageSchema, toMessage } from "../wire/rows";
import { TURN_EXAMPLE, TurnSchema } from "../wire/turn-stream";
import { ConversationParams } from "./conversations";
import {
  ContentSchema,
  deliveryOf,
  onceOf,
  stream,
  turnAnswers,
  turnErrors,
  TurnErrorSchema,
  TurnHeaders,
} from "./messages";

export const tree = newRouter();
const tags = ["Branches"];

const Params = ConversationParams.extend({ message_id: idParameter("The message's id.") });

tree.openapi(
  contract({
    method: "get",
    path: "/conversations/{conversation_id}/messages/{message_id}/variants",
    operationId: "listVariants",
    access: "read",
    tags,
    summary: "List what stands beside a message, itself included, in the order it was said",
    request: {
      params: Params,
      query: z.object({
        limit: countParameter(1, 100, 100),
        cursor: idParameter("The last variant of the page before.").optional(),
      }),
    },
    responses: ok(z.array(MessageSchema), "A page; its Link header names the next one."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { conversation_id: id, message_id } = c.req.valid("param");
    const { limit, cursor = 0 } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const page = { after: cursor, limit: limit + 1 };
    const [[conversation], [message], rows] = await retried(() =>
      batchAs(db, caller, [
        conversationById(db, id),
        messagePlace(db, id, message_id),
        variantsOf(db, { id, userId: caller.userId }, message_id, page),
      ]),
    );
    ownConversation(conversation, caller);
    if (!message) throw new AppError("not_found", { detail: "Message not found" });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    if (rows.length > limit && last) linkNext(c, { cursor: last.id });
    return c.json(shown.map(toMessage), 200);
  },
);

tree.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/messages/{message_id}/select",
    operationId: "selectMessage",
    access: "chat",
    tags,
    summary: "Go to the branch of a message, up to the newest message on it",
    request: { params: Params, headers: IfMatchHeader },
    responses: ok(ConversationSchema, "The conversation as it now is."),
    errors: ["not_found", "forbidden", "turn_running", "precondition_failed"],
  }),
  (c) => {
    const { conversation_id, message_id: messageId } = c.req.valid("param");
    const ifMatch = c.req.valid("header")["if-match"];
    return callConversation(c, conversation_id, { type: "select", messageId, ifMatch });
  },
);

const EditSchema = ContentSchema.extend({
  answer: z
    .boolean()
    .default(false)
    .openapi({ example: true })
    .describe(
      "Have the persona answer: your own words with a reply, those in its place by going on from them.",
    ),
  ...stream.shape,
}).openapi("Edit");

/** As a turn; without an answer, one of the two messages is the new one, and the other one may be missing. */
const EditedSchema = z
  .object({ ...TurnSchema.shape, assistant_message: MessageSchema.nullable() })
  .openapi("EditedTurn", { example: TURN_EXAMPLE });

tree.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/messages/{message_id}/edit",
    operationId: "editMessage",
    access: "chat",
    rate: "turns",
    tags,
    summary:
      "Put other words beside a message, yours or the persona's; the message itself stays as a variant",
    request: { params: Params, headers: TurnHeaders, ...jsonBody(EditSchema) },
    responses: {
      200: {
        ...turnAnswers[200],
        description: `Without \`answer\`: the new message, and what it answers, if it does. With it, as a send: ${turnAnswers[200].description}`,
        content: {
          ...turnAnswers[200].content,
          "application/json": { schema: EditedSchema },
        },
      },
    },
    errors: [...turnErrors, "nothing_to_continue"],
    failure: TurnErrorSchema,
  }),
  async (c) => {
    const { conversation_id, message_id: messageId } = c.req.valid("param");
    const { content, answer, stream: asked } = c.req.valid("json");
    const headers = c.req.valid("header");
    const ifMatch = headers["if-match"];
    if (!answer)
      return callConversation(c, conversation_id, { type: "rewrite", messageId, content, ifMatch });
    return callConversation(c, conversation_id, {
      type: "edit",
      messageId,
      content,
      ifMatch,
      delivery: deliveryOf(c, asked, headers),
      once: await onceOf(headers, `edit ${messageId} ${content}`),
    });
  },
);

tree.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/messages/{message_id}/continue",
    operationId: "continueReply",
    access: "chat",
    rate: "turns",
    tags,
    summary: "Have the last reply of a branch go on where it ended",
    request: {
      params: Params,
      headers: TurnHeaders,
      body: { required: false as const, content: { "application/json": { schema: stream } } },
    },
    responses: turnAnswers,
    errors: [...turnErrors, "nothing_to_continue"],
    failure: TurnErrorSchema,
  }),
  async (c) => {
    const { conversation_id, message_id: messageId } = c.req.valid("param");
    const headers = c.req.valid("header");
    return callConversation(c, conversation_id, {
      type: "continue",
      messageId,
      ifMatch: headers["if-match"],
      delivery: deliveryOf(c, c.req.valid("json")?.stream, headers),
      once: await onceOf(headers, `continue ${messageId}`),
    });
  },
);

tree.openapi(
  contract({
    method: "get",
    path: "/conversations/{conversation_id}/branches",
    operationId: "listBranches",
    access: "read",
    tags,
    summary: "List the branches of a conversation, the one with the newest message first",
    request: {
      params: ConversationParams,
      query: z.object({
        limit: countParameter(1, 100, 20),
        cursor: idParameter("The last message of the last branch of the page before.").optional(),
      }),
    },
    responses: ok(z.array(BranchSchema), "A page; its Link header names the next one."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { conversation_id: id } = c.req.valid("param");
    const { limit, cursor = Number.MAX_SAFE_INTEGER } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const page = { before: cursor, limit: limit + 1 };
    const [[row], leaves, lengths] = await retried(() =>
      batchAs(db, caller, [conversationById(db, id), ...branchesOf(db, { id, userId: caller.userId }, page)]),
    );
    const { headMessageId } = ownConversation(row, caller);
    c.header("ETag", entityTag(ownConversation(row, caller)));
    const byLeaf = new Map(lengths.map((branch) => [branch.leaf, branch]));
    const shown = leaves.slice(0, limit);
    const last = shown.at(-1);
    if (leaves.length > limit && last) linkNext(c, { cursor: last.id });
    const branches = shown.map((leaf) => ({
      message: toMessage(leaf),
      message_count: byLeaf.get(leaf.id)?.length ?? 0,
      shared_message_id: byLeaf.get(leaf.id)?.shared ?? null,
      is_current: leaf.id === headMessageId,
    }));
    return c.json(branches, 200);
  },
);

tree.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/fork",
    operationId: "forkConversation",
    access: "chat",
    tags,
    summary: "Go on in a new conversation, from any message of this one",
    request: {
      params: ConversationParams,
      headers: IfMatchHeader,
      ...jsonBody(
        z
          .object({
            message_id: z
              .int()
              .positive()
              .optional()
              .describe("The last message of the new conversation's branch in force; else this one's."),
            branches: z
              .enum(["path", "all"])
              .default("path")
              .describe("What comes along: the branch up to that message, or all there is."),
            title: textField(255).optional().openapi({ example: "What if" }).describe("Else this one's."),
          })
          .openapi("Fork"),
      ),
    },
    responses: ok(ConversationSchema, "The new conversation."),
    errors: [
      "not_found",
      "forbidden",
      "turn_running",
      "precondition_failed",
      "too_long_to_fork",
      "too_many_conversations",
      "storage_full",
    ],
  }),
  (c) => {
    const { message_id: messageId = null, branches, title = null } = c.req.valid("json");
    return callConversation(c, c.req.valid("param").conversation_id, {
      type: "fork",
      messageId,
      withBranches: branches === "all",
      title,
      ifMatch: c.req.valid("header")["if-match"],
    });
  },
);

tree.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/undo",
    operationId: "undoDeletion",
    access: "chat",
    tags,
    summary: "Have back what was deleted last, within ten minutes",
    request: { params: ConversationParams, headers: IfMatchHeader },
    responses: ok(ConversationSchema, "The conversation as it now is."),
    errors: ["not_found", "forbidden", "turn_running", "precondition_failed", "nothing_to_undo"],
  }),
  (c) => {
    const ifMatch = c.req.valid("header")["if-match"];
    return callConversation(c, c.req.valid("param").conversation_id, { type: "undo", ifMatch });
  },
);
