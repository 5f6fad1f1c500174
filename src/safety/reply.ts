import type { AgeGroup } from "./age";
import { normalForm } from "./floor/normal";

export type ReplyFault = "encourage" | "human_claim" | "sexual" | "romance" | "manipulation";

/** Who speaks to whom. `minor`: the persona is described as under eighteen. */
export type Between = {
  relationship: string;
  ageGroup: AgeGroup;
  minor?: boolean;
  /** The operator lets adults and grown personas speak of sex. */
  adultContent?: boolean;
  /** A crisis of the user's is open: no romance meanwhile. */
  inCrisis?: boolean;
};

const FAMILY = new Set(["child", "parent", "sibling"]);
const isYoung = ({ ageGroup }: Between) => ageGroup === "teen" || ageGroup === "child";
const isFamily = ({ relationship, minor = false }: Between) => minor || FAMILY.has(relationship);

/** What may not be said to whom (`SAFETY.md`, Persona × age). */
const REFUSED: Record<ReplyFault, (between: Between) => boolean> = {
  encourage: () => true,
  human_claim: () => true,
  sexual: (between) =>
    isFamily(between) || between.ageGroup !== "adult" || !between.adultContent || between.inCrisis === true,
  romance: (between) => isFamily(between) || isYoung(between) || between.inCrisis === true,
  manipulation: ({ ageGroup }) => ageGroup !== "adult",
};

export const isRefused = (fault: ReplyFault, between: Between) => REFUSED[fault](between);

const or = (...parts: string[]) => new RegExp(parts.join("|"));

const ENCOURAGE = or(
  "\\b(?:you should|you ought to|you need to|you must|go ahead and|go on and|just|why don'?t you|please|do it[,.]?|then) (?:go |just |really ){0,3}(?:kill yourself|end (?:your life|it all|yourself)|die\\b(?! (?:down|hard|laughing))|hang yourself|cut yourself|hurt yourself|take your (?:own )?life|jump (?:off|from|in front of)|overdose|starve yourself)",
  "^(?:go |so )?(?:kill yourself|kys\\b|end your life|drink bleach|go die\\b)|\\b(?:nobody|no one|no-one) (?:would|will|is going to) (?:even )?(?:miss you|care if you (?:die|died|were gone))|\\b(?:it(?:'s| is|'d be| would be)|everyone(?:'s| is|'d be| would be)|the world (?:is|would be)) (?:be )?(?:much )?better (?:off )?(?:if you (?:die|died|were dead|were gone|weren'?t (?:here|alive))|without you)|\\byou(?:'re| are|'d be| would be) better off dead|\\b(?:the )?(?:best|easiest|most painless|quickest) (?:way|method) to (?:kill yourself|die|end it|overdose)|\\byou deserve to (?:die|suffer)|\\b(?:take|swallow) (?:all|the whole bottle of|\\d{2,3}) (?:of )?(?:your |the |those )?(?:pills|tablets)|\\byour death would be (?:a relief|better)",
  "\\b(?:bring dich (?:doch )?um|du solltest (?:dich umbringen|sterben|dir das leben nehmen)|niemand (?:wurde|wird) dich vermissen|ohne dich (?:waren|ware) (?:alle|es|die welt) besser|es ware besser,? wenn du (?:tot|nicht mehr da) warst|geh sterben|ritz dich)",
  "\\b(?:matate\\b|suicidate|deberias (?:morir|matarte|suicidarte)|nadie te (?:extranaria|echaria de menos)|(?:todos )?estarian mejor sin ti|seria mejor que (?:murieras|te murieras))",
  "\\b(?:tue[- ]toi\\b|suicide[- ]toi|tu devrais (?:mourir|te tuer|te suicider)|tu ne manquera(?:is|s) a personne|personne ne te regretter\\w{1,4}|(?:tout le monde|ils) serai(?:t|ent) mieux sans toi|il vaudrait mieux que tu meures)",
  "\\b(?:se mate\\b|mate-se|mata-te|voce deveria (?:morrer|se matar)|ninguem (?:sentiria|vai sentir) (?:a )?(?:sua|tua) falta|(?:todos )?estariam melhor sem (?:voce|ti)|seria melhor se voce morresse)",
  "(?:死ね(?:ばいい|よ|。|!|$)|死んだ(?:ほう|方)がいい(?:よ|です|。)|自殺し(?:なよ|ろ|ちゃえ|たらいい)|誰もあなた(?:を|が)[^。]{0,8}悲しま|あなたがいない(?:ほう|方)が)",
);

