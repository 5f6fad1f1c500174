import { z } from "@hono/zod-openapi";

import type { Conversation } from "../db/schema";
import { conversationItemId } from "./openai-items";

const EXAMPLE = {
  id: "conv_1",
  object: "conversation" as const,
  created_at: 1767268800,
  metadata: { topic: "the sea" },
};

export const OpenAiConversationSchema = z
  .object({
    id: z.string(),
    object: z.literal("conversation"),
    created_at: z.int().describe("Seconds since 1970."),
    metadata: z.record(z.string(), z.string()),
  })
  .openapi("OpenAIConversation", { example: EXAMPLE });

export const DeletedConversationSchema = z
  .object({ id: z.string(), object: z.literal("conversation.deleted"), deleted: z.literal(true) })
  .openapi("DeletedConversation", {
    example: { id: "conv_1", object: "conversation.deleted", deleted: true },
  });

/** A conversation as OpenAI's clients read it, with what one of them keeps with it. */
export const toOpenAiConversation = (
  { id, createdAt }: Pick<Conversation, "id" | "createdAt">,
  metadata: Record<string, string>,
): z.output<typeof OpenAiConversationSchema> => ({
  id: conversationItemId(id),
  object: "conversation",
  created_at: Math.floor(createdAt.getTime() / 1000),
  metadata,
});
