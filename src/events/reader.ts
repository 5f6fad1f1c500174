import type { EndedEvent, TurnEvent } from "./events";

/** What one read hands to a reader at most; the rest waits in the log, not in the reader's buffer. */
const CHUNK_BYTES = 64 * 1024;
/** A reader that has taken nothing for this long, while there was something to take, is let go; it can come back. */
const STALLED_MS = 60_000;

const encoder = new TextEncoder();

export type Reader = { checkStalled: () => void };

/** How a reader is shown events; `wire/dialect` says it in full. */
export type Dialect = {
  heartbeat: string;
  encode: (event: TurnEvent, id: number, opening: TurnEvent) => string;
};

/** What is read: it grows, `changed` resolves at its next event or heartbeat, and `last` ends it. */
type Source = {
  events: readonly TurnEvent[];
  last: () => EndedEvent | undefined;
  changed: () => Promise<void>;
};

/** A cursor into a log as a byte stream: it makes bytes only when its client takes them. */
export function readEvents(
  log: Source,
  dialect: Dialect,
  after: number,
  { join, onLeave = () => {} }: { join: (reader: Reader) => () => void; onLeave?: (() => void) | undefined },
): ReadableStream<Uint8Array> {
  // After a crash the log may be shorter than what a reader has seen: the last event is for everyone.
  let cursor = Math.min(after, log.events.length - (log.last() ? 1 : 0));
  let heartbeat = false;
  let takenAt = Date.now();
  let waiting = false;
  let gone = false;
  let drop = () => {};
  const unjoin = join({
    checkStalled() {
      heartbeat = true;
      if (!waiting && Date.now() - takenAt > STALLED_MS) drop();
    },
  });
  const leave = () => {
    gone = true;
    unjoin();
  };
  /** What is new, as far as one read takes it. */
  const next = () => {
    let frames = "";
    while (cursor < log.events.length && frames.length < CHUNK_BYTES) {
      const event = log.events[cursor++];
      if (event) frames += dialect.encode(event, cursor, log.events[0] ?? event);
    }
    if (frames === "" && heartbeat) frames = dialect.heartbeat;
    heartbeat = false;
    return frames;
  };
  // What is there is made ready now, so that it does not stand in the way of the first word.
  let ready = next();
  const isThrough = () => cursor >= log.events.length && log.last() !== undefined;
  return new ReadableStream({
    type: "bytes",
    start(controller) {
      drop = () => {
        leave();
        onLeave();
        controller.error(new Error("The reader took nothing for too long."));
      };
    },
    async pull(controller) {
      let frames = ready + next();
      ready = "";
      waiting = true;
      while (!gone && frames === "" && !isThrough()) {
        await log.changed();
        frames = next();
      }
      waiting = false;
      takenAt = Date.now();
      if (gone) return;
      if (frames !== "") controller.enqueue(encoder.encode(frames));
      if (!isThrough()) return;
      leave();
      controller.close();
      controller.byobRequest?.respond(0);
    },
    cancel() {
      leave();
      onLeave();
    },
  });
}
