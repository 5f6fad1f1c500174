import type { Context } from "hono";

import { askLive, type Command } from "../chat/client";
import type { AppEnv } from "../http/router";

/**
 * Hands a request to its conversation's live object, whose answer is the API's. It is a plain Response, which no contract
 * can check while compiling (hence `never`); the tests hold it against the documented shape.
 */
export function handOn(c: Context<AppEnv>, conversationId: number, command: Command): Promise<never> {
  const order = { conversationId, caller: c.get("caller"), requestId: c.get("requestId") };
  return askLive(c.env, order, command) as Promise<never>;
}
