import { z } from "@hono/zod-openapi";

import { TimeSchema } from "./time";

export const SessionSchema = z
  .object({
    id: z.string(),
    user_agent: z.string().nullable(),
    current: z.boolean().describe("Whether it is the session that asks."),
    created_at: TimeSchema,
    last_used_at: TimeSchema.describe("When it was last refreshed."),
    expires_at: TimeSchema,
  })
  .openapi("Session", {
    example: {
      id: "0b9b6c0f-2f1d-4a7e-8c35-d1f0a2b4c6d8",
      user_agent: "Mozilla/5.0",
      current: true,
      created_at: "2026-01-01T12:00:00.000Z",
      last_used_at: "2026-01-01T12:25:00.000Z",
      expires_at: "2026-01-08T12:25:00.000Z",
    },
  });

const KEY_EXAMPLE = {
  id: 1,
  name: "My script",
  hint: "dpk_xxxxxx",
  scopes: ["chat"],
  created_at: "2026-01-01T12:00:00.000Z",
  last_used_at: "2026-01-02T08:00:00.000Z",
  last_used_network: "203.0.113.0/24",
  last_used_user_agent: "my-script/1.0",
  expires_at: "2026-04-01T12:00:00.000Z",
};

export const ApiKeySchema = z
  .object({
    id: z.int(),
    name: z.string(),
    hint: z.string().describe("The key's first characters."),
    scopes: z.array(z.string()),
    created_at: TimeSchema,
    last_used_at: TimeSchema.nullable().describe("To the minute."),
    last_used_network: z
      .string()
      .nullable()
      .describe("Where from: the first 24 bits of the address, or 48 of an IPv6 address."),
    last_used_user_agent: z.string().nullable(),
    expires_at: TimeSchema.nullable(),
  })
  .openapi("ApiKey", { example: KEY_EXAMPLE });

export const NewApiKeySchema = ApiKeySchema.extend({
  key: z.string().describe("Shown this once. Send it as a bearer token."),
}).openapi("NewApiKey", {
  example: {
    ...KEY_EXAMPLE,
    last_used_at: null,
    last_used_network: null,
    last_used_user_agent: null,
    key: `dpk_${"x".repeat(28)}1_${"y".repeat(43)}_zzzzzz`,
  },
});
