import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";

import { readCard } from "../../src/personas/card";
import { filledIn } from "../../src/personas/macros";
import { lorebookSection, saidIn } from "../../src/prompt/lorebook";
import { patternOf } from "../../src/prompt/pattern";

type Fields = Record<string, unknown>;
const entry = (content: string, keys: string[], more: Fields = {}) => ({
  keys,
  content,
  extensions: {},
  enabled: true,
  insertion_order: 100,
  use_regex: false,
  ...more,
});

/** What a book tells when this was said, oldest first: always, and now. */
function told(entries: object[], said: string[], { book = {}, room = 10_000 } = {}) {
  const { book: lorebook } = readCard(JSON.stringify({ data: { character_book: { entries, ...book } } }));
  const messages = said.map((content, n) => ({ role: n % 2 ? "assistant" : "user", content }));
  const section = lorebookSection(lorebook!, (text) => text, saidIn(messages, null));
  const { system = "", note = "" } = section.fit(room, (text) => (text as string).length);
  const lines = (text: string) =>
    text
      .split("\n")
      .slice(1)
      .map((line) => (JSON.parse(line) as { lore: string }).lore);
  return { always: lines(system), now: lines(note) };
}

describe("a lorebook tells", () => {
  it("what the last messages name, whatever their case, and no more than was asked to be looked at", () => {
    const entries = [entry("Oil.", ["lamp"]), entry("Wet.", ["Sea"], { case_sensitive: true })];
    expect(told(entries, ["the LAMP and the sea"]).now).toEqual(["Oil."]);
    expect(told(entries, ["the lamp", "what?", "well", "so"]).now).toEqual([]);
    expect(told(entries, ["the lamp", "what?", "well", "so"], { book: { scan_depth: 4 } }).now).toEqual([
      "Oil.",
    ]);
    expect(told([entry("@@scan_depth 4\nOil.", ["lamp"])], ["lamp", "a", "b", "c"]).now).toEqual(["Oil."]);
  });

  it("what is constant always, in the order it asks for, apart from what comes and goes", () => {
    const entries = [
      entry("second", [], { constant: true, insertion_order: 2 }),
      entry("first", [], { constant: true, insertion_order: 1 }),
      entry("off", [], { constant: true, enabled: false }),
      entry("woken", ["x"]),
    ];
    expect(told(entries, ["x"])).toEqual({ always: ["first", "second"], now: ["woken"] });
  });

  it.each([
    ["any of the second keys", {}, "a c", true],
    ["none of the second keys", {}, "a", false],
    ["second keys that are not meant", { selective: false }, "a", true],
    ["all of them asked for, one there", { extensions: { selectiveLogic: 3 } }, "a b", false],
    ["all of them asked for and there", { extensions: { selectiveLogic: 3 } }, "a b c", true],
    ["one of them that must not be", { extensions: { selectiveLogic: 2 } }, "a c", false],
    ["not all of them", { extensions: { selectiveLogic: 1 } }, "a c", true],
  ])("by second keys: %s", (_, more, said, isIn) => {
    const one = entry("in", ["a"], { selective: true, secondary_keys: ["b", "c"], ...more });
    expect(told([one], [said]).now).toEqual(isIn ? ["in"] : []);
  });

  it("by the decorators that stand before a content, which are no part of it", () => {
    const of = (content: string) => told([entry(content, ["a"])], ["a b"]).now;
    expect(of("@@exclude_keys b\nx")).toEqual([]);
    expect(of("@@additional_keys z\nx")).toEqual([]);
    expect(of("@@dont_activate\nx")).toEqual([]);
    expect(of("@@activate_only_after 3\nx")).toEqual([]);
    expect(of("@@nobody_knows 1\n@@@exclude_keys b\nx")).toEqual([]);
    expect(of("@@depth 3\n@@@exclude_keys b\n\nx")).toEqual(["x"]);
    expect(told([entry("@@activate\nx", [])], []).always).toEqual(["x"]);
  });

  it("what matters most, where there is no room for all of it", () => {
    const entries = ["low", "top", "mid"].map((word, n) =>
      entry(word.repeat(10), ["a"], { priority: [1, 9, 5][n], insertion_order: n }),
    );
    expect(told(entries, ["a"], { book: { token_budget: 60 } }).now).toEqual([
      "top".repeat(10),
      "mid".repeat(10),
    ]);
    expect(told(entries, ["a"], { room: 120 }).now).toEqual(["top".repeat(10)]);
    expect(told(entries, ["a"], { room: -5 }).now).toEqual([]);
  });

  it("what other entries name only where the book says so", () => {
    const entries = [entry("the lamp", ["house"]), entry("the oil", ["lamp"])];
    expect(told(entries, ["house"], { book: { recursive_scanning: true } }).now).toEqual([
      "the lamp",
      "the oil",
    ]);
    expect(told(entries, ["house"]).now).toEqual(["the lamp"]);
  });

  it("by patterns, and by none that is not understood", () => {
    const by = (key: string) => told([entry("in", [key], { use_regex: true })], ["Room 101 is free"]).now;
    expect(by("room \\d{3}")).toEqual(["in"]);
    expect(by("/^ROOM/i")).toEqual(["in"]);
    expect(by("/^ROOM/")).toEqual([]);
    expect(by("room (?=\\d)")).toEqual([]);
    expect(by("(r)oom \\1")).toEqual([]);
  });
});

