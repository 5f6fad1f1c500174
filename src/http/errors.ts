import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";

import { toAppError } from "../db/client";
import { AppError, toErrorBody } from "../errors";
import { retryHeaders, toOpenAiError } from "../wire/openai-error";
import type { AppEnv } from "./router";

/** Whether this is what OpenAI's clients call: it speaks as OpenAI does, errors included, whatever is at the path. */
export const isOpenAiPath = (path: string) => /^\/v1(?:\/|$)/.test(path);

/** The one place where a failure becomes an answer. What caused it goes to the log, never to the client. */
export function answerError(error: unknown, c: Context<AppEnv>): Response {
  const known = classify(error);
  c.set("failure", known);
  const headers = { ...known.headers, ...(known.status === 401 && { "WWW-Authenticate": "Bearer" }) };
  if (isOpenAiPath(c.req.path)) {
    return c.json(toOpenAiError(toErrorBody(known)), known.status, {
      ...retryHeaders(known.code),
      ...headers,
    });
  }
  return c.json({ ...toErrorBody(known), request_id: c.get("requestId") }, known.status, headers);
}

function classify(error: unknown): AppError {
  if (error instanceof HTTPException && error.status < 500) {
    if (error.status === 415) return new AppError("unsupported_media_type", { cause: error });
    return new AppError(error.message.includes("JSON") ? "malformed_json" : "bad_request", { cause: error });
  }
  return toAppError(error);
}
