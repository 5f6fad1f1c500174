import type { Range } from "./query";
import { wordsOf } from "./words";

/** A part of a text, and what of it was looked for: from and to within the part, in UTF-16 code units. */
export type Snippet = { text: string; highlights: Range[] };

/** How long a snippet is, and how much of it stands before what was found. UTF-16 code units. */
const LENGTH = 200;
const BEFORE = 50;
const CUT = "…";

/** The part of a text around the first thing that was found in it, cut between words. */
export function snippetOf(text: string, found: Range[]): Snippet {
  const [start, end] = found[0] ?? [0, 0];
  const { from, to } = stretchAround(text, start, end);
  const before = from > 0 ? CUT : "";
  const shift = before.length - from;
  const highlights = found
    .filter(([first, last]) => first >= from && last <= to)
    .map(([first, last]): Range => [first + shift, last + shift]);
  return { text: before + text.slice(from, to) + (to < text.length ? CUT : ""), highlights };
}

function stretchAround(text: string, start: number, end: number): { from: number; to: number } {
  const words = wordsOf(text);
  const earliest = start > BEFORE ? start - BEFORE : 0;
  const from = earliest === 0 ? 0 : (words.find((word) => word.from >= earliest)?.from ?? start);
  const latest = Math.max(end, from + LENGTH);
  const to = latest >= text.length ? text.length : (words.findLast((word) => word.to <= latest)?.to ?? end);
  return { from: Math.min(from, start), to: Math.max(to, end) };
}
