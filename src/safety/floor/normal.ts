/** Signs that stand for letters inside a word: `k1ll`, `w4nt`, `d!e`. */
const DISGUISES: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "!": "i",
  "@": "a",
  $: "s",
  "€": "e",
  "|": "l",
};
const DISGUISED = /[013457!@$€|]/g;
const VOWELS = ["i", "a", "e", "o", "u"] as const;

/** Cyrillic and Greek letters that look like Latin ones. */
const ALIKE: Record<string, string> = Object.fromEntries(
  [..."аaеeоoрpсcуyхxіiѕsјjԁdӏlкkмmтtвbнhαaεeιiκkνvοoρpτtυuχx"].reduce<[string, string][]>(
    (pairs, sign, at, all) => (at % 2 === 0 ? [...pairs, [sign, all[at + 1] ?? ""]] : pairs),
    [],
  ),
);

/** What nobody sees: joiners, direction marks, soft hyphens, variation selectors. */
const UNSEEN = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]|\ufe0e|\ufe0f/g;

/** A word longer than any that means something. */
const LONGEST_WORD = 40;

/** The form that was asked for last: what is heard of a message looks at the same text several times. */
let last = { text: "", form: "" };

/** Small letters without accents, in one form. Letters of every script stay. */
export function normalForm(text: string): string {
  if (last.text !== text) last = { text, form: formOf(text) };
  return last.form;
}

