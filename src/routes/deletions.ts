import { z } from "@hono/zod-openapi";

import { wakeEraser } from "../chat/client";
import { deleteAccount, TAKE_OVER_MS } from "../chat/delete-account";
import { RECEIPT_DAYS } from "../db/deletions";
import { AppError } from "../errors";
import { contract, jsonBody, ok } from "../http/contract";
import { addressOf } from "../http/rate-limit";
import { newRouter } from "../http/router";
import { confirmPassword } from "../identity/account";
import { deletionOf, newReceipt } from "../identity/deletions";
import { BELONGINGS_EXAMPLE, BelongingsSchema, DeletionSchema, DeletionStateSchema } from "../wire/deletions";
import { isoTime } from "../wire/time";

const tags = ["Account"];

/** Making all of an account go away, and how far that has come. */
export const deletions = newRouter();

const RECEIPT_EXAMPLE = "dpr_AAAAAAAAAAAAAAAAAAAAAA";

export const ReceiptSchema = z
  .object({
    message: z.string(),
    receipt: z
      .string()
      .describe(
        `Whoever has it can ask at /auth/deletions/{receipt} how far the deletion has come, until ${RECEIPT_DAYS} days after it was complete. It is not shown again.`,
      ),
    state: DeletionStateSchema,
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
