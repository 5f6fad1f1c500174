import { estimateTokens } from "../prompt/tokens";
import { traitsOf, type Traits } from "./traits";
import { wordsOf } from "./words";

/** A message as it is remembered. `at` in milliseconds. */
export type Said = {
  id: number;
  role: "user" | "assistant";
  at: number;
  body: string;
  /** Somebody spoke of a danger to themselves in it: no facts are made of that. */
  isGrave?: boolean;
};

/** What a search has of a message: its text stands elsewhere. */
export type Digest = Omit<Said, "body" | "isGrave"> & {
  /** In their order. */
  words: string[];
  /** By the estimate. */
  tokens: number;
  traits: Traits;
};

/** A message in the index. */
export type Doc = Omit<Digest, "words"> & {
  /** The numbers of its words, in their order. */
  words: Int32Array;
  /** Its number among all, in no order; another one may get it once something was removed. */
  place: number;
  /** The rows of the store that have its text, and what a search has of it; 0 where none has that yet. */
  pack: number;
  chapter: number;
  /** Months since 1970. */
  month: number;
  session: number;
  /** What it is worth whatever is asked and whatever else was said: NaN until ranking has worked that out. */
  worth: number;
  /** Its place in its session, from 0. */
  inSession: number;
  /** In its session. */
  previous: Doc | null;
  next: Doc | null;
};

export const digest = ({ id, role, at, body }: Said): Digest => ({
  id,
  role,
  at,
  words: wordsOf(body),
  tokens: estimateTokens(body),
  traits: traitsOf(body),
});
