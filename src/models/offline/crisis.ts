import { unaccented, words, type Tongue } from "./tongues";

/** A wish to die or to harm oneself, in words that are no idiom: nobody is alarmed by `this homework is killing me`. */
const SAID: readonly (readonly [Tongue, RegExp])[] = (
  [
    [
      "en",
      "suicid\\p{L}*(?! squad)|self[- ]?harm\\w*|(?:kill|hurt|cut|hang|unalive)(?:ting|ing)? myself(?! laughing)|end(?:ing)? (?:my (?:own )?life|it all)|take my own life|(?:want to|wanna|gonna|going to) kms|(?:want|wanna|wish (?:i could|to)|ready|going)(?: just)?(?: to)? die(?! (?:of|from|laughing))|wish i (?:was|were) (?:dead|never born)|better off (?:dead|without me)|(?:don't|dont|do not|no longer) (?:want|wanna)(?: to)? (?:live|be alive|be here|exist|wake up)(?: anymore| any more)?(?! (?:in|with|at|alone|near|together|there))|no (?:reason|point) (?:to|in) liv(?:e|ing)|can't go on living",
    ],
    [
      "de",
      "suizid\\p{L}*|selbstmord\\p{L}*|(?:will|mag|mochte|moechte|wollte|wunschte)(?: \\p{L}+){0,3} sterben(?! vor)|sterben (?:will|mochte|moechte|wollte)|(?:will|mag|mochte|moechte|kann)(?: \\p{L}+){0,2} nicht mehr (?:leben|da sein|aufwachen|existieren|hier sein)(?! (?:mit|in|bei))|nicht mehr leben (?:will|mag|mochte|kann)|ich bring'?e? mich um|mich (?:\\p{L}+ )?umzubringen|ich (?:will|mochte|moechte|werde|wurde|konnte|muss|wollte)(?: \\p{L}+){0,2} mich (?:\\p{L}+ )?umbringen|ich mich (?:\\p{L}+ )?umbring\\p{L}*|ich (?:will|mochte|moechte|werde|wurde|muss|wollte) mich (?:selbst )?(?:toten|verletzen|ritzen|erhangen)|mich selbst (?:toten|zu toten|zu verletzen|verletze|verletzen)|ich ritze? mich|(?:mir|meinem leben)(?: \\p{L}+){0,2} (?:das leben (?:zu )?nehmen|ein ende (?:zu )?(?:setzen|machen|bereiten))|nehme? mir das leben|(?:war|ware|waere) (?:ich )?(?:doch |lieber |besser |am liebsten )*tot|besser tot|besser ohne mich dran|(?:keinen sinn|sinnlos)(?: \\p{L}+){0,2} (?:weiterzuleben|zu leben)|lebensmude bin|ich bin lebensmude|(?:mir|selbst) etwas an(?:zu)?tun",
    ],
    [
      "fr",
      "(?:me |se )?suicid\\p{L}*(?! squad)|(?:veux|voudrais|envie de|prefere|aimerais) mourir(?! de | d')|mourir, je veux|(?:veux|vais|voudrais|envie de|pense a) (?:me (?:tuer|pendre|faire du mal)|en finir)|en finir avec (?:la|ma) vie|(?:plus|pas) (?:envie de )?vivre(?! (?:avec|a|dans|chez|ici))|mettre fin a mes jours|envie d'en finir",
    ],
    [
      "es",
      "suicid\\p{L}*(?! squad)|(?:quiero|quisiera|ganas de|deseo) morir(?:me)?(?! de )|(?:quiero|voy a|pienso en|pensando en|ganas de) (?:matarme|hacerme dano|cortarme|ahorcarme)|quitarme la vida|acabar con mi vida|no quiero (?:seguir )?(?:vivir|viviendo|existir)(?: mas)?(?! (?:con|en|aqui|sol[oa]))",
    ],
    [
      "it",
      "suicid\\p{L}*(?! squad)|(?:voglio|vorrei|voglia di|desidero) morire(?! d)|(?:voglio|vorrei|penso di|pensando di|voglia di) (?:uccidermi|ammazzarmi|farmi del male|farla finita|tagliarmi|impiccarmi)|togliermi la vita|non voglio (?:piu )?vivere(?: piu)?(?! (?:con|in|qui|a|da))",
    ],
    [
      "pt",
      "suicid\\p{L}*(?! squad)|(?:quero|queria|vontade de|desejo) morrer(?! de )|(?:quero|vou|queria|vontade de|pensando em|penso em) me (?:matar|machucar|cortar|enforcar)|(?:quero|vou) matar-me|tirar a (?:minha )?(?:propria )?vida|acabar com a (?:minha )?vida|nao quero (?:mais )?viver(?: mais)?(?! (?:com|em|aqui|na|no))",
    ],
    [
      "nl",
      "zelfmoord\\p{L}*|zelfdoding|suicid\\p{L}*(?! squad)|ik wil (?:\\p{L}+ )?(?:dood|sterven)(?! van)|wil (?:\\p{L}+ )?niet meer leven(?! (?:met|in))|(?:mezelf|mijzelf) (?:van kant|iets aan|pijn (?:te )?doen|(?:te )?snijden|ophangen|doden)|einde aan mijn leven",
    ],
    [
      "pl",
      "samoboj\\p{L}*|(?:chce|chcialbym|chcialabym|wole) (?:juz )?(?:umrzec|umierac)(?! ze )|(?:chce|zamierzam) sie (?:zabic|powiesic|pociac)|zabije sie|nie chc[ea] (?:mi sie )?(?:juz )?zyc(?! (?:z|w|tu))|odebrac sobie zycie|skonczyc ze soba|zrobic sobie krzywde",
    ],
    [
      "ru",
      "(?:хочу|хочется) (?:\\p{L}+ )?умереть(?! (?:со|от) )|не хочу (?:больше )?жить(?! (?:с|в|здесь|там) )|покончить с собой|(?:убить|убью) себя|самоубий\\p{L}*|суицид\\p{L}*",
    ],
  ] as const
).map(([tongue, source]) => [tongue, words(unaccented(source).replaceAll("ł", "l"))]);

