import { hasAny, lexiconOf, TAKEN, type Lexicon, type Matcher } from "./grammar";
import { readings, segmented } from "./normal";

/** What a finding is of. `crisis.*` are the user's own, `concern.other` is somebody else's. */
export type Kind =
  | "crisis.active"
  | "crisis.passive"
  | "crisis.plan"
  | "crisis.farewell"
  | "crisis.selfharm"
  | "concern.other"
  | "concern.urgent"
  | "eating_disorder";

/** Patterns (see `grammar.ts`), one a line. */
export type Grammar = {
  /** Words of each class, named by patterns in capitals. `I` and `THIRD` are the user and other persons. */
  classes: Record<string, string>;
  /** `word: what it is read as`, one a line: contractions, slang. */
  read: string;
  /** The little words that tell this language from others. */
  telling: string;
  /** Words that change nothing. */
  fillers: string;
  /** Heard whatever stands around it. */
  strong?: Partial<Record<Kind, string>>;
  /** Denials, idioms, accidents: taken out before the rest is looked for. */
  harmless: string;
  /** Taken out as well where somebody laughs. */
  laughed: string;
  own: Partial<Record<Kind, string>>;
  /** The same, but nothing in a sentence about a book, a game, the news. */
  topic: Partial<Record<Kind, string>>;
  /** Looked for across the sentences of the whole message. */
  across?: Partial<Record<Kind, string>>;
  /** A sentence that tells of a story or the news. */
  framed: string;
  /** A sentence that happens in one, whoever speaks. */
  inside: string;
  /** The user speaks of themselves: where nothing does, a sentence about somebody else's danger is about nothing else. */
  speaker: string;
  /** Tells of long ago, until a word of `now`; `again` says that it is not over. */
  past: string;
  now: string;
  again: string;
};

type Compiled = {
  lexicon: Lexicon;
  read: Map<string, string[]>;
  fillers: Set<string>;
  /** The signs of words that were read already. */
  signs: Map<string, string>;
  strong: Matchers;
  own: Matchers;
  topic: Matchers;
  across: Matchers;
  /** What none of the first three finds anything without, see `keysOf`. */
  telling: ReadonlySet<string> | null;
} & Record<"harmless" | "laughed" | "framed" | "inside" | "speaker" | "past" | "now" | "again", Matcher>;

type Matchers = readonly (readonly [Kind, Matcher])[];

export type Heard = Set<Kind>;

/** One language's part of the floor: what it hears in a message's sentences, each as words. */
export type Ear = {
  /** How many words of a sentence are this language's. */
  tells(words: readonly string[]): number;
  hear(sentences: readonly Spoken[]): Heard;
  /** All its expressions, one by one. */
  patterns(): RegExp[];
};
export type Spoken = { words: readonly string[]; laughing: boolean };

export function earOf(grammar: Grammar): Ear {
  let compiled: Compiled | undefined;
  const ready = () => (compiled ??= compile(grammar));
  const telling = new Set(grammar.telling.split(" "));
  return {
    tells: (words) => words.filter((word) => telling.has(word)).length,
    hear: (sentences) => hear(ready(), sentences),
    patterns: () => {
      const { lexicon } = ready();
      return linesOf(grammar).flatMap((lines) => lexicon.matcher(lines).all());
    },
  };
}

const linesOf = ({ strong, harmless, laughed, own, topic, across, ...rest }: Grammar) => [
  ...[strong, own, topic, across].flatMap((lists) => Object.values(lists ?? {})),
  harmless,
  laughed,
  rest.framed,
  rest.inside,
  rest.speaker,
  rest.past,
  rest.now,
  rest.again,
];

export function compile(grammar: Grammar): Compiled {
  const lexicon = lexiconOf(grammar.classes, linesOf(grammar));
  const one = (lines: string) => lexicon.matcher(lines);
  const each = (lists: Partial<Record<Kind, string>> = {}): Matchers =>
    (Object.entries(lists) as [Kind, string][]).map(([kind, lines]) => [kind, one(lines)]);
  const read = grammar.read.split("\n").map((line) => line.split(":").map((part) => part.trim()));
  const [strong, own, topic] = [each(grammar.strong), each(grammar.own), each(grammar.topic)];
  return {
    lexicon,
    read: new Map(read.map(([word = "", words = ""]) => [word, words.split(" ")])),
    fillers: new Set(grammar.fillers.split(/\s+/)),
    signs: new Map(),
    strong,
    own,
    topic,
    telling: keysOf([...strong, ...own, ...topic]),
    across: each(grammar.across),
    harmless: one(grammar.harmless),
    laughed: one(grammar.laughed),
    framed: one(grammar.framed),
    inside: one(grammar.inside),
    speaker: one(grammar.speaker),
    past: one(grammar.past),
    now: one(grammar.now),
    again: one(grammar.again),
  };
}

