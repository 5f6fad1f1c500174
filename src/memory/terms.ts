import type { Terms } from "./bm25";
import type { View } from "./index";
import { relatedTo } from "./meanings";
import { KIN_LETTERS } from "./vocabulary";
import { contentWordsOf, wordsOf } from "./words";

/** The words of a question that were ever said. */
export function termsOf({ numbers, postings }: View, text: string): Terms {
  const content = contentWordsOf(text);
  const words = content.length > 0 ? content : wordsOf(text);
  const known = words.flatMap((word) => numbers.get(word) ?? []);
  return new Map(known.filter((number) => (postings[number]?.length ?? 0) > 0).map((number) => [number, 1]));
}

/** Of one family are words that begin alike, as far as all but so many letters of the shorter one. */
const KIN_ENDING = 3;
const KIN_WEIGHT = 0.4;

/** The words of the question with others of their families: allergic and allergist, versöhnt and versöhnen. */
export function withKin({ familyOf, spelled, postings }: View, words: string[], asked: Terms): Terms {
  const terms = new Map(asked);
  for (const word of words) {
    for (const number of familyOf(word.slice(0, KIN_LETTERS))) {
      if (terms.has(number) || postings[number]?.length === 0) continue;
      const other = spelled[number] ?? "";
      const letters = Math.max(KIN_LETTERS, Math.min(word.length, other.length) - KIN_ENDING);
      if (word.slice(0, letters) === other.slice(0, letters)) terms.set(number, KIN_WEIGHT);
    }
  }
  return terms;
}

/** What more messages than this say does not tell one from another. */
const COMMON = { share: 0.2, count: 300 };

/** Words that are said of what the question asks for: a dog where it asks for a pet. */
export function relatedTerms({ docs, numbers, postings }: View, words: string[], asked: Terms): Terms {
  const related = words.flatMap(relatedTo).flatMap((word) => numbers.get(word) ?? []);
  const most = Math.min(COMMON.share * docs.length, COMMON.count);
  const isTelling = (count: number) => count > 0 && count <= most;
  return new Map(
    related.flatMap((number) =>
      !asked.has(number) && isTelling(postings[number]?.length ?? 0) ? [[number, 1]] : [],
    ),
  );
}
