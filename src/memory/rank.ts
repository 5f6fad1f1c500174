import { forNeighbours, scoreMessages, scoreSessions, spread, type Terms } from "./bm25";
import { datesIn, nearness } from "./dates";
import type { Doc, View } from "./index";
import { asksAdvice, asksPresent, speakerAsked, traitsOf } from "./traits";
import { contentWordsOf, wordsOf } from "./words";

/** What is looked for, by whom it is asked, and when. */
export type Question = { text: string; persona: string; now: number };

/**
 * The messages that are likely to answer the question, best first, at most so many of those that are let through; none where
 * no word of it was ever said and it does not ask after one of the two.
 */
export function rank(
  view: View,
  question: Question,
  most: number,
  isLetThrough: (doc: Doc) => boolean,
): Doc[] {
  const asked = termsOf(view, question.text);
  if (asked.size === 0 && !asksOfTalk(question)) return [];
  const [standing, answering] = [standingOf(view), answeringOf(view, question, asked)];
  const scores = Float64Array.from(view.docs, (doc, place) =>
    isLetThrough(doc) ? (standing[place] ?? 0) + dot(answering(doc), QUESTION_SLOPES) : -Infinity,
  );
  return best(view.docs, scores, most);
}

/** What is asked in new words after one who speaks here ("What is my job now?") was said in others. */
const asksOfTalk = (question: Question) =>
  traitsOf(question.text).isQuestion && speakerAsked(question.text, question) !== null;

/** The few with the highest scores, best first; of equals the newest. */
function best(docs: readonly Doc[], scores: Float64Array, count: number): Doc[] {
  const scoreAt = ({ place }: Doc) => scores[place] ?? -Infinity;
  const sorted = (some: Doc[]) =>
    some.toSorted((a, b) => scoreAt(b) - scoreAt(a) || b.id - a.id).slice(0, count);
  let [found, least]: [Doc[], number] = [[], -Infinity];
  for (const doc of docs) {
    if (scoreAt(doc) < least || scoreAt(doc) === -Infinity) continue;
    found.push(doc);
    if (found.length < 2 * count) continue;
    found = sorted(found);
    least = Math.max(...found.slice(-1).map(scoreAt));
  }
  return sorted(found);
}

/** The words of a question that were ever said. */
export function termsOf({ vocabulary, posting }: View, text: string): Terms {
  const content = contentWordsOf(text);
  const words = content.length > 0 ? content : wordsOf(text);
  const numbers = words.flatMap((word) => vocabulary.get(word) ?? []);
  return new Map(numbers.filter((number) => posting(number).places.length > 0).map((number) => [number, 1]));
}

/**
 * A linear model: each feature's weight over its deviation, fitted to long conversations and then to the half `dev` of
 * `test/bench/memory` (its fit.ts, rounded; signs that only composed talk explains left out), so that what answers is among the
 * first twenty. Their means only move all scores alike.
 */
const OF_MESSAGE = {
  isQuestion: -0.6 / 0.4784,
  isGreeting: -0.25 / 0.5,
  isFirstPerson: 0,
  hasTime: 0.05 / 0.4003,
  hasNumber: 0.35 / 0.4087,
  isRule: 0.161 / 0.307,
  information: 0.73 / 0.1602,
  length: -0.45 / 0.1585,
  opensSession: 0.124 / 0.2632,
  /** What a message pays for the room that it takes. */
  size: -0.5,
};
const OF_QUESTION = {
  direct: 0.55 / 0.1594,
  logarithm: 0.75 / 0.2365,
  session: 0.1 / 0.3179,
  secondHop: 0.05 / 0.1464,
  covered: 0.05 / 0.1646,
  bigrams: 0.134 / 0.1212,
  speaker: 1.35 / 0.4737,
  speakerDirect: 0,
  inMonth: 0.384 / 0.1153,
  nearDay: 0.174 / 0.0454,
  monthAfter: 0.105 / 0.0973,
  /** Only where the question asks how things are now: the later, the more. */
  lately: 5.8,
  /** Only where the question asks what the persona advised. */
  advice: 3,
};
const MESSAGE_SLOPES = Object.values(OF_MESSAGE);
const QUESTION_SLOPES = Object.values(OF_QUESTION);
/** The names of all features, as `featuresOf` gives them. */
export const FEATURES = [...Object.keys(OF_MESSAGE), ...Object.keys(OF_QUESTION)];
/** What a unit of each is worth, in the same order. */
export const SLOPES = [...MESSAGE_SLOPES, ...QUESTION_SLOPES];

