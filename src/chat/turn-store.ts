import type { UsageEvent } from "../db/schema";
import type { TurnEvent } from "../events/log";
import type { Ending, Turn } from "./turn";

/** A turn as the object keeps it; `ending` once it is known how it ended, `settledAt` once the database knows it too. */
export type StoredTurn = { turn: Turn; ending?: Ending; settledAt?: number; key?: string };
/** What an idempotency key stands for: the request it came with, and the turn that this began. */
export type StoredKey = { fingerprint: string; replyId: number; at: number };

/**
 * How often the alarm looks after what is not finished: it keeps the object alive while a turn runs, finds the turn after a
 * crash, and brings to the database again what that did not take.
 */
export const WATCH_MS = 8_000;
/** How long the events of a finished turn can be read again, and how long an idempotency key is remembered. */
export const EVENTS_KEPT_MS = 10 * 60_000;
export const KEYS_KEPT_MS = 25 * 60 * 60_000;

const pack = (replyId: number, first: number) => `log:${replyId}:${String(first).padStart(8, "0")}`;

export type TurnStore = ReturnType<typeof turnStore>;

/** What the object keeps in its own storage. Every write is on disk before anything that follows it leaves the object. */
export function turnStore({ kv }: DurableObjectStorage) {
  const turnOf = (replyId: number) => kv.get<StoredTurn>(`turn:${replyId}`);
  const forgetTurn = (replyId: number, name: string) => {
    for (const [key] of Array.from(kv.list({ prefix: `log:${replyId}:` }))) kv.delete(key);
    kv.delete(name);
  };
  return {
    turn: turnOf,
    save: (stored: StoredTurn) => kv.put(`turn:${stored.turn.reply.id}`, stored),
    /** The turn that has begun and is not settled. */
    running: () => {
      const replyId = kv.get<number>("running");
      return replyId === undefined ? undefined : turnOf(replyId);
    },
    setRunning: (replyId: number) => kv.put("running", replyId),
    clearRunning: () => void kv.delete("running"),

    key: (key: string) => kv.get<StoredKey>(`key:${key}`),
    saveKey: (key: string, value: StoredKey) => kv.put(`key:${key}`, value),

    /** Where a turn's log is kept. */
    packs: (replyId: number) => (first: number, events: TurnEvent[]) => kv.put(pack(replyId, first), events),
    events: (replyId: number): TurnEvent[] =>
      [...kv.list<TurnEvent[]>({ prefix: `log:${replyId}:` })].flatMap(([, events]) => events),

    /** Calls that are still to be accounted for. */
    owe: (calls: UsageEvent[]) => calls.forEach((call) => kv.put(`owed:${call.id}`, call)),
    owed: () => Array.from(kv.list<UsageEvent>({ prefix: "owed:" }), ([, call]) => call),
    paid: (call: UsageEvent) => void kv.delete(`owed:${call.id}`),

    /** Forgets all that was said in the turns this message belongs to, but not their idempotency keys. */
    forgetMessage(messageId: number) {
      for (const [name, { turn }] of Array.from(kv.list<StoredTurn>({ prefix: "turn:" }))) {
        if (turn.question.id === messageId || turn.reply.id === messageId) forgetTurn(turn.reply.id, name);
      }
    },

    /** Forgets what is too old. Returns when to look again, in milliseconds since 1970, or null when nothing is left. */
    prune(now: number): number | null {
      let next = Infinity;
      for (const [name, { settledAt, turn }] of Array.from(kv.list<StoredTurn>({ prefix: "turn:" }))) {
        const due = (settledAt ?? now) + EVENTS_KEPT_MS;
        if (due > now) next = Math.min(next, due);
        else forgetTurn(turn.reply.id, name);
      }
      for (const [name, { at }] of Array.from(kv.list<StoredKey>({ prefix: "key:" }))) {
        if (at + KEYS_KEPT_MS > now) next = Math.min(next, at + KEYS_KEPT_MS);
        else kv.delete(name);
      }
      return next === Infinity ? null : next;
    },
  };
}
