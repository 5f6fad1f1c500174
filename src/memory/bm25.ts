import { idfOf, type View } from "./index";
import type { Doc } from "./message";
import { countIn, placeIn } from "./vocabulary";

/** Words by their number, each with its weight. */
export type Terms = Map<number, number>;

const K1 = 1.2;
/** How much a message's length counts. */
const B_MESSAGE = 0.6;
const B_SESSION = 0.75;
/** What the neighbours of a message add to it, by their distance in its session. */
const NEIGHBOURS = [0.5, 0.3, 0.15];
/** A neighbour of more words than this lends less. */
const SHORT = 15;
const SESSION_SHARE = 0.1;

const saturate = (count: number, share: number, b: number) =>
  (count * (K1 + 1)) / (count + K1 * (1 - b + b * share));

/** Sums of such are the same in whatever order: what a memory answers must not depend on how it came to know it. */
const exact = (score: number) => Math.round(score * 2 ** 20) / 2 ** 20;

export const rarityOf = ({ docs, postings }: View, term: number) =>
  idfOf(postings[term]?.length ?? 0, docs.length);

/** BM25 of each message for these words (Robertson and Zaragoza 2009), by its place. */
export function scoreMessages(view: View, terms: Terms): Float64Array {
  const { docs, postings, averageLength } = view;
  const scores = new Float64Array(docs.length);
  for (const [term, weight] of terms) {
    const rarity = weight * rarityOf(view, term);
    for (const posted of postings[term] ?? []) {
      const place = placeIn(posted);
      const share = (docs[place]?.words.length ?? 0) / averageLength;
      scores[place] = (scores[place] ?? 0) + exact(rarity * saturate(countIn(posted), share, B_MESSAGE));
    }
  }
  return scores;
}

/** BM25 of each session, as one text. */
export function scoreSessions(view: View, terms: Terms): Float64Array {
  const { sessionLengths, averageSession } = view;
  const scores = new Float64Array(sessionLengths.length);
  for (const [term, weight] of terms) {
    const rarity = weight * rarityOf(view, term);
    countBySession(view, term).forEach((count, session) => {
      if (count === 0) return;
      const share = (sessionLengths[session] ?? 0) / averageSession;
      scores[session] = (scores[session] ?? 0) + exact(rarity * saturate(count, share, B_SESSION));
    });
  }
  return scores;
}

function countBySession({ postings, docs, sessionLengths }: View, term: number): Uint32Array {
  const totals = new Uint32Array(sessionLengths.length);
  for (const posted of postings[term] ?? []) {
    const session = docs[placeIn(posted)]?.session ?? 0;
    totals[session] = (totals[session] ?? 0) + countIn(posted);
  }
  return totals;
}

/** A message's own score with what its neighbours and its session lend it: an answer seldom repeats its question's words. */
export function spread({ docs }: View, own: Float64Array, bySession: Float64Array): Float64Array {
  const scores = Float64Array.from(own);
  for (const doc of docs) {
    const { place, session } = doc;
    const shared = bySession[session] ?? 0;
    if (shared > 0) scores[place] = (scores[place] ?? 0) + exact(SESSION_SHARE * shared);
    if ((own[place] ?? 0) > 0) lend(doc, own[place] ?? 0, scores);
  }
  return scores;
}

function lend(doc: Doc, score: number, scores: Float64Array): void {
  const lent = score * Math.min(1, SHORT / doc.words.length);
  forNeighbours(doc, NEIGHBOURS.length, (near, distance) => {
    scores[near] = (scores[near] ?? 0) + exact((NEIGHBOURS[distance - 1] ?? 0) * lent);
  });
}

/** The places of the messages of the same session up to so far away. */
export function forNeighbours(
  doc: Doc,
  reach: number,
  visit: (near: number, distance: number) => void,
): void {
  for (let [near, distance] = [doc.previous, 1]; near && distance <= reach; near = near.previous)
    visit(near.place, distance++);
  for (let [near, distance] = [doc.next, 1]; near && distance <= reach; near = near.next)
    visit(near.place, distance++);
}
