import { z } from "@hono/zod-openapi";

import type { Content, Part, PromptMessage } from "../../models/language-model";
import { refusal } from "./place";

const PartSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  refusal: z.string().optional(),
  image_url: z.looseObject({ url: z.string(), detail: z.string().optional() }).optional(),
});

const ToolCallSchema = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

/** A message of a chat completion's request, as loosely as clients write them. */
export const ChatMessageSchema = z
  .looseObject({
    role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
    content: z.union([z.string(), z.array(PartSchema)]).nullish(),
    refusal: z.string().nullish(),
    tool_calls: z.array(ToolCallSchema).nullish(),
    tool_call_id: z.string().nullish(),
  })
  .openapi("ChatMessage", { example: { role: "user", content: "Hi Alex! How are you doing today?" } });

export type ChatMessage = z.output<typeof ChatMessageSchema>;
type ChatPart = z.output<typeof PartSchema>;

/** What a client has said in its request: what its app says of itself, and the conversation, oldest first. */
export type Told = { app: string[]; messages: PromptMessage[] };

const UNTEXTUAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Text that clients paste may hold what is none: that goes, the rest stays. */
export const plainText = (text: string) => text.toWellFormed().replace(UNTEXTUAL, "");

/**
 * The messages of a request, as a chat completion has them.
 * @param pathOf where the content of each of them stands
 * @throws AppError `unsupported_content` for audio and files
 */
export function toldIn(
  given: ChatMessage[],
  pathOf = (i: number): string => `body.messages.${i}.content`,
): Told {
  const contents = given.map((message, i) => contentOf(message, pathOf(i)));
  const isApp = ({ role }: ChatMessage) => role === "system" || role === "developer";
  return {
    app: given.flatMap((message, i) => (isApp(message) ? [flat(contents[i] ?? "")] : [])).filter(Boolean),
    messages: given.flatMap((message, i) => (isApp(message) ? [] : [toMessage(message, contents[i] ?? "")])),
  };
}

/** A function's answer of before there were tools is what the user's app says: there is no call that it belongs to. */
function toMessage(
  { role, tool_calls: calls, tool_call_id: answered }: ChatMessage,
  content: Content,
): PromptMessage {
  if (role === "tool" && answered) return { role, content, tool_call_id: answered };
  if (role !== "assistant") return { role: "user", content };
  const made = calls?.map(({ id, function: { name, arguments: text } }) => ({
    id,
    type: "function" as const,
    function: { name, arguments: text },
  }));
  return { role, content, ...(made?.length && { tool_calls: made }) };
}

function contentOf({ content, refusal }: ChatMessage, path: string): Content {
  if (!Array.isArray(content)) return plainText(content ?? refusal ?? "");
  const parts = content.map((part, i) => partOf(part, `${path}.${i}`));
  // Models of other servers take a list where it holds more than text, at best.
  return parts.every(({ type }) => type === "text") ? flat(parts) : parts;
}

const flat = (content: Content): string =>
  typeof content === "string"
    ? content
    : content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");

function partOf({ type, text, refusal: declined, image_url: image }: ChatPart, path: string): Part {
  if (type === "image_url" && image) {
    return { type, image_url: { url: image.url, ...(image.detail && { detail: image.detail }) } };
  }
  const said = text ?? declined;
  if (said !== undefined) return { type: "text", text: plainText(said) };
  throw refusal(
    "unsupported_content",
    path,
    `Content of the type \`${type.slice(0, 40)}\` is not supported.`,
  );
}
