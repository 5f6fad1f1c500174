import { maximum } from "./best";
import { scoreMessages, scoreSessions, spread, type Terms } from "./bm25";
import { bigramsOf, coverage, MOST_BIGRAMS } from "./coverage";
import { datesIn, nearness } from "./dates";
import type { View } from "./index";
import type { Doc } from "./message";
import { logOf } from "./logarithms";
import { relatedTerms, termsOf, withKin } from "./terms";
import { asksAdvice, asksFor, asksPresent, has, speakerAsked } from "./traits";
import { contentWordsOf } from "./words";

/** What is looked for, by whom it is asked, and when. */
export type Question = {
  text: string;
  persona: string;
  now: number;
  /** How alike a message is to it in what they mean, -1 to 1; null where nobody has said that. */
  alike?: (id: number) => number | null;
};

/**
 * A linear model: each feature's weight over its deviation, fitted to long conversations and then to the half `dev` of
 * `test/bench/memory` (its fit.ts, rounded; signs that only composed talk explains left out), so that what answers is among the
 * first twenty. Their means only move all scores alike.
 */
const OF_MESSAGE = {
  isQuestion: -1.9,
  isGreeting: -0.25 / 0.5,
  isFirstPerson: 0,
  hasTime: 0.05 / 0.4003,
  hasNumber: 0.35 / 0.4087,
  isRule: 0.161 / 0.307,
  information: 7.5,
  length: -6.3,
  opensSession: 0.124 / 0.2632,
  /** What a message pays for the room that it takes. */
  size: -1,
};
const OF_QUESTION = {
  direct: 3,
  logarithm: 5,
  session: 0.1,
  covered: 0.05 / 0.1646,
  bigrams: 0.134 / 0.1212,
  speaker: 1.35 / 0.4737,
  speakerDirect: 0,
  inMonth: 0.384 / 0.1153,
  nearDay: 0.174 / 0.0454,
  monthAfter: 0.105 / 0.0973,
  /** Words said of the same part of life, in the message and around it. */
  related: 2.5,
  /** What the question asks for is of the kind that the message holds. */
  asksNumber: 1.9,
  asksTime: 1.6,
  asksName: 0.7,
  asksPlace: 1.9,
  /** Like the question in what it means, in deviations from all others (0 without embeddings); not fitted, see fit.ts. */
  alike: 0.5,
  /** Only where the question asks how things are now: the later, the more. */
  lately: 6.3,
  /** Only where the question asks what the persona advised. */
  advice: 3.8,
};
const MESSAGE_SLOPES = Float64Array.from(Object.values(OF_MESSAGE));
export const QUESTION_SLOPES = Float64Array.from(Object.values(OF_QUESTION));
/** The names of all features, as `featuresOf` gives them. */
export const FEATURES = [...Object.keys(OF_MESSAGE), ...Object.keys(OF_QUESTION)];
/** What a unit of each is worth, in the same order. */
export const SLOPES = [...MESSAGE_SLOPES, ...QUESTION_SLOPES];

export function dot(features: Float64Array, slopes: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < slopes.length; i++) sum += (features[i] ?? 0) * (slopes[i] ?? 0);
  return sum;
}

const standings = new WeakMap<View, Float64Array>();

/** The part of each score that no question changes. */
export function standingOf(view: View): Float64Array {
  const known = standings.get(view);
  if (known) return known;
  const made = new Float64Array(view.docs.length);
  const { information } = view.rarities();
  for (const doc of view.docs) {
    if (Number.isNaN(doc.worth)) doc.worth = dot(standing(doc, 0), MESSAGE_SLOPES);
    made[doc.place] = doc.worth + OF_MESSAGE.information * informationOf(information[doc.place] ?? 0);
  }
  standings.set(view, made);
  return made;
}

const informationOf = (sum: number) => Math.log1p(sum) / 4;

