import type { EndedEvent, TurnEvent } from "./events";
import { readEvents, type Dialect, type Reader } from "./reader";

/** Each write is a commit to disk: the first pieces of text soon, later ones together, none later than this. Milliseconds. */
const FIRST_FLUSH_MS = 200;
const FLUSH_MS = 1000;
/** Pending text of this size is written without waiting. Characters. */
const FLUSH_SIZE = 128 * 1024;
/** Proxies and phones drop a connection that says nothing. */
const HEARTBEAT_MS = 15_000;

const textOf = (events: TurnEvent[]) =>
  events.map((event) => (event.type === "text" ? event.text : "")).join("");

const isSpoken = (event: TurnEvent) => event.type === "text" && !event.fixed;

/** What was taken back is told to nobody again; its events keep their places, since their ids are known. */
function forgetWithdrawn(events: TurnEvent[]): void {
  const end = events.findLastIndex(({ type }) => type === "withdrawn");
  events.forEach((event, at) => {
    if (at < end && isSpoken(event)) events[at] = { type: "text", text: "" };
  });
}

export type EventLog = ReturnType<typeof openLog>;

/** Keeps the events that follow those it was given before. */
type Store = (events: TurnEvent[]) => void;

/**
 * The events of one turn: appended in memory, written to the object's storage together once there is a place to `keep` them,
 * read by any number of cursors. Nobody who reads can slow down what is written.
 * @param events those kept before, when an earlier life of the object wrote them
 */
export function openLog(events: TurnEvent[] = []) {
  forgetWithdrawn(events);
  let store: Store | undefined;
  let stored = events.length;
  let pending = 0;
  let patience = FIRST_FLUSH_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let changed = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<EndedEvent>();
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

  /** The events that are not kept yet, which whoever asks is to keep. */
  function take(): TurnEvent[] {
    clearTimeout(timer);
    timer = undefined;
    pending = 0;
    const news = events.slice(stored);
    stored = events.length;
    return news;
  }
  function flush() {
    if (store && stored < events.length) store(take());
  }
  function flushSoon() {
    if (!store) return;
    if (pending > FLUSH_SIZE) return flush();
    if (timer !== undefined) return;
    timer = setTimeout(flush, patience);
    patience = FLUSH_MS;
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
  const end = last();
  if (end) ended.resolve(end);

  return {
    events,
    /** Resolves with the event that ends the turn. */
    ended: ended.promise,
    /** The event that ended the turn, if it has ended. */
    last,
    /** From now on what comes into the log is written there, what is in it already by whoever takes it. */
    keep(where: Store) {
      store = where;
    },
    take,
    get readers() {
      return readers.size;
    },
    /** Appends an event; nothing follows the last one. */
    append(event: TurnEvent) {
      if (last()) return;
      events.push(event);
      if (event.type === "text") pending += event.text.length;
      if (event.type === "withdrawn") forgetWithdrawn(events);
      if (event.type === "ended") ended.resolve(event);
      else flushSoon();
      notify();
    },
    /** Puts what opens the turn before what has been said meanwhile; nobody has read or kept any of it yet. */
    openWith(opening: TurnEvent[]) {
      events.splice(1, 0, ...opening);
    },
    /** Resolves at the next event. */
    changed: () => changed.promise,
    /** The text so far. */
    text: () => textOf(events),
    /** What of it the model has said. */
    spoken: () => textOf(events.filter(isSpoken)),
    /** What of it is ours. */
    fixed: () => textOf(events.filter((event) => !isSpoken(event))),
    /**
     * Follows the log in a client's dialect, from the event after number `after` to the last one.
     * @param onLeave the reader has gone before that
     */
    read: (after: number, dialect: Dialect, onLeave?: () => void) =>
      readEvents({ events, last, changed: () => changed.promise }, dialect, after, { join, onLeave }),
  };
}
