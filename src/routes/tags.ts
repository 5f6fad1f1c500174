import { z } from "@hono/zod-openapi";

import { ownAllowances } from "../db/allowances";
import { batchAs, one, retried } from "../db/client";
import { reserveId } from "../db/row-ids";
import { TAG_KINDS, type Tag } from "../db/schema";
import { deleteTag, insertTag, MAX_TAGS, renameTag, tagsOf } from "../db/tags";
import { AppError } from "../errors";
import { ConfirmationSchema, contract, idParameter, jsonBody, ok, textField } from "../http/contract";
import { newRouter } from "../http/router";
import { configuredRoom, roomOf, storageFull } from "../usage/room";
import { TagSchema, toTag } from "../wire/rows";

export const tags = newRouter();
const shared = { tags: ["Conversations"] };

const Params = z.object({ tag_id: idParameter("The tag's or folder's id.") });
const name = textField(60).openapi({ example: "Travels" });
const notFound = () => new AppError("not_found", { detail: "Tag or folder not found" });

tags.openapi(
  contract({
    method: "get",
    path: "/tags",
    operationId: "listTags",
    access: "read",
    ...shared,
    summary: "List your tags and folders, in the order they were made",
    responses: ok(z.array(TagSchema), "All of them."),
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [rows] = await retried(() => batchAs(db, caller, [tagsOf(db, caller.userId)]));
    return c.json(rows.map(toTag), 200);
  },
);

tags.openapi(
  contract({
    method: "post",
    path: "/tags",
    operationId: "createTag",
    access: "chat",
    ...shared,
    summary: "Make a tag or a folder to put conversations in",
    request: jsonBody(z.object({ name, kind: z.enum(TAG_KINDS).default("tag") })),
    responses: ok(TagSchema, "The new one, or the one that has this name already."),
    errors: ["too_many_tags", "storage_full"],
  }),
  async (c) => {
    const input = c.req.valid("json");
    const [db, caller, config] = [c.get("db"), c.get("caller"), c.get("config")];
    const { userId } = caller;
    const [known, own] = await batchAs(db, caller, [tagsOf(db, userId), ownAllowances(db, userId)]);
    const namesake = known.find((tag) => isNamed(tag, input));
    if (namesake) return c.json(toTag(namesake), 200);
    const id = await reserveId(db, caller, "tags");
    const row = { id, userId, ...input, room: configuredRoom(config) };
    const [[made]] = await batchAs(db, caller, [insertTag(db, row)]);
    if (made) return c.json(toTag(made), 200);
    if (known.length >= MAX_TAGS) throw new AppError("too_many_tags");
    throw storageFull(roomOf(one(own), config).storedBytes);
  },
);

/** Names that differ by their case alone are the same. */
const isNamed = (tag: Tag, { name, kind }: Pick<Tag, "name" | "kind">) =>
  tag.kind === kind && tag.name.toLowerCase() === name.toLowerCase();

tags.openapi(
  contract({
    method: "put",
    path: "/tags/{tag_id}",
    operationId: "renameTag",
    access: "chat",
    ...shared,
    summary: "Rename a tag or a folder",
    request: { params: Params, ...jsonBody(z.object({ name })) },
    responses: ok(TagSchema, "As it now is."),
    errors: ["not_found"],
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { tag_id } = c.req.valid("param");
    const rename = renameTag(db, caller.userId, tag_id, c.req.valid("json").name);
    const [[row]] = await retried(() => batchAs(db, caller, [rename]));
    if (!row) throw notFound();
    return c.json(toTag(row), 200);
  },
);

tags.openapi(
  contract({
    method: "delete",
    path: "/tags/{tag_id}",
    operationId: "deleteTag",
    access: "chat",
    ...shared,
    summary: "Delete a tag or a folder; the conversations stay",
    request: { params: Params },
    responses: ok(ConfirmationSchema, "It is gone."),
    errors: ["not_found"],
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { tag_id } = c.req.valid("param");
    const [, , gone] = await retried(() => batchAs(db, caller, deleteTag(db, caller.userId, tag_id)));
    if (gone.length === 0) throw notFound();
    return c.json({ message: `Tag ${tag_id} deleted successfully` }, 200);
  },
);