/** The features of `OF_MESSAGE`, in their order; how much its words say is for all others to say as well. */
const standing = ({ traits, words, inSession, tokens }: Doc, information: number): Float64Array =>
  Float64Array.of(
    Number(has(traits, "isQuestion")),
    Number(has(traits, "isGreeting")),
    Number(has(traits, "isFirstPerson")),
    Number(has(traits, "hasTime")),
    Number(has(traits, "hasNumber")),
    Number(has(traits, "isRule")),
    informationOf(information),
    logOf(words.length + 1) / 4,
    Number(inSession < 2),
    logOf(Math.max(1, tokens)),
  );

/** The features of `OF_QUESTION`, in their order and always in the same array; each is divided by the question's own maximum. */
export function answeringOf(view: View, question: Question, asked: Terms): (doc: Doc) => Float64Array {
  const akin = withKin(view, contentWordsOf(question.text), asked);
  const related = spread(
    view,
    scoreMessages(view, relatedTerms(view, contentWordsOf(question.text), akin)),
    NO_SESSIONS,
  );
  const mostRelated = maximum(related);
  const asks = asksFor(question.text);
  const alike = likenesses(view, question);
  const sessions = scoreSessions(view, akin);
  const direct = spread(view, scoreMessages(view, akin), sessions);
  const [most, mostSession] = [maximum(direct), maximum(sessions)];
  const [covered, bigrams] = [coverage(view, asked), bigramsOf(view, question.text)];
  const speaker = speakerAsked(question.text, question);
  const dates = datesIn(question.text, question.now);
  const isDated = dates.month !== null || dates.day !== null;
  const lateness = asksPresent(question.text) ? latenessIn(view) : () => 0;
  const features = new Float64Array(QUESTION_SLOPES.length);
  const advice = asksAdvice(question.text);
  return (doc) => {
    const { place, role, session, traits } = doc;
    const score = direct[place] ?? 0;
    features[0] = score / most;
    features[1] = Math.log1p(score) / 3;
    features[2] = (sessions[session] ?? 0) / mostSession;
    features[3] = covered(place);
    features[4] = (bigrams.get(place) ?? 0) / MOST_BIGRAMS;
    features[5] = Number(role === speaker);
    features[6] = features[5] * features[0];
    if (isDated) features.set(nearness(dates, doc), 7);
    features[10] = (related[place] ?? 0) / mostRelated;
    features[11] = Number(asks.number && has(traits, "hasNumber"));
    features[12] = Number(asks.time && has(traits, "hasTime"));
    features[13] = Number(asks.name && has(traits, "hasName"));
    features[14] = Number(asks.place && has(traits, "hasPlace"));
    features[15] = alike[place] ?? 0;
    features[16] = lateness(doc);
    features[17] = Number(advice && role === "assistant" && has(traits, "isAdvice"));
    return features;
  };
}

/** By place, in deviations from the mean of all that have one. */
function likenesses({ docs }: View, { alike }: Question): Float64Array {
  const values = new Float64Array(docs.length);
  if (!alike) return values;
  const found = docs.flatMap(({ id, place }) => {
    const value = alike(id);
    return value === null ? [] : [{ place, value }];
  });
  const mean = found.reduce((sum, { value }) => sum + value, 0) / Math.max(1, found.length);
  const spread = Math.sqrt(
    found.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / Math.max(1, found.length),
  );
  for (const { place, value } of found) values[place] = (value - mean) / (spread || 1);
  return values;
}

const NO_SESSIONS = new Float64Array();

/** How much of the time that is remembered had passed when a message was said. */
function latenessIn({ docs }: View): (doc: Doc) => number {
  let [first, last] = [Infinity, -Infinity];
  for (const { at } of docs) [first, last] = [Math.min(first, at), Math.max(last, at)];
  return ({ at }) => (at - first) / Math.max(1, last - first);
}

/** All features of each message for a question, by its place: what the model is fitted to. */
export function featuresOf(view: View, question: Question): number[][] {
  const answering = answeringOf(view, question, termsOf(view, question.text));
  const { information } = view.rarities();
  return view.docs.map((doc) => [...standing(doc, information[doc.place] ?? 0), ...answering(doc)]);
}
