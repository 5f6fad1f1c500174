import { and, asc, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";

import type { Database } from "./client";
import { apiKeys, deletions, invitations, mailTokens, sessions, users } from "./schema";

/** A hash that no password is known to have. */
const NO_PASSWORD =
  "$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/** How many rows of a table are a user's. */
const ofUser = (table: string, userId: number) =>
  sql`(SELECT count(*) FROM ${sql.identifier(table)} WHERE user_id = ${userId})`;

/** What there is of a user, as JSON; the messages as their conversations count them: a million rows take too long. */
const belongings = (userId: number) => sql`json_object(
  'sessions', ${ofUser("sessions", userId)}, 'api_keys', ${ofUser("api_keys", userId)},
  'personas', ${ofUser("personas", userId)}, 'conversations', ${ofUser("conversations", userId)},
  'messages', (SELECT coalesce(sum(message_count), 0) FROM conversations WHERE user_id = ${userId}),
  'usage_events', coalesce((SELECT calls FROM usage_totals WHERE user_id = ${userId}), 0))`;

/**
 * Deletes an account, in statements that are short whatever there is of it: nobody can come in any more or find it, its address
 * and name are free, and what is left is noted to be erased. The first statement gives the receipt's row; none where there is
 * no such account.
 */
export const beginDeletion = (db: Database, userId: number, receiptHash: string, now: Date) =>
  [
    db
      .insert(deletions)
      .select(
        sql`SELECT ${receiptHash}, id, ${now.getTime()}, NULL, ${belongings(userId)}, 0 FROM users
          WHERE id = ${userId} AND deleted_at IS NULL`,
      )
      .returning(),
    db
      .update(users)
      .set({
        email: `${userId}@deleted`,
        username: `${userId}@deleted`,
        fullName: null,
        passwordHash: NO_PASSWORD,
        isActive: false,
        emailVerifiedAt: null,
        emailVouchedAt: null,
        deletedAt: now,
        updatedAt: now,
      })
      .where(and(eq(users.id, userId), isNull(users.deletedAt))),
    db.delete(sessions).where(eq(sessions.userId, userId)),
    db.delete(apiKeys).where(eq(apiKeys.userId, userId)),
    db.delete(mailTokens).where(eq(mailTokens.userId, userId)),
    db.delete(invitations).where(eq(invitations.createdBy, userId)),
  ] as const;

export type Deletion = typeof deletions.$inferSelect;

/** Deletions that are not complete, the oldest first. */
export const openDeletions = (db: Database, limit: number) =>
  db
    .select()
    .from(deletions)
    .where(isNull(deletions.completedAt))
    .orderBy(asc(deletions.requestedAt))
    .limit(limit);

const leftOf = (what: string, table: string) =>
  sql<number>`(SELECT ${sql.raw(what)} FROM ${sql.identifier(table)} WHERE user_id = deletions.user_id)`;

/** A deletion by its receipt, with what is left to be erased. */
export const deletionByReceipt = (db: Database, receiptHash: string) =>
  db
    .select({
      requestedAt: deletions.requestedAt,
      completedAt: deletions.completedAt,
      belongings: deletions.belongings,
      unreached: deletions.unreached,
      personas: leftOf("count(*)", "personas").as("left_personas"),
      conversations: leftOf("count(*)", "conversations").as("left_conversations"),
      messages: leftOf("coalesce(sum(message_count), 0)", "conversations").as("left_messages"),
      usageEvents: leftOf("count(*)", "usage_events").as("left_usage_events"),
    })
    .from(deletions)
    .where(eq(deletions.receiptHash, receiptHash));

export const noteUnreached = (db: Database, receiptHash: string, unreached: number) =>
  db.update(deletions).set({ unreached }).where(eq(deletions.receiptHash, receiptHash));

/** The last step: the user's row, with what little names it, and the receipt that says so. */
export const completeDeletion = (db: Database, { receiptHash }: Deletion, userId: number, now: Date) =>
  [
    db.delete(users).where(and(eq(users.id, userId), isNotNull(users.deletedAt))),
    db
      .update(deletions)
      .set({ completedAt: now, userId: null, unreached: 0 })
      .where(and(eq(deletions.receiptHash, receiptHash), isNull(deletions.completedAt))),
  ] as const;

/** How long a receipt can be asked for after its deletion was complete. Days. */
export const RECEIPT_DAYS = 30;

/** Deletes receipts of what was complete before, at most so many. */
export const deleteReceiptsBefore = (db: Database, before: Date, limit: number) =>
  db
    .delete(deletions)
    .where(
      inArray(
        deletions.receiptHash,
        db
          .select({ receiptHash: deletions.receiptHash })
          .from(deletions)
          .where(lt(deletions.completedAt, before))
          .limit(limit),
      ),
    )
    .returning({ receiptHash: deletions.receiptHash });
