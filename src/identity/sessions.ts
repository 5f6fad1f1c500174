import { retried, type Database } from "../db/client";
import { endReusedFamily, rotateRefreshToken, type NewSession } from "../db/sessions";
import type { Config, SecretKey } from "../env";
import { AppError } from "../errors";
import { hmac, randomText, sha256 } from "./hmac";
import { signAccessToken } from "./tokens";

/** What a login or a refresh gives. */
export type Tokens = { accessToken: string; refreshToken: string };

const REFRESH_TOKEN_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * `dpr_{family}_{secret}`. The family is random and stands in no other token or answer, so whoever knows it has held a
 * refresh token of that session: a secret that does not fit it is an old one, or a thief's, and never a stranger's
 * guess. Each secret but the first follows from the token before it, see `refresh`.
 */
const REFRESH_TOKEN = /^dpr_([\w-]{22})_[\w-]{43}$/;

export const familyOf = (refreshToken: string): string | null =>
  REFRESH_TOKEN.exec(refreshToken)?.[1] ?? null;

/** A session that is not stored yet, and its first refresh token. */
export async function newSession(
  userAgent: string | undefined,
): Promise<{ row: NewSession; refreshToken: string }> {
  const now = new Date();
  const refreshFamily = randomText(16);
  const refreshToken = `dpr_${refreshFamily}_${randomText(32)}`;
  const row = {
    id: crypto.randomUUID(),
    refreshFamily,
    refreshHash: await sha256(refreshToken),
    previousRefreshHash: null,
    userAgent: userAgent?.slice(0, 255) ?? null,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: new Date(now.getTime() + REFRESH_TOKEN_MS),
  };
  return { row, refreshToken };
}

/**
 * Trades a refresh token for new tokens. The replacement is an HMAC of the old one: a client that lost the answer, or
 * a second tab with the same token, gets the same replacement again until it is itself used to refresh. A token older
 * than that was stolen, or its thief was faster: the session ends.
 * @throws AppError `unauthenticated`
 */
export async function refresh(db: Database, config: Config, refreshToken: string): Promise<Tokens> {
  const family = familyOf(refreshToken);
  if (!family) throw new AppError("unauthenticated");
  const presented = await sha256(refreshToken);
  const candidates = await replacements(config, family, refreshToken);
  const now = new Date();
  const [{ hash: next }] = candidates;
  const rotation = {
    family,
    presented,
    next,
    now,
    expiresAt: new Date(now.getTime() + REFRESH_TOKEN_MS),
  };
  const [[session]] = await retried(() =>
    db.batch([rotateRefreshToken(db, rotation), endReusedFamily(db, family, presented)]),
  );
  const replacement = candidates.find(({ hash }) => hash === session?.refreshHash);
  if (!session || !replacement) throw new AppError("unauthenticated");
  const accessToken = await signAccessToken({ userId: session.userId, sessionId: session.id }, config);
  return { accessToken, refreshToken: replacement.token };
}

/** What follows a refresh token under each key: the first key's is handed out, another's may have been before. */
function replacements({ SECRET_KEY: [first, ...others] }: Config, family: string, refreshToken: string) {
  const under = async (key: SecretKey) => {
    const token = `dpr_${family}_${await hmac(key, "refresh", refreshToken)}`;
    return { token, hash: await sha256(token) };
  };
  return Promise.all([under(first), ...others.map(under)]);
}
