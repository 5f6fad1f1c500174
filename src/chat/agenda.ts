/**
 * How often the alarm looks after what is not finished: it keeps the object alive while a turn runs, finds the turn after a
 * crash, and brings to the database again what that did not take.
 */
const WATCH_MS = 8_000;

export type Agenda = ReturnType<typeof openAgenda>;

/** When the object is to wake, and why. An object has one alarm: this is its only place. */
export function openAgenda(storage: DurableObjectStorage) {
  return {
    /** A turn is running or not settled yet. */
    watch: () => void storage.setAlarm(Date.now() + WATCH_MS, { allowUnconfirmed: true }),
    /** Something that is kept is too old by then, in milliseconds since 1970. */
    expire: (at: number) => void storage.setAlarm(at),
    /** There is nothing left to look after. */
    clear: () => storage.deleteAlarm(),
  };
}
