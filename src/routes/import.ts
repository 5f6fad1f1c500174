import { z } from "@hono/zod-openapi";

import { bringInAll } from "../chat/bring-in";
import { followMemory } from "../chat/remember";
import { contract, IfMatchHeader, linesBody, ok, textField } from "../http/contract";
import { readLines } from "../http/lines";
import { newRouter } from "../http/router";
import { CONVERSATION_EXAMPLE, ConversationSchema, toConversation } from "../wire/rows";
import { ConversationParams } from "./conversations";

const MAX_LINES = 100_000;
/** Of a message that was said elsewhere: longer than any that is written here. Characters. */
const LONGEST_LINE = 32_000;
/** How far a clock elsewhere may be ahead of ours. Milliseconds. */
const AHEAD_MS = 24 * 60 * 60 * 1000;

/** ISO 8601: a day, or a moment; without a zone it is UTC. */
const moment = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/,
    "must be a time such as 2026-01-01T12:00:00Z",
  )
  .transform((text) =>
    Date.parse(/[T ]/.test(text) && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text),
  )
  .refine((at) => at >= 0, "must be a time such as 2026-01-01T12:00:00Z")
  .refine((at) => at <= Date.now() + AHEAD_MS, "must not lie in the future");

const LineSchema = z
  .object({
    role: z.enum(["user", "assistant"], { error: "must be user or assistant" }),
    content: textField(LONGEST_LINE, { multiline: true }),
    created_at: moment,
  })
  .transform(({ role, content, created_at: at }) => ({ role, content, at }));

const ImportedSchema = z
  .object({
    imported: z.int(),
    skipped: z.int().describe("These were there already."),
    conversation: ConversationSchema,
  })
  .openapi("Imported", { example: { imported: 2, skipped: 0, conversation: CONVERSATION_EXAMPLE } });

export const importing = newRouter();

importing.openapi(
  contract({
    method: "post",
    path: "/conversations/{conversation_id}/messages/import",
    operationId: "importMessages",
    access: "chat",
    lines: true,
    tags: ["Messages"],
    summary: "Bring in messages that were said elsewhere, with dates of their own, as JSON Lines",
    request: {
      params: ConversationParams,
      headers: IfMatchHeader,
      ...linesBody(
        "A message a line, `{role, content, created_at}`, oldest first, at most 100,000. They follow the newest message of " +
          "the conversation. What is there already, the same words of the same speaker at the same moment, is passed over, " +
          "so that an import may be repeated.",
        '{"role":"user","content":"My sister Ruth collects stamps.","created_at":"2023-05-08T13:56:00Z"}\n',
      ),
    },
    responses: ok(ImportedSchema, "How many were brought in, and how many were there already."),
    errors: [
      "not_found",
      "forbidden",
      "precondition_failed",
      "turn_running",
      "conversation_full",
      "storage_full",
    ],
  }),
  async (c) => {
    const { conversation_id: id } = c.req.valid("param");
    const text = new TextDecoder().decode(await c.req.arrayBuffer());
    const lines = readLines(text, LineSchema, MAX_LINES);
    const { imported, conversation } = await bringInAll(c, id, lines, c.req.valid("header")["if-match"]);
    await followMemory(c.get("db"), c.env, conversation);
    const skipped = lines.length - imported;
    return c.json({ imported, skipped, conversation: toConversation(conversation) }, 200);
  },
);
