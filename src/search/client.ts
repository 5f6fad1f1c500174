import { withTimeout } from "../async";
import type { Conversation } from "../db/schema";
import type { Env } from "../env";
import type { Search } from "./store";

const indexOf = (env: Env, userId: number) => env.SEARCH.get(env.SEARCH.idFromName(String(userId)));

/** How long a request that deletes waits for the index to forget. Milliseconds. */
const FORGET_MS = 2000;

type Named = Pick<Conversation, "id" | "userId">;

/** Has the index read a conversation again, in which something has changed without a turn. */
export const indexChanged = (env: Env, { id, userId }: Named): Promise<unknown> =>
  within(indexOf(env, userId).changed(userId, id));

/** Has the index forget conversations of a user. */
export const forgetInIndex = (env: Env, userId: number, ids: number[]): Promise<unknown> =>
  within(indexOf(env, userId).forget(ids));

export const forgetPersonaInIndex = (env: Env, userId: number, personaId: number): Promise<unknown> =>
  within(indexOf(env, userId).forgetPersona(personaId));

/** Has the index held against all there is: conversations have come whose times lie in the past. */
export const reviewIndex = (env: Env, userId: number): Promise<unknown> =>
  within(indexOf(env, userId).review(userId));

/** What it is not told in time, it finds out by itself; nobody is shown it meanwhile. */
const within = (told: Promise<unknown>) => withTimeout(told, FORGET_MS).catch(() => {});

/** Has all of a user's index forgotten. Whether it is. */
export const purgeIndex = (env: Env, userId: number): Promise<boolean> =>
  withTimeout(indexOf(env, userId).purge(), FORGET_MS).then(
    (done) => done === true,
    () => false,
  );

/** Ids of messages that match, the best first. */
export const findInIndex = (env: Env, userId: number, search: Search) =>
  indexOf(env, userId).find(userId, search);
