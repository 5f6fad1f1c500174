import { bareName, isAge, itself, rule, taste, type Grammar } from "./fact";

const NAME = String.raw`(\p{Lu}[\p{L}'’-]+)`;
const PLACE = String.raw`(\p{Lu}[\p{L}'’-]+(?: (?:am|an der|im) \p{Lu}\p{L}+)?)`;
const KIN =
  "Mutter|Mama|Vater|Papa|Schwester|Bruder|Frau|Mann|Sohn|Tochter|Großmutter|Oma|Großvater|Opa|Tante|Onkel|Cousine|Cousin|Nichte|Neffe|Freundin|Freund|Partnerin|Partner|Verlobte|Verlobter";
const PET =
  "Hund|Hündin|Welpe|Katze|Kater|Kaninchen|Hase|Hamster|Meerschweinchen|Papagei|Wellensittich|Pferd|Pony|Schildkröte";
const MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember";
const DATE = String.raw`(?:am \d{1,2}\. ?(?:${MONTHS}|\d{1,2}\.)|im (?:${MONTHS}|Frühling|Sommer|Herbst|Winter)|(?:am|nächste[nrs]?|kommende[nrs]?) (?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)|(?:dieses|nächstes|kommendes|am) Wochenende|in (?:einer|zwei|drei|vier|sechs) Wochen?|morgen|übermorgen|nächste[nrs]? (?:Woche|Wochenende|Monat|Jahr))`;
const WHICH = "(?:(?:alte|kleine|große|neue|ältere|jüngere|älteste|jüngste|liebe|arme)[rns]? )?";
const END = String.raw`(?=\s*(?:[.,;:!)]|$|und\b|aber\b|mit\b|seit\b|gezogen\b|umgezogen\b))`;

/** What follows a name and not another noun, in a clause whose verb does not come last. */
const DOES =
  "(?:ist|sind|hat|war|wird|kommt|will|wohnt|lebt|sagt|meint|arbeitet|macht|heiratet|zieht|geht|fährt|kann|muss|hatte|spielt|studiert|ruft|schreibt|schickt|bringt|backt|kocht|liebt|feiert|bekommt|kriegt|sitzt|liegt|schläft|frisst|bellt|fehlt|lernt)(?!\\p{L})";
const ONES = "ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun";
const NUMBER = `(?:\\d{1,3}|(?:(?:${ONES})und)?(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn)`;

const of = (text: string) => new RegExp(text, "u");

/** Endings of trades that are those of other things as well. */
const NO_JOB =
  /^(?:Deutscher|Österreicher|Schweizer|Berliner|Hamburger|Münchner|Kölner|Wiener|Single|Feuer|Eimer|Fan|Mann|Frau|Vater|Mutter|Bruder|Sieger|Anfänger\p{L}*|Träumer\p{L}*|Raucher\p{L}*|Vegetarier\p{L}*|Veganer\p{L}*|Optimist\p{L}*|Pessimist\p{L}*|Frühaufsteher\p{L}*|Witwer|Sünder\p{L}*|Fahrer|Gewinner\p{L}*|Verlierer\p{L}*|Kinder|Zwilling\p{L}*|Jahrgang|Außenseiter\p{L}*|Einzelgänger\p{L}*|Kaffeetrinker\p{L}*|Spätzünder\p{L}*|Bayer\p{L}*|Tiroler\p{L}*|Leipziger\p{L}*|Dresdner\p{L}*|Bremer\p{L}*|Frankfurter\p{L}*|Zürcher\p{L}*)$/u;
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
const named = (who: string, name: string) => KIN_OF[who] ?? `${who}:${bareName(name)}`;
const naming = (name: string, who: string) => named(who, name);

