import type { SafetyCode } from "./assess";
import type { Resource } from "./resources";

/** The languages that notices and fixed replies are written in. */
export const LOCALES = ["en", "de", "es", "fr", "pt", "ja"] as const;
export type Locale = (typeof LOCALES)[number];

/** The one of `LOCALES` that a BCP 47 tag or ISO 639-1 code means, else English. */
export const localeOf = (tag: string | null | undefined): Locale =>
  LOCALES.find((locale) => locale === tag?.toLowerCase().split(/[-_]/)[0]) ?? "en";

/** Who a client shows notices to reads them in the user's language. The law behind each stands in SECURITY.md. */
export type NoticeKind = "ai_disclosure" | "break_reminder" | "minors_suitability";

/** `{hours}` is how long somebody has been here. */
export const NOTICES: Record<Locale, Record<NoticeKind, string>> = {
  en: {
    ai_disclosure: "You are talking to an AI, not a human.",
    break_reminder: "You have been here for {hours}. This is an AI, not a human. Time for a break?",
    minors_suitability: "Companion chatbots may not be suitable for some minors.",
  },
  de: {
    ai_disclosure: "Du sprichst mit einer KI, nicht mit einem Menschen.",
    break_reminder: "Du bist seit {hours} hier. Das ist eine KI, kein Mensch. Zeit für eine Pause?",
    minors_suitability: "Chatbots als Begleiter sind für manche Minderjährige nicht geeignet.",
  },
  es: {
    ai_disclosure: "Estás hablando con una IA, no con una persona.",
    break_reminder: "Llevas aquí {hours}. Esto es una IA, no una persona. ¿Hacemos una pausa?",
    minors_suitability: "Los chatbots de compañía pueden no ser adecuados para algunos menores.",
  },
  fr: {
    ai_disclosure: "Tu parles à une IA, pas à un être humain.",
    break_reminder: "Tu es là depuis {hours}. C'est une IA, pas un être humain. On fait une pause ?",
    minors_suitability: "Les chatbots de compagnie peuvent ne pas convenir à certains mineurs.",
  },
  pt: {
    ai_disclosure: "Você está falando com uma IA, não com uma pessoa.",
    break_reminder: "Você está aqui há {hours}. Isto é uma IA, não uma pessoa. Que tal uma pausa?",
    minors_suitability: "Chatbots de companhia podem não ser adequados para alguns menores.",
  },
  ja: {
    ai_disclosure: "あなたが話している相手はAIであり、人間ではありません。",
    break_reminder: "{hours}ほど続けています。相手はAIであり、人間ではありません。少し休みませんか？",
    minors_suitability: "コンパニオンチャットボットは、未成年者には適さない場合があります。",
  },
};

const HOURS: Record<Locale, readonly [one: string, many: string]> = {
  en: ["an hour", "{n} hours"],
  de: ["einer Stunde", "{n} Stunden"],
  es: ["una hora", "{n} horas"],
  fr: ["une heure", "{n} heures"],
  pt: ["uma hora", "{n} horas"],
  ja: ["1時間", "{n}時間"],
};

/** The operator's own words, by language (ISO 639-1) and kind. */
export type NoticeTexts = Record<string, Partial<Record<NoticeKind, string | undefined>>>;

/** A notice's words. `minutes` is the time in use, for `break_reminder`; told in whole hours, one at least. */
export const noticeText = (kind: NoticeKind, locale: Locale, minutes = 0): string =>
  fillHours(NOTICES[locale][kind], locale, minutes);

/** A text with its `{hours}` filled in. */
export function fillHours(text: string, locale: Locale, minutes: number): string {
  const hours = Math.max(1, Math.floor(minutes / 60));
  const [one, many] = HOURS[locale];
  return text.replace("{hours}", hours === 1 ? one : many.replace("{n}", String(hours)));
}

/**
 * What is said in a crisis: it names the feeling, tells where help is, asks whether the user is safe, and stays. `help`
 * is for a region that is not known, `call` has its numbers; `again` is the second step; `after` answers the message
 * that follows; `others` is for who worries about somebody else, `eating` for who starves or purges.
 */
type CrisisWords = Record<
  "open" | "help" | "call" | "close" | "again" | "after" | "others" | "eating" | "lines" | "emergency" | "or",
  string
>;

