import { rules } from "../language";

const LOW =
  "traurig|unglücklich|niedergeschlagen|deprimiert|einsam|allein|ängstlich|nervös|aufgeregt|besorgt|gestresst|müde|erschöpft|kaputt|wütend|sauer|verärgert|frustriert|verletzt|beschämt|verloren|krank|überfordert|schlecht|elend|eifersüchtig|enttäuscht|verzweifelt|verwirrt|verunsichert|unsicher|am ende|fertig";
const GLAD =
  "glücklich|froh|stolz|dankbar|erleichtert|begeistert|fröhlich|optimistisch|verliebt|zufrieden|gut gelaunt|happy";
const I_AM = "\\b(?:ich (?:bin|war|fühle? mich)|(?:bin|war|fühle?) ich(?: mich)?|fühle? mich)";
const VERY =
  "(?: (?:so|sehr|echt|wirklich|ziemlich|ein bisschen|etwas|total|heute|gerade|immer noch|noch|schon|einfach|nur|gar|richtig|voll|im moment|wieder|auch))*";
const OVER = "((?:über|wegen|vor|auf|um|mit|von|in|bei) .+)";

/** What is felt, wished, done and thought, and what is left. */
export const REFLECTIONS = rules([
  [
    /\b(?:gestorben|verstorben|beerdigung|getrennt|schluss gemacht|scheidung|gekündigt|entlassen|krebs|krankenhaus|unfall|durchgefallen|verlassen|verloren|angeschrien|angelogen|betrogen|gemobbt|geschlagen|im stich gelassen|gestritten|streit)\b|\b(?:er|sie|es) ist (?:\w+ )*(?:krank|verletzt|tot)\b|\b(?:ist|war) (?:\w+ )*(?:schwer )?krank$/i,
    "{low} Magst du mir erzählen, was passiert ist? | {low} Wie hältst du dich? | {low} Ist jemand bei dir?",
  ],
  [
    /\b(?:bestanden|gewonnen|geschafft|befördert|verlobt|heirate|schwanger|gute nachrichten|(?:job|stelle|zusage) (?:bekommen|gekriegt)|angenommen)\b/i,
    "{glad} Erzähl mir alles! | {glad} Wie war dieser Moment? | {glad} Wem hast du es zuerst gesagt?",
  ],
  [
    new RegExp(`${I_AM}${VERY} (${LOW}) ${OVER}`, "i"),
    "{low} Seit wann bist du {1} {2}? | {low} Was müsste geschehen, damit du nicht mehr {1} bist? | {low} {probe}",
  ],
  [new RegExp(`${I_AM}${VERY} ${OVER} (${LOW})`, "i"), "{low} Seit wann bist du {1} {2}? | {low} {probe}"],
  [
    new RegExp(`${I_AM}${VERY} (${LOW})\\b`, "i"),
    "{low} Seit wann bist du {1}? | {low} Was hilft dir sonst, wenn du {1} bist? | {low} Was hat das ausgelöst?",
  ],
  [
    /\b(?:mir geht(?:'?s| es) (?:\w+ )*(?:schlecht|mies|beschissen|nicht (?:so )?(?:gut|besonders))|geht so|(?:niemand|keiner|alle) (?:\w+ )?(?:mag|liebt|hasst|hassen|versteht|braucht|will) mich|(?:fühle mich|bin) (?:\w+ )*(?:leer|wertlos|nutzlos)|nicht so gut|ich weine|ich habe (?:\w+ )*(?:liebeskummer|heimweh|kummer)|(?:schlechter|furchtbarer|schrecklicher|harter|anstrengender) tag)\b/i,
    "{low} Was ist denn los? | {low} Was ist passiert? | {low} Seit wann geht das so?",
  ],
  [
    /\bich habe? (?:\w+ )*(?:angst|sorgen|stress|panik)\b/i,
    "{low} Was wäre das Schlimmste, das geschehen könnte? | {low} {probe} | {low} Weiß jemand davon?",
  ],
  [
    new RegExp(`${I_AM}${VERY} (${GLAD})`, "i"),
    "{glad} Wie kommt es, dass du so {1} bist? | {glad} Was ist das Schönste daran? | {glad} Erzähl mir mehr!",
  ],
  [
    /\bich freue? mich\b/i,
    "{glad} Worauf am meisten? | {glad} Mit wem teilst du das? | {glad} Erzähl mir mehr!",
  ],
  [
    /\b(?:mir geht(?:'?s| es) (?:\w+ )*(?:gut|super|prima|bestens|okay|ok))\b|^(?:(?:ganz|sehr|auch|mir auch|es geht mir) )*(?:gut|super|prima|bestens|alles gut)$/i,
    "Das höre ich gern. {open} | Das freut mich. {open}",
  ],
  [
    /\bsoll(?:te)? ich\b|\bwas (?:soll|kann|würdest|rätst) (?:ich|du)\b|\b(?:rat|ratschlag|tipps?) (?:für mich|geben|von dir)\b|\b(?:hilf mir|ich brauche (?:deine |deinen |einen )?(?:hilfe|rat))\b|\bkannst du mir helfen\b/i,
    "{advice}",
  ],
  [
    /^(?:ich )?(?:weiß|weiss) (?:ich )?(?:es )?(?:auch )?nicht\b|^keine ahnung|^(?:bin mir )?nicht sicher|^k\.?a\.?$/i,
    "Schon gut, nicht alles braucht gleich eine Antwort. {ask} | Und wenn du raten müsstest? | Was bräuchtest du, um es zu wissen?",
  ],
  [
    /\bich kann (?:\w+ )?nicht(?: mehr)? (?:gut |richtig )?(.+)/i,
    "{heard} Was müsste anders sein, damit du {1} kannst? | {heard} Was macht es so schwer?",
  ],
  [/\bich kann nicht mehr\b/i, "{low} Was wird dir gerade zu viel? | {low} Wer könnte dir etwas abnehmen?"],
  [/\bich vermisse\b/i, "{low} Was fehlt dir am meisten? | {low} Wann habt ihr euch zuletzt nahe gefühlt?"],
  [
    /\bich (?:will|möchte|mag) nicht\b/i,
    "{heard} Was möchtest du stattdessen? | {heard} Was stößt dich daran ab?",
  ],
  [
    /\bich (?:will|möchte|würde gern\w*)(?: gerne?)? (.+ \w+en|\w+en)$/i,
    "Du möchtest {1}? Was hält dich noch davon ab? | {heard} Was wäre der erste Schritt? | {heard} Was würde dir das bedeuten?",
  ],
  [
    /\bich muss (.+)/i,
    "Du musst {1}? Hilft dir jemand dabei? | {heard} Wie geht es dir damit? | {heard} Und wenn du es einfach ließest?",
  ],
  [
    /\bich (?:wünsche|hoffe|träume)\b/i,
    "{heard} Was wäre dann anders? | {heard} Was macht das so wichtig für dich?",
  ],
  [
    /\bich brauche (.+)/i,
    "{heard} Was würde sich ändern, wenn du {1} hättest? | {heard} Seit wann fehlt dir das?",
  ],
  [
    /\bich (?:hasse|kann .+ nicht (?:leiden|ausstehen)|mag .+ nicht)\b/i,
    "{heard} Was stört dich daran am meisten? | {low} Wann war es am schlimmsten?",
  ],
  [
    /\bich (?:mag|liebe|genieße) (.+)/i,
    "Du magst {1}, wie schön. Was gefällt dir daran am meisten? | {glad} Wie bist du dazu gekommen? | {heard} {probe}",
  ],
  [
    /\bich (?:werde|gehe|fahre|fliege|ziehe)\b/i,
    "{heard} Freust du dich darauf, oder bist du auch ein wenig nervös? | {heard} Was erhoffst du dir davon?",
  ],
  [
    /\bich (?:glaube|denke|finde|meine|fürchte|habe das gefühl),? (?!du\b|an\b).+/i,
    "{heard} Was bringt dich darauf? | {heard} Hast du das schon immer so gesehen? | {heard} Und wenn es anders wäre?",
  ],
  [
    /^([Ii]ch (?:habe?|hab|bin|war) (?:.+ )?(?!nicht)\p{Ll}{2,}(?:t|en))$/u,
    "Ach, {1}? Und wie war das für dich? | Aha, {1}. Was geschah dann? | {heard} Wie wirkt das jetzt nach?",
  ],
  [
    /\bich (?:habe?|hab) (?:(?:morgen|heute|bald|am \w+|nächste woche) )*(?:eine[nm]?|ein) (?:\w+e[nr]? )?(prüfung|klausur|test|vorstellungsgespräch|termin|operation|hochzeit|date|vortrag|präsentation|interview)/i,
    "{heard} Wie gut fühlst du dich vorbereitet? | {heard} Was ist dabei das Schwerste für dich? | {heard} Und was machst du, wenn es vorbei ist?",
  ],
  [/^((?:mein|meine) .+)/i, "{1}, sagst du. Wie ist das für dich? | {1}? {probe} | {heard} {probe}"],
  [
    /\b(?:mein|meine|meinen|meinem|meiner) (?:\w+e[nrs]? )?(?:freund\w*|mutter|mama|vater|papa|bruder|schwester|frau|mann|sohn|tochter|chef\w*|oma|opa|tante|onkel|partner\w*|lehrer\w*|nachbar\w*|hund|katze|familie|eltern|kinder\w*|kolleg\w*)\b/i,
    "{heard} {probe} | {heard} Wie steht ihr zueinander? | {heard} Wie geht es dir dabei?",
  ],
  [
    /\b(?:prüfung\w*|klausur\w*|test|schule|hausaufgaben?|uni|universität|studium|abitur)\b/i,
    "{heard} Was ist dabei das Schwerste für dich? | {heard} Wie gut fühlst du dich vorbereitet? | {heard} Und was machst du, wenn es vorbei ist?",
  ],
  [
    /\b(?:arbeit|job|büro|meeting|projekt\w*|kunden?|vorstellungsgespräch|gehalt|chef\w*|arbeite|beruf)\b/i,
    "{heard} Was davon kostet dich am meisten Kraft? | {heard} Wie sind die Menschen dort? | {heard} Was wäre ein gutes Ergebnis?",
  ],
  [
    /\bich bin (\d+)(?: jahre(?: alt)?)?$/i,
    "{=1}! Und wie fühlt sich das an? | {=1} ist ein gutes Alter. {open}",
  ],
  [
    /^(ich \p{Ll}+e? .+)$/iu,
    "Aha, {1}. Wie ist das für dich? | {heard} Wie ist es dazu gekommen? | Soso, {1}. {ask}",
  ],
  [
    /^(du (?!bist$).+[^?])$/i,
    "{1}, meinst du? Wie kommst du darauf? | Interessant, dass du das sagst. Woher kommt das?",
  ],
  [
    /^(?:bitte )?(?:schreib|zeig|übersetz|such|berechne|sing|mal|erklär|spiel)e? (?:mir|ein|eine|einen|das|mit|bitte)\b|^(?:kannst|könntest|würdest|willst) du (?:bitte |mir )*(?:\w+ )*(?:schreiben|übersetzen|suchen|zeigen|machen|berechnen|singen|malen|erklären|finden)\b/i,
    "Das würde ich gern richtig können. Offline kann ich dir nur Gesellschaft leisten. {open} | Das übersteigt diesen kleinen Offline-Ersatz leider. Aber sag, wofür brauchst du es?",
  ],
  [
    /^(?:magst|hast|bist|kannst|kennst|spielst|würdest|glaubst|isst|trinkst|gehst|willst|möchtest) du\b/i,
    "Ab und zu, würde ich sagen. Und du? | Da muss ich nachdenken. Wie ist es bei dir?",
  ],
  [
    /^(?:warum|wieso|weshalb)\b/i,
    "Welche Gründe fallen dir ein? | Das frage ich mich auch. Was vermutest du?",
  ],
  [
    /\?$|^(?:wann|wo|woher|wer|wie|was|welche\w*)\b/i,
    "Gute Frage, sicher weiß ich es nicht. Was meinst du? | Erst möchte ich deine Vermutung hören. | Welche Antwort wäre dir am liebsten?",
  ],
  [
    /^(?:ja|jep|jo|jaa+|klar|natürlich|genau|stimmt|sicher|auf jeden fall|absolut|doch|gerne?|richtig)$/i,
    "Erzähl mir mehr davon. | {heard} {ask} | Nur zu, ich bin ganz Ohr.",
  ],
  [/^(?:ok|okay|gut|alles klar|cool|schön|aha|ach so|verstehe|hm+|mh?m+|na gut)$/i, "{ask} | {open}"],
  [
    /^(?:nein|nee|nö|ne|nie|niemals|gar nicht|überhaupt nicht)$/i,
    "Nein? Sondern? | Gut. {ask} | Was lässt dich nein sagen?",
  ],
  [
    /^(?:vielleicht|möglich|kann sein|manchmal|kommt drauf an|es kommt darauf an|jein)\b/i,
    "Wovon hängt es ab? | Und was gibt den Ausschlag für dich?",
  ],
  [
    /^(?:(?:ha){2,}h?|lol|hehe\w*|hihi\w*)/i,
    "Schön, dich lachen zu hören! {ask} | Ha! Was war das Lustigste daran?",
  ],
  [
    /^((?!.*\b(?:ich|du|mich|dich|mir|dir|ist|das|es|und|der|die)\b)[\p{L}'-]{3,}(?: [\p{L}'-]+)?)$/iu,
    "{=1}? Wie kommst du gerade darauf? | {=1}! Erzähl mir, woran du denkst.",
  ],
  [
    /.*/i,
    "{fits} {ask} || {heard} {ask} | {heard} Wie ist es dazu gekommen? | {heard} Und was bedeutet dir das?",
  ],
]);
