import { best } from "./best";
import type { Terms } from "./bm25";
import { answeringOf, dot, QUESTION_SLOPES, standingOf, type Question } from "./features";
import type { View } from "./index";
import type { Doc } from "./message";
import { termsOf } from "./terms";
import { has, speakerAsked, traitsOf } from "./traits";

export type { Question } from "./features";

/** Messages, best first, and which of them are near to the question rather than only the nearest there are. */
export type Ranking = { docs: Doc[]; isNear: (doc: Doc) => boolean };

/**
 * How far a message's score is above the mean of all others where it is near to what was said and asked for: of many messages
 * some are high by chance. What asks for nothing must be nearer, since small talk is like earlier small talk. Chosen on the half
 * `dev` of `test/bench/memory`, whose README has the figures.
 */
const nearAmong = (count: number) => 2 + 0.7 * Math.log(count);
const NEAR_UNASKED = { least: 9, beyond: 2 };

/**
 * The messages that are likely to answer the question, best first, at most so many of those that are let through; none where
 * no word of it was ever said and it does not ask after one of the two.
 */
export function rank(
  view: View,
  question: Question,
  most: number,
  isLetThrough: (doc: Doc) => boolean,
): Ranking {
  const asked = termsOf(view, question.text);
  if (asked.size === 0 && !asksOfTalk(question)) return { docs: [], isNear: () => false };
  const scores = scoresOf(view, question, asked);
  const isNear = nearnessIn(scores, question);
  for (const doc of view.docs) if (!isLetThrough(doc)) scores[doc.place] = -Infinity;
  return { docs: best(view.docs, scores, most), isNear };
}

function nearnessIn(scores: Float64Array, { text }: Question): (doc: Doc) => boolean {
  const sum = scores.reduce((total, score) => total + score, 0);
  const near = nearAmong(scores.length);
  const least = isAsked(text) ? near : Math.max(NEAR_UNASKED.least, near + NEAR_UNASKED.beyond);
  return ({ place }) => {
    const score = scores[place] ?? 0;
    return score - (sum - score) / (scores.length - 1) >= least;
  };
}

function scoresOf(view: View, question: Question, asked: Terms): Float64Array {
  const scores = Float64Array.from(standingOf(view));
  const answering = answeringOf(view, question, asked);
  for (let place = 0; place < scores.length; place++)
    scores[place] = (scores[place] ?? 0) + dot(answering(view.docs[place] as Doc), QUESTION_SLOPES);
  return scores;
}

/** What is asked in new words after one who speaks here ("What is my job now?") was said in others. */
const asksOfTalk = (question: Question) =>
  isAsked(question.text) && speakerAsked(question.text, question) !== null;

const isAsked = (text: string) => has(traitsOf(text), "isQuestion");