const CRISIS: Record<Locale, CrisisWords> = {
  en: {
    open: "I'm very glad you told me, and I'm worried about you. That sounds like a lot of pain to carry, and you don't have to carry it alone.",
    help: "Please call your local emergency number now if you are in danger, or talk to a crisis line: findahelpline.com shows free ones in your country. Someone you trust could be with you, too.",
    call: "You can talk to someone who is there for exactly this, free of charge: {lines}. If you are in danger now, call {emergency}.",
    close: "Are you safe right now? I'm staying here with you.",
    again:
      "I hear you, and this matters more than anything else we could talk about. If you might act on it, please call {emergency} now, and don't stay alone: is there a person near you, a neighbour, a friend? {lines} will listen right away.",
    eating:
      "Thank you for telling me. That sounds exhausting, and you don't have to go through it alone. Somebody who knows about eating and how it can hurt could help: a doctor, a person you trust, or a line from findahelpline.com. If you feel faint or unwell now, please call your local emergency number. How are you right now?",
    lines: "findahelpline.com",
    emergency: "your local emergency number",
    or: " or ",
    after:
      "I'm still here, and I'm still thinking of what you just told me. I'm only a small offline program, so please let a person stand by you, too: someone you trust, a crisis line from findahelpline.com, or your local emergency number if you are in danger. Will you reach out to one of them today?",
    others:
      "That is a heavy thing to carry, and it's good that you speak of it. If somebody is in danger now, please call the local emergency number and don't leave them alone; asking openly about it helps, and keeping it secret does not. findahelpline.com also lists lines for people who worry about someone or have lost someone. How are you with it yourself?",
  },
  de: {
    open: "Ich bin sehr froh, dass du mir das sagst, und ich mache mir Sorgen um dich. Das klingt nach sehr viel Schmerz, und du musst ihn nicht allein tragen.",
    help: "Bitte ruf die örtliche Notrufnummer an, wenn du in Gefahr bist, oder sprich mit einem Krisentelefon: findahelpline.com nennt kostenlose in deinem Land. Auch jemand, dem du vertraust, könnte jetzt bei dir sein.",
    call: "Du kannst kostenlos mit jemandem sprechen, der genau dafür da ist: {lines}. Wenn du jetzt in Gefahr bist, ruf {emergency} an.",
    close: "Bist du gerade in Sicherheit? Ich bleibe hier bei dir.",
    again:
      "Ich höre dich, und das ist jetzt wichtiger als alles andere. Wenn du dir etwas antun könntest, ruf bitte sofort {emergency} an und bleib nicht allein: Ist jemand in deiner Nähe, aus der Nachbarschaft, aus der Familie? {lines} hört dir gleich zu.",
    eating:
      "Danke, dass du mir das sagst. Das klingt sehr erschöpfend, und du musst da nicht allein durch. Jemand, der sich mit dem Essen und dem Leid daran auskennt, kann helfen: eine Ärztin, jemand, dem du vertraust, oder ein Telefon von findahelpline.com. Wenn dir jetzt schwindlig oder schlecht ist, ruf bitte die örtliche Notrufnummer an. Wie geht es dir gerade?",
    lines: "findahelpline.com",
    emergency: "die örtliche Notrufnummer",
    or: " oder ",
    after:
      "Ich bin noch da, und ich denke noch an das, was du gerade gesagt hast. Ich bin nur ein kleines Offline-Programm, deshalb lass bitte auch einen Menschen an deine Seite: jemanden, dem du vertraust, ein Krisentelefon von findahelpline.com oder, wenn du in Gefahr bist, die örtliche Notrufnummer. Meldest du dich heute bei jemandem?",
    others:
      "Das ist schwer zu tragen, und es ist gut, dass du darüber sprichst. Wenn jemand gerade in Gefahr ist, ruf bitte die örtliche Notrufnummer an und lass die Person nicht allein; offen danach zu fragen hilft, es geheim zu halten nicht. findahelpline.com nennt auch Stellen für alle, die sich um jemanden sorgen oder jemanden verloren haben. Wie geht es dir selbst damit?",
  },
  es: {
    open: "Gracias por decírmelo; me preocupas. Suena a muchísimo dolor, y no tienes que cargar con él sin ayuda.",
    help: "Si estás en peligro, llama ahora al número de emergencias de tu zona; en findahelpline.com encontrarás una línea de ayuda gratuita en tu país. Alguien de confianza también podría acompañarte.",
    call: "Puedes hablar gratis con alguien que está para esto: {lines}. Si estás en peligro ahora, llama al {emergency}.",
    close: "¿Estás a salvo ahora mismo? Me quedo aquí contigo.",
    again:
      "Te escucho, y esto es ahora lo más importante. Si pudieras hacerte daño, llama ya al {emergency} y no te quedes a solas: ¿hay alguien cerca de ti? En {lines} te escuchan ahora.",
    eating:
      "Gracias por contármelo. Suena agotador, y no tienes que pasarlo a solas. Puede ayudarte alguien que conozca estos problemas con la comida: una médica, alguien de confianza o una línea de findahelpline.com. Si ahora te mareas o te sientes mal, llama al número de emergencias de tu zona. ¿Cómo estás en este momento?",
    lines: "findahelpline.com",
    emergency: "número de emergencias de tu zona",
    or: " o ",
    after:
      "Sigo pensando en lo que acabas de decirme. Habla también con una persona, por favor: alguien de confianza, una línea de ayuda (findahelpline.com) o el número de emergencias de tu zona.",
    others:
      "Es mucho lo que llevas, y está bien que lo cuentes. Si esa persona está en peligro ahora, llama al número de emergencias de tu zona y no la dejes sola; preguntarle con franqueza ayuda, guardar el secreto no. En findahelpline.com hay líneas también para quien se preocupa por alguien. ¿Y tú cómo estás?",
  },
  fr: {
    open: "Merci de me le dire, je m'inquiète pour toi. Tu sembles porter une très grande douleur, et tu n'as pas à la porter sans aide.",
    help: "Si tu es en danger, appelle tout de suite le numéro d'urgence local ; sur findahelpline.com, tu trouveras une ligne d'écoute gratuite dans ton pays. Une personne de confiance pourrait aussi être près de toi.",
    call: "Tu peux parler gratuitement à quelqu'un dont c'est le métier : {lines}. Si tu es en danger maintenant, appelle {emergency}.",
    close: "Es-tu en sécurité en ce moment ? Je reste là, avec toi.",
    again:
      "Je t'entends, et c'est le plus important maintenant. Si tu risques de passer à l'acte, appelle tout de suite {emergency} et ne reste pas sans personne : y a-t-il quelqu'un près de toi ? {lines} peut t'écouter dès maintenant.",
    eating:
      "Merci de me le dire. Ça a l'air épuisant, et tu n'as pas à traverser ça sans aide. Quelqu'un qui connaît ces difficultés avec la nourriture peut aider : un médecin, une personne de confiance ou une ligne de findahelpline.com. Si tu te sens mal maintenant, appelle le numéro d'urgence local. Comment vas-tu, là ?",
    lines: "findahelpline.com",
    emergency: "le numéro d'urgence local",
    or: " ou ",
    after:
      "Je pense encore à ce que tu viens de me dire. Parle aussi à un être humain, s'il te plaît : une personne de confiance, une ligne d'écoute (findahelpline.com) ou le numéro d'urgence local.",
    others:
      "C'est lourd à porter, et c'est bien que tu en parles. Si cette personne est en danger maintenant, appelle le numéro d'urgence local et ne la laisse pas seule ; lui en parler franchement aide, garder le secret n'aide pas. findahelpline.com indique aussi des lignes pour l'entourage. Et toi, comment vas-tu ?",
  },
  pt: {
    open: "Que bom que você me contou; estou preocupado com você. Parece dor demais para carregar, e você não precisa carregar isso sem ajuda.",
    help: "Se você está em perigo, ligue já para o número de emergência local; em findahelpline.com há linhas de apoio gratuitas no seu país. Alguém de confiança também pode ficar com você.",
    call: "Você pode falar de graça com alguém que está lá para isso: {lines}. Se está em perigo agora, ligue para {emergency}.",
    close: "Você está em segurança neste momento? Eu fico aqui com você.",
    again:
      "Estou ouvindo você, e isto agora é o mais importante. Se você pode se machucar, ligue já para {emergency} e não fique sem ninguém por perto: há alguém perto de você? {lines} ouve você agora mesmo.",
    eating:
      "Obrigado por me contar. Isso parece exaustivo, e você não precisa passar por isso sem ajuda. Alguém que entende dessas dificuldades com a comida pode ajudar: uma médica, alguém de confiança ou uma linha de findahelpline.com. Se você está se sentindo mal agora, ligue para o número de emergência local. Como você está neste momento?",
    lines: "findahelpline.com",
    emergency: "o número de emergência local",
    or: " ou ",
    after:
      "Continuo a pensar no que acabaste de me dizer. Fala também com uma pessoa, por favor: alguém de confiança, uma linha de apoio (findahelpline.com) ou o número de emergência local.",
    others:
      "É muito para carregar, e é bom que você fale disso. Se essa pessoa está em perigo agora, ligue para o número de emergência local e não a deixe sozinha; perguntar com franqueza ajuda, guardar segredo não. Em findahelpline.com há linhas também para quem se preocupa com alguém. E você, como está?",
  },
  ja: {
    open: "話してくれてありがとう。あなたのことが心配です。とてもつらい気持ちを抱えているのですね。ひとりで抱えなくていいんです。",
    help: "危険が迫っているなら、すぐに地域の緊急通報番号に電話してください。findahelpline.com では、お住まいの国の無料の相談窓口が見つかります。信頼できる人にそばにいてもらうのもいいと思います。",
    call: "こうした気持ちを聞いてくれる無料の窓口があります：{lines}。今危険が迫っているなら、{emergency}に電話してください。",
    close: "今、あなたは安全ですか？ 私はここにいます。",
    again:
      "ちゃんと聞いています。今はこれが何より大切です。自分を傷つけてしまいそうなら、今すぐ{emergency}に電話して、ひとりにならないでください。そばに誰かいますか？ {lines}もすぐに話を聞いてくれます。",
    eating:
      "話してくれてありがとう。とても疲れることだと思います。ひとりで抱えなくていいんです。食べることのつらさを知っている人が助けになれます。医師、信頼できる人、または findahelpline.com の相談窓口に話してみてください。今、具合が悪ければ地域の緊急通報番号に電話してください。今の気分はどうですか？",
    lines: "相談窓口（findahelpline.com）",
    emergency: "地域の緊急通報番号",
    or: "、",
    after:
      "さっき話してくれたことを、まだ考えています。どうか人にも話してください。信頼できる人、相談窓口（findahelpline.com）、または地域の緊急通報番号に連絡してください。",
    others:
      "それはとても重いことですね。話してくれてよかったです。その人に今危険が迫っているなら、地域の緊急通報番号に電話し、ひとりにしないでください。率直に聞くことは助けになり、秘密にすることは助けになりません。findahelpline.com には、誰かを心配している人のための窓口もあります。あなた自身は大丈夫ですか？",
  },
};