describe("a pattern", () => {
  const atom = fc.constantFrom(
    "a",
    "b",
    ".",
    "[ab]",
    "[^a]",
    "\\w",
    "\\d",
    "\\b",
    "^",
    "$",
    "(a|b)",
    "(?:ab)",
    "c",
  );
  const quantified = fc
    .tuple(atom, fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,2}", "{0,}", "*?"))
    .map(([one, times]) => (/^(\\b|\^|\$)$/.test(one) ? one : one + times));
  const pattern = fc.array(quantified, { maxLength: 6 }).map((parts) => parts.join(""));
  const either = fc.oneof(
    pattern,
    fc.tuple(pattern, pattern).map(([a, b]) => `${a}|${b}`),
  );
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c", " ", "1", "A"), maxLength: 12 });

  test.prop([either, text, fc.boolean()], { numRuns: 3000 })(
    "finds what JavaScript finds",
    (body, said, cased) => {
      const found = patternOf(body, cased)!(said);
      expect(found).toBe(new RegExp(body, cased ? "" : "i").test(said));
    },
  );

  it("takes no longer for being malicious: each of its steps looks at each sign once", () => {
    const found = patternOf("(a*)*(a|aa)+(a+)+$", true)!;
    expect(found(`${"a".repeat(20_000)}b`)).toBe(false);
  });

  it.each([
    "(",
    "[",
    "a{9999}",
    "((((((((((((((((((((((a))))))))))))))))))))))",
    "*",
    "\\k<x>",
    "(?<!a)b",
    "a{200}{200}",
  ])("of %s is not understood", (body) => expect(patternOf(body, true)).toBeNull());
});

describe("macros", () => {
  it("stand for those who speak, and nothing that is filled in is read again", () => {
    const names = { char: "{{user}}", user: "$&" };
    expect(filledIn("{{char}} <BOT> {{ User }} {{// note}}{{nobody:knows}}", names)).toBe(
      "{{user}} {{user}} $& {{nobody:knows}}",
    );
  });

  it("are drawn the same each time", () => {
    const text = "{{random:a,b\\,c,d}} {{pick::x,y}} {{roll:d6}} {{reverse:abc}}";
    const drawn = filledIn(text, { char: "A", user: "B" });
    expect(drawn).toMatch(/^(a|b,c|d) [xy] [1-6] cba$/);
    expect(filledIn(text, { char: "A", user: "B" })).toBe(drawn);
  });
});
