import { wordsOf, type Word } from "./words";

/** Words that follow each other; of the last one, where `isPrefix`, its beginning. */
export type Term = { words: string[]; isPrefix: boolean };

/** A stretch of a text: from and to, in UTF-16 code units. */
export type Range = [from: number, to: number];

const TERM = /"([^"]*)"?|[^\s"]+/g;
/** The beginning of a word is looked for from so many code units on: a letter begins too many. */
const MIN_PREFIX = 2;

/**
 * What is to be found, all of it: words, "phrases in quotation marks", beginnings with a star*; the last word is one that may
 * still be being written. Empty where nothing is asked for that a text could say.
 */
export function readQuery(text: string): Term[] {
  return Array.from(text.matchAll(TERM), ({ 0: found, 1: quoted, index }): Term => {
    const words = wordsOf(quoted ?? found).map(({ word }) => word);
    const isLast = index + found.length === text.length;
    const isOpen = quoted === undefined && (isLast || found.endsWith("*"));
    return { words, isPrefix: isOpen && (words.at(-1)?.length ?? 0) >= MIN_PREFIX };
  }).filter(({ words }) => words.length > 0);
}

/** Where a text says each of these terms, in order, none inside another; null where it does not say all of them. */
export function rangesIn(terms: Term[], text: string): Range[] | null {
  const words = wordsOf(text);
  const found: Range[] = [];
  for (const term of terms) {
    const ranges = placesOf(term, words);
    if (ranges.length === 0) return null;
    found.push(...ranges);
  }
  return merged(found);
}

function placesOf({ words, isPrefix }: Term, text: Word[]): Range[] {
  const places: Range[] = [];
  for (let at = 0; at + words.length <= text.length; at++) {
    const stretch = text.slice(at, at + words.length);
    if (!stretch.every(({ word }, i) => isSame(word, words[i], isPrefix && i === words.length - 1))) continue;
    const [first, last] = [stretch.at(0), stretch.at(-1)];
    if (first && last) places.push([first.from, last.to]);
  }
  return places;
}

const isSame = (word: string, wanted = "", isPrefix = false) =>
  isPrefix ? word.startsWith(wanted) : word === wanted;

function merged(ranges: Range[]): Range[] {
  const result: Range[] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
