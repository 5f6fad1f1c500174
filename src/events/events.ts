import type { Conversation, Found, Message, Notice, ToolCallDelta } from "../db/schema";
import type { Failure } from "../errors";

/** A turn as the database has it: what was said, if anything, and the reply. A pass is in no conversation, nor kept. */
export type Exchange = { conversation: Conversation | null; said: Message | null; reply: Message };

/**
 * Opens the turn of this number, and promises that what was said is kept. `reply` holds what it says already, where it goes on
 * from there.
 */
export type StartedEvent = { type: "started"; number: number; said: Message | null; reply: Message };
/** A piece of the reply. `fixed` where it is ours and not the model's; `logprobs`: of its tokens, in a pass that asked. */
export type TextEvent = { type: "text"; text: string; fixed?: true; logprobs?: unknown[] };
/** A pass's model asks for calls of the client's own functions. */
export type ToolCallsEvent = { type: "tool_calls"; calls: ToolCallDelta[] };
/** Something to know while the turn goes on. */
export type NoticeEvent = { type: "notice"; code: "not_yet_in_history" };
/** What the law has the user shown, before the first word. `inText`: also to a client that shows only text, or to every one. */
export type DisclosureEvent = { type: "disclosure"; notice: Notice; inText: "auto" | "on" | "off" };
/** What safety has found and tells; `region` and `locale` say which helplines in which language. */
export type FoundEvent = { type: "found"; found: Found; region: string | null; locale: string };
/** What the model has said in this turn is taken back; `text` is what the reply says without it. */
export type WithdrawnEvent = { type: "withdrawn"; messageId: number; text: string };
/** Ends a turn. `exchange` is null where the conversation is gone; `failure` where the reply is no success. */
export type EndedEvent = { type: "ended"; exchange: Exchange | null; failure: Failure | null };

/** What happens in a turn. Its place in the log is its id, counted from 1; exactly one `ended` is the last. */
export type TurnEvent =
  | StartedEvent
  | TextEvent
  | ToolCallsEvent
  | NoticeEvent
  | DisclosureEvent
  | FoundEvent
  | WithdrawnEvent
  | EndedEvent;
