import type { CountTokens, Section } from "./section";

/** Of a long reply only the end is given: at most this part of the room, so that what it answers is in, too. */
const PART_OF_ROOM = 0.5;
/** And never less than this, or nobody could go on from it. Characters. */
const LEAST = 500;

/** What a reply that is begun says so far, as the persona's own last words: always in, at the very end. */
export const begunSection = (words: string): Section => ({
  name: "reply",
  whole: true,
  fit: (room, count) => ({
    messages: [{ role: "assistant", content: endWithin(PART_OF_ROOM * room, words, count) }],
  }),
});

/** The end of a text, in whole characters, that takes no more than so many tokens. */
function endWithin(tokens: number, words: string, count: CountTokens): string {
  let end = words;
  while (end.length > LEAST && count(end) > tokens) end = end.slice(Math.ceil(end.length / 8));
  return /^[\udc00-\udfff]/.test(end) ? end.slice(1) : end;
}
