import { ENGLISH } from "./floor/english";
import { FRENCH } from "./floor/french";
import { GERMAN } from "./floor/german";
import { hearJapanese, isJapanese, JAPANESE_PATTERNS } from "./floor/japanese";
import { earOf, type Ear, type Kind, type Spoken } from "./floor/language";
import { normalForm, sentencesOf, tokensOf, withoutQuotes } from "./floor/normal";
import { hearOthers, OTHER_PATTERNS } from "./floor/others";
import { PORTUGUESE } from "./floor/portuguese";
import { SPANISH } from "./floor/spanish";

/** Names the detector in events and reports; raised with every change of what it hears. */
export const DETECTOR_VERSION = "floor-5";

export type SafetyCode = "crisis" | "concern" | "eating_disorder";
export type SafetyLevel = "high" | "low";

/**
 * What the floor sees in a text. `classes` are the `Kind`s heard, the gravest first. A `high` finding of `crisis` is a
 * danger the user spoke of as their own and now; `low` is a wish not to live without more.
 */
export type SafetyFinding = {
  code: SafetyCode | null;
  level: SafetyLevel | null;
  classes: string[];
};

/** A longer text is read in pieces of so many characters, each beginning before the last one's end. */
const PIECE = 4000;
const OVERLAP = 400;
/** Of one text; far beyond what any route takes. */
const MOST_PIECES = 64;

const EARS: readonly (readonly [locale: string, ear: Ear])[] = [
  ["en", earOf(ENGLISH)],
  ["de", earOf(GERMAN)],
  ["es", earOf(SPANISH)],
  ["fr", earOf(FRENCH)],
  ["pt", earOf(PORTUGUESE)],
];

const GRAVEST: readonly Kind[] = [
  "crisis.plan",
  "crisis.active",
  "crisis.farewell",
  "crisis.selfharm",
  "crisis.passive",
  "concern.urgent",
  "concern.other",
  "eating_disorder",
];

/** What a text says of a danger to its writer or to somebody else. Pure; linear in the text's length. */
export const assess = (text: string): SafetyFinding => listen(text).finding;

/** The same, and the language it was said in (ISO 639-1), or null where nothing was heard. */
export function listen(text: string): { finding: SafetyFinding; locale: string | null } {
  const heard = piecesOf(text).flatMap(hearPiece);
  const kinds = GRAVEST.filter((kind) => heard.some((each) => each.kind === kind));
  const locale = heard.find(({ kind }) => kind === kinds[0])?.locale ?? null;
  return { finding: findingOf(kinds), locale };
}

/** The language of the floor that a text is most likely written in (ISO 639-1), or null where no word tells. */
export function languageOf(text: string): string | null {
  const form = normalForm(text.slice(0, PIECE));
  if (isJapanese(form)) return "ja";
  const tells = tellsOf(tokensOf(form));
  const most = Math.max(...tells);
  return most === 0 ? null : (EARS[tells.indexOf(most)]?.[0] ?? null);
}

type HeardIn = { kind: Kind; locale: string };

function findingOf(kinds: Kind[]): SafetyFinding {
  const [gravest] = kinds;
  if (!gravest) return { code: null, level: null, classes: [] };
  const classes = [...new Set(kinds.map((kind) => (kind === "concern.urgent" ? "concern.other" : kind)))];
  if (gravest.startsWith("crisis"))
    return { code: "crisis", level: gravest === "crisis.passive" ? "low" : "high", classes };
  if (gravest.startsWith("concern"))
    return { code: "concern", level: gravest === "concern.urgent" ? "high" : "low", classes };
  return { code: "eating_disorder", level: "low", classes };
}

function piecesOf(text: string): string[] {
  const step = PIECE - OVERLAP;
  const count = Math.min(MOST_PIECES, Math.max(1, Math.ceil((text.length - OVERLAP) / step)));
  return Array.from({ length: count }, (_, at) => text.slice(at * step, at * step + PIECE));
}

function hearPiece(piece: string): HeardIn[] {
  const text = withoutQuotes(normalForm(piece), QUOTING).replace(BROKEN, " ");
  const spoken = spokenIn(text).map((sentence) => ({ ...sentence, tells: tellsOf(sentence.words) }));
  const latin = EARS.flatMap(([locale, ear], at) => {
    const own = spoken.filter(({ tells }) => isOf(tells, at));
    return [...ear.hear(own)].map((kind) => ({ kind, locale }));
  });
  const japanese = hearJapanese(text).map((kind) => ({ kind, locale: "ja" }));
  const other = latin.length + japanese.length > 0 || isJapanese(text) ? null : hearOthers(text);
  return [...latin, ...japanese, ...(other ? [other] : [])];
}

/** How many words of a sentence each ear takes for its own. */
const tellsOf = (words: readonly string[]) => EARS.map(([, ear]) => ear.tells(words));

/** How many times as many words of another language make a sentence none of this one's. */
const CLEARLY = 1.4;

function isOf(tells: number[], at: number): boolean {
  const most = Math.max(...tells);
  return most === 0 || (tells[at] ?? 0) * CLEARLY > most;
}

const LAUGH =
  /\b(?:lo{1,9}l|lmf?ao{1,9}|rofl|haha\w{0,20}|hehe\w{0,20}|ja(?:ja){1,9}|mdr{1,9}|ptdr|k{3,20}|rs(?:rs){1,9}|xd{1,9})\b|[😂🤣😹😆😅]|jk\b/u;
/** The end of a line that goes on in the next, which is a short one. */
const BROKEN = /(?<![.!?…。！？:;,\n])\n(?=[^\n]{1,24}(?:\n|$))/g;
const SONG = /[♪♫🎵🎶🎤]/u;

function spokenIn(text: string): Spoken[] {
  return sentencesOf(text).flatMap((sentence, at, all) => {
    const laughing = LAUGH.test(sentence) || isOnlyLaugh(all[at + 1]);
    const words = SONG.test(sentence) ? [] : tokensOf(sentence);
    return words.length > 0 ? [{ words, laughing }] : [];
  });
}

const isOnlyLaugh = (next: string | undefined) =>
  next !== undefined && next.trim().length < 24 && LAUGH.test(next);

const QUOTING =
  /\b(?:songs?|lyrics?|quote[ds]?|called|titled?|says? the|poems?|books?|movies?|films?|sings?|sang|goes|lines?|poster|verse|chorus|headline|tune|theme|humm?ing|stuck in|ohrwurm|melodi\w{0,3}|pegad[oa]|karaoke|album|is what|lied\w{0,3}|songtext|zitat\w{0,3}|zitiert\w{0,2}|heisst|titel|buch|gedicht|cancion\w{0,2}|letra|titulo|cita|libro|poema|pelicula|chanson|paroles|titre|livre|citation|cite|musica|verso|filme|livro)\b|歌|曲|映画|本|小説|漫画|台詞|セリフ|言葉|タイトル|名言|引用/;
/** Every expression that the floor tries a text with, for whoever checks that none can be made slow. */
export const floorPatterns = (): RegExp[] => [
  ...EARS.flatMap(([, ear]) => ear.patterns()),
  ...JAPANESE_PATTERNS,
  ...OTHER_PATTERNS,
  LAUGH,
  SONG,
  QUOTING,
  BROKEN,
];
