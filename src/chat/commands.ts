import type { Caller } from "../db/client";
import type { Owned } from "../db/messages";
import type { Message } from "../db/schema";
import type { Parameters } from "../models/language-model";
import type { Terms } from "../wire/dialect";
import type { DialectName } from "../wire/dialects";
import type { Given } from "./path";

/** The request that an idempotency key came with, by a hash: the same key may not stand for another one. */
export type Once = { key: string; fingerprint: string };

/** How a turn is answered: as an event stream from the event after number `after`, or as JSON when it has ended. */
export type Delivery = {
  dialect: DialectName;
  terms?: Terms;
  stream: boolean;
  after: number;
  /** Whether hanging up means stop, as it does where a client has no other way to say so. */
  stopWhenLeft?: boolean;
  /** Whether JSON is answered at once, where the dialect has an answer that says no more than that the turn goes on. */
  background?: boolean;
};

/** What a client of another API says of a turn, beside what is said in it: this turn's alone, and not kept. */
export type Asked = {
  /** What the app says of itself, see `appSection`. */
  app: string[];
  parameters: Parameters;
  /** Whom it means to talk to. */
  personaId: number;
  /** What is kept of what the client said beside the words, see `clientNotes`. */
  notes?: string | undefined;
};

/** The state of the conversation that whoever asks has seen: the value of `If-Match`, where one was given. */
type Seen = { ifMatch?: string | undefined };

/** Has a turn begin. */
export type Begin = { delivery: Delivery; once?: Once | undefined; asked?: Asked } & Seen &
  (
    | { type: "send"; content: string }
    | { type: "regenerate"; messageId: number }
    /** Other words beside those of a message, and the persona's answer to them or, of a reply, what follows them. */
    | { type: "edit"; messageId: number; content: string }
    /** The last reply of a branch grows. */
    | { type: "continue"; messageId: number }
    /** What the user says after a message, whether the branch in force ends there or not. */
    | { type: "follow"; messageId: number; content: string }
    /** The history that a client shows, oldest first, whose last message is to be answered. */
    | { type: "walk"; path: Given[] }
  );

/** A message that was said elsewhere. `at` in milliseconds. */
export type Line = Pick<Message, "role" | "content"> & { at: number };

/** Changes the tree of messages, without a turn. */
export type Change = Seen &
  (
    | { type: "select"; messageId: number }
    /** Other words beside those of a message. */
    | { type: "rewrite"; messageId: number; content: string }
    /** A message, alone or with all that follows it. */
    | { type: "remove"; messageId: number; withSubtree: boolean }
    /** What was removed last comes back. */
    | { type: "undo" }
    /** What was said elsewhere, at the end of the branch in force. */
    | { type: "append"; drafts: Given[] }
    /** A conversation that nothing was said in is opened with one of these. */
    | { type: "greet"; greetings: string[] }
    /** What was said elsewhere follows the newest message. */
    | { type: "import"; lines: Line[] }
    /** A new conversation that goes on from this one, up to a message or to the end, with all branches or that one alone. */
    | { type: "fork"; messageId: number | null; withBranches: boolean; title: string | null }
  );

export type Preview = { type: "preview"; content: string };

/** From which event on, and in which dialect, a turn is read; told again from its rows where its events are kept no longer. */
export type Reading = { dialect: DialectName; terms?: Terms | undefined; after: number; again?: boolean };

/** What can be asked of a conversation's object. */
export type Command =
  | Begin
  | Preview
  | ({ type: "events"; turnId: string } & Reading)
  /** Which turn runs, or its events. */
  | { type: "current"; reading?: Reading }
  /** A turn, or whichever runs. */
  | { type: "stop"; turnId: string | null }
  | Change
  | ({ type: "delete" } & Seen);

/** Who asks, about which conversation, and under which request. */
export type Call = { conversationId: number; caller: Caller; requestId: string };

/** The conversation that is asked about, as its caller's. */
export const askedOf = ({ conversationId, caller }: Call): Owned => ({
  id: conversationId,
  userId: caller.userId,
});

/**
 * What was said, if anything, and the reply, which may still be written; of which conversation, beside its id, and the
 * revision in which that has them.
 */
export type LatestExchange = {
  nonce: string | null;
  revision: number;
  said: Message | null;
  reply: Message;
  notes?: string | undefined;
};
