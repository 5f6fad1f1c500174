import { clauseSplitter } from "../language";
import { words } from "../tongues";

/** Verbs as they follow `ich` and `du`, where no rule makes one from the other. */
const IRREGULAR: readonly (readonly [ich: string, du: string])[] =
  "bin bist|war warst|wäre wärst|habe hast|hab hast|hatte hattest|hätte hättest|werde wirst|wurde wurdest|würde würdest|kann kannst|konnte konntest|könnte könntest|will willst|wollte wolltest|muss musst|musste musstest|müsste müsstest|darf darfst|durfte durftest|soll sollst|sollte solltest|mag magst|mochte mochtest|möchte möchtest|weiß weißt|wusste wusstest|esse isst|lese liest|sehe siehst|gebe gibst|nehme nimmst|spreche sprichst|treffe triffst|helfe hilfst|vergesse vergisst|sterbe stirbst|fahre fährst|schlafe schläfst|laufe läufst|trage trägst|halte hältst|lasse lässt|falle fällst|fange fängst|rate rätst|verlasse verlässt|werfe wirfst|ging gingst|kam kamst|sah sahst|fand fandst|bekam bekamst|fuhr fuhrst|blieb bliebst|verlor verlorst|traf trafst|schrieb schriebst|sprach sprachst|tue tust|tu tust"
    .split("|")
    .map((pair) => pair.split(" "))
    .map(([ich = "", du = ""]) => [ich, du]);
const OF_ICH = new Map(IRREGULAR);
const OF_DU = new Map(
  IRREGULAR.filter(([ich]) => ich !== "hab" && ich !== "tu").map(([ich, du]) => [du, ich]),
);
const NO_VERB = words(
  "eine|keine|meine|deine|seine|ihre|unsere|eure|diese|jede|alle|viele|beide|heute|gerne|bitte|ohne|die|sie|wie|nie|lange|gerade|leise|müde|böse|erste|fast|erst|selbst|sonst|meist|längst|zuerst|trotzdem|sobald",
);

/** `ich arbeite` → `du arbeitest`, or null for what is no verb that is known to be turned so. */
function forYou(verb: string): string | null {
  const known = OF_ICH.get(verb);
  if (known) return known;
  if (!/^\p{Ll}{2,}e$/u.test(verb) || NO_VERB.test(verb)) return null;
  const stem = verb.slice(0, -1);
  if (/[td]$|[^aeiouäöühlr][mn]$/u.test(stem)) return `${stem}est`;
  return /[sßzx]$/u.test(stem) ? `${stem}t` : `${stem}st`;
}

/** `du liebst` → `ich liebe`. */
function forMe(verb: string): string | null {
  const known = OF_DU.get(verb);
  if (known) return known;
  if (!/^\p{Ll}{2,}st$/u.test(verb) || NO_VERB.test(verb)) return null;
  return verb.replace(/(?:(?<=[td]|[^aeiouäöühlr][mn])est|st)$/u, "e");
}

const TURNED: Record<string, string> = {
  ich: "du",
  mich: "dich",
  mir: "dir",
  mein: "dein",
  du: "ich",
  dich: "mich",
  dir: "mir",
  dein: "mein",
};
const PERSON = words("(?<!-)(?:ich|mich|mir|du|dich|dir|(?:mein|dein)(?:e[mnrs]?)?)(?!-)", "giu");

/** The verb beside a subject: the word after it, the word before it, or the last of a clause that it opens. */
function verbOf(tokens: string[], at: number, turn: (verb: string) => string | null): number | null {
  const places = [at + 1, at - 1, tokens.length - 1].filter((place) => place !== at);
  return places.find((place) => turn(tokens[place]?.toLowerCase() ?? "") !== null) ?? null;
}

/** One clause from the other side; null if its verb is none that can be turned. */
function turnedClause(clause: string): string | null {
  const tokens = clause.split(" ");
  const subject = tokens.findIndex((token) => /^(?:ich|du)$/iu.test(token));
  if (subject >= 0) {
    const turn = tokens[subject]?.toLowerCase() === "ich" ? forYou : forMe;
    const place = verbOf(tokens, subject, turn);
    if (place === null) return null;
    tokens[place] = turn(tokens[place]?.toLowerCase() ?? "") ?? "";
  }
  return tokens.join(" ").replace(PERSON, (word) => {
    const stem = word.toLowerCase().replace(/^(mein|dein).*/u, "$1");
    return (TURNED[stem] ?? word) + word.slice(stem.length);
  });
}

/** The same words from the other side: `ich bin traurig über meinen Job` → `du bist traurig über deinen Job`. */
export function reflect(text: string): string | null {
  const clauses = text.split(/(?<=,) /).map(turnedClause);
  return clauses.every((clause) => clause !== null) ? clauses.join(" ") : null;
}

