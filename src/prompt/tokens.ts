import { Buffer } from "node:buffer";

import { imagesIn, textOf, type Content, type PromptMessage } from "../models/language-model";

/** About four bytes of UTF-8 make a token: OpenAI's rule of thumb for English, and close for other scripts in bytes. */
const BYTES_PER_TOKEN = 4;
/** What the chat format adds to each message (OpenAI's cookbook counts three, and one for the role). */
const TOKENS_PER_MESSAGE = 4;
/** What an image may take (OpenAI counts 85 for a small one, and 1,105 for one of 1,024 by 1,024). */
const TOKENS_PER_IMAGE = 1105;
/** A window is read with this much to spare, since the ratio that corrects the estimate moves. */
const SLACK = 1.5;

export const bytesOf = (text: string) => Buffer.byteLength(text);

/** Tokens of a message as first guessed, before the provider's own counts correct it. */
export const estimateTokens = (content: Content) =>
  Math.ceil(bytesOf(textOf(content)) / BYTES_PER_TOKEN) +
  TOKENS_PER_MESSAGE +
  TOKENS_PER_IMAGE * imagesIn(content);

/** All that a message gives a model to read: the calls that it makes as well as what it says. */
export const readable = ({ content, tool_calls: calls }: PromptMessage): Content =>
  calls ? textOf(content) + JSON.stringify(calls) : content;

/** How many bytes of messages have to be read to fill this many tokens. */
export const bytesFor = (budget: number, ratio: number) =>
  Math.ceil((budget * BYTES_PER_TOKEN * SLACK) / ratio);

/**
 * The correction of the estimate, moved halfway towards what the provider has just reported.
 * Kept between a quarter and four, so that one absurd report cannot empty or flood the window.
 */
export function correctedRatio(ratio: number, estimated: number, reported: number): number {
  if (reported <= 0 || estimated <= 0) return ratio;
  return Math.min(4, Math.max(0.25, (ratio + reported / estimated) / 2));
}
