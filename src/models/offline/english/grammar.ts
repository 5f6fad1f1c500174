import { clauseSplitter } from "../language";
import { words } from "../tongues";

/** Who speaks changes these words. `you` is the persona's `I` or `me`, by what stands before it. */
const REFLECTIONS: Record<string, string> = {
  i: "you",
  me: "you",
  my: "your",
  mine: "yours",
  myself: "yourself",
  "i am": "you are",
  "am i": "are you",
  "i was": "you were",
  "was i": "were you",
  "i'm": "you're",
  "i've": "you've",
  "i'll": "you'll",
  "i'd": "you'd",
  your: "my",
  yours: "mine",
  yourself: "myself",
  "you are": "I am",
  "are you": "am I",
  "you were": "I was",
  "were you": "was I",
  "you're": "I'm",
  "you've": "I've",
  "you'll": "I'll",
  "you'd": "I'd",
};
const PERSON = words(
  "(?<!-)(?:i am|am i|i was|was i|you are|are you|you were|were you|i'm|i've|i'll|i'd|you're|you've|you'll|you'd|i|me|my|mine|myself|yourself|yours|your|you)(?!-)",
  "giu",
);
const BEFORE_A_SUBJECT =
  /(?:^|^like |\b(?:that|if|when|because|think|know|hope|wish|say|why|how|what|where|do|did|can|will|would|could|should|since|while|until|whether) )$/i;

/** The same words from the other side: `I am sad about my job` → `you are sad about your job`. */
export function reflect(text: string): string {
  return text.replace(PERSON, (word, at: number) => {
    const key = word.toLowerCase();
    if (key === "you") return BEFORE_A_SUBJECT.test(text.slice(Math.max(0, at - 12), at)) ? "I" : "me";
    return REFLECTIONS[key]!;
  });
}

const BREAKS =
  /(?<=[.!?;\n])\s+|\n|,? (?:but|because|although) |, (?=(?:and |so )?(?:i|my|you|he|she|it|they|we|what|how|why|do|can|are|should)\b)|(?<!\b(?:you|he|she|they|we)) and (?=i(?:'m|'ve|'ll|'d| am| was| have| feel| can't| don't| will| want| need| love| hate)\b|my \w+ (?:is|was|has)\b|(?:he|she|it|they|we)(?:'s| is| was| are| were| has| have)\b)/i;
const LEAD_IN = /^(?:(?:well|so|oh|hmm|and|also|actually|honestly|anyway|yeah|yes|no|ok|okay),? )+(?=\S)/i;

export const clausesOf = clauseSplitter(BREAKS, LEAD_IN);

export const decapitalised = (text: string) =>
  /^(?:I(?!\p{L})|\p{Lu}{2})/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const FILLERS =
  "what|what's|with|like|love|loves|likes|about|have|has|had|this|that|they|them|from|when|where|which|your|you|you're|would|could|should|there|then|than|been|were|was|will|some|really|very|much|just|tell|told|know|think|feel|remember|said|want|does|did|favorite|favourite|the|and|are|for|not|but|how|who|why|can|called|named|name|my|his|her|our|its|any|all|one|out|ever|even|enjoy|hate|don't|isn't|i'm|get|got|talk|talked|talking|speak|mention|mentioned|earlier|before|again|first";
const CONTENT = words(`(?!(?:${FILLERS})(?![\\p{L}']))[\\p{L}']{3,}`, "giu");

export const stemsOf = (text: string): Set<string> =>
  new Set(text.match(CONTENT)?.map((word) => word.toLowerCase().replace(/(?:ing|ed|es|s|e)$/, "")));

const VERBS =
  "loves|likes|enjoys|hates|works|lives|has|is|plays|studies|knows|teaches|runs|makes|sings|reads|writes|collects|speaks|cooks|paints|dreams|travels|wants|tells|gives|cares|listens|laughs|talks|grew|was|used|moved|asks|worries|helps|needs|goes|comes|believes|thinks|feels|hopes|spends|tries|drinks|eats|rides|swims|takes|owns|misses|remembers|bakes|builds|raises|draws|dances|drives|keeps|watches|always|never|often";
const IRREGULAR: Record<string, string> = {
  is: "am",
  are: "am",
  has: "have",
  does: "do",
  goes: "go",
  was: "was",
};

/** A verb as it follows `I`. */
const forMe = (verb: string) =>
  IRREGULAR[verb] ??
  (/(?:[^aeious]s|[aeo][rlwyn]?es|es)$/.test(verb) && !/(?:ways|ss)$/.test(verb)
    ? verb
        .replace(/ies$/, "y")
        .replace(/(?<=s|sh|ch|x|z)es$/, "")
        .replace(/s$/, "")
    : verb);

/**
 * A clause of a description, as the persona would say it: `Alex loves her dog` → `I love my dog`. What cannot be turned
 * safely is quoted after `As for me`.
 */
export function inFirstPerson(clause: string, name: string): string {
  if (/^(?:I|My \w+ (?:is|are|was))\b/.test(clause)) return clause;
  const mine = reflect(clause).replace(/\b(?:his|her|their)\b/gi, "my");
  const self = mine.replace(/\b(?:him|her|them)(?:self|selves)\b/gi, "myself");
  if (/^(?:an?|the|your) /i.test(self)) return `I'm ${decapitalised(self)}`;
  if (/^(?:I|my)\b/i.test(self)) return capitalised(self);
  const subject = [name, ...name.split(" "), "She", "He", "They"].find((who) => self.startsWith(`${who} `));
  const rest = subject ? self.slice(subject.length + 1) : decapitalised(self);
  const verb = /^[a-z]+(?![\w'])/.exec(rest)?.[0];
  if (!verb || (!subject && !new RegExp(`^(?:${VERBS})$`).test(verb))) {
    const aside = new RegExp(`, (?:and )?((?:${VERBS}) .+)`).exec(clause)?.[1];
    return aside ? inFirstPerson(aside, name) : `As for me: ${decapitalised(clause)}`;
  }
  const others = new RegExp(`(\\band|\\balways|\\bnever|\\boften|\\balso|,) (${VERBS})\\b`, "g");
  const tail = rest
    .slice(verb.length)
    .replace(others, (_, word: string, next: string) => `${word} ${forMe(next)}`);
  return `I ${forMe(verb)}${tail}`;
}
