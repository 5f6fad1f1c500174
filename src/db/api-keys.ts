import { and, asc, eq, sql } from "drizzle-orm";

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

/** Whose key this is, in force or not. */
export const userOfApiKey = (db: Database, hash: string) =>
  db.select({ userId: apiKeys.userId }).from(apiKeys).where(eq(apiKeys.hash, hash));

/** Notes that the caller used this key; no row where they had no access with it. */
export const touchApiKey = (db: Database, caller: Caller, { hash }: ApiKeyClaim, now: Date) =>
  db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.hash, hash), hasAccess(caller)))
    .returning({ id: apiKeys.id });
