import { z } from "@hono/zod-openapi";

import { haltConversations, invalidateConversations, MAX_TOLD } from "../chat/client";
import { deleteAccount } from "../chat/delete-account";
import {
  accountById,
  endAllSessions,
  listAccounts,
  updateAccount,
  type AccountChanges,
  type AccountWithUsage,
} from "../db/admin";
import { batchAs, retried, type Caller, type Database } from "../db/client";
import { conversationsChangedSince } from "../db/conversations";
import type { Config, Env } from "../env";
import { AppError } from "../errors";
import { ok, contract, countParameter, idParameter, jsonBody, textField } from "../http/contract";
import { linkNext } from "../http/paging";
import { newRouter } from "../http/router";
import { isAdministrator } from "../identity/administrators";
import { newReceipt } from "../identity/deletions";
import { toUser, USER_EXAMPLE, UserSchema } from "../wire/account";
import { ReceiptSchema, toReceipt } from "./deletions";

const tags = ["Administration"];

/** The users of this server, for its administrators: who is there, what they may use, and who may stay. */
export const admin = newRouter();

const MICROS = 1_000_000;

const overrides = {
  daily_token_allowance: z.int().min(0).max(1e12),
  monthly_token_allowance: z.int().min(0).max(1e12),
  daily_cost_allowance_usd: z.number().min(0).max(1e6),
  monthly_cost_allowance_usd: z.number().min(0).max(1e6),
  max_running_turns: z.int().min(0).max(10_000),
  max_personas: z.int().min(0).max(1e9),
  max_conversations: z.int().min(0).max(1e9),
  max_stored_bytes: z.int().min(0).max(1e12),
};

const AccountSchema = UserSchema.extend({
  is_admin: z.boolean(),
  daily_token_allowance: overrides.daily_token_allowance
    .nullable()
    .describe("Null where the configured one holds."),
  monthly_token_allowance: overrides.monthly_token_allowance.nullable(),
  daily_cost_allowance_usd: overrides.daily_cost_allowance_usd.nullable(),
  monthly_cost_allowance_usd: overrides.monthly_cost_allowance_usd.nullable(),
  max_running_turns: overrides.max_running_turns.nullable(),
  max_personas: overrides.max_personas.nullable(),
  max_conversations: overrides.max_conversations.nullable(),
  max_stored_bytes: overrides.max_stored_bytes.nullable(),
  usage: z.object({
    calls: z.int(),
    tokens: z.int().describe("Prompt and completion together."),
    cost_usd: z.number(),
    unpriced: z.int().describe("Calls to models without a known price, which the cost lacks."),
  }),
}).openapi("Account", {
  example: {
    ...USER_EXAMPLE,
    is_admin: false,
    daily_token_allowance: 50_000,
    monthly_token_allowance: null,
    daily_cost_allowance_usd: null,
    monthly_cost_allowance_usd: 5,
    max_running_turns: null,
    max_personas: null,
    max_conversations: null,
    max_stored_bytes: 500_000_000,
    usage: { calls: 75, tokens: 10_800, cost_usd: 0.42, unpriced: 0 },
  },
});

const usd = (micros: number) => micros / MICROS;
const usdOrNull = (micros: number | null) => (micros === null ? null : usd(micros));

const toAccount = (row: AccountWithUsage, config: Config) => ({
  ...toUser(row),
  is_admin: isAdministrator(row, config),
  daily_token_allowance: row.dailyTokenAllowance,
  monthly_token_allowance: row.monthlyTokenAllowance,
  daily_cost_allowance_usd: usdOrNull(row.dailyCostAllowanceMicros),
  monthly_cost_allowance_usd: usdOrNull(row.monthlyCostAllowanceMicros),
  max_running_turns: row.maxRunningTurns,
  max_personas: row.maxPersonas,
  max_conversations: row.maxConversations,
  max_stored_bytes: row.maxStoredBytes,
  usage: { calls: row.calls, tokens: row.tokens, cost_usd: usd(row.costMicros), unpriced: row.unpriced },
});

const UserParams = z.object({ user_id: idParameter("The user's id.") });
const userNotFound = () => new AppError("not_found", { detail: "User not found" });

/** @throws AppError `not_found` */
async function accountOf(db: Database, caller: Caller, userId: number): Promise<AccountWithUsage> {
  const [[row]] = await retried(() => batchAs(db, caller, [accountById(db, userId)]));
  if (!row) throw userNotFound();
  return row;
}

/**
 * Keeps administrators from locking out each other, or themselves, by a slip.
 * @throws AppError `not_found`, `administrator_protected`
 */
async function requireOrdinary(db: Database, caller: Caller, userId: number, config: Config): Promise<void> {
  const row = await accountOf(db, caller, userId);
  if (isAdministrator(row, config)) throw new AppError("administrator_protected");
}

admin.openapi(
  contract({
    method: "get",
    path: "/users",
    operationId: "listUsers",
    access: "admin",
    tags,
    summary: "List users with what they have used, in the order they registered",
    request: {
      query: z.object({
        email: textField(254)
          .transform((text) => text.toLowerCase())
          .optional()
          .openapi({ description: "How their e-mail address begins.", example: "user@" }),
        limit: countParameter(1, 100, 100),
        cursor: idParameter("The last user of the page before.").optional(),
      }),
    },
    responses: ok(z.array(AccountSchema), "A page; its Link header names the next one."),
  }),
  async (c) => {
    const { email = "", limit, cursor = 0 } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const page = { email, after: cursor, limit: limit + 1 };
    const [rows] = await retried(() => batchAs(db, caller, [listAccounts(db, page)]));
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    if (rows.length > limit && last) linkNext(c, { cursor: last.id });
    return c.json(
      shown.map((row) => toAccount(row, c.get("config"))),
      200,
    );
  },
);

