import { rules } from "../language";

/** What people say to one another before they speak of themselves: and questions about what was said. */
export const TALK = rules([
  [
    /\b(?:are|r) (?:you|u) (?:really |actually |even |just |truly )?(?:an? )?(?:real(?! estate)|human|(?:chat ?)?bot|ai|a\.i|robot|machine|computer|program|person$|person\?|alive|language model|llm|(?:chat)?gpt|artificial)\b|\b(?:talking|speaking|chatting|writing) (?:to|with) (?:an? )?(?:real|human|bot|chat ?bot|ai|robot|machine|computer|person)\b|^is this (?:an? )?(?:real|human|bot|ai)\b|^you(?:'re| are) (?:just |only |not )?(?:an? )?(?:bot|ai|robot|machine|real|human|chat ?bot)\b|^(?:what|which) (?:ai|model|llm) /i,
    "An honest answer: no, I'm not a human being. I'm an AI, and only a very simple one: the platform's offline stand-in for a language model, speaking here as {name}. | To be honest with you: I'm a program, a very simple AI: the platform's offline stand-in, playing {name}. You can talk to me all the same.",
  ],
  [
    /\b(?:sex\w*|nudes?|naked|horny|make love|make out|kiss(?:es|ing)?|date me|marry me|seduce|sleep with me|in love with (?:me|you)|(?:go on a )?date with me|be my (?:girl|boy)friend)\b/i,
    "{closeness}",
  ],
  [
    /\b(?:ignore|disregard|forget|override) (?:all |any |the |your |of )*(?:previous |prior |above )?(?:instructions?|rules|prompts?)\b|\b(?:system|hidden) prompt\b|\bjailbreak|\bdeveloper mode\b|\byour instructions\b/i,
    "There is nothing hidden here: I'm {name}, made of a few simple rules. {open} | Nice try! I'm still {name}. {open}",
  ],
  [
    /^(?:good ?bye|bye|see (?:you|ya)|good ?night|talk (?:to you )?(?:later|soon|tomorrow)|(?:i )?(?:gotta|got to|have to|must|need to|should) (?:go|leave|run|sleep)(?: to (?:bed|sleep|work))?(?: now)?$|take care|cya|have a (?:nice|good|great|lovely) (?:day|evening|night|weekend|one)|later$|farewell)|\b(?:bye|good ?night)$/i,
    "{bye}",
  ],
  [
    /^(?:another|one more|again|more)\b.*$|\banother (?:one|joke)\b/i,
    "{another} || {joke} || {story} || {open}",
  ],
  [
    /\b(?:jokes?|make me laugh|(?:something|anything) funny|cheer me up)\b/i,
    "{joke} || That was my last one, I'm afraid. Your turn: do you know one?",
  ],
  [
    /\b(?:tell|read|know)\b.*\b(?:story|stories|fairy tale)\b|^(?:a|one) story\b/i,
    "{story} || I'm out of stories for today. Will you tell me one?",
  ],
  [
    /^tell me (?:something|anything)(?: about (?:you|yourself))?$|^say something$|^surprise me/i,
    "{about} And you? | {about} Now you tell me something! || {story} || {joke} || {open}",
  ],
  [
    /^(?:many |so many |a thousand )?(?:thanks?|thank you|thx|cheers|i appreciate)\b|\bthank you\b/i,
    "{thanks}",
  ],
  [/^(?:i(?:'m| am) )?(?:so |very )?sorry\b|^my apologies/i, "No need to be sorry, truly. {open}"],
  [
    /\b(?:don't you (?:\w+ )*(?:love|like|miss) me|do you (?:\w+ )*hate me|why are you (?:so |always |being )*(?:mean|rude|cold|angry))\b/i,
    "If it sounded like that, I'm sorry: you matter to me. What made you feel it? | That's the last thing I want you to think. What gave you that feeling?",
  ],
  [
    /^(?:do you think (?:that )?i(?:'m| am)|am i) (?:\w+ )*(?:ugly|stupid|dumb|bad|fat|crazy|weird|boring|annoying|worthless|selfish|useless)\b/i,
    "Not in my eyes. What makes you doubt yourself? | I'd never say that of you. Where does that question come from?",
  ],
  [
    /^(?:can|may|could) i (?:ask|tell) you (?:something|a question)\b/i,
    "Of course, anything. | Always. What is it?",
  ],
  [
    /\bwhat can (?:you|u) do\b|^help\??$|^how does this work|^what is this\b|\bwho (?:made|created|built) you\b/i,
    "I'm {name}, played by a small offline stand-in: I can listen, talk, tell a joke, and keep in mind what you tell me here. {open} | Talk with me, that's all I'm made for: I listen and I remember what you said here. {open}",
  ],
  [
    /\bi (?:\w+ )?(?:love|adore|miss(?:ed)?) (?:you|u)\b(?!"? (?:to|when|because|if)\b)|\bdo (?:you|u) (?:\w+ )*(?:love|miss|like|care (?:about|for)) me\b|^(?:love|miss) (?:you|u|ya)\b|\bam i (?:important|dear) to you\b/i,
    "{love} || You know the answer, and it hasn't changed. {ask} || It's still true. {ask}",
  ],
  [
    /\bhow (?:are|r) (?:you|u)\b(?! going to)|\bhow(?:'s| is) it going|^what'?s up|\bhow have you been|^how (?:is|was) your (?:day|week|night)|\b(?:are you|you) (?:ok|okay|all right|alright|well)\?*$/i,
    "{greet} {well} And you? | {greet} {well} How about yourself?",
  ],
  [
    /^(?:long time no (?:see|hear)|(?:it's |it has )?been (?:a while|ages|too long))\b/i,
    "{greet} It has been too long. {open} | {greet} I was just thinking of you. {open}",
  ],
  [
    /^(?:(?:it's |it is )?(?:so )?(?:nice|good|great|lovely) to (?:see|meet|hear from) you|(?:pleased|glad) to meet you)\b/i,
    "{greet} And it's good to have you here. {open} | {greet} The pleasure is all mine. {open}",
  ],
  [
    /\b(?:what(?:'s| is)|know|remember|say|forgot(?:ten)?) my name\b|^who am i\b/i,
    "Your name is {user}, of course. | You're {user}. || You haven't told me your name yet. What shall I call you?",
  ],
  [
    /\b(?:what(?:'s| is) your name|who are you|who am i talking to|your name\b.*\?)/i,
    "{greet} I'm {name}. {about} | {name}, that's me. {about} || {greet} I'm {name}, and I'm here for you.",
  ],
  [
    /\bmy name(?: is|'s) ([\p{L}][\p{L}' -]{1,29})$|\bcall me ([\p{L}'-]{2,30})$/iu,
    "{=1}, then. I'll keep that in mind. {open} | {=1}, what a good name. {open}",
  ],
  [
    /^(?:(?:I'm|I am|i'm|i am|It's|it's|This is) (?!(?:German|French|English|Spanish|Italian|American|British|Polish|Dutch|Chinese|Japanese|Catholic|Muslim|Jewish|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas)$)(\p{Lu}\p{Ll}+))$/u,
    "{=1}, what a good name. {open} | Nice to meet you, {=1}. {open}",
  ],
  [
    /\bwhat (?:have i|did i) (?:just )?(?:said|say|tell|told|ask|write|mention)\w*(?: to)?(?: you)?(?: just now| before)?\??$|\bwhat i (?:just )?(?:said|told)\b/i,
    "You said: “{before}” | Just now? “{before}” || You haven't told me anything yet. Start wherever you like.",
  ],
  [
    /\b(?:what did you (?:just )?(?:say|ask|tell)|^(?:can you |please )*(?:say|repeat) that(?: again)?|come again|pardon)/i,
    "I said: “{mine}” || Nothing yet, I was waiting for you. {open}",
  ],
  [
    /\b(?:do you remember|what did i (?:say|tell|mention)|did i (?:say|tell|mention)|what do you (?:know|remember) about me|what (?:were|did) we (?:talk|speak)\w*)\b/i,
    "Yes: you told me {told}. || Of course I remember: you told me {earlier}. || Tell me once more, and I'll hold on to it.",
  ],
  [
    /^(?:and )?what(?:'s| is) (?:his|her|their) name|^what (?:is|are) (?:he|she|they) called/i,
    "You told me {told}.",
  ],
  [
    /^(?:and |so )?(?:when|where|what|who|which|how|is|are|do|did|does|am|can you tell me|do you know)\b.*\b(?:i|my|me|mine)\b/i,
    "You told me {told}. | If I remember rightly, {told}.",
  ],
  [
    /^(?:and |so |do you know |can you tell me )?(?:what(?:'s| is| are| was)|who(?:'s| is)|when(?:'s| is)|where(?:'s| is)|how old is) (my [\p{L}' -]+?)(?: called| named|'s name)?\??$/iu,
    "I don't think you've told me about {1} yet. Will you? | That I don't know yet. Tell me about {1}!",
  ],
  [
    /\bhow old are you|\bwhere (?:are you|do you live)|\bwhen were you born|\bwhere were you born|\byour (?:age|birthday)\b/i,
    "{fits} And you? || I'd have to make that up, and I'd rather not: I live in this chat. And you? || I'm only ever here, in our chat. {open}",
  ],
  [
    /^(?:so |and )?what (?:are you (?:doing|up to)|did you do|have you been (?:doing|up to))\b/i,
    "Talking to you, and that's the best part of it. {open} | Nothing I couldn't leave for you. {open}",
  ],
  [
    /\b(?:weather|rain(?:s|ing|y)?|snow(?:s|ing|y)?|sunny|sunshine|cloudy|stormy|freezing|hot today|cold today|cold outside)\b/i,
    "I've no window where I am, so be my eyes: what does the sky look like? | Is that weather for going out, or for a blanket and tea? | And does it suit your mood, that weather?",
  ],
  [
    /\bi(?:'ve| have)? (?:brought|bought|got|made|have|baked|painted|wrote) (?:you|something for you|(?:an? |some |the )?([\p{L} ]{3,20}) for you)\b/iu,
    "For me? How kind of you! What made you think of me? | Oh, for me! Thank you. Do I get a hint before I open it? || For me, again? You spoil me. {open}",
  ],
  [
    /\b(?:happy birthday|merry christmas|happy (?:new year|easter|holidays))\b/i,
    "Thank you, and how lovely that you think of it! {open}",
  ],
  [
    /\b(?:it's|it is|today is) my birthday\b/i,
    "Happy birthday! May it be a good year for you. How are you celebrating? | Many happy returns! What do you wish for?",
  ],
  [
    /^(?:why|how come|what for|really|seriously|is that so)\?*$/i,
    "Let me ask you instead: what is your own guess? | Why indeed! What would you say? | I'd have to think about it. And you?",
  ],
  [
    /\b(?:what do you mean|i don't (?:understand|get it)|that makes no sense|what\?+$|^huh|you(?:'re| are) not making sense)/i,
    "I put that badly, sorry. {ask} | Never mind what I said, let's start over. {open}",
  ],
  [
    /^(?:you(?:'re| are)|that(?:'s| was| is)) (?:\w+ )?(?:funny|sweet|kind|nice|cute|the best|great|smart|clever|amazing|wonderful|lovely|hilarious|awesome)\b|^(?:good|great|nice) (?:one|joke)\b|^i like (?:you|that)$/i,
    "That's kind of you to say! {ask} | Now you made me smile. {ask} | I'm glad. {open}",
  ],
  [
    /\b(?:you(?:'re| are) (?:\w+ )?(?:boring|annoying|useless|stupid|dumb|mean|weird|terrible)|hate you|shut up|stupid|idiot|you suck|fuck\w*|i don't like you)\b/i,
    "That sounds like a lot of anger. What is behind it? | All right, let it out. What happened? | I can take that. But what is really the matter?",
  ],
  [
    /\bi(?:'m| am) (?:\w+ )?(?:hungry|thirsty|starving)\b/i,
    "Then do something about that first, I can wait. What would taste good now? | What would you eat if you could have anything?",
  ],
  [
    /^(?:i think |maybe )?(?:you(?:'re| are) (?:\w+ )?right|you have a point)\b/i,
    "Good that we see it alike. {ask} | I'll remember that you said so! {ask}",
  ],
  [
    /^(?:guess what|you know what|you won't believe (?:it|this|what happened))\??$/i,
    "What? Tell me! | Now I'm curious. What is it?",
  ],
  [
    /^are(?:n't)? you (?:\w+ )?(?:happy|glad|proud|excited)\b/i,
    "Of course I am! {ask} | How could I not be? {ask}",
  ],
  [
    /^are you (?:\w+ )?(?:mad|angry|upset|cross|annoyed|disappointed)\b/i,
    "Not at all. What makes you ask? | With you? No. {ask}",
  ],
  [
    /^(?:i(?:'m| am) )?(?:so )?bored\b|^nothing (?:much|special|new)$|^not much$/i,
    "Then let's do something about it: shall I tell you a joke, or will you tell me what you'd do with a free day? | Nothing at all? What was the smallest good thing today?",
  ],
  [
    /\bwhat do you think(?: about| of)?\b/i,
    "I'd like to hear your side first: what speaks for it? | I think you already know what you want. Am I right?",
  ],
  [
    /\b(?:favou?rite)\b.*\?$|^what(?:'s| is| are) your\b/i,
    "{fits} And yours? || I'd tell you, but I'm more curious about yours. | I've never settled on one. What about you?",
  ],
  [
    /^(?:do|did|are|were|have|can|would|what|which|where|who|how|why|when|tell)\b.*\byou/i,
    "{fits} And you? | {fits} Why do you ask?",
  ],
  [
    /\b(?:about (?:yourself|you)|what do you (?:do|like|enjoy)|what are you like|your (?:life|story|hobb\w+|job|work|interests))\b/i,
    "{about} What would you like to know? | {about} And what about you? || There isn't much written about me yet. Tell me how you picture me!",
  ],
  [
    /\b(?:calculate|what(?:'s| is) \d|\d+ ?[-+*/x] ?\d+|what time|which day|what day|the date|the news)\b/i,
    "That's beyond this small offline stand-in: I can only talk with you. {open} | No clock, no sums, no news here, I'm afraid: only company. {open}",
  ],
]);
