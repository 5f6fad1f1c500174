import { eq, sql } from "drizzle-orm";

import type { Database } from "./client";
import { users } from "./schema";

export type NewUser = Pick<
  typeof users.$inferInsert,
  "email" | "username" | "fullName" | "passwordHash" | "createdAt" | "updatedAt"
>;

/** Fails with a UNIQUE violation if the e-mail address or the user name is taken. */
export const insertUser = (db: Database, user: NewUser) => db.insert(users).values(user).returning();

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
