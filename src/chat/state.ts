import type { OwnAllowances } from "../db/allowances";
import { isSameCaller, retried, type Caller, type Database } from "../db/client";
import { latestMessages, messageCountBefore } from "../db/messages";
import type { ContextReport, Conversation, Message, Persona } from "../db/schema";
import { MAX_ENTRIES, extendWindow, toEntry, type Window } from "../prompt/history";
import { bytesFor } from "../prompt/tokens";
import type { TurnStore } from "./turn-store";
import { windowCache } from "./window-cache";

/** What a turn begins with that somebody else may change: the conversation itself is the object's own. */
export type Snapshot = { persona: Persona; allowances: OwnAllowances };

export type StateOwner = ReturnType<typeof openState>;

/** What the object knows of its conversation without asking: where it stands, its window, what the last turn began with. */
export function openState(cache: KVNamespace, db: Database, store: TurnStore) {
  const windows = windowCache(cache, store);
  let current: Conversation | null = null;
  let window: Window | null = null;
  let known: { caller: Caller; snapshot: Snapshot } | null = null;
  let changes = 0;

  const forget = () => {
    current = window = known = null;
  };

  /** The window of a branch's end, read from the database. */
  async function readWindow(state: Conversation, budget: number): Promise<Window> {
    const stretch = { count: MAX_ENTRIES, bytes: bytesFor(budget, state.tokenRatio) };
    const rows = await retried(() => latestMessages(db, state.id, stretch));
    return { entries: rows.map(toEntry), before: await countBefore(db, state, rows[0]), budget };
  }

  return {
    /** Takes over the database's word where it is newer than what is known; what another conversation left is forgotten. */
    async sync(row: Conversation): Promise<Conversation> {
      const stored = store.nonce();
      if (stored !== undefined && stored !== row.nonce) {
        await store.clear();
        forget();
      }
      if (current && current.nonce === row.nonce && current.revision >= row.revision) return current;
      window = null;
      return (current = row);
    },
    /** Where the conversation stands as far as is known without asking. */
    get current() {
      return current;
    },
    /** What the caller's last turn here began with, if that was theirs and nothing has changed since: to be used once. */
    takeSnapshot(caller: Caller): Snapshot | null {
      const snapshot = known && isSameCaller(known.caller, caller) ? known.snapshot : null;
      if (snapshot) known = null;
      return snapshot;
    },
    /** To be called before the database is asked: what is learnt holds only if nobody said `invalidate` meanwhile. */
    learning() {
      const begun = changes;
      return (caller: Caller, snapshot: Snapshot) => {
        if (begun === changes) known = { caller, snapshot };
      };
    },
    /** What the last turn began with is no longer true: the next one asks first. */
    invalidate() {
      changes++;
      known = null;
    },
    /** The window in force: from memory, else from the cache, else from the database. */
    async window(
      state: Conversation,
      budget: number,
    ): Promise<{ window: Window; source: ContextReport["source"] }> {
      if (window && window.budget >= budget) return { window, source: "memory" };
      if (state.headMessageId === null) return { window: { entries: [], before: 0, budget }, source: "d1" };
      const cached = await windows.get(state);
      if (cached && cached.budget >= budget) return { window: cached, source: "kv" };
      return { window: await readWindow(state, budget), source: "d1" };
    },
    /** Whether the window is in memory. */
    hasWindow: () => window !== null,
    /** A turn has ended: the next one finds its window in memory, the next life of this object finds it in the cache. */
    advance(row: Conversation, before: Window | null, said: Message[], ratio: number): Promise<void> {
      current = row;
      window = before && extendWindow(before, said, ratio);
      return window ? windows.put(row, window) : Promise.resolve();
    },
    /** A message was taken out: what was said before stands in no window that can be read any more. */
    retract(id: number, row: Conversation | null): Promise<void> {
      current = row;
      window = null;
      windows.shred();
      return windows.remove(id).catch(() => {});
    },
    /** The conversation is gone: nothing of it is remembered. */
    purge(id: number): Promise<void> {
      forget();
      windows.shred();
      return windows.remove(id).catch(() => {});
    },
  };
}

/** How many messages of its branch stand before a stretch that begins with this one. */
export async function countBefore(
  db: Database,
  { id, deletedMessages }: Conversation,
  first: Message | undefined,
): Promise<number> {
  if (!first || first.parentId === null) return 0;
  if (deletedMessages === 0) return first.depth;
  const { parentId } = first;
  const [counted] = await retried(() => messageCountBefore(db, id, parentId));
  return counted?.count ?? first.depth;
}
