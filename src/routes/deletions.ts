import { z } from "@hono/zod-openapi";

import { wakeEraser } from "../chat/client";
import { deleteAccount, TAKE_OVER_MS } from "../chat/delete-account";
import { RECEIPT_DAYS } from "../db/deletions";
import type { Belongings } from "../db/schema";
import { AppError } from "../errors";
import { contract, jsonBody, ok } from "../http/contract";
import { addressOf } from "../http/rate-limit";
import { newRouter } from "../http/router";
import { confirmPassword } from "../identity/account";
import { deletionOf, newReceipt } from "../identity/deletions";
import { isoTime, TimeSchema } from "../wire/time";

const tags = ["Account"];

/** Making all of an account go away, and how far that has come. */
export const deletions = newRouter();

const RECEIPT_EXAMPLE = "dpr_AAAAAAAAAAAAAAAAAAAAAA";
const BELONGINGS_EXAMPLE = {
  sessions: 2,
  api_keys: 0,
  personas: 3,
  conversations: 5,
  messages: 150,
  usage_events: 75,
};

const state = z
  .enum(["running", "complete"])
  .describe("`running`: nothing of it can be reached any more, but something is still to be erased.");

const BelongingsSchema = z
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

export const ReceiptSchema = z
  .object({
    message: z.string(),
    receipt: z
      .string()
      .describe(
        `Whoever has it can ask at /auth/deletions/{receipt} how far the deletion has come, until ${RECEIPT_DAYS} days after it was complete. It is not shown again.`,
      ),
    state,
    deleted: BelongingsSchema,
  })
  .openapi("Receipt", {
    example: {
      message: "Account deleted",
      receipt: RECEIPT_EXAMPLE,
      state: "complete",
      deleted: BELONGINGS_EXAMPLE,
    },
  });

type Deleted = NonNullable<Awaited<ReturnType<typeof deleteAccount>>>;

export const toReceipt = (message: string, receipt: string, { deletion, isComplete }: Deleted) => ({
  message,
  receipt,
  state: isComplete ? ("complete" as const) : ("running" as const),
  deleted: deletion.belongings,
});

deletions.openapi(
  contract({
    method: "delete",
    path: "/me",
    operationId: "deleteAccount",
    access: "account",
    rate: "credentials",
    tags,
    summary: "Delete your account and everything that is kept of you, at once and for good",
    request: jsonBody(
      z.object({
        password: z
          .string()
          .max(1024, "must have at most 1024 characters")
          .openapi({ format: "password", example: "password123" }),
      }),
    ),
    responses: ok(ReceiptSchema, "Your tokens no longer work, and nobody can reach anything of yours."),
    errors: ["wrong_password", "login_paused"],
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { password } = c.req.valid("json");
    const confirmed = await confirmPassword(db, c.get("config"), caller, { password, address: addressOf(c) });
    const { receipt, receiptHash } = await newReceipt();
    const departure = { userId: caller.userId, confirmed, receiptHash };
    const deleted = await deleteAccount(c.env, db, caller, departure);
    if (!deleted) throw new AppError("unauthenticated");
    return c.json(toReceipt("Account deleted", receipt, deleted), 200);
  },
);

const DeletionSchema = z
  .object({
    state,
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

deletions.openapi(
  contract({
    method: "get",
    path: "/deletions/{receipt}",
    operationId: "getDeletion",
    access: "public",
    rate: "reads",
    tags,
    summary: "How far the deletion of an account has come, by its receipt",
    request: {
      params: z.object({
        receipt: z
          .string()
          .max(100, "must have at most 100 characters")
          .openapi({ description: "The receipt that deleting the account gave.", example: RECEIPT_EXAMPLE }),
      }),
    },
    responses: ok(DeletionSchema, "What is done and what is left."),
    errors: ["not_found"],
  }),
  async (c) => {
    const row = await deletionOf(c.get("db"), c.req.valid("param").receipt);
    // Should the eraser have missed it.
    if (!row.completedAt) c.executionCtx.waitUntil(wakeEraser(c.env, TAKE_OVER_MS));
    const { completedAt, personas, conversations, messages, usageEvents: usage_events } = row;
    const body = {
      state: completedAt ? ("complete" as const) : ("running" as const),
      requested_at: isoTime(row.requestedAt),
      completed_at: completedAt && isoTime(completedAt),
      deleted: row.belongings,
      left: { personas, conversations, messages, usage_events },
      unreached_conversations: row.unreached,
    };
    return c.json(body, 200);
  },
);
