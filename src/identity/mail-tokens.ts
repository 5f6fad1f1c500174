import type { Database } from "../db/client";
import { useInvitation } from "../db/invitations";
import {
  endOlderTokens,
  endSessionsBy,
  forgetFailuresBy,
  insertRegistrationToken,
  insertResetToken,
  insertVerifyToken,
  isNameFree,
  revokeApiKeysBy,
  setPasswordBy,
  spendMailToken,
  userOfMailToken,
  verifyEmailBy,
  type NewMailToken,
} from "../db/mail-tokens";
import type { MailPurpose } from "../db/schema";
import { insertUserIfFree, userByName } from "../db/users";
import type { Config } from "../env";
import { AppError } from "../errors";
import { newUserRow, type Registration } from "./account";
import { randomText, sha256 } from "./hmac";
import { refuseInvitation } from "./invitations";
import { pausesOf } from "./lock-out";
import { hashPassword } from "./passwords";

/** How long a token holds; the mails say so too. */
const LIFE_MS = 30 * 60_000;

/** What is to be mailed to whom; null stands for nobody, which no answer may show. */
export type Letter = { purpose: MailPurpose | "password_changed"; to: string; token: string | null };

/** A token that is not stored yet, and its row: only the hash is kept. `dpm_` tells it from other secrets of ours. */
async function newMailToken(email: string, now: number): Promise<{ token: string; row: NewMailToken }> {
  const token = `dpm_${randomText(32)}`;
  return { token, row: { hash: await sha256(token), email, now, lifeMs: LIFE_MS } };
}

const letter = (stored: { purpose: MailPurpose } | undefined, to: string, token: string): Letter | null =>
  stored ? { purpose: stored.purpose, to, token } : null;

/** Prepares to set a new password. The work is the same whether there is such an account or not. */
export async function forgotPassword(db: Database, email: string, now = Date.now()): Promise<Letter | null> {
  const { token, row } = await newMailToken(email, now);
  const [[stored]] = await db.batch([insertResetToken(db, row), endOlderTokens(db, row.hash)]);
  return letter(stored, email, token);
}

/** Prepares to verify an address that is not verified yet, with the same work for any other. */
export async function resendVerification(
  db: Database,
  email: string,
  now = Date.now(),
): Promise<Letter | null> {
  const { token, row } = await newMailToken(email, now);
  const [[stored]] = await db.batch([insertVerifyToken(db, row), endOlderTokens(db, row.hash)]);
  return letter(stored, email, token);
}

/**
 * Makes a user who has yet to verify the address, without telling whether it was free: the work and the answer are the
 * same, and who reads mail there is told. The first registration stands; a later one never changes its password, or a
 * stranger's could be the one that gets verified. An invitation is used up whoever has the address.
 * @throws AppError `username_taken`, whoever has the address; `invitation_invalid`, `overloaded`
 */
export async function registerUnverified(
  db: Database,
  registration: Registration,
  now = Date.now(),
): Promise<Letter | null> {
  const { email, username, password, admission } = registration;
  const passwordHash = await hashPassword(password);
  const { token, row } = await newMailToken(email, now);
  const user = newUserRow(registration, passwordHash, new Date(now));
  const own = { passwordHash, username: username ?? "" };
  const [[namesake], , [stored]] = await db
    .batch([
      userByName(db, own.username),
      insertUserIfFree(db, user),
      insertRegistrationToken(db, row, own),
      endOlderTokens(db, row.hash),
      ...(admission.invitation ? useInvitation(db, admission.invitation, isNameFree(own)) : []),
    ])
    .catch(refuseInvitation);
  if (namesake) throw new AppError("username_taken");
  return letter(stored, email, token);
}

/**
 * Verifies the address that the token was sent to. Opens no session: a mailbox is not a password, and the account may have
 * been registered by somebody else.
 * @throws AppError `mail_token_invalid`
 */
export async function verifyEmail(db: Database, text: string, now = new Date()): Promise<void> {
  const token = { hash: await sha256(text), purpose: "verify_email", now } as const;
  const [[user]] = await db.batch([verifyEmailBy(db, token), spendMailToken(db, token)]);
  if (!user) throw new AppError("mail_token_invalid");
}

export type Reset = { token: string; password: string; keepApiKeys: boolean };

/**
 * Sets the password of the account that the token was sent to, verifies its address, ends all sessions, and revokes the API
 * keys unless they are to be kept; if they are not, nobody else is left in it, which vouches for the address. Of two at once with one token, one does. What paused logins from here is forgiven.
 * @throws AppError `mail_token_invalid`, `overloaded`
 */
export async function resetPassword(
  db: Database,
  config: Config,
  { token: text, password, keepApiKeys }: Reset,
  address: string,
  now = new Date(),
): Promise<Letter> {
  const token = { hash: await sha256(text), purpose: "reset_password", now } as const;
  // Asked before the hash is made, which is too dear for every guess, and again by each statement after it.
  const [found] = await userOfMailToken(db, token);
  if (!found?.userId) throw new AppError("mail_token_invalid");
  const pauses = await pausesOf(config, { account: String(found.userId), address });
  const passwordHash = await hashPassword(password);
  const [[user]] = await db.batch([
    setPasswordBy(db, token, { passwordHash, vouched: !keepApiKeys }),
    endSessionsBy(db, token),
    ...(keepApiKeys ? [] : [revokeApiKeysBy(db, token)]),
    forgetFailuresBy(db, token, pauses),
    spendMailToken(db, token),
  ]);
  if (!user) throw new AppError("mail_token_invalid");
  return { purpose: "password_changed", to: user.email, token: null };
}
