import type { Message, SectionReport } from "../db/schema";
import { textOf, type Content } from "../models/language-model";
import type { Contribution, CountTokens, Section } from "./section";
import { bytesFor, bytesOf } from "./tokens";

/** What the context window needs to know of a message. */
export type Entry = Pick<Message, "id" | "role" | "content" | "status">;

/** The newest stretch of a branch, oldest first. */
export type Window = {
  entries: Entry[];
  /** How many messages of the branch stand before it. */
  before: number;
  /** It was read with room for so many tokens. */
  budget: number;
};

/** More messages than this are not read for one prompt, however short they are. */
export const MAX_ENTRIES = 1000;

export const toEntry = ({ id, role, content, status }: Message): Entry => ({ id, role, content, status });

/** As much of what was said as fits, newest kept; a message is in whole or not at all. */
export const historySection = (window: Window, message: Content | null): Section => ({
  name: "history",
  whole: false,
  fit: (room, count) => fitHistory(window, message, room, count),
});

function fitHistory(window: Window, message: Content | null, room: number, count: CountTokens): Contribution {
  const usable = usableEntries(window.entries, message === null ? null : textOf(message));
  const newest = usable.entries.findLastIndex(({ content }) => (room -= count(content)) < 0);
  const chosen = usable.entries.slice(newest + 1);
  const { failed, retried } = usable;
  const budget = window.before + window.entries.length - chosen.length - failed - retried;
  return {
    messages: chosen.map(({ role, content }) => ({ role, content })),
    ids: chosen.map(({ id }) => id),
    leftOut: leftOut({ budget, failed, retried }),
  };
}

type LeftOut = NonNullable<SectionReport["leftOut"]>;

const leftOut = (counts: Record<LeftOut[number]["reason"], number>): LeftOut =>
  (["budget", "failed", "retried"] as const)
    .map((reason) => ({ reason, count: counts[reason] }))
    .filter(({ count }) => count > 0);

/** Refused by the provider or filtered by it: an exchange that ended like this without a word would do so again. */
const WORDLESS = new Set<Entry["status"]>(["failed", "complete"]);

/**
 * Leaves out what the persona never heard: replies without a word, exchanges that failed before the first word (what made
 * them fail would make every later turn fail too), and earlier tries of the very message that is being sent again.
 */
function usableEntries(entries: Entry[], message: string | null) {
  const kept: Entry[] = [];
  let [failed, retried, retrying] = [0, 0, true];
  for (const [entry, before] of backwards(entries)) {
    const asked = entry.role === "assistant" && before?.role === "user" ? before : undefined;
    retrying &&= entry.status !== "complete" && asked?.content === message;
    const empty = entry.role === "assistant" && entry.content === "";
    const unheard = retrying || (empty && WORDLESS.has(entry.status));
    if (asked && unheard) {
      if (retrying) retried += 2;
      else failed += 2;
    } else if (empty) {
      failed += 1;
      if (asked) kept.push(asked);
    } else {
      kept.push(entry);
      if (asked) kept.push(asked);
    }
  }
  return { entries: kept.toReversed(), failed, retried };
}

/** The entries from the newest on, each with the one before it; a reply takes the message it answers along. */
function* backwards(entries: Entry[]): Generator<[entry: Entry, before: Entry | undefined]> {
  for (let i = entries.length - 1; i >= 0; i--) {
    const [before, entry] = [entries[i - 1], entries[i]];
    if (entry) yield [entry, before];
    if (entry?.role === "assistant" && before?.role === "user") i--;
  }
}

/** A window with what was said since. The oldest makes room when it grows beyond what its budget needs. */
export function extendWindow({ entries, before, budget }: Window, said: Message[], ratio: number): Window {
  const longer = [...entries, ...said.map(toEntry)];
  let room = bytesFor(budget, ratio);
  const last = longer.findLastIndex((entry) => (room -= bytesOf(entry.content)) < 0);
  const dropped = Math.max(last, longer.length - MAX_ENTRIES, 0);
  return { budget, before: before + dropped, entries: longer.slice(dropped) };
}
