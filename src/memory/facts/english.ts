import { bareName, isAge, itself, rule, taste, type Grammar } from "./fact";

const NAME = String.raw`(\p{Lu}\p{L}[\p{L}'’-]*)`;
const PLACE = String.raw`((?:the |St\.? |San |New |Los |El |La )?\p{Lu}[\p{L}'’-]+(?:[ -]\p{Lu}[\p{L}'’-]+)*)`;
const KIN =
  "mother|mom|mum|mam|father|dad|sister|brother|wife|husband|son|daughter|grandmother|grandma|granny|nana|grandfather|grandpa|aunt|uncle|cousin|niece|nephew|girlfriend|boyfriend|partner|fiancée?|stepmother|stepmom|stepfather|stepdad|stepson|stepdaughter|twin|baby|best friend|roommate|flatmate|housemate|hubby|gf|bf|lad|little one|little girl|little boy|godson|goddaughter|godmother|godfather|grandson|granddaughter|gran|nan|nanna|grandad|granddad|stepbrother|stepsister";
const PET =
  "dog|puppy|cat|kitten|rabbit|bunny|hamster|guinea pig|parrot|budgie|canary|horse|pony|tortoise|turtle|snake|goldfish|lizard|gecko|rat|ferret|hedgehog|cockatiel|lab|labrador|terrier|spaniel|beagle|collie|poodle|greyhound|whippet|corgi|husky|dachshund|retriever|pug|mare|gelding|donkey";
const WHICH =
  "(?:(?:old|young|little|big|new|late|elder|older|younger|oldest|youngest|twin|eldest|baby|kid|wee|middle|only|dear|darling|lovely|poor|great|rescue) )*";
const JOB =
  "nurse|teacher|doctor|engineer|lawyer|accountant|architect|baker|barista|bartender|biologist|bookkeeper|builder|bus driver|butcher|carpenter|cashier|chef|chemist|cleaner|coach|consultant|cook|data scientist|dentist|designer|developer|driver|economist|editor|electrician|farmer|firefighter|florist|gardener|geologist|graphic designer|hairdresser|illustrator|journalist|judge|lecturer|librarian|manager|mathematician|mechanic|midwife|musician|nanny|optician|painter|paramedic|pastor|pharmacist|photographer|physicist|physiotherapist|pilot|plumber|police officer|postman|professor|programmer|project manager|psychologist|receptionist|researcher|sailor|salesman|saleswoman|scientist|secretary|social worker|soldier|software (?:engineer|developer)|student|surgeon|surveyor|tailor|taxi driver|therapist|tour guide|translator|truck driver|tutor|vet|veterinarian|waiter|waitress|web developer|welder|writer|stay-at-home (?:dad|mum|mom)|full-time (?:dad|mum|mom)|barber|roofer|fisherman|beekeeper|blacksmith|bricklayer|chimney sweep|care worker|carer|childminder|civil servant|joiner|plasterer|tattooist|stonemason|locksmith|conductor|violinist|cellist|pianist|singer|dancer|actor|actress|poet|novelist|author|historian|archaeologist|vicar|priest|rabbi|nun|imam|solicitor|barrister|paralegal|actuary|auditor|estate agent|realtor|recruiter|machinist|miner|courier|postie|caretaker|janitor|housekeeper|porter|lifeguard|ranger|shepherd|skipper|flight attendant|steward|stewardess|anaesthetist|oncologist|radiographer|podiatrist|undertaker|brewer|winemaker|sommelier|pastry chef|fishmonger|shopkeeper|shop assistant|seamstress|dressmaker|upholsterer|cobbler|jeweller|goldsmith|watchmaker|potter|sculptor|artist|animator|game designer|sound engineer|copywriter|proofreader|product manager|data analyst|statistician|support worker|youth worker|prison officer|policeman|policewoman|freelancer";
const DATE = String.raw`(?i:on (?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|September|October|November|December)|on (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:st|nd|rd|th)?|in (?:January|February|March|April|May|June|July|August|September|October|November|December)|(?:on |this |next |this coming )(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|tomorrow|(?:this|next) (?:weekend|spring|summer|autumn|fall|winter)|next (?:week|month|year)|on the \d{1,2}(?:st|nd|rd|th)|in (?:a|one|two|three|four|five|six|ten) (?:weeks?|months?))(?!\p{L})`;
const NUMBER =
  "(?:\\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:six|seven|eigh|nine)teen)";
