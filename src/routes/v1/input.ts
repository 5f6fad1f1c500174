import { z } from "@hono/zod-openapi";

import type { PromptMessage } from "../../models/language-model";
import { plainText, toldIn, type ChatMessage, type Told } from "./messages";
import { refusal } from "./place";

const PartSchema = z.looseObject({
  type: z.string(),
  text: z.string().nullish(),
  refusal: z.string().nullish(),
  image_url: z.string().nullish(),
  detail: z.string().nullish(),
});
const content = z.union([z.string(), z.array(PartSchema)]);

/** An item of a response's input, as loosely as clients write them. */
const ItemSchema = z.looseObject({
  type: z.string().nullish(),
  id: z.string().max(256).nullish(),
  role: z.enum(["user", "assistant", "system", "developer"]).nullish(),
  content: content.nullish(),
  call_id: z.string().nullish(),
  name: z.string().nullish(),
  arguments: z.string().nullish(),
  output: content.nullish(),
});
type Item = z.output<typeof ItemSchema>;
type Part = z.output<typeof PartSchema>;

export const ItemsSchema = z.array(ItemSchema);
export const InputSchema = z
  .union([z.string(), ItemsSchema.min(1).max(10_000)])
  .openapi({ example: "Hi Alex! How are you doing today?" });

/** What the input says after the last item that it only refers to, and that item. */
export type Input = Told & { reference: { path: string; id: string } | null };

/**
 * The input of a response's request. Items of kinds that are not known here say nothing.
 * @throws AppError `unsupported_content`, `validation_failed`
 */
export function inputIn(
  given: z.output<typeof InputSchema>,
  instructions: string | null | undefined,
  path = "body.input",
): Input {
  const items: Item[] = typeof given === "string" ? [{ role: "user", content: given }] : given;
  const last = items.findLastIndex((item) => item.type === "item_reference");
  const referred = items[last]?.id;
  const { app, messages } = said(items, last + 1, path);
  return {
    app: [plainText(instructions ?? ""), ...app].filter(Boolean),
    messages: joined(messages),
    reference: last < 0 ? null : { path: `${path}.${last}.id`, id: referred ?? "" },
  };
}

/** What is said from this item on, and what the app says anywhere. */
function said(items: Item[], from: number, root: string): Told {
  const told = items.flatMap((item, i) => {
    const path = `${root}.${i}`;
    const isApp = item.role === "system" || item.role === "developer";
    const message = i < from && !isApp ? null : toMessage(item, path);
    return message ? [{ message, path: `${path}.${item.output == null ? "content" : "output"}` }] : [];
  });
  return toldIn(
    told.map(({ message }) => message),
    (i) => told[i]?.path ?? root,
  );
}

/** An item as the message of a chat completion that it would be; null for what is none. */
function toMessage(item: Item, path: string): ChatMessage | null {
  switch (item.type ?? "message") {
    case "message":
      if (!item.role) throw refusal("validation_failed", `${path}.role`, "must say who speaks");
      return { role: item.role, content: toContent(item.content) };
    case "function_call": {
      const { call_id: id, name, arguments: text } = item;
      if (!id || !name) throw refusal("validation_failed", path, "must have a call_id and a name");
      return { role: "assistant", tool_calls: [{ id, function: { name, arguments: text ?? "" } }] };
    }
    case "function_call_output":
      if (!item.call_id) throw refusal("validation_failed", `${path}.call_id`, "must name a call");
      return { role: "tool", tool_call_id: item.call_id, content: toContent(item.output) };
    default:
      return null;
  }
}

const toContent = (given: Item["content"]): ChatMessage["content"] =>
  Array.isArray(given) ? given.map(toPart) : given;

function toPart({ type, text, refusal: declined, image_url: url, detail }: Part) {
  const isImage = type === "input_image" && url;
  return {
    type: isImage ? "image_url" : type,
    ...(text != null && { text }),
    ...(declined != null && { refusal: declined }),
    ...(isImage && { image_url: { url, ...(detail && { detail }) } }),
  };
}

/** Calls that were made together, and what was said with them, are one message of a chat completion. */
function joined(messages: PromptMessage[]): PromptMessage[] {
  const all: PromptMessage[] = [];
  for (const message of messages) {
    const last = all.at(-1);
    if (last?.role === "assistant" && message.role === "assistant" && message.tool_calls) {
      last.tool_calls = [...(last.tool_calls ?? []), ...message.tool_calls];
    } else {
      all.push({ ...message });
    }
  }
  return all;
}
