import { z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { AppError } from "../../errors";

/**
 * Where a request happens, which it says itself. A pass brings its history along and is kept nowhere. In one of our
 * conversations only what is new counts; it goes on where that stands, or after a message that is named. One of theirs is known
 * by the client's own name for it, and is what it shows. A new one is made for it.
 */
export type Place =
  | { type: "pass" }
  | { type: "ours"; conversationId: number; after?: After }
  | { type: "new" }
  | { type: "theirs"; externalId: string };

/** A message of ours that is gone on from, and what it means to the client that it is not there. */
export type After = { messageId: number; missing: "previous_response_not_found" | "item_not_found" };

const chatId = (description: string) =>
  z
    .string()
    .refine(
      (text) => !isNamed(text) || /^[\x21-\x7e]{1,128}$/.test(text),
      "must be 1 to 128 visible ASCII characters",
    )
    .optional()
    .openapi({ type: "string", description, example: "f3b0c442-98fc-4c14-9afb" });

/** What names a place in a request's headers. */
export const PlaceHeaders = z.object({
  "x-conversation-id": z.string().optional().openapi({
    description:
      "A conversation of yours in which this is said, as `17` or `conv_17`. Only what is new in the request counts.",
    example: "17",
  }),
  "x-chat-id": chatId(
    "The client's own name for a chat that it shows: it is kept as a conversation of yours, in which the request's history is a " +
      "path, its edits are branches and its new answers variants.",
  ),
  "x-openwebui-chat-id": chatId("The same, as Open WebUI sends it."),
  "x-openwebui-task": z.string().optional().openapi({
    description: "What Open WebUI asks beside a conversation (a title, tags): it is kept nowhere.",
    example: "title_generation",
  }),
});

/** The conversation that a text names: `17` or `conv_17`; null for any other text. */
export function conversationIn(text: string): number | null {
  const match = /^(?:conv_)?([1-9]\d{0,14})$/.exec(text.trim());
  return match ? Number(match[1]) : null;
}

/** What names a place, by the field that a client is told of. */
type Names = { path: string; text: string | null | undefined }[];

/** Empty texts, and a template that was not filled in, name none. */
function isNamed(text: string | null | undefined): text is string {
  return !!text && !/^\{\{.*\}\}$/.test(text);
}

/**
 * The place that a request names in its headers, its `metadata`, or as its dialect has it (`ours`); `nowhere` where it names none.
 * @throws AppError `validation_failed` for what names no conversation, `unsupported_value` for two places at once
 */
export function placeOf(
  c: Context,
  metadata: Record<string, string> | null | undefined,
  ours: Names = [],
  nowhere: Place = { type: "pass" },
): Place {
  const names: Names = [
    ...ours,
    { path: "header.x-conversation-id", text: c.req.header("x-conversation-id") },
    { path: "body.metadata.conversation_id", text: metadata?.conversation_id },
  ];
  const ourPlaces = names.flatMap(({ path, text }) => (isNamed(text) ? [oursAt(path, text)] : []));
  const theirPlaces = CHAT_IDS.flatMap((name) => {
    const externalId = c.req.header(name);
    return isNamed(externalId) ? [theirsAt(`header.${name}`, externalId)] : [];
  });
  const places = [...ourPlaces, ...theirPlaces];
  const [first] = places;
  if (isNamed(c.req.header("x-openwebui-task"))) return { type: "pass" };
  if (!first) return nowhere;
  const other = places.find(({ key }) => key !== first.key);
  if (!other) return first.place;
  throw refusal("unsupported_value", other.path, "A request happens in one place: these name two.");
}

const CHAT_IDS = ["x-chat-id", "x-openwebui-chat-id"];

/** A place that is named, and what tells it from another one. */
type Named = { path: string; key: string; place: Place };

const theirsAt = (path: string, externalId: string): Named => ({
  path,
  key: `theirs ${externalId}`,
  place: { type: "theirs", externalId },
});

function oursAt(path: string, text: string): Named {
  const conversationId = idIn(path, text);
  return { path, key: `ours ${conversationId}`, place: { type: "ours", conversationId } };
}

function idIn(path: string, text: string): number {
  const id = conversationIn(text);
  if (id === null) throw refusal("validation_failed", path, "must name a conversation, as in 17 or conv_17");
  return id;
}

/** An error that names the field at fault. */
export const refusal = (
  code: "unsupported_value" | "unsupported_content" | "validation_failed",
  path: string,
  message: string,
): AppError => new AppError(code, { detail: message, errors: [{ path, message }] });
