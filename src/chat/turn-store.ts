import type { TurnEvent } from "../events/events";
import type { EventLog } from "../events/log";
import type { UsageEvent } from "../db/schema";
import type { Vault } from "../db/vault";
import type { Owed } from "../usage/ledger";
import { adoptOpenTurns, readStoredEvent, readStoredTurn, type OldEvent, type OldStored } from "./legacy";
import { sealedStorage } from "./sealed-storage";
import { numberOf, startOf, type Ending, type StoredEvent, type StoredTurn, type Turn } from "./turn";

/** What an idempotency key stands for: the request it came with, and the number of the turn that this began. */
export type StoredKey = { fingerprint: string; replyId: number; at: number };

type HalfMade = { id: number; userId: number };
type Aside = { conversationId: number; until: number };

/** How long the events of a finished turn can be read again, and how long an idempotency key is remembered. */
export const EVENTS_KEPT_MS = 10 * 60_000;
export const KEYS_KEPT_MS = 25 * 60 * 60_000;
/** A conversation that never rests drops its old turns one by one when it has kept so many. */
const MAX_TURNS_KEPT = 100;
/** A row of this size is written anew once a second at most; what is before it stands in packs. Characters. */
const PACK_SIZE = 32 * 1024;
/** About what an event holds beside its text. Characters. */
const EVENT_SIZE = 8;

const logPrefix = (number: number) => `log:${number}:`;
const packName = (number: number, first: number) => logPrefix(number) + String(first).padStart(8, "0");
const turnName = (number: number) => `turn:${number}`;

function toStored(event: TurnEvent): StoredEvent[] {
  if (event.type === "started" || event.type === "ended") return [];
  return [event.type === "text" && !event.fixed ? event.text : event];
}
const sizeOf = (event: StoredEvent) => EVENT_SIZE + (typeof event === "string" ? event.length : 0);

export type TurnStore = ReturnType<typeof turnStore>;

/**
 * What the object keeps in its own storage. Every write is on disk before anything that follows it leaves the object.
 * @param object the object's id
 * @param onCleared everything is gone, the alarm too
 */
