import { waitUntil } from "cloudflare:workers";
import { createMiddleware } from "hono/factory";

import { AppError } from "../errors";
import type { AppEnv } from "./router";

/** How many calls about credentials an isolate works on at once: one whose password is hashed, and three that come next. */
const AT_ONCE = 4;
const PATIENCE_MS = 5000;
const POLL_MS = 25;

let inside = 0;

/**
 * Lets few calls in at a time, so that a crowd of logins neither asks the database nor holds memory all at once. A caller who
 * hangs up does not take the place along: the call is finished all the same.
 * @throws AppError `overloaded` if no place comes free in time
 */
export const queue = createMiddleware<AppEnv>(async function queue(_, next) {
  const deadline = Date.now() + PATIENCE_MS;
  while (inside >= AT_ONCE) {
    if (Date.now() >= deadline) throw new AppError("overloaded", { headers: { "Retry-After": "3" } });
    await scheduler.wait(POLL_MS);
  }
  inside++;
  const done = next().finally(() => void inside--);
  waitUntil(done);
  await done;
});