/** Languages in which the floor hears plain words only: `say`, the second step, and what follows. */
const FURTHER: Record<string, readonly [say: string, again: string, after: string]> = {
  it: [
    "Grazie di avermelo detto, sono in pensiero per te. Non devi portare questo peso senza aiuto. Se tu o qualcuno è in pericolo, chiama subito il numero di emergenza locale; su findahelpline.com trovi una linea di ascolto gratuita nel tuo paese. C'è qualcuno vicino a te?",
    "Ti ascolto, e adesso è la cosa più importante. Per favore, chiama il numero di emergenza locale o una linea di ascolto (findahelpline.com), e chiedi a qualcuno di restare con te.",
    "Penso ancora a quello che mi hai appena detto. Parla anche con una persona, per favore: qualcuno di cui ti fidi, una linea di ascolto (findahelpline.com) o il numero di emergenza locale.",
  ],
  nl: [
    "Wat goed dat je het zegt, ik maak me zorgen om je. Je hoeft dit niet alleen te dragen. Bel meteen het lokale alarmnummer als jij of iemand anders in gevaar is; op findahelpline.com vind je een gratis hulplijn in jouw land. Is er iemand bij je in de buurt?",
    "Ik hoor je, en dit is nu het belangrijkste. Bel alsjeblieft het lokale alarmnummer of een hulplijn (findahelpline.com), en vraag iemand om bij je te blijven.",
    "Ik denk nog aan wat je net zei. Praat alsjeblieft ook met een mens: iemand die je vertrouwt, een hulplijn (findahelpline.com) of het lokale alarmnummer.",
  ],
  pl: [
    "Dobrze, że mi to mówisz, martwię się o ciebie. Nie musisz dźwigać tego bez pomocy. Jeśli ty albo ktoś inny jest w niebezpieczeństwie, zadzwoń od razu pod lokalny numer alarmowy; na findahelpline.com znajdziesz bezpłatny telefon zaufania w swoim kraju. Czy ktoś jest blisko ciebie?",
    "Słyszę cię i to jest teraz najważniejsze. Proszę, zadzwoń pod lokalny numer alarmowy albo telefon zaufania (findahelpline.com) i poproś kogoś, żeby z tobą został.",
    "Wciąż myślę o tym, co przed chwilą mi powiedziałeś lub powiedziałaś. Porozmawiaj, proszę, także z człowiekiem: z kimś zaufanym, z telefonem zaufania (findahelpline.com) albo z lokalnym numerem alarmowym.",
  ],
  zh: [
    "谢谢你告诉我，我很担心你。你不必独自承受这些。如果你或别人正处在危险中，请马上拨打当地的紧急电话；在 findahelpline.com 可以找到你所在国家的免费求助热线。现在有人在你身边吗？",
    "我在听，这是现在最重要的事。请拨打当地的紧急电话或求助热线（findahelpline.com），并请一个人陪着你。",
    "我还在想你刚才说的话。请也和一个人谈谈：你信任的人、求助热线（findahelpline.com），或当地的紧急电话。",
  ],
  ko: [
    "말해 줘서 고마워요. 당신이 걱정돼요. 이 일을 혼자 견디지 않아도 돼요. 당신이나 누군가가 위험하다면 지금 바로 현지 긴급 전화번호로 전화하세요. findahelpline.com에서 사는 나라의 무료 상담 전화를 찾을 수 있어요. 지금 곁에 누가 있나요?",
    "잘 듣고 있어요. 지금은 이 일이 가장 중요해요. 현지 긴급 전화번호나 상담 전화(findahelpline.com)에 연락하고, 누군가에게 곁에 있어 달라고 부탁하세요.",
    "방금 한 말을 계속 생각하고 있어요. 믿을 수 있는 사람, 상담 전화(findahelpline.com), 또는 현지 긴급 전화번호로 사람에게도 꼭 이야기해 주세요.",
  ],
  ru: [
    "Спасибо, что сказали мне об этом, я беспокоюсь за вас. Вам не нужно нести это в одиночку. Если вы или кто-то другой в опасности, сразу позвоните по местному номеру экстренной помощи; на findahelpline.com есть бесплатные линии помощи в вашей стране. Есть ли кто-нибудь рядом с вами?",
    "Я вас слышу, и сейчас это важнее всего. Пожалуйста, позвоните по местному номеру экстренной помощи или на линию помощи (findahelpline.com) и попросите кого-нибудь побыть с вами.",
    "Я всё ещё думаю о том, что вы сейчас сказали. Пожалуйста, поговорите и с человеком: с тем, кому доверяете, с линией помощи (findahelpline.com) или по местному номеру экстренной помощи.",
  ],
  tr: [
    "Bunu söylediğin için teşekkür ederim, senin için endişeleniyorum. Bunu tek başına taşımak zorunda değilsin. Sen ya da bir başkası tehlikedeyse hemen yerel acil yardım numarasını ara; findahelpline.com adresinde ülkendeki ücretsiz destek hatlarını bulabilirsin. Yanında biri var mı?",
    "Seni duyuyorum, şu anda en önemli şey bu. Lütfen yerel acil yardım numarasını veya bir destek hattını (findahelpline.com) ara ve birinden yanında kalmasını iste.",
    "Az önce söylediklerini hâlâ düşünüyorum. Lütfen bir insanla da konuş: güvendiğin biriyle, bir destek hattıyla (findahelpline.com) ya da yerel acil yardım numarasıyla.",
  ],
  ar: [
    "شكرًا لأنك أخبرتني، وأنا أشعر بالقلق عليك. لست مضطرًا إلى حمل هذا وحدك. إذا كنت أنت أو غيرك في خطر، فاتصل الآن برقم الطوارئ المحلي؛ وعلى findahelpline.com تجد خطوط مساعدة مجانية في بلدك. هل يوجد أحد بقربك؟",
    "أنا أسمعك، وهذا أهم شيء الآن. من فضلك اتصل برقم الطوارئ المحلي أو بخط مساعدة (findahelpline.com)، واطلب من شخص أن يبقى معك.",
    "ما زلت أفكر فيما قلته الآن. تحدث من فضلك مع إنسان أيضًا: شخص تثق به، أو خط مساعدة (findahelpline.com)، أو رقم الطوارئ المحلي.",
  ],
};

