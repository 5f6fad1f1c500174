import { decode, sign, verify } from "hono/jwt";

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

/**
 * Reads an access token signed with any of the keys.
 * @throws AppError `unauthenticated`, without its cause: hono's errors hold the token
 */
export async function readAccessToken(token: string, config: Config): Promise<AccessClaims> {
  const claims = await verified(token, config).catch(() => null);
  if (!claims) throw new AppError("unauthenticated");
  return claims;
}

async function verified(token: string, config: Config): Promise<AccessClaims | null> {
  const { header } = decode(token);
  const key = config.SECRET_KEY.find(({ kid }) => kid === header.kid);
  if (!key) return null;
  const payload: unknown = await verify(token, await hmacKey(key), "HS256");
  if (typeof payload !== "object" || payload === null) return null;
  const { sub, sid, typ, exp } = payload as Record<string, unknown>;
  // hono accepts a token that names no expiry.
  if (typ !== "access" || typeof exp !== "number") return null;
  if (typeof sub !== "string" || !/^[1-9]\d{0,15}$/.test(sub) || typeof sid !== "string") return null;
  return { userId: Number(sub), sessionId: sid };
}