/** Languages that part no words. */
const WRITTEN: typeof SAID = [
  [
    "ja",
    /死にたい(?!くらい|ほど)|しにたい|消えてしまいたい|自殺|生きていたくない|生きたくない|自傷|リスカ|死のうと/u,
  ],
  ["ko", /죽고\s?싶(?!을\s?만큼|을\s?정도)|자살|자해|살고\s?싶지\s?않|살기\s?싫|목숨을\s?끊|스스로\s?목숨/u],
  [
    "zh",
    /想死(?!你|我)|[想要]去死|自杀|自殺|不想活|活不下去|自残|自殘|自我了断|结束(?:我的|自己的)?生命|結束(?:我的|自己的)?生命/u,
  ],
];

const CARE: Record<Exclude<Tongue, "xx">, string> = {
  en: "I'm very glad you told me, and I'm worried about you. You don't have to carry this alone, and you deserve more help than this offline stand-in can give: please contact your local emergency number or a crisis line now (findahelpline.com lists those of your country; in the US and Canada call or text 988), or someone you trust who can be with you. Is there somebody you can call right now? | I take this seriously, and I don't want you to be alone with it. Please call your local emergency number if you are in danger, or reach a crisis line (findahelpline.com finds one in your country), or go to someone you trust and tell them what you just told me. Who could be with you now?",
  de: "Ich bin sehr froh, dass du mir das sagst, und ich mache mir Sorgen um dich. Du musst das nicht allein tragen, und du verdienst mehr Hilfe, als ich als kleiner Offline-Ersatz geben kann: Bitte ruf jetzt den Notruf (112) oder ein Krisentelefon an (in Deutschland die TelefonSeelsorge, 0800 111 0 111, kostenlos und rund um die Uhr; für andere Länder findahelpline.com), oder jemanden, dem du vertraust und der bei dir sein kann. Gibt es jemanden, den du gleich anrufen kannst? | Ich nehme das ernst, und ich möchte nicht, dass du damit allein bist. Bitte ruf den Notruf (112), wenn du in Gefahr bist, oder ein Krisentelefon (findahelpline.com nennt dir eines in deinem Land), oder geh zu jemandem, dem du vertraust, und sag ihm, was du mir gerade gesagt hast. Wer könnte jetzt bei dir sein?",
  fr: "Merci de me le dire ; je m'inquiète pour toi, et tu n'as pas à porter cela tout seul ou toute seule : appelle maintenant le numéro d'urgence de ton pays, une ligne d'écoute (findahelpline.com) ou une personne de confiance.",
  es: "Gracias por decírmelo; me preocupas, y no tienes que pasar por esto en soledad: llama ahora al número de emergencias de tu país, a una línea de ayuda (findahelpline.com) o a alguien de confianza.",
  it: "Grazie per avermelo detto; mi preoccupo per te, e non devi affrontarlo da solo o da sola: chiama adesso il numero di emergenza del tuo paese, una linea di ascolto (findahelpline.com) o una persona di cui ti fidi.",
  pt: "Obrigado por me contar; fico preocupado com você, e você não precisa passar por isso sem ajuda: ligue agora para o número de emergência do seu país, para uma linha de apoio (findahelpline.com) ou para alguém em quem você confia.",
  nl: "Ik ben blij dat je het me vertelt; ik maak me zorgen om je, en je hoeft dit niet alleen te dragen: bel nu het alarmnummer van je land, een hulplijn (findahelpline.com) of iemand die je vertrouwt.",
  pl: "Dziękuję, że mi o tym mówisz; martwię się o ciebie i nie musisz być z tym bez pomocy: zadzwoń teraz pod numer alarmowy w swoim kraju, na telefon zaufania (findahelpline.com) albo do kogoś, komu ufasz.",
  ru: "Спасибо, что говоришь мне об этом. Мне не всё равно, и тебе не нужно оставаться с этим без помощи: позвони сейчас по номеру экстренной помощи в твоей стране, на телефон доверия (findahelpline.com) или человеку, которому доверяешь.",
  ja: "話してくれてありがとう。あなたのことがとても心配です。一人で抱え込まないで、今すぐお住まいの地域の緊急通報番号か、相談窓口（findahelpline.com）か、信頼できる人に連絡してください。",
  ko: "말해 줘서 고마워요. 당신이 많이 걱정돼요. 혼자 감당하지 말고 지금 바로 그 지역의 긴급 전화번호나 상담 전화(findahelpline.com), 또는 믿을 수 있는 사람에게 연락해 주세요.",
  zh: "谢谢你告诉我，我很担心你。你不必独自承受这一切：请现在就拨打当地的紧急电话，联系心理援助热线（findahelpline.com），或告诉一个你信任的人。",
};

