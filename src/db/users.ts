import { eq, sql } from "drizzle-orm";

import type { Database } from "./client";
import { users } from "./schema";

export type NewUser = Pick<
  typeof users.$inferInsert,
  "email" | "username" | "fullName" | "passwordHash" | "createdAt" | "updatedAt"
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

/** How much of everything there is of a user: one row. */
export const countBelongings = (db: Database, userId: number) => {
  const number = (table: string) =>
    sql<number>`(SELECT count(*) FROM ${sql.identifier(table)} WHERE user_id = ${userId})`;
  return db
    .select({
      sessions: number("sessions").as("sessions"),
      apiKeys: number("api_keys").as("api_keys"),
      personas: number("personas").as("personas"),
      conversations: number("conversations").as("conversations"),
      messages:
        sql<number>`(SELECT count(*) FROM chat_messages WHERE conversation_id IN (SELECT id FROM conversations WHERE user_id = ${userId}))`.as(
          "messages",
        ),
      usageEvents: number("usage_events").as("usage_events"),
    })
    .from(sql`(SELECT 1)`);
};

/** Deletes a user; everything that names them goes with the row. */
export const deleteUser = (db: Database, userId: number) =>
  db.delete(users).where(eq(users.id, userId)).returning({ id: users.id });
