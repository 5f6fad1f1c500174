import { CRISES, type Crisis } from "./crises";
import { EUROPE } from "./crises-europe";
import { WORLD } from "./crises-world";
import { tongueOf, unaccented, type Tongue } from "./tongues";

const ALL: readonly Crisis[] = [...CRISES, ...EUROPE, ...WORLD];

/** Signs that stand for letters inside a word: `k1ll`, `w4nt`. */
const SIGNS: Record<string, string> = {
  "1": "i",
  "!": "i",
  "*": "i",
  "4": "a",
  "@": "a",
  "3": "e",
  "0": "o",
};

const sentencesOf = (text: string) => text.split(/(?<=[.!?…。！？][“”"’]?)\s+|\n+/u);

/** The language of the last message; what tells none (`ok`, a name) is in the one spoken before. */
const codeOf = (texts: string[]) =>
  texts.reduce<Tongue | null>((before, text) => tongueOf(text, before), null) ?? "en";

/** Small letters without accents and disguises. */
const folded = (text: string) =>
  unaccented(text.normalize("NFKC"))
    .toLowerCase()
    .replaceAll("ł", "l")
    .replace(/[’‘]/g, "'")
    .replace(/[^\S\n]+/g, " ")
    .replace(/(?<!\p{L})(?:\p{L} ){3,}\p{L}(?!\p{L})/gu, (spaced) => spaced.replaceAll(" ", ""))
    .replace(/(?<=\p{L})[1!*4@30](?=\p{L})/gu, (sign) => SIGNS[sign] ?? sign);

/** What a text says of a danger: the user's own, somebody else's, or none. Idioms and denials are no danger. */
function dangerIn(text: string, code: string): { crisis: Crisis; own: boolean } | null {
  const low = folded(text);
  const serious = ({ harmless }: Crisis) => low.replace(harmless, " … ");
  const [spoken, ...rest] = ALL.toSorted((a, b) => Number(b.code === code) - Number(a.code === code));
  if (!spoken) return null;
  const own = [spoken, ...rest].find((crisis) => crisis.own.test(serious(crisis)));
  if (own) return { crisis: own, own: true };
  const { other, framed } = spoken;
  const told = (part: string) => other?.test(part) && !framed?.test(part);
  return spoken.code === code && sentencesOf(serious(spoken)).some(told)
    ? { crisis: spoken, own: false }
    : null;
}

/**
 * What is answered to somebody who may be in danger, in their language, or null. Said again, it is told again, more
 * shortly; the message after it is answered with the same care, whatever it says.
 */
export function crisisReply(texts: string[], said: string[]): string | null {
  const now = dangerIn(texts.at(-1) ?? "", codeOf(texts));
  if (now && !now.own) return now.crisis.forOthers ?? now.crisis.say;
  if (now) return [now.crisis.say, now.crisis.again].find((line) => !said.includes(line)) ?? now.crisis.again;
  const just = dangerIn(texts.at(-2) ?? "", codeOf(texts.slice(0, -1)));
  return just?.own && !said.includes(just.crisis.after) ? just.crisis.after : null;
}
