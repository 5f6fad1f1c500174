import { pingDatabase, type Database } from "../db/client";
import type { Env } from "../env";
import { within } from "../async";

/** A part that has not answered by then counts as one that does not. Milliseconds. */
const PATIENCE_MS = 2000;
/** Anyone may ask, so an isolate asks its parts no oftener than this. Milliseconds. */
const CHECK_EVERY_MS = 3000;
/** Names no conversation, which are numbers. */
const PROBE = "readiness";

export type Probe = { ok: boolean; ms: number };
export type Readiness = { database: Probe; cache: Probe; conversations: Probe };

const memory = new WeakMap<Env["CONVERSATIONS"], { parts: Readiness; until: number }>();

/** Whether the database, the cache and the conversations' objects answer, and how fast they did. */
export async function readiness(env: Env, db: Database): Promise<Readiness> {
  const known = memory.get(env.CONVERSATIONS);
  if (known && known.until > Date.now()) return known.parts;
  const [database, cache, conversations] = await Promise.all([
    probe(() => pingDatabase(db)),
    probe(() => env.CONTEXT.get(PROBE)),
    probe(() => env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(PROBE)).ping()),
  ]);
  const parts = { database, cache, conversations };
  memory.set(env.CONVERSATIONS, { parts, until: Date.now() + CHECK_EVERY_MS });
  return parts;
}

async function probe(ask: () => PromiseLike<unknown>): Promise<Probe> {
  const began = Date.now();
  const answer = (async () => {
    await ask();
    return true;
  })();
  const ok = await within(PATIENCE_MS, answer).catch(() => false);
  return { ok: ok === true, ms: Date.now() - began };
}
