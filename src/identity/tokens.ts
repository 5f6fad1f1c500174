import { decode, sign, verify as verifyJwt } from "hono/jwt";

import type { Config } from "../env";
import { AppError } from "../errors";
import { base64url, hmacKey } from "./hmac";

export const ACCESS_TOKEN_SECONDS = 30 * 60;

/** What an access token says: whose it is, and the session that must still stand for it to count. */
export type AccessClaims = { userId: number; sessionId: string };

/** A JWT for 30 minutes, signed with the first key. */
export function signAccessToken({ userId, sessionId }: AccessClaims, config: Config): Promise<string> {
  const [{ kid, secret }] = config.SECRET_KEY;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    sub: String(userId),
    sid: sessionId,
    typ: "access",
    iat: now,
    exp: now + ACCESS_TOKEN_SECONDS,
  };
  // As a JWK, because only then does hono name the key in the header.
  return sign(
    claims,
    { kty: "oct", k: base64url(new TextEncoder().encode(secret)), alg: "HS256", kid },
    "HS256",
  );
}

/** A token's claims, and when they end, in milliseconds since 1970. */
type Verified = { claims: AccessClaims; expiresAt: number };

/** How many tokens an isolate remembers. */
const MAX_REMEMBERED = 1000;
/** The tokens that were found to be signed with a configuration's keys: that stays true as long as they do. */
const remembered = new WeakMap<Config["SECRET_KEY"], Map<string, Verified>>();

function rememberedBy({ SECRET_KEY }: Config): Map<string, Verified> {
  const known = remembered.get(SECRET_KEY) ?? new Map<string, Verified>();
  if (known.size >= MAX_REMEMBERED) known.clear();
  remembered.set(SECRET_KEY, known);
  return known;
}

/**
 * Reads an access token signed with any of the keys.
 * @throws AppError `unauthenticated`, without its cause: hono's errors hold the token
 */
export async function readAccessToken(token: string, config: Config): Promise<AccessClaims> {
  const known = rememberedBy(config);
  const found = known.get(token) ?? (await verify(token, config).catch(() => null));
  if (!found || found.expiresAt <= Date.now()) throw new AppError("unauthenticated");
  known.set(token, found);
  return found.claims;
}

async function verify(token: string, config: Config): Promise<Verified | null> {
  const { header } = decode(token);
  const key = config.SECRET_KEY.find(({ kid }) => kid === header.kid);
  if (!key) return null;
  const payload: unknown = await verifyJwt(token, await hmacKey(key), "HS256");
  if (typeof payload !== "object" || payload === null) return null;
  const { sub, sid, typ, exp } = payload as Record<string, unknown>;
  // hono accepts a token that names no expiry.
  if (typ !== "access" || typeof exp !== "number") return null;
  if (typeof sub !== "string" || !/^[1-9]\d{0,15}$/.test(sub) || typeof sid !== "string") return null;
  return { claims: { userId: Number(sub), sessionId: sid }, expiresAt: exp * 1000 };
}