const BREAKS =
  /(?<=[.!?;\n])\s+|\n|,? (?:aber|obwohl|sondern|denn) |, (?=(?:und )?(?:ich|du|er|wir|mein|meine|was|wie|warum|wo|kannst|magst|bist|hast)(?!\p{L}))| und (?=(?:ich|mein|meine|du|wie|was|(?:er|sie|es|das|wir) (?:ist|hat|war|sind|haben|waren))(?!\p{L}))/iu;
const LEAD_IN =
  /^(?:(?:also|ach|oh|na|naja|hm+|äh+|und|ja|nein|ok|okay|tja|nun|eigentlich|übrigens|doch|ach so|sag mal)(?:, ?| )|du, )+(?=\S)/iu;

export const clausesOf = clauseSplitter(BREAKS, LEAD_IN);

/** Nouns keep their capital; a clause begins small only with the words that are always small. */
export const decapitalised = (text: string) =>
  text.replace(words("^(?:ich|du|wir|mein\\p{L}*|dein\\p{L}*|heute|gestern|morgen|am|im|in|auf)"), (word) =>
    word.toLowerCase(),
  );

const FILLERS =
  "und|oder|aber|der|die|das|den|dem|des|ein|eine|einen|einem|einer|ich|mich|mir|mein|meine|meinen|meinem|meiner|du|dich|dir|dein|deine|deinen|deinem|deiner|ist|sind|war|bin|bist|hast|habe|hat|haben|wie|was|wer|wo|wann|warum|welche|welcher|welches|noch|nicht|auch|eigentlich|sehr|schon|mal|mit|von|für|auf|über|aus|bei|vom|zum|zur|dass|weißt|weiß|kennst|magst|mag|liebst|liebe|liebt|gern|gerne|heißt|heiße|heißen|gesagt|erzählt|erzähl|denn|sich|wir|uns|kann|kannst|wird|wirst|dir|ihr|sie|es|er|im|in|am|an|so|zu|um|da|ja|gibt|hab|erinnerst|noch|vorhin|eben|gerade|darüber|worüber|gesprochen|geredet|merken|gemerkt";
const CONTENT = words(`(?!(?:${FILLERS})(?!\\p{L}))\\p{L}{3,}`, "giu");

export const stemsOf = (text: string): Set<string> =>
  new Set(
    text.match(CONTENT)?.map((word) => word.toLowerCase().replace(/(?:est|st|en|er|es|em|et|e|t|n)$/u, "")),
  );

const THIRD: Record<string, string> = {
  ist: "bin",
  hat: "habe",
  war: "war",
  mag: "mag",
  kann: "kann",
  will: "will",
  wird: "werde",
  fährt: "fahre",
  liest: "lese",
  isst: "esse",
  spricht: "spreche",
  hilft: "helfe",
  schläft: "schlafe",
  läuft: "laufe",
  trägt: "trage",
  sieht: "sehe",
  gibt: "gebe",
};
const IS_VERB = words(
  "liebt|spielt|arbeitet|wohnt|lebt|kocht|reist|sammelt|singt|tanzt|malt|schreibt|lernt|studiert|lacht|hört|wandert|träumt|backt|bäckt|schwimmt|klettert|erzählt|macht|kennt|braucht|hasst|genießt|kommt|geht|denkt|glaubt|fotografiert|joggt|schaut|trinkt|redet",
);
const meAs = (verb: string) =>
  THIRD[verb] ?? (IS_VERB.test(verb) ? verb.replace(/(?:(?<=[td])et|t)$/u, "e") : null);

/** `Liebt Wandern und spielt Cello` → `Ich liebe Wandern und spiele Cello`; `Eine Ärztin` → `Ich bin eine Ärztin`. */
export function inFirstPerson(clause: string, name: string): string {
  if (/^(?:ich|mein\p{L}*)(?!\p{L})/iu.test(clause)) return clause;
  if (/^(?:ein|eine|der|die|das|dein|deine)(?!\p{L})/iu.test(clause))
    return `Ich bin ${(turnedClause(clause) ?? clause).replace(/^\p{Lu}/u, (letter) => letter.toLowerCase())}`;
  const subject = [name, ...name.split(" "), "Sie", "Er"].find((who) => clause.startsWith(`${who} `));
  const [first = "", ...rest] = (subject ? clause.slice(subject.length + 1) : clause).split(" ");
  const verb = meAs(first.toLowerCase());
  if (!verb) return `Über mich: ${clause}`;
  const others = rest.map(
    (word, at) => (/^(?:und|immer|oft|gern)$/u.test(rest[at - 1] ?? "") && meAs(word)) || word,
  );
  const mine = others
    .join(" ")
    .replace(words("(?:sein|ihr)(e[mnrs]?)?", "gu"), "mein$1")
    .replace(words("sich", "gu"), "mich");
  return `Ich ${verb} ${mine}`.trim();
}
