import type { Message, SectionReport } from "../db/schema";
import { textOf, type Content } from "../models/language-model";
import type { Contribution, CountTokens, Section } from "./section";
import { bytesFor, bytesOf } from "./tokens";

/** What the context window needs to know of a message. */
export type Entry = Pick<Message, "id" | "role" | "content" | "status"> & Partial<Pick<Message, "safety">>;

/** The newest stretch of a branch, oldest first. */
export type Window = {
  entries: Entry[];
  /** How many messages of the branch stand before it. */
  before: number;
  /** It was read with room for so many tokens. */
  budget: number;
  /** The first message that was in the prompt of its newest reply; null where none tells. */
  start: number | null;
};

/** More messages than this are not read for one prompt, however short they are. */
export const MAX_ENTRIES = 1000;

export const toEntry = ({ id, role, content, status, safety }: Message): Entry => ({
  id,
  role,
  content,
  status,
  ...(safety && { safety }),
});

/** A window of these messages, oldest first, before which so many stand on their branch. */
export const toWindow = (rows: Message[], before: number, budget: number): Window => ({
  entries: rows.map(toEntry),
  before,
  budget,
  start: startOf(rows),
});

/** Where the history of the newest reply's prompt began. */
function startOf(rows: Message[]): number | null {
  const report = rows.findLast(({ context }) => context !== null)?.context;
  return report?.sections.find(({ name }) => name === NAME)?.ids?.[0]?.[0] ?? null;
}

const NAME = "history";
/**
 * When the history has filled its room, it is cut back to this part of it: so many turns then begin with the same bytes, which
 * providers bill at their cached price. One message at a time, every prompt would begin differently.
 */
const KEPT_OF_FULL = 0.6;
/** With less than this part of the room in use, it has grown (another budget, deleted messages): older ones come back. */
const USED_AT_LEAST = 0.4;

/** What was said, newest kept; a message is in whole or not at all. Where it begins is for the conversation alone to say. */
export const historySection = (window: Window, message: Content | null): Section => ({
  name: NAME,
  whole: false,
  fit: (room, count) => fitHistory(window, message, room, count),
});

function fitHistory(window: Window, message: Content | null, room: number, count: CountTokens): Contribution {
  const usable = usableEntries(window.entries, message === null ? null : textOf(message));
  const chosen = usable.entries.slice(firstOf(usable.entries, window.start, room, count));
  const { failed, retried } = usable;
  const budget = window.before + window.entries.length - chosen.length - failed - retried;
  return {
    messages: chosen.map(({ role, content }) => ({ role, content })),
    ids: chosen.map(({ id }) => id),
    leftOut: leftOut({ budget, failed, retried }),
  };
}

/** The place of the first message that is in: the one that was last time, while what follows fits. */
function firstOf(entries: Entry[], start: number | null, room: number, count: CountTokens): number {
  const same = Math.max(
    0,
    entries.findIndex(({ id }) => id >= (start ?? 0)),
  );
  const used = entries.slice(same).reduce((sum, { content }) => sum + count(content), 0);
  const hasRoom = same > 0 && used < USED_AT_LEAST * room;
  if (used <= room && !hasRoom) return same;
  const cut = newestWithin(entries, KEPT_OF_FULL * room, count);
  return cut < entries.length ? cut : newestWithin(entries, room, count);
}

/** The place of the first of the newest messages that fit together. */
const newestWithin = (entries: Entry[], room: number, count: CountTokens) =>
  entries.findLastIndex(({ content }) => (room -= count(content)) < 0) + 1;

type LeftOut = NonNullable<SectionReport["leftOut"]>;
const REASONS = ["budget", "failed", "retried"] as const;

const leftOut = (counts: Record<(typeof REASONS)[number], number>): LeftOut =>
  REASONS.map((reason) => ({ reason, count: counts[reason] })).filter(({ count }) => count > 0);

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
export function extendWindow(
  { entries, before, budget, start }: Window,
  said: Message[],
  ratio: number,
): Window {
  const longer = [...entries, ...said.map(toEntry)];
  let room = bytesFor(budget, ratio);
  const last = longer.findLastIndex((entry) => (room -= bytesOf(entry.content)) < 0);
  const dropped = Math.max(last, longer.length - MAX_ENTRIES, 0);
  return { budget, before: before + dropped, entries: longer.slice(dropped), start: startOf(said) ?? start };
}
