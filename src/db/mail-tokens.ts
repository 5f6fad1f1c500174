import { and, eq, inArray, isNull, lt, sql, type SQL } from "drizzle-orm";

import type { Database } from "./client";
import { apiKeys, loginFailures, mailTokens, sessions, users, type MailPurpose } from "./schema";

/** So many mails of a kind go to an account within so long. Those of a stranger's registration need to be read only once. */
const MAX_MAILS = 3;
const MAX_NOTICES = 1;

export type NewMailToken = {
  /** SHA-256 of the token. */
  hash: string;
  /** Lower-cased. */
  email: string;
  now: number;
  /** For how long it holds, and for how long the mail counts. Milliseconds. */
  lifeMs: number;
};

/**
 * Stores a token for the active user with this address, unless they have had their share of mails; no row then, nor where
 * there is no such user. The bound of a kind counts over a token's life: who has had all has one that still holds.
 * @param purpose what it is for, or an expression over `users` that says so
 */
const insertToken = (
  db: Database,
  { hash, email, now, lifeMs }: NewMailToken,
  purpose: MailPurpose | SQL,
  where?: SQL,
) => {
  const sent = sql`(SELECT count(*) FROM mail_tokens
    WHERE user_id = users.id AND purpose = ${purpose} AND created_at > ${now - lifeMs})`;
  const share = sql`CASE ${purpose} WHEN 'already_registered' THEN ${MAX_NOTICES} ELSE ${MAX_MAILS} END`;
  return db
    .insert(mailTokens)
    .select(
      db
        .select({
          hash: sql`${hash}`.as("hash"),
          userId: users.id,
          purpose: sql`${purpose}`.as("purpose"),
          createdAt: sql`${now}`.as("created_at"),
          expiresAt: sql`${now + lifeMs}`.as("expires_at"),
        })
        .from(users)
        .where(and(eq(users.email, email), eq(users.isActive, true), where, sql`${sent} < ${share}`)),
    )
    .returning({ purpose: mailTokens.purpose });
};

export const insertResetToken = (db: Database, token: NewMailToken) =>
  insertToken(db, token, "reset_password");

/** No row where the address is verified already. */
export const insertVerifyToken = (db: Database, token: NewMailToken) =>
  insertToken(db, token, "verify_email", isNull(users.emailVerifiedAt));

type OwnName = { passwordHash: string; username: string };

/** Whether nobody but the user with this hash has the user name (empty for none). */
export const isNameFree = ({ passwordHash, username }: OwnName) =>
  sql`NOT EXISTS (SELECT 1 FROM users other
    WHERE lower(other.username) = lower(${username}) AND other.password_hash <> ${passwordHash})`;

/**
 * For whoever has just tried to register with this address: to verify it if that made the user; else to tell them that
 * there is an account, and where nobody has shown yet that it is theirs, to take it by setting a password of their own.
 * No row where the user name (empty for none) is somebody's.
 */
export const insertRegistrationToken = (db: Database, token: NewMailToken, own: OwnName) =>
  insertToken(
    db,
    token,
    sql`CASE WHEN users.password_hash = ${own.passwordHash} THEN 'verify_email'
      WHEN users.email_verified_at IS NULL THEN 'reset_password' ELSE 'already_registered' END`,
    isNameFree(own),
  );

/** Ends the user's older tokens for the same purpose, if this one was stored. */
export const endOlderTokens = (db: Database, hash: string) =>
  db.update(mailTokens).set({ expiresAt: new Date(0) }).where(sql`rowid IN (
    SELECT older.rowid FROM mail_tokens newest
    JOIN mail_tokens older ON older.user_id = newest.user_id AND older.purpose = newest.purpose
    WHERE newest.hash = ${hash} AND older.hash <> newest.hash)`);

/** A token as it was presented. */
export type PresentedToken = { hash: string; purpose: MailPurpose; now: Date };

/** The active user for whom this token holds; null where it does not. */
const ownerOf = ({ hash, purpose, now }: PresentedToken) =>
  sql<number | null>`(SELECT t.user_id FROM mail_tokens t JOIN users u ON u.id = t.user_id AND u.is_active
    WHERE t.hash = ${hash} AND t.purpose = ${purpose} AND t.expires_at > ${now.getTime()})`;

/** One row, with null where the token does not hold. */
export const userOfMailToken = (db: Database, token: PresentedToken) =>
  db.select({ userId: ownerOf(token).as("user_id") }).from(sql`(SELECT 1)`);

const verified = (now: Date) => sql`coalesce(${users.emailVerifiedAt}, ${now.getTime()})`;

/** No row where the token does not hold. */
export const verifyEmailBy = (db: Database, token: PresentedToken) =>
  db
    .update(users)
    .set({ emailVerifiedAt: verified(token.now), updatedAt: token.now })
    .where(eq(users.id, ownerOf(token)))
    .returning({ id: users.id });

/**
 * Sets the password, and notes that the user reads mail at their address; no row where the token does not hold.
 * @param vouched whether nobody else can act as the user any more
 */
export const setPasswordBy = (
  db: Database,
  token: PresentedToken,
  { passwordHash, vouched }: { passwordHash: string; vouched: boolean },
) =>
  db
    .update(users)
    .set({
      passwordHash,
      emailVerifiedAt: verified(token.now),
      ...(vouched && { emailVouchedAt: sql`coalesce(${users.emailVouchedAt}, ${token.now.getTime()})` }),
      updatedAt: token.now,
    })
    .where(eq(users.id, ownerOf(token)))
    .returning({ email: users.email });

export const endSessionsBy = (db: Database, token: PresentedToken) =>
  db.delete(sessions).where(eq(sessions.userId, ownerOf(token)));

export const revokeApiKeysBy = (db: Database, token: PresentedToken) =>
  db.delete(apiKeys).where(eq(apiKeys.userId, ownerOf(token)));

/** Forgets these counts of failed logins, by their keys, if the token holds. */
export const forgetFailuresBy = (db: Database, token: PresentedToken, keys: readonly string[]) =>
  db
    .update(loginFailures)
    .set({ failures: 0, blockedUntil: null })
    .where(and(inArray(loginFailures.key, keys), sql`${ownerOf(token)} IS NOT NULL`));

/** Uses the token up, and those that it replaced. The last of a batch: what comes after finds it gone. */
export const spendMailToken = (db: Database, token: PresentedToken) =>
  db
    .delete(mailTokens)
    .where(and(eq(mailTokens.userId, ownerOf(token)), eq(mailTokens.purpose, token.purpose)));

/** Deletes tokens made before, at most so many. */
export const deleteMailTokensBefore = (db: Database, before: Date, limit: number) =>
  db
    .delete(mailTokens)
    .where(
      inArray(
        mailTokens.hash,
        db
          .select({ hash: mailTokens.hash })
          .from(mailTokens)
          .where(lt(mailTokens.createdAt, before))
          .limit(limit),
      ),
    )
    .returning({ hash: mailTokens.hash });
