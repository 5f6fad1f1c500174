import { apiKeysOf, deleteApiKeys } from "../db/api-keys";
import { batchAs, isFailedAssertion, one, uniqueViolation, type Caller, type Database } from "../db/client";
import { useInvitation } from "../db/invitations";
import type { ApiKey, User } from "../db/schema";
import { endOtherSessions, insertSession, pruneSessions, sessionById } from "../db/sessions";
import {
  batchConfirmed,
  batchWithPassword,
  idOfEmail,
  insertUser,
  updatePasswordHash,
  userById,
  userByName,
} from "../db/users";
import type { Config } from "../env";
import { AppError } from "../errors";
import type { Admission } from "./invitations";
import {
  beginPause,
  countAttempt,
  countConfirmation,
  forgive,
  takeBack,
  type LoginAttempt,
} from "./lock-out";
import { hashPassword, verifyPassword } from "./passwords";
import { newSession, type Tokens } from "./sessions";
import { signAccessToken } from "./tokens";

export type Registration = {
  /** Trimmed and lower-cased. */
  email: string;
  /** The e-mail address if null. */
  username: string | null;
  fullName: string | null;
  password: string;
  /** Why they may register here. */
  admission: Admission;
};

/** The row of a user who registers. */
export const newUserRow = (
  { email, username, fullName, admission }: Registration,
  passwordHash: string,
  createdAt: Date,
) => ({
  email,
  username: username ?? email,
  fullName,
  passwordHash,
  emailVouchedAt: admission.vouchedAt,
  createdAt,
  updatedAt: createdAt,
});

/**
 * Makes a user and logs them in.
 * @throws AppError `email_taken`, `username_taken`, `invitation_invalid`, `overloaded`
 */
export async function register(
  db: Database,
  config: Config,
  registration: Registration,
  userAgent: string | undefined,
): Promise<Tokens> {
  const { email, password, admission } = registration;
  const passwordHash = await hashPassword(password);
  const { row, refreshToken } = await newSession(userAgent, config);
  const user = newUserRow(registration, passwordHash, row.createdAt);
  try {
    const [created] = await db.batch([
      insertUser(db, user),
      insertSession(db, idOfEmail(email), row),
      ...(admission.invitation ? useInvitation(db, admission.invitation) : []),
    ]);
    return {
      accessToken: await signAccessToken({ userId: one(created).id, sessionId: row.id }, config),
      refreshToken,
    };
  } catch (error) {
    if (isFailedAssertion(error)) throw new AppError("invitation_invalid", { cause: error });
    const column = uniqueViolation(error);
    if (column === null) throw error;
    const emailTaken = column.includes("email") || user.username === email;
    throw new AppError(emailTaken ? "email_taken" : "username_taken", { cause: error });
  }
}

/** Where a request came from. */
export type Client = { address: string; userAgent: string | undefined };

/** How often a login starts over because the password's hash changed while it was checked. */
const TRIES = 3;

/**
 * Opens a session for whoever knows the password. Unknown names take as long and fail alike.
 * @throws AppError `wrong_credentials`, `email_unverified` (only to who knows the password), `login_paused`, `overloaded`
 */
export async function login(
  db: Database,
  config: Config,
  { name, password }: { name: string; password: string },
  { address, userAgent }: Client,
): Promise<Tokens> {
  let [user] = await userByName(db, name);
  const account = user ? String(user.id) : `unknown:${name.toLowerCase()}`;
  const attempt = await countAttempt(db, config, { account, address });
  for (let i = 0; i < TRIES; i++) {
    const { matches, outdated } = await check(db, attempt, password, user);
    if (!user || !matches || !user.isActive) break;
    if (config.EMAIL_VERIFICATION && !user.emailVerifiedAt) {
      await db.batch(forgive(db, attempt));
      throw new AppError("email_unverified");
    }
    const renewedHash = outdated ? await unlessBusy(db, attempt, hashPassword(password)) : null;
    const tokens = await openSession(db, config, { user, attempt, renewedHash }, userAgent);
    if (tokens) return tokens;
    // The hash changed meanwhile: to another password's, or another login renewed it.
    [user] = await userById(db, user.id);
  }
  await beginPause(db, attempt);
  throw new AppError("wrong_credentials");
}

