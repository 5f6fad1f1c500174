/**
 * How often the alarm looks after what is not finished: it keeps the object alive while a turn runs (a local one is dropped
 * after 70 seconds without a request), finds the turn after a crash, within 15 seconds, and brings to the database again what
 * that did not take. Setting it costs as much as writing a row.
 */
const WATCH_MS = 12_000;

export type Agenda = ReturnType<typeof openAgenda>;

/** When the object is to wake, and why. An object has one alarm: this is its only place. */
export function openAgenda(storage: DurableObjectStorage) {
  /** When the alarm rings, in milliseconds since 1970, as far as this life of the object knows. */
  let due: number | null = null;
  const set = (at: number) => {
    due = at;
    void storage.setAlarm(at, { allowUnconfirmed: true });
  };
  return {
    /** A turn is running or not settled yet. */
    watch() {
      const now = Date.now();
      if (due === null || due <= now || due > now + WATCH_MS) set(now + WATCH_MS);
    },
    /** Something that is kept is too old by then, in milliseconds since 1970. */
    expire: set,
    /** Something is to be done by then, if not sooner. */
    soon(at: number) {
      if (due === null || due <= Date.now() || due > at) set(at);
    },
    /** There is nothing to wake for. */
    rest() {
      due = null;
      void storage.deleteAlarm();
    },
    /** The alarm is not set any more: it has rung, or went with all that was stored. */
    forget() {
      due = null;
    },
  };
}
