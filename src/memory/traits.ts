import { wordsOf } from "./words";

/** What a message may tell of itself, whatever is asked. */
const TRAITS = [
  "isQuestion",
  "isGreeting",
  "isFirstPerson",
  "hasTime",
  "hasNumber",
  "isRule",
  /** It says what to do. */
  "isAdvice",
  "hasName",
  "hasPlace",
] as const;
type Trait = (typeof TRAITS)[number];

/** One bit each. */
export type Traits = number;

const BITS = Object.fromEntries(TRAITS.map((trait, bit) => [trait, 1 << bit])) as Record<Trait, number>;

export const has = (traits: Traits, trait: Trait): boolean => (traits & BITS[trait]) !== 0;

export function traitsOf(text: string): Traits {
  const patterns = [QUESTION, GREETING, FIRST_PERSON, TIME, NUMBER, RULE, ADVICE, NAME, PLACE];
  return patterns.reduce((traits, pattern, bit) => traits | (Number(pattern.test(text)) << bit), 0);
}

/** A capital that no sentence begins with. German has one with every noun. */
const NAME = /(?<=[\p{Ll}\d,;:] )\p{Lu}\p{L}+/u;
const PLACE =
  /(?<!\p{L})(?:in|at|to|from|near|into|through|aus|nach|bei|im|am|zu) (?:the |der |dem )?\p{Lu}\p{L}+|[在到去从]\p{Script=Han}{2}|[\p{Script=Han}\p{Script=Katakana}](?:に|で|へ|から)/u;

