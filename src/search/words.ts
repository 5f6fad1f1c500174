/*
 * Texts as the words that are searched for. Scripts that put spaces between words give words; those that do not (and Hangul,
 * whose particles stick to their words) give one word for each sign, so that any run of them is found as a phrase. What is
 * stored and what is asked pass through here alike: what is equal here is equal to whoever searches.
 */

/** A word in its normal form, and where it stands in the text: from and to, in UTF-16 code units. */
export type Word = { word: string; from: number; to: number };

/** Of these scripts every sign is a word, with the marks of voicing that belong to it. */
const DENSE =
  "\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Bopo}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}\\p{sc=Tibt}\\p{sc=Java}\\p{sc=Yiii}";
const RUN = /[\p{L}\p{N}\p{M}\p{Co}]+|\p{Extended_Pictographic}/gu;
const HAS_DENSE = new RegExp(`[${DENSE}]`, "u");
const PART = new RegExp(`[${DENSE}][\\u3099\\u309a\\uff9e\\uff9f]*|[^${DENSE}]+`, "gu");

/** Longer words (keys, addresses, data) are searched for by their beginning. UTF-16 code units. */
const MAX_WORD = 64;
/** Marks over letters are left out where they are a matter of spelling, not where they are vowels. */
const MARKS = /(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}])\p{Mn}+/gu;

/** A text in the form in which words are compared: case, width, ligatures and accents make no difference. */
const normal = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(MARKS, "")
    .normalize("NFC")
    .replace(/ß/g, "ss")
    .replace(/ς/g, "σ")
    .replace(/\u0640/g, "");

const ASCII = /^[\da-z]+$/i;

/** The words of a text, in order. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (ASCII.test(run)) words.push(plain(run, index));
    else for (const part of partsOf(run, index)) words.push(...formsOf(part));
  }
  return words;
}

const plain = (run: string, from: number): Word => ({
  word: run.slice(0, MAX_WORD).toLowerCase(),
  from,
  to: from + run.length,
});

type Part = { part: string; from: number };

/** A run of letters as it is cut where a script begins or ends that puts no spaces. */
function partsOf(run: string, from: number): Part[] {
  if (!HAS_DENSE.test(run)) return [{ part: run, from }];
  return Array.from(run.matchAll(PART), ({ 0: part, index }) => ({ part, from: from + index }));
}

/** What words came to, of those met last: languages repeat themselves. */
const known = new Map<string, string[]>();
const MAX_KNOWN = 20_000;

/** The words that a part comes to: normal forms can fall apart once more (`½` becomes two numbers). */
function formsOf({ part, from }: Part): Word[] {
  let forms = known.get(part);
  if (!forms) {
    const runs = normal(part).match(RUN) ?? [];
    forms = runs.flatMap((run) => partsOf(run, 0).map((each) => each.part.slice(0, MAX_WORD)));
    if (known.size >= MAX_KNOWN) known.clear();
    if (part.length <= MAX_WORD) known.set(part, forms);
  }
  return forms.map((word) => ({ word, from, to: from + part.length }));
}
