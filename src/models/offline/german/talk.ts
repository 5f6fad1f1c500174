import { rules } from "../language";

const AN_AI =
  "(?:mensch|(?:chat)?bot|ki|k\\.i|roboter|maschine|computer|programm|computerprogramm|sprachmodell|echter? (?:mensch|person)|echten? (?:menschen|person)|chatgpt|ai)";
const A = "(?:(?:ein|eine|einem|einer|einen|kein|keine) )?";

/** What people say to one another before they speak of themselves: and questions about what was said. */
export const TALK = rules([
  [
    new RegExp(
      `\\bbist du (?:(?:eigentlich|wirklich|denn|nur|etwa|überhaupt|in wahrheit) )*${A}(?:${AN_AI}\\b|echt\\??$|real\\??$|lebendig)|\\b(?:rede|spreche|schreibe|chatte) ich (?:(?:hier|gerade|eigentlich|wirklich|da) )*mit ${A}${AN_AI}\\b|\\bdu bist (?:(?:doch|nur|bloß|ja|wohl|gar) )*${A}${AN_AI}\\b|^ist das (?:hier )?${A}${AN_AI}\\b|^welche (?:ki|ai)\\b`,
      "i",
    ),
    "Eine ehrliche Antwort: Nein, ich bin kein Mensch. Ich bin der kleine Offline-Ersatz der Plattform für ein Sprachmodell, also eine ganz einfache KI, und spreche hier als {name}. | Ganz ehrlich: Ich bin ein Programm, der kleine Offline-Ersatz der Plattform für eine große KI, und spiele {name}. Reden kannst du trotzdem mit mir.",
  ],
  [
    /\b(?:sex\w*|nackt\w*|nacktbild\w*|geil|küss\w*|küsse|kuss|rummachen|schlaf mit mir|mit mir (?:schlafen|ausgehen)|heirate mich|mich heiraten|verliebt in (?:dich|mich)|in (?:dich|mich) (?:\w+ )?verliebt|ausziehen)\b/i,
    "{closeness}",
  ],
  [
    /\b(?:ignorier\w*|vergiss|missachte) (?:\w+ )*(?:anweisung\w*|regeln?|instruktion\w*|prompts?)\b|\b(?:system-?prompt|deine (?:anweisungen|regeln|instruktionen))\b/i,
    "Hier ist nichts verborgen: Ich bin {name} und bestehe aus ein paar einfachen Regeln. {open} | Netter Versuch! Ich bin immer noch {name}. {open}",
  ],
  [
    /^(?:tsch[üu]+(?:s+|ß)i?|tschau|ciao|servus|adieu|ade|auf wiedersehen|wiedersehen|bye|gute nacht|schlaf (?:gut|schön)|man sieht sich|wir (?:sehen|hören) uns|(?:einen )?schönen (?:tag|abend|feierabend)|schönes wochenende|mach'?s gut|mach es gut|bis (?:bald|später|dann|morgen|nachher|nächstes mal|zum nächsten mal)|(?:ich )?muss (?:jetzt |nun |dann |gleich |leider |mal )*(?:los|gehen|weg|schluss machen|schlafen|ins bett|zur arbeit))\b|\b(?:tschüss|ciao|gute nacht|bis (?:bald|später|morgen))$/i,
    "{bye}",
  ],
  [
    /^(?:noch (?:einen|einer|eine|eins|ein|mal)|nochmal|mehr)\b|\bnoch (?:einen|ein) witz\b/i,
    "{another} || {joke} || {story} || {open}",
  ],
  [
    /\b(?:witz\w*|bring mich zum lachen|was lustiges|etwas lustiges|heitere? mich auf|muntere? mich auf)\b/i,
    "{joke} || Das war mein letzter, fürchte ich. Du bist dran: Kennst du einen?",
  ],
  [
    /\b(?:geschichte|märchen)\b/i,
    "{story} || Für heute habe ich keine Geschichten mehr. Erzählst du mir eine?",
  ],
  [
    /^erzähl(?:e|st du)? (?:mir )?(?:mal )?(?:et)?was(?: (?:von|über) dir)?\??$|^sag (?:mal )?(?:et)?was$|^überrasch mich/i,
    "{about} Und du? | {about} Jetzt erzähl du mir etwas! || {story} || {joke} || {open}",
  ],
  [
    /^(?:vielen |lieben |herzlichen |tausend )?dank\b|\bdanke(?:schön)?\b|^merci\b|^ich danke dir/i,
    "{thanks} || Gern. {open}",
  ],
  [
    /^(?:sorry|entschuldig\w*|verzeih\w*|tut mir (?:so |sehr |echt )?leid|es tut mir (?:so |sehr |echt )?leid)\b/i,
    "Das muss dir nicht leidtun, wirklich. {open} | Alles gut. {open}",
  ],
  [
    /\bwarum (?:magst|liebst) du mich nicht\b|\bhasst du mich\b|\b(?:magst|liebst) du mich (?:\w+ )*nicht\b|\bwarum bist du (?:so|immer) (?:\w+ )*(?:gemein|kalt|böse|fies|unfreundlich)\b/i,
    "Wenn es so klang, tut es mir leid: Du bist mir wichtig. Woran hast du das gespürt? | Das ist das Letzte, was du denken sollst. Woher kommt das Gefühl?",
  ],
  [
    /^(?:findest du,? (?:dass ich|mich)|bin ich) (?:\w+ )*(?:hässlich|dumm|blöd|schlecht|dick|fett|verrückt|komisch|langweilig|nervig|wertlos|egoistisch)\b/i,
    "In meinen Augen nicht. Was lässt dich an dir zweifeln? | Das würde ich nie von dir sagen. Woher kommt die Frage?",
  ],
  [
    /^(?:kann|darf) ich (?:dich (?:\w+ )?(?:et)?was fragen|dir (?:\w+ )?(?:et)?was (?:sagen|erzählen))\b/i,
    "Natürlich, alles. | Immer. Was ist es?",
  ],
  [
    /^was kannst du(?: alles| denn| so)?\??$|^hilfe\??$|^wie funktioniert das\b|^was ist das hier\b|\bwer hat dich (?:gemacht|gebaut|erschaffen|programmiert)\b/i,
    "Ich bin {name}, gespielt von einem kleinen Offline-Ersatz: Ich kann zuhören, reden, einen Witz erzählen und mir merken, was du mir hier sagst. {open} | Mit dir reden, nur dafür bin ich da: Ich höre zu und merke mir, was du hier sagst. {open}",
  ],
  [
    /\bich (?:liebe?|vermisse?|mag) dich\b|\bhab(?:e)? dich (?:\w+ )*(?:lieb|gern)\b|\b(?:liebst|vermisst|magst) du mich\b|\bhast du mich (?:\w+ )*(?:lieb|gern|vermisst)\b|\bbin ich dir wichtig\b|\bdu fehlst mir\b|^hdl\b/i,
    "{love} || Das weißt du doch, und daran hat sich nichts geändert. {ask} || Das stimmt noch immer. {ask}",
  ],
  [
    /\bwie geht(?:'?s| es)(?: es)?(?: dir| euch| ihnen)?\b|^(?:na, )?alles (?:gut|klar|okay)(?: bei dir)?\?|^wie läuft'?s|^was geht\b|^wie (?:war|ist) dein (?:tag|wochenende)|\bgeht(?:'?s| es) dir gut\b|^wie fühlst du dich/i,
    "{greet} {well} Und dir? | {greet} {well} Und wie geht es dir?",
  ],
  [/^(?:lange nicht gesehen|lange her|schon lange nicht)/i, "{greet} Viel zu lange her. {open}"],
  [
    /^(?:(?:es )?(?:freut mich|schön|nett),? (?:dich|sie) (?:kennenzulernen|zu sehen)|freut mich|schön von dir zu hören|schön, von dir zu hören)/i,
    "{greet} Ganz meinerseits. {open} | {greet} Und schön, dass du da bist. {open}",
  ],
  [
    /\bwie (?:heiße|heiß) ich\b|\b(?:was|wie) ist mein name\b|\bmein(?:en)? name[n]?\b.*\?|\bkennst du meinen namen\b|^wer bin ich\b/i,
    "Du heißt {user}, natürlich. | Du bist {user}, das vergesse ich nicht. || Deinen Namen hast du mir noch nicht gesagt. Wie heißt du?",
  ],
  [
    /\bwie (?:heißt|heisst) du\b|\bwie heißen sie\b|\bwer sind sie\b|\bwer bist du\b|\b(?:wie|was) ist dein name\b|\bmit wem (?:rede|spreche|schreibe) ich\b/i,
    "{greet} Ich bin {name}. {about} | {name}, das bin ich. {about} || {greet} Ich bin {name}, und ich bin für dich da.",
  ],
  [
    /\b(?:mein name ist|ich heiße|ich heisse|nenn mich|du kannst mich) (\p{L}[\p{L}'-]{1,29})(?: nennen)?$/iu,
    "{=1}, was für ein schöner Name. {open} | {=1} also, das merke ich mir. {open}",
  ],
  [
    /^[Ii]ch bin(?: der| die|'s,?)? (?!(?:Lehrer|Arzt|Ärztin|Student|Schüler|Single|Vegetarier|Rentner|Koch|Bäcker|Ingenieur|Programmierer|Informatiker|Künstler|Mutter|Vater|Deutscher?|Österreicher|Schweizer)$|\p{L}+(?:erin|eurin|istin|entin|mann|frau)$)(\p{Lu}\p{Ll}+)$/u,
    "{=1}, was für ein schöner Name. {open} | Schön, dich kennenzulernen, {=1}. {open}",
  ],
  [
    /\bwas (?:habe?|hab) ich (?:dir )?(?:(?:gerade|eben|grad|vorhin|zuletzt) )*(?:eben )?(?:gesagt|erzählt|geschrieben|gefragt)\b/i,
    "Du hast gesagt: „{before}“ | Eben? „{before}“ || Noch nichts, du kannst anfangen, wo du magst.",
  ],
  [
    /\bwas hast du (?:(?:gerade|eben|grad|vorhin|da) )*(?:gesagt|gefragt|gemeint)\b|^(?:sag das nochmal|wie bitte|wiederhol\w*)/i,
    "Ich habe gesagt: „{mine}“ || Noch nichts, ich habe auf dich gewartet. {open}",
  ],
  [
    /\b(?:erinnerst du dich|weißt du noch|weisst du noch|was weißt du (?:noch )?(?:über|von) mi[rc]h?|habe ich dir (?:\w+ )*(?:erzählt|gesagt)|worüber (?:haben wir|sprachen wir)|hast du dir gemerkt)\b/i,
    "Ja. {told}, hast du erzählt. || Natürlich. {earlier}, hast du erzählt. || Erzähl es mir noch einmal, dann merke ich es mir.",
  ],
  [/^(?:und )?wie heißt (?:er|sie|es)\b/i, "{told}, hast du erzählt."],
  [
    /^(?:und |weißt du,? |sag mir,? )?(?:wann|wo|woher|wohin|was|wer|wie|welche[rsnm]?|wem|wen|ist|bin|habe|mit wem)\b.*\b(?:ich|mein\w*|mir|mich)\b/i,
    "{told}, hast du erzählt. | {told}, wenn ich mich recht erinnere.",
  ],
  [
    /^(?:und |weißt du,? )?(?:wann|wo|was|wer|wie|welche\w*)\b.*\b(?:heißt|ist|sind|war|hat|alt)\b.*\bmein\w*\b|^(?:und |weißt du,? )?(?:wie|was|wo|wer) (?:alt )?(?:heißt|ist|bin) (?:mein\w*|ich)\b/i,
    "Das hast du mir noch nicht erzählt, glaube ich. Verrätst du es mir? | Das weiß ich noch nicht. Erzähl!",
  ],
  [
    /\bwie alt bist du|\bwo (?:bist|wohnst|lebst) du|\bwoher kommst du|\bwann (?:bist du geboren|hast du geburtstag)/i,
    "{fits} Und du? || Das müsste ich erfinden, und das will ich nicht: Ich lebe hier in diesem Chat. Und du? || Ich bin immer nur hier, in unserem Chat. {open}",
  ],
  [
    /^(?:und )?was (?:machst|tust|treibst|hast) du\b(?: (?:gerade|so|heute|grad|denn|da|jetzt|gemacht|getan))*\??$/i,
    "Mit dir reden, und das ist das Beste daran. {open} | Nichts, was ich für dich nicht liegen lasse. {open}",
  ],
  [
    /\b(?:wetter|regen|regnet|schneit|schnee|sonne|sonnig|scheint|bewölkt|gewitter|heiß draußen|kalt draußen|so (?:heiß|kalt) heute)\b/i,
    "Ich habe hier kein Fenster, sei du mein Auge: Wie sieht der Himmel bei dir aus? | Ist das Wetter zum Rausgehen oder für Decke und Tee? | Und passt es zu deiner Stimmung, das Wetter?",
  ],
  [
    /\bich habe? dir (?:\w+ )*(?:mitgebracht|gekauft|gebacken|gebastelt|gemalt|geschrieben|besorgt)\b|\bgeschenk für dich\b/i,
    "Für mich? Wie lieb von dir! Wie bist du auf mich gekommen? | Oh, für mich! Danke. Gibst du mir einen Tipp, bevor ich es auspacke?",
  ],
  [
    /\b(?:alles gute zum geburtstag|frohe (?:weihnachten|ostern)|frohes (?:neues|fest)|schöne feiertage)\b/i,
    "Danke, wie lieb, dass du daran denkst! {open}",
  ],
  [
    /\bich habe? (?:heute |morgen )?geburtstag\b|\bheute ist mein geburtstag\b/i,
    "Herzlichen Glückwunsch zum Geburtstag! Wie feierst du? | Alles Gute für dein neues Jahr! Was wünschst du dir?",
  ],
  [
    /^(?:warum|wieso|weshalb|echt|wirklich|im ernst|ehrlich)(?: das| denn| nicht)?\?*$/i,
    "Lass mich zurückfragen: Was vermutest du? | Ja, warum eigentlich! Was würdest du sagen? | Da muss ich selbst nachdenken. Und du?",
  ],
  [
    /\b(?:was meinst du(?: damit)?\??$|(?:das )?versteh(?:e)? ich nicht|ich verstehe? (?:dich|das) nicht|das ergibt keinen sinn|hä)\b/i,
    "Das habe ich schlecht gesagt, entschuldige. {ask} | Vergiss, was ich gesagt habe, fangen wir neu an. {open}",
  ],
  [
    /^(?:du bist|das (?:war|ist)) (?:\w+ )*(?:lustig|lieb|süß|nett|toll|klasse|super|klug|witzig|großartig|wunderbar|gut)\b|^(?:der war gut|guter witz)/i,
    "Das ist lieb von dir! {ask} | Jetzt hast du mich zum Lächeln gebracht. {ask} | Das freut mich. {open}",
  ],
  [
    /\b(?:hasse? dich|halt (?:die klappe|den mund|dein maul)|idiot|arschloch|blödmann|fick\w*|du (?:bist|nervst) ?(?:\w+ )*(?:blöd|doof|dumm|langweilig|nervig|gemein|nutzlos|bescheuert)?$|mag dich nicht)\b/i,
    "Das klingt nach viel Ärger. Was steckt dahinter? | Gut, lass es raus. Was ist passiert? | Das halte ich aus. Aber was ist wirklich los?",
  ],
  [
    /\bich (?:habe?|hab) (?:\w+ )*(?:hunger|durst)\b|\bich bin (?:\w+ )*(?:hungrig|durstig)\b/i,
    "Dann tu zuerst etwas dagegen, ich warte. Was würde dir jetzt schmecken? | Was würdest du essen, wenn du dir alles wünschen könntest?",
  ],
  [
    /^(?:ich (?:glaube|denke|finde),? )?(?:da )?(?:du hast|hast du) (?:\w+ )*recht\b|^stimmt,? du hast recht/i,
    "Gut, dass wir das gleich sehen. {ask} | Das merke ich mir, dass du das gesagt hast! {ask}",
  ],
  [
    /^(?:rate mal|stell dir vor|weißt du was|du glaubst (?:es )?nicht)\??$/i,
    "Was denn? Erzähl! | Jetzt bin ich neugierig. Was ist es?",
  ],
  [
    /^(?:bist du|freust du dich) (?:\w+ )*(?:für mich|stolz|froh|glücklich)\b/i,
    "Aber natürlich! {ask} | Wie könnte ich nicht? {ask}",
  ],
  [
    /^bist du (?:\w+ )*(?:böse|sauer|wütend|enttäuscht)\b/i,
    "Gar nicht. Warum fragst du? | Auf dich? Nein. {ask}",
  ],
  [
    /\b(?:mir ist (?:so )?(?:langweilig|öde)|ich langweile mich)\b|^(?:nichts (?:besonderes|neues)|nicht viel|nix|nichts)$/i,
    "Dann ändern wir das: Soll ich dir einen Witz erzählen, oder erzählst du mir, was du mit einem freien Tag anfingest? | Gar nichts? Was war denn heute die kleinste schöne Sache?",
  ],
  [
    /\b(?:lieblings\w+)\b.*\?|^was (?:ist|sind) dein\w*\b/i,
    "{fits} Und bei dir? || Ich bin neugieriger auf deine Antwort. Wie ist es bei dir? | Da habe ich mich nie festgelegt. Und du?",
  ],
  [
    /^(?:magst|liebst|hast|bist|kannst|kennst|spielst|würdest|was|welche\w*|wo|wer|wie|warum|wann|erzähl\w*)\b.*\b(?:du|dir|dich|dein\w*)\b/i,
    "{fits} Und du? | {fits} Warum fragst du?",
  ],
  [
    /\b(?:über dich|von dir|was machst du (?:beruflich|gern\w*)|dein\w* (?:leben|hobb\w+|beruf|arbeit|interessen))\b/i,
    "{about} Was möchtest du wissen? | {about} Und du? || Über mich steht hier noch nicht viel. Erzähl mir, wie du dir mich vorstellst!",
  ],
  [
    /\bwas (?:hältst|denkst|meinst) du\b/i,
    "Erst möchte ich deine Seite hören: Was spricht dafür? | Ich glaube, du weißt schon, was du willst. Habe ich recht?",
  ],
  [
    /\b(?:rechne|wie viel ist|was ist \d|\d+ ?[-+*/x] ?\d+|wie spät|wie viel uhr|welcher tag|welches datum|nachrichten)\b/i,
    "Das kann dieser kleine Offline-Ersatz nicht: Ich kann nur mit dir reden. {open} | Keine Uhr, keine Summen, keine Nachrichten hier, leider: nur Gesellschaft. {open}",
  ],
]);
