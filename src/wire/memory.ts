import { z } from "@hono/zod-openapi";

import type { Message } from "../db/schema";
import type { Fact } from "../memory/facts/store";
import { FACT_KINDS } from "../memory/facts/fact";
import type { RecallAnswer } from "../memory/answer";
import { isoTime, TimeSchema } from "./time";

export const FactSchema = z
  .object({
    id: z.int(),
    kind: z.enum(FACT_KINDS),
    text: z.string(),
    origin: z
      .enum(["user", "rule", "model"])
      .describe("Told by you, found by rule in your own words, or by a model."),
    source_ids: z.array(z.int()).describe("The messages that say so."),
    is_pinned: z.boolean(),
    is_suggested: z.boolean().describe("Waits for you to confirm it: until then it is shown, and not used."),
    at: TimeSchema.describe("When it was said."),
    until: TimeSchema.nullable().describe("Since when it holds no more: a newer one took its place."),
    superseded_by: z.int().nullable(),
    edited_at: TimeSchema.nullable(),
  })
  .openapi("Fact", {
    example: {
      id: 1,
      kind: "kin",
      text: "My sister Ruth collects stamps.",
      origin: "rule",
      source_ids: [1048577],
      is_pinned: false,
      is_suggested: false,
      at: "2026-01-01T12:00:00.000Z",
      until: null,
      superseded_by: null,
      edited_at: null,
    },
  });

const orNone = (at: number | null) => (at === null ? null : isoTime(new Date(at)));

/** A fact as the API shows it. */
export const toFact = (fact: Fact) => ({
  id: fact.id,
  kind: fact.kind,
  text: fact.text,
  origin: fact.origin,
  source_ids: fact.sourceIds,
  is_pinned: fact.pinned,
  is_suggested: fact.suggested,
  at: isoTime(new Date(fact.at)),
  until: orNone(fact.until),
  superseded_by: fact.supersededBy,
  edited_at: orNone(fact.editedAt),
});

/** A message that was recalled, or would be. */
export const RecalledSchema = z.object({
  id: z.int(),
  conversation_id: z.int(),
  role: z.enum(["user", "assistant"]),
  content: z.string(),
  created_at: TimeSchema,
});

export const toRecalled = ({ id, conversationId, role, content, createdAt }: Message) => ({
  id,
  conversation_id: conversationId,
  role,
  content,
  created_at: isoTime(createdAt),
});

export const RecallSchema = z
  .object({
    tokens: z.int().describe("What all of it takes in a prompt, by the estimate."),
    messages: z.array(RecalledSchema.extend({ tokens: z.int() })).describe("The likeliest first."),
  })
  .openapi("Recall", {
    example: {
      tokens: 23,
      messages: [
        {
          id: 1048577,
          conversation_id: 1,
          role: "user",
          content: "My sister Ruth collects stamps.",
          tokens: 13,
          created_at: "2026-01-01T12:00:00.000Z",
        },
      ],
    },
  });

/** What would be recalled, in the order in which it is likely to answer. */
export function toRecall({ items, ranked, tokens }: RecallAnswer) {
  const found = new Map(items.map((item) => [item.id, item]));
  return {
    tokens,
    messages: ranked.flatMap((id) => {
      const item = found.get(id);
      return item
        ? [
            {
              id,
              conversation_id: item.conversation,
              role: item.role,
              content: item.body,
              tokens: item.tokens,
              created_at: isoTime(new Date(item.at)),
            },
          ]
        : [];
    }),
  };
}