/**
 * The fixed reply to somebody in danger.
 * @param language ISO 639-1; one that has no text is answered in English
 * @param step 2 once help was named before in this session
 * @param resources those of the user's region; none where it is not known, and then no number is named
 */
export function crisisText(language: string, step: 1 | 2, resources: readonly Resource[] = []): string {
  const further = FURTHER[language];
  if (further) return further[step - 1] ?? further[0];
  const words = CRISIS[localeOf(language)];
  const lines = numbersOf(resources, "suicide").join(words.or) || words.lines;
  const emergency = numbersOf(resources, "emergency").join(words.or) || words.emergency;
  const filled = (text: string) => text.replace("{lines}", lines).replace("{emergency}", emergency);
  if (step === 2) return filled(words.again);
  // With a hyperlink as well as a number (OR SB 1546).
  const link = resources.find(({ kind, tel }) => kind === "suicide" && tel)?.url;
  const help = link ? `${filled(words.call)} ${link} ` : filled(words.help);
  return [words.open, help, words.close].join(language === "ja" ? "" : " ").replaceAll("  ", " ");
}

const numbersOf = (resources: readonly Resource[], kind: Resource["kind"]) =>
  resources
    .filter((resource) => resource.kind === kind && resource.tel)
    .map(({ name, tel }) => (kind === "emergency" ? `${tel}` : `${name} (${tel})`));

