import type { Conversation, Message } from "../db/schema";
import type { Failure } from "../errors";

/** A turn as the database has it: what was said, if anything, and the reply. */
export type Exchange = { conversation: Conversation; said: Message | null; reply: Message };

/**
 * Opens the turn of this number, and promises that what was said is kept. `reply` holds what it says already, where it goes on
 * from there.
 */
export type StartedEvent = { type: "started"; number: number; said: Message | null; reply: Message };
export type TextEvent = { type: "text"; text: string };
/** Something to know while the turn goes on. */
export type NoticeEvent = { type: "notice"; code: "not_yet_in_history" };
/** Ends a turn. `exchange` is null where the conversation is gone; `failure` where the reply is no success. */
export type EndedEvent = { type: "ended"; exchange: Exchange | null; failure: Failure | null };

/** What happens in a turn. Its place in the log is its id, counted from 1; exactly one `ended` is the last. */
export type TurnEvent = StartedEvent | TextEvent | NoticeEvent | EndedEvent;
