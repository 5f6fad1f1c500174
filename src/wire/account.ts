import { z } from "@hono/zod-openapi";

import type { User } from "../db/schema";
import { isoTime, TimeSchema } from "./time";

export const REFRESH_EXAMPLE = `dpr_${"x".repeat(22)}_${"y".repeat(43)}`;

export const TokensSchema = z
  .object({
    access_token: z.string().describe("A JWT for the Authorization header."),
    token_type: z.literal("bearer"),
    expires_in: z
      .number()
      .int()
      .describe("Seconds until the access token expires.")
      .openapi({ example: 1800 }),
    refresh_token: z
      .string()
      .optional()
      .describe(
        "Good for one refresh within 7 days, while the session lasts. Left out where a cookie has it.",
      ),
  })
  .openapi("Tokens", {
    example: {
      access_token: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
      token_type: "bearer",
      expires_in: 1800,
      refresh_token: REFRESH_EXAMPLE,
    },
  });

export const USER_EXAMPLE = {
  id: 1,
  email: "user@example.com",
  username: "user@example.com",
  full_name: "Sam User",
  is_active: true,
  created_at: "2026-01-01T12:00:00.000Z",
  updated_at: "2026-01-01T12:00:00.000Z",
};

/** A user as they see themself. */
export const UserSchema = z
  .object({
    id: z.number().int(),
    email: z.string(),
    username: z.string(),
    full_name: z.string().nullable(),
    is_active: z.boolean(),
    created_at: TimeSchema,
    updated_at: TimeSchema,
  })
  .openapi("User", {
    example: USER_EXAMPLE,
  });

/** Users as they see themselves, with what the server keeps of them. */
export const CurrentUserSchema = UserSchema.extend({
  memory: z
    .enum(["on", "off", "minor"])
    .describe(
      "Whether personas may remember them: not where they are under age without a parent's account (`minor`), nor where this server remembers nothing (`off`).",
    ),
}).openapi("CurrentUser", { example: { ...USER_EXAMPLE, memory: "on" } });

export const toUser = (user: Omit<User, "passwordHash">): z.infer<typeof UserSchema> => ({
  id: user.id,
  email: user.email,
  username: user.username,
  full_name: user.fullName,
  is_active: user.isActive,
  created_at: isoTime(user.createdAt),
  updated_at: isoTime(user.updatedAt),
});