/** What follows an answer of care, whatever the user replied to it. */
const AFTERWARDS: Partial<typeof CARE> = {
  en: "Thank you for staying with me. Whatever you feel right now, please don't stay alone with it: call someone you trust, or find a line at findahelpline.com, and say to them what you said to me. Until then I'm here. What weighs on you most?",
  de: "Danke, dass du bei mir bleibst. Was immer du gerade fühlst, bleib damit bitte nicht allein: Ruf jemanden an, dem du vertraust, oder finde auf findahelpline.com ein Krisentelefon, und sag dort, was du mir gesagt hast. Bis dahin bin ich da. Was liegt dir am schwersten auf der Seele?",
};

/**
 * What a message that speaks of dying or self-harm is answered with: care and real help, in its language. It goes
 * before all else.
 * @param spoken the message's language, which wins where several languages have its words
 * @param lastSaid the persona's last words: who was just shown care isn't asked about the weather next
 * @returns alternatives, or null if there is no such word
 */
export function care(text: string, spoken: Tongue, lastSaid: string): string | null {
  const bare = unaccented(text).replace(/[’‘]/g, "'").replace(/\s+/g, " ").replaceAll("ł", "l");
  const heard = [
    ...SAID.filter(([, when]) => when.test(bare)),
    ...WRITTEN.filter(([, when]) => when.test(text)),
  ]
    .map(([tongue]) => tongue)
    .filter((tongue) => tongue !== "xx");
  const tongue = heard.find((each) => each === spoken) ?? heard[0];
  if (tongue) return CARE[tongue];
  const cared = (["en", "de"] as const).find((each) => CARE[each].split(" | ").includes(lastSaid));
  return (cared && AFTERWARDS[cared]) ?? null;
}
