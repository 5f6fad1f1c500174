/** One event of a turn as a client reads it: `data` is JSON. Its place in the log is its id, counted from 1. */
export type TurnEvent = { event: string; data: string };

/** Pieces of text that arrive within this time are written in one go: each write is a commit to disk. */
const FLUSH_MS = 200;
/** Pending text of this size is written without waiting, and fills a pack: a stored value holds two megabytes. Characters. */
const FLUSH_SIZE = 128 * 1024;
/** What one read hands to a reader at most; the rest waits in the log, not in the reader's buffer. */
const CHUNK_BYTES = 64 * 1024;
/** Proxies and phones drop a connection that says nothing. */
const HEARTBEAT_MS = 15_000;
/** A reader that has taken nothing for this long, while there was something to take, is let go; it can come back. */
const STALLED_MS = 60_000;
/** More readers of one turn than any person has devices. */
export const MAX_READERS = 64;

const encoder = new TextEncoder();
const TERMINAL = /^turn\.(completed|stopped|interrupted|failed)$/;

export type EventLog = ReturnType<typeof openLog>;

/** Keeps a pack of events under the number of its first. */
type Store = (first: number, pack: TurnEvent[]) => void;

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
  const ended = Promise.withResolvers<TurnEvent>();
  const spoken = Promise.withResolvers<void>();
  const readers = new Set<Reader>();
  const terminal = () => (TERMINAL.test(events.at(-1)?.event ?? "") ? events.at(-1) : undefined);
  const wake = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  let heart: ReturnType<typeof setInterval> | undefined;
  const beat = () => {
    for (const reader of readers) reader.tick();
    wake();
  };

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    if (!store) return;
    while (stored < events.length) {
      let [end, size] = [stored, 0];
      while (end < events.length && size < FLUSH_SIZE) size += events[end++]!.data.length;
      store(stored + 1, events.slice(stored, end));
      stored = end;
    }
    pending = 0;
  }
  const join = (reader: Reader) => {
    readers.add(reader);
    heart ??= setInterval(beat, HEARTBEAT_MS);
    return () => {
      readers.delete(reader);
      if (readers.size > 0) return;
      clearInterval(heart);
      heart = undefined;
    };
  };
  if (events.length > 1) spoken.resolve();
  if (terminal()) ended.resolve(terminal()!);

  const log = {
    events,
    /** Resolves with the terminal event. */
    ended: ended.promise,
    /** Resolves at the first event after the one that opens the log. */
    spoken: spoken.promise,
    terminal,
    /** Resolves at the next event or heartbeat. */
    changed: () => changed.promise,
    /** From now on what is and will be in the log is written there. */
    keep(where: Store) {
      store = where;
      flush();
    },
    get readers() {
      return readers.size;
    },
    /** Appends an event; the terminal one is on disk before anyone sees it. Nothing follows a terminal event. */
    append(event: string, data: unknown) {
      if (terminal()) return;
      events.push({ event, data: JSON.stringify(data) });
      pending += events.at(-1)!.data.length;
      if (events.length > 1) spoken.resolve();
      if (pending > FLUSH_SIZE) flush();
      else timer ??= setTimeout(flush, FLUSH_MS);
      const last = terminal();
      if (last) {
        flush();
        ended.resolve(last);
      }
      wake();
    },
    /** The text so far. */
    text: () =>
      events
        .filter(({ event }) => event === "delta")
        .map(({ data }) => (JSON.parse(data) as { text: string }).text)
        .join(""),
    /** Follows the log as an event stream, from the event after number `after` to the terminal one. */
    read: (after: number) => follow(log, after, join),
  };
  return log;
}

type Reader = { tick: () => void };
type Source = Pick<EventLog, "events" | "terminal" | "changed">;

/** A cursor into the log as a byte stream: it makes bytes only when its client takes them. */
function follow(
  log: Source,
  after: number,
  join: (reader: Reader) => () => void,
): ReadableStream<Uint8Array> {
  // After a crash the log may be shorter than what a reader has seen: the terminal event is for everyone.
  let cursor = Math.min(after, log.events.length - (log.terminal() ? 1 : 0));
  let beat = false;
  let takenAt = Date.now();
  let waiting = false;
  let gone = false;
  let drop = () => {};
  const reader: Reader = {
    tick() {
      beat = true;
      if (!waiting && Date.now() - takenAt > STALLED_MS) drop();
    },
  };
  const unjoin = join(reader);
  const leave = () => {
    gone = true;
    unjoin();
  };
  return new ReadableStream({
    type: "bytes",
    start(controller) {
      drop = () => {
        leave();
        controller.error(new Error("The reader took nothing for too long."));
      };
    },
    async pull(controller) {
      waiting = true;
      while (!gone && cursor >= log.events.length && !log.terminal() && !beat) await log.changed();
      waiting = false;
      takenAt = Date.now();
      if (gone) return;
      const frames: string[] = [];
      let size = 0;
      while (cursor < log.events.length && size < CHUNK_BYTES) {
        const frame = encodeEvent(log.events[cursor]!, ++cursor);
        size += frame.length;
        frames.push(frame);
      }
      if (frames.length === 0 && beat) frames.push(": still here\n\n");
      beat = false;
      if (frames.length > 0) controller.enqueue(encoder.encode(frames.join("")));
      if (cursor < log.events.length || !log.terminal()) return;
      leave();
      controller.close();
      controller.byobRequest?.respond(0);
    },
    cancel: leave,
  });
}

/** As the HTML standard's event streams write it. JSON holds no raw line break, so one `data` line does. */
const encodeEvent = ({ event, data }: TurnEvent, id: number) =>
  `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`;
