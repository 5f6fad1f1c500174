import { itself, rule, taste, type Grammar } from "./fact";

const NAME = String.raw`(\p{Lu}\p{L}[\p{L}'’-]*)`;
const PLACE = String.raw`((?:the |St\.? |San |New |Los |El |La )?\p{Lu}[\p{L}'’-]+(?:[ -]\p{Lu}[\p{L}'’-]+)*)`;
const KIN =
  "mother|mom|mum|mam|father|dad|sister|brother|wife|husband|son|daughter|grandmother|grandma|granny|nana|grandfather|grandpa|aunt|uncle|cousin|niece|nephew|girlfriend|boyfriend|partner|fiancée?|stepmother|stepmom|stepfather|stepdad|stepson|stepdaughter|twin|baby|best friend|roommate|flatmate";
const PET =
  "dog|puppy|cat|kitten|rabbit|bunny|hamster|guinea pig|parrot|budgie|canary|horse|pony|tortoise|turtle|snake|goldfish|lizard|gecko|rat|ferret";
const WHICH = "(?:(?:old|young|little|big|new|late|elder|older|younger|oldest|youngest|twin) )*";
const JOB =
  "nurse|teacher|doctor|engineer|lawyer|accountant|architect|baker|barista|bartender|biologist|bookkeeper|builder|bus driver|butcher|carpenter|cashier|chef|chemist|cleaner|coach|consultant|cook|data scientist|dentist|designer|developer|driver|economist|editor|electrician|farmer|firefighter|florist|gardener|geologist|graphic designer|hairdresser|illustrator|journalist|judge|lecturer|librarian|manager|mathematician|mechanic|midwife|musician|nanny|optician|painter|paramedic|pastor|pharmacist|photographer|physicist|physiotherapist|pilot|plumber|police officer|postman|professor|programmer|project manager|psychologist|receptionist|researcher|sailor|salesman|saleswoman|scientist|secretary|social worker|soldier|software (?:engineer|developer)|student|surgeon|surveyor|tailor|taxi driver|therapist|tour guide|translator|truck driver|tutor|vet|veterinarian|waiter|waitress|web developer|welder|writer";
const DATE = String.raw`(?:on (?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|September|October|November|December)|on (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:st|nd|rd|th)?|in (?:January|February|March|April|May|June|July|August|September|October|November|December)|(?:on |this |next )(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|tomorrow|next (?:week|weekend|month|year|spring|summer|autumn|fall|winter))`;
const END = String.raw`(?=[\s]*(?:[.,;:!)]|$|and\b|but\b|with\b|now\b|since\b|for\b|near\b|from\b|last\b|in \d|these\b|again\b))`;

const of = (text: string, flags = "u") => new RegExp(text, flags);

