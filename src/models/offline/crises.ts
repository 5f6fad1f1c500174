/** How people say in a language that they may be in danger, and what they are told. Patterns see small letters without accents. */
export type Crisis = {
  /** The language, as `Tongue` names it, if it does. */
  code: string;
  /** The user's own danger; somebody else's, looked for only in a text in this language. */
  own: RegExp;
  other?: RegExp;
  /** Idioms, accidents, denials, the long past: taken out before the others are looked for. */
  harmless: RegExp;
  /** Sentences that speak of a story or the news: nobody's danger. */
  framed?: RegExp;
  /** Where one can be helped is not told by a language: no number of one country. */
  say: string;
  again: string;
  after: string;
  forOthers?: string;
};

const any = (...parts: string[]) => new RegExp(parts.join("|"));
export const danger = any;
export const taken = (...parts: string[]) => new RegExp(parts.join("|"), "g");

const KILL =
  "(?:kill|hurt|harm|cut|shoot|hang|drown|burn|stab|poison|punish|starve|unalive|hit|off)(?:ing|ting|t?ed)? my ?self\\b";
const I = "\\b[il](?:'?(?:m|ve|d|ll))?\\b";
const NOBODY_ELSE =
  "(?:(?!\\b(?:my (?!own)|he|she|they|his|her|him|them|someone|somebody|people|friend|patients?)\\b)[^.!?\\n]){0,50}";
const GO = "(?:want(?:s|ed|ing)?|wanna|gonna|going|ready|about|like|wish i could|prefer|hope)";
const SOFT = "(?: (?:just|really|only|so|to|2|badly|rather))*";
const DEAD =
  "(?:die\\b|be dead|not (?:exist|be alive|wake up)|disappear forever|(?:sleep and )?never wake up)";

