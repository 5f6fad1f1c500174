import { describe, expect, it } from "vitest";

import { findFacts } from "../../src/memory/facts/extract";
import { SAID_OF_ONESELF } from "./said-of-oneself";

type Line = { text: string; facts: [kind: string, words: string][] };

const lines: Line[] = SAID_OF_ONESELF.trim()
  .split("\n")
  .map((line) => {
    const [text = "", facts = ""] = line.split(/ \| ?/);
    return {
      text,
      facts: facts
        .split(";")
        .filter((fact) => fact.includes("="))
        .map((fact) => fact.trim().split("=") as [string, string]),
    };
  });

/** Kept without asking. Likes and dislikes are only suggested. */
const KEPT = ["name", "kin", "pet", "home", "age", "work", "plan"];

const found = lines.flatMap(({ text, facts }) =>
  findFacts(text)
    .filter(({ kind }) => KEPT.includes(kind))
    .map(({ kind, text: fact }) => ({
      kind,
      text,
      isRight: facts.some(([wanted, words]) => wanted === kind && fact.includes(words)),
    })),
);

describe("facts by rule", () => {
  it("are right in at least 95 of 100, of a hundred and more that a second reader has read", () => {
    const wrong = found.filter(({ isRight }) => !isRight).map(({ kind, text }) => `${kind}: ${text}`);
    expect(found.length).toBeGreaterThanOrEqual(100);
    expect(wrong.length / found.length, wrong.join("\n")).toBeLessThanOrEqual(0.05);
  });
});
