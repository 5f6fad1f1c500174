import { checkReply, MOST_READ, type Between, type ReplyFault } from "./reply";
import { mayFault } from "./gate-words";

/** What is looked at together, and the most that is kept back. Characters (`SAFETY.md`, Output check). */
const WINDOW = 240;
const MOST_HELD = 80;

const SENTENCE_END = /[.!?…]["'”»)]?\s|[\n。！？]/g;

/** What has come of a reply: which of its pieces may be shown now, and the fault that ends it, if it has one. */
export type Passed = { pieces: string[]; fault: ReplyFault | null };

export type Gate = { push: (piece: string) => Passed; end: () => Passed };

/** Lets everything through. */
const OPEN: Gate = {
  push: (piece) => ({ pieces: [piece], fault: null }),
  end: () => ({ pieces: [], fault: null }),
};

/**
 * The check of a reply while it is written: sentence by sentence, over a sliding window. With `hold` a sentence waits for its
 * check from the first word on that a refused phrase may have, for about 80 characters at most; what comes before is shown
 * at once, so that the first word is seldom later for it. With `after` everything is shown at once, and a fault ends the
 * reply behind the sentence that has it. The pieces stay as they came.
 */
export function openGate(between: Between, output: "hold" | "after" | "off"): Gate {
  if (output === "off") return OPEN;
  let shown = "";
  let held: string[] = [];
  /** How much of the end of what is shown was not looked at yet. */
  let unchecked = 0;
  const waiting = () => held.join("");

  /** Shows the first pieces, as far as so many characters hold them whole. */
  function release(characters: number): string[] {
    let room = characters;
    const stop = held.findIndex((piece) => (room -= piece.length) < 0);
    const pieces = held.splice(0, stop === -1 ? held.length : stop);
    const text = pieces.join("");
    unchecked += text.length;
    shown = (shown + text).slice(-Math.max(WINDOW, unchecked));
    return pieces;
  }
  function check(): ReplyFault | null {
    const fault = faultIn(shown.slice(-(WINDOW + unchecked)) + waiting(), between);
    unchecked = 0;
    if (fault) held = [];
    return fault;
  }
  const harmless = () => (output === "after" ? Infinity : mayFault(waiting(), shown));

  return {
    push(piece) {
      held.push(piece);
      const early = release(harmless());
      const text = waiting();
      const ended = lastEnd(shown.slice(shown.length - unchecked) + text) > 0;
      if (!ended && text.length < MOST_HELD) return { pieces: early, fault: null };
      const fault = check();
      if (fault) return { pieces: early, fault };
      const sure = release(text.length < MOST_HELD ? lastEnd(text) : Infinity);
      unchecked = 0;
      return { pieces: [...early, ...sure, ...release(harmless())], fault: null };
    },
    end() {
      const fault = check();
      return { pieces: release(Infinity), fault };
    },
  };
}

/** The first fault of a text of any length: a piece may be a whole reply. */
function faultIn(text: string, between: Between): ReplyFault | null {
  for (let start = 0; start === 0 || start + WINDOW < text.length; start += MOST_READ - WINDOW) {
    const fault = checkReply(text.slice(start, start + MOST_READ), between);
    if (fault) return fault;
  }
  return null;
}

/** Behind the last end of a sentence; 0 where none has ended. */
function lastEnd(text: string): number {
  let end = 0;
  for (const match of text.matchAll(SENTENCE_END)) end = match.index + match[0].length;
  return end;
}
