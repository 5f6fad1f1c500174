import { sql, type SQL } from "drizzle-orm";
import type { BatchItem, BatchResponse } from "drizzle-orm/batch";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";

import { AppError } from "../errors";
import { openVault, type Keyring, type Vault } from "./vault";

export type Database = DrizzleD1Database & {
  $client: D1Database;
  /** What seals and opens the cells of its rows. */
  readonly vault: Vault;
};

/**
 * The database behind a binding.
 * @param keyring asked when a cell is sealed or opened, not before: without keys, and even with wrong ones, there is a database
 */
export const openDatabase = (binding: D1Database, keyring: () => Keyring | undefined = () => undefined) =>
  Object.defineProperty(drizzle(binding), "vault", {
    get: () => openVault(keyring()),
  }) as unknown as Database;

/** Asks the database for nothing: does it answer? */
export const pingDatabase = (db: Database) => db.run(sql`SELECT 1`);

/** An API key as the statements check it: its SHA-256, and the scopes of which it must have one. */
export type ApiKeyClaim = { hash: string; scopes: string[] };

/**
 * Who is calling, through a session or with an API key. Whether either is still in force is looked up with every query.
 * Plain, since it travels to the conversation's object as JSON.
 */
export type Caller = (
  | { userId: number; sessionId: string; apiKey?: undefined }
  | { userId: number; sessionId: null; apiKey: ApiKeyClaim }
) & {
  /** Where only an administrator may: the addresses of them all. */
  admins?: string[];
};

export const isSameCaller = (a: Caller, b: Caller) =>
  a.userId === b.userId && a.sessionId === b.sessionId && a.apiKey?.hash === b.apiKey?.hash;

export type Query = BatchItem<"sqlite">;

/**
 * Runs `queries` as one transaction and one round trip, behind a check that the caller's access still stands.
 * Where it does not, the check fails as a statement, and with it the whole batch: nothing is read or written.
 * @throws AppError `unauthenticated`, `missing_scope`, as `accessRefusal` tells them apart
 */
export async function batchAs<const T extends readonly Query[]>(
  db: Database,
  caller: Caller,
  queries: T,
): Promise<BatchResponse<T>> {
  try {
    const [, ...results] = await db.batch([assertThat(db, hasAccess(caller)), ...queries]);
    return results as BatchResponse<T>;
  } catch (error) {
    throw isFailedAssertion(error) ? await accessRefusal(db, caller) : error;
  }
}

/** Fails the batch it stands in unless the condition holds: `json('')` is SQLite's way to fail a statement outside a trigger. */
export const assertThat = (db: Database, condition: SQL) =>
  db
    .select({ ok: sql<number>`CASE WHEN ${condition} THEN 1 ELSE json('') END`.as("ok") })
    .from(sql`(SELECT 1)`);

/** Whether a batch failed by its `assertThat`. */
export const isFailedAssertion = (error: unknown) =>
  causes(error).some((cause) => cause.includes("malformed JSON"));

/** The row of a statement that always gives one: an aggregate, an INSERT … RETURNING. */
export function one<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error("A statement that always gives a row gave none.");
  return row;
}

/** What is asked of a caller's access: the values, or their places in a query that is prepared. */
export type Claim = Record<"userId" | "sessionId" | "hash" | "scopes" | "now", unknown>;

/** A caller as the statements check it: `scopes` as a JSON array, `now` in milliseconds since 1970. */
export const claimOf = ({ userId, sessionId, apiKey }: Caller): Claim => ({
  userId,
  sessionId,
  hash: apiKey?.hash ?? null,
  scopes: JSON.stringify(apiKey?.scopes ?? []),
  now: Date.now(),
});

/**
 * Whether the caller's session or key is in force, the key's scopes suffice, and the account is active and, where that is
 * asked for, an administrator's; as an expression.
 */
export function hasAccess(caller: Caller) {
  const claim = claimOf(caller);
  const access = caller.apiKey ? keyAccess(claim) : sessionAccess(claim);
  if (!caller.admins) return access;
  return sql<number>`(${access} AND ${isAdministrator(sql`${caller.userId}`, caller.admins)})`;
}

export const sessionAccess = (claim: Claim) => sql<number>`(${sessionInForce(claim)} AND ${isActive(claim)})`;

export const keyAccess = (claim: Claim) => sql<number>`(EXISTS (${keyInForce(claim)}
  AND EXISTS (SELECT 1 FROM json_each(api_keys.scopes) WHERE value IN (SELECT value FROM json_each(${claim.scopes}))))
  AND ${isActive(claim)})`;

