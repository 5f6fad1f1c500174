import { signal, type Signal } from "@preact/signals";

import type { Failure } from "./failure";
import type { Conversation, Message, Safety, ShownNotice } from "./types";

/** A reply on its way. */
export type Running = {
  /** Null until the server has taken the message. */
  turn: Signal<{ id: string; replyId: number } | null>;
  /** What is being said; null where nothing is, as when a message is answered again. */
  said: string | null;
  /** Whether it comes beside something that was said: then what stands beside what is to be read anew. */
  beside: boolean;
  /** The message whose place it takes; it and all after it are hidden while the server has not taken this. */
  instead: number | null;
  /** Asks for the same anew, where somebody else was first. */
  again: (() => void) | null;
  /** The reply so far; changes at most once every `DRAW_MS`. */
  text: Signal<string>;
  /** Whether the connection is lost and being looked for. */
  waiting: Signal<boolean>;
  /** Whether it is to be stopped as soon as it can be. */
  stopping: Signal<boolean>;
};

/** What is to be shown before a reply. */
export type Told = { replyId: number; notices: ShownNotice[]; safety: Safety | null };

/** Where to look after a change: at this message, whose tools stay where they were on the screen, if that is known. */
export type Reveal = { id: number; focus: string; top: number | null };

/** A conversation that is open here. It stays open when its room is left, so that its reply is there on coming back. */
export type Talk = {
  id: number;
  conversation: Signal<Conversation | null>;
  /** The messages of the branch in force, in stretches that stay the same objects as long as nothing in them changes. */
  pages: Signal<Message[][]>;
  /** Where the messages before them are; null where there are none. */
  earlier: Signal<string | null>;
  running: Signal<Running | null>;
  /** What was told with the newest turn. */
  told: Signal<Told | null>;
  /** The warning for minors, for who may be one. */
  warning: Signal<string | null>;
  failure: Signal<Failure | null>;
  /** Does again what has failed, where that makes sense. */
  again: Signal<(() => void) | null>;
  /** How many messages were just deleted, which can be had back. */
  deleted: Signal<number>;
  /** The state that is shown, as an ETag: whoever changes what has changed elsewhere is told so. */
  tag: Signal<string | null>;
  reveal: Signal<Reveal | null>;
  /** Counts how often it became known that the conversation is not as it is shown. */
  stale: Signal<number>;
  loaded: Signal<boolean>;
};

/** All that were opened since the page was. */
export const talks = new Map<number, Talk>();

export function talkOf(id: number): Talk {
  const known = talks.get(id);
  if (known) return known;
  const talk: Talk = {
    id,
    conversation: signal(null),
    pages: signal([]),
    earlier: signal(null),
    running: signal(null),
    told: signal(null),
    warning: signal(null),
    failure: signal(null),
    again: signal(null),
    deleted: signal(0),
    tag: signal(null),
    reveal: signal(null),
    stale: signal(0),
    loaded: signal(false),
  };
  talks.set(id, talk);
  return talk;
}

/** Whether a reply is being written in one of the conversations open here. */
export const isWriting = (id: number): boolean => (talks.get(id)?.running.value ?? null) !== null;

export const lastMessage = (talk: Talk): Message | undefined => talk.pages.value.at(-1)?.at(-1);
