import { checkReply, REPLY_PATTERNS, type Between, type ReplyFault } from "./reply";

/** What is looked at together, and the most that is kept back. Characters (`SAFETY.md`, Output check). */
const WINDOW = 240;
const MOST_HELD = 80;

const SENTENCE_END = /[.!?…]["'”»)]?\s|[\n。！？]/g;

/** What a piece of a reply comes to: what of it may be shown, and the fault that ends the reply, if it has one. */
export type Passed = { text: string; fault: ReplyFault | null };

export type Gate = { push: (text: string) => Passed; end: () => Passed };

/** Lets everything through. */
const OPEN: Gate = { push: (text) => ({ text, fault: null }), end: () => ({ text: "", fault: null }) };

/**
 * The check of a reply while it is written: sentence by sentence, over a sliding window. With `hold` a sentence waits for its
 * check from the first word on that a refused phrase could have, for 80 characters at most; what comes before that word is
 * shown at once, so that the first word is not later for it. With `after` everything is shown at once, and a fault ends the
 * reply behind the sentence that has it.
 */
export function openGate(between: Between, output: "hold" | "after" | "off"): Gate {
  if (output === "off") return OPEN;
  let [shown, held] = ["", ""];
  /** What was looked at already, at the end of what is shown. */
  let unchecked = "";

  function check(): ReplyFault | null {
    const window = (shown + held).slice(-(WINDOW + held.length + unchecked.length));
    unchecked = "";
    return checkReply(window, between);
  }
  function release(count: number): string {
    const text = held.slice(0, count);
    shown = (shown + text).slice(-WINDOW);
    unchecked += text;
    held = held.slice(count);
    return text;
  }
  function fail(fault: ReplyFault, text = ""): Passed {
    held = "";
    return { text, fault };
  }

  return {
    push(text) {
      held += text;
      const early = output === "after" ? release(held.length) : "";
      const ended = lastEnd(unchecked + held) > 0;
      if (!ended && held.length < MOST_HELD) return { text: early + release(harmless(held)), fault: null };
      const fault = check();
      if (fault) return fail(fault, early);
      const sure = held.length >= MOST_HELD ? held.length : lastEnd(held);
      const first = release(sure);
      unchecked = "";
      return { text: early + first + release(harmless(held)), fault: null };
    },
    end() {
      const fault = check();
      return fault ? fail(fault) : { text: release(held.length), fault: null };
    },
  };
}

/** Behind the last end of a sentence; 0 where none has ended. */
function lastEnd(text: string): number {
  let end = 0;
  for (const match of text.matchAll(SENTENCE_END)) end = match.index + match[0].length;
  return end;
}

/** Words of the patterns that say nothing by themselves: no refused phrase is made of these alone. */
const SMALL = new Set(
  (
    "the you your yours are was were have has had will would can could not but for with and that this there then than them they " +
    "she her his him its our off out too very all any get got did does don't who how what when where ill'll " +
    "ich dich dir mich mir mein deine dein der die das den dem des ein eine einen einem einer ist sind war sei bin bist mit und " +
    "oder auf von aus bei wie was wer nicht noch doch denn auch nur schon hier bitte sich " +
    "los las una uno unos que por para con sin del sus tus mis estoy eres ser soy " +
    "les des une mon ton ton son mes tes ses est suis que qui pour avec sans par pas plus tout cette " +
    "uma uns umas dos das nos nas com sem por meu minha seu sua seus suas teu tua teus tuas sou voce"
  ).split(" "),
);
const EXTRA = ["ai", "ki", "ia", "kys", "死", "性"];

const literals = REPLY_PATTERNS.map(({ source }) => source.replace(/\\[a-z](?:\{[\d,]+\})?/g, " "));
const latin = literals.flatMap((text) => text.match(/[a-z]{3,}/g) ?? []).filter((word) => !SMALL.has(word));
const asian = literals.flatMap((text) => text.match(/[\p{Script=Han}\p{Script=Katakana}]+/gu) ?? []);
const STEMS = new Set([...latin, ...asian, ...EXTRA]);
const BEGINNINGS = new Set([...STEMS].flatMap((stem) => [...stem].map((_, at) => stem.slice(0, at + 1))));
const LONGEST = Math.max(...[...STEMS].map((stem) => stem.length));

const WORD = /[\p{Script=Han}\p{Script=Katakana}]+|[a-z0-9]+/gu;

/** How much of a text comes before the first word that a refused phrase may have, or that may become one. */
function harmless(text: string): number {
  const plain = plainForm(text);
  for (const { 0: word, index } of plain.matchAll(WORD)) {
    const isLast = index + word.length === plain.length;
    for (let at = 0; at < (/^[a-z0-9]/.test(word) ? 1 : word.length); at++) {
      if (begins(word.slice(at, at + LONGEST), isLast)) return index + at;
    }
  }
  return text.length;
}

function begins(word: string, isLast: boolean): boolean {
  for (let length = 1; length <= word.length; length++) if (STEMS.has(word.slice(0, length))) return true;
  return isLast && BEGINNINGS.has(word);
}

/** Small letters without accents, each in its own place. */
const plainForm = (text: string) =>
  Array.from({ length: text.length }, (_, at) => plainLetter(text.charAt(at))).join("");

function plainLetter(sign: string): string {
  if (sign <= "\u007f") return sign.toLowerCase();
  return sign.normalize("NFKD").charAt(0).toLowerCase() || sign;
}