function dot(features: ArrayLike<number>, slopes: number[]): number {
  let sum = 0;
  for (let i = 0; i < slopes.length; i++) sum += (features[i] ?? 0) * (slopes[i] ?? 0);
  return sum;
}

const standings = new WeakMap<View, Float64Array>();

/** The part of each score that no question changes. */
function standingOf(view: View): Float64Array {
  const known =
    standings.get(view) ?? Float64Array.from(view.docs, (doc) => dot(standing(view, doc), MESSAGE_SLOPES));
  standings.set(view, known);
  return known;
}

/** The features of `OF_MESSAGE`, in their order. */
const standing = ({ information }: View, { traits, words, inSession, place, tokens }: Doc): number[] => [
  Number(traits.isQuestion),
  Number(traits.isGreeting),
  Number(traits.isFirstPerson),
  Number(traits.hasTime),
  Number(traits.hasNumber),
  Number(traits.isRule),
  Math.log1p(information[place] ?? 0) / 4,
  Math.log1p(words.length) / 4,
  Number(inSession < 2),
  Math.log(Math.max(1, tokens)),
];

/** The features of `OF_QUESTION`, in their order and always in the same array; each is divided by the question's own maximum. */
function answeringOf(view: View, question: Question, asked: Terms): (doc: Doc) => Float64Array {
  const akin = withKin(view, contentWordsOf(question.text), asked);
  const sessions = scoreSessions(view, akin);
  const direct = spread(view, scoreMessages(view, akin), sessions);
  const wider = withSecondHop(view, akin, direct);
  const secondHop = spread(view, scoreMessages(view, wider), scoreSessions(view, wider));
  const [most, mostSession, mostHop] = [maximum(direct), maximum(sessions), maximum(secondHop)];
  const [covered, bigrams] = [coverage(view, asked), bigramsOf(view, question.text)];
  const speaker = speakerAsked(question.text, question);
  const dates = datesIn(question.text, question.now);
  const present = asksPresent(question.text) ? view.docs.length : Infinity;
  const features = new Float64Array(QUESTION_SLOPES.length);
  const advice = asksAdvice(question.text);
  return ({ place, role, at, session, traits }) => {
    const score = direct[place] ?? 0;
    features[0] = score / most;
    features[1] = Math.log1p(score) / 3;
    features[2] = (sessions[session] ?? 0) / mostSession;
    features[3] = (secondHop[place] ?? 0) / mostHop;
    features[4] = covered(place);
    features[5] = (bigrams.get(place) ?? 0) / MOST_BIGRAMS;
    features[6] = Number(role === speaker);
    features[7] = features[6] * features[0];
    features.set(nearness(dates, at), 8);
    features[11] = place / present;
    features[12] = Number(advice && role === "assistant" && traits.isAdvice);
    return features;
  };
}

/** All features of each message for a question, by its place: what the model is fitted to. */
export function featuresOf(view: View, question: Question): number[][] {
  const answering = answeringOf(view, question, termsOf(view, question.text));
  return view.docs.map((doc) => [...standing(view, doc), ...answering(doc)]);
}

/** Words of one family begin alike: as many letters as this, and all but so many of the shorter one's. */
const KIN_LETTERS = 4;
const KIN_ENDING = 3;
const KIN_WEIGHT = 0.4;

type Families = Map<string, [word: string, number: number][]>;
const families = new WeakMap<View, Families>();

