import { wordwise, rules, type Language } from "../language";
import { clausesOf, decapitalised, inFirstPerson, reflect, stemsOf } from "./grammar";
import { REFLECTIONS } from "./rules";
import { TALK } from "./talk";
import { VOICES } from "./voices";

export const GERMAN: Language = {
  greeting: wordwise(
    /^(?:hi|hallo|hey|hallöchen|moin(?: moin)?|servus|grüß (?:dich|gott)|grüezi|guten? (?:morgen|tag|abend)|na)(?: du| ihr| zusammen| nochmal| schatz| liebling| liebes| süße| süßer| mama| mutti| papa| oma| opa| alter| bruder| schwester)?(?![\w'])/i,
  ),
  rules: [...TALK, ...REFLECTIONS],
  signs: rules([
    [/[😢😭😞😔💔😩😟🥺😡😠]/u, "{low} Was ist passiert? | {low} Magst du es in Worte fassen?"],
    [/[😀😃😄😁😂🤣😊🥰😍❤💕🎉👍🥳😎]/u, "{glad} Was steckt dahinter? | {glad} Erzähl mir, warum!"],
    [/\?/, "Ich bin da! {open} | Ja? {open}"],
    [/.*/s, "Und jetzt in Worten! {open} | Ich weiß nicht recht, wie ich das lesen soll. {open} | {open}"],
  ]),
  voices: VOICES,
  recall:
    "Ich denke noch an vorhin, Stichwort {topic}: Wie geht es dir jetzt damit? | Übrigens, Stichwort {topic}: Gibt es da etwas Neues?",
  more: "Was beschäftigt dich sonst noch? | Und was kommt dir als Nächstes in den Sinn? | Was sollte ich über dich wissen? | Was war diese Woche am schönsten? | Gibt es etwas, das du mir schon lange erzählen willst? | Worauf freust du dich? | Wohin gehen wir von hier aus? | Wer weiß noch davon? | Was würde den Tag zu einem guten machen? | Wovon hast du als Kind geträumt?",
  jokes:
    "Treffen sich zwei Magneten. Sagt der eine: „Was soll ich heute bloß anziehen?“ | Was ist orange und läuft durch den Wald? Eine Wanderine. | Was sagt ein großer Stift zu einem kleinen? Wachs mal, Stift! | Warum können Geister so schlecht lügen? Weil man durch sie hindurchsieht. | Wie nennt man einen Bumerang, der nicht zurückkommt? Stock.",
  stories:
    "Es war einmal eine Schnecke, die wollte das Meer sehen. Alle lachten, denn es war so weit. Sie kam genau an dem Tag an, an dem der Sonnenuntergang am schönsten war. Wofür würdest du losgehen? | Es war einmal ein Leuchtturm, der fürchtete sich im Dunkeln. Also leuchtete er, Nacht für Nacht, und erfuhr nie, wie viele Schiffe er heimgebracht hatte. Wer ist dein Leuchtturm?",
  topic: wordwise(
    /\b[Mm]ein(?:e|en|em|er)? (?:\p{Ll}+e[nrs]? )?(?!Name|Leben|Meinung|Gott|Schatz|Geburtstag|Liebling)(\p{Lu}[\p{L}-]{2,})(?![\p{L}'-])|\beine?[nm]? (?:\p{Ll}+e[nrs]? )?(Prüfung|Klausur|Test|Vorstellungsgespräch|Termin|Operation|Hochzeit|Vortrag|Präsentation|Reise|Umzug|Konzert|Marathon)\b/u,
  ),
  called: wordwise(
    /\b(?:[Mm]ein Name ist|[Ii]ch hei(?:ß|ss)e|[Nn]enn mich|[Ii]ch bin(?: der| die|'s,?)?(?= \p{Lu}\p{Ll}+$)(?! (?:Lehrer|Arzt|Ärztin|Student|Schüler|Single|Vegetarier|Rentner|Koch|Bäcker|Ingenieur|Programmierer|Informatiker|Künstler|Mutter|Vater|Deutscher?|Österreicher|Schweizer)$| \p{L}+(?:erin|eurin|istin|entin|mann|frau)$)) (\p{L}[\p{L}'-]*)/u,
  ),
  own: wordwise(
    /^(?!ich (?:weiß nicht|sagte|meine|frage|liebe dich|hasse dich|mag dich|verstehe)\b|mein\w* [\w'-]+$)(?:ich|mein\w*|wir|(?:er|sie|es) heißt|(?:sein|ihr) name|(?:heute|gestern|morgen|am \w+) (?:habe|bin|war|muss) ich)\b[^?]*$/i,
  ),
  facts: (
    [
      [/\bwie alt bin ich\b|\bmein alter\b/i, /^ich bin \d+/i],
      [/\bwoher komme ich\b|\bwo (?:wohne|lebe) ich\b/i, /^ich (?:komme aus|wohne|lebe)\b/i],
      [
        /\bwas (?:mache ich beruflich|arbeite ich|bin ich von beruf)\b|\bmein(?:en)? (?:beruf|job)\b/i,
        /^ich (?:arbeite|studiere|bin (?:eine? )?\w+(?:er|in|ist)$)/i,
      ],
      [/\bwie heißt (?:er|sie|es)\b/i, /\bheißt\b|\bname\b/i],
      [/\bwie (?:geht es mir|fühle ich mich)\b/i, /^(?:ich (?:bin|fühle mich)|mir geht)\b/i],
    ] as const
  ).map(([asked, told]) => [wordwise(asked), wordwise(told)]),
  trailing: wordwise(
    / (?:auch|gerade|im moment|momentan|wieder|bitte|jetzt|so sehr|heute|gestern|wirklich|halt|eben)$/i,
  ),
  clausesOf,
  stemsOf,
  reflect,
  decapitalised,
  inFirstPerson,
};
