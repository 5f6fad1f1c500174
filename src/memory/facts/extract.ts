import { CHINESE, JAPANESE } from "./eastern";
import { ENGLISH } from "./english";
import type { Finding, Grammar } from "./fact";
import { GERMAN } from "./german";
import { FRENCH, PORTUGUESE, SPANISH } from "./romance";

const GRAMMARS = [ENGLISH, GERMAN, SPANISH, FRENCH, PORTUGUESE, CHINESE, JAPANESE];

/** A fact is no longer than this, in characters. */
export const MAX_FACT_LENGTH = 120;

/**
 * What somebody says of themselves, sentence by sentence. A sentence that asks, doubts, denies, quotes or tells a story says
 * nothing; rather too little is found than something that is not so.
 */
export function findFacts(text: string): Finding[] {
  const found = new Map<string, Finding>();
  for (const sentence of GAME.test(text) ? [] : sentencesOf(text)) {
    for (const finding of GRAMMARS.flatMap((grammar) => findIn(sentence, grammar)))
      found.set(finding.key, finding);
  }
  return [...found.values()];
}

/** What stands in quotes or is an example was said by somebody else. */
const QUOTED =
  /„[^“”"]*[“”"]|“[^”“]*”|"[^"]*"|‚[^‘’]*[‘’]|«[^»]*»|»[^«]*«|「[^」]*」|『[^』]*』|```[\s\S]*?```|^>.*$/gmu;

/** Who plays a game says nothing of themselves in it. */
const GAME =
  /\b(?:let['’]?s (?:play|pretend|role-?play|do a scene)|role-?play(?:ing)?|pretend (?:that )?(?:i|you)|imagine (?:that )?(?:i|you)|you(?:['’]re| are) playing|i(?:['’]m| am) playing (?:a|the)|in this (?:story|scene|game|sketch)|improv|for the (?:play|scene|sketch)|we say|the song goes|lyrics|once upon a time|(?:lass uns|wir) (?:was )?spielen|rollenspiel|stell dir vor|spielen wir|es war einmal|juguemos|imagina que|faisons comme si|jeu de rôle|imagine que|vamos fingir)\b|假装|角色扮演|演戏|ごっこ|なりきり/iu;

const sentencesOf = (text: string): string[] =>
  text
    .replace(QUOTED, " ")
    .split(/(?<=[.!?。！？])(?=\s|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana})|\n+/u)
    .map((sentence) => sentence.trim().replace(/\s+/g, " "))
    .filter((sentence) => sentence !== "");

function findIn(sentence: string, { doubt, rules }: Grammar): Finding[] {
  if (doubt.test(sentence)) return [];
  return rules.flatMap(({ kind, pattern, key }) => {
    const match = pattern.exec(sentence);
    const about =
      match && key(...(match.length > 1 ? match.slice(1).map((group) => group ?? "") : [match[0]]));
    return match && about !== null
      ? [{ kind, key: about, text: shorten(sentence, match.index, match[0]) }]
      : [];
  });
}

/** A sentence, or of a long one what was found and as much of what follows as there is room for. */
function shorten(sentence: string, start: number, found: string): string {
  if (sentence.length <= MAX_FACT_LENGTH) return sentence;
  const rest = sentence.slice(start, start + Math.max(found.length, MAX_FACT_LENGTH));
  const end = rest.slice(found.length).search(/[,;:.!]/);
  return (end < 0 ? rest : rest.slice(0, found.length + end)).slice(0, MAX_FACT_LENGTH).trim();
}
