import { forNeighbours, rarityOf, type Terms } from "./bm25";
import type { View } from "./index";
import { placeIn } from "./vocabulary";
import { contentWordsOf, wordsOf } from "./words";

/** How far a message's surroundings answer: within this many messages. */
const SURROUNDINGS = 2;
/** One bit a word: a question of more words is judged by its first. */
const BITS = 31;

/** Which share of the question's rarity stands in a message and those around it. */
export function coverage(view: View, asked: Terms): (place: number) => number {
  const { docs, postings } = view;
  const words = [...asked.keys()].slice(0, BITS);
  const found = new Uint32Array(docs.length);
  words.forEach((word, bit) => {
    const mark = (place: number) => (found[place] = (found[place] ?? 0) | (1 << bit));
    for (const place of (postings[word] ?? []).map(placeIn)) {
      mark(place);
      const doc = docs[place];
      if (doc) forNeighbours(doc, SURROUNDINGS, mark);
    }
  });
  const rarities = words.map((word) => rarityOf(view, word));
  const total = rarities.reduce((sum, rarity) => sum + rarity, 0) || 1;
  const share = (bits: number) =>
    rarities.reduce((sum, rarity, i) => (bits & (1 << i) ? sum + rarity : sum), 0);
  return (place) => (found[place] ? share(found[place]) / total : 0);
}

export const MOST_BIGRAMS = 3;

/** How many pairs of the question's words stand side by side in a message, at most three; by its place. */
export function bigramsOf(view: View, question: string): Map<number, number> {
  const counts = new Map<number, number>();
  const numbers = wordsOf(question).map((word) => view.numbers.get(word));
  const telling = new Set(contentWordsOf(question).map((word) => view.numbers.get(word)));
  numbers.slice(1).forEach((second, i) => {
    const first = numbers[i];
    if (first === undefined || second === undefined || (!telling.has(first) && !telling.has(second))) return;
    for (const place of sideBySide(view, first, second))
      counts.set(place, Math.min(MOST_BIGRAMS, (counts.get(place) ?? 0) + 1));
  });
  return counts;
}

/** Where two words follow each other. */
function sideBySide({ docs, postings }: View, first: number, second: number): number[] {
  const [few = []] = [postings[first] ?? [], postings[second] ?? []].toSorted((a, b) => a.length - b.length);
  const isThere = (words: Int32Array) => {
    for (let i = words.indexOf(first); i >= 0; i = words.indexOf(first, i + 1))
      if (words[i + 1] === second) return true;
    return false;
  };
  return few.map(placeIn).filter((place) => isThere(docs[place]?.words ?? NO_WORDS));
}
const NO_WORDS = new Int32Array();
