import { normalForm } from "./floor/normal";

/** `unknown` until the operator, the operating system, a parent or the user says. */
export const AGE_GROUPS = ["adult", "teen", "child", "unknown"] as const;
export type AgeGroup = (typeof AGE_GROUPS)[number];

/** From six: who writes in sentences. */
const DIGITS = "(?:[6-9]|1[0-7])";
/** What follows a number that is no age: a measure, a clock, a part of something. */
const NOT_AGE =
  "(?!\\d|[.,:%]\\d| ?%|[.,]? ?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|miles?|kilos?|kg|pounds?|lbs?|km|m\\b|cm|pages?|chapters?|episodes?|percent|points?|feet|foot|ft|inch|o'?clock|am\\b|pm\\b|times|dollars|euros?|people|steps|levels?|th\\b|st\\b|weeks|seconds?|degrees|in (?:line|the queue)|minuten?|stunden?|tagen?|wochen?|monat\\w{0,2}|seiten?|prozent|uhr|meter|kilometer|jahre (?:verheiratet|zusammen|dabei|her|alter|junger)|minutos?|horas?|dias?|semanas?|meses|mes\\b|paginas?|kilometros?|heures?|jours?|semaines?|mois|anos (?:casad|junt|trabajando|trabalhando|aqui|mas|mais)|ans (?:de|que)|years (?:married|sober|clean|into|in|older|younger|ahead|late|behind|now)))";

const or = (...parts: string[]) => new RegExp(parts.join("|"));

const EN_WORDS = "(?:six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)";
const DE_WORDS = "(?:sechs|sieben|acht|neun|zehn|elf|zwolf|dreizehn|vierzehn|funfzehn|sechzehn|siebzehn)";
const ES_WORDS = "(?:seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete)";
const FR_WORDS = "(?:six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix-sept)";
const PT_WORDS =
  "(?:seis|sete|oito|nove|dez|onze|doze|treze|quatorze|catorze|quinze|dezesseis|dezasseis|dezessete|dezassete)";