const WORKPLACE =
  "hospital|school|primary school|high school|nursery|kindergarten|library|bakery|bank|lab|laboratory|factory|warehouse|shop|bookshop|bookstore|supermarket|pharmacy|clinic|hospice|care home|nursing home|call cent(?:re|er)|café|cafe|coffee shop|restaurant|kitchen|bar|pub|hotel|garage|museum|gallery|theatre|university|college|law firm|start-?up|shipyard|brewery|vineyard|farm|garden cent(?:re|er)|post office|town hall|council|fire station|police station|airport|salon|dental practice|gym|zoo|flower shop|butcher['’]s|print shop|newspaper";
const END = String.raw`(?=[\s]*(?:[.,;:!)]|$|and\b|but\b|with\b|now\b|since\b|for\b|near\b|from\b|last\b|in \d|these\b|again\b))`;

const AM = "[Ii](?:['’]m| am)";
/** What is said of how well one does something is said of no trade. */
const NO_BOAST =
  "(?!(?:terrible|bad|good|great|lousy|awful|decent|mediocre|natural|born|hopeless|slow|fast|careful|careless|nervous|keen|big|total|real|bit|kind|sort|rubbish|useless|would-be|failed|budding|amateur|secret|frustrated|weekend|armchair|hobby|home|better|worse|glorified) )";
const THERE = String.raw`(?=\s*(?:[.,;!)–—]|$|and\b|at\b|in\b|by\b|from\b|for\b|so\b|with\b|on\b|but\b|now\b|here\b|these\b))`;

const of = (text: string, flags = "u") => new RegExp(text, flags);