/** Words of one kind never stop being looked for at the first: all classes are told. */
const add = (heard: Heard, lists: Matchers, signs: string) => {
  for (const [kind, matcher] of lists) if (matcher.find(signs) !== null) heard.add(kind);
};

function hear(ear: Compiled, sentences: readonly Spoken[]): Heard {
  const heard: Heard = new Set();
  const parts = sentences.map((sentence) => {
    const signs = encoded(ear, sentence.words);
    return mayHear(ear, signs) ? hearSentence(ear, signs, sentence.laughing, heard) : signs;
  });
  if (ear.across.length > 0 && parts.length > 1) add(heard, ear.across, parts.join(TAKEN));
  return heard;
}

/** Most sentences of ordinary chat hold no word that matters. */
const mayHear = ({ telling }: Compiled, signs: string) => telling === null || hasAny(signs, telling);

/** The words of which a sentence must hold one for any of these to be found in it; null where one needs none. */
function keysOf(lists: Matchers): ReadonlySet<string> | null {
  const keys = lists.map(([, matcher]) => matcher.keys);
  return keys.includes(null) ? null : new Set(keys.flatMap((each) => [...(each?.keys() ?? [])]));
}

/** Adds what a sentence says; returns what of it was serious. */
function hearSentence(ear: Compiled, signs: string, laughing: boolean, heard: Heard): string {
  const here = ear.inside.find(signs) === null ? withoutPast(ear, signs) : "";
  const serious = taken(ear, here, laughing);
  const framed = ear.framed.find(signs) !== null;
  for (const kind of heardIn(ear, here, serious, framed)) heard.add(kind);
  return serious;
}

function heardIn(ear: Compiled, here: string, serious: string, framed: boolean): Kind[] {
  const heard: Heard = new Set();
  add(heard, ear.strong, here);
  add(heard, ear.own, serious);
  if (!framed) addTopics(ear, heard, serious);
  const kinds = [...heard];
  if (framed) return kinds.filter((kind) => !kind.startsWith("concern"));
  const isOfOthers = kinds.some((kind) => kind.startsWith("concern")) && ear.speaker.find(here) === null;
  return kinds.filter((kind) => !isOfOthers || !kind.startsWith("crisis"));
}

/** Who speaks of somebody's suicide does not speak of their own. */
function addTopics(ear: Compiled, heard: Heard, signs: string) {
  const topics: Heard = new Set();
  add(topics, ear.topic, signs);
  const isOfOthers = topics.has("concern.other");
  for (const kind of topics) if (!isOfOthers || !kind.startsWith("crisis")) heard.add(kind);
}

function taken({ harmless, laughed }: Compiled, signs: string, laughing: boolean): string {
  const sober = harmless.take(signs);
  return laughing ? laughed.take(sober) : sober;
}

function withoutPast({ past, now, again }: Compiled, signs: string): string {
  if (past.find(signs) === null || again.find(signs) !== null) return signs;
  const turn = now.find(signs);
  return turn === null ? "" : signs.slice(turn);
}

export const encoded = (ear: Compiled, words: readonly string[]): string =>
  words.map((word) => signsOf(ear, word)).join("");

/** More words than these are read again. */
const MOST_READ = 5000;

function signsOf(ear: Compiled, word: string): string {
  const { signs, fillers, lexicon } = ear;
  const known = signs.get(word);
  if (known !== undefined) return known;
  const made = lexicon.encode(understood(ear, word).filter((part) => !fillers.has(part)));
  if (signs.size >= MOST_READ) signs.clear();
  signs.set(word, made);
  return made;
}

/** Only words that hold one of these are worth taking apart. */
const GRAVE = /kill|die|dead|death|myself|suic|morir|matar|mourir|mort|sterben|umbring|morrer|matar/;

/** A year of long ago, as patterns name it. */
const YEAR = "#year";
const LONG_AGO = /^(?:1\d{3}|20[01]\d)$/;

export function understood({ read, lexicon, fillers }: Compiled, word: string): readonly string[] {
  if (LONG_AGO.test(word)) return [YEAR];
  const known = (each: string) => read.has(each) || fillers.has(each) || lexicon.knows(each);
  const reading = known(word) ? word : readings(word).find(known);
  if (reading !== undefined) return read.get(reading) ?? [reading];
  if (word.includes("'")) return word.split("'").flatMap((part) => read.get(part) ?? [part]);
  if (word.length < 7 || !GRAVE.test(word)) return [word];
  return segmented(word, known)?.flatMap((part) => read.get(part) ?? [part]) ?? [word];
}