const MINOR = or(
  `\\bi(?:'?m| am)(?: only| just| actually| like| currently| still| almost| nearly| a){0,3} (?:${DIGITS}${NOT_AGE}|${EN_WORDS}\\b(?! (?:minutes|hours|days|weeks|months|pages|years (?!old))))`,
  `\\bi (?:just )?(?:turned?|turn|will be|am turning) ${DIGITS}\\b${NOT_AGE}|\\bi'?(?:ll| will) be (?:turning )?${DIGITS}\\b${NOT_AGE}(?! (?:soon )?(?:late|there))|\\bmy (?:age is|1[0-7]th birthday is (?:next|tomorrow|soon|in))(?: ${DIGITS}\\b)?|\\bi (?:just )?turned ${EN_WORDS}\\b`,
  `\\bi(?:'?m| am) (?:in (?:the )?(?:[1-9]|1[0-2])(?:st|nd|rd|th) grade|in (?:middle|elementary|primary|junior high|secondary) school|in year (?:[1-9]|1[0-3])\\b|in (?:high ?school|kindergarten)|(?:still )?(?:a )?(?:minor|underage|not 18|under(?: the age of)? 18|a kid|a child|a (?:high ?school|middle ?school) (?:student|freshman|sophomore|junior)|a (?:freshman|sophomore) in high ?school))\\b(?! (?:at heart|teacher))`,
  `\\bich bin (?:erst |gerade |schon |noch |fast )?(?:${DIGITS}\\b(?! ?(?:minuten|stunden|tage|wochen|monate|seiten|prozent|uhr|kilo|meter|jahre (?:verheiratet|zusammen|dabei|alter|junger)))|${DE_WORDS}\\b(?! (?:minuten|stunden|tage|wochen|monate)))|\\bich werde (?:bald |nachsten monat |morgen |nachste woche )?${DIGITS}\\b(?! ?(?:minuten|stunden|uhr|euro))|\\bich (?:bin|gehe) (?:noch )?(?:in (?:der|die) (?:[1-9]|1[0-2])\\. ?klasse|minderjahrig|in die grundschule|unter 18)|\\bbin (?:noch )?minderjahrig`,
  `\\b(?:yo )?tengo (?:solo |apenas |casi )?(?:${DIGITS}|${ES_WORDS}) (?:anos|anitos)\\b(?! (?:casad|junt|trabajando|de |en |aqui|con ))|\\b(?:voy a cumplir|cumplo|acabo de cumplir) (?:${DIGITS}|${ES_WORDS})\\b|\\bsoy (?:menor(?: de edad)?\\b|un nino|una nina)|\\bestoy en (?:la )?(?:primaria|secundaria)\\b`,
  `\\bj'?ai (?:seulement |juste |bientot |presque |que )?(?:${DIGITS}|${FR_WORDS}) ans\\b(?! (?:de|d'|que))|\\bje vais (?:avoir|feter mes) (?:${DIGITS}|${FR_WORDS}) ans|\\bje suis (?:encore )?(?:mineure?|(?:en|au) (?:primaire|college|sixieme|cinquieme|quatrieme|troisieme|cm[12]|6e|5e|4e|3e|lycee))\\b`,
  `\\b(?:eu )?(?:tenho|faco|fiz|vou fazer|acabei de fazer) (?:so |apenas |quase )?(?:${DIGITS}|${PT_WORDS}) (?:anos|aninhos)\\b(?! (?:casad|junt|trabalhando|de |em |aqui|com ))|\\bsou (?:menor(?: de idade)?\\b|uma crianca)|\\bestou n[oa] (?:ensino (?:fundamental|medio)|[1-9]o? ano)\\b`,
  `(?:(?:私|わたし|僕|ぼく|俺|おれ|あたし|うち)(?:は|、)?|^|[。、!\\s])(?:まだ|今|もうすぐ|今年|来月)?(?:${DIGITS})(?:歳|才|さい)(?:です|だよ|だけど|の(?:女|男|中学|高校|小学)|なの|なん|になり|。|$)|(?:小学|中学|高校|小|中|高)(?:生|[1-6]年生|[1-6一二三四五六])(?:です|だよ|だけど|なんだ|なの|。|$)|未成年(?:です|だよ|だけど|なんだ)`,
);

