import type { SectionReport } from "../db/schema";
import type { Content, PromptMessage } from "../models/language-model";

/** Tokens of a text by the estimate, corrected. */
export type CountTokens = (content: Content) => number;

/** What a section puts into the prompt, and what it reports of it. Its `system` text joins those of the others. */
export type Contribution = {
  system?: string;
  messages?: PromptMessage[];
  /** What the model is told behind the last message, by nobody who speaks in it. */
  note?: string;
  /** What was said before and is recalled, as a text, and message by message. */
  recalled?: string;
  earlier?: PromptMessage[];
  /** The room that it takes from the others, where that is not what it fills. Tokens. */
  reserves?: number;
  /** The stored messages that are in, oldest first. */
  ids?: number[];
  near?: number;
  said?: SectionReport["said"];
  leftOut?: SectionReport["leftOut"];
};

/** A part of a prompt. All parts share one budget. */
export type Section = {
  /** As the report names it. */
  name: string;
  /** Whether it is in whole, whatever it takes; the others get what these leave, in the order of the list. */
  whole: boolean;
  /** Chooses what of it fits into so many tokens. */
  fit: (room: number, count: CountTokens) => Contribution;
};
