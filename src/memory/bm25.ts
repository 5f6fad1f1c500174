import type { View } from "./index";

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

/** BM25 of each message for these words (Robertson and Zaragoza 2009), by its place. */
export function scoreMessages(
  { docs, posting, idf, lengths, averageLength }: View,
  terms: Terms,
): Float64Array {
  const scores = new Float64Array(docs.length);
  for (const [term, weight] of terms) {
    const rarity = weight * (idf[term] ?? 0);
    const { places, counts } = posting(term);
    for (let i = 0; i < places.length; i++) {
      const place = places[i] ?? 0;
      const share = (lengths[place] ?? 0) / averageLength;
      scores[place] = (scores[place] ?? 0) + rarity * saturate(counts[i] ?? 0, share, B_MESSAGE);
    }
  }
  return scores;
}

/** BM25 of each session, as one text. */
export function scoreSessions(view: View, terms: Terms): Float64Array {
  const { idf, sessionLengths, averageSession } = view;
  const scores = new Float64Array(sessionLengths.length);
  for (const [term, weight] of terms) {
    const rarity = weight * (idf[term] ?? 0);
    countBySession(view, term).forEach((count, session) => {
      const share = (sessionLengths[session] ?? 0) / averageSession;
      scores[session] = (scores[session] ?? 0) + rarity * saturate(count, share, B_SESSION);
    });
  }
  return scores;
}

function countBySession({ posting, sessions }: View, term: number): Map<number, number> {
  const totals = new Map<number, number>();
  const { places, counts } = posting(term);
  for (let i = 0; i < places.length; i++) {
    const session = sessions[places[i] ?? 0] ?? 0;
    totals.set(session, (totals.get(session) ?? 0) + (counts[i] ?? 0));
  }
  return totals;
}

/** A message's own score with what its neighbours and its session lend it: an answer seldom repeats its question's words. */
export function spread(
  { sessions, lengths }: View,
  own: Float64Array,
  bySession: Float64Array,
): Float64Array {
  const scores = own.map((score, place) => score + SESSION_SHARE * (bySession[sessions[place] ?? 0] ?? 0));
  for (let place = 0; place < own.length; place++) {
    const score = own[place] ?? 0;
    if (score === 0) continue;
    const lent = score * Math.min(1, SHORT / (lengths[place] ?? 1));
    forNeighbours(sessions, place, NEIGHBOURS.length, (near, distance) => {
      scores[near] = (scores[near] ?? 0) + (NEIGHBOURS[distance - 1] ?? 0) * lent;
    });
  }
  return scores;
}

/** The messages of the same session up to so far away. */
export function forNeighbours(
  sessions: Int32Array,
  place: number,
  reach: number,
  visit: (near: number, distance: number) => void,
): void {
  const session = sessions[place];
  for (let distance = 1; distance <= reach && sessions[place - distance] === session; distance++)
    visit(place - distance, distance);
  for (let distance = 1; distance <= reach && sessions[place + distance] === session; distance++)
    visit(place + distance, distance);
}
