import type { Doc } from "./message";

/** The few with the highest scores, best first; of equals the newest. */
export function best(docs: readonly Doc[], scores: Float64Array, count: number): Doc[] {
  const least = leastOf(scores, count);
  const found: Doc[] = [];
  for (let place = 0; place < scores.length; place++)
    if ((scores[place] ?? 0) >= least && scores[place] !== -Infinity) found.push(docs[place] as Doc);
  const scoreAt = ({ place }: Doc) => scores[place] ?? 0;
  return found.toSorted((a, b) => scoreAt(b) - scoreAt(a) || b.id - a.id).slice(0, count);
}

/** The score that so many reach. */
function leastOf(scores: Float64Array, count: number): number {
  if (scores.length <= count) return -Infinity;
  let [some, size, least] = [new Float64Array(8 * count), 0, -Infinity];
  for (const score of scores) {
    if (score <= least) continue;
    some[size++] = score;
    if (size < some.length) continue;
    some.set(some.toSorted().subarray(some.length - count));
    [size, least] = [count, some[0] ?? least];
  }
  return size < count ? -Infinity : Math.max(least, some.subarray(0, size).toSorted()[size - count] ?? least);
}

/** Never 0: what is divided by it stays what it is where there is none. */
export function maximum(scores: Float64Array): number {
  let most = 0;
  for (const score of scores) if (score > most) most = score;
  return most || 1;
}
