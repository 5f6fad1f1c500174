import type { Conversation, Message, ToolCallDelta } from "../db/schema";
import type { Failure } from "../errors";

/** A turn as the database has it: what was said, if anything, and the reply. A pass is in no conversation, nor kept. */
export type Exchange = { conversation: Conversation | null; said: Message | null; reply: Message };

/** Opens a turn, and promises that what was said is kept. */
export type StartedEvent = { type: "started"; said: Message | null; reply: Message };
/** `logprobs`: the probabilities of its tokens, in a pass that asked for them. */
export type TextEvent = { type: "text"; text: string; logprobs?: unknown[] };
/** A pass's model asks for calls of the client's own functions. */
export type ToolCallsEvent = { type: "tool_calls"; calls: ToolCallDelta[] };
/** Something to know while the turn goes on. */
export type NoticeEvent = { type: "notice"; code: "not_yet_in_history" };
/** Ends a turn. `exchange` is null where the conversation is gone; `failure` where the reply is no success. */
export type EndedEvent = { type: "ended"; exchange: Exchange | null; failure: Failure | null };

/** What happens in a turn. Its place in the log is its id, counted from 1; exactly one `ended` is the last. */
export type TurnEvent = StartedEvent | TextEvent | ToolCallsEvent | NoticeEvent | EndedEvent;
