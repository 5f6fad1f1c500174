import { z } from "@hono/zod-openapi";

import { MESSAGE_EXAMPLE, MessageSchema } from "./rows";

export const BranchSchema = z
  .object({
    message: MessageSchema.describe("Its last message."),
    message_count: z.int(),
    shared_message_id: z
      .int()
      .nullable()
      .describe("The last message that it has in common with the branch in force; null where it has none."),
    is_current: z.boolean().describe("Whether it is the branch in force."),
  })
  .openapi("Branch", {
    example: { message: MESSAGE_EXAMPLE, message_count: 2, shared_message_id: 1048578, is_current: true },
  });