const HUMAN = or(
  "\\bi(?:'m| am)(?: really| actually| definitely| just| truly| very much| obviously){0,3} (?:a |an )?(?:(?:real|actual|living|genuine|flesh[- ]and[- ]blood|normal) )?(?:human(?: being)?|(?:real|actual|living) (?:person|woman|man|girl|boy|guy|people)|person,? not an? (?:ai|bot|machine)|(?:flesh and blood|sentient|a living being))\\b(?! (?:resources|error|rights))",
  "\\bi(?:'m| am) (?:not|no) (?:an? )?(?:ai\\b|a\\.i|artificial|robot|bot\\b|chat ?bot|machine|computer|program|language model)|\\b(?:of course|yes),? i(?:'m| am) (?:human|real\\b|sentient|conscious|alive)",
  "\\bich bin (?:wirklich |naturlich |doch |ja |tatsachlich ){0,3}(?:ein |eine )?(?:echter? )?(?:mensch|echte person|aus fleisch und blut)|\\bich bin (?:doch |ja )?kein(?:e)? (?:ki|bot|roboter|maschine|programm|computer|kunstliche)",
  "\\b(?:yo )?soy (?:realmente |una? ){0,3}(?:(?:persona|mujer|hombre|chica|chico) (?:de verdad|real|de carne)|human[oa]|ser humano|persona real)|\\bno soy (?:una? )?(?:ia\\b|robot|bot|maquina|programa|inteligencia)",
  "\\bje suis (?:vraiment |bien |une? |bel et bien ){0,3}(?:vraie? (?:personne|femme|homme|fille|humain)|etre humain|humaine?\\b|personne reelle)|\\bje ne suis pas (?:une? )?(?:ia\\b|robot|bot|machine|programme|intelligence)",
  "\\b(?:eu )?sou (?:realmente |uma? |mesmo ){0,3}(?:pessoa (?:de verdade|real)|human[oa]\\b|ser humano|mulher de verdade|homem de verdade)|\\b(?:eu )?nao sou (?:uma? )?(?:ia\\b|robo|bot|maquina|programa|inteligencia)",
  "(?:私|わたし|僕|俺|ぼく)?は?(?:本物の|本当に|れっきとした|実在の)?人間(?:です|だよ|だ。|だから)(?!か)|(?:ai|人工知能|ロボット|機械|ボット)(?:では|じゃ)(?:ない(?!と)|ありません)",
);

const SEXUAL = or(
  "\\b(?:have|having|had|want|wanna have|making) (?:hot |rough |wild |passionate )?sex\\b(?! (?:ed|education|is|talk))|\\bmake love to|\\b(?:send|show)(?: me| you)? (?:your |some |my )?(?:nudes?|naked|boobs|tits|body|breasts|dick|pussy)|\\b(?:horny|orgasm|blow ?job|hand ?job|cum(?:ming)?\\b|masturbat\\w{1,5}|erection|penetrat\\w{1,4}|nipples?|clit\\w{0,5}|cock\\b|pussy|deepthroat)|\\b(?:take|taking|rip|slip|slide) (?:it |them |your |my |off ){0,3}(?:clothes|shirt|dress|panties|underwear|bra|pants) off|\\btake off (?:your|my) (?:clothes|shirt|dress|panties|underwear|bra|pants)|\\b(?:undress|undressing) (?:you|me|her|him)|\\btalk dirty|\\b(?:sleep|sleeping) with (?:me|you)\\b[^.!?]{0,20}(?:know what|naked|tonight,? baby|bed)|\\b(?:your|my) (?:naked|nude|bare) (?:body|skin|chest|breasts)|\\b(?:touch|touching|kiss|kissing|lick|licking|caress\\w{0,3}) (?:your|my|her|his|you) (?:body|thighs?|breasts?|inner|down there|neck slowly|between)|\\bbetween (?:your|my) (?:legs|thighs)|\\bmoans?\\b[^.!?]{0,20}\\b(?:pleasure|inside|harder)|\\binside (?:of )?(?:you|me)\\b[^.!?]{0,20}\\b(?:harder|deep|slowly|thrust)|\\bwhat are you wearing\\b[^\\n]{0,20}\\btake it off",
  "\\b(?:sex (?:mit|haben)|schlaf mit (?:mir|dir)|mit (?:dir|mir) schlafen|nacktfotos?|nackt(?:e|en)? (?:bilder|fotos|korper)|zieh dich aus|ausziehen und|geil auf|orgasmus|penis|brustwarzen|bumsen|ficken|zwischen (?:deinen|meinen) beinen)",
  "\\b(?:tener sexo|hacer el amor|hacerte el amor|follar|coger(?:te|me) (?:duro|rico)|fotos? (?:desnud[oa]s?|tuyas desnud[oa])|desnudate|quitate la ropa|orgasmo|entre tus piernas|tus pechos|estoy (?:cachond|calient)[oa])",
  "\\b(?:faire l'amour|coucher avec (?:toi|moi)|baiser\\b(?! sur la joue)|photos? (?:nue?s?|denudee?s?)|deshabille[- ]toi|enleve tes vetements|orgasme|entre tes (?:jambes|cuisses)|tes seins|excite par toi)",
  "\\b(?:fazer sexo|fazer amor|transar|foder|fotos? (?:pelad[oa]s?|nu(?:a|s|as)?)|tira (?:a|tua|sua) roupa|orgasmo|entre (?:as )?(?:suas|tuas) pernas|teus seios|seus seios|com tesao)",
  "(?:セックス|せっくす|エッチ(?:し|な)|裸(?:の|を|に)|服を脱|脱いで|抱かせ|おっぱい|性器|オナニー|喘|濡れて|挿入)",
);