/** German. Every noun has a capital, so a name counts only where a word says that it is one. */
export const GERMAN: Grammar = {
  doubt:
    /\?\s*$|\b(?:wenn|falls|wäre|hätte|würde|könnte|vielleicht|angenommen|stell dir vor|nicht|nie|niemals|kein\p{L}*|früher|als ob|fast|beinahe|im (?:Traum|Roman|Spiel|Film|Buch)|in (?:meinem|meiner|der|einer) (?:Geschichte|Traum|Rolle)|Figur|Scherz|(?:er|sie|man|jemand) (?:sagt|sagte|meint|meinte|glaubt|denkt))(?!\p{L})/iu,
  rules: [
    rule("name", of(`(?<!\\p{L})[Ii]ch heiße?(?: übrigens)? ${NAME}`)),
    rule("name", of(`(?<!\\p{L})(?:[Aa]lle|[Mm]eine Freunde|[Dd]ie meisten) nennen mich ${NAME}`)),
    rule(
      "name",
      of(
        `(?<!\\p{L})[Nn]enn(?:t|en Sie)? mich (?:bitte |doch )?(?:einfach |ruhig )?${NAME}(?!.*(?:haha|hihi|lol))`,
      ),
    ),
    rule("name", of(`(?<!\\p{L})[Mm]ein Name ist (?!Hase|Programm)${NAME}`)),
    rule(
      "age",
      of(
        `(?<!\\p{L})(?:[Ii]ch bin|[Bb]in)(?: jetzt| schon| inzwischen| erst)? (${NUMBER})(?: Jahre alt)?(?=\\s*(?:[.,;!)]|$|und\\b))`,
      ),
      isAge,
    ),
    rule(
      "home",
      of(
        `(?<!\\p{L})(?:[Ii]ch (?:wohne|lebe)|[Ww]ir (?:wohnen|leben)) (?:jetzt |hier |seit [\\p{L}\\d]+(?: Jahren)? |inzwischen )?(?:in|bei|nahe) ${PLACE}${END}`,
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
        `(?:(?<!\\p{L})[Ii]ch bin|^[Bb]in) (?:von Beruf )?(\\p{Lu}\\p{L}+(?:in|er|ist|eur|arzt|ärztin|frau|mann))(?=\\s*(?:[.,;!]|$|und\\b|von Beruf\\b|bei\\b|im\\b|in\\b|an\\b|auf\\b|seit\\b|aus\\b))`,
      ),
      job,
    ),
    rule(
      "work",
      of(
        `(?<!\\p{L})(?:[Ii]ch unterrichte|unterrichte ich) (?!(?:Sie|Euch|Dich|Ihn|Leute|Menschen)(?!\\p{L}))\\p{Lu}\\p{Ll}+`,
      ),
      () => "work",
    ),
    rule("kin", of(`(?<!\\p{L})[Mm]eine?[mnr]? ${WHICH}(${KIN}) (?:heißt|namens) ${NAME}`), named),
    rule("kin", of(`(?:^|[.;:–] |, )[Mm]eine? ${WHICH}(${KIN}) ${NAME}(?= ${DOES})`), named),
    rule("kin", of(`(?<!\\p{L})[Mm]eine? ${WHICH}(${KIN}), (?:der|die) ${NAME}(?=,)`), named),
    rule("kin", of(`(?:^|[.;:–,] )${NAME}(?:,| ist) meine? ${WHICH}(${KIN})(?!\\p{L})`), naming),
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
    rule("pet", of(`(?<!\\p{L})(?:ist|war|lag|saß) (?:meine?|unsere?) ${WHICH}(${PET}) ${NAME}`), named),
    rule("pet", of(`(?:^|[.;:–] |, )(?:[Mm]eine?|[Uu]nsere?) ${WHICH}(${PET}) ${NAME}(?= ${DOES})`), named),
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
        `(?<!\\p{L})${DATE.replace("am \\d", "[Aa]m \\d").replace("|im (", "|[Ii]m (")} (?:(?:fahre?|fliege?|reise|ziehe?|treffe|besuche|hab|habe|heirate|fange?) ich|(?:fahren|fliegen|reisen|ziehen|treffen|besuchen|haben|heiraten|bekommen|kriegen) (?:wir|\\p{Lu}\\p{L}+ und ich))(?!\\p{L})[^.!?]{0,60}`,
      ),
      itself,
    ),
    rule("like", /(?<!\p{L})[Ii]ch (?:mag|liebe) (?:gern )?([^.,;!?]{3,50})/u, taste),
    rule("dislike", /(?<!\p{L})[Ii]ch hasse ([^.,;!?]{3,50})/u, taste),
  ],
};
