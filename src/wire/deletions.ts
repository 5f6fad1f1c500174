import { z } from "@hono/zod-openapi";

import type { Belongings } from "../db/schema";
import { TimeSchema } from "./time";

export const BELONGINGS_EXAMPLE = {
  sessions: 2,
  api_keys: 0,
  personas: 3,
  conversations: 5,
  messages: 150,
  usage_events: 75,
};

export const DeletionStateSchema = z
  .enum(["running", "complete"])
  .describe("`running`: nothing of it can be reached any more, but something is still to be erased.");

export const BelongingsSchema = z
  .object({
    sessions: z.int(),
    api_keys: z.int(),
    personas: z.int(),
    conversations: z.int(),
    messages: z.int(),
    usage_events: z.int(),
  } satisfies Record<keyof Belongings, z.ZodType>)
  .describe("What there was.")
  .openapi("Belongings");

export const DeletionSchema = z
  .object({
    state: DeletionStateSchema,
    requested_at: TimeSchema,
    completed_at: TimeSchema.nullable(),
    deleted: BelongingsSchema,
    left: z
      .object({ personas: z.int(), conversations: z.int(), messages: z.int(), usage_events: z.int() })
      .describe("What of it is still to be erased."),
    unreached_conversations: z
      .int()
      .describe(
        "Conversations whose running part did not answer when it was last told to forget. It is tried again each minute, and forgets by itself within 26 hours.",
      ),
  })
  .openapi("Deletion", {
    example: {
      state: "running",
      requested_at: "2026-01-01T12:00:00.000Z",
      completed_at: null,
      deleted: BELONGINGS_EXAMPLE,
      left: { personas: 3, conversations: 2, messages: 60, usage_events: 75 },
      unreached_conversations: 0,
    },
  });
