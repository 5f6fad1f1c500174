import { describe, expect, it } from "vitest";

import { findFacts } from "../../src/memory/facts/extract";
import { SAID_LATER, SAID_OF_ONESELF, SAID_UNSEEN } from "./said-of-oneself";

type Line = { text: string; facts: [kind: string, words: string][] };

const linesOf = (said: string): Line[] =>
  said
    .trim()
    .split("\n")
    .map((line) => {
      const [text = "", facts = ""] = line.split(/ \| ?/);
      const known = facts.split(";").filter((fact) => fact.includes("="));
      return { text, facts: known.map((fact) => fact.trim().split("=") as [string, string]) };
    });

/** Kept without asking. Likes and dislikes are only suggested. */
const KEPT = new Set(["name", "kin", "pet", "home", "age", "work", "plan"]);

/** What is found, and whether a second reader found it, too. */
const found = (said: string) =>
  linesOf(said).flatMap(({ text, facts }) =>
    findFacts(text)
      .filter(({ kind }) => KEPT.has(kind))
      .map(({ kind, text: fact }) => ({
        kind,
        text,
        isRight: facts.some(([wanted, words]) => wanted === kind && fact.includes(words)),
      })),
  );
const wrongOf = (all: ReturnType<typeof found>) =>
  all.filter(({ isRight }) => !isRight).map(({ kind, text }) => `${kind}: ${text}`);

describe("facts by rule", () => {
  it("are right in at least 95 of 100, of a hundred and more that a second reader has read", () => {
    const all = found(SAID_OF_ONESELF);
    expect(all.length).toBeGreaterThanOrEqual(100);
    expect(wrongOf(all).length / all.length, wrongOf(all).join("\n")).toBeLessThanOrEqual(0.05);
  });

  it("are as right in what no rule has seen", () => {
    const all = found(SAID_LATER);
    expect(all.length).toBeGreaterThanOrEqual(40);
    expect(wrongOf(all).length / all.length, wrongOf(all).join("\n")).toBeLessThanOrEqual(0.05);
  });

  it("are all right in what was heard at the first look of a writer who knew no rule", () => {
    const all = found(SAID_UNSEEN);
    expect(all.length).toBeGreaterThanOrEqual(98);
    expect(wrongOf(all)).toEqual([]);
  });
});
