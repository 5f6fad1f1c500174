import type { Caller } from "../db/client";
import type { Env } from "../env";
import { KEYS_KEPT_MS } from "./turn-store";
import { within } from "../async";

/** The request that an idempotency key came with, by a hash: the same key may not stand for another one. */
export type Once = { key: string; fingerprint: string };

/** What the Worker asks of a conversation's object. */
export type Command =
  | { verb: "send"; content: string; stream: boolean; once?: Once | undefined }
  | { verb: "regenerate"; messageId: number; stream: boolean; once?: Once | undefined }
  | { verb: "preview"; content: string }
  | { verb: "events"; turnId: string; after: number }
  | { verb: "current" }
  | { verb: "stop"; turnId: string }
  | { verb: "remove"; messageId: number }
  | { verb: "delete" };

/** Who asks, about which conversation, and under which request. */
export type Order = { conversationId: number; caller: Caller; requestId: string };

const objectOf = (env: Env, conversationId: number) =>
  env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(String(conversationId)));

/** Asks a conversation's live object. Its answer is the API's answer: JSON, an event stream, or an error with its status. */
export const askLive = (env: Env, order: Order, command: Command): Promise<Response> =>
  objectOf(env, order.conversationId).fetch("https://conversation/", {
    method: "POST",
    body: JSON.stringify({ order, command }),
  });

type Named = { id: number };

/** How many objects are told something at once. */
const AT_ONCE = 20;

/** How long an object can have anything in its storage after its conversation was last changed. Milliseconds. */
export const REMEMBERED_MS = KEYS_KEPT_MS + 60 * 60_000;

/** An object that nobody asks anything leaves the memory sooner than this after its last turn. Milliseconds. */
export const IN_MIND_MS = 5 * 60_000;
/** How long a change waits for an object to hear of it. Milliseconds. */
const HEARD_MS = 1000;

/**
 * Makes the objects of deleted conversations stop what they are doing and forget. One that cannot be reached forgets by
 * itself, within `REMEMBERED_MS`: deleting does not fail for it.
 */
export const forgetConversations = (env: Env, conversations: Named[]): Promise<void> =>
  tell(conversations, (id) => objectOf(env, id).forget(id));

/**
 * Has the objects of these conversations ask the database before they begin the next turn, since what the last one began with
 * has changed. One that is not reached finds out by itself, at the price of a call that comes to nothing.
 */
export const reconsider = (env: Env, conversations: Named[]): Promise<void> =>
  tell(conversations, (id) => within(HEARD_MS, objectOf(env, id).reconsider()));

async function tell(
  conversations: Named[],
  message: (id: number) => Promise<void | undefined>,
): Promise<void> {
  for (let i = 0; i < conversations.length; i += AT_ONCE) {
    await Promise.allSettled(conversations.slice(i, i + AT_ONCE).map(({ id }) => message(id)));
  }
}