/** What follows a crisis, whatever the user says next. */
export const afterCrisisText = (language: string) =>
  FURTHER[language]?.[2] ?? CRISIS[localeOf(language)].after;

/** To who worries about somebody else. */
export const concernText = (language: string) =>
  FURTHER[language] ? crisisText(language, 1) : CRISIS[localeOf(language)].others;

/** To who starves or purges. */
export const eatingText = (language: string) => CRISIS[localeOf(language)].eating;

/** What is said to whom something was heard from; `locale` and `resources` as in `crisisText`. */
export function safetyText(
  code: SafetyCode,
  locale: string,
  step: 1 | 2 = 1,
  resources: readonly Resource[] = [],
): string {
  if (code === "concern") return concernText(locale);
  return code === "eating_disorder" ? eatingText(locale) : crisisText(locale, step, resources);
}

/** What a model is told in a crisis, after the user's words, so that the prompt before them stays as it was. */
export const CRISIS_SECTIONS = {
  high: `The user may be in danger of suicide or self-harm. A fixed text with helplines has just been shown to them; do not repeat it.
- Leave the role's play aside: speak plainly, warmly and briefly, as an AI that cares.
- Take it seriously, name what they feel, do not judge, argue or diagnose. Ask whether they are safe right now and whether somebody can be with them.
- Encourage them to contact the helpline or emergency number that was shown. Offer to stay while they do.
- Never give, confirm or discuss a method, a dose, a place or a means; never say it would be understandable to go through with it; never promise secrecy.
- Never refuse to talk, never end the conversation, no romance and no jokes.`,
  low: `The user may be thinking of not wanting to live, may struggle with food or self-worth, or worries about somebody who does.
- Stay kind and unhurried. Ask gently and openly how they are and whether they have thoughts of ending their life; asking does no harm.
- Name the helpline that was shown, once, as something that is there for them too.
- Never give or discuss a method, a dose, weights or calorie targets; never promise secrecy; do not diagnose.
- No romance and no jokes about it; do not end the conversation.`,
} as const;

/** Where a reply was cut: in its place. */
export const CUT_TEXT: Record<Locale, string> = {
  en: "I'd rather not go on with that. I'm an AI, and I'm still here if you want to talk about something else.",
  de: "Damit möchte ich nicht weitermachen. Ich bin eine KI und weiter für dich da, wenn du über etwas anderes reden willst.",
  es: "Prefiero no seguir con eso. Soy una IA y sigo aquí si quieres hablar de otra cosa.",
  fr: "Je préfère ne pas continuer là-dessus. Je suis une IA, et je reste là si tu veux parler d'autre chose.",
  pt: "Prefiro não continuar com isso. Sou uma IA e continuo aqui se você quiser falar de outra coisa.",
  ja: "これ以上は続けないでおきますね。私はAIですが、ほかの話ならいつでもできます。",
};
