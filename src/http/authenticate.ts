import type { MiddlewareHandler } from "hono";

import { AppError } from "../errors";
import { callerOf, type Scope } from "../identity/access";
import type { AppEnv } from "./router";

/**
 * Establishes who is calling from the bearer token, without asking the database: the queries that follow do that.
 * @throws AppError `unauthenticated`
 */
export const authenticate = (scope: Scope): MiddlewareHandler<AppEnv> =>
  async function authenticate(c, next) {
    const [scheme, token] = (c.req.header("authorization") ?? "").split(" ");
    if (scheme?.toLowerCase() !== "bearer" || !token) throw new AppError("unauthenticated");
    c.set("caller", await callerOf(token, scope, c.get("db"), c.get("config")));
    await next();
  };
