import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { rangesIn, readQuery } from "../../src/search/query";
import { snippetOf } from "../../src/search/snippet";
import { wordsOf } from "../../src/search/words";

const forms = (text: string) => wordsOf(text).map(({ word }) => word);
const isFound = (q: string, text: string) => rangesIn(readQuery(q), text) !== null;

describe("words", () => {
  it.each([
    ["Don't STOP, Straße!", ["don", "t", "stop", "strasse"]],
    ["Çà et là, naïve", ["ca", "et", "la", "naive"]],
    ["我在上海", ["我", "在", "上", "海"]],
    ["iPhone手机15", ["iphone", "手", "机", "15"]],
    ["ｶﾞｷﾞ がｶ", ["ガ", "ギ", "が", "カ"]],
    ["Ёжик Σοφός", ["ежик", "σοφοσ"]],
    ["مُحَمَّد", ["محمد"]],
    ["हिन्दी में", ["हिन्दी", "में"]],
    ["학교에서", ["학", "교", "에", "서"]],
    ["ไทย", ["ไ", "ท", "ย"]],
    ["a🙂b", ["a", "🙂", "b"]],
    ["½ ﬁn", ["1", "2", "fin"]],
    ["… — ?!", []],
  ])("of %j are compared without case, width and accents", (text, words) => {
    expect(forms(text)).toEqual(words);
  });

  it("stand where they are in the text, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        let end = 0;
        for (const { from, to } of wordsOf(text)) {
          expect(to).toBeGreaterThan(from);
          expect(from >= end || to === end).toBe(true);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a query", () => {
  it.each([
    ["sea summer", "The summer by the sea", true],
    ["sea summer", "The sea", false],
    ['"the sea"', "by the sea", true],
    ['"sea the"', "by the sea", false],
    ["summ", "last summer", true],
    ["summ sea", "summer at sea", false],
    ["summ* sea", "summer at sea", true],
    ['"summ"', "summer", false],
    ["e", "every", false],
    ["海", "上海", true],
    ["海上", "上海", false],
    ["东京 大学", "大学在东京", true],
    ["교", "학교에서", true],
    ["don't", "I don't know", true],
    ["don't", "t don", false],
  ])("%j finds in %j: %s", (q, text, found) => {
    expect(isFound(q, text)).toBe(found);
  });

  it("of nothing that a text could say asks for nothing", () => {
    expect(readQuery('?! "" *')).toEqual([]);
  });
});

describe("a snippet", () => {
  const text = `${"before ".repeat(100)}the sea in summer, the sea again ${"after ".repeat(100)}`;

  it("shows what was found, cut between words, with its places in the snippet", () => {
    const snippet = snippetOf(text, rangesIn(readQuery('"the sea"'), text) ?? []);
    expect(snippet.text).toMatch(/^…before .*after…$/);
    expect(snippet.text.length).toBeLessThan(250);
    expect(snippet.highlights.map(([from, to]) => snippet.text.slice(from, to))).toEqual([
      "the sea",
      "the sea",
    ]);
  });

  it("of a short text is all of it", () => {
    expect(snippetOf("By the sea.", [[7, 10]])).toEqual({ text: "By the sea.", highlights: [[7, 10]] });
  });
});