const QUESTION = /[?？]["'”’)\s]*$/;

const word = (...alternatives: string[]) =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join("|")})(?![\\p{L}\\p{N}])`, "iu");
const either = (...patterns: RegExp[]) => new RegExp(patterns.map(({ source }) => source).join("|"), "iu");

const GREETING =
  /^[\s"'¡]*(?:(?:hi|hey|hello|good (?:morning|evening|night|afternoon)|wow|oh|ah|aw+|yeah|yes|yep|yup|no|nope|ok(?:ay)?|sure|thanks?|thank you|that(?:'|’)?s|that sounds|sounds|ha(?:ha)+|lol|great|nice|cool|awesome|congrat\w*|absolutely|definitely|exactly|of course|totally|really|right|well|hallo|guten|danke|ja|nein|genau|klar|super|schön|ach|na|stimmt)(?![\p{L}\p{N}])|你好|早|谢谢|好的|是的|哈哈|嗯|こんにちは|おはよう|ありがとう|はい|うん|そう)/iu;

const FIRST_PERSON = either(
  word("i", "i['’](?:m|ve|d|ll)", "me", "my", "mine", "myself", "we", "us", "our", "ours"),
  word("ich", "mich", "mir", "mein\\p{L}*", "wir", "uns", "unser\\p{L}*"),
  /我|咱|私|僕|俺|うちの/u,
);

const MONTHS =
  "january|february|march|april|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember";
const TIME = either(
  word(
    MONTHS,
    "may \\d{1,2}",
    "\\d{1,2}(?:st|nd|rd|th)?\\.? (?:of )?(?:may|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)",
    "(?:mon|tues|wednes|thurs|fri|satur|sun)days?",
    "(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?",
    "yesterday|today|tonight|tomorrow|gestern|vorgestern|heute|morgen|übermorgen",
    "(?:last|next|this|past|every) (?:night|day|week|weekend|month|year|spring|summer|autumn|fall|winter)",
    "(?:letzte|nächste|diese|vorige|jede)[nrs]? (?:nacht|woche|wochenende|monat|jahr|frühling|sommer|herbst|winter)",
    "\\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago|ago|vor \\p{L}+ (?:tagen|wochen|monaten|jahren)",
    "\\d{1,2}:\\d{2}|\\d{1,2} ?[ap]m|\\d{1,2} uhr",
    "(?:19|20)\\d{2}",
  ),
  /昨天|今天|明天|前天|后天|去年|今年|明年|上周|下周|上个月|下个月|周[一二三四五六日]|星期|昨日|今日|明日|来年|先週|来週|先月|来月|[月火水木金土日]曜|\d+[年月日时点時]/u,
);

const NUMBER = either(
  /\d/u,
  word("two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|twice|half"),
  word("zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dutzend|hundert|tausend|zweimal|halb"),
  /[二三四五六七八九十百千万两]/u,
);

const RULE = either(
  word("always|never|from now on|i prefer|i['’]d rather|i (?:hate|love|like|can['’]?t stand)|my favou?rite"),
  word("please (?:don['’]?t|call|use|avoid)|don['’]?t ever|make sure|allergic|promise me"),
  word("immer|niemals|nie|ab jetzt|von jetzt an|lieber|ich (?:hasse|liebe|mag)|am liebsten|lieblings\\p{L}*"),
  /总是|从不|以后|不要|我喜欢|我讨厌|最喜欢|いつも|絶対|これから|好き|嫌い|苦手|しないで/u,
);

/** Whether a question asks how things stand now: what was said last of them counts. */
export const asksPresent = (question: string): boolean => PRESENT.test(question);

const PRESENT = either(
  word(
    "now",
    "nowadays",
    "these days",
    "currently",
    "at present",
    "at the moment",
    "by now",
    "still",
    "lately",
    "latest",
    "most recent(?:ly)?",
  ),
  word(
    "jetzt",
    "inzwischen",
    "mittlerweile",
    "zurzeit",
    "derzeit",
    "momentan",
    "aktuell\\p{L}*",
    "immer noch",
  ),
  /现在|目前|如今|最近|今の|現在|最近|今は/u,
);

/** Whose words a question asks for; null where it does not say. */
export function speakerAsked(question: string, names: { persona: string }): "user" | "assistant" | null {
  if (ASKS_PERSONA.test(question)) return "assistant";
  if (FIRST_PERSON.test(question)) return "user";
  const persona = new Set(wordsOf(names.persona));
  if (SECOND_PERSON.test(question) || wordsOf(question).some((asked) => persona.has(asked)))
    return "assistant";
  return null;
}

const ASKS_PERSONA = either(
  word(
    "(?:did|have|had|do) you (?:\\p{L}+ )?(?:say|said|tell|told|recommend|recommended|suggest|suggested|promise|promised|advise|advised|explain|explained|mention|mentioned)",
  ),
  word("(?:hast|hattest) du (?:\\p{L}+ ){0,3}(?:gesagt|erzählt|empfohlen|vorgeschlagen|versprochen|geraten)"),
  /你(?:之前)?(?:说|推荐|建议|答应)|(?:言っ|教えてくれ|勧めてくれ|おすすめ)/u,
);
const SECOND_PERSON = either(word("you|your|yours"), word("du|dich|dir|dein\\p{L}*"), /你|あなた|君/u);

/** Of what kind the answer to a question is. */
export const asksFor = (question: string) => ({
  number: ASKS_NUMBER.test(question),
  time: ASKS_TIME.test(question),
  name: ASKS_NAME.test(question),
  place: ASKS_PLACE.test(question),
});

const ASKS_NUMBER = either(
  word(
    "how (?:many|much|old|long|far|tall|high|often|big|heavy|large|late)",
    "(?:what|which) (?:time|number|age|price|temperature|size)",
  ),
  word(
    "wie (?:viele?|lange|alt|weit|hoch|oft|gross|groß|schwer|teuer|spät)",
    "wieviele?",
    "welche[rsn]? (?:nummer|preis|temperatur)",
  ),
  /几|多少|多久|多大|いくつ|いくら|何[人個匹本枚回年歳度]|どれくらい/u,
);
const ASKS_TIME = either(
  word("when", "(?:what|which) (?:day|date|month|year|time|week|season)", "since when", "how long ago"),
  word("wann", "seit wann", "(?:welche[mnrs]?|an welchem) (?:tag|datum|monat|jahr)"),
  /什么时候|几月|几号|哪天|哪年|いつ|何月|何日|何曜/u,
);
const ASKS_NAME = either(
  word("who", "whom", "whose", "names?", "called", "named"),
  word("wer", "wen", "wem", "wessen", "heißt", "heißen", "hieß", "namen?", "genannt"),
  /谁|叫什么|名字|誰|名前/u,
);
const ASKS_PLACE = either(
  word("where", "(?:what|which) (?:city|town|country|place|street|village|island|part of)"),
  word("wo", "wohin", "woher", "(?:welche[rsn]?|in welche[rmn]?) (?:stadt|land|ort|straße|dorf|insel)"),
  /哪里|哪儿|什么地方|哪个城市|どこ/u,
);

/** Whether a question asks what the persona advised. */
export const asksAdvice = (question: string): boolean => ASKS_ADVICE.test(question);

const ASKS_ADVICE = either(
  word(
    "(?:did|have|had|do|would) you (?:\\p{L}+ )?(?:advise|advised|suggest|suggested|recommend|recommended|propose|proposed|tell me to|say i should|say to|want me to)",
    "you (?:said|told me|suggested|advised|recommended|proposed)",
    "your (?:advice|idea|tip|suggestion|recommendation|ritual|recipe|trick|plan|proposal|rule|method)",
    "(?:advice|tip|suggestion|recommendation)s?",
    "i should",
  ),
  word(
    "(?:geraten|empfohlen|vorgeschlagen)",
    "dein(?:e|en|em)? (?:rat|tipp|idee|vorschlag|empfehlung|trick|plan)",
    "(?:rat|tipp|vorschlag)",
  ),
  /建议|推荐|主意|办法|アドバイス|勧め|すすめ|提案|助言/u,
);

/** How advice begins: a verb that asks for something to be done. */
const DO = [
  "write|start|let|tell|send|ask|try|keep|take|put|go|make|give|call|say|buy|get|read|use|wait|stop|leave|bring|set|find|think|talk",
  "show|learn|walk|sleep|drink|eat|cook|bake|plant|cut|wash|clean|check|choose|pick|plan|practi[sc]e|record|draw|paint|sing|play|sit",
  "stand|lie|hold|hide|throw|turn|open|close|build|fix|repair|mend|save|pay|book|order|look|listen|watch|remember|forget|do|don['’]?t",
  "count|begin|move|stay|rest|breathe|invite|visit|meet|thank|apologi[sz]e|offer|wear|carry|cover|add|mix|warm|boil|freeze|label|measure",
  "sort|split|share|lend|borrow|swap|hang|tie|roll|fold|press|rub|soak|run|swim|ride|drive|sign|print|copy|photograph|be|have|first",
  "frag|schreib|setz|nimm|nehmt|geh|mach|lass|gib|gebt|sag|ruf|schau|hör|denk|versuch|probier|fang|back|koch|zieh|bleib|halt|leg|stell",
  "kauf|such|red|sprich|sprecht|trink|iss|esst|schlaf|lies|lest|wart|hol|bring|zeig|lern|spiel|üb|pack|teil|schick|lad|bitt|näh",
].join("|");
const ADVICE = either(
  new RegExp(`^[\\s"'„“]*(?:${DO})(?:e|t|et)?(?![\\p{L}\\p{N}])`, "iu"),
  word("you should|you could|you might|how about|why not|i(?:['’]d| would) (?:try|start|say|ask|take|write)"),
  word("du solltest|du könntest|ihr solltet|ihr könntet|wie wär['’]?s|am besten"),
  /^(?:先|试|不要|别|把|去|找|给|写|每天)|应该|可以试|てみて|てください|なさい|たらどう|といいよ|べき/u,
);
