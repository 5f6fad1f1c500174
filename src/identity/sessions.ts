import { retried, type Database } from "../db/client";
import { endReusedFamily, rotateRefreshToken, type NewSession } from "../db/sessions";
import type { Config, SecretKey } from "../env";
import { AppError } from "../errors";
import { hmac, randomText, sha256 } from "./hmac";
import { signAccessToken } from "./tokens";

/** What a login or a refresh gives. */
export type Tokens = { accessToken: string; refreshToken: string };

const DAY_MS = 24 * 60 * 60 * 1000;
/** A session that nobody refreshes for so long ends. */
const REFRESH_TOKEN_MS = 7 * DAY_MS;
export const REFRESH_TOKEN_SECONDS = REFRESH_TOKEN_MS / 1000;
/**
 * How long a refresh token is good once it has been replaced: for a client that lost the answer, and for tabs that refresh
 * at once. RFC 9700, 4.14.2 asks that the use of a replaced token be noticed; this is the time in which it cannot be.
 */
const GRACE_MS = 60_000;

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
  { SESSION_MAX_DAYS }: Pick<Config, "SESSION_MAX_DAYS">,
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
    expiresAt: new Date(now.getTime() + Math.min(REFRESH_TOKEN_MS, SESSION_MAX_DAYS * DAY_MS)),
  };
  return { row, refreshToken };
}

/**
 * Trades a refresh token for new tokens. The replacement is an HMAC of the old one: within a minute of the first trade the
 * old one gets the same replacement again, and prolongs nothing. After that its use, and that of any older one at any time,
 * ends the session: somebody else has a copy, and of two who share a token the slower one presents a replaced one.
 * @throws AppError `unauthenticated`, with a sentence of its own where this ended the session
 */
export async function refresh(
  db: Database,
  config: Config,
  refreshToken: string,
  now = new Date(),
): Promise<Tokens> {
  const family = familyOf(refreshToken);
  if (!family) throw new AppError("unauthenticated");
  const candidates = await replacements(config, family, refreshToken);
  const rotation = {
    family,
    presented: await sha256(refreshToken),
    next: candidates[0].hash,
    now,
    replacedSince: new Date(now.getTime() - GRACE_MS),
    begunSince: new Date(now.getTime() - config.SESSION_MAX_DAYS * DAY_MS),
    idleMs: REFRESH_TOKEN_MS,
  };
  const [[session], ended] = await retried(() =>
    db.batch([rotateRefreshToken(db, rotation), endReusedFamily(db, rotation)]),
  );
  if (ended.length > 0) throw new AppError("unauthenticated", { detail: REUSED });
  const replacement = candidates.find(({ hash }) => hash === session?.refreshHash);
  if (!session || !replacement) throw new AppError("unauthenticated");
  const accessToken = await signAccessToken({ userId: session.userId, sessionId: session.id }, config);
  return { accessToken, refreshToken: replacement.token };
}

const REUSED = "This refresh token was replaced before, so its session has been ended. Please log in again.";

/** What follows a refresh token under each key: the first key's is handed out, another's may have been before. */
function replacements({ SECRET_KEY: [first, ...others] }: Config, family: string, refreshToken: string) {
  const under = async (key: SecretKey) => {
    const token = `dpr_${family}_${await hmac(key, "refresh", refreshToken)}`;
    return { token, hash: await sha256(token) };
  };
  return Promise.all([under(first), ...others.map(under)]);
}
