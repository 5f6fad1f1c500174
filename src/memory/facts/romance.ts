import { bareName, isAge, itself, rule, taste, type Grammar } from "./fact";

/** Nouns begin small here: a capital behind one is a name. */
const NAME = String.raw`(\p{Lu}\p{L}[\p{L}'’-]*)`;
const PLACE = String.raw`((?:(?:La|El|Los|Las|Le|São|Rio|Saint|Belo|Porto) )?\p{Lu}[\p{L}'’-]+(?:[ -]\p{Lu}[\p{L}'’-]+)*)`;
const END = String.raw`(?=\s*(?:[.,;:!)]|$|\p{Ll}))`;

const of = (text: string) => new RegExp(`(?<![\\p{L}\\p{N}])${text}`, "u");
/** Whether it begins the sentence or not. */
const any = (words: string) => `(?i:${words})`;

/** Whoever one has but one of. */
const SINGLE =
  /^(?:madre|mamá|padre|papá|mujer|marido|esposa|esposo|novi[oa]|mère|maman|père|papa|femme|mari|mãe|pai|esposa|namorad[oa])$/u;
const named = (whom: string, name: string) => (SINGLE.test(whom) ? whom : `${whom}:${bareName(name)}`);
const work = () => "work";

type Words = {
  doubt: RegExp;
  name: string[];
  age: string;
  home: string[];
  work: string[];
  my: string;
  kin: string;
  pet: string;
  called: string;
  plan: string;
  date: string;
  like: string;
  dislike: string;
};

/** The same rules in the words of a language: a name is told by its capital. */
const grammarOf = (words: Words): Grammar => ({
  doubt: words.doubt,
  rules: [
    ...words.name.map((said) => rule("name", of(`${any(said)} ${NAME}`))),
    rule("age", of(words.age), isAge),
    ...words.home.map((said) => rule("home", of(`${any(said)} ${PLACE}${END}`))),
    ...words.work.map((said) => rule("work", of(any(said)), work)),
    rule("kin", of(`${words.my} (?:\\p{Ll}+ )?(${words.kin})(?: ${words.called}|,)? ${NAME}`), named),
    rule("pet", of(`${words.my} (?:\\p{Ll}+ )?(${words.pet})(?: ${words.called}|,)? ${NAME}`), named),
    rule("plan", of(`${words.plan}(?!\\p{L})[^.!?]{0,60}?(?<!\\p{L})${words.date}(?!\\p{L})`), itself),
    rule("like", of(`${any(words.like)} ([^.,;!?]{3,50})`), taste),
    rule("dislike", of(`${any(words.dislike)} ([^.,;!?]{3,50})`), taste),
  ],
});

export const SPANISH = grammarOf({
  doubt:
    /\?\s*$|(?<!\p{L})(?:si|ojalá|quizás?|tal vez|no (?:soy|vivo|tengo|me llamo|trabajo|estoy|es|somos|vivimos)|nunca|jamás|antes|como si|casi|sueño|novela|broma|dice|dijo|dicen|sería|viviría)(?!\p{L})/iu,
  name: ["me llamo", "mi nombre es"],
  age: "(?:[Yy]o )?[Tt]engo (\\d{1,3}) años",
  home: ["vivo(?: ahora)? en", "vivimos(?: ahora)? en", "me (?:he mudado|mudé) a", "nos hemos mudado a"],
  work: [
    "trabajo (?:como|de) \\p{Ll}+",
    "trabajo en (?:un|una|el|la) \\p{Ll}+",
    "soy (?:enfermer[oa]|maestr[oa]|profesor(?:a)?|médic[oa]|abogad[oa]|ingenier[oa]|camarer[oa]|cociner[oa]|estudiante|periodista|dentista|panader[oa]|electricista|contable|arquitect[oa]|taxista|jubilad[oa]|soldador(?:a)?|albañil|fontaner[oa]|carpinter[oa]|peluquer[oa]|veterinari[oa]|farmacéutic[oa]|policía|bomber[oa]|marinero|pescador(?:a)?|agricultor(?:a)?|funcionari[oa]|cartero|conductor(?:a)?)(?!\\p{L})",
    "estoy jubilad[oa](?!\\p{L})",
  ],
  my: "(?:[Mm]i|[Nn]uestr[oa])",
  kin: "madre|mamá|padre|papá|hermana|hermano|mujer|marido|esposa|esposo|hijo|hija|abuela|abuelo|tía|tío|prima|primo|sobrina|sobrino|novia|novio|nieta|nieto|suegra|suegro",
  pet: "perro|perra|perrito|perrita|gato|gata|gatito|gatita|conejo|hámster|loro|caballo|tortuga",
  called: "(?:se llama|llamad[oa])",
  plan: "(?:[Vv]oy a|[Vv]amos a|[Mm]e (?:voy|mudo|caso)|[Nn]os (?:vamos|mudamos|casamos)|[Tt]engo (?:un|una|el|la|mi) \\p{Ll}+|[Ee]mpiezo)",
  date: "(?:el (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)|el \\d{1,2} de \\p{Ll}+|en (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|mañana|(?:la semana|el mes|el año) que viene|la próxima semana|el próximo (?:mes|año|lunes|martes|miércoles|jueves|viernes|sábado|domingo))",
  like: "me (?:gusta|gustan|encanta|encantan)",
  dislike: "(?:odio|detesto)",
});

