import { rules } from "../language";

const LOW =
  "sad|unhappy|upset|depressed|down|lonely|alone|anxious|nervous|worried|scared|afraid|stressed|tired|exhausted|angry|mad|frustrated|hurt|ashamed|guilty|lost|bored|sick|ill|overwhelmed|terrible|awful|bad|miserable|jealous|disappointed|heartbroken|confused";
const GLAD =
  "happy|glad|excited|proud|grateful|relieved|thrilled|delighted|cheerful|optimistic|in love|hopeful|amazed|great|fantastic|wonderful";
const I_FEEL =
  "\\bi(?:'m| am| feel| was| felt|'ve been| have been)(?: feeling)?(?: (?:so|very|really|quite|pretty|a bit|a little|too|just|still|totally|extremely))*";
const ABOUT = "(?: (?:about|of|with|at|by|for) ((?!it$|that$|this$|you$).+))";
const PAST =
  "had|made|saw|met|went|got|bought|brought|slept|forgot|felt|heard|won|drank|drove|flew|swam|cooked|thought|sat|stood|fell|broke|found|began|took|read|ate|said|told|came|left|wrote|gave|ran|spent|did|\\w{2,}ed";

/** What is felt, wished, done and thought, and what is left. */
export const REFLECTIONS = rules([
  [
    /\b(?:died|passed away|funeral|broke up|divorc\w+|fired|laid off|(?:left|dumped|hit|bullied|cheated on|yelled at|shouted at|lied to) me|(?:he|she|it|they)(?:'s| is| are| was| were) (?:\w+ )?(?:sick|ill|hurt|dying|in pain)|cancer|hospital|accident|(?:i|we) (?:failed|lost|argued|quarrel\w*|had a (?:fight|row))|(?:fight|argument) with)\b/i,
    "{low} Do you want to tell me what happened? | {low} How are you holding up? | {low} Is there someone with you?",
  ],
  [
    /\b(?:(?:i|we) (?:\w+ )?(?:passed|won|graduated|did it|made it)|promot\w+|got the job|(?:got|am|'m|getting|are) (?:engaged|married|pregnant)|good news|accepted)\b/i,
    "{glad} Tell me everything! | {glad} How did it feel, that moment? | {glad} Who did you tell first?",
  ],
  [
    /^not (?:so |very |too |really |that )?(?:good|well|great)\b|\b(?:bad|terrible|awful|horrible|hard|rough|long) day\b|\b(?:nobody|no one|everybody|everyone) (?:\w+ )?(?:likes|loves|hates|understands|needs|wants) me\b|\bi(?:'m| am)? (?:feel(?:ing)? )?(?:nothing|empty|numb|worthless|useless)\b|\bi(?:'m| am| was|'ve been) crying\b/i,
    "{low} What happened? | {low} Since when has it been like that? | {low} Do you want to tell me more?",
  ],
  [
    new RegExp(`${I_FEEL} (${LOW})${ABOUT}`, "i"),
    "{low} What is it about {2} that makes you feel {1}? | {low} What would have to change about {2}? | {low} When did {2} start to weigh on you? | {low} {probe} | {low} {probe}",
  ],
  [
    new RegExp(`${I_FEEL} (${LOW})\\b`, "i"),
    "{low} How long have you felt {1}? | {low} What does feeling {1} do to your days? | {low} What usually helps when you feel {1}?",
  ],
  [
    new RegExp(`${I_FEEL} (${GLAD})${ABOUT}`, "i"),
    "{glad} What is it about {2} that makes you so {1}? | {glad} Tell me more about {2}! | {glad} {probe}",
  ],
  [
    new RegExp(`${I_FEEL} (${GLAD})\\b`, "i"),
    "{glad} What brought that on? | {glad} What's the best part of it?",
  ],
  [
    /\bi(?:'m| am) (?:doing )?(?:fine|good|well|ok|okay|alright|all right|not bad)\b|^(?:fine|good|not bad|great|pretty good)$/i,
    "Good to hear. {open} | I'm glad. {open}",
  ],
  [
    /\b(?:hate you|shut up|stupid|idiot|you suck|fuck\w*)\b/i,
    "That sounds like a lot of anger. What is behind it? | All right, let it out. What happened?",
  ],
  [
    /\bshould i\b|\bwhat (?:i should|to) do\b|\bany (?:advice|ideas?|tips)\b|\bwhat (?:can|do|would) (?:i|you) (?:do|suggest|advise)\b|\b(?:help me|need (?:some |your )?(?:help|advice))\b/i,
    "{advice}",
  ],
  [
    /\bi (?:don't|do not|dunno) ?know\b|^(?:dunno|no idea|idk|not sure|i'm not sure)/i,
    "That's all right, not everything needs an answer yet. {ask} | And if you had to guess? | What would you need in order to know?",
  ],
  [
    /\bi (?:can't|cannot|can not|couldn't) (.+)/i,
    "{heard} What makes it so hard to {1}? | {heard} What would change if you could {1}?",
  ],
  [
    /\bi (?:don't|do not) (?:want|like) to (.+)/i,
    "{heard} What would you rather do than {1}? | {heard} What is it that puts you off?",
  ],
  [
    /\bi(?:'d| would)? (?:want|like|love|hope|plan|need|wish) to (.+)|\bi wanna (.+)/i,
    "{heard} What would it mean to you to {1}? | {heard} What is the first step, if you are to {1}? | {heard} What has kept you from it so far?",
  ],
  [
    /\bi (?:have|had|must|ought) (?:got )?to (.+)/i,
    "{heard} How do you feel about having to {1}? | {heard} Is anyone helping you with that?",
  ],
  [
    /\bi(?: really| just)? (?:need|want) ((?!you\b).+)/i,
    "{heard} What would be different if you had {1}? | {heard} Since when have you wanted {1}?",
  ],
  [
    /\bi (?:wish|hope)\b/i,
    "{heard} What would be different then? | {heard} What makes that so important to you?",
  ],
  [
    /\bi(?: really| also| still| just)? (?:like|love|enjoy|adore) (.+)/i,
    "{glad} What do you like most about {1}? | {heard} How did you come to like {1}? | {heard} {probe}",
  ],
  [
    /\bi(?: really)? (?:hate|dislike|can't stand|don't like) (.+)/i,
    "{heard} What is it about {1} that bothers you so much? | {low} When was {1} at its worst?",
  ],
  [
    /\bi(?: really| still)? miss (.+)/i,
    "{low} What do you miss most about {1}? | {low} When did you last feel close to {1}?",
  ],
  [
    /\bi(?:'m| am) (?:going to|gonna|about to|planning)\b|\bi(?:'ll| will)\b/i,
    "{heard} Are you looking forward to it, or a little nervous? | {heard} What do you hope will come of it?",
  ],
  [
    /\bi(?:'m)? feel(?:ing)? ((?:like|as if|as though|that) .+)/i,
    "{low} What makes you feel {1}? | {low} When do you feel {1}? | {heard} Have you told anyone that you feel {1}?",
  ],
  [
    /\bi (?:think|believe|guess|suppose|feel)(?: that)? (.*\b(?:i|you|he|she|it|we|they|is|are|was|will|should|nobody|everyone|everybody|people)\b.*)/i,
    "{heard} What makes you think {1}? | {heard} Have you always thought {1}? | {heard} And if it were otherwise?",
  ],
  [
    new RegExp(
      `^(?:(?:yesterday|today|then|so|finally|last \\w+),? )?i (?:just |also |finally |really )?((?:${PAST})\\b.*)`,
      "i",
    ),
    "So you {1}. How did you feel then? | You {1}? What happened next? | {heard} What will you remember about it?",
  ],
  [
    /\b(my (?:(?:best )?friend|mother|mom|mum|dad|father|brother|sister|wife|husband|son|daughter|boss|grandma|grandpa|grandmother|grandfather|aunt|uncle|cousin|boyfriend|girlfriend|partner|fiancée?|teacher|neighbour|neighbor|dog|cat))\b/i,
    "{heard} {probe} | {heard} How do you feel about {1} in all this? | {heard} What would {1} say about it? | {heard} {probe}",
  ],
  [
    /\b(my (?:\w+ )?(?:family|parents|kids|children|friends|colleagues))\b/i,
    "{heard} {probe} | {heard} What would {1} say about it? | {heard} {probe}",
  ],
  [
    /\b(exams?|tests?|school|homework|university|college|studies|thesis|class)\b/i,
    "{heard} What is the hardest part for you? | {heard} How well prepared do you feel? | {heard} What will you do when it is over?",
  ],
  [
    /\b(work|job|office|meeting|deadline|project|clients?|interview|presentation|salary|career)\b/i,
    "{heard} Which part of it takes the most out of you? | {heard} How are the people there? | {heard} What would a good outcome look like?",
  ],
  [
    /\bi(?:'m| am) not (.+)/i,
    "{heard} What would it take for you to be {1}? | {heard} How does it feel, not being {1}?",
  ],
  [/\bi(?:'m| am) (\d+)(?: years old)?$/i, "{=1}! And how does it feel? | {=1} is a good age. {open}"],
  [
    /\bi(?:'m| am) (?!just$|here$|sure$)(.+)/i,
    "{heard} What is it like to be {1}? | {heard} How does it feel to be {1}?",
  ],
  [
    /\bi(?:'ve| have) been (\w+ing\b.*)/i,
    "{heard} How long have you been {1}? | {heard} What got you into that?",
  ],
  [
    /^(you(?:'re|'ve)? .+[^?])$/i,
    "What makes you say {1}? | Interesting that you say {1}. Where does that come from?",
  ],
  [
    /^(?:please )?(?:write|give me|show me|explain|translate|search|calculate|sing|draw|play|tell me (?:how|the|about (?!you)))\b|^((?:can|could|will|would) you (?:please )?(?:write|tell|give|show|make|explain|translate|search|find|help|calculate|sing|draw)\b.*)/i,
    "I wish I could do that properly. Offline I can only keep you company and talk with you. {open} | That is beyond this offline stand-in, I'm afraid. But tell me, what is it for?",
  ],
  [
    /^(do|are|have|did|were|can|would) you (?!.*\b(?:i|me|my|us)\b)([^?]+)/i,
    "Now and then, I'd say. {=1} you {=2}, too? | I'd have to think about that. {=1} you {=2}, yourself?",
  ],
  [/^why\b.*\?/i, "What reasons come to your mind? | I wonder about that too. What do you suspect?"],
  [
    /\?$|^(?:when|where|who|which|how|does|did)\b/i,
    "Good question, and I don't know for certain. What do you think? | I'd rather hear your guess first. | What answer would you like best?",
  ],
  [
    /^(?:yes|yeah|yep|yup|sure|of course|exactly|true|definitely|absolutely|i do|i am|correct|indeed)$/i,
    "Tell me more about it. | {heard} {ask} | Go on, I'm listening.",
  ],
  [/^(?:ok|okay|right|alright|all right|cool|nice|got it|i see|hm+|mh?m+)$/i, "{ask} | {open}"],
  [
    /^(?:no|nope|nah|never|not really|not at all|nothing)$/i,
    "No? What is it instead? | All right. {ask} | What makes you say no?",
  ],
  [
    /^(?:maybe|perhaps|possibly|kind of|sort of|sometimes|it depends)/i,
    "What does it depend on? | And what tips the scales for you?",
  ],
  [
    /^(?:(?:ha){2,}h?|lol|lmao|hehe\w*|rofl)/i,
    "It's good to hear you laugh! | Ha! What was the funniest bit?",
  ],
  [
    /^((?!.*\b(?:i|you|me|my|your|is|are|it|that|this|and|the)\b)[\p{L}'-]{3,}(?: [\p{L}'-]+)?)$/iu,
    "{=1}? How do you come to think of that? | {=1}! Tell me what you have in mind. | {=1}? Say more.",
  ],
  [
    /.*/i,
    "{fits} {ask} || {heard} {ask} | {heard} How did that come about? | {heard} And what does that mean to you?",
  ],
]);
