/** What is known of somebody, by rule. Likes and dislikes are only suggested: they change, and are often said in passing. */
export const FACT_KINDS = [
  "name",
  "kin",
  "pet",
  "home",
  "age",
  "work",
  "plan",
  "like",
  "dislike",
  "other",
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** What a sentence says of its speaker. */
export type Finding = {
  kind: FactKind;
  /** What it is about: a newer fact with the same key takes the older one's place. */
  key: string;
  /** The speaker's own words, one sentence, at most 120 characters. */
  text: string;
};

/** What a model has read of the user, and what holds no more by it. Times in milliseconds. */
export type Reading = {
  kind: FactKind;
  text: string;
  sourceIds: number[];
  /** When the last of its sources was said. */
  at: number;
  /** The fact whose place it takes, which held until then. */
  replaces: { id: number; until: number } | null;
};

/** A rule of one language: a pattern over a sentence, and what it is about, from the pattern's groups, or all that it found. */
export type Rule = { kind: FactKind; pattern: RegExp; key: (...groups: string[]) => string | null };

/** Each stands for itself: none takes another's place. */
export const itself = (...groups: string[]) => groups.join(" ").toLowerCase();
/** One likes a thing or does not. */
export const taste = (what: string) => `taste:${what.trim().toLowerCase()}`;

/** A language's rules, and the sentences that say nothing of what is so. */
export type Grammar = { doubt: RegExp; rules: Rule[] };

export const rule = (kind: FactKind, pattern: RegExp, key: Rule["key"] = () => kind): Rule => ({
  kind,
  pattern,
  key,
});

/** An age that somebody who chats has. */
export function isAge(age: string): string | null {
  const years = Number(age);
  return Number.isNaN(years) || (years >= 5 && years <= 110) ? "age" : null;
}

/** A name without what is hung on to it: Callum's. */
export const bareName = (name: string) => name.replace(/['’]s$/u, "");
