import { best } from "./best";
import type { Terms } from "./bm25";
import { answeringOf, dot, QUESTION_SLOPES, standingOf, type Question } from "./features";
import type { View } from "./index";
import type { Doc } from "./message";
import { termsOf } from "./terms";
import { has, speakerAsked, traitsOf } from "./traits";

export type { Question } from "./features";

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
  const scores = scoresOf(view, question, asked);
  for (const doc of view.docs) if (!isLetThrough(doc)) scores[doc.place] = -Infinity;
  return best(view.docs, scores, most);
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
  has(traitsOf(question.text), "isQuestion") && speakerAsked(question.text, question) !== null;
