import { createHash, randomBytes } from "node:crypto";

import { z } from "@hono/zod-openapi";

import { ownAllowances } from "../db/allowances";
import { batchAs, one, retried, type Caller, type Database } from "../db/client";
import { conversationById, ownConversation } from "../db/conversations";
import { messagesThrough } from "../db/messages";
import { personaById } from "../db/personas";
import { reserveId } from "../db/row-ids";
import type { Message } from "../db/schema";
import { deleteShare, insertShare, MAX_SHARES, shareNamed, sharesOf } from "../db/shares";
import { AppError } from "../errors";
import { ConfirmationSchema, contract, idParameter, jsonBody, ok, textField } from "../http/contract";
import { newRouter } from "../http/router";
import { SHARED_HEADERS, sharedPage } from "../http/shared-page";
import { configuredRoom, roomOf, storageFull } from "../usage/room";
import { SharedSchema, ShareSchema, toShare, toShared } from "../wire/shares";
import { ConversationParams } from "./conversations";

const tags = ["Conversations"];

/** A link holds so many messages and bytes at most: it is one row. */
const MAX_SHARED = { count: 2000, bytes: 1_000_000 };
const NAME_BYTES = 16;

const hashOf = (name: string) => createHash("sha256").update(name).digest("hex");
const unknownLink = () => new AppError("not_found", { detail: "There is nothing behind this link" });

/** Links of a user's own. */
export const shares = newRouter();

shares.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/shares",
    operationId: "shareConversation",
    access: "chat",
    tags,
    summary: "Make a link by which anybody may read a branch of a conversation as it is now",
    request: {
      params: ConversationParams,
      ...jsonBody(
        z.object({
          message_id: z
            .int()
            .positive()
            .optional()
            .describe("The last message that is shown, with all before it; else the branch in force."),
          title: textField(255).optional().openapi({ example: "A summer by the sea" }).describe("Else none."),
          show_persona: z.boolean().default(true).describe("Whether the persona's name is shown."),
        }),
      ),
    },
    responses: ok(ShareSchema, "The link."),
    errors: [
      "not_found",
      "forbidden",
      "nothing_to_share",
      "too_long_to_share",
      "too_many_shares",
      "storage_full",
    ],
  }),
  async (c) => {
    const { conversation_id: id } = c.req.valid("param");
    const { message_id, title = null, show_persona } = c.req.valid("json");
    const [db, caller, config] = [c.get("db"), c.get("caller"), c.get("config")];
    const { conversation, messages, persona } = await readBranch(db, caller, id, message_id);
    const shown = {
      title,
      persona: show_persona ? persona : null,
      messages: messages.map(({ role, content }) => ({ role, content })),
    };
    const name = randomBytes(NAME_BYTES).toString("base64url");
    const rowId = await reserveId(db, caller, "shares");
    const row = { id: rowId, name, nameHash: hashOf(name), room: configuredRoom(config) };
    const [[made], known, own] = await batchAs(db, caller, [
      insertShare(db, conversation, row, shown),
      sharesOf(db, caller.userId),
      ownAllowances(db, caller.userId),
    ]);
    if (made) return c.json(toShare(made), 200);
    if (known.length >= MAX_SHARES) throw new AppError("too_many_shares");
    throw storageFull(roomOf(one(own), config).storedBytes);
  },
);

/** What is to be shown: the branch up to a message, from its beginning. */
async function readBranch(db: Database, caller: Caller, id: number, messageId: number | undefined) {
  const [[row]] = await retried(() => batchAs(db, caller, [conversationById(db, id)]));
  const conversation = ownConversation(row, caller);
  const leaf = messageId ?? conversation.headMessageId;
  if (leaf === null) throw new AppError("nothing_to_share");
  const { count, bytes } = MAX_SHARED;
  const [messages, [persona]] = await retried(() =>
    batchAs(db, caller, [
      messagesThrough(db, conversation, leaf, { count: count + 1, bytes }),
      personaById(db, caller.userId, conversation.personaId),
    ]),
  );
  if (messages.length === 0) throw new AppError("not_found", { detail: "Message not found" });
  if (isCut(messages)) throw new AppError("too_long_to_share");
  return { conversation, messages, persona: persona?.name ?? null };
}

const isCut = (messages: Message[]) =>
  messages[0]?.parentId !== null ||
  messages.length > MAX_SHARED.count ||
  messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0) > MAX_SHARED.bytes;

shares.openapi(
  contract({
    method: "get",
    path: "/shares",
    operationId: "listShares",
    access: "read",
    tags,
    summary: "List your links, in the order they were made",
    responses: ok(z.array(ShareSchema), "All of them."),
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [rows] = await retried(() => batchAs(db, caller, [sharesOf(db, caller.userId)]));
    return c.json(rows.map(toShare), 200);
  },
);

shares.openapi(
  contract({
    method: "delete",
    path: "/shares/{share_id}",
    operationId: "deleteShare",
    access: "chat",
    tags,
    summary: "Revoke a link: from now on nothing is behind it",
    request: { params: z.object({ share_id: idParameter("The link's id.") }) },
    responses: ok(ConfirmationSchema, "It is gone."),
    errors: ["not_found"],
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { share_id } = c.req.valid("param");
    const [gone] = await retried(() => batchAs(db, caller, [deleteShare(db, caller.userId, share_id)]));
    if (gone.length === 0) throw new AppError("not_found", { detail: "Link not found" });
    return c.json({ message: `Link ${share_id} revoked` }, 200);
  },
);

/** What is behind a link, for whoever has it. */
export const shared = newRouter();

const Named = z.object({
  name: z
    .string()
    .regex(/^[\w-]{22}$/, "must be the name of a link")
    .openapi({ pattern: "^[\\w-]{22}$", example: "Zm9vYmFyYmF6cXV4MTIzNA" }),
});

async function find(db: Database, name: string) {
  const [share] = await retried(async () => shareNamed(db, hashOf(name)));
  if (!share) throw unknownLink();
  return toShared(share);
}

shared.openapi(
  contract({
    method: "get",
    path: "/shares/{name}",
    operationId: "getShared",
    access: "public",
    tags,
    summary: "Read what somebody has shared, by its link's name",
    request: { params: Named },
    responses: ok(SharedSchema, "What they have shared, as it was then."),
    errors: ["not_found"],
  }),
  async (c) => {
    c.header("X-Robots-Tag", "noindex, nofollow");
    return c.json(await find(c.get("db"), c.req.valid("param").name), 200);
  },
);

shared.openapi(
  contract({
    method: "get",
    path: "/s/{name}",
    operationId: "getSharedPage",
    access: "public",
    tags,
    summary: "The same as a page, for browsers",
    request: { params: Named },
    responses: {
      200: {
        description: "The page.",
        content: { "text/html": { schema: z.string().openapi({ example: "<!doctype html>…" }) } },
      },
    },
    errors: ["not_found"],
  }),
  async (c) => {
    const page = await sharedPage(await find(c.get("db"), c.req.valid("param").name));
    return c.html(page, 200, SHARED_HEADERS);
  },
);