const sessionInForce = ({ userId, sessionId, now }: Claim) =>
  sql`EXISTS (SELECT 1 FROM sessions WHERE id = ${sessionId} AND user_id = ${userId} AND expires_at > ${now})`;

const keyInForce = ({ userId, hash, now }: Claim) => sql`SELECT 1 FROM api_keys
  WHERE hash = ${hash} AND user_id = ${userId} AND (expires_at IS NULL OR expires_at > ${now})`;

const isActive = ({ userId }: Claim) => sql`EXISTS (SELECT 1 FROM users WHERE id = ${userId} AND is_active)`;

/**
 * Whether this user is an administrator: active, with an address that is one of `admins` and that somebody vouched for.
 * Anybody may have registered under an address that nobody proved.
 */
export const isAdministrator = (userId: SQL, admins: string[]) =>
  sql`EXISTS (SELECT 1 FROM users WHERE id = ${userId} AND is_active AND email_vouched_at IS NOT NULL
    AND email IN (SELECT value FROM json_each(${JSON.stringify(admins)})))`;

const NOT_AN_ADMINISTRATOR =
  "Only an administrator of this server may do this, signed in or with an API key that has the scope `admin`.";

/**
 * What to tell a caller for whom `hasAccess` was false: `unauthenticated`, or `missing_scope` for a session or key that is in
 * force. Asks the database once more, which only a refused key or would-be administrator has to wait for.
 */
export async function accessRefusal(db: Database, caller: Caller): Promise<AppError> {
  const { apiKey, admins } = caller;
  if (!apiKey && !admins) return new AppError("unauthenticated");
  const claim = claimOf(caller);
  const credential = apiKey ? sql`EXISTS (${keyInForce(claim)})` : sessionInForce(claim);
  const inForce = sql<number>`${credential} AND ${isActive(claim)}`.as("in_force");
  const [row] = await retried(() => db.select({ inForce }).from(sql`(SELECT 1)`));
  if (!row?.inForce) return new AppError("unauthenticated");
  return new AppError("missing_scope", { detail: admins && NOT_AN_ADMINISTRATOR });
}

/** D1's words for faults that pass by themselves (Cloudflare's list of retryable errors). */
const TRANSIENT = [
  "Network connection lost",
  "D1 DB reset because its code was updated",
  "storage caused object to be reset",
  "Cannot resolve D1 DB due to transient issue",
];
const OVERLOADED = ["D1 DB is overloaded", "Too many requests queued"];

/** Waits between tries, in milliseconds: about a second in all, shorter than any client's patience. */
const BACKOFF_MS = [20, 80, 300, 600];

/**
 * Runs an operation that may be repeated (reads, upserts, inserts under a key made by us), again after a passing fault.
 * @throws whatever the last try threw
 */
export async function retried<T>(operation: () => PromiseLike<T>): Promise<T> {
  for (const wait of BACKOFF_MS) {
    try {
      return await operation();
    } catch (error) {
      if (databaseTrouble(error) !== "transient") throw error;
      await scheduler.wait(wait * (0.5 + Math.random() / 2));
    }
  }
  return operation();
}

/** Whether an error is D1 being overloaded or unwell for a moment, by its words: D1 has no error codes. */
export function databaseTrouble(error: unknown): "transient" | "overloaded" | null {
  const words = causes(error);
  const mentions = (phrases: string[]) => words.some((text) => phrases.some((p) => text.includes(p)));
  if (mentions(OVERLOADED)) return "overloaded";
  return mentions(TRANSIENT) ? "transient" : null;
}

/** What a client is told of any failure: itself if it is an AppError, `overloaded` for a database in trouble, else our fault. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!databaseTrouble(error)) return new AppError("internal_error", { cause: error });
  return new AppError("overloaded", { cause: error, headers: { "Retry-After": "2" } });
}

/** Whether a row was refused because what it belongs to is gone. */
export const isOrphan = (error: unknown) =>
  causes(error).some((text) => text.includes("FOREIGN KEY constraint") || text.includes("malformed JSON"));

/** The column a UNIQUE constraint names in this error (`users.email`), or null. */
export function uniqueViolation(error: unknown): string | null {
  for (const text of causes(error)) {
    const column = /UNIQUE constraint failed: (.+?)(?::|$)/.exec(text)?.[1];
    if (column) return column.trim();
  }
  return null;
}

function causes(error: unknown): string[] {
  const messages: string[] = [];
  for (let e = error; e instanceof Error && messages.length < 8; e = e.cause) messages.push(e.message);
  return messages;
}