admin.openapi(
  contract({
    method: "get",
    path: "/users/{user_id}",
    operationId: "getUser",
    access: "admin",
    tags,
    summary: "Show a user with what they have used",
    request: { params: UserParams },
    responses: ok(AccountSchema, "The user."),
    errors: ["not_found"],
  }),
  async (c) => {
    const row = await accountOf(c.get("db"), c.get("caller"), c.req.valid("param").user_id);
    return c.json(toAccount(row, c.get("config")), 200);
  },
);

const ChangesSchema = z
  .object({
    is_active: z
      .boolean()
      .optional()
      .describe("False ends all sessions and replies, and has API keys refused, until it is true again.")
      .openapi({ example: true }),
    daily_token_allowance: overrides.daily_token_allowance
      .nullish()
      .describe("Null: the configured one holds; 0: none.")
      .openapi({ example: 50_000 }),
    monthly_token_allowance: overrides.monthly_token_allowance.nullish().openapi({ example: 1_000_000 }),
    daily_cost_allowance_usd: overrides.daily_cost_allowance_usd.nullish().openapi({ example: 0.5 }),
    monthly_cost_allowance_usd: overrides.monthly_cost_allowance_usd.nullish().openapi({ example: 5 }),
    max_running_turns: overrides.max_running_turns
      .nullish()
      .describe("How many of their replies may be written at once.")
      .openapi({ example: 4 }),
    max_personas: overrides.max_personas.nullish().openapi({ example: 500 }),
    max_conversations: overrides.max_conversations.nullish().openapi({ example: 10_000 }),
    max_stored_bytes: overrides.max_stored_bytes.nullish().openapi({ example: 500_000_000 }),
  })
  .transform((input): AccountChanges => ({
    isActive: input.is_active,
    dailyTokenAllowance: input.daily_token_allowance,
    monthlyTokenAllowance: input.monthly_token_allowance,
    dailyCostAllowanceMicros: microsOf(input.daily_cost_allowance_usd),
    monthlyCostAllowanceMicros: microsOf(input.monthly_cost_allowance_usd),
    maxRunningTurns: input.max_running_turns,
    maxPersonas: input.max_personas,
    maxConversations: input.max_conversations,
    maxStoredBytes: input.max_stored_bytes,
  }))
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), {
    error: "give is_active or an allowance",
  });

const microsOf = (amount: number | null | undefined) =>
  typeof amount === "number" ? Math.round(amount * MICROS) : amount;

admin.openapi(
  contract({
    method: "put",
    path: "/users/{user_id}",
    operationId: "updateUser",
    access: "admin",
    tags,
    summary: "Limit what a user may use, deactivate them, or activate them again",
    request: { params: UserParams, ...jsonBody(ChangesSchema) },
    responses: ok(AccountSchema, "The user as they are now."),
    errors: ["not_found", "administrator_protected"],
  }),
  async (c) => {
    const { user_id: userId } = c.req.valid("param");
    const [db, caller, config] = [c.get("db"), c.get("caller"), c.get("config")];
    const changes = c.req.valid("json");
    if (changes.isActive === false) await requireOrdinary(db, caller, userId, config);
    const row = await change(c.env, db, caller, userId, changes, config);
    return c.json(toAccount(row, config), 200);
  },
);

/** A turn that is running has changed its conversation within its own time limit, and a little. Milliseconds. */
const SPARE_MS = 60_000;

/** @throws AppError `not_found` */
async function change(
  env: Env,
  db: Database,
  caller: Caller,
  userId: number,
  changes: AccountChanges,
  { TURN_TIMEOUT_MS }: Config,
): Promise<AccountWithUsage> {
  const since = new Date(Date.now() - TURN_TIMEOUT_MS - SPARE_MS);
  const [, [row], recent] = await batchAs(db, caller, [
    updateAccount(db, userId, changes),
    accountById(db, userId),
    conversationsChangedSince(db, userId, since, MAX_TOLD),
    ...(changes.isActive === false ? [endAllSessions(db, userId)] : []),
  ]);
  if (!row) throw userNotFound();
  await (row.isActive ? invalidateConversations : haltConversations)(env, recent);
  return row;
}

admin.openapi(
  contract({
    method: "delete",
    path: "/users/{user_id}",
    operationId: "deleteUser",
    access: "admin",
    tags,
    summary: "Delete a user and everything that is kept of them, at once and for good",
    request: { params: UserParams },
    responses: ok(ReceiptSchema, "The account is closed, and nobody can reach anything of it."),
    errors: ["not_found", "administrator_protected"],
  }),
  async (c) => {
    const { user_id: userId } = c.req.valid("param");
    const [db, caller] = [c.get("db"), c.get("caller")];
    await requireOrdinary(db, caller, userId, c.get("config"));
    const { receipt, receiptHash } = await newReceipt();
    const deleted = await deleteAccount(c.env, db, caller, { userId, confirmed: null, receiptHash });
    if (!deleted) throw userNotFound();
    return c.json(toReceipt(`User ${userId} deleted`, receipt, deleted), 200);
  },
);
