import type { Language } from "./language";

/** Longer phrases are not taken into an answer: they would not read well there. */
const PHRASE_WORDS = 12;
const PHRASE_CHARACTERS = 100;
/** Marks of code, links and templates: quoted, they would look like a fault. */
const MARKS = /[{}<>|\\`*_#=~^@"“”„]|:\/\/|\p{Extended_Pictographic}/u;

/** What the user said: clauses, the newest first. */
export type Memory = {
  /** The message to answer. */
  text: string;
  /** What stands in the messages before it. */
  earlier: string[];
  /** What stands in those before the previous one. */
  longAgo: string[];
};

/** Words of the user's, if they are fit for the inside of a sentence. */
export function quotable(words: string | undefined, { trailing }: Language): string | null {
  const text = words?.replace(/[\s?!]+$/, "").replace(trailing, "");
  const fit =
    text && text.length <= PHRASE_CHARACTERS && text.split(" ").length <= PHRASE_WORDS && !MARKS.test(text);
  return fit ? text : null;
}

export function firstCapture(clauses: string[], pattern: RegExp): string | null {
  for (const clause of clauses) {
    const captured = pattern.exec(clause)?.slice(1).find(Boolean);
    if (captured) return captured;
  }
  return null;
}

/** What the user once said of themselves, from the persona's side; `fitting`: only what `text` speaks of. */
export function statement({ earlier, text }: Memory, language: Language, fitting: boolean): string | null {
  const own = earlier.filter((clause) => language.own.test(clause) && quotable(clause, language));
  const told = language.facts.find(([asked]) => asked.test(text))?.[1];
  const best = fitting
    ? ((told && own.find((clause) => told.test(clause))) ?? nearest(own, text, language))
    : language.stemsOf(text).size === 0
      ? own[0]
      : undefined;
  return best === undefined ? null : language.reflect(language.decapitalised(best));
}

export const shared = (a: string, b: string, { stemsOf }: Language) =>
  stemsOf(a).intersection(stemsOf(b)).size;

/** The clause that has most words in common with the text, of even ones the newest. */
function nearest(clauses: string[], text: string, language: Language): string | undefined {
  const near = clauses
    .map((clause) => ({ clause, common: shared(clause, text, language) }))
    .filter(({ common }) => common > 0);
  return near.toSorted((a, b) => b.common - a.common)[0]?.clause;
}

/** Something of the user's, from some turns ago, that neither side speaks of now and that was not asked about yet. */
export function topicOf({ longAgo, text }: Memory, said: string, language: Language): string | null {
  const asked = (topic: string) =>
    language.recall.split(" | ").some((line) => said.includes(line.replace("{topic}", topic)));
  return (
    longAgo
      .map((clause) => quotable(firstCapture([clause], language.topic) ?? undefined, language))
      .find((topic) => topic && !text.toLowerCase().includes(topic.toLowerCase()) && !asked(topic)) ?? null
  );
}
