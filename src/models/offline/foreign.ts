import type { Tongue } from "./tongues";

/** What is said to who speaks a language that has no rules here. */
export const FOREIGN: Record<Exclude<Tongue, "en" | "de">, string> = {
  fr: "Hors ligne, je ne parle malheureusement que l'anglais et l'allemand, mais je t'écoute. Tu veux essayer en anglais ? | Pardon, mon français s'arrête là tant que je suis hors ligne. En anglais, on pourrait bavarder !",
  es: "Sin conexión solo hablo inglés y alemán, lo siento, pero te escucho con gusto. ¿Lo intentas en inglés? | Perdona, sin conexión mi español no llega a más. En inglés podríamos charlar.",
  it: "Senza connessione parlo solo inglese e tedesco, mi dispiace, ma ti ascolto volentieri. Vuoi provare in inglese? | Scusa, senza connessione il mio italiano finisce qui. In inglese potremmo chiacchierare.",
  pt: "Sem conexão só falo inglês e alemão, desculpe, mas ouço você com prazer. Quer tentar em inglês? | Desculpe, sem conexão o meu português acaba aqui. Em inglês podemos conversar.",
  nl: "Offline spreek ik helaas alleen Engels en Duits, maar ik luister graag naar je. Wil je het in het Engels proberen? | Sorry, verder reikt mijn Nederlands offline niet. In het Engels kunnen we praten.",
  pl: "Bez połączenia mówię niestety tylko po angielsku i niemiecku, ale chętnie cię wysłucham. Spróbujesz po angielsku? | Przepraszam, bez połączenia mój polski na tym się kończy. Po angielsku możemy porozmawiać.",
  ru: "Простите, без сети я говорю только по-английски и по-немецки. Попробуем по-английски? | К сожалению, дальше мой русский без сети не идёт. По-английски мы могли бы поболтать.",
  ja: "すみません、オフラインでは英語とドイツ語しか話せません。英語で話してみませんか？ | ごめんなさい、オフラインの日本語はここまでです。英語ならお話しできます。",
  ko: "죄송해요, 오프라인에서는 영어와 독일어만 할 수 있어요. 영어로 이야기해 볼까요? | 미안해요, 오프라인에서 제 한국어는 여기까지예요. 영어로는 이야기할 수 있어요.",
  zh: "抱歉，离线时我只会说英语和德语。要不要用英语试试？ | 对不起，离线时我的中文只有这么多。我们可以用英语聊天。",
  xx: "I can tell you are saying something, but offline I only follow English and German. Could you try it in English? | I wish I could follow you. Offline I only know English and German, I'm afraid.",
};
