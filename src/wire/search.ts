import { z } from "@hono/zod-openapi";

import type { Conversation, Message } from "../db/schema";
import { isoTime, TimeSchema } from "./time";

const HitSchema = z.object({
  message_id: z.int(),
  conversation_id: z.int(),
  conversation_title: z.string(),
  persona_id: z.int(),
  role: z.enum(["user", "assistant"]),
  snippet: z.string().describe("The part of the message around what was found."),
  highlights: z
    .array(z.tuple([z.int(), z.int()]))
    .describe("What was found in the snippet: from and to, in UTF-16 code units, as JavaScript counts."),
  created_at: TimeSchema,
});

/** What was found. */
export const SearchResultSchema = z
  .object({
    hits: z.array(HitSchema),
    complete: z
      .boolean()
      .describe("False while older conversations are still being taken in: search again in a moment."),
  })
  .openapi("SearchResult", {
    example: {
      hits: [
        {
          message_id: 1048578,
          conversation_id: 1,
          conversation_title: "First Chat with Alex",
          persona_id: 1,
          role: "assistant" as const,
          snippet: "Do you remember the sea that summer?",
          highlights: [[20, 23]],
          created_at: "2026-01-01T12:05:01.000Z",
        },
      ],
      complete: true,
    },
  });

/** A part of a message, and what was found in it. */
type Snippet = { text: string; highlights: [from: number, to: number][] };

/** A message that was found. */
export const toHit = (message: Message, conversation: Conversation, { text, highlights }: Snippet) => ({
  message_id: message.id,
  conversation_id: conversation.id,
  conversation_title: conversation.title,
  persona_id: conversation.personaId,
  role: message.role,
  snippet: text,
  highlights,
  created_at: isoTime(message.createdAt),
});
