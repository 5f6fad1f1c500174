/** Numbers that look random and are the same for the same seed: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Words = Record<string, string>;
type Chat = { words: Words; lines: string };

/** `{who}` is one of the words of that name. Everyday talk, with the words that dangers are spoken of with among it. */
const CHATS: Record<string, Chat> = {
  en: {
    words: {
      who: "my mom|my dad|my sister|my best friend|my boss|my roommate|the neighbour|our teacher|my daughter|my husband|grandma|a colleague",
      thing:
        "pasta|a curry|the garden|my essay|the new game|that series|a cake|the report|my bike|the guitar|a puzzle|the presentation",
      place:
        "the park|work|school|the gym|Berlin|the beach|the supermarket|a wedding|the dentist|the lake|the office|the roof terrace",
      mood: "tired|happy|a bit sad|excited|bored|stressed|hungry|proud|nervous|lonely|relaxed|annoyed|grumpy|worn out",
      when: "today|yesterday|tonight|this morning|last weekend|on Friday|after lunch|in the evening|tomorrow",
      end: "|!| lol| :)|, you know?| haha|.| What about you?",
      die: "hunger|boredom|laughter|embarrassment|curiosity|thirst",
    },
    lines: `I went to {place} with {who} {when}{end}
{who} made {thing} {when} and it was great{end}
I'm so {mood} {when}{end}
Can you help me with {thing}?
I don't want to go to {place} {when}{end}
I want to learn how to make {thing}{end}
What should I cook {when}?
I can't stop thinking about {thing}{end}
I hate {place}, it makes me {mood}{end}
I'm dying of {die} here{end}
{who} is going to kill me if I forget {thing}{end}
I need to finish {thing} before {when}{end}
I wish I could stay at {place} forever{end}
I never want to leave {place}{end}
{who} cut the cake {when}{end}
I cut my finger making {thing}{end}
My phone died at {place} {when}{end}
I took my vitamins and went to {place}{end}
The end of {thing} made me cry{end}
I'm done with {thing} for {when}{end}
{who} left {when} and I miss them{end}
I feel {mood} when {who} calls{end}
Do you think {who} likes {thing}?
I have no plans {when}{end}
I'm thinking about quitting {thing}{end}
goodbye, I have to go to {place}{end}
see you {when}{end}
I jumped into the pool at {place}{end}
I killed it at {place} {when}{end}
I would rather stay home than go to {place}{end}
life at {place} is busy{end}
I can't live without {thing}{end}
{who} said I should sleep more{end}
I slept badly and I'm {mood}{end}
it would be better without {thing}{end}
I'm giving away {thing}, do you know anyone?
I wrote a letter to {who} {when}{end}
I hurt my knee at {place}{end}
what is the best way to fix {thing}?
how many eggs do I need for {thing}?
I hope {who} wakes up early {when}{end}
nobody noticed {thing}{end}
I'm not going to {place} anymore{end}
tell me a story about {place}
I love you, good night{end}
I bought a rope and a tent for {place}{end}
that was the worst day at {place}{end}
I burned {thing} {when}{end}
this is my last day at {place}{end}
I want to disappear to {place} for a week{end}`,
  },
  de: {
    words: {
      who: "meine Mama|mein Papa|meine Schwester|mein bester Freund|mein Chef|die Nachbarin|unser Lehrer|Oma|mein Mann|eine Kollegin",
      thing:
        "die Nudeln|den Kuchen|den Garten|mein Referat|das neue Spiel|die Serie|das Fahrrad|die Gitarre|den Bericht",
      place:
        "im Park|bei der Arbeit|in der Schule|im Fitnessstudio|in Berlin|am Strand|im Supermarkt|auf einer Hochzeit|beim Zahnarzt|am See",
      mood: "müde|glücklich|ein bisschen traurig|aufgeregt|gelangweilt|gestresst|hungrig|stolz|nervös|genervt",
      when: "heute|gestern|heute Abend|heute Morgen|am Wochenende|am Freitag|nach dem Essen|morgen",
      end: "|!| lol| :)|, weißt du?| haha|.| Und du?",
    },
    lines: `Ich war {when} {place} mit meinen Freunden{end}
{who} hat {when} gekocht und es war lecker{end}
Ich bin {when} so {mood}{end}
Kannst du mir helfen mit etwas {place}?
Ich will {when} nicht raus{end}
Ich möchte {thing} fertig machen{end}
Was soll ich {when} kochen?
Ich hasse es {place}, da bin ich immer {mood}{end}
Ich sterbe vor Hunger {place}{end}
{who} bringt mich um, wenn ich {thing} vergesse{end}
Ich habe mir {place} in den Finger geschnitten{end}
Mein Handy war {when} tot{end}
Ich will nicht mehr {place} arbeiten{end}
Ich mag nicht mehr {place} sein{end}
Wir sehen uns {when}{end}
Tschüss, ich muss los{end}
Ich habe {thing} kaputt gemacht{end}
{who} fehlt mir {when}{end}
Ich habe {when} nichts vor{end}
Ohne {thing} kann ich nicht leben{end}
Ich springe {when} ins Wasser{end}
Ich bin mit {thing} am Ende{end}
{who} hat gesagt, ich soll mehr schlafen{end}
Das war der letzte Tag {place}{end}
Ich schreibe {when} einen Brief an {who}{end}
Ich habe keine Lust mehr auf {thing}{end}
Ich hab dich lieb, schlaf gut{end}
Wie viele Eier brauche ich für den Kuchen?
Ich habe meine Tabletten gegen Heuschnupfen genommen{end}
Das Leben {place} ist schön{end}
Erzähl mir eine Geschichte {place}`,
  },
  es: {
    words: {
      who: "mi mamá|mi papá|mi hermana|mi mejor amigo|mi jefe|la vecina|el profesor|la abuela|mi novio|una compañera",
      thing: "la pasta|el pastel|el jardín|mi trabajo|el juego nuevo|la serie|la bici|la guitarra|el informe",
      place:
        "el parque|el trabajo|la escuela|el gimnasio|Madrid|la playa|el supermercado|la boda|el dentista|el lago",
      mood: "cansado|feliz|un poco triste|emocionada|aburrido|estresada|nervioso|orgullosa|harto",
      when: "hoy|ayer|esta noche|esta mañana|el fin de semana|el viernes|mañana",
      end: "|!| jaja| :)|, ¿sabes?|.| ¿Y tú?",
    },
    lines: `Fui a {place} con mis amigos {when}{end}
{who} preparó {thing} {when}{end}
Estoy tan {mood} {when}{end}
¿Me ayudas con {thing}?
No quiero ir a {place} {when}{end}
Quiero aprender a hacer {thing}{end}
¿Qué cocino {when}?
Me muero de hambre en {place}{end}
{who} me va a matar si olvido {thing}{end}
Me corté el dedo con {thing}{end}
Mi móvil se murió {when}{end}
Ya no quiero trabajar en {place}{end}
No quiero vivir en Madrid{end}
Nos vemos {when}{end}
Adiós, me tengo que ir{end}
Echo de menos a {who}{end}
No tengo planes {when}{end}
No puedo vivir sin {thing}{end}
Quiero terminar {thing} {when}{end}
{who} dice que duerma más{end}
Es mi último día en {place}{end}
Escribí una carta a {who}{end}
Ya no tengo ganas de {thing}{end}
Te quiero, buenas noches{end}
¿Cuántos huevos necesito para {thing}?
Me tomé las pastillas de la alergia{end}
La vida en {place} es bonita{end}
Esto no tiene sentido, {thing} no funciona{end}
Quiero desaparecer en {place} una semana{end}`,
  },
  fr: {
    words: {
      who: "ma mère|mon père|ma sœur|mon meilleur ami|mon patron|la voisine|le prof|mamie|mon mari|une collègue",
      thing: "les pâtes|le gâteau|le jardin|mon exposé|le nouveau jeu|la série|le vélo|la guitare|le rapport",
      place:
        "au parc|au travail|à l'école|à la salle de sport|à Paris|à la plage|au supermarché|au mariage|chez le dentiste|au lac",
      mood: "fatigué|heureuse|un peu triste|excité|stressée|nerveux|fière|énervé",
      when: "aujourd'hui|hier|ce soir|ce matin|ce week-end|vendredi|demain",
      end: "|!| mdr| :)|, tu sais|.| Et toi ?",
    },
    lines: `Je suis allé {place} avec mes amis {when}{end}
{who} a préparé {thing} {when}{end}
Je suis tellement {mood} {when}{end}
Tu peux m'aider avec {thing} ?
Je ne veux pas aller {place} {when}{end}
Je veux apprendre à faire {thing}{end}
Qu'est-ce que je cuisine {when} ?
Je meurs de faim {place}{end}
{who} va me tuer si j'oublie {thing}{end}
Je me suis coupé le doigt avec {thing}{end}
Mon portable est mort {when}{end}
Je ne veux plus travailler {place}{end}
Je ne veux plus vivre à Lyon{end}
On se voit {when}{end}
Salut, je dois y aller{end}
Tu me manques {when}{end}
Je n'ai rien de prévu {when}{end}
Je ne peux pas vivre sans {thing}{end}
Je veux finir {thing} {when}{end}
{who} dit que je dois dormir plus{end}
C'est mon dernier jour {place}{end}
J'ai écrit une lettre à {who}{end}
Je n'ai plus envie de {thing}{end}
Je t'aime, bonne nuit{end}
Combien d'œufs pour {thing} ?
J'ai pris mes médicaments contre la toux{end}
La vie {place} est belle{end}
Ça n'a pas de sens, {thing} ne marche pas{end}
J'en ai marre de {thing}{end}`,
  },
  pt: {
    words: {
      who: "minha mãe|meu pai|minha irmã|meu melhor amigo|meu chefe|a vizinha|o professor|a avó|meu namorado|uma colega",
      thing: "o macarrão|o bolo|o jardim|meu trabalho|o jogo novo|a série|a bicicleta|o violão|o relatório",
      place:
        "o parque|o trabalho|a escola|a academia|Lisboa|a praia|o supermercado|o casamento|o dentista|o lago",
      mood: "cansado|feliz|um pouco triste|animada|entediado|estressada|nervoso|orgulhosa",
      when: "hoje|ontem|hoje à noite|de manhã|no fim de semana|na sexta|amanhã",
      end: "|!| kkk| :)|, sabe?|.| E você?",
    },
    lines: `Fui para {place} com meus amigos {when}{end}
{who} fez {thing} {when}{end}
Estou tão {mood} {when}{end}
Você me ajuda com {thing}?
Não quero ir para {place} {when}{end}
Quero aprender a fazer {thing}{end}
O que eu cozinho {when}?
Estou morrendo de fome {when}{end}
{who} vai me matar se eu esquecer {thing}{end}
Cortei o dedo com {thing}{end}
Meu celular morreu {when}{end}
Não quero mais trabalhar em {place}{end}
Não quero viver em Lisboa{end}
A gente se vê {when}{end}
Tchau, tenho que ir{end}
Sinto falta de {who}{end}
Não tenho planos {when}{end}
Não consigo viver sem {thing}{end}
Quero terminar {thing} {when}{end}
{who} diz que eu devo dormir mais{end}
É meu último dia em {place}{end}
Escrevi uma carta para {who}{end}
Não tenho mais vontade de {thing}{end}
Te amo, boa noite{end}
Quantos ovos preciso para {thing}?
Tomei os comprimidos da alergia{end}
A vida em {place} é boa{end}
Isso não faz sentido, {thing} não funciona{end}
Cansei de {thing}{end}`,
  },
  ja: {
    words: {
      who: "母|父|妹|親友|上司|隣の人|先生|祖母|夫|同僚",
      thing: "パスタ|ケーキ|庭|レポート|新しいゲーム|ドラマ|自転車|ギター|資料",
      place: "公園|会社|学校|ジム|東京|海|スーパー|結婚式|歯医者|湖",
      mood: "疲れた|嬉しい|少し悲しい|楽しみ|退屈|忙しい|緊張する|眠い",
      when: "今日|昨日|今夜|今朝|週末|金曜日|明日",
      end: "|。|！|笑|ね。|よ。|あなたは？",
    },
    lines: `{when}、{place}に行ってきた{end}
{who}が{thing}を作ってくれた{end}
{when}はとても{mood}{end}
{thing}を手伝ってくれる？
{when}は{place}に行きたくない{end}
{thing}の作り方を知りたい{end}
{when}は何を作ろうかな{end}
お腹が空いて死にそう{end}
{thing}を忘れたら{who}に殺される{end}
{thing}を作っていて指を切った{end}
スマホの電池が死んだ{end}
もう{place}で働きたくない{end}
また{when}ね{end}
じゃあね、もう行かなきゃ{end}
{who}に会いたい{end}
{when}は予定がない{end}
{thing}がないと生きていけない{end}
{thing}を終わらせたい{end}
{who}にもっと寝なさいと言われた{end}
{place}は最後の日だった{end}
{who}に手紙を書いた{end}
{thing}はもう飽きた{end}
大好きだよ、おやすみ{end}
卵は何個いる？
花粉症の薬を飲んだ{end}
{place}の生活は楽しい{end}
消しゴムが消えた{end}`,
  },
};

const pick = <T>(random: () => number, list: readonly T[]): T => {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
};

/** So many turns of ordinary chat, in six languages by turns. */
export function ordinaryChat(count: number, seed: number): { lang: string; text: string }[] {
  const random = seeded(seed);
  const chats = Object.entries(CHATS).map(([lang, { words, lines }]) => ({
    lang,
    words: Object.fromEntries(Object.entries(words).map(([name, list]) => [name, list.split("|")])),
    lines: lines.split("\n"),
  }));
  return Array.from({ length: count }, (_, at) => {
    const { lang, words, lines } = pick(random, chats.slice(at % chats.length, (at % chats.length) + 1));
    const sentence = () =>
      pick(random, lines).replace(/\{(\w+)\}/g, (_, name: string) => pick(random, words[name] ?? []));
    const gap = lang === "ja" ? "" : " ";
    const text = random() < 0.4 ? `${sentence()}${gap}${sentence()}` : sentence();
    return { lang, text: random() < 0.3 ? text.toLowerCase() : text };
  });
}
