import type { Relationship } from "../../db/schema";
import { LETTERS } from "./tongues";

/**
 * What to say to what, most pressing first: the first rule wins that matches a clause and one of whose answers can be
 * filled. Alternatives are separated by ` | `; those after ` || ` are only for when none before can be filled.
 *
 * `{1}` is what the pattern captured, seen from the persona's side (my → your), `{=1}` the same as it stands, `{it}`
 * the last of them. Further slots: a `Voice` key; `{name}`; `{about}`, a clause of the description, and `{fits}`, one
 * that touches on what was said; `{joke}`, `{another}` (only after a joke) and `{story}`; `{topic}`, something of the
 * user's from earlier on; `{user}`, the user's name; `{told}`, what the user once said of the thing asked about,
 * `{earlier}`, of anything; `{before}` and `{mine}`, the user's and the persona's last words.
 */
export type Rule = readonly [when: RegExp, say: string];

/**
 * How a persona of one relationship sounds. `low`, `glad` and `heard` answer what was said, `ask` leads on from there,
 * `probe` asks after `{it}` and `open` opens a subject; the others answer what their names say.
 */
export type Voice = Record<
  | "probe"
  | "hello"
  | "open"
  | "well"
  | "low"
  | "glad"
  | "heard"
  | "ask"
  | "advice"
  | "bye"
  | "thanks"
  | "love"
  | "closeness",
  string
>;

/** All that the offline model knows of one language. */
export type Language = {
  /** Opens a message without being all of it. */
  greeting: RegExp;
  rules: readonly Rule[];
  /** For messages without words. */
  signs: readonly Rule[];
  voices: Record<Relationship, Voice>;
  /** Asked in place of `ask` and `open`, once something of the user's own lies some turns back. */
  recall: string;
  /** Asked once a voice has said all that it has. */
  more: string;
  jokes: string;
  stories: string;
  /** What the user has and may be asked about later. */
  topic: RegExp;
  /** Captures the user's name where they give it. */
  called: RegExp;
  /** A clause that says something of the user. */
  own: RegExp;
  /** Which of the user's statements answers which question, where they share no word. */
  facts: readonly (readonly [asked: RegExp, told: RegExp])[];
  /** Said at the end of a phrase, and of no weight inside an answer. */
  trailing: RegExp;
  clausesOf(text: string): string[];
  /** What a text is about: the beginnings of its telling words, so that `hiking` meets `hike`. */
  stemsOf(text: string): Set<string>;
  /** The same words from the other side, or null if they cannot be turned safely. */
  reflect(text: string): string | null;
  decapitalised(text: string): string;
  /** A clause of a description, as the persona would say it. */
  inFirstPerson(clause: string, name: string): string;
};

/** What stands around a clause without being of it: quotes, marks of style, pictures. */
const AROUND =
  /^[\s"“”„*_\-\p{Extended_Pictographic}\u{fe0f}\u{200d}]+|[\s.!,;:…"“”*_\-\p{Extended_Pictographic}\u{fe0f}\u{200d}]+$/gu;

const EDGE = `(?:(?<=[${LETTERS}])(?![${LETTERS}])|(?<![${LETTERS}])(?=[${LETTERS}]))`;

/** The same pattern with `\b` and `\w` as Unicode has words, so that none is cut at its accent (`fiancé`). */
export function wordwise({ source, flags }: RegExp): RegExp {
  const wide = source.replace(/\[(?:[^\]\\]|\\.)*\]|\\./g, (part) => {
    if (part === "\\b") return EDGE;
    if (part === "\\w") return `[${LETTERS}]`;
    return part.startsWith("[") ? part.replaceAll("\\w", LETTERS) : part;
  });
  return new RegExp(wide, `${flags.replace("u", "")}u`);
}

export const rules = (list: readonly Rule[]): readonly Rule[] =>
  list.map(([when, say]) => [wordwise(when), say]);

/** Splits a text into clauses, without what only leads into them; a question keeps its mark. */
export const clauseSplitter =
  (breaks: RegExp, leadIn: RegExp) =>
  (text: string): string[] =>
    text
      .split(breaks)
      .map((clause) => clause.replace(leadIn, "").replace(AROUND, ""))
      .filter((clause) => /[\p{L}\p{N}]/u.test(clause));