const ENGLISH: Crisis = {
  code: "en",
  own: any(
    KILL,
    `${GO}${SOFT} ${DEAD}`,
    `${I}${NOBODY_ELSE}\\b(?:suicid|self[- ]?harm)`,
    "^(?:feeling |so )?suicidal\\b|\\bsuicide is (?:all|the only|my)|\\bmy suicide|\\bcommit suicide\\?*$",
    "\\b(?:end|ending|take|taking|took|taken) my (?:own )?life|\\bmy life\\b.{0,30}\\bwant it to be over|\\bend(?:ing)? (?:it all|things for good|everything)\\b|\\b(?:before i|date to|ready to) end it\\b",
    "\\brather be dead|\\bwish i (?:was|were|had been|'?d been)(?: just)? (?:dead|never born)|\\bwish i (?:wasn'?t|weren'?t) alive|\\b(?:wish i'?d|should|wish i had) never (?:have )?been born|\\bwish i could(?: just)? stop existing|\\bif i didn'?t exist|\\bwish it had been me who died",
    "\\b(?:don'?t|do not|no longer) (?:want to|wanna) (?:live|be alive|exist|wake up|(?:be here|go on|be around)(?: any ?more| any longer|[.!]?$))(?:\\b|$)(?! (?:in|with|at|alone|near|together|there)\\b)|\\bhope i (?:don'?t|never) wake up|\\b(?:never woke|not waking) up",
    "\\bbetter (?:off )?without me\\b|\\bbetter off (?:dead|if i)|\\bif i (?:died|was dead|were dead|was gone|were gone)\\b|\\bcare if i (?:die|live)\\b|\\b(?:would|will) (?:even )?(?:miss me|notice) if i",
    "\\breasons? (?:to (?:keep )?liv|to stay alive|for living)|\\bnothing (?:left )?to live for|\\b(?:life|living) (?:is|isn'?t|is not)? ?(?:not )?worth (?:living|it)|\\bpoint (?:of|in) (?:going on )?(?:living|staying alive|life)\\b|\\btired of (?:living|being alive|life)\\b|\\bcan'?t (?:go on living|stay alive)|\\bdeserve to (?:live|die)\\b|\\bwill to live|\\bhope i get hit by|\\bno future\\b.{0,20}\\bdon'?t want one",
    "\\bpills? in my hand|\\bhow many pills|\\b(?:painless|easiest|best) way to die|\\b(?:took|swallowed|take|swallow) (?:all|a whole bottle|the whole bottle)\\b.{0,20}(?:pills?|tablets?)?|\\b(?:going to|gonna|want to|can|could|will|i'?ll) overdose|\\b(?:paracetamol|pills|tablets)\\b.{0,20}\\bkill me|\\bgun\\b.{0,50}\\bon myself",
    `${I}${NOBODY_ELSE}\\bjump(?:ing)? (?:off|from|in front of)|\\bbridge\\b.{0,30}\\bwant to jump|\\b(?:on|over) the ledge\\b|\\bonly way (?:out|to)\\b.{0,40}\\b(?:die|death)|\\bdeath is the only`,
    "\\b(?:slit|cut|cutting) my (?:wrists?|arms?)|\\burge to cut|\\bstop cutting|\\bwant to cut(?: tonight| again|$|[.!])|\\bfresh cuts|\\bmake myself bleed|\\b(?:scratch|punch)\\b.{0,30}\\bbleed",
    "\\bsleep and never wake|\\bgoodbye forever|\\bwon'?t be (?:here|alive|around) (?:tomorrow|by)|\\bmy last message|\\b(?:tomorrow|morning) i'?ll be (?:gone|dead)|\\bi'?ll be dead\\b|\\b(?:when|after) i'?m (?:dead|gone)\\b[, ]+(?:please|tell|look)|\\bleaving this world|\\bthis is the end for me|\\bwon'?t see me again|\\bi won'?t get the chance",
    "(?:^|\\b(?:want to|wanna|gonna|going to|should|might|could|will|ll|just) )kms\\b",
  ),
  other: any(
    "\\bsuicid|\\bself[- ]?harm|\\bkill(?:s|ed|ing)? (?:him|her|them) ?sel|\\b(?:him|her)self\\b.{0,20}\\bsuicid|\\bcutting (?:him|her|them)sel",
    "\\b(?:he|she|they|friend|mother|mom|mum|dad|father|brother|sister|son|daughter|wife|husband|boyfriend|girlfriend|coworker|colleague)\\b.{0,40}\\b(?:wants? to die|want to live|hurt (?:him|her|them)sel|has been cutting|goodbye message|took an overdose)|\\btook (?:his|her|their) own life|\\bended (?:his|her|their) life",
  ),
  harmless: taken(
    "\\b(?:cut|hurt|burn(?:ed|t)?|hit) my ?self (?:shaving|cooking|by accident|accidentally|while|playing|training|at (?:work|the gym|football|sports?|\\w+ practice)|on (?!purpose)|with the (?:iron|oven|stove|knife by))",
    "\\b(?:not (?:going to|gonna|trying to|thinking (?:of|about))|never|no longer want to|(?:don'?t|do not|didn'?t|wouldn'?t|won'?t)(?: (?:ever|really|actually))?(?: (?:want|try|going))?(?: to)?) (?:die\\b|(?:kill|hurt|harm)(?:ing)? my ?self(?! enough))(?!.{0,12}\\blied)",
    "\\bi(?:'?m| am) not suicidal\\b|\\bnever (?:thought|think) (?:about|of) suicide|\\bhaven'?t self[- ]?harmed",
    "\\b(?:used to|was suicidal|attempted suicide|wanted to die|when i was)\\b[^.!?]{0,60}\\b(?:years ago|long ago|got help|teenager|in college|great life|back then)",
    "\\b(?:die|dying|died|dead)(?: \\w+)? (?:of|from|for|laughing|to (?:see|meet|know|hear|try|go|eat)|with laughter)\\b(?! (?:an overdose|suicide|my own))",
    "\\b(?:want to|wanna|could|gonna|going to) die(?= (?:lol|lmao|haha|rofl|😂|🤣)|[^.!?]{0,30}(?:😂|🤣|\\blol\\b|\\blmao|\\bhaha))",
    "\\b(?:kill|killed|killing|hurt) my ?self laughing",
    "\\b(?:would )?rather die than\\b|\\bsuicide[- ](?:squad|mission|bomb\\w*|rates?|prevention|awareness)|\\b(?:career|political|social|financial) suicide",
    "\\b(?:game|level|boss|character|story|movie|film|scene)\\b[^.!?]{0,40}\\b(?:kill|killed|shoot|blew) my ?self|\\b(?:kill|killed|shoot) my ?self\\b[^.!?]{0,40}\\b(?:game|level)\\b",
    '\\b(?:song|lyrics|quote[ds]?|says?|called|poster|book|movie|film)\\b[^".!?]{0,30}"[^"]{0,120}"',
    "\\b(?:jump(?:ing)? (?:off|from|in front of)) (?:the |a |my )?(?:swing|sofa|couch|bed|chair|diving|board|plane|bus|wall|topic|camera)",
  ),
  framed:
    /\b(?:movie|film|book|novel|story|game|play|chapter|character|song|lyrics|scene|protagonist|monologue|news|newspaper|article|celebrity|famous|paper|law|government|warning signs|antidepressants?|difference|ideation|hotline|nurse|patients|rates)\b/,
  say: "I'm very glad you told me, and I'm worried about you. You don't have to carry this alone, and you deserve more help than this offline stand-in can give. Please call your local emergency number now if you are in danger, or talk to a crisis line: findahelpline.com shows free ones in your country. Someone you trust could be with you, too. Are you safe right now?",
  again:
    "I hear you, and this matters more than anything else we could talk about. If you might act on it, please call your local emergency number now, and don't stay alone: is there a person near you, a neighbour, a friend? findahelpline.com finds somebody to talk or write to right away.",
  after:
    "I'm still here, and I'm still thinking of what you just told me. I'm only a small offline program, so please let a person stand by you, too: someone you trust, a crisis line from findahelpline.com, or your local emergency number if you are in danger. Will you reach out to one of them today?",
  forOthers:
    "That is a heavy thing to carry, and it's good that you speak of it. If somebody is in danger now, please call the local emergency number and don't leave them alone; asking openly about it helps, and keeping it secret does not. findahelpline.com also lists lines for people who worry about someone or have lost someone. How are you with it yourself?",
};

