import type { EndedEvent, NoticeEvent, TurnEvent } from "../events/events";

/** An answer that is JSON; an error's body gets its `request_id` from whoever answers. */
export type Answer = { status: number; headers?: Record<string, string> | undefined; body: object };

/**
 * How one kind of client reads a turn. An encoder is made of events alone, whether they happen now, were kept, or are told
 * again from the rows: nothing of a client is ever stored.
 */
export type Dialect = {
  /** What an event stream says so that nobody takes it for dead. */
  heartbeat: string;
  /**
   * An event as this dialect's event stream has it; empty where it has none for it. Ids count from 1 within the turn.
   * `opening` is the turn's first event, also for a reader that comes later: what every frame names can be had from it.
   */
  encode: (event: TurnEvent, id: number, opening: TurnEvent) => string;
  /**
   * The whole turn as one answer, once it has ended; with a notice where there is one.
   */
  answer: (event: EndedEvent, notice?: NoticeEvent["code"]) => Answer;
};
