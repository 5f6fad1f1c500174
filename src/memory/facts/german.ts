import { itself, rule, taste, type Grammar } from "./fact";

const NAME = String.raw`(\p{Lu}[\p{L}'’-]+)`;
const PLACE = String.raw`(\p{Lu}[\p{L}'’-]+(?: (?:am|an der|im) \p{Lu}\p{L}+)?)`;
const KIN =
  "Mutter|Mama|Vater|Papa|Schwester|Bruder|Frau|Mann|Sohn|Tochter|Großmutter|Oma|Großvater|Opa|Tante|Onkel|Cousine|Cousin|Nichte|Neffe|Freundin|Freund|Partnerin|Partner|Verlobte|Verlobter";
const PET =
  "Hund|Hündin|Welpe|Katze|Kater|Kaninchen|Hase|Hamster|Meerschweinchen|Papagei|Wellensittich|Pferd|Pony|Schildkröte";
const MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember";
const DATE = String.raw`(?:am \d{1,2}\. ?(?:${MONTHS}|\d{1,2}\.)|im (?:${MONTHS}|Frühling|Sommer|Herbst|Winter)|am (?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)|morgen|übermorgen|nächste[nrs]? (?:Woche|Wochenende|Monat|Jahr))`;
const WHICH = "(?:(?:alte|kleine|große|neue|ältere|jüngere|älteste|jüngste)[rns]? )?";
const END = String.raw`(?=\s*(?:[.,;:!)]|$|und\b|aber\b|mit\b|seit\b|gezogen\b|umgezogen\b))`;

const of = (text: string) => new RegExp(text, "u");

function isAge(age: string): string | null {
  const years = Number(age);
  return years >= 5 && years <= 110 ? "age" : null;
}

/** Endings of trades that are those of other things as well. */
const NO_JOB =
  /^(?:Deutscher|Österreicher|Schweizer|Berliner|Hamburger|Münchner|Kölner|Wiener|Single|Feuer|Eimer|Fan|Mann|Frau|Vater|Mutter|Bruder|Sieger|Anfänger\p{L}*|Träumer\p{L}*|Raucher\p{L}*|Vegetarier\p{L}*|Veganer\p{L}*|Optimist\p{L}*|Pessimist\p{L}*|Frühaufsteher\p{L}*)$/u;
const job = (word: string) => (NO_JOB.test(word) ? null : "work");

const KIN_OF: Record<string, string> = {
  Mutter: "mother",
  Mama: "mother",
  Vater: "father",
  Papa: "father",
  Frau: "wife",
  Mann: "husband",
  Freundin: "girlfriend",
  Freund: "boyfriend",
  Partnerin: "partner",
  Partner: "partner",
  Verlobte: "partner",
  Verlobter: "partner",
};
const named = (who: string, name: string) => KIN_OF[who] ?? `${who}:${name}`;

/** German. Every noun has a capital, so a name counts only where a word says that it is one. */
export const GERMAN: Grammar = {
  doubt:
    /\?\s*$|\b(?:wenn|falls|wäre|hätte|würde|könnte|vielleicht|angenommen|stell dir vor|nicht|nie|niemals|kein\p{L}*|früher|als ob|fast|beinahe|im (?:Traum|Roman|Spiel|Film|Buch)|in (?:meinem|meiner|der|einer) (?:Geschichte|Traum|Rolle)|Figur|Scherz|(?:er|sie|man|jemand) (?:sagt|sagte|meint|meinte|glaubt|denkt))(?!\p{L})/iu,
  rules: [
    rule("name", of(`(?<!\\p{L})[Ii]ch heiße ${NAME}`)),
    rule("name", of(`(?<!\\p{L})[Mm]ein Name ist (?!Hase|Programm)${NAME}`)),
    rule("age", /(?<!\p{L})[Ii]ch bin (\d{1,3})(?: Jahre alt)?(?=\s*(?:[.,;!)]|$|und\b))/u, isAge),
    rule(
      "home",
      of(
        `(?<!\\p{L})(?:[Ii]ch (?:wohne|lebe)|[Ww]ir (?:wohnen|leben)) (?:jetzt |seit \\p{L}+ |inzwischen )?in ${PLACE}${END}`,
      ),
    ),
    rule("home", of(`(?<!\\p{L})[Ii]ch bin (?:[\\p{L} ]{0,20})?nach ${PLACE} (?:um)?gezogen`)),
    rule(
      "work",
      of(`(?<!\\p{L})[Ii]ch arbeite (?:jetzt |seit \\p{L}+ |derzeit )?als (\\p{Lu}\\p{L}+)`),
      () => "work",
    ),
    rule(
      "work",
      of(
        `(?<!\\p{L})[Ii]ch arbeite (?:jetzt |seit \\p{L}+ |derzeit )?bei (?:der |dem )?(?!(?:Regen|Schnee|Sonne|Hitze|Kälte|Nacht|Tag|Licht|Wind|Musik|Kaffee|Bedarf|Gelegenheit)(?!\\p{L}))(\\p{Lu}[\\p{L}&-]+)`,
      ),
      () => "work",
    ),
    rule(
      "work",
      of(
        `(?<!\\p{L})[Ii]ch bin (?:von Beruf )?(\\p{Lu}\\p{L}+(?:in|er|ist|eur|arzt|ärztin|frau|mann))(?=\\s*(?:[.,;!]|$|und\\b|von Beruf\\b|bei\\b|im\\b|in\\b|an\\b))`,
      ),
      job,
    ),
    rule("kin", of(`(?<!\\p{L})[Mm]eine?[mnr]? ${WHICH}(${KIN}) (?:heißt|namens) ${NAME}`), named),
    rule(
      "kin",
      of(`(?<!\\p{L})[Ii]ch habe eine[nr]? ${WHICH}(${KIN}),? (?:namens|die|der)(?: heißt)? ${NAME}`),
      named,
    ),
    rule(
      "pet",
      of(`(?<!\\p{L})(?:[Mm]eine?|[Uu]nsere?)[mnr]? ${WHICH}(${PET}) (?:heißt|namens) ${NAME}`),
      named,
    ),
    rule(
      "pet",
      of(`(?<!\\p{L})(?:[Ii]ch habe|[Ww]ir haben) eine?[nr]? ${WHICH}(${PET}) namens ${NAME}`),
      named,
    ),
    rule(
      "plan",
      of(
        `(?<!\\p{L})(?:[Ii]ch (?:fahre|fliege|reise|ziehe|treffe|besuche|habe|gehe|heirate)|[Ww]ir (?:fahren|fliegen|reisen|ziehen|treffen|besuchen|haben|heiraten))\\s[^.!?]{0,60}?(?<!\\p{L})${DATE}(?!\\p{L})`,
      ),
      itself,
    ),
    rule(
      "plan",
      of(
        `(?<!\\p{L})${DATE.replace("am \\d", "[Aa]m \\d")} (?:fahre|fliege|reise|ziehe|treffe|besuche|habe|heirate) ich [^.!?]{3,60}`,
      ),
      itself,
    ),
    rule("like", /(?<!\p{L})[Ii]ch (?:mag|liebe) (?:gern )?([^.,;!?]{3,50})/u, taste),
    rule("dislike", /(?<!\p{L})[Ii]ch hasse ([^.,;!?]{3,50})/u, taste),
  ],
};