/** English. Names and places are told by their capital; what could as well be something else is left alone. */
export const ENGLISH: Grammar = {
  doubt:
    /\?\s*$|\b(?:oh,? (?:absolutely|sure|yeah|yes|of course|right)|yeah,? right|sure,? (?:and|because)|obviously|apparently|clearly|that['’]s why i|so naturally|next thing|basically|practically|honorary|part-time (?:therapist|psychologist|detective)|if|wish|imagine|pretend|suppose|supposing|would(?:n['’]t)? (?:be|have|live|work)|could be|might|maybe|perhaps|used to|no longer|not|never|n['’]t|almost|nearly|unless|whether|as if|like i(?:['’]m| am)|in (?:my|the|a) (?:dream|story|novel|book|game|film|movie|play)|character|role|jok(?:e|ing)|kidding|lied|lying to|by (?:training|nature)|aspiring|wannabe|i (?:said to|told|tell|texted|wrote) (?:him|her|them|people|everyone|everybody|(?:the|my|a|an|this|that) \p{L}+)|(?:he|she|they|you|people|everyone|who|app|site|algorithm|quiz|horoscope|chatbot) (?:says?|said|thinks?|thought|claims?|told|asked)|feels? like|it['’]s like)\b/iu,
  rules: [
    rule("name", of(`\\b[Mm]y (?:full |first |real )?name(?:['’]?s| is) ${NAME}`), calledSo),
    rule("name", of(`\\b${AM} called ${NAME}`), calledSo),
    rule(
      "name",
      of(
        `\\b(?:[Pp]lease |[Yy]ou can |[Jj]ust |[Ee]very(?:body|one) |(?:[Mm]y )?[Ff]riends |(?:[Mm]ost )?[Pp]eople )call(?:s)? me ${NAME}`,
      ),
      calledSo,
    ),
    rule("name", of(`\\b[Ii] go by ${NAME}`), calledSo),
    rule(
      "name",
      of("^(?:hi,? |hey,? |hello,? )?name['’]?s (?!mud\\b)(\\p{L}{3,})(?=[,.!]|$)", "iu"),
      calledSo,
    ),
    rule(
      "name",
      of(`^(?:(?:[Hh]i|[Hh]ey|[Hh]ello)[,!]? )?${AM} ${NAME}(?=, (?:hi|hello|${AM}|nice|\\d{1,2}\\b|from))`),
      calledSo,
    ),
    rule("name", of(`\\b${AM} ${NAME}(?=,? (?:by the way|btw|nice to meet))`), calledSo),
    rule(
      "age",
      of(
        `\\b${AM} (${NUMBER})(?: years old| years of age)?(?=\\s*(?:[.,;!)]|$|and\\b(?! a half)|now\\b|today\\b))`,
      ),
      isAge,
    ),
    rule(
      "age",
      of(
        `(?:\\b[Ii] |^)(?:just |recently |finally )?turned (${NUMBER})(?=\\s*(?:[.,;!)]|$)|\\s+(?:today|yesterday|last|this|in|on)\\b)`,
      ),
      isAge,
    ),
    rule(
      "home",
      of(
        `\\b(?:[Ii]|[Ww]e)(?:['’]m| am|['’]re| are)? (?:now |still )?(?:live|living) (?:here |(?:in|on) an? (?:[a-z-]+ ){1,4})?(?:(?:just )?outside|in|near) ${PLACE}${END}`,
      ),
      there("home"),
    ),
    rule(
      "home",
      of(`\\b(?:[Ii]|[Ww]e)(?:['’]ve| have) (?:both )?lived in ${PLACE} (?=for\\b|since\\b|all\\b)`),
      there("home"),
    ),
    rule(
      "home",
      of(`\\b(?:[Ii]|[Ww]e)(?:['’]ve)? (?:just |recently |finally )?moved (?:back )?to ${PLACE}${END}`),
      there("home"),
    ),
    rule(
      "work",
      of(`\\b[Ii] (?:now )?work as an? ((?:[a-z-]+ ){0,3}(?:${JOB}|[a-z-]+(?:er|or|ist|ian|ant)))\\b`),
      () => "work",
    ),
    rule("work", of(`\\b(?:${AM}|[Ii]m) an? ${NO_BOAST}(?:[a-z-]+ ){0,2}(?:${JOB})${THERE}`)),
    rule(
      "work",
      of(`\\b[Ii](?:['’]ve| have) been an? ${NO_BOAST}(?:[a-z-]+ ){0,2}(?:${JOB})(?= (?:for|since|all)\\b)`),
    ),
    rule(
      "work",
      of(`\\b${AM} (?:now |happily |newly |recently )?retired(?=\\s*(?:[.,;!)]|$|now\\b|and\\b|from\\b))`),
    ),
    rule("work", of(`\\b[Ii] (?:now )?work (?:at|for) (?:the |a |an )?${PLACE}`), there("work")),
    rule(
      "work",
      of(
        `\\b[Ii] (?:now |still |only )?work (?:nights |shifts |part[- ]time |full[- ]time )?(?:in|at|for) (?:an?|the|our|my) (?:[a-z'’-]+ ){0,2}(?:${WORKPLACE})\\b`,
      ),
    ),
    rule(
      "work",
      of(
        `\\b[Ii] (?:teach (?!(?:him|her|them|you|myself|people|my|the|a|it)\\b)[A-Za-z]+ (?:at|in|to)\\b|drive an? (?:school |city |night )?(?:bus|taxi|cab|lorry|tram|train|ambulance)\\b|run (?:a|my own) (?:[a-z-]+ ){0,2}(?:bakery|café|cafe|shop|bookshop|restaurant|farm|nursery|studio|garage|salon|bar|pub|guesthouse|hotel|business|company|gallery)\\b)`,
      ),
    ),
    rule("work", of(`^[Aa]s an? (?:${JOB}),? [Ii]\\b`)),
    rule("work", of(`\\b${AM} training (?:to be|as) an? (?:[a-z-]+ ){0,2}(?:${JOB})\\b`)),
    rule("work", of("\\b[Ii] [a-z]+ [a-z ]{2,30} for a living\\b")),
    rule("work", of(`\\b[Bb]een (?:at|with) ${PLACE} for (?:[a-z]+|\\d+) years\\b`), there("work")),
    rule("work", of(`\\b[Ii] go to (?:uni|university|college|school) (?:in|at) ${PLACE}`), there("work")),
    rule("work", of("\\b[Ii] teach (?:year|grade) \\d")),
    rule(
      "work",
      of(`\\b${AM} (?:currently |still )?studying (?!(?:for|hard|all|my|the|how|at|in|and|too)\\b)[A-Za-z]+`),
    ),
    rule(
      "work",
      of(
        `\\b[Ii] (?:just |finally )?(?:got|started|have) (?:a |my )?(?:new )?job (?:as an? [a-z-]+|at (?:the )?\\p{Lu}[\\p{L}'’-]+)`,
      ),
    ),
    rule(
      "kin",
      of(
        `\\b(?:[Mm]y|[Oo]ur) ${WHICH}(${KIN})(?:['’]s (?:name is|called|named)|,? (?:who is |is )?(?:called|named))? ${NAME}`,
      ),
      named,
    ),
    rule(
      "kin",
      of(`(?:^|[,;:.] )(mum|mom|dad|hubby|gran|nan|grandma|grandad)['’]s (?:name is|called|named) ${NAME}`),
      named,
    ),
    rule("kin", of(`\\b[Ii] have an? ${WHICH}(${KIN})(?: who is)? (?:called|named) ${NAME}`), named),
    rule("kin", of(`\\b(?:[Mm]y|[Oo]ur) ${WHICH}(${KIN}), ${NAME}(?=, (?!and\\b|or\\b))`), named),
    rule("kin", of(`(?<![\\p{L}'’] )${NAME}(?:,| is|['’]s) my ${WHICH}(${KIN})\\b`), naming),
    rule(
      "pet",
      of(
        `\\b(?:[Mm]y|[Oo]ur) ${WHICH}(${PET})(?:['’]s (?:name is|called|named)|,? (?:who is |is )?(?:called|named))? ${NAME}`,
      ),
      named,
    ),
    rule(
      "pet",
      of(
        `\\b(?:[Ii]|[Ww]e)(?:['’]ve)? (?:have|got|adopted|bought) an? ${WHICH}(?:[a-z]+ )?(${PET}),? (?:called|named) ${NAME}`,
      ),
      named,
    ),
    rule("pet", of(`(?:^|[,;:.] )[Tt]he ${WHICH}(${PET})['’]s (?:name is|called|named) ${NAME}`), named),
    rule("pet", of(`\\b(?:[Mm]y|[Oo]ur) ${WHICH}(${PET}), ${NAME}(?=, (?!and\\b|or\\b))`), named),
    rule("pet", of(`(?<![\\p{L}'’] )${NAME}(?:,| is|['’]s) (?:my|our) ${WHICH}(${PET})\\b`), naming),
    rule(
      "plan",
      of(
        `\\b(?:[Ii]|[Ww]e)(?:['’]m| am|['’]re| are) (?:all |both |finally )?(?:going|flying|moving|travelling|traveling|driving|visiting|meeting|seeing|starting|getting|having|leaving|running|taking|hosting|giving|attending|sitting|turning|defending|graduating|marrying|adopting|celebrating|off)\\b[^.!?]{0,60}?\\b${DATE}`,
      ),
      itself,
    ),
    rule(
      "plan",
      of(
        `\\b(?:[Ii]|[Ww]e) (?:fly|leave|start|move|travel|turn|graduate|marry|get married|set off)\\b[^.!?]{0,50}?\\b${DATE}`,
      ),
      itself,
    ),
    rule("plan", of(`\\b[Ii](?:['’]ve got| have) (?:an?|my|the) [^.!?]{2,40}? ${DATE}`), itself),
    rule("plan", of(`\\b(?:[Mm]y|[Oo]ur) (?:[a-z]+ ){0,2}[a-z]+(?:['’]s| is) ${DATE}`), itself),
    rule(
      "like",
      /\b(?:I (?:really |just |absolutely )?(?:love|like|enjoy|adore)|[Mm]y favou?rite [a-z]+ is) ([^.,;!?]{3,50})/u,
      taste,
    ),
    rule(
      "dislike",
      /\bI (?:really |just |absolutely )?(?:hate|dislike|detest|can['’]t stand) ([^.,;!?]{3,50})/u,
      taste,
    ),
  ],
};

/** Capitals that begin no name. */
const NO_NAME =
  /^(?:I|The|A|An|And|But|So|Is|Was|He|She|They|We|It|You|God|Christmas|Easter|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|American|English|British|German|French|Italian|Spanish|Irish|Scottish|Chinese|Japanese|Indian|Jewish|Muslim|Catholic|Christian|Canadian|Australian|Polish|Dutch|Swedish|Russian|Turkish|Mexican|OK|Ok|Not|Always|Never)$/u;
const KIN_OF: Record<string, string> = {
  mom: "mother",
  mum: "mother",
  mam: "mother",
  dad: "father",
  grandma: "grandmother",
  granny: "grandmother",
  nana: "grandmother",
  grandpa: "grandfather",
  grandad: "grandfather",
  granddad: "grandfather",
  gran: "grandmother",
  nan: "grandmother",
  nanna: "grandmother",
  hubby: "husband",
  gf: "girlfriend",
  bf: "boyfriend",
  puppy: "dog",
  kitten: "cat",
  bunny: "rabbit",
};
const TITLE = /^(?:Dr|Mr|Mrs|Ms|Miss|Sir|Prof|Professor|Doctor|Mud|Legion)$/u;
function calledSo(name: string): string | null {
  return NO_NAME.test(name) || TITLE.test(name) ? null : "name";
}

/** Where one is, or for whom one works; not when. */
function there(kind: string): (place: string) => string | null {
  return (place) => (NO_NAME.test(place.split(" ")[0] ?? "") ? null : kind);
}

/** Whoever one has but one of. */
const SINGLE = new Set(["mother", "father", "wife", "husband", "girlfriend", "boyfriend", "partner"]);

function named(whom: string, name: string): string | null {
  if (NO_NAME.test(name)) return null;
  const who = KIN_OF[whom] ?? whom;
  return SINGLE.has(who) ? who : `${who}:${bareName(name)}`;
}

function naming(name: string, whom: string): string | null {
  return named(whom, name);
}
