import { z } from "@hono/zod-openapi";

import type { Message, MessageStatus } from "../db/schema";

const STATUSES = ["in_progress", "completed", "incomplete"] as const;
type ItemStatus = (typeof STATUSES)[number];

export const OutputTextSchema = z.object({
  type: z.literal("output_text"),
  text: z.string(),
  annotations: z.array(z.looseObject({})),
  logprobs: z
    .array(z.looseObject({}))
    .describe("Of the language model's tokens, in a request that is kept nowhere and asked for them."),
});

const InputTextSchema = z.object({ type: z.literal("input_text"), text: z.string() });

const OutputMessageSchema = z
  .object({
    id: z.string().describe("`msg_` and the message's id, where it is kept."),
    type: z.literal("message"),
    role: z.literal("assistant"),
    status: z.enum(STATUSES),
    content: z.array(OutputTextSchema),
  })
  .openapi("OutputMessage");

const InputMessageSchema = z
  .object({
    id: z.string(),
    type: z.literal("message"),
    role: z.literal("user"),
    status: z.enum(STATUSES),
    content: z.array(InputTextSchema),
  })
  .openapi("InputMessage");

const FunctionCallSchema = z
  .object({
    id: z.string(),
    type: z.literal("function_call"),
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
    status: z.enum(STATUSES),
  })
  .openapi("FunctionCall");

export const OutputItemSchema = z.union([OutputMessageSchema, FunctionCallSchema]);
export type OutputItem = z.output<typeof OutputItemSchema>;
export type FunctionCall = z.output<typeof FunctionCallSchema>;

export const MESSAGE_ITEM_EXAMPLE = {
  id: "msg_1048578",
  type: "message" as const,
  role: "assistant" as const,
  status: "completed" as const,
  content: [{ type: "output_text" as const, text: "Hey there!", annotations: [], logprobs: [] }],
};

/** What was said in a conversation, as items of a list. */
export const ItemListSchema = z
  .object({
    object: z.literal("list"),
    data: z.array(z.union([InputMessageSchema, OutputMessageSchema])),
    first_id: z.string().describe("Empty where there is none."),
    last_id: z.string(),
    has_more: z.boolean(),
  })
  .openapi("ItemList", {
    example: {
      object: "list",
      data: [MESSAGE_ITEM_EXAMPLE],
      first_id: "msg_1048578",
      last_id: "msg_1048578",
      has_more: false,
    },
  });

export const messageItemId = (id: number) => `msg_${id}`;
export const responseId = (id: number) => `resp_${id}`;
export const conversationItemId = (id: number) => `conv_${id}`;

const idAfter = (prefix: string) => (text: string) => {
  const match = new RegExp(`^${prefix}_([1-9]\\d{0,15})$`).exec(text);
  const id = match ? Number(match[1]) : null;
  return Number.isSafeInteger(id) ? id : null;
};

/** The message that an item's id means, or null: items of what is kept nowhere have ids that mean nothing here. */
export const messageOfItem = idAfter("msg");
/** The reply that a response's id means, or null. */
export const replyOfResponse = idAfter("resp");

export const outputText = (text: string, logprobs: unknown[] = []): z.output<typeof OutputTextSchema> => ({
  type: "output_text",
  text,
  annotations: [],
  logprobs: logprobs as object[] as { [name: string]: unknown }[],
});

/** A message of the persona's as an output item. */
export const outputMessage = (
  id: string,
  status: ItemStatus,
  content: z.output<typeof OutputTextSchema>[],
): z.output<typeof OutputMessageSchema> => ({ id, type: "message", role: "assistant", status, content });

/** How an item ends whose turn ended so. */
export const itemStatus = (status: MessageStatus): ItemStatus => {
  if (status === "in_progress") return status;
  return status === "complete" ? "completed" : "incomplete";
};

type Said = Pick<Message, "id" | "role" | "content" | "status">;

/** A stored message as an item. */
export function toItem({ id, role, content, status }: Said): z.output<typeof ItemListSchema>["data"][number] {
  const named = messageItemId(id);
  if (role === "assistant") return outputMessage(named, itemStatus(status), [outputText(content)]);
  const said = [{ type: "input_text" as const, text: content }];
  return { id: named, type: "message", role, status: "completed", content: said };
}

/** A page of messages, of which one more was read than is shown. */
export function toItemList(rows: Said[], limit = rows.length): z.output<typeof ItemListSchema> {
  const data = rows.slice(0, limit).map(toItem);
  const [first, last] = [data.at(0), data.at(-1)];
  return {
    object: "list",
    data,
    first_id: first?.id ?? "",
    last_id: last?.id ?? "",
    has_more: rows.length > limit,
  };
}
