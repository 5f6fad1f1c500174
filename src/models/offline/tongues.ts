/** ISO 639-1; `xx` is any language in a script that is not told apart here. */
export type Tongue = "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "ru" | "ja" | "zh" | "ko" | "xx";

/**
 * Letters, marks and digits of the living scripts, as a class: `\p{L}\p{M}\p{N}` in this many patterns takes several
 * times as long to compile, and the first reply waits for it.
 */
export const LETTERS = "0-9A-Z_a-z\\u00c0-\\u1fff\\u2c00-\\u2dff\\u3040-\\ud7ff";

/** Whole words of any script: `\b` knows only those of ASCII. */
export const words = (source: string, flags = "iu") =>
  new RegExp(`(?<![${LETTERS}'])(?:${source})(?![${LETTERS}])`, flags);

const little = (source: string) => words(source, "giu");

/** What tells a language: its little words, or its script. What several have tells none of them. */
const TELLING: readonly (readonly [Tongue, RegExp])[] = [
  [
    "en",
    little(
      "i|i'm|im|i've|i'll|you|your|you're|u|the|my|me|it|it's|is|are|to|of|and|what|what's|how|not|don't|can't|yes|no|this|that|we|do|does|did|in|was|hi|hello|hey|bye|thanks|thank|please|good|love|with|for|have|sad|happy|tell|who|why|where|when|am|can|an|joke|okay|really|ai|bot",
    ),
  ],
  [
    "de",
    little(
      "ich|und|nicht|du|mich|dich|mir|dir|uns|euch|mein\\p{L}*|dein\\p{L}*|ist|bist|sind|hab|habe|hast|hallo|hi|hey|danke\\p{L}*|merci|ja|nein|nee|doch|der|das|dem|den|ein|eine[nmrs]?|heute|gestern|morgen|wie|wieso|warum|wer|wo|wann|was|mit|auf|für|aber|auch|von|zu|kein\\p{L}*|kann|kannst|gut|guten?|geht|geht's|gehts|tsch[uü]+(?:s+|ß)i?|ciao|servus|moin|bitte|schön\\p{L}*|sehr|wir|sie|es|im|bin|war|wünsche?|erzähl\\p{L}*|witz|traurig|müde|liebst?|mag|magst|vielleicht|genau|wetter|scheiße|nichts|schatz|liebling|oma|opa|noch|gerade|suizid\\p{L}*|selbstmord\\p{L}*",
    ),
  ],
  [
    "fr",
    little(
      "je|j'\\p{L}+|bonjour|salut|merci|suis|vous|tu|est|les|des|une|mais|pas|avec|pour|dans|veux|moi|toi|c'est|ça|va|plus|ma|mon|ne|oui|non|très|au|pense|plus|bonsoir|en|de|la|envie",
    ),
  ],
  [
    "es",
    little(
      "hola|gracias|estoy|muy|pero|yo|quiero|qué|cómo|estás|eres|soy|mi|me|no|sí|buenos|buenas|el|los|las|una|por|para|con|está|hoy|tengo|vivir|morir|de|la|en|que|más|voy",
    ),
  ],
  [
    "it",
    little(
      "ciao|grazie|sono|che|come|stai|io|voglio|non|ho|hai|sei|mi|il|gli|una|per|più|questo|buongiorno|sto|bene|oggi|vivere|morire|vorrei|di|la",
    ),
  ],
  [
    "pt",
    little(
      "olá|oi|obrigad[oa]|estou|você|não|eu|quero|muito|mas|uma|com|meu|minha|está|tudo|bem|bom|dia|sou|hoje|mais|viver|morrer|me|que|vou|em|de",
    ),
  ],
  [
    "nl",
    little(
      "ik|niet|hallo|dank|je|jij|het|een|hoe|gaat|ben|wil|mijn|maar|met|van|voor|goed|dood|meer|leven|mezelf|wat|zijn|aan|zelfmoord|goedemorgen",
    ),
  ],
  [
    "pl",
    little(
      "cześć|dzień|dobry|dziękuję|jestem|nie|się|chcę|chce|jak|masz|mam|ale|bardzo|mi|to|jest|ja|ty|już|żyć|zyc|umrzeć|umrzec|sobie|co",
    ),
  ],
  ["ru", /\p{Script=Cyrillic}/gu],
  ["ja", /[\u3040-\u30ff]|(?<=[\u3040-\u30ff].*)\p{Script=Han}|\p{Script=Han}(?=.*[\u3040-\u30ff])/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["zh", /\p{Script=Han}/gu],
  ["xx", /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hangul}\u3040-\u30ff\P{L}]/gu],
];

/** Enough of a text to tell its language. */
const READ_CHARACTERS = 400;
const ADDRESS = /\S*(?:@|:\/\/|www\.)\S*/g;

/**
 * The language of a text.
 * @param before the one spoken so far: it stays when several are even, and one word (`Los Angeles`) doesn't end it for
 *   a language that has no rules here
 */
export function tongueOf(text: string, before: Tongue | null): Tongue {
  const read = text.slice(0, READ_CHARACTERS).replace(ADDRESS, " ");
  const least = (tongue: Tongue) =>
    before === null || before === tongue || tongue === "en" || tongue === "de" ? 1 : 2;
  const counts = TELLING.map(([tongue, telling]) => ({
    tongue,
    count: read.match(telling)?.length ?? 0,
  })).filter(({ tongue, count }) => count >= least(tongue));
  const most = Math.max(...counts.map(({ count }) => count));
  const even = counts.filter(({ count }) => count === most).map(({ tongue }) => tongue);
  return even.find((tongue) => tongue === before) ?? even[0] ?? before ?? "en";
}
