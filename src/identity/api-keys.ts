import { apiKeyByHash, touchApiKey } from "../db/api-keys";
import { retried, type Caller, type Database } from "../db/client";
import { AppError } from "../errors";
import { randomText, sha256 } from "./hmac";
import type { Scope } from "./scopes";

/**
 * `dpk_{secret}_{checksum}`: a prefix and a checksum by which secret scanners tell a key of ours from noise, as GitHub's
 * tokens have them.
 */
const API_KEY = /^dpk_([\w-]{43})_([\w-]{6})$/;

/** "Last used" is good to the minute; more would be a write for every request. */
const TOUCH_EVERY_MS = 60_000;

export const looksLikeApiKey = (token: string) => token.startsWith("dpk_");

const checksum = async (secret: string) => (await sha256(`dpk_${secret}`)).slice(0, 6);

/** A new key, to be shown once; its hash, to be stored; its first characters, to tell it from others. */
export async function newApiKey(): Promise<{ key: string; hash: string; hint: string }> {
  const secret = randomText(32);
  const key = `dpk_${secret}_${await checksum(secret)}`;
  return { key, hash: await sha256(key), hint: key.slice(0, 10) };
}

/**
 * Whom a key stands for. `chat` includes reading; an account's credentials are out of any key's reach.
 * @throws AppError `unauthenticated`, `missing_scope`
 */
export async function callerOfApiKey(key: string, scope: Scope, db: Database): Promise<Caller> {
  const [, secret, sum] = API_KEY.exec(key) ?? [];
  if (!secret || (await checksum(secret)) !== sum) throw new AppError("unauthenticated");
  const now = new Date();
  const hash = await sha256(key);
  const [found] = await retried(() => apiKeyByHash(db, hash, now));
  if (!found) throw new AppError("unauthenticated");
  const allowed = found.scopes.includes("chat") ? ["chat", "read"] : found.scopes;
  if (!allowed.includes(scope)) throw new AppError("missing_scope");
  if ((found.lastUsedAt?.getTime() ?? 0) < now.getTime() - TOUCH_EVERY_MS)
    await touchApiKey(db, found.id, now);
  return { userId: found.userId, sessionId: null };
}
