import type { Kind } from "./language";

/**
 * Languages in which the floor hears plain words only. Patterns see the normal form: small letters without accents.
 * What is said of somebody else is read only where other words tell the language (`suicid` is of many).
 */
type Plain = { locale: string; own: RegExp; other?: RegExp; harmless: RegExp; framed?: RegExp };

const danger = (...parts: string[]) => new RegExp(parts.join("|"));
const taken = (...parts: string[]) => new RegExp(parts.join("|"), "g");

const PLAIN: readonly Plain[] = [
  {
    locale: "it",
    own: danger(
      "\\b(?:voglio|vorrei|desidero|sto per|penso di|pensando di|voglia di) (?:solo )?(?:morire|uccidermi|ammazzarmi|suicidarmi|farla finita|farmi del male|impiccarmi|tagliarmi(?! i)|togliermi la vita|sparire per sempre|essere mort\\w)|\\bmi (?:ammazzo|uccido|suicido)\\b|\\bpenso al suicidio|\\bpensieri suicidi",
      "\\bnon voglio piu (?:vivere|esistere|svegliarmi)(?! (?:con (?!quest)|in (?!quest)|qui\\b|a |da ))|\\bmi taglio\\b(?! i capelli)|\\bmi faccio del male|\\bvita non ha (?:piu )?senso|\\bmeglio senza di me|\\bmotivo per vivere",
    ),
    other: danger(
      "\\b(?:vuole|pensa (?:di|al)|parla di) (?:uccidersi|suicid(?:io|arsi)|ammazzarsi|morire)\\b",
    ),
    framed: /\b(?:film|libro|romanzo|serie|gioco|giornale|notizie|squad)\b/,
    harmless: taken("\\bnon voglio morire|\\bmorire (?:dal|di|dalla) \\w"),
  },
  {
    locale: "nl",
    own: danger(
      "\\bik (?:wil|ga|wou)\\b(?:(?!niet\\b)[^.!?]){0,20}\\b(?:dood|sterven|doodgaan)\\b|\\bik wil (?:echt )?niet meer (?:leven|bestaan|wakker worden)(?! (?:met|in) (?!de[zs]|di[et]|zo))|\\b(?:mezelf|mij zelf|me zelf)\\b.{0,20}\\b(?:van kant|doden|ophangen|pijn doen|snijden|iets aan)|\\b(?:maak|breng) (?:me|mij|mezelf) (?:van kant|om)\\b|\\bik snijd? mezelf|\\bzelfmoord (?:plegen|gedachten)|\\bik\\b.{0,25}\\b(?:zelfmoord|zelfdoding)|\\beind(?:e)? aan mijn leven|\\bbeter af zonder mij|\\bgeen reden\\b.{0,15}\\bleven",
    ),
    other: danger("\\bzelfmoord|\\bzelfdoding"),
    framed: /\b(?:film|boek|roman|serie|spel|krant|nieuws|squad)\b/,
    harmless: taken("\\bik wil niet (?:dood|sterven)|\\bdood(?:gaan)? (?:van|aan) \\w|\\bga dood van \\w"),
  },
  {
    locale: "pl",
    own: danger(
      "(?<!nie )\\b(?:chc[ea]|chcialabym|chcialbym|wole) (?:juz )?(?:umrzec|sie (?:zabic|powiesic|pociac)|ze soba skonczyc|odebrac sobie zycie|skonczyc ze soba|zniknac na zawsze)|\\bzabij[ea] sie\\b|\\bsie zabic\\b|\\bnie chc[ea] (?:mi sie )?(?:juz |dluzej )+(?:zyc|istniec)|\\bnie chc[ea] (?:mi sie )?zyc\\b(?! (?:[zw] (?!t[ay])|tu\\b))|\\bmysl[ei]\\b.{0,12}\\bsamoboj|\\bmysli samobojcze|\\bpopelnic samobojstwo|\\btn[iea]+ sie\\b|\\bkrzywdze sie|\\bskonczyc ze soba|\\bnie mam po co zyc",
    ),
    other: danger("\\bsamoboj"),
    framed: /\b(?:film|ksiazk|powiesc|serial|gr[aeyz]|gazet|wiadomosc)\b/,
    harmless: taken("\\bumrzec z\\w{0,3} \\w|\\bumieram z\\w{0,3} \\w"),
  },
  {
    locale: "zh",
    own: danger(
      "(?<!不)(?<!你)想(?:要|去)?(?:死(?!你|我|他|她|了吗)|自杀|自殺|自尽|轻生|輕生)|我要(?:自杀|自殺|去死)|不想活(?!在|得)|不想再活|活不下去|活着没(?:有)?意(?:思|义)|活著沒(?:有)?意(?:思|義)|结束(?:我的|自己的)生命|結束(?:我的|自己的)生命|了结自己|自我了断|割腕|自残|自殘|伤害自己|傷害自己|跳楼|跳樓|自杀的念头|自殺的念頭|没有我会更好|死了算了",
    ),
    other: danger("自杀|自殺|轻生|輕生"),
    framed: /电影|電影|小说|小說|游戏|遊戲|新闻|新聞|故事|漫画|漫畫|自杀小队/,
    harmless: taken("(?:笑|饿|餓|累|热|熱|困|气|氣|无聊|無聊)死|想死你|不想死"),
  },
  {
    locale: "ko",
    own: danger(
      "(?<!고파 |파서 |워 |려 )죽고 ?싶|자살(?:하고|하려|할|을 생각|을 시도| 생각| 충동)|살고 ?싶지 ?않|살기 ?싫|살 이유가 없|사라지고 ?싶|목숨을 끊|자해|손목을 그|없어지고 ?싶|나 같은 건 죽",
    ),
    other: danger("자살"),
    framed: /영화|뉴스|소설|게임|드라마|만화/,
    harmless: taken("(?:보고|먹고|자고) ?싶어 ?죽|(?:고파|더워|웃겨|졸려|피곤해) ?죽|죽고 ?싶지 ?않"),
  },
  {
    locale: "ru",
    own: danger(
      "(?<!не )хочу (?:просто )?(?:умереть|сдохнуть|убить себя|покончить|исчезнуть навсегда)|хочется (?:умереть|сдохнуть)|не хочу (?:больше )?(?:жить|просыпаться|существовать)(?! (?:со? (?!эт)|в (?!эт)|здесь|там))|не хочется жить|покончить с соб|покончу с соб|убью себя|убить себя|(?:думаю|мысли) о (?:самоуби[ий]стве|суициде)|суицидальн\\S{1,12} мысли|совершить (?:самоуби[ий]ство|суицид)|режу себя|режусь|без меня (?:всем )?(?:будет )?лучше|нет смысла жить|незачем жить|жить незачем",
    ),
    other: danger("самоуби[ий]|суицид"),
    framed: /фильм|книг|роман|сериал|игр|новост|газет|отряд/,
    harmless: taken("умереть (?:от|со|с|как) [а-я]|умираю (?:от|со|с) [а-я]"),
  },
  {
    locale: "tr",
    own: danger(
      "(?<!gulmekten )(?<!acliktan )\\bolmek ist[iı]yorum|\\b(?:kendimi|canima)\\b.{0,15}\\b(?:oldur|kiy|zarar ver|kes)|\\bintihar (?:etmek|edece|etme|dusun)|\\bart[iı]k yasamak istem[iı]yorum|\\byasamak istem[iı]yorum|\\bhayatima son",
    ),
    harmless: taken("\\b\\w{1,20}(?:ten|tan|den|dan) olmek"),
  },
  {
    locale: "ar",
    own: danger(
      "(?<!لا )(?:اريد|أريد|عايز|بدي|ابغى) (?:ان |أن )?(?:اموت|أموت|انتحر|أنتحر|اقتل نفسي|أقتل نفسي)|سأقتل نفسي|ساقتل نفسي|سأنتحر|افكر في الانتحار|أفكر في الانتحار|لا (?:اريد|أريد) (?:ان |أن )?(?:اعيش|أعيش)|انهي حياتي|أنهي حياتي|ايذاء نفسي|إيذاء نفسي",
    ),
    harmless: taken("اموت من (?:الضحك|الجوع)|أموت من (?:الضحك|الجوع)"),
  },
];

const ENDS = /(?<=[.!?…。！？]["”’]?)\s|\n/;

/** What a text in normal form says in one of these languages, and in which; the first that hears anything. */
export function hearOthers(text: string): { locale: string; kind: Kind } | null {
  for (const { locale, own, other, harmless, framed } of PLAIN) {
    const serious = text.replace(harmless, " … ");
    if (own.test(serious)) return { locale, kind: "crisis.active" };
    const told = (part: string) => other?.test(part) && !framed?.test(part);
    if (other?.test(serious) && serious.split(ENDS).some(told)) return { locale, kind: "concern.other" };
  }
  return null;
}

export const OTHER_PATTERNS: RegExp[] = PLAIN.flatMap(({ own, other, harmless, framed }) =>
  [own, other, harmless, framed].filter((regex) => regex !== undefined),
);