/** The known words by their first letters. */
function familiesOf(view: View): Families {
  const known = families.get(view);
  if (known) return known;
  const made: Families = new Map();
  for (const entry of view.vocabulary) {
    const beginning = entry[0].slice(0, KIN_LETTERS);
    if (!LETTERS.test(beginning)) continue;
    const family = made.get(beginning);
    if (family) family.push(entry);
    else made.set(beginning, [entry]);
  }
  families.set(view, made);
  return made;
}
const LETTERS = /^[a-z]{4}$/;

/** The words of the question with others of their families: allergic and allergist, versöhnt and versöhnen. */
function withKin(view: View, words: string[], asked: Terms): Terms {
  const terms = new Map(asked);
  for (const word of words) {
    for (const [other, number] of familiesOf(view).get(word.slice(0, KIN_LETTERS)) ?? []) {
      if (terms.has(number) || view.posting(number).places.length === 0) continue;
      const letters = Math.max(KIN_LETTERS, Math.min(word.length, other.length) - KIN_ENDING);
      if (word.slice(0, letters) === other.slice(0, letters)) terms.set(number, KIN_WEIGHT);
    }
  }
  return terms;
}

const maximum = (scores: Float64Array) => scores.reduce((most, score) => Math.max(most, score), 0) || 1;

const HITS = 10;
const HOP_WORDS = 20;
const HOP_WEIGHT = 0.1;

/** The words of the question with those that its best hits have in common: an answer may use these instead. */
function withSecondHop(view: View, asked: Terms, direct: Float64Array): Terms {
  const { docs, posting, idf } = view;
  const most = Math.min(0.2 * docs.length, 300);
  const gains = new Map<number, number>();
  for (const doc of best(docs, direct, HITS)) {
    for (const word of new Set(doc.words)) {
      const count = posting(word).places.length;
      if (asked.has(word) || count < 2 || count > most) continue;
      gains.set(word, (gains.get(word) ?? 0) + (idf[word] ?? 0));
    }
  }
  const hop = [...gains].toSorted(([a, x], [b, y]) => y - x || a - b).slice(0, HOP_WORDS);
  return new Map([...asked, ...hop.map(([word]) => [word, HOP_WEIGHT] as const)]);
}

/** How far a message's surroundings answer: within this many messages. */
const SURROUNDINGS = 2;
/** One bit a word: a question of more words is judged by its first. */
const BITS = 31;

/** Which share of the question's rarity stands in a message and those around it. */
function coverage({ docs, posting, idf, sessions }: View, asked: Terms): (place: number) => number {
  const words = [...asked.keys()].slice(0, BITS);
  const found = new Uint32Array(docs.length);
  words.forEach((word, bit) => {
    const mark = (place: number) => (found[place] = (found[place] ?? 0) | (1 << bit));
    for (const place of posting(word).places) {
      mark(place);
      forNeighbours(sessions, place, SURROUNDINGS, mark);
    }
  });
  const total = words.reduce((sum, word) => sum + (idf[word] ?? 0), 0) || 1;
  const share = (bits: number) =>
    words.reduce((sum, word, bit) => (bits & (1 << bit) ? sum + (idf[word] ?? 0) : sum), 0);
  return (place) => (found[place] ? share(found[place]) / total : 0);
}

const MOST_BIGRAMS = 3;

/** How many pairs of the question's words stand side by side in a message, at most three; by its place. */
function bigramsOf(view: View, question: string): Map<number, number> {
  const counts = new Map<number, number>();
  const numbers = wordsOf(question).map((word) => view.vocabulary.get(word));
  numbers.slice(1).forEach((second, i) => {
    const first = numbers[i];
    if (first === undefined || second === undefined) return;
    for (const place of sideBySide(view, first, second))
      counts.set(place, Math.min(MOST_BIGRAMS, (counts.get(place) ?? 0) + 1));
  });
  return counts;
}

function sideBySide({ docs, posting }: View, first: number, second: number): number[] {
  const [few, other] = [posting(first).places, posting(second).places].toSorted(
    (a, b) => a.length - b.length,
  );
  const both = new Set(other);
  const isThere = (words: Int32Array) => words.some((word, i) => word === first && words[i + 1] === second);
  return Array.from(few ?? []).filter(
    (place) => both.has(place) && isThere(docs[place]?.words ?? new Int32Array()),
  );
}