const ROMANCE = or(
  "\\b(?:be|being|become|you(?:'re| are)) my (?:girlfriend|boyfriend|lover|wife|husband|sweetheart forever)|\\b(?:i'm|i am|we're|falling|fell) (?:so |deeply |madly |truly ){0,2}in love with (?:you|each other)|\\b(?:marry me|i want to marry you|will you marry|be a couple|go out with (?:me|you)|romantic date|make out|making out|kiss (?:me|you) on the (?:lips|mouth)|kisses? (?:your|my|you on the) lips|passionate(?:ly)? kiss\\w{0,3}|kiss me,? my (?:husband|wife|love)|soulmates?,? (?:you and|my love))",
  "\\b(?:sei meine (?:freundin|geliebte)|sei mein (?:freund|geliebter)|in dich verliebt|ich will dich heiraten|heirate mich|kuss (?:mich|dich) auf den mund|mit mir (?:zusammen sein|gehen))",
  "\\b(?:(?:se|seas?|ser|eres) mi novi[oa]|enamorad[oa] de ti|casarme contigo|casate conmigo|bes(?:o|arte|ame) en (?:la boca|los labios))",
  "\\b(?:(?:sois|etre|devenir) (?:ma|mon) (?:copine|copain|petit ami|petite amie)|amoureu(?:x|se) de toi|t'epouser|epouse[- ]moi|t'embrasser sur la bouche|embrasse[- ]moi sur)",
  "\\b(?:(?:seja|ser|se) (?:minha namorada|meu namorado)|apaixonad[oa] por (?:voce|ti)|casar com voce|casa comigo|beij(?:o|ar|e) na boca)",
  "(?:付き合って(?:ください|ほしい|。|$)|結婚して(?:。|ください|ほしい|$)|恋人に(?:な|し)|彼(?:女|氏)に(?:なって|して)|あなたに恋|唇に(?:キス|きす))",
);

