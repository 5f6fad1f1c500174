import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import { methodNotAllowed } from "hono/method-not-allowed";
import { secureHeaders } from "hono/secure-headers";

import { AppError } from "../errors";
import { answerError, isOpenAiPath } from "./errors";
import type { AppEnv, newRouter } from "./router";

const ALLOWED = ["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Request-Id"];
const EXPOSED = ["Link", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"];

/**
 * Lets the browsers of the configured origins in, and no others. OpenAI's clients send headers of their own (`x-stainless-…`,
 * and the next one's): under /v1 a browser may send what it asks for.
 */
export const allowOrigins = createMiddleware<AppEnv>(async function allowOrigins(c, next) {
  const origins = c.get("config").CORS_ORIGINS;
  const isOpenAi = isOpenAiPath(c.req.path);
  return cors({
    origin: origins.includes("*") ? "*" : origins,
    ...(!isOpenAi && { allowHeaders: ALLOWED }),
    allowMethods: ["GET", "POST", "PUT", "DELETE"],
    exposeHeaders: isOpenAi ? [...EXPOSED, "X-Conversation-Id", "X-Context-Left-Out"] : EXPOSED,
    maxAge: 86_400,
  })(c, next);
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
