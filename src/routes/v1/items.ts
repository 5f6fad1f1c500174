import { z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { batchAs, retried } from "../../db/client";
import { conversationOfMessage, pageOfBranch } from "../../db/messages";
import type { Conversation } from "../../db/schema";
import { AppError } from "../../errors";
import { countParameter } from "../../http/contract";
import type { AppEnv } from "../../http/router";
import { messageOfItem, toItemList } from "../../wire/openai-items";

/** Which items of a list are asked for, as OpenAI's lists have it. */
export const ItemsQuery = z.object({
  limit: countParameter(1, 100, 20),
  order: z.enum(["asc", "desc"]).default("desc").openapi({ description: "Oldest or newest first." }),
  after: z
    .string()
    .max(256)
    .optional()
    .openapi({ description: "The item that the page before ended with.", example: "msg_1048578" }),
});

/**
 * A page of what was said in a conversation of the caller's: on the branch in force, or up to a message with it.
 * @throws AppError `item_not_found`
 */
export async function itemsOf(
  c: Context<AppEnv>,
  { id, userId }: Pick<Conversation, "id" | "userId">,
  leaf: number | "head",
  { limit, order, after: named }: z.output<typeof ItemsQuery>,
) {
  const after = named === undefined ? null : messageOfItem(named);
  // One that was deleted since still says where the page before ended.
  const isOfIt = after !== null && conversationOfMessage(after) === id;
  if (named !== undefined && !isOfIt) throw new AppError("item_not_found");
  const page = { ascending: order === "asc", after, limit: limit + 1 };
  const [db, caller] = [c.get("db"), c.get("caller")];
  const [rows] = await retried(() => batchAs(db, caller, [pageOfBranch(db, { id, userId }, leaf, page)]));
  return toItemList(rows, limit);
}
