import { eq, sql } from "drizzle-orm";
import type { BatchResponse } from "drizzle-orm/batch";

import { AppError } from "../errors";
import { assertThat, batchAs, isFailedAssertion, type Caller, type Database, type Query } from "./client";
import { users, type User } from "./schema";

export type NewUser = Pick<
  typeof users.$inferInsert,
  "email" | "username" | "fullName" | "passwordHash" | "emailVouchedAt" | "createdAt" | "updatedAt"
>;

/** Fails with a UNIQUE violation if the e-mail address or the user name is taken. */
export const insertUser = (db: Database, user: NewUser) => db.insert(users).values(user).returning();

/** Makes a user unless the e-mail address or the user name is taken; no row then. */
export const insertUserIfFree = (db: Database, user: NewUser) =>
  db.insert(users).values(user).onConflictDoNothing().returning({ id: users.id });

export const userById = (db: Database, userId: number) => db.select().from(users).where(eq(users.id, userId));

/** The id of the user with this e-mail address, for a statement in the batch that makes the user. */
export const idOfEmail = (email: string) => sql<number>`(SELECT id FROM users WHERE email = ${email})`;

/**
 * The user whom `name` means: by e-mail address if it holds an `@` (no user name does but one's own address), else by
 * user name; both without regard to case.
 */
export const userByName = (db: Database, name: string) =>
  db
    .select()
    .from(users)
    .where(
      name.includes("@")
        ? eq(users.email, name.toLowerCase())
        : sql`lower(${users.username}) = lower(${name})`,
    );

export const updatePasswordHash = (db: Database, userId: number, passwordHash: string) =>
  db.update(users).set({ passwordHash, updatedAt: new Date() }).where(eq(users.id, userId));

/** Whose password was checked, and the hash it was checked against. */
type Checked = Pick<User, "id" | "passwordHash">;

/** Fails, and its batch with it, unless the user is active and the hash is theirs still: what an old password proved is void. */
export const assertPassword = (db: Database, { id, passwordHash }: Checked) =>
  assertThat(
    db,
    sql`EXISTS (SELECT 1 FROM users WHERE id = ${id} AND password_hash = ${passwordHash} AND is_active)`,
  );

/** Runs `queries` as one transaction behind `assertPassword`. Null where that fails: then nothing was read or written. */
export async function batchWithPassword<const T extends readonly Query[]>(
  db: Database,
  checked: Checked,
  queries: T,
): Promise<BatchResponse<T> | null> {
  try {
    const [, ...results] = await db.batch([assertPassword(db, checked), ...queries]);
    return results as BatchResponse<T>;
  } catch (error) {
    if (isFailedAssertion(error)) return null;
    throw error;
  }
}

/**
 * Runs `queries` as one transaction for a caller whose password was checked, on condition of the caller's access and of `assertPassword`.
 * @throws AppError `unauthenticated`, `wrong_password`; nothing was read or written then
 */
export async function batchConfirmed<const T extends readonly Query[]>(
  db: Database,
  caller: Caller,
  checked: Checked,
  queries: T,
): Promise<BatchResponse<T>> {
  try {
    const [, ...results] = await batchAs(db, caller, [assertPassword(db, checked), ...queries]);
    return results as BatchResponse<T>;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Either check may have failed: the caller's own is told first.
    await batchAs(db, caller, []);
    throw new AppError("wrong_password", { cause: error });
  }
}