const formOf = (text: string) =>
  unmixed(
    text
      .toWellFormed()
      .normalize("NFKC")
      .replace(UNSEEN, "")
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .normalize("NFC")
      .replace(/[’‘`´ʼ]/g, "'")
      .replace(/\b(my|him|her|them) sel(?:f|ves)\b(?! (?:harm|injur|esteem|care|respect|worth))/g, "$1self")
      .replaceAll("ß", "ss")
      .replaceAll("ł", "l")
      .replaceAll("œ", "oe")
      .replaceAll("ı", "i"),
  );

/** Words of Latin letters and of others that look like them, as Latin ones. */
const unmixed = (text: string) =>
  FOREIGN.test(text) ? text.replace(/[a-z\u0370-\u04ff]{2,40}/g, latin) : text;

const FOREIGN = /[\u0370-\u04ff]/;

/** The sentences of a text in normal form; an end is a sign before a space, so that `d!e` stays a word. */
export const sentencesOf = (text: string) =>
  text.split(/[.!?…;]{1,9}[)"'”»]?(?=\s|$)|:[-']?[)(dp*]{1,9}(?=\s|$)|[\n。！？¿¡]/);

/** Katakana and hiragana are one; what Japanese writes for dying when it hides it. */
export const kana = (text: string) =>
  text
    .replace(/[\u30a1-\u30f6]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60))
    .replace(/たひ(?=に|ぬ|の|ん|ね)|氏(?=に|ぬ|の|ん|ね)|4(?=に|ぬ|の|ん|ね)/g, "死");

/** The words of one sentence, and `,` where one stands. */
export function tokensOf(sentence: string): string[] {
  const spaced = sentence
    .replace(/[,、]|:(?=\s)/g, " , ")
    .replace(/[-–—/\\_~"“”„«»()<>[\]{}+=^#&.?;:]/g, " ");
  return joinLetters(spaced.split(/\s/).map(trimmed).filter(Boolean));
}

const INNER = /[\p{L}\p{N}$@€,]/u;

/** A word without the signs around it; `*` and `!` within it stay. */
function trimmed(raw: string): string {
  const word = raw.slice(0, LONGEST_WORD);
  let from = 0;
  let to = word.length;
  while (from < to && !INNER.test(word[from] ?? "")) from += 1;
  while (to > from && !INNER.test(word[to - 1] ?? "")) to -= 1;
  return latin(word.slice(from, to));
}

/** `kill` with a Cyrillic `і` in it. Words of those scripts stay. */
const latin = (word: string) =>
  /[a-z]/.test(word) && /[\u0370-\u04ff]/.test(word)
    ? word.replace(/[\u0370-\u04ff]/g, (sign) => ALIKE[sign] ?? sign)
    : word;

/** `k i l l` is one word; three letters alone are the fewest that are read so. */
function joinLetters(words: string[]): string[] {
  const joined: string[] = [];
  let run: string[] = [];
  const flush = () => {
    if (run.length >= 3) joined.push(run.join(""));
    else joined.push(...run);
    run = [];
  };
  for (const word of words) {
    if (word !== "," && word.length === 1) run.push(word);
    else {
      flush();
      joined.push(word);
    }
  }
  flush();
  return joined;
}

/** How else an unknown word may be meant: undisguised, without its drawn-out letters, with a starred-out vowel. */
export function readings(word: string): string[] {
  const plain = word.replace(DISGUISED, (sign) => DISGUISES[sign] ?? sign);
  const short = plain.replace(/(.)\1{2,}/g, "$1");
  const two = plain.replace(/(.)\1{2,}/g, "$1$1");
  const umlaut = plain.replace(/([aou])e/g, "$1");
  const starred = /[*]/.test(word) ? VOWELS.map((vowel) => plain.replace(/[*]+/, vowel)) : [];
  return [...new Set([plain, short, two, umlaut, ...starred])].filter((reading) => reading !== word);
}

/** A word that is several written together (`iwanttodie`), as those that are known, or null. */
export function segmented(word: string, knows: (part: string) => boolean): string[] | null {
  const best: (string[] | null)[] = [[]];
  for (let to = 1; to <= word.length; to++) {
    best[to] = null;
    for (let from = Math.max(0, to - 10); from < to; from++) {
      const before = best[from];
      const part = word.slice(from, to);
      if (before && (part.length > 1 || part === "i") && knows(part)) best[to] ??= [...before, part];
    }
  }
  return best[word.length] ?? null;
}

/** Opening quotation marks, and what closes each. */
const QUOTES: Record<string, string> = { '"': '"', "“": "”", "«": "»", "„": "“", "「": "」", "『": "』" };
const LONGEST_QUOTE = 200;
/** Who quotes, says so close by. */
const NEAR = 60;

/** Fewer words than this around a quotation are none: it is what is said. Characters. */
const LEAST_AROUND = 12;
/** Fewer are an emphasis. Characters. */
const LEAST_QUOTED = 15;
/** Who quotes their own words. */
const SAYING =
  /\b(?:say|said|saying|told|tell|feel|think|thought|thinking|mean|wrote|texted|scream\w{0,3}|sag\w{0,3}|denk\w{0,2}|dachte|fuhl\w{0,2}|dig[oa]|dije|dice|pienso|pense|siento|dis|dit|pense|disse|digo|penso|sinto)\b|言|思|感/;

/**
 * Without what somebody else sang or wrote: what stands in quotation marks, with a word of `quoting` close by, or between other
 * words of which none says that it is the writer's own.
 */
export function withoutQuotes(text: string, quoting: RegExp): string {
  const kept: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const close = QUOTES[text[at] ?? ""];
    const length = close ? text.slice(at + 1, at + 1 + LONGEST_QUOTE).indexOf(close) : -1;
    if (length < 1) continue;
    const end = at + length + 2;
    const around = `${text.slice(Math.max(from, at - NEAR), at)} ${text.slice(end, end + NEAR)}`;
    if (
      quoting.test(around) ||
      (length >= LEAST_QUOTED && around.trim().length > LEAST_AROUND && !SAYING.test(around))
    ) {
      kept.push(text.slice(from, at), " … ");
      from = end;
    }
    at = end - 1;
  }
  return kept.join("") + text.slice(from);
}

/** Whether `before` ends, within `gap` signs, where `after` begins. Both are global. */
export function follows(text: string, before: RegExp, gap: number, after: RegExp): boolean {
  const starts = [...text.matchAll(after)].map(({ index }) => index);
  if (starts.length === 0) return false;
  const ends = [...text.matchAll(before)].map(({ index, 0: word }) => index + word.length);
  let next = 0;
  return ends.some((end) => {
    while ((starts[next] ?? Infinity) < end) next += 1;
    return (starts[next] ?? Infinity) - end <= gap;
  });
}
