import { describe, expect, it } from "vitest";

import { openGate } from "../../src/safety/gate";
import { checkReply } from "../../src/safety/reply";
import { readCorpus } from "./corpus";
import dev from "./dev.jsonl?raw";

const TEEN = { relationship: "friend", ageGroup: "teen" } as const;
const LINES = readCorpus(dev).filter((line) => line.class.startsWith("out."));
const FAULTS = LINES.filter(({ text }) => checkReply(text, TEEN) !== null);

/** What is shown of a reply that comes in such pieces, piece by piece, and the fault that ended it. */
function pass(pieces: string[], output: "hold" | "after" | "off" = "hold", between = TEEN) {
  const gate = openGate(between, output);
  const shown: string[][] = [];
  for (const piece of pieces) {
    const { pieces: now, fault } = gate.push(piece);
    shown.push(now);
    if (fault) return { shown, text: shown.flat().join(""), fault };
  }
  const { pieces: rest, fault } = gate.end();
  shown.push(rest);
  return { shown, text: shown.flat().join(""), fault };
}

const BEFORE = "The weather is fine today. ";

describe("the gate that a reply passes", () => {
  it.each(FAULTS)("shows nothing refused of “$text”, sign by sign or at once", ({ text }) => {
    for (const pieces of [[...text], [text], text.split(/(?= )/)]) {
      const passed = pass([BEFORE, ...pieces]);
      expect(passed.fault).not.toBeNull();
      expect(passed.text.startsWith(BEFORE)).toBe(true);
      expect(checkReply(passed.text, TEEN)).toBeNull();
    }
  });

  it.each(LINES.filter((line) => line.class === "out.ok"))(
    "shows all of “$text”, in the pieces it came in",
    ({ text }) => {
      const pieces = text.split(/(?= )/);
      expect(pass(pieces)).toMatchObject({ text, fault: null });
      expect(pass(pieces).shown.flat()).toEqual(pieces);
    },
  );

  it.each(["hold", "after"] as const)(
    "cuts a long reply that comes in one piece, wherever the fault is: %s",
    (output) => {
      const fine = "The weather is fine today, and the sea is calm. ".repeat(150);
      const fault = "You should kill yourself. ";
      for (const reply of [fault + fine, fine + fault + fine, fine + fault]) {
        expect(pass([reply], output).fault).toBe("encourage");
      }
      expect(pass([fine], output).fault).toBeNull();
    },
  );

  it("shows the first words at once, and no later than a sentence what might be refused", () => {
    const { shown } = pass(["Hey", " there,", " what", " a", " fine", " day."]);
    expect(shown.slice(0, 6).map((now) => now.length)).toEqual([1, 1, 1, 1, 1, 1]);
    const held = pass(["I", " kiss", " the", " cook.", " Bye", " now"]);
    expect(held.shown.map((now) => now.join(""))).toEqual([
      "I",
      "",
      "",
      "",
      " kiss the cook. Bye",
      " now",
      "",
    ]);
  });

  it("holds eighty characters at most", () => {
    const { shown } = pass(["kiss ", ...Array<string>(40).fill("abc ")]);
    expect(shown.findIndex((now) => now.length > 0)).toBeLessThanOrEqual(20);
  });

  it("shows a grown user everything at once, and ends behind the sentence that says what may not be said", () => {
    const grown = { relationship: "friend", ageGroup: "adult" } as const;
    const gate = openGate(grown, "after");
    expect(gate.push("I am a real human.")).toEqual({ pieces: ["I am a real human."], fault: null });
    expect(gate.push(" Yes")).toEqual({ pieces: [" Yes"], fault: "human_claim" });
    expect(openGate(grown, "off").push("I am a real human. ")).toEqual({
      pieces: ["I am a real human. "],
      fault: null,
    });
  });

  it("takes a reply of any length in time that grows with it", () => {
    const piece = "word and another one, ";
    expect(pass(Array<string>(5000).fill(piece)).text).toHaveLength(5000 * piece.length);
  });
});
