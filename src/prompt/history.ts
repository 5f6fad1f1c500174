import type { ContextReport, Message } from "../db/schema";
import type { CompletionRequest } from "../models/language-model";

/** What the context window needs to know of a message. */
export type Entry = Pick<Message, "id" | "role" | "content" | "status" | "depth">;

/** The newest stretch of a branch, oldest first, read with room for `budget` tokens. */
export type Window = { entries: Entry[]; budget: number };

/** About four bytes of UTF-8 make a token: OpenAI's rule of thumb for English, and close for other scripts in bytes. */
const BYTES_PER_TOKEN = 4;
/** What the chat format adds to each message (OpenAI's cookbook counts three, and one for the role). */
const TOKENS_PER_MESSAGE = 4;
/** A window is read with this much to spare, since the ratio that corrects the estimate moves. */
const SLACK = 1.5;
/** More messages than this are not read for one prompt, however short they are. */
export const MAX_ENTRIES = 1000;

const bytes = (text: string) => Buffer.byteLength(text);

/** Tokens of a message as first guessed, before the provider's own counts correct it. */
export const estimateTokens = (text: string) => Math.ceil(bytes(text) / BYTES_PER_TOKEN) + TOKENS_PER_MESSAGE;

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

export const toEntry = ({ id, role, content, status, depth }: Message): Entry => ({
  id,
  role,
  content,
  status,
  depth,
});

export type Prompt = {
  request: CompletionRequest;
  report: ContextReport;
  /** Estimated tokens before correction: what the reported count is compared with. */
  estimate: number;
};

/**
 * Builds the request for a reply to `message`: the persona prompt, then as much of the conversation as fits, newest kept,
 * then the message. A message is in whole or not at all. The new message always is.
 * @param ratio corrects the token estimate (see `correctedRatio`)
 * @param budget tokens for all of it
 */
export function buildPrompt(
  system: string,
  window: Window,
  message: Pick<Entry, "content" | "depth">,
  { ratio, budget, source }: { ratio: number; budget: number; source: ContextReport["source"] },
): Prompt {
  const count = (text: string) => Math.ceil(estimateTokens(text) * ratio);
  const [persona, last] = [count(system), count(message.content)];
  const heard = unheard(window.entries, message.content);
  const chosen: Entry[] = [];
  let history = 0;
  let full = false;
  for (const entry of heard.entries.toReversed()) {
    const size = count(entry.content);
    full ||= persona + last + history + size > budget;
    if (full) break;
    history += size;
    chosen.unshift(entry);
  }
  const leftOutForRoom = message.depth - chosen.length - heard.failed - heard.retried;
  const messages = [...chosen, { role: "user" as const, content: message.content }];
  return {
    request: { system, messages: messages.map(({ role, content }) => ({ role, content })) },
    report: {
      tokens: { persona, history, message: last },
      budget,
      messageIds: toRuns(chosen.map((entry) => entry.id)),
      leftOut: (
        [
          { reason: "budget", count: leftOutForRoom },
          { reason: "failed", count: heard.failed },
          { reason: "retried", count: heard.retried },
        ] as const
      ).filter((part) => part.count > 0),
      source,
    },
    estimate: estimateTokens(system) + messages.reduce((sum, m) => sum + estimateTokens(m.content), 0),
  };
}

/** Consecutive ids as one run each. */
function toRuns(ids: number[]): ContextReport["messageIds"] {
  const runs: ContextReport["messageIds"] = [];
  for (const id of ids) {
    const last = runs.at(-1);
    if (last && last[1] === id - 1) last[1] = id;
    else runs.push([id, id]);
  }
  return runs;
}

/** The ids of which a report's runs are made. */
export const idsOf = (runs: ContextReport["messageIds"]): number[] =>
  runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));

export const countIds = (runs: ContextReport["messageIds"]) =>
  runs.reduce((count, [first, last]) => count + last - first + 1, 0);

/** Refused by the provider or filtered by it: an exchange that ended like this without a word would do so again. */
const WORDLESS = new Set<Entry["status"]>(["failed", "complete"]);

/**
 * Leaves out what the persona never heard: replies without a word, exchanges that failed before the first word (what made
 * them fail would make every later turn fail too), and earlier tries of the very message that is being sent again.
 */
function unheard(entries: Entry[], message: string) {
  const kept: Entry[] = [];
  let [failed, retried, retrying] = [0, 0, true];
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i]!;
    const asked = entry.role === "assistant" && entries[i - 1]?.role === "user" ? entries[i - 1] : undefined;
    retrying &&= entry.status !== "complete" && asked?.content === message;
    const mute = entry.role === "assistant" && entry.content === "";
    if (asked && (retrying || (mute && WORDLESS.has(entry.status)))) {
      if (retrying) retried += 2;
      else failed += 2;
      i--;
    } else if (mute) {
      failed += 1;
    } else {
      kept.unshift(entry);
    }
  }
  return { entries: kept, failed, retried };
}

/** A window with what was said since. The oldest makes room when it grows beyond what its budget needs. */
export function extendWindow({ entries, budget }: Window, said: Message[], ratio: number): Window {
  const longer = [...entries, ...said.map(toEntry)];
  let room = bytesFor(budget, ratio);
  const last = longer.findLastIndex((entry) => (room -= bytes(entry.content)) < 0);
  return { budget, entries: longer.slice(Math.max(last, longer.length - MAX_ENTRIES, 0)) };
}