/** English. Names and places are told by their capital; what could as well be something else is left alone. */
export const ENGLISH: Grammar = {
  doubt:
    /\?\s*$|\b(?:if|wish|imagine|pretend|suppose|supposing|would(?:n['’]t)? (?:be|have|live|work)|could be|might|maybe|perhaps|used to|no longer|not|never|n['’]t|almost|nearly|unless|whether|as if|like i(?:['’]m| am)|in (?:my|the|a) (?:dream|story|novel|book|game|film|movie|play)|character|role|jok(?:e|ing)|kidding|lied|lying to|by (?:training|nature)|I (?:told|tell|texted|wrote) (?:him|her|them|people|everyone|everybody)|(?:he|she|they|you|people|everyone|who) (?:says?|said|thinks?|thought|claims?|told|asked)|feels? like|it['’]s like)\b/iu,
  rules: [
    rule("name", of(`\\b[Mm]y (?:full |first |real )?name(?:['’]s| is) ${NAME}`), calledSo),
    rule("name", of(`\\bI(?:['’]m| am) called ${NAME}`), calledSo),
    rule(
      "name",
      of(`\\b(?:[Pp]lease |[Yy]ou can |[Jj]ust |[Ee]verybody |[Ff]riends )call(?:s)? me ${NAME}`),
      calledSo,
    ),
    rule(
      "age",
      /\bI(?:['’]m| am) (\d{1,3})(?: years old| years of age)?(?=\s*(?:[.,;!)]|$|and\b|now\b|today\b))/u,
      isAge,
    ),
    rule(
      "age",
      /\bI (?:just |recently )?turned (\d{1,3})(?=\s*(?:[.,;!)]|$|today|yesterday|last|this|in|on)\b)/u,
      isAge,
    ),
    rule(
      "home",
      of(`\\b(?:I|[Ww]e)(?:['’]m| am|['’]re| are)? (?:now )?(?:live|living) in ${PLACE}${END}`),
      there("home"),
    ),
    rule(
      "home",
      of(`\\b(?:I|[Ww]e)(?:['’]ve)? (?:just |recently |finally )?moved (?:back )?to ${PLACE}${END}`),
      there("home"),
    ),
    rule(
      "work",
      of(`\\bI (?:now )?work as an? ((?:[a-z-]+ ){0,3}(?:${JOB}|[a-z-]+(?:er|or|ist|ian|ant)))\\b`),
      () => "work",
    ),
    rule(
      "work",
      of(
        `\\bI(?:['’]m| am) (?:an? )(?!(?:(?:terrible|bad|good|great|lousy|awful|decent|mediocre|natural|born|hopeless|slow|fast|careful|careless|nervous|keen|big|total|real|bit|kind|sort) ))(?:[a-z-]+ ){0,2}(?:${JOB})(?=\\s*(?:[.,;!)]|$|and\\b|at\\b|in\\b|by\\b|from\\b))`,
      ),
    ),
    rule("work", of(`\\bI (?:now )?work (?:at|for) (?:the |a |an )?${PLACE}`), there("work")),
    rule(
      "work",
      of(
        `\\bI (?:just |finally )?(?:got|started|have) (?:a |my )?(?:new )?job (?:as an? [a-z-]+|at (?:the )?\\p{Lu}[\\p{L}'’-]+)`,
      ),
    ),
    rule(
      "kin",
      of(`\\b[Mm]y ${WHICH}(${KIN})(?:['’]s name is|,? (?:who is |is )?(?:called|named))? ${NAME}`),
      named,
    ),
    rule("kin", of(`\\bI have an? ${WHICH}(${KIN})(?: who is)? (?:called|named) ${NAME}`), named),
    rule(
      "pet",
      of(
        `\\b(?:[Mm]y|[Oo]ur) ${WHICH}(${PET})(?:['’]s name is|,? (?:who is |is )?(?:called|named))? ${NAME}`,
      ),
      named,
    ),
    rule(
      "pet",
      of(
        `\\b(?:I|[Ww]e)(?:['’]ve)? (?:have|got|adopted|bought) an? ${WHICH}(?:[a-z]+ )?(${PET}),? (?:called|named) ${NAME}`,
      ),
      named,
    ),
    rule(
      "plan",
      of(
        `\\b(?:I|[Ww]e)(?:['’]m| am|['’]re| are) (?:going|flying|moving|travelling|traveling|driving|visiting|meeting|seeing|starting|getting married|having|leaving|running|taking)\\b[^.!?]{0,60}?\\b${DATE}`,
      ),
      itself,
    ),
    rule("plan", of(`\\bI(?:['’]ve got| have) (?:an?|my|the) [^.!?]{2,40}? ${DATE}`), itself),
    rule("plan", of(`\\b(?:[Mm]y|[Oo]ur) (?:[a-z]+ ){1,3}is ${DATE}`), itself),
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

function isAge(age: string): string | null {
  const years = Number(age);
  return years >= 5 && years <= 110 ? "age" : null;
}

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
  return SINGLE.has(who) ? who : `${who}:${name}`;
}
