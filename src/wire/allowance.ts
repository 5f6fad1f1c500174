import { z } from "@hono/zod-openapi";

import { TimeSchema } from "./time";

const NONE_EXAMPLE = {
  limit: null,
  used: 0,
  reserved: 0,
  remaining: null,
  resets_at: "2026-01-02T00:00:00.000Z",
};

const amounts = (unit: z.ZodNumber) =>
  z.object({
    limit: unit.nullable().describe("Null where there is no such allowance."),
    used: unit.describe("By every call that has ended, failed and stopped ones as well."),
    reserved: unit.describe("Set aside for replies that are being written."),
    remaining: unit.nullable(),
    resets_at: TimeSchema,
  });
const TokensSchema = amounts(z.int()).openapi("TokenAllowance");
const UsdSchema = amounts(z.number()).openapi("CostAllowance");

const CountedSchema = z
  .object({ limit: z.int().nullable().describe("Null for any number."), used: z.int() })
  .openapi("Room");

export const AllowanceSchema = z
  .object({
    daily_tokens: TokensSchema,
    monthly_tokens: TokensSchema,
    daily_cost_usd: UsdSchema,
    monthly_cost_usd: UsdSchema,
    running_turns: CountedSchema.describe(
      "Replies written at once; none are counted where nothing is bounded.",
    ),
    personas: CountedSchema,
    conversations: CountedSchema,
    stored_bytes: CountedSchema.describe(
      "Texts of messages, personas and titles as they are stored, and 500 bytes for each of these.",
    ),
  })
  .openapi("Allowance", {
    example: {
      daily_tokens: { ...NONE_EXAMPLE, limit: 50_000, used: 12_000, reserved: 1500, remaining: 36_500 },
      monthly_tokens: NONE_EXAMPLE,
      daily_cost_usd: NONE_EXAMPLE,
      monthly_cost_usd: { ...NONE_EXAMPLE, limit: 5, used: 0.42, remaining: 4.58 },
      running_turns: { limit: 8, used: 1 },
      personas: { limit: 200, used: 3 },
      conversations: { limit: 5000, used: 5 },
      stored_bytes: { limit: 100_000_000, used: 81_500 },
    },
  });
