import type { EndedEvent, NoticeEvent, TurnEvent } from "../events/events";

/**
 * An answer that is JSON; an error's body gets its `request_id` from whoever answers. `late` is how it says of a failure where it
 * has begun and its status is told, in dialects that can.
 */
export type Answer = {
  status: number;
  headers?: Record<string, string> | undefined;
  body: object;
  late?: object;
};

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
  /** Whether its JSON may begin before it is known: its clients stop a reply by hanging up, which is noticed so. */
  beginsEarly?: true;
  /** A turn that goes on as an answer, in dialects that have one. */
  begun?: (events: readonly TurnEvent[]) => object;
  /**
   * The whole turn as one answer, once it has ended; with a notice where there is one. A failure is answered in the API's own
   * words, which whoever answers the request puts into its client's. `events` is the turn as it went.
   */
  answer: (
    event: EndedEvent,
    notice: NoticeEvent["code"] | undefined,
    events: readonly TurnEvent[],
  ) => Answer;
};

/** What a client has asked to be answered with, beside the turn itself. */
export type Terms = {
  /** A UUID for an answer that is no message. */
  id?: string;
  /** The model, as the client named it. */
  model: string;
  /** Whether a stream ends with the tokens that were used. */
  usage: boolean;
  /** What else it said that its answers repeat: JSON, see `clientNotes`. */
  notes?: string | undefined;
  /** The number of the last frame that it has seen, where the dialect counts them otherwise than events. */
  seen?: number | undefined;
};
