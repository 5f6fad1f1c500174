import { standsFor } from "./same-words";

/** The words by which a text is found again: folded, stemmed where the script is Latin, pairs of signs where nothing divides them. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [run] of fold(text).matchAll(RUNS)) {
    if (HAN.test(run)) words.push(...signs(run), ...pairs(run));
    else if (UNDIVIDED.test(run)) words.push(...pairs(run));
    else words.push(stem(standsFor(run) ?? run));
  }
  return words;
}

/** The words of a question that can tell one message from another. */
export const contentWordsOf = (text: string): string[] => wordsOf(text).filter((word) => !STOP.has(word));

/** Of whom a note speaks says nothing. */
const NOTED = /^(?:user|person)$/;
/** What a note about the user says, each word once. */
export const wordsIn = (text: string): Set<string> =>
  new Set(contentWordsOf(text).filter((word) => !NOTED.test(word)));

/** Compatible forms are one, case and the marks of Latin letters are none. */
const fold = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’](?:s|ll|re|ve|d|m|t)\b/g, "")
    .replace(/ß/g, "ss");

/** A run is of one kind of script: Japanese changes from one to another where its words do. */
const RUNS =
  /\p{Script=Han}+|[\p{Script=Hiragana}]+|[\p{Script=Katakana}ー]+|[\p{Script=Thai}\p{M}]+|\p{Script=Khmer}+|\p{Script=Lao}+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}])[\p{L}\p{N}\p{M}])+/gu;
const HAN = /^\p{Script=Han}/u;
const UNDIVIDED = /^[\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

/** A sign of Han is often a word of its own: a cat, a dog, the sea. */
const signs = (run: string) => [...run];

function pairs(run: string): string[] {
  const all = [...run];
  if (all.length === 1) return HAN.test(run) ? [] : all;
  return all.slice(1).map((sign, i) => `${all[i] ?? ""}${sign}`);
}

const LATIN = /^[a-z]+$/;

/** A light stemmer of English: plurals, past and progress. What it does to another language it does to question and answer. */
export function stem(word: string): string {
  if (word.length < 4 || !LATIN.test(word)) return word;
  const singular = word
    .replace(/(ss|[xz]|ch|sh)es$/, "$1")
    .replace(/ies$/, "y")
    .replace(/(?<![suis])s$/, "");
  const bare = singular.replace(/(?<=[aeiouy].*[^aeiou]{1,3}|[aeiouy]{2,})(?:ed|ing)$/, "");
  return bare === singular
    ? singular.replace(/(?<=..[^aeiou])e$/, "")
    : bare
        .replace(/([bdgmnprt])\1$/, "$1")
        .replace(/(?<=..)i$/, "y")
        .replace(/(?<=..[^aeiou])e$/, "");
}

/** Words that are in most messages, in their stemmed form. */
const STOP = new Set(
  [
    "a an the and or but if then so than that this these those there here it its is am are was were be been being",
    "do does did done have has had having will would shall should can could may might must of in on at to from by with",
    "for about as into out up down over under again i me my mine we us our you your he him his she her they them their",
    "what which who whom whose when where why how not no yes just also very really too some any all both each ever",
    "remember tell told say said know think thing name called please did",
    "der die das den dem des ein eine einen einem einer eines und oder aber wenn dann dass ist bin bist sind war waren",
    "wird werden hat habe hast haben hatte ich mich mir mein meine meinen meinem meiner du dich dir dein deine er sie es",
    "ihn ihm ihr uns unser wir was wer wie wo wann warum welche welcher welches nicht kein keine auch noch schon mal nur",
    "mit von zu zum zur im in am an auf aus bei für fur nach über uber um vor als",
    "的 了 是 我 你 他 她 它 们 在 有 和 也 都 就 不 吗 呢 吧 么 什 这 那 个 一 什么 我的 你的",
    "は が を に で と も の へ や か ね よ です ます した して いる ある こと もの 私 何",
  ].flatMap((line) =>
    line.split(" ").map((word) => (LATIN.test(word) ? stem(standsFor(word) ?? word) : word)),
  ),
);