export function turnStore(
  storage: DurableObjectStorage,
  vault: () => Vault,
  object: string,
  onCleared: () => void,
) {
  const kv = sealedStorage(storage.kv, vault, object);
  const list = <T>(prefix: string) => kv.list(prefix) as [name: string, value: T][];
  const logs = new Map<number, EventLog>();
  /** The rows of the turns that are being written. */
  const writing = new Map<number, StoredTurn>();
  let nonce: string | null | undefined;

  const turns = () => list<StoredTurn | OldStored>("turn:").map(([, stored]) => readStoredTurn(stored));
  const packs = (number: number) => list<(StoredEvent | OldEvent)[]>(logPrefix(number));

  function drop(number: number): void {
    logs.delete(number);
    writing.delete(number);
    for (const name of kv.names(logPrefix(number))) kv.delete(name);
    kv.delete(turnName(number));
  }

  function read(number: number): StoredTurn | null {
    const stored = writing.get(number) ?? (kv.get(turnName(number)) as StoredTurn | OldStored | undefined);
    return stored ? readStoredTurn(stored) : null;
  }

  function save(row: StoredTurn, events: TurnEvent[]): void {
    const { userId } = row.turn;
    const number = numberOf(row.turn);
    row.events.push(...events.flatMap(toStored));
    if (row.events.reduce((size, event) => size + sizeOf(event), 0) > PACK_SIZE) {
      kv.put(packName(number, row.packed + 1), userId, row.events);
      row.packed += row.events.length;
      row.events = [];
    }
    kv.put(turnName(number), userId, row);
  }

  return {
    /** All turns that are kept, those of earlier versions in today's form. */
    turns(): StoredTurn[] {
      adoptOpenTurns(storage.kv);
      return turns();
    },
    turn: read,
    drop,

    /** Keeps a turn that begins, with what was said already. */
    open(turn: Turn, events: TurnEvent[]) {
      const row: StoredTurn = { turn, events: [], packed: 0 };
      writing.set(numberOf(turn), row);
      save(row, events);
    },
    /** Keeps what was said since. */
    append(turn: Turn, events: TurnEvent[]) {
      const row = read(numberOf(turn));
      if (row) save(row, events);
    },
    /** Keeps how the turn ended, together with its last words. */
    end(turn: Turn, events: TurnEvent[], ending: Ending) {
      const row: StoredTurn = read(numberOf(turn)) ?? { turn, events: [], packed: 0 };
      row.turn = turn;
      row.endedAt ??= Date.now();
      row.ending = { ...ending, attempts: ending.attempts.map((attempt) => ({ ...attempt, text: "" })) };
      save(row, events);
      writing.delete(numberOf(turn));
    },

    key: (key: string) => kv.get(`key:${key}`) as StoredKey | undefined,
    saveKey: (key: string, userId: number, value: StoredKey) => kv.put(`key:${key}`, userId, value),

    /** The logs that somebody reads, by the turn's number: what is forgotten is forgotten here as well. */
    logs,

    /** What was said in a turn, or null where nothing is kept of it. */
    events(number: number): TurnEvent[] | null {
      const row = read(number);
      if (!row) return null;
      const said = [...packs(number).flatMap(([, events]) => events), ...row.events];
      return [startOf(row.turn), ...said.flatMap(readStoredEvent)];
    },

    /** Forgets all that was said in the turns this message belongs to, but not their idempotency keys. */
    dropMessage(messageId: number) {
      logs.clear();
      for (const { turn } of turns()) {
        if (turn.said?.id === messageId || turn.reply.id === messageId) drop(numberOf(turn));
      }
    },

    /** Forgets all that was said in the turns that are kept, but not their idempotency keys. */
    dropTurns() {
      for (const { turn } of turns()) drop(numberOf(turn));
    },

    /** Of which conversation messages stand aside that were deleted, and until when: milliseconds since 1970. */
    aside: () => kv.get("aside") as Aside | undefined,
    keepAside: (conversationId: number, until: number) => kv.putPlain("aside", { conversationId, until }),
    forgetAside: () => kv.delete("aside"),

    /** Copies of this conversation that are not whole yet. */
    halfMade: () => list<HalfMade>("fork:").map(([, made]) => made),
    keepHalfMade: (made: HalfMade) => kv.putPlain(`fork:${made.id}`, made),
    forgetHalfMade: (id: number) => kv.delete(`fork:${id}`),

    /**
     * Forgets what is too old; none of `open`, by their numbers, which the database does not have. Where nothing else is left, nothing is done:
     * the whole storage can go. Returns when to look again, in milliseconds since 1970, or null when it can.
     */
    prune(now: number, open: ReadonlySet<number>): number | null {
      const kept = turns().filter(({ turn }) => !open.has(numberOf(turn)));
      const due = ({ endedAt = 0 }: StoredTurn) => endedAt + EVENTS_KEPT_MS;
      const rest = Math.max(0, ...kept.map(due));
      const keys = list<StoredKey>("key:");
      const alive = keys.filter(([, { at }]) => at + KEYS_KEPT_MS > now);
      const aside = kv.get("aside") as Aside | undefined;
      if (rest <= now && alive.length === 0 && open.size === 0 && !aside) return null;
      if (rest <= now || kept.length > MAX_TURNS_KEPT) {
        for (const row of kept) if (due(row) <= now) drop(numberOf(row.turn));
      }
      for (const [name, { at }] of keys) if (at + KEYS_KEPT_MS <= now) kv.delete(name);
      const times = [rest, ...(aside ? [aside.until] : []), ...alive.map(([, { at }]) => at + KEYS_KEPT_MS)];
      return Math.min(now + KEYS_KEPT_MS, ...times.filter((at) => at > now));
    },

    /** Calls that the ledger does not have yet and that no turn names. */
    owed: () => list<Owed>("owed:").map(([, call]) => call),
    owe(calls: Owed[]) {
      for (const call of calls) kv.putPlain(`owed:${call.id}`, call);
    },
    paid(calls: UsageEvent[]) {
      for (const call of calls) kv.delete(`owed:${call.id}`);
    },

    /** The conversation whose storage this is: another one can have its id after the database was restored. */
    nonce: () => (nonce === undefined ? (nonce = (kv.get("nonce") as string | undefined) ?? null) : nonce),
    saveNonce(name: string) {
      if (nonce !== name) kv.putPlain("nonce", (nonce = name));
    },

    /** Forgets everything but what is owed, which outlives what it was for. Returns whether nothing is left. */
    async clear(): Promise<boolean> {
      const owed = this.owed();
      logs.clear();
      writing.clear();
      nonce = null;
      // To empty what is empty would be several commits.
      if (Array.from(storage.kv.list({ limit: 1 })).length > 0) await storage.deleteAll();
      onCleared();
      this.owe(owed);
      return owed.length === 0;
    },
  };
}
