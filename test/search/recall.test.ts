import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";

import { messageId } from "../../src/db/messages";
import { readQuery } from "../../src/search/query";
import { openIndexStore, type IndexStore, type SearchCursor } from "../../src/search/store";

/** Letters of eight scripts, small enough that words meet again; the last four put no spaces. */
const SCRIPTS = {
  latin: "abdeiorst",
  cyrillic: "абвеиорст",
  greek: "αβγδεικλμ",
  arabic: "ابتدرسلمن",
  han: "我在上海看见大山水的",
  kana: "あいうえかきくけサシス",
  thai: "กขคงจชดตท",
  hangul: "가나다라마바사아자",
};
const DENSE = new Set(["han", "kana", "thai", "hangul"]);
type Script = keyof typeof SCRIPTS;
const NAMES = Object.keys(SCRIPTS) as Script[];

/** Reproducible chance (Numerical Recipes' linear congruential generator). */
function chance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}
const random = chance(20_261_128);
const wordOf = (script: Script) =>
  Array.from({ length: 1 + random(4) }, () => [...SCRIPTS[script]][random([...SCRIPTS[script]].length)]).join(
    "",
  );

type Text = { script: Script; words: string[]; text: string };
function newText(): Text {
  const script = NAMES[random(NAMES.length)]!;
  const words = Array.from({ length: 3 + random(10) }, () => wordOf(script));
  return { script, words, text: words.join(DENSE.has(script) ? "" : [" ", ", ", " - "][random(3)]) };
}

/** What a reader would say: of scripts with spaces the words stand in it whole, of others the signs stand in it together. */
const scan = (texts: Text[], script: Script, words: string[], isPrefix: boolean) =>
  texts.flatMap((each, i) => {
    if (each.script !== script) return [];
    if (DENSE.has(script)) return each.text.includes(words.join("")) ? [i + 1] : [];
    const [all, wanted] = [` ${each.words.join(" ")} `, ` ${words.join(" ")}${isPrefix ? "" : " "}`];
    return all.includes(wanted) ? [i + 1] : [];
  });

function findAll(store: IndexStore, q: string): number[] {
  const ids: number[] = [];
  let after: SearchCursor | undefined;
  for (;;) {
    const found = store.find({ terms: readQuery(q), limit: 100, after });
    ids.push(...found.ids);
    if (!found.next) return ids.map((id) => id - messageId(1, 0)).toSorted((a, b) => a - b);
    after = found.next;
  }
}

it("finds all that a plain scan of 10,000 texts of eight scripts finds, once each, and nothing else", async () => {
  const texts = Array.from({ length: 10_000 }, newText);
  await runInDurableObject(env.SEARCH.get(env.SEARCH.idFromName("recall")), (_, { storage }) => {
    const store = openIndexStore(storage.sql);
    for (let at = 0; at < texts.length; at += 1000) {
      const some = texts.slice(at, at + 1000);
      store.put(
        some.map(({ text }, i) => ({ id: messageId(1, at + i + 1), role: "user", at: 0, bytes: 0, text })),
      );
    }
    let most = 0;
    for (let i = 0; i < 160; i++) {
      const { script, words } = texts[random(texts.length)]!;
      const from = random(words.length);
      const wanted = words.slice(from, from + 1 + (i % 3));
      const last = wanted.at(-1)!;
      const isPrefix = i % 2 === 0 && [...last].length > 2 && !DENSE.has(script);
      if (isPrefix) wanted.splice(-1, 1, last.slice(0, -1));
      const phrase = DENSE.has(script) ? wanted.join("") : wanted.join("-");
      const found = findAll(store, isPrefix ? phrase : `"${phrase}"`);
      const expected = scan(texts, script, wanted, isPrefix);
      expect(found, phrase).toEqual(expected);
      expect(found.length).toBeGreaterThan(0);
      most = Math.max(most, found.length);
    }
    expect(most, "more than are ranked together").toBeGreaterThan(500);
  });
});
