import { retried, type Database } from "../db/client";
import { latestMessages } from "../db/messages";
import type { ContextReport, Conversation } from "../db/schema";
import { within } from "../async";
import { bytesFor, MAX_ENTRIES, toEntry, type Window } from "../prompt/history";

/** Longer than people pause in a conversation, short enough that what was deleted does not linger. Seconds. */
const KEPT_S = 3600;
/** A slow cache is worse than none: after this the database is asked. Milliseconds. */
const PATIENCE_MS = 150;

/** The messages of one revision never change, so a hit is right by construction. */
const cacheKey = (id: number, revision: number) => `context:${id}:${revision}`;

type Place = Pick<Conversation, "id" | "revision" | "headMessageId" | "tokenRatio">;

/** The context window of a conversation that this object has not in memory: from the cache, else from the database. */
export async function loadWindow(
  { cache, db }: { cache: KVNamespace; db: Database },
  { id, revision, headMessageId, tokenRatio }: Place,
  budget: number,
): Promise<{ window: Window; source: ContextReport["source"] }> {
  if (headMessageId === null) return { window: { entries: [], budget }, source: "d1" };
  const cached = await within(PATIENCE_MS, cache.get<Window>(cacheKey(id, revision), "json")).catch(
    () => null,
  );
  if (cached && cached.budget >= budget) return { window: cached, source: "kv" };
  const stretch = { count: MAX_ENTRIES, bytes: bytesFor(budget, tokenRatio) };
  const rows = await retried(() => latestMessages(db, id, stretch));
  return { window: { entries: rows.map(toEntry), budget }, source: "d1" };
}

/** Puts a window under its revision. A cache that fails costs speed, nothing else. */
export async function rememberWindow(cache: KVNamespace, id: number, revision: number, window: Window) {
  await cache.put(cacheKey(id, revision), JSON.stringify(window), { expirationTtl: KEPT_S }).catch(() => {});
}

/** Takes every window of a conversation out of the cache. */
export async function forgetWindows(cache: KVNamespace, id: number) {
  const { keys } = await cache.list({ prefix: `context:${id}:` });
  await Promise.all(keys.map((key) => cache.delete(key.name)));
}
