import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";

import { describeCauses } from "../errors";
import type { AppEnv } from "./router";

/**
 * One line of JSON for each request, written when its status is known: what was asked, by whom, how it went, how long it
 * took. Ids and counts only: nothing that anyone said, no address, no token.
 */
export const logRequests = createMiddleware<AppEnv>(async function logRequests(c, next) {
  const began = Date.now();
  await next();
  if (!isStream(c)) return logRequest(c, Date.now() - began);
  const ms = Date.now() - began;
  // The words of a stream that are there leave first.
  c.executionCtx.waitUntil(scheduler.wait(0).then(() => logRequest(c, ms)));
});

const isStream = ({ res }: Context) => res.headers.get("content-type") === "text/event-stream";

function logRequest(c: Context<AppEnv>, ms: number): void {
  const failure = c.get("failure");
  const line = {
    event: "request",
    request_id: c.get("requestId"),
    method: c.req.method,
    route: routePath(c, -1),
    status: c.res.status,
    ms,
    user_id: c.get("caller")?.userId,
    ...(failure && { code: failure.code }),
    ...(failure?.cause !== undefined && describeCauses(failure.cause)),
  };
  if (c.res.status >= 500) console.error(JSON.stringify(line));
  else console.log(JSON.stringify(line));
}
