import type { Caller } from "../db/client";
import type { Owned } from "../db/messages";
import type { Message } from "../db/schema";
import type { Terms } from "../wire/dialect";
import type { DialectName } from "../wire/dialects";

/** The request that an idempotency key came with, by a hash: the same key may not stand for another one. */
export type Once = { key: string; fingerprint: string };

/** How a turn is answered: as an event stream from the event after number `after`, or as JSON when it has ended. */
export type Delivery = { dialect: DialectName; terms?: Terms; stream: boolean; after: number };

/** Has a turn begin. */
export type Begin =
  | { type: "send"; content: string; delivery: Delivery; once?: Once | undefined }
  | { type: "regenerate"; messageId: number; delivery: Delivery; once?: Once | undefined };

export type Preview = { type: "preview"; content: string };

/** What can be asked of a conversation's object. */
export type Command =
  | Begin
  | Preview
  | { type: "events"; turnId: string; dialect: DialectName; terms?: Terms; after: number }
  | { type: "current" }
  | { type: "stop"; turnId: string }
  | { type: "remove"; messageId: number }
  | { type: "delete" };

/** Who asks, about which conversation, and under which request. */
export type Call = { conversationId: number; caller: Caller; requestId: string };

/** The conversation that is asked about, as its caller's. */
export const askedOf = ({ conversationId, caller }: Call): Owned => ({
  id: conversationId,
  userId: caller.userId,
});

/** What was said, if anything, and the reply, which may still be written; and of which conversation, beside its id. */
export type LatestExchange = { nonce: string | null; said: Message | null; reply: Message };
