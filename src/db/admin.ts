import { and, asc, eq, getTableColumns, gt, gte, isNull, lt, sql } from "drizzle-orm";

import type { OwnAllowances } from "./allowances";
import type { Database } from "./client";
import { sessions, users } from "./schema";

/*
 * What an administrator asks about other people's accounts, and does to them: the only queries that look across users. They
 * run through `batchAs` for a caller who must be an administrator.
 */

const { passwordHash: _secret, ...ACCOUNT } = getTableColumns(users);

/** Of everything a user ever used; 0 for who never used anything. */
const total = (column: string) =>
  sql<number>`coalesce((SELECT ${sql.identifier(column)} FROM usage_totals WHERE user_id = users.id), 0)`.as(
    `total_${column}`,
  );

const USER = {
  ...ACCOUNT,
  calls: total("calls"),
  unpriced: total("unpriced"),
  tokens: total("tokens"),
  costMicros: total("cost_micros"),
};

/** The account with this id, unless it is deleted or none. */
const account = (userId: number) => and(eq(users.id, userId), isNull(users.deletedAt));

/** A user without the password's hash, with what they have used. */
export type AccountWithUsage = Awaited<ReturnType<typeof accountById>>[number];

export const accountById = (db: Database, userId: number) =>
  db.select(USER).from(users).where(account(userId));

export type AccountPage = { email: string; after: number; limit: number };

/** No character comes after it. */
const LAST = "\u{10FFFF}";

/** Users whose address begins like this, in the order they registered, those after the one with this id. */
export const listAccounts = (db: Database, { email, after, limit }: AccountPage) =>
  db
    .select(USER)
    .from(users)
    .where(
      and(
        isNull(users.deletedAt),
        email === ""
          ? gt(users.id, after)
          : // The `+` has SQLite find them by their address, which fewer rows have.
            and(gte(users.email, email), lt(users.email, email + LAST), sql`+${users.id} > ${after}`),
      ),
    )
    .orderBy(asc(users.id))
    .limit(limit);

export type AccountChanges = Partial<OwnAllowances & { isActive: boolean }>;

export const updateAccount = (db: Database, userId: number, changes: AccountChanges) =>
  db
    .update(users)
    .set({ ...changes, updatedAt: new Date() })
    .where(account(userId))
    .returning({ id: users.id });

export const endAllSessions = (db: Database, userId: number) =>
  db.delete(sessions).where(eq(sessions.userId, userId));
