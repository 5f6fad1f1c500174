import { timingSafeEqual } from "node:crypto";

import { touchApiKey, userOfApiKey } from "../db/api-keys";
import { retried, type Caller, type Database } from "../db/client";
import type { Config, SecretKey } from "../env";
import { AppError } from "../errors";
import { fingerprintOf, hmac, randomText, sha256 } from "./hmac";
import { SUFFICIENT, type Scope } from "./scopes";

/**
 * `dpk_{claim}_{secret}_{checksum}`: a prefix and a checksum by which secret scanners tell a key of ours from noise, as
 * GitHub's tokens have them. The claim is a tag (22 characters), the fingerprint of the SECRET_KEY that made it (6) and the
 * user's id: it says whose key this is, so that nobody waits for the database to know. Keys of before have no claim.
 */
const API_KEY = /^dpk_(?:([\w-]{22})([\w-]{6})([1-9]\d{0,14})_)?([\w-]{43})_([\w-]{6})$/;

/** "Last used" is good to the minute; more would be a write for every request. */
const TOUCH_EVERY_MS = 60_000;

export const looksLikeApiKey = (token: string) => token.startsWith("dpk_");

/** Of everything before it, prefix included. */
const checksumOf = async (text: string) => (await sha256(text)).slice(0, 6);

/** Shows that we made the secret for this user. 132 bits, base64url. */
const tagOf = async (key: SecretKey, userId: string, secret: string) =>
  (await hmac(key, "api-key", `${userId}:${secret}`)).slice(0, 22);

/** A new key, to be shown once; its hash, to be stored; its first characters, to tell it from others. */
export async function newApiKey(
  { SECRET_KEY: [signer] }: Pick<Config, "SECRET_KEY">,
  userId: number,
): Promise<{ key: string; hash: string; hint: string }> {
  const secret = randomText(32);
  const tag = await tagOf(signer, String(userId), secret);
  const text = `dpk_${tag}${await fingerprintOf(signer)}${userId}_${secret}`;
  const key = `${text}_${await checksumOf(text)}`;
  return { key, hash: await sha256(key), hint: key.slice(0, 10) };
}

/**
 * Whom a key stands for, and what it is to be checked for; whether it is in force is for the queries that follow to say. Asks
 * the database only where the key itself does not prove whose it is, and for a key that was refused here before: one that
 * has been revoked shall not use up its user's rate.
 * @throws AppError `unauthenticated`
 */
export async function callerOfApiKey(
  db: Database,
  config: Pick<Config, "SECRET_KEY">,
  key: string,
  scope: Scope,
): Promise<Caller> {
  const known = readBy(config);
  const { hash, proven } = known.get(key) ?? remember(known, key, await readKey(config, key));
  const userId = proven !== null && !refused.has(hash) ? proven : await knownUser(db, hash);
  return { userId, sessionId: null, apiKey: { hash, scopes: SUFFICIENT[scope] } };
}

/** What a key says by itself: its hash, and the user it is proven to be of, if it is. */
type Read = { hash: string; proven: number | null };

/** The keys that were read under a configuration's own: what they say stays true as long as those do. */
const read = new WeakMap<Config["SECRET_KEY"], Map<string, Read>>();

function readBy({ SECRET_KEY }: Pick<Config, "SECRET_KEY">): Map<string, Read> {
  const known = read.get(SECRET_KEY) ?? new Map<string, Read>();
  read.set(SECRET_KEY, known);
  return known;
}

/** @throws AppError `unauthenticated` */
async function readKey(config: Pick<Config, "SECRET_KEY">, key: string): Promise<Read> {
  const [text, tag, signer, claimed, secret, checksum] = API_KEY.exec(key) ?? [];
  if (!text || !secret || (await checksumOf(text.slice(0, -7))) !== checksum) {
    throw new AppError("unauthenticated");
  }
  const claim = tag && signer && claimed ? { tag, signer, userId: claimed } : null;
  return { hash: await sha256(key), proven: claim && (await provenUser(config, claim, secret)) };
}

type Claim = { tag: string; signer: string; userId: string };

/**
 * The user whom the key claims; null where the SECRET_KEY that could tell is no longer in use.
 * @throws AppError `unauthenticated` for a claim that one of our keys should have made, and did not
 */
async function provenUser(
  { SECRET_KEY: keys }: Pick<Config, "SECRET_KEY">,
  { tag, signer, userId }: Claim,
  secret: string,
): Promise<number | null> {
  for (const key of keys) {
    if ((await fingerprintOf(key)) !== signer) continue;
    const expected = await tagOf(key, userId, secret);
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(tag))) throw new AppError("unauthenticated");
    return Number(userId);
  }
  return null;
}

/** How many keys an isolate remembers something of. */
const MAX_REMEMBERED = 10_000;

function remember<T>(map: Map<string, T>, key: string, value: T): T {
  if (map.size >= MAX_REMEMBERED) map.clear();
  map.set(key, value);
  return value;
}

/** The users of the keys that were looked up, by hash. A key never changes hands, so it is safe to remember. */
const users = new Map<string, number>();

/** @throws AppError `unauthenticated` */
async function knownUser(db: Database, hash: string): Promise<number> {
  const known = users.get(hash);
  if (known !== undefined) return known;
  const [found] = await retried(() => userOfApiKey(db, hash, new Date()));
  if (!found) throw new AppError("unauthenticated");
  remember(users, hash, found.userId);
  return found.userId;
}

/** When each key was last noted as used, by hash. Milliseconds since 1970. */
const notedAt = new Map<string, number>();

/** The keys that were refused here, by hash, and when: their claims are believed no more. */
const refused = new Map<string, number>();

/** Remembers that this key was refused: whose it is has to be looked up again. */
export function noteRefusal({ apiKey }: Caller, now = Date.now()): void {
  if (!apiKey) return;
  remember(refused, apiKey.hash, now);
  users.delete(apiKey.hash);
}

/** Where a key was used from: an address's network, and what the client calls itself. */
export type Origin = { network: string; userAgent: string | undefined };

/** Whether the caller comes with a key whose use was not noted here for a minute. */
export const isToBeNoted = ({ apiKey }: Caller, now = Date.now()): boolean =>
  apiKey !== undefined && now - (notedAt.get(apiKey.hash) ?? 0) >= TOUCH_EVERY_MS;

/**
 * Notes that the caller's key was used, and where from, unless that was noted here less than a minute ago. Never throws.
 * Of uses from several places within a minute the first is noted.
 */
export async function noteUse(
  db: Database,
  caller: Caller,
  { network, userAgent }: Origin,
  now = Date.now(),
): Promise<void> {
  if (!caller.apiKey || !isToBeNoted(caller, now)) return;
  const { hash } = caller.apiKey;
  remember(notedAt, hash, now);
  const used = {
    lastUsedAt: new Date(now),
    lastUsedNetwork: network,
    lastUsedUserAgent: userAgent?.slice(0, 255) ?? null,
  };
  const noted = await touchApiKey(db, caller, caller.apiKey, used).catch(() => []);
  if (noted.length === 0) notedAt.delete(hash);
}
