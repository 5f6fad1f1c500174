import { z } from "@hono/zod-openapi";

import { ERRORS, type ErrorCode } from "../errors";
import { TimeSchema } from "./time";

export const ErrorSchema = z
  .object({
    detail: z.string().describe("One sentence for a person."),
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]).describe("The failure's stable name."),
    request_id: z.string().describe("Names this request in the server's log."),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe("Each thing that is wrong with the input."),
    retry_after: z
      .number()
      .optional()
      .describe("Seconds to wait, where the language model's provider said so."),
    turn_id: z.string().optional().describe("With `turn_running`: the turn that is."),
    message_id: z.int().optional().describe("With `turn_gone`: the reply that the turn wrote."),
    message: z.string().optional().describe("With `turn_gone`: where that reply can be read."),
    allowance: z
      .enum(["daily_tokens", "monthly_tokens", "daily_cost", "monthly_cost"])
      .optional()
      .describe("With `allowance_exceeded`: which one."),
    resets_at: TimeSchema.optional().describe(
      "With `allowance_exceeded` and `daily_ceiling_reached`: when it begins anew.",
    ),
  })
  .openapi("Error");
