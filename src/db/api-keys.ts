import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";

import { hasAccess, type ApiKeyClaim, type Caller, type Database } from "./client";
import { apiKeys, users, type ApiKey } from "./schema";

export const MAX_API_KEYS = 50;

type NewApiKey = Pick<ApiKey, "name" | "hash" | "hint" | "scopes" | "expiresAt">;

/** Stores a key unless the user has as many as can be; no row then. */
export const insertApiKey = (db: Database, userId: number, key: NewApiKey) =>
  db
    .insert(apiKeys)
    .select(
      db
        .select({
          id: sql`NULL`.as("id"),
          userId: users.id,
          name: sql`${key.name}`.as("name"),
          hash: sql`${key.hash}`.as("hash"),
          hint: sql`${key.hint}`.as("hint"),
          scopes: sql`${JSON.stringify(key.scopes)}`.as("scopes"),
          createdAt: sql`${Date.now()}`.as("created_at"),
          lastUsedAt: sql`NULL`.as("last_used_at"),
          lastUsedNetwork: sql`NULL`.as("last_used_network"),
          lastUsedUserAgent: sql`NULL`.as("last_used_user_agent"),
          expiresAt: sql`${key.expiresAt?.getTime() ?? null}`.as("expires_at"),
        })
        .from(users)
        .where(
          and(
            eq(users.id, userId),
            sql`(SELECT count(*) FROM api_keys WHERE user_id = ${userId}) < ${MAX_API_KEYS}`,
          ),
        ),
    )
    .returning();

export const apiKeysOf = (db: Database, userId: number) =>
  db.select().from(apiKeys).where(eq(apiKeys.userId, userId)).orderBy(asc(apiKeys.id));

export const deleteApiKey = (db: Database, userId: number, id: number) =>
  db
    .delete(apiKeys)
    .where(and(eq(apiKeys.id, id), eq(apiKeys.userId, userId)))
    .returning({ id: apiKeys.id });

/** Revokes all keys of a user, and tells which. */
export const deleteApiKeys = (db: Database, userId: number) =>
  db.delete(apiKeys).where(eq(apiKeys.userId, userId)).returning();

/** Whose key this is, unless it has expired. */
export const userOfApiKey = (db: Database, hash: string, now: Date) =>
  db
    .select({ userId: apiKeys.userId })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now))));

/** Notes that the caller used this key; no row where they had no access with it. */
export const touchApiKey = (
  db: Database,
  caller: Caller,
  { hash }: ApiKeyClaim,
  used: Pick<ApiKey, "lastUsedAt" | "lastUsedNetwork" | "lastUsedUserAgent">,
) =>
  db
    .update(apiKeys)
    .set(used)
    .where(and(eq(apiKeys.hash, hash), hasAccess(caller)))
    .returning({ id: apiKeys.id });
