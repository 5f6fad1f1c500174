import { batchAs, one, uniqueViolation, type Caller, type Database } from "../db/client";
import type { User } from "../db/schema";
import { endOtherSessions, insertSession, pruneSessions } from "../db/sessions";
import { idOfEmail, insertUser, updatePasswordHash, userById, userByName } from "../db/users";
import type { Config } from "../env";
import { AppError } from "../errors";
import { beginPause, countAttempt, forgive } from "./lock-out";
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
};

/**
 * Makes a user and logs them in.
 * @throws AppError `email_taken`, `username_taken`, `overloaded`
 */
export async function register(
  db: Database,
  config: Config,
  { email, username, fullName, password }: Registration,
  userAgent: string | undefined,
): Promise<Tokens> {
  const passwordHash = await hashPassword(password);
  const { row, refreshToken } = await newSession(userAgent);
  const { createdAt } = row;
  const user = {
    email,
    username: username ?? email,
    fullName,
    passwordHash,
    createdAt,
    updatedAt: createdAt,
  };
  try {
    const [created] = await db.batch([insertUser(db, user), insertSession(db, idOfEmail(email), row)]);
    return {
      accessToken: await signAccessToken({ userId: one(created).id, sessionId: row.id }, config),
      refreshToken,
    };
  } catch (error) {
    const column = uniqueViolation(error);
    if (column === null) throw error;
    const emailTaken = column.includes("email") || user.username === email;
    throw new AppError(emailTaken ? "email_taken" : "username_taken", { cause: error });
  }
}

/** Where a request came from. */
export type Client = { address: string; userAgent: string | undefined };

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
  const [user] = await userByName(db, name);
  const account = user ? String(user.id) : `unknown:${name.toLowerCase()}`;
  const attempt = await countAttempt(db, config, { account, address });
  const { matches, outdated } = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user || !matches || !user.isActive) {
    await beginPause(db, attempt);
    throw new AppError("wrong_credentials");
  }
  if (config.EMAIL_VERIFICATION && !user.emailVerifiedAt) {
    await db.batch(forgive(db, attempt));
    throw new AppError("email_unverified");
  }
  const { row, refreshToken } = await newSession(userAgent);
  await db.batch([
    ...forgive(db, attempt),
    insertSession(db, user.id, row),
    pruneSessions(db, user.id, row.createdAt),
    ...(outdated ? [updatePasswordHash(db, user.id, await hashPassword(password))] : []),
  ]);
  return { accessToken: await signAccessToken({ userId: user.id, sessionId: row.id }, config), refreshToken };
}

/**
 * Asks a signed-in user for the password once more, before what cannot be undone. Guesses count like failed logins.
 * @throws AppError `wrong_password`, `login_paused`, `unauthenticated`, `overloaded`
 */
export async function confirmPassword(
  db: Database,
  config: Config,
  caller: Caller,
  { password, address }: { password: string; address: string },
): Promise<User> {
  const user = await signedInUser(db, caller);
  const attempt = await countAttempt(db, config, { account: String(user.id), address });
  const { matches } = await verifyPassword(password, user.passwordHash);
  if (!matches) {
    await beginPause(db, attempt);
    throw new AppError("wrong_password");
  }
  await db.batch(forgive(db, attempt));
  return user;
}

/**
 * Sets a new password and ends all other sessions of the user.
 * @throws AppError as `confirmPassword`
 */
export async function changePassword(
  db: Database,
  config: Config,
  caller: Caller,
  { current, next, address }: { current: string; next: string; address: string },
): Promise<void> {
  const user = await confirmPassword(db, config, caller, { password: current, address });
  const passwordHash = await hashPassword(next);
  await batchAs(db, caller, [
    updatePasswordHash(db, user.id, passwordHash),
    endOtherSessions(db, user.id, caller.sessionId ?? ""),
  ]);
}

/** @throws AppError `unauthenticated` */
export async function signedInUser(db: Database, caller: Caller): Promise<User> {
  const [[user]] = await batchAs(db, caller, [userById(db, caller.userId)]);
  if (!user) throw new AppError("unauthenticated");
  return user;
}