type Proof = { user: User; attempt: LoginAttempt; renewedHash: string | null };

/** Opens a session on condition of the hash that was checked; null, and nothing done, where it is the user's no longer. */
async function openSession(
  db: Database,
  config: Config,
  { user, attempt, renewedHash }: Proof,
  userAgent: string | undefined,
): Promise<Tokens | null> {
  const { row, refreshToken } = await newSession(userAgent, config);
  const opened = await batchWithPassword(db, user, [
    ...forgive(db, attempt),
    insertSession(db, user.id, row),
    pruneSessions(db, user.id, row.createdAt),
    ...(renewedHash ? [updatePasswordHash(db, user.id, renewedHash)] : []),
  ]);
  if (!opened) return null;
  return { accessToken: await signAccessToken({ userId: user.id, sessionId: row.id }, config), refreshToken };
}

const check = (db: Database, attempt: LoginAttempt, password: string, user: User | undefined) =>
  unlessBusy(db, attempt, verifyPassword(password, user?.passwordHash ?? null));

/** What a hash gives; where there was no time for it, the attempt was none. */
const unlessBusy = <T>(db: Database, attempt: LoginAttempt, hash: Promise<T>) =>
  hash.catch(async (error: unknown) => {
    await takeBack(db, attempt);
    throw error;
  });

/**
 * Asks a signed-in user for the password once more, before what cannot be undone. Guesses count against the session alone.
 * @throws AppError `wrong_password`, `login_paused`, `unauthenticated`, `overloaded`
 */
export async function confirmPassword(
  db: Database,
  config: Config,
  caller: Caller,
  { password, address }: { password: string; address: string },
): Promise<User> {
  const user = await signedInUser(db, caller);
  const who = { account: String(user.id), address, sessionId: caller.sessionId ?? "" };
  const attempt = await countConfirmation(db, config, who);
  const { matches } = await check(db, attempt, password, user);
  if (!matches) {
    await beginPause(db, attempt);
    throw new AppError("wrong_password");
  }
  await db.batch(forgive(db, attempt));
  return user;
}

/** A login so young needs no password again. */
const FRESH_LOGIN_MS = 5 * 60_000;

/**
 * Asks a signed-in user for the password, unless they have just logged in and send none.
 * @returns the user whose password was checked; null where a young login stands for it
 * @throws AppError `password_required`, and as `confirmPassword`
 */
export async function confirmOwner(
  db: Database,
  config: Config,
  caller: Caller,
  proof: { password: string; address: string } | null,
): Promise<User | null> {
  if (proof) return confirmPassword(db, config, caller, proof);
  const [[session]] = await batchAs(db, caller, [sessionById(db, caller.userId, caller.sessionId ?? "")]);
  if (session && session.createdAt.getTime() > Date.now() - FRESH_LOGIN_MS) return null;
  throw new AppError("password_required");
}

/**
 * Sets a new password, ends all other sessions of the user and revokes the API keys, unless they are to be kept.
 * @returns the keys that were revoked, or kept
 * @throws AppError as `confirmPassword`
 */
export async function changePassword(
  db: Database,
  config: Config,
  caller: Caller,
  change: { current: string; next: string; keepApiKeys: boolean; address: string },
): Promise<ApiKey[]> {
  const user = await confirmPassword(db, config, caller, {
    password: change.current,
    address: change.address,
  });
  const passwordHash = await hashPassword(change.next);
  const [keys] = await batchConfirmed(db, caller, user, [
    change.keepApiKeys ? apiKeysOf(db, user.id) : deleteApiKeys(db, user.id),
    updatePasswordHash(db, user.id, passwordHash),
    endOtherSessions(db, user.id, caller.sessionId ?? ""),
  ]);
  return keys;
}

/** @throws AppError `unauthenticated` */
export async function signedInUser(db: Database, caller: Caller): Promise<User> {
  const [[user]] = await batchAs(db, caller, [userById(db, caller.userId)]);
  if (!user) throw new AppError("unauthenticated");
  return user;
}
