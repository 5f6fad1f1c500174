import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

import { AppError } from "../errors";
import { REFRESH_TOKEN_SECONDS } from "../identity/sessions";
import type { AppEnv } from "./router";

const NAME = "refresh_token";

/**
 * Where a browser keeps its refresh token: no script reads it, no other site's request carries it, and no path beside /auth
 * gets it (RFC 6265bis). Browsers take localhost for secure, without TLS.
 */
const ATTRIBUTES = { httpOnly: true, secure: true, sameSite: "Strict", path: "/auth" } as const;

export const keepRefreshToken = (c: Context<AppEnv>, token: string): void =>
  setCookie(c, NAME, token, { ...ATTRIBUTES, maxAge: REFRESH_TOKEN_SECONDS });

export const dropRefreshToken = (c: Context<AppEnv>): void => void deleteCookie(c, NAME, ATTRIBUTES);

/** The refresh token that this browser keeps, or an empty text. */
export const keptRefreshToken = (c: Context<AppEnv>): string => getCookie(c, NAME) ?? "";

/**
 * Sessions that a browser keeps are for this server's own page: no other site may begin one, use one or end one. That a
 * request is JSON keeps forms out already, and `SameSite` other sites; this holds without either.
 * @throws AppError `forbidden`
 */
export function requireOwnPage(c: Context<AppEnv>): void {
  if (c.req.header("origin") === new URL(c.req.url).origin) return;
  throw new AppError("forbidden", { detail: "A session in a cookie is for this server's own page alone." });
}
