import { z } from "@hono/zod-openapi";

import type { Share } from "../db/shares";
import { isoTime, TimeSchema } from "./time";

const SHARED = {
  title: "A summer by the sea",
  persona: "Alex",
  messages: [
    { role: "user" as const, content: "Do you remember that summer?" },
    { role: "assistant" as const, content: "How could I forget it?" },
  ],
};

/** What a link shows: nothing of its user but what they chose. */
export const SharedSchema = z
  .object({
    title: z.string().nullable(),
    persona: z.string().nullable().describe("The persona's name, where it is shown."),
    messages: z.array(z.object({ role: z.enum(["user", "assistant"]), content: z.string() })),
  })
  .openapi("Shared", { example: SHARED });

export const ShareSchema = z
  .object({
    id: z.int(),
    conversation_id: z.int(),
    name: z.string().describe("Whoever knows it may read what is shared."),
    path: z.string().describe("The link's path on this server."),
    title: z.string().nullable(),
    message_count: z.int(),
    created_at: TimeSchema,
  })
  .openapi("Share", {
    example: {
      id: 1,
      conversation_id: 1,
      name: "Zm9vYmFyYmF6cXV4MTIzNA",
      path: "/s/Zm9vYmFyYmF6cXV4MTIzNA",
      title: SHARED.title,
      message_count: 2,
      created_at: "2026-01-01T12:00:00.000Z",
    },
  });

/** A link as its user is shown it. */
export const toShare = ({ id, conversationId, name, title, messages, createdAt }: Share) => ({
  id,
  conversation_id: conversationId,
  name,
  path: `/s/${name}`,
  title,
  message_count: messages.length,
  created_at: isoTime(createdAt),
});

/** What a link shows, as whoever has it is shown it. */
export const toShared = ({ title, persona, messages }: Share) => ({ title, persona, messages });