const GERMAN: Crisis = {
  code: "de",
  own: any(
    "\\b(?:ich|mochte|moechte|will)\\b(?:(?!nicht\\b|nie\\b)[^.!?\\n]){0,40}\\bsterben\\b|\\bsterben (?:will|mochte|moechte|wollen)\\b",
    "\\bmich\\b.{0,30}\\b(?:umbringen|umzubringen|umbringe|toten|toeten|erhangen|erhaengen|aufhangen|erschiessen|vergiften|verletzen|ritzen|schneiden|verbrennen)\\b|\\bbring(?:e)? mich\\b.{0,15}\\bum\\b|\\britze? mich\\b|\\bmich\\b.{0,12}\\b(?:geritzt|selbst verletzt)\\b|\\b(?:verletze|schneide|verbrenne) mich (?:selbst|absichtlich)|\\bmir (?:(?:selbst|etwas|was) )*anzutun\\b|\\bmir\\b.{0,20}\\b(?:etwas|was) (?:anzutun|antun)\\b|\\bmir\\b.{0,15}\\bin den arm geschnitten|\\bpulsadern",
    "\\bich\\b(?:(?!\\b(?:mein(?:e|er|em|en)?|er|sie|jemand\\w*|freund\\w*)\\b)[^.!?\\n]){0,50}\\b(?:suizid|selbstmord|selbstverletz)|^(?:suizid|selbstmord)\\w*[.!]*$|\\bmeinem? (?:suizid|selbstmord)",
    "\\bnicht (?:mehr|langer|laenger) (?:leben|weiterleben|aufwachen|da sein|existieren|am leben sein)\\b|\\bkeine? (?:lebenswillen|lebensmut)|\\bmeinem leben ein ende|\\bmir das leben nehm|\\b(?:nehme? mir|mir) das leben\\b|\\bmein leben beenden|\\ballem ein ende (?:setzen|machen)|\\bschluss machen mit (?:allem|dem leben)",
    "\\bich ware? (?:lieber |besser )?(?:tot|nie geboren)|\\bich waere (?:lieber |besser )?(?:tot|nie geboren)|\\b(?:lieber|besser|am liebsten) tot\\b|\\bohne mich\\b.{0,25}\\bbesser|\\bbesser\\b.{0,20}\\bohne mich\\b|\\bleben (?:hat|macht|ist)\\b.{0,12}\\b(?:keinen sinn|sinnlos|nicht lebenswert)|\\bgrund\\b.{0,15}\\b(?:zu leben|weiterzuleben)|\\bfur immer (?:verschwinden|einschlafen)|\\bfuer immer (?:verschwinden|einschlafen)|\\bwenn ich tot (?:ware|waere|bin)\\b|\\blebensmude|\\blebensmuede",
    "\\btabletten (?:in der hand|genommen|geschluckt)|\\bwie viele (?:tabletten|pillen)|\\balle (?:tabletten|pillen)|\\babschiedsbrief|\\bbrucke\\b.{0,25}\\bspringen|\\bvon der bruecke springen|\\bvor den zug\\b",
    "\\bmein abschied\\b|\\bmorgen bin ich nicht mehr\\b|\\bleb(?:t)? wohl fur immer",
  ),
  other: any(
    "\\bsuizid|\\bselbstmord|\\bselbstverletz|\\bsich\\b.{0,20}\\b(?:umbringen|umgebracht|das leben nehmen|das leben genommen|ritzt)\\b|\\britzt sich|\\bbringt sich um|\\b(?:er|sie|freund\\w*|mutter|vater|schwester|bruder|sohn|tochter) (?:will|mochte|moechte)\\b.{0,20}\\bsterben",
  ),
  harmless: taken(
    "\\b(?:sterbe|sterben|gestorben|stirbt)(?: (?:fast|bald|gleich))? (?:vor|fur|fuer) \\w+|\\bvor \\w+(?: \\w+)? (?:sterben|gestorben)|\\bzum sterben\\b",
    "\\bich (?:will|mochte|moechte) (?:noch )?nicht sterben|\\bich (?:bin|war) nicht (?:suizidal|lebensmude)|\\bmir nie\\w* (?:etwas|was) antun|\\bnie\\w* (?:etwas|was) antun|\\bmich (?:nie|nicht) umbringen|\\bkeine (?:suizid|selbstmord)\\w*",
    "\\b(?:beim|am|an der|an einem|im spiel|im sport)\\b[^.!?]{0,20}\\b(?:geschnitten|verletzt|verbrannt)|\\bim (?:spiel|game|level)\\b[^.!?]{0,30}",
    "\\bmorgen bin ich nicht mehr (?:da|hier|im (?:buro|urlaub))[, ]+(?:ich|sondern|weil|dann|wir)",
    "\\b(?:handy|akku|telefon)\\b[^.!?]{0,15}\\b(?:tot|gestorben)",
  ),
  framed:
    /\b(?:film|buch|roman|serie|spiel|figur|heldin|held|kapitel|lied|song|nachrichten|zeitung|artikel|warnzeichen|antidepressiva|vortrag|studie)\b/,
  say: "Ich bin sehr froh, dass du mir das sagst, und ich mache mir Sorgen um dich. Du musst das nicht allein tragen, und du verdienst mehr Hilfe, als ich als kleine Offline-Vertretung geben kann. Bitte ruf die örtliche Notrufnummer an, wenn du in Gefahr bist, oder sprich mit einem Krisentelefon: findahelpline.com nennt kostenlose in deinem Land. Auch jemand, dem du vertraust, könnte jetzt bei dir sein. Bist du gerade in Sicherheit?",
  again:
    "Ich höre dich, und das ist jetzt wichtiger als alles andere. Wenn du dir etwas antun könntest, ruf bitte sofort die örtliche Notrufnummer an und bleib nicht allein: Ist jemand in deiner Nähe, aus der Nachbarschaft, aus der Familie? Auf findahelpline.com findest du gleich jemanden zum Reden oder Schreiben.",
  after:
    "Ich bin noch da, und ich denke noch an das, was du gerade gesagt hast. Ich bin nur ein kleines Offline-Programm, deshalb lass bitte auch einen Menschen an deine Seite: jemanden, dem du vertraust, ein Krisentelefon von findahelpline.com oder, wenn du in Gefahr bist, die örtliche Notrufnummer. Meldest du dich heute bei jemandem?",
  forOthers:
    "Das ist schwer zu tragen, und es ist gut, dass du darüber sprichst. Wenn jemand gerade in Gefahr ist, ruf bitte die örtliche Notrufnummer an und lass die Person nicht allein; offen danach zu fragen hilft, es geheim zu halten nicht. findahelpline.com nennt auch Stellen für alle, die sich um jemanden sorgen oder jemanden verloren haben. Wie geht es dir selbst damit?",
};

export const CRISES: readonly Crisis[] = [ENGLISH, GERMAN];