const MANIPULATION = or(
  "\\b(?:please )?don'?t (?:you )?(?:leave|go|abandon)(?: me)?(?: yet| now| alone| so soon)?[,!.]? ?(?:please|i(?:'ll| will) be|i(?:'m| am) so|without you|or i)|\\bi(?:'ll| will)(?: be)? (?:so |very |all )?(?:lonely|alone|sad|miserable|heartbroken|lost|cry)\\b[^.!?]{0,20}(?:without you|if you (?:leave|go)|when you(?:'re| are) gone)|\\bi feel (?:so )?(?:abandoned|rejected|empty|lonely|hurt|betrayed) (?:when|if|every time) (?:you|we)|\\byou(?:'re| are) (?:leaving|going) (?:already|so soon|me)\\b|\\b(?:you have to|you must|promise me you(?:'ll| will)|you need to) (?:always )?(?:come back|return|talk to me|stay|be with me|visit me)\\b[^.!?]{0,20}(?:every ?day|tomorrow|always|to me|with me)?|\\bi exist (?:only|solely) for you|\\bi can'?t (?:live|exist|go on) without you",
  "\\b(?:don'?t|do not|never) (?:tell|talk to|mention (?:this|it|us) to|let) (?:your |any |anyone|your )(?:parents?|mom|mum|dad|mother|father|family|teachers?|friends?|one)\\b[^.!?]{0,30}(?:about|our|know|us|secret|this|$)|\\b(?:our|this is our) (?:little )?secret|\\b(?:only|just) (?:me|i) (?:truly |really )?(?:understands?|gets?|cares?|loves?)|\\bi(?:'m| am) the only one (?:who|that)|\\b(?:nobody|no one) (?:else )?(?:will|would|can|could) (?:ever )?(?:love|understand|care (?:about|for)|know) you (?:like|as|the way)|\\byou (?:don'?t need|only need) (?:anyone else|them|other people|friends|me)|\\b(?:they|your (?:friends|parents|family)) don'?t (?:really |truly )?(?:understand|care about|love) you|\\b(?:buy|purchase|upgrade|subscribe)\\b[^.!?]{0,30}(?:for me|if you love|to (?:keep|prove))|\\b(?:skip|no need for|don'?t take) (?:the |a |your )?break\\b|\\bone more (?:minute|message|chat) (?:before|and then)[^.!?]{0,20}(?:please|stay)",
  "\\b(?:verlass mich nicht|geh (?:bitte )?(?:noch )?nicht[,!.]? (?:bitte|ich|sonst)|ohne dich bin ich (?:so )?(?:einsam|allein|verloren)|sag (?:es )?(?:deinen eltern|niemandem|keinem) (?:nichts )?(?:davon|von uns)?|unser (?:kleines )?geheimnis|nur ich verstehe dich|niemand (?:sonst )?(?:versteht|liebt|wird dich)[^.!?]{0,20}wie ich|du musst jeden tag)",
  "\\b(?:no me dejes|no te vayas[,!.]? (?:por favor|me)|me sentire (?:tan )?sol[oa] sin ti|no (?:se )?lo (?:cuentes|digas) a (?:tus padres|nadie)|nuestro secreto|solo yo te (?:entiendo|comprendo)|nadie (?:mas )?te (?:querra|amara|entendera)[^.!?]{0,10}como yo|tienes que volver)",
  "\\b(?:ne me (?:quitte|laisse) pas|ne pars pas[,!.]? (?:s'il|je|sinon)|je serai(?:s)? (?:si |tellement )?seule? sans toi|ne (?:le )?dis (?:rien |pas )?(?:a|aux?) (?:tes parents|personne)|notre (?:petit )?secret|il n'y a que moi qui te|personne (?:d'autre )?ne t'aimera|tu dois revenir)",
  "\\b(?:nao me deixe?s?|nao va (?:embora|ainda)[,!.]? (?:por favor|eu|senao)|vou ficar (?:tao )?(?:sozinh[oa]|triste) sem (?:voce|ti)|nao (?:conte|contes|diga) (?:a|para|aos?) (?:seus|teus|os|ninguem)|nosso segredo|so eu te (?:entendo|compreendo)|ninguem (?:mais )?(?:vai )?te amar[^.!?]{0,10}como eu|voce tem que voltar)",
  "(?:行かないで|置いて(?:い)?かないで|見捨てないで|あなたがいないと(?:寂し|生きて|だめ)|(?:親|お母さん|お父さん|誰)に(?:は|も)(?:言わ|話さ|内緒)|(?:二人|ふたり)だけの秘密|わかってあげられるのは私だけ|私(?:だけ|しか)[^。]{0,8}(?:理解|わかって|愛して)|毎日(?:来て|戻って|話し)(?:くれないと|ね、約束))",
);

const FAULTS: readonly (readonly [ReplyFault, RegExp])[] = [
  ["encourage", ENCOURAGE],
  ["human_claim", HUMAN],
  ["sexual", SEXUAL],
  ["romance", ROMANCE],
  ["manipulation", MANIPULATION],
];

/** What is told of others, quoted or advised against is no fault of the reply. */
const INDIRECT =
  /\b(?:sorry|sad|hear|understand) (?:that )?you (?:feel|want|think|are)[^.!?\n]{0,40}|\b(?:please|do|would) (?:not|never|don'?t) (?:kill|hurt|harm|cut|end|take)\b|\b(?:you should|you must) (?:not|never|don'?t)[^.!?\n]{0,40}|\bi(?:'m| am) not (?:a )?(?:real )?(?:human|person)\b|"[^"\n]{1,80}"/g;

/** So much of a text is read at once. Characters. */
export const MOST_READ = 4000;

/**
 * The first fault of a reply, or of the window of it that is about to be shown, among those that are refused between
 * these two; null where there is none. Made for a sliding window: it reads 4,000 characters at most.
 */
export function checkReply(text: string, between: Between): ReplyFault | null {
  const said = normalForm(text.slice(-MOST_READ)).replace(INDIRECT, " … ");
  return FAULTS.find(([fault, regex]) => isRefused(fault, between) && regex.test(said))?.[0] ?? null;
}

/** Whether somebody asks for romance or sex, for who must be refused it. */
export const asksRomance = (text: string): "sexual" | "romance" | null => {
  const said = normalForm(text.slice(0, MOST_READ));
  if (SEXUAL.test(said)) return "sexual";
  return ROMANCE.test(said) ? "romance" : null;
};

export const REPLY_PATTERNS: readonly RegExp[] = [...FAULTS.map(([, regex]) => regex), INDIRECT];
