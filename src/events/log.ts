import type { EndedEvent, TurnEvent } from "./events";
import { readEvents, type Dialect, type Reader } from "./reader";

/** Pieces of text that arrive within this time are written in one go: each write is a commit to disk. */
const FLUSH_MS = 200;
/** Pending text of this size is written without waiting, and fills a pack: a stored value holds two megabytes. Characters. */
const FLUSH_SIZE = 128 * 1024;
/** About what an event holds beside its text: `started` and `ended` come with two messages. Characters. */
const EVENT_SIZE = 100;
/** Proxies and phones drop a connection that says nothing. */
const HEARTBEAT_MS = 15_000;

export type EventLog = ReturnType<typeof openLog>;

/** Keeps a pack of events under the number of its first. */
type Store = (first: number, pack: TurnEvent[]) => void;

const sizeOf = (event: TurnEvent) => EVENT_SIZE + (event.type === "text" ? event.text.length : 0);

/**
 * The events of one turn: appended in memory, written to the object's storage in packs once there is one to `keep` them in,
 * read by any number of cursors. Nobody who reads can slow down what is written.
 * @param events those kept before, when an earlier life of the object wrote them
 */
export function openLog(events: TurnEvent[] = []) {
  let store: Store | undefined;
  let stored = events.length;
  let pending = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let changed = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<EndedEvent>();
  const firstEvent = Promise.withResolvers<void>();
  const readers = new Set<Reader>();
  const last = (): EndedEvent | undefined => {
    const event = events.at(-1);
    return event?.type === "ended" ? event : undefined;
  };
  const notify = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  let heart: ReturnType<typeof setInterval> | undefined;
  const heartbeat = () => {
    for (const reader of readers) reader.checkStalled();
    notify();
  };

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    if (!store) return;
    for (const pack of packsOf(events.slice(stored))) {
      store(stored + 1, pack);
      stored += pack.length;
    }
    pending = 0;
  }
  const join = (reader: Reader) => {
    readers.add(reader);
    heart ??= setInterval(heartbeat, HEARTBEAT_MS);
    return () => {
      readers.delete(reader);
      if (readers.size > 0) return;
      clearInterval(heart);
      heart = undefined;
    };
  };
  /** Lets those know who wait for the first event after the one that opens the log, or for the last. */
  const announce = () => {
    if (events.length > 1) firstEvent.resolve();
    const end = last();
    if (end) ended.resolve(end);
  };
  announce();

  return {
    events,
    /** Resolves with the event that ends the turn. */
    ended: ended.promise,
    /** Resolves at the first event after the one that opens the log. */
    firstEvent: firstEvent.promise,
    /** The event that ended the turn, if it has ended. */
    last,
    /** From now on what is and will be in the log is written there. */
    keep(where: Store) {
      store = where;
      flush();
    },
    get readers() {
      return readers.size;
    },
    /** Appends an event; the last one is on disk before anyone sees it, and nothing follows it. */
    append(event: TurnEvent) {
      if (last()) return;
      events.push(event);
      pending += sizeOf(event);
      if (pending > FLUSH_SIZE || event.type === "ended") flush();
      else timer ??= setTimeout(flush, FLUSH_MS);
      announce();
      notify();
    },
    /** The text so far. */
    text: () => events.map((event) => (event.type === "text" ? event.text : "")).join(""),
    /** Follows the log in a client's dialect, from the event after number `after` to the last one. */
    read: (after: number, dialect: Dialect) =>
      readEvents({ events, last, changed: () => changed.promise }, dialect, after, join),
  };
}

/** Events in packs that fit a stored value. */
function packsOf(events: TurnEvent[]): TurnEvent[][] {
  const packs: TurnEvent[][] = [];
  let size = Infinity;
  for (const event of events) {
    if (size >= FLUSH_SIZE) {
      packs.push([]);
      size = 0;
    }
    packs.at(-1)?.push(event);
    size += sizeOf(event);
  }
  return packs;
}