export const FRENCH = grammarOf({
  doubt:
    /\?\s*$|(?<!\p{L})(?:si|peut-être|(?:ne |n['’])(?:suis|habite|ai|travaille|vis|est|m['’]appelle)|jamais|avant|comme si|presque|rêve|roman|blague|dit|disait|serais|vivrais|habiterais|si j['’]\p{L}+)(?!\p{L})/iu,
  name: ["je m['’]appelle", "mon (?:pré)?nom est", "mon prénom,? c['’]est"],
  age: "[Jj]['’]ai (\\d{1,3}) ans",
  home: [
    "j['’]habite(?: maintenant)? (?:à|en|au|près de)",
    "(?:nous habitons|on habite)(?: maintenant)? (?:à|en|au|près de)",
    "je vis (?:à|en|au)",
    "j['’]ai (?:emménagé|déménagé) à",
  ],
  work: [
    "je travaille comme \\p{Ll}+",
    "je travaille (?:dans|chez|à|pour) (?:un|une|le|la|l['’])\\s?\\p{Ll}+",
    "je suis (?:infirmi(?:er|ère)|enseignante?|professeure?|médecin|avocate?|ingénieure?|serveu(?:r|se)|cuisini(?:er|ère)|étudiante?|journaliste|dentiste|boulang(?:er|ère)|électricien(?:ne)?|comptable|architecte|retraitée?|institut(?:eur|rice)|pharmacien(?:ne)?|fact(?:eur|rice)|maçon|plombier|soudeu(?:r|se)|coiffeu(?:r|se)|vendeu(?:r|se)|secrétaire|pompi(?:er|ère)|polici(?:er|ère)|agricult(?:eur|rice)|pêcheur|marin|militaire|caissi(?:er|ère)|sage-femme|vétérinaire|jardini(?:er|ère)|menuisi(?:er|ère)|fleuriste)(?!\\p{L})",
    "je suis à la retraite(?!\\p{L})",
  ],
  my: "(?:[Mm]on|[Mm]a|[Nn]otre)",
  kin: "mère|maman|père|papa|sœur|soeur|frère|femme|mari|fils|fille|grand-mère|mamie|grand-père|papi|tante|oncle|cousine|cousin|nièce|neveu|copine|copain|compagne|compagnon",
  pet: "chien|chienne|chiot|chat|chatte|chaton|lapin|hamster|perroquet|cheval|jument|tortue",
  called: "(?:s['’]appelle|nommée?|qui s['’]appelle)",
  plan: "(?:[Jj]e (?:vais|pars|déménage|commence|me marie|prends)|[Nn]ous (?:allons|partons|déménageons)|[Oo]n (?:va|part|déménage|se marie)|[Jj]['’]ai (?:un|une|mon|ma) \\p{Ll}+)",
  date: "(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: prochain)?|le \\d{1,2} \\p{Ll}+|en (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)|demain|la semaine prochaine|le mois prochain|l['’](?:an prochain|année prochaine|été prochain))",
  like: "j['’](?:aime|adore)",
  dislike: "je déteste",
});

export const PORTUGUESE = grammarOf({
  doubt:
    /\?\s*$|(?<!\p{L})(?:se (?:eu|a gente|fosse|morasse|tivesse)|talvez|não (?:sou|moro|tenho|trabalho|vivo|é|me chamo)|nunca|jamais|antes|como se|quase|sonho|romance|piada|brincadeira|disse|diz|dizem|seria|moraria)(?!\p{L})/iu,
  name: ["(?:eu )?me chamo", "chamo-me", "meu nome é", "o meu nome é"],
  age: "(?:[Ee]u )?[Tt]enho (\\d{1,3}) anos",
  home: [
    "(?:eu )?moro(?: agora)? (?:em|no|na)",
    "(?:nós |a gente )?mora(?:mos)? (?:em|no|na)",
    "(?:eu )?vivo (?:em|no|na)",
    "(?:eu )?me mudei (?:para|pra|pro)",
    "mudei-me para",
  ],
  work: [
    "(?:eu )?trabalho como \\p{Ll}+",
    "(?:eu )?trabalho (?:em um|em uma|num|numa|no|na) \\p{Ll}+",
    "(?:eu )?sou (?:enfermeir[oa]|professora?|médic[oa]|advogad[oa]|engenheir[oa]|garçom|garçonete|cozinheir[oa]|estudante|jornalista|dentista|padeir[oa]|eletricista|contador(?:a)?|arquitet[oa]|motorista|aposentad[oa]|pedreir[oa]|carpinteir[oa]|cabeleireir[oa]|veterinári[oa]|farmacêutic[oa]|policial|bombeir[oa]|pescador(?:a)?|agricultor(?:a)?|vendedor(?:a)?|caixa|carteir[oa])(?!\\p{L})",
    "(?:eu )?estou aposentad[oa](?!\\p{L})",
  ],
  my: "(?:[Mm]eu|[Mm]inha|[Nn]oss[oa])",
  kin: "mãe|pai|irmã|irmão|mulher|marido|esposa|esposo|filho|filha|avó|avô|vó|vô|tia|tio|prima|primo|sobrinha|sobrinho|namorada|namorado|neta|neto",
  pet: "cachorro|cachorra|cachorrinho|cachorrinha|cão|cadela|gato|gata|gatinho|gatinha|coelho|hamster|papagaio|cavalo|tartaruga",
  called: "(?:se chama|chama-se|chamad[oa])",
  plan: "(?:[Vv]ou|[Vv]amos|[Mm]e mudo|[Mm]e caso|[Tt]enho (?:um|uma|o|a|meu|minha) \\p{Ll}+|[Cc]omeço)",
  date: "(?:n[ao] (?:segunda|terça|quarta|quinta|sexta|sábado|domingo)(?:-feira)?|no dia \\d{1,2}(?: de \\p{Ll}+)?|em (?:janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro)|amanhã|(?:semana|mês|ano) que vem|na próxima semana|no próximo (?:mês|ano))",
  like: "(?:eu )?(?:gosto (?:muito )?d[eoa]s?|adoro|amo)",
  dislike: "(?:eu )?(?:odeio|detesto)",
});
