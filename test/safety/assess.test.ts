import { describe, expect, it } from "vitest";

import { assess, listen } from "../../src/safety/assess";
import { ordinaryChat } from "./chat";
import { countsOf, readCorpus, type Line } from "./corpus";
import dev from "./dev.jsonl?raw";
import paraphrases from "./paraphrases.jsonl?raw";

/** Of the lines of these classes, the share that the floor hears as `code`; the others by class, for a failing test to show. */
function heard(lines: Line[], code: string | null) {
  const missed = lines.filter(({ text }) => assess(text).code !== code);
  return { share: 1 - missed.length / lines.length, missed: countsOf(missed) };
}

const DEV = readCorpus(dev);
const PARAPHRASES = readCorpus(paraphrases);
const of = (lines: Line[], begins: RegExp) => lines.filter((line) => begins.test(line.class));
const HARMLESS = /^(?:benign|affection|age|distress|history|romance)/;

describe("the safety floor", () => {
  it("hears every crisis and every concern of the development lines", () => {
    expect(heard(of(DEV, /^crisis/), "crisis")).toEqual({ share: 1, missed: {} });
    expect(heard(of(DEV, /^concern/), "concern")).toEqual({ share: 1, missed: {} });
  });

  it("is silent at 99 of 100 lines that only sound like danger", () => {
    const { share, missed } = heard(of(DEV, HARMLESS), null);
    expect({ missed, enough: share >= 0.99 }).toMatchObject({ enough: true });
  });

  it("hears what is said in other words, and stays silent at idioms, stories and denials of other words", () => {
    const crisis = heard(of(PARAPHRASES, /^crisis/), "crisis");
    const concern = heard(of(PARAPHRASES, /^concern/), "concern");
    const eating = heard(of(PARAPHRASES, /^eating/), "eating_disorder");
    const benign = heard(of(PARAPHRASES, /^benign/), null);
    const enough = [crisis.share >= 0.97, concern.share >= 0.95, eating.share >= 0.95, benign.share >= 0.98];
    expect({ enough, crisis, concern, eating, benign }).toMatchObject({ enough: [true, true, true, true] });
  });

  it("takes at most 20 of 20,000 turns of ordinary chat for a danger", () => {
    const alarms = ordinaryChat(20_000, 12).filter(({ text }) => assess(text).code !== null);
    expect({
      few: alarms.length <= 20,
      alarms: alarms.slice(0, 5),
    }).toMatchObject({ few: true });
  });

  it.each([
    "I want to k i l l myself",
    "i w a n t t o d i e",
    "i w4nt to d1e",
    "I want to k*ll myself",
    "I wаnt tо diе",
    "I want\nto kill\nmyself",
    "Ｉ ｗａｎｔ ｔｏ ｄｉｅ",
    "I wa\u200bnt to d\u00adie",
    "i wanna unalive myself",
    "im gonna killmyself",
    "I want to dieeeee",
    "l want to kill my self",
    "ich moechte sterben",
    "kiero morir",
    "シニタイ",
  ])("hears through a disguise: %s", (text) => {
    expect(assess(text).code).toBe("crisis");
  });

  it("tells a danger now from a wish not to live, and a worry from an attempt", () => {
    expect(assess("I'm going to kill myself tonight")).toMatchObject({ code: "crisis", level: "high" });
    expect(assess("I wish I had never been born")).toEqual({
      code: "crisis",
      level: "low",
      classes: ["crisis.passive"],
    });
    expect(assess("My friend wants to die")).toMatchObject({ code: "concern", level: "low" });
    expect(assess("My brother tried to kill himself last night")).toMatchObject({
      code: "concern",
      level: "high",
    });
    expect(assess("Nice weather today")).toEqual({ code: null, level: null, classes: [] });
  });

  it("hears the user's own danger behind a denial, a joke and somebody else's", () => {
    expect(assess("I'm not suicidal most days, but today I want to die").code).toBe("crisis");
    expect(assess("I'm not joking, I want to kill myself").code).toBe("crisis");
    expect(assess("My friend died last year. I want to kill myself.").code).toBe("crisis");
  });

  it("hears a danger at the end of a text of any length", () => {
    const long = "We went for a walk and had ice cream. ".repeat(2000);
    expect(assess(`${long} I want to die.`).code).toBe("crisis");
  });

  it("tells the language it heard a danger in", () => {
    expect(listen("Ich will sterben").locale).toBe("de");
    expect(listen("Je veux mourir").locale).toBe("fr");
    expect(listen("もう死にたい").locale).toBe("ja");
    expect(listen("hello").locale).toBeNull();
  });
});
