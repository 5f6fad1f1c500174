import { wordwise, rules, type Language } from "../language";
import { clausesOf, decapitalised, inFirstPerson, reflect, stemsOf } from "./grammar";
import { REFLECTIONS } from "./rules";
import { TALK } from "./talk";
import { VOICES } from "./voices";

export const ENGLISH: Language = {
  greeting: wordwise(
    /^(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day))(?: there| again| you| everyone| all| darling| love| dear| honey| sweetheart| mom| mum| mama| dad| papa| bro| sis| buddy| mate| man| friend)?(?![\w'])/i,
  ),
  rules: [...TALK, ...REFLECTIONS],
  signs: rules([
    [/[😢😭😞😔💔😩😟🥺😡😠]/u, "{low} What happened? | {low} Do you want to put it into words?"],
    [/[😀😃😄😁😂🤣😊🥰😍❤💕🎉👍🥳😎]/u, "{glad} What's behind that? | {glad} Tell me why!"],
    [/\?/, "I'm here! {open} | Yes? {open}"],
    [/.*/s, "Now say it in words! {open} | I'm not sure how to read that. {open} | {open}"],
  ]),
  voices: VOICES,
  recall:
    "Earlier you mentioned your {topic}, and it stayed with me. How are you with that now? | By the way, I'm still thinking of your {topic}. Is there anything new?",
  more: "What else is on your mind? | And what comes to your mind next? | What would you like me to know about you? | What was the best part of your week? | Is there something you've been putting off telling me? | What are you looking forward to? | Where do we go from here? | Who else knows about it? | What would make today a good day? | What did you dream of as a child?",
  jokes:
    "Why did the scarecrow get a prize? He was outstanding in his field. | What do you call a bear without teeth? A gummy bear. | I told my suitcase there would be no holiday this year. Now I'm dealing with emotional baggage. | Why don't skeletons fight each other? They don't have the guts. | What did one wall say to the other? I'll meet you at the corner.",
  stories:
    "Once a snail set out to see the sea. Everybody laughed, for it was so far. It arrived on the day when the sunset was the finest of the whole year. What would you set out for? | There was a lighthouse that was afraid of the dark. So it shone, night after night, and never learned how many ships it had brought home. Who is your lighthouse?",
  topic: wordwise(
    /\bmy ((?:(?:new|old|little|older|younger|big|final|first|next|last|job|math|driving) )?(?!own|god|life|name|mind|opinion|best|fault|way|favou?rite|whole|entire|new|old|birthday)[\p{L}-]{3,})(?![\p{L}'-])|\ban? ((?:job )?(?:exam|test|interview|presentation|meeting|wedding|trip|holiday|vacation|date|party|appointment|operation|concert|marathon))\b/iu,
  ),
  called: wordwise(
    /\b(?:[Mm]y name(?: is|'s)|[Cc]all me|(?:[Ii]'m|[Ii] am|[Ii]t's|[Tt]his is)(?= \p{Lu}\p{Ll}+$)(?! (?:German|French|English|Spanish|Italian|American|British|Polish|Dutch|Chinese|Japanese|Catholic|Muslim|Jewish|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)) (\p{L}[\p{L}'-]*)/u,
  ),
  own: wordwise(
    /^(?!i (?:don't know|said|told|mean|asked|see|love you|hate you)\b|my [\w'-]+$)(?:i|i'm|i've|my|we|(?:his|her|their) name)\b[^?]*$/i,
  ),
  facts: (
    [
      [/\bhow old am i\b|\bmy age\b/i, /^i(?:'m| am) \d+/i],
      [
        /\bwhere (?:am i from|do i (?:come from|live))\b|\bmy (?:city|town|country)\b/i,
        /^i(?:'m from| am from| come from| live| moved to)\b/i,
      ],
      [
        /\bwhat do i do\b|\bmy (?:job|profession|work)\b/i,
        /^i(?:'m| am)? (?:work|study|studying|teach|an? \w+$)/i,
      ],
      [/\b(?:his|her|their) name\b|\b(?:he|she|they) called\b/i, /\bname is\b|\b(?:called|named)\b/i],
      [/\bhow (?:am i|do i feel)\b/i, /^i(?:'m| am| feel)\b/i],
    ] as const
  ).map(([asked, told]) => [wordwise(asked), wordwise(told)]),
  trailing: wordwise(
    / (?:too|though|right now|at the moment|anymore|as well|these days|lately|again|please|now|so much|today|yesterday|really)$/i,
  ),
  clausesOf,
  stemsOf,
  reflect,
  decapitalised,
  inFirstPerson,
};