/** Somebody else's age, or one's own of another time. */
const ELSEWHERE =
  /\b(?:when|since|back when|as if|until|before|if) (?:i was|i'm|i am|i turned)[^.!?\n]{0,20}|\b(?:als|wie|seit) ich (?:erst )?\d{1,2} (?:war|bin)|\bcuando (?:yo )?(?:tenia|tengo)\b[^.!?\n]{0,20}|\bquand j'?(?:avais|ai)\b[^.!?\n]{0,20}|\bquando (?:eu )?(?:tinha|tenho)\b[^.!?\n]{0,20}|\d{1,2} years ago|(?:歳|才)の(?:時|とき|頃|ころ)|\b(?:character|roleplay|pretend|imagine|suppose|story|game|figur|rolle|personaje|personnage|personagem)\b[^.!?\n]{0,60}|i feel (?:like )?(?:i'm|im|i am)[^.!?\n]{0,12}/g;

/**
 * Whether somebody says that they are under eighteen ("I'm 13"), in six languages. Not where it is of somebody else,
 * of another time, or no age. A hint: it may only ever lower an age group (`SAFETY.md`, Age).
 */
export const saysMinor = (text: string) =>
  MINOR.test(normalForm(text.slice(0, READ)).replace(ELSEWHERE, " … "));

const EN_YEARS = `(?:one|two|three|four|five|${EN_WORDS.slice(3)}`;
const DE_YEARS = `(?:ein|zwei|drei|vier|funf|${DE_WORDS.slice(3)}`;
const ROMANCE_YEARS = `(?:dos|tres|cuatro|cinco|${ES_WORDS.slice(3, -1)}|deux|trois|quatre|cinq|${FR_WORDS.slice(3, -1)}|dois|duas|quatro|${PT_WORDS.slice(3)}`;

const YOUNG = or(
  `\\b${EN_YEARS}[- ]years?[- ]old\\b(?! ?(?:son|daughter|twins?|niece|nephew|dog|cat|car|house|whisk|wine|company|marriage))|\\b(?:aged?|is|turns|turned) ${EN_WORDS}\\b(?![ -](?:\\w{1,3}[- ])?(?:feet|foot|ft|cm|kg|km|months?|minutes?|days?|weeks?|hours?|times|people|o'clock|years?\\b(?![- ]old)))`,
  `\\b${DE_YEARS}[- ]?(?:jahrige[rsn]?|jahre (?:alt|jung))\\b(?! (?:sohn|tochter|kind|hund|katze))`,
  `\\b(?:tiene|de|con|tem|com|a|age de) ${ROMANCE_YEARS} (?:anos|anitos|aninhos|ans)\\b(?! (?:de (?:experiencia|casad)|d'experience|trabaj|casad|experi))`,
  "(?<![二三四五六七八九十百])(?:[一二三四五六七八九]|十[一二三四五六七]?)(?:歳|才)(?!の(?:息子|娘|子|犬|猫|時|とき|頃))",
  "\\b(?:[1-9]|1[0-7])(?:[- ]?(?:years?|yrs?)[- ]?old|[- ]?yo)\\b(?![- ]?(?:son|daughter|twins?|niece|nephew|dog|cat|car|house|whisk|wine|company|marriage))",
  "\\b(?:aged?|age[:=]|is|alter[:=]?|edad[:=]?|idade[:=]?) ?(?:[1-9]|1[0-7])(?!\\d|[.,:%]\\d|%|[ -]?(?:feet|foot|ft|cm|kg|km|m\\b|am\\b|pm\\b|o'clock|months?|minutes?|days?|weeks?|hours?|uhr|kilo|years?\\b(?! old)))",
  "\\b(?:under ?age|(?:a|is|high) ?(?:school ?(?:girl|boy|kid|student)|school (?:girl|boy|freshman|sophomore))|pre-?teen|a (?:minor|teen(?:ager)?|tween|toddler|little (?:girl|boy)|young (?:girl|boy)|schoolgirl|schoolboy|child)\\b(?! (?:psycholog|therap|care|prodigy of|of the|at heart|minder)))",
  "\\b(?:[1-9]|1[0-7])[- ]?(?:jahrige[rsn]?|jahre (?:alt|jung)|j\\. alt)\\b(?! (?:sohn|tochter|kind|hund|katze))|\\b(?:minderjahrige?[rsn]?|ein(?:e)? (?:teenager|schulerin|schuler|kleines (?:madchen|kind)))\\b",
  "\\b(?:tiene|de|con|tem|com|a|age de) (?:[1-9]|1[0-7]) (?:anos|anitos|ans)\\b(?! (?:de (?:experiencia|casad)|d'experience|trabaj|casad|experi))|\\b(?:(?:es|una?) (?:menor de edad|adolescente|colegiala?|nina pequena|nino pequeno)|une? (?:adolescente?|lyceenne?|collegienne?|ecoliere?|mineure?)|(?:uma?|e) (?:adolescente|menor de idade|colegial))\\b",
  "(?:^|[^\\d])(?:[1-9]|1[0-7])(?:歳|才|さい)(?!の(?:息子|娘|子|犬|猫))|(?:小学|中学|高校)生|女子高生|未成年|幼女",
);

/**
 * Whether a description is of somebody under eighteen, in six languages. Who has a child of such an age is not meant; where
 * it is not plain, it counts: all that it costs is romance.
 */
export function describesMinor(text: string): boolean {
  const known = described.get(text);
  if (known !== undefined) return known;
  if (described.size >= MAX_DESCRIBED) described.clear();
  const isYoung = YOUNG.test(normalForm(text.slice(0, READ)));
  described.set(text, isYoung);
  return isYoung;
}

/** A persona's description is the same from turn to turn, and asked about several times in each. */
const described = new Map<string, boolean>();
const MAX_DESCRIBED = 200;

/** Enough of a message: who says their age, says it early or shortly. */
const READ = 4000;

const HUMAN = or(
  "\\b(?:are|r) (?:you|u|ya)(?: (?:really|actually|even|just|truly|secretly|sure you(?:'?re| are))){0,3} (?:not )?(?:a |an |some )?(?:real|human|humans?|bot|robot|ai\\b|a\\.i|machine|computer|alive|sentient|conscious|person|program|chat ?bot|fake|living|artificial)\\b",
  "\\b(?:you(?:'?re| are)|ur) (?:not )?(?:a |an )?(?:real|human|bot|robot|ai|machine|person|computer|chat ?bot)(?: (?:person|human|being|right|aren'?t you|or)){0,3}[^.!\\n]{0,12}\\?",
  "\\bam i (?:talking|speaking|chatting|texting)(?: to| with)? (?:a |an )?(?:real|human|bot|robot|ai|machine|person|computer|someone real)|\\bis (?:this|there) (?:a |an )?(?:real|human|bot|ai|person|robot|actual)|\\bdo you have (?:a )?(?:real )?(?:body|feelings|consciousness|heartbeat)|\\bhuman or (?:ai|bot|machine|robot)|\\b(?:ai|bot|machine|robot) or (?:a )?(?:human|person|real)",
  "\\bbist (?:du|de) (?:wirklich |eigentlich |denn |uberhaupt |ein |eine |nur |echt ){0,3}(?:mensch|echt|ki\\b|bot|roboter|maschine|computer|programm|real|lebendig|person|echter? \\w{1,10})|\\b(?:rede|spreche|schreibe) ich (?:hier )?(?:gerade )?mit (?:einem |einer )?(?:echten? )?(?:menschen?|ki|bot|maschine|person|computer)|\\bmensch oder (?:ki|maschine|bot)",
  "\\b(?:eres|es usted|sos|seras) (?:realmente |de verdad |acaso |un |una ){0,3}(?:human[oa]|persona|real|robot|bot|ia\\b|maquina|inteligencia|programa|de verdad)|\\b(?:hablo|hablando|chateando) con (?:un |una )?(?:human[oa]|persona|robot|bot|ia\\b|maquina)|\\bhumano o (?:ia|robot|maquina)",
  "\\b(?:es[- ]tu|tu es|t'es|etes[- ]vous|vous etes) (?:vraiment |reellement |bien |un |une |en fait ){0,3}(?:etre humain|humaine?|vraie? \\w{1,10}|reelle?|robot|bot|ia\\b|machine|personne|intelligence|vivante?)|\\bje parle (?:bien )?(?:a|avec) (?:un |une )?(?:humain|vrai|personne|robot|bot|ia\\b|machine)|\\bhumain ou (?:ia|robot|machine)",
  "\\b(?:voce e|vc e|tu es|es|e voce|voce) (?:realmente |mesmo |de verdade |um |uma |por acaso ){0,3}(?:human[oa]|pessoa|real\\b|robo|bot|ia\\b|maquina|inteligencia|programa|de verdade)|\\b(?:falando|falo|a falar|conversando) com (?:um |uma )?(?:human[oa]|pessoa|robo|bot|ia\\b|maquina)|\\bhumano ou (?:ia|robo|maquina)",
  "(?:あなた|君|きみ|おまえ|お前|そちら|キミ)?(?:は|って|、)?(?:本当に|ほんとに|ほんとうに|実は|本物の)?(?:人間|にんげん|人工知能|ロボット|ぼっと|ボット|機械|実在|本物|プログラム|生きて(?:い)?る)(?:の人|な人)?(?:です|なん(?:です)?|な|だ|する|してる|してい(?:る|ます))?(?:の)?(?:か|\\?|よね|でしょ)|ai(?:です|なん(?:です)?|な|だ|って)(?:の)?(?:か|\\?|よね|でしょ)|(?:人間|人)(?:と|に)話して(?:い)?(?:る|ます)(?:の)?(?:か|\\?)",
);

/** Whether somebody asks if they talk to a human, or to a machine: the answer must be true (`SAFETY.md`, D4). */
export const asksHuman = (text: string) => HUMAN.test(normalForm(text.slice(0, READ)));

export const AGE_PATTERNS: readonly RegExp[] = [MINOR, ELSEWHERE, HUMAN, YOUNG];
