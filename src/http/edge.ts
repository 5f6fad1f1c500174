import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import { methodNotAllowed } from "hono/method-not-allowed";
import { secureHeaders } from "hono/secure-headers";

import { AppError } from "../errors";
import { answerError, isOpenAiPath } from "./errors";
import type { AppEnv, newRouter } from "./router";

const ALLOWED = [
  "Authorization",
  "Content-Type",
  "Idempotency-Key",
  "If-Match",
  "Last-Event-ID",
  "X-Request-Id",
];
const EXPOSED = [
  "ETag",
  "Link",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
  "X-AI-Generated",
  "X-Request-Id",
];

/**
 * Lets the browsers of the configured origins in, and no others. OpenAI's clients send headers of their own (`x-stainless-…`,
 * and the next one's): under /v1 a browser may send what it asks for.
 */
export const allowOrigins = createMiddleware<AppEnv>(async function allowOrigins(c, next) {
  const doors = doorsOf(c.get("config").CORS_ORIGINS);
  return (isOpenAiPath(c.req.path) ? doors.openai : doors.ours)(c, next);
});

type Doors = Record<"ours" | "openai", MiddlewareHandler>;
const doors = new WeakMap<string[], Doors>();

/** For these origins, made once. */
function doorsOf(origins: string[]): Doors {
  const known = doors.get(origins);
  if (known) return known;
  const made = { ours: doorOf(origins, false), openai: doorOf(origins, true) };
  doors.set(origins, made);
  return made;
}

const doorOf = (origins: string[], isOpenAi: boolean) =>
  cors({
    origin: origins.includes("*") ? "*" : origins,
    ...(!isOpenAi && { allowHeaders: ALLOWED }),
    allowMethods: ["GET", "POST", "PUT", "DELETE"],
    exposeHeaders: isOpenAi ? [...EXPOSED, "X-Conversation-Id", "X-Context-Left-Out"] : EXPOSED,
    maxAge: 86_400,
  });

/**
 * The security headers of an API (OWASP REST Security Cheat Sheet): its answers are no documents, belong in no frame and in
 * no cache. A route that answers otherwise, such as the page of documents, sets its own.
 */
export const hardenAnswers = [
  secureHeaders({
    xFrameOptions: "DENY",
    referrerPolicy: "no-referrer",
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    overwrite: false,
  }),
  createMiddleware<AppEnv>(async function keepOutOfCaches(c, next) {
    await next();
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
  }),
];

/** Answers a known path's unknown method with 405 and the methods it has. */
export const refuseMethods = (app: ReturnType<typeof newRouter>) =>
  methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) =>
      answerError(new AppError("method_not_allowed", { headers: { Allow: methods.join(", ") } }), c),
  });
