import { withTimeout } from "../async";
import type { Caller } from "../db/client";
import type { Env } from "../env";
import { AppError, type ErrorBody } from "../errors";
import type { Call, Command, LatestExchange } from "./commands";
import { KEYS_KEPT_MS } from "./turn-store";

const objectOf = (env: Env, conversationId: number) =>
  env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(String(conversationId)));

/** The request on whose behalf an object is asked: a handler's context fits. */
type Context = { env: Env; var: { caller: Caller; requestId: string } };

const callOf = ({ var: { caller, requestId } }: Context, conversationId: number): Call => ({
  conversationId,
  caller,
  requestId,
});

/**
 * Hands a request to its conversation's object, whose answer is the API's: JSON or an event stream. It is a plain Response,
 * which no contract can check while compiling (hence `never`); the tests hold it against the documented shape.
 * @throws AppError what the object refused with
 */
export async function callConversation(
  context: Context,
  conversationId: number,
  command: Command,
): Promise<never> {
  const call = callOf(context, conversationId);
  const response = await objectOf(context.env, conversationId).fetch("https://conversation/", {
    method: "POST",
    body: JSON.stringify({ call, command }),
  });
  if (response.ok) return response as never;
  throw await refusalOf(response);
}

/** An error that the object answered with, as it was thrown there; its cause stands in the object's own line of the log. */
async function refusalOf(response: Response): Promise<AppError> {
  const { detail, code, errors, ...extra } = await response.json<ErrorBody>();
  const told = ["Retry-After", "ETag"].map((name) => [name, response.headers.get(name)] as const);
  const headers = Object.fromEntries(told.flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return new AppError(code, { detail, errors, extra, headers });
}

/** How long reading the history waits for the object. Milliseconds. */
const LATEST_TIMEOUT_MS = 2000;

/**
 * A conversation's newest exchange, which its history may lack: a turn is written to the database when it has ended. Null also
 * where the object does not answer. Whether the caller may see it, and whether it is of the conversation that now has the id,
 * is for whoever asks to know.
 */
export async function latestExchange(
  context: Context,
  conversationId: number,
): Promise<LatestExchange | null> {
  const call = callOf(context, conversationId);
  const latest = withTimeout(objectOf(context.env, conversationId).latest(call), LATEST_TIMEOUT_MS);
  // The platform's types lose that a run of ids has two ends.
  return (await latest.catch(() => null)) as LatestExchange | null;
}

/** Has a conversation's object ready for its first message. Never fails: the message finds out by itself. */
export const prepareConversation = (context: Context, conversationId: number): Promise<void> =>
  objectOf(context.env, conversationId)
    .prepare(callOf(context, conversationId))
    .catch(() => {});

/** Has a deleted user's importer forget what it holds. What is not reached forgets by itself within a day. */
export const purgeImports = async (env: Env, userId: number): Promise<void> => {
  const importer = env.IMPORTER.get(env.IMPORTER.idFromName(String(userId)));
  await withTimeout(importer.purge(), PURGE_TIMEOUT_MS).catch(() => undefined);
};

type Named = { id: number };

/** How many objects are told something before everybody else has a turn: one that has to be started may write to its disk. */
const AT_ONCE = 5;
/** Everybody else has as much time as that took, and no more than this: at the edge objects do not share a thread. Milliseconds. */
const MAX_REST_MS = 20;
/** How many a request tells something: the platform allows an invocation a thousand calls. */
export const MAX_TOLD = 500;

/** How long an object can have anything in its storage after its conversation was last changed. Milliseconds. */
export const MAX_STORED_MS = KEYS_KEPT_MS + 60 * 60_000;

/** An object that nobody asks anything leaves the memory sooner than this after its last turn. Milliseconds. */
export const MAX_RESIDENT_MS = 5 * 60_000;
/** How long a change waits for an object to hear of it. Milliseconds. */
const NOTIFY_TIMEOUT_MS = 1000;

/** How long forgetting may take, a running turn's winding up included. Milliseconds. */
const PURGE_TIMEOUT_MS = 10_000;

/**
 * Makes the objects of deleted conversations stop what they are doing and forget. Those that were not reached, by id: they
 * forget by themselves, within `MAX_STORED_MS`.
 */
export async function purgeConversations(env: Env, conversations: Named[]): Promise<number[]> {
  const purge = (id: number) => withTimeout(objectOf(env, id).purge(), PURGE_TIMEOUT_MS);
  const unreached = await broadcast(conversations, purge);
  if (unreached.length > 0)
    console.warn(JSON.stringify({ event: "unreached", conversations: unreached.length }));
  return unreached;
}

/**
 * Has the objects of these conversations ask the database before they begin the next turn, since what the last one began with
 * has changed. One that is not reached finds out by itself, at the price of a call that comes to nothing.
 */
export const invalidateConversations = (env: Env, conversations: Named[]): Promise<number[]> =>
  broadcast(conversations, (id) => withTimeout(objectOf(env, id).invalidate(), NOTIFY_TIMEOUT_MS));

/**
 * Stops the replies that are being written in these conversations. Where one is not reached, the reply ends by itself, within
 * TURN_TIMEOUT_MS.
 */
export const haltConversations = (env: Env, conversations: Named[]): Promise<number[]> =>
  broadcast(conversations, (id) => withTimeout(objectOf(env, id).halt(), NOTIFY_TIMEOUT_MS));

/** Tells `MAX_TOLD` objects something. Those that have not heard it, by id. */
async function broadcast(
  conversations: Named[],
  message: (id: number) => Promise<true | undefined>,
): Promise<number[]> {
  const unreached = conversations.slice(MAX_TOLD);
  for (let i = 0; i < Math.min(MAX_TOLD, conversations.length); i += AT_ONCE) {
    const began = Date.now();
    const told = conversations.slice(i, Math.min(MAX_TOLD, i + AT_ONCE));
    const heard = await Promise.all(told.map(({ id }) => message(id).catch(() => undefined)));
    unreached.push(...told.filter((_, n) => !heard[n]));
    await scheduler.wait(Math.min(MAX_REST_MS, Date.now() - began));
  }
  return unreached.map(({ id }) => id);
}

/**
 * Has the eraser look, within so many milliseconds, what is deleted and not erased yet. Where it is not reached, the nightly
 * work reaches it.
 */
export const wakeEraser = (env: Env, withinMs = 0): Promise<void> =>
  eraserOf(env)
    .wake(withinMs)
    .catch(() => {});

/** The one eraser: all that is erased is erased one after the other. */
export const eraserOf = (env: Env) => env.ERASER.get(env.ERASER.idFromName("eraser"));
