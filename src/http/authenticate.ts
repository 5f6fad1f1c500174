import type { Context, MiddlewareHandler } from "hono";

import { batchAs, toAppError, type Caller, type Database } from "../db/client";
import { AppError, type ErrorCode } from "../errors";
import { callerOf } from "../identity/access";
import { isToBeNoted, noteRefusal, noteUse } from "../identity/api-keys";
import type { Scope } from "../identity/scopes";
import { isOpenAiPath } from "./errors";
import { networkOf } from "./rate-limit";
import type { AppEnv } from "./router";

/** What is found wrong with a request before the database has been asked who it comes from. */
const BEFORE_ASKING = new Set<ErrorCode>([
  "validation_failed",
  "malformed_json",
  "payload_too_large",
  "unsupported_media_type",
]);

/** The token of a request; OpenAI's clients, set up for Azure or others, send a key under other names. Empty where there is none. */
function tokenOf(c: Context<AppEnv>): string {
  const [scheme, token] = (c.req.header("authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() === "bearer" && token) return token;
  if (!isOpenAiPath(c.req.path)) return "";
  return c.req.header("api-key") ?? c.req.header("x-api-key") ?? "";
}

/**
 * Establishes who is calling from the bearer token. Whether the session or key is in force is for the handler's own queries
 * to check; only where the request does not get that far is the database asked here, so that 401 comes before 422.
 * @throws AppError `unauthenticated`, `missing_scope`
 */
export const authenticate = (scope: Scope): MiddlewareHandler<AppEnv> =>
  async function authenticate(c, next) {
    const token = tokenOf(c);
    if (!token) throw new AppError("unauthenticated");
    const db = c.get("db");
    const caller = await callerOf(token, scope, db, c.get("config"));
    c.set("caller", caller);
    await next();
    const refusal = await lateRefusal(db, caller, c.get("failure"));
    if ((refusal ?? c.res).status === 401) noteRefusal(caller);
    else if (isToBeNoted(caller)) c.executionCtx.waitUntil(noteUse(db, caller, originOf(c)));
    if (refusal) throw refusal;
  };

const originOf = (c: Context<AppEnv>) => ({
  network: networkOf(c),
  userAgent: c.req.header("user-agent"),
});

/** Asks whether the caller has access, if the handler did not get that far. */
const lateRefusal = async (db: Database, caller: Caller, failure?: AppError): Promise<AppError | null> =>
  failure && BEFORE_ASKING.has(failure.code) ? batchAs(db, caller, []).then(() => null, toAppError) : null;
