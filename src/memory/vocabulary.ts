import type { Doc } from "./message";

/**
 * Where a word stands: each of its messages as one number, the message's place and how often it is there (at most 15: more counts
 * no more).
 */
export type Posting = readonly number[];

const COUNT_BITS = 4;
const MOST_COUNTED = 2 ** COUNT_BITS - 1;
export const placeIn = (posted: number) => posted >> COUNT_BITS;
export const countIn = (posted: number) => posted & MOST_COUNTED;

/** Words of one family begin alike: as many letters as this. */
export const KIN_LETTERS = 4;
const LETTERS = /^[a-z]{4}/;

/** The words of a memory by numbers, by the number of each. */
export type Words = {
  numbers: ReadonlyMap<string, number>;
  spelled: readonly string[];
  postings: readonly Posting[];
  /** The words that begin with these letters. */
  familyOf: (beginning: string) => readonly number[];
};

const NONE: readonly number[] = [];

/** Which messages have which words; it grows by the message. */
export function openWords() {
  const numbers = new Map<string, number>();
  const spelled: string[] = [];
  const postings: number[][] = [];
  const families = new Map<string, number[]>();

  function numberOf(word: string): number {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    const number = spelled.push(word) - 1;
    numbers.set(word, number);
    postings.push([]);
    if (LETTERS.test(word)) join(word.slice(0, KIN_LETTERS), number);
    return number;
  }

  function join(beginning: string, number: number): void {
    const family = families.get(beginning);
    if (family) family.push(number);
    else families.set(beginning, [number]);
  }

  /** Changes what stands for a message in the posting of each of its words. */
  function repost({ words, place }: Doc, change: (posting: number[], at: number) => void): void {
    for (const word of new Set(words)) {
      const posting = postings[word] ?? [];
      const at = posting.findIndex((posted) => placeIn(posted) === place);
      if (at >= 0) change(posting, at);
    }
  }

  return {
    numbers,
    spelled,
    postings,
    familyOf: (beginning: string) => families.get(beginning) ?? NONE,
    numberOf,
    add({ words, place }: Doc): void {
      for (const word of words) {
        const posting = postings[word] ?? [];
        const last = posting.length - 1;
        const posted = posting[last];
        if (posted === undefined || placeIn(posted) !== place) posting.push((place << COUNT_BITS) + 1);
        else if (countIn(posted) < MOST_COUNTED) posting[last] = posted + 1;
      }
    },
    remove: (doc: Doc) =>
      repost(doc, (posting, at) => {
        const last = posting.pop();
        if (last !== undefined && at < posting.length) posting[at] = last;
      }),
    /** It has another place from now on, which it does not know yet. */
    move: (doc: Doc, place: number) =>
      repost(doc, (posting, at) => {
        posting[at] = (place << COUNT_BITS) + countIn(posting[at] ?? 0);
      }),
    clear(): void {
      numbers.clear();
      families.clear();
      spelled.length = postings.length = 0;
    },
  };
}
