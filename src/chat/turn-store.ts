import type { TurnEvent } from "../events/events";
import type { EventLog } from "../events/log";
import type { UsageEvent } from "../db/schema";
import { takeRunning, unrecordedUsage, upgradeEvents, upgradeTurn } from "./legacy";
import type { Ending, Turn } from "./turn";

/** A turn that is not settled, as the object keeps it; `ending` once it is known how it ended. */
export type OpenTurn = { turn: Turn; ending?: Ending };
/** A turn that the database has. */
export type SettledTurn = { turn: Turn; settledAt: number };
/** What an idempotency key stands for: the request it came with, and the turn that this began. */
export type StoredKey = { fingerprint: string; replyId: number; at: number };

/** How long the events of a finished turn can be read again, and how long an idempotency key is remembered. */
export const EVENTS_KEPT_MS = 10 * 60_000;
export const KEYS_KEPT_MS = 25 * 60 * 60_000;

const logPrefix = (replyId: number) => `log:${replyId}:`;
const packName = (replyId: number, first: number) => logPrefix(replyId) + String(first).padStart(8, "0");

export type TurnStore = ReturnType<typeof turnStore>;

/** What the object keeps in its own storage. Every write is on disk before anything that follows it leaves the object. */
export function turnStore(storage: DurableObjectStorage) {
  const { kv } = storage;
  const list = <T>(prefix: string) => Array.from(kv.list<T>({ prefix }));
  const logs = new Map<number, EventLog>();
  const settled = () =>
    list<SettledTurn>("turn:").map(([, { turn, settledAt }]) => ({ turn: upgradeTurn(turn), settledAt }));
  const drop = (replyId: number) => {
    logs.delete(replyId);
    for (const [name] of list(logPrefix(replyId))) kv.delete(name);
    kv.delete(`open:${replyId}`);
    kv.delete(`turn:${replyId}`);
  };
  return {
    /** Everything that was begun and is not settled. */
    open(): OpenTurn[] {
      takeRunning(kv);
      return list<OpenTurn>("open:").map(([, stored]) => stored);
    },
    saveOpen: (stored: OpenTurn) => kv.put(`open:${stored.turn.reply.id}`, stored),
    saveSettled(turn: Turn) {
      kv.put<SettledTurn>(`turn:${turn.reply.id}`, { turn, settledAt: Date.now() });
      kv.delete(`open:${turn.reply.id}`);
    },
    drop,

    key: (key: string) => kv.get<StoredKey>(`key:${key}`),
    saveKey: (key: string, value: StoredKey) => kv.put(`key:${key}`, value),

    /** The logs that somebody reads, by the reply's id: what is forgotten is forgotten here as well. */
    logs,

    /** Where a turn's log is kept. */
    packs: (replyId: number) => (first: number, events: TurnEvent[]) =>
      kv.put(packName(replyId, first), events),
    /** The events of a turn, or null where none are kept. */
    events(replyId: number): TurnEvent[] | null {
      const packs = list<TurnEvent[]>(logPrefix(replyId)).flatMap(([, events]) => events);
      if (packs.length === 0) return null;
      const stored = kv.get<OpenTurn>(`open:${replyId}`) ?? kv.get<SettledTurn>(`turn:${replyId}`);
      return upgradeEvents(packs, stored && upgradeTurn(stored.turn));
    },

    /** Forgets all that was said in the turns this message belongs to, but not their idempotency keys. */
    dropMessage(messageId: number) {
      logs.clear();
      for (const { turn } of settled()) {
        if (turn.said?.id === messageId || turn.reply.id === messageId) drop(turn.reply.id);
      }
    },

    /** Forgets what is too old. Returns when to look again, in milliseconds since 1970, or null when nothing is left. */
    prune(now: number): number | null {
      let next = Infinity;
      for (const { settledAt, turn } of settled()) {
        const due = settledAt + EVENTS_KEPT_MS;
        if (due > now) next = Math.min(next, due);
        else drop(turn.reply.id);
      }
      for (const [name, { at }] of list<StoredKey>("key:")) {
        if (at + KEYS_KEPT_MS > now) next = Math.min(next, at + KEYS_KEPT_MS);
        else kv.delete(name);
      }
      return next === Infinity ? null : next;
    },

    /** Calls of an earlier version that are not in the ledger yet. */
    unrecorded: () => unrecordedUsage(kv),
    dropUnrecorded: (call: UsageEvent) => void kv.delete(`owed:${call.id}`),

    /** The conversation whose storage this is: another one can have its id after the database was restored. */
    nonce: () => kv.get<string>("nonce"),
    saveNonce: (nonce: string) => kv.put("nonce", nonce),

    /** The key that the windows in the cache are sealed with; a new one makes all before it unreadable for good. */
    windowKey: () => kv.get<Uint8Array>("window-key"),
    saveWindowKey: (key: Uint8Array) => kv.put("window-key", key),
    dropWindowKey: () => void kv.delete("window-key"),

    /** Forgets everything but what is not yet accounted for, which outlives what it was for. */
    async clear() {
      const [open, unrecorded] = [list<OpenTurn>("open:"), unrecordedUsage(kv)];
      logs.clear();
      await storage.deleteAll();
      for (const [name, stored] of open) kv.put(name, stored);
      for (const call of unrecorded) kv.put(`owed:${call.id}`, call);
      return open.length + unrecorded.length === 0;
    },
  };
}
