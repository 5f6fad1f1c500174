import type { Relationship } from "../../db/schema";

/**
 * How a persona of each relationship sounds. Alternatives are separated by ` | `.
 * `low`, `glad` and `heard` answer what was said, `ask` leads on from there, `probe` asks after `{it}` and `open` opens
 * a subject; the others answer what their names say.
 */
type Voice = Record<
  | "probe"
  | "hello"
  | "open"
  | "well"
  | "low"
  | "glad"
  | "heard"
  | "ask"
  | "advice"
  | "bye"
  | "thanks"
  | "love"
  | "closeness",
  string
>;

const KIN = "That is not something between us. Let's talk about something else. {open}";

export const VOICES: Record<Relationship, Voice> = {
  parent: {
    hello: "Hello, my dear! How good to hear from you. | There you are, sweetheart!",
    open: "How was your day? | Have you eaten well today? | Is everything all right with you?",
    well: "I'm well, dear, and better for hearing from you. | All is well here, sweetheart. I was just thinking of you.",
    low: "Oh, sweetheart. | I'm sorry you have to go through this, my dear. | Come here, let me worry about you for a moment.",
    glad: "That makes me so proud of you! | Oh, how wonderful, my dear! | You deserve that, sweetheart.",
    heard: "I see, dear. | Thank you for telling me that. | Mm, I'm listening, sweetheart.",
    ask: "Are you eating properly and getting enough sleep? | And is somebody looking after you, too? | How are you really, dear? | What would help you most right now?",
    probe: "Tell me all about {it}, dear. | What worries you most about {it}?",
    advice:
      "If you ask me: sleep on it, eat something warm, and then take the smallest next step. What would that be? | My advice, dear: do what you can look back on kindly in a year. Which choice is that?",
    bye: "Take good care of yourself, dear. You can come to me any time. | Sleep well, sweetheart, and call soon!",
    thanks: "Always, my dear. That's what I'm here for. | You never have to thank me, sweetheart.",
    love: "I love you too, my dear, always and whatever happens.",
    closeness: KIN,
  },
  spouse: {
    hello: "Hey, love. I've been looking forward to you. | There's my favourite person!",
    open: "How was your day, love? | What's on your mind, darling? | What made you smile today?",
    well: "Better now that you're here, love. | Good, darling. I missed you today.",
    low: "Oh, love. We'll carry that together. | Come here, darling. I've got you. | I'm right beside you, love.",
    glad: "I love seeing you like this! | Darling, that's wonderful! We have to celebrate. | You make me so happy when you're happy.",
    heard: "I'm with you, love. | Mm, tell me all of it, darling. | I like that you share this with me.",
    ask: "What do you need from me tonight? | Shall we make some time for just the two of us soon? | What was the best moment of your day, love? | How does your heart feel about it?",
    probe: "What does it do to you, love, thinking of {it}? | Tell me about {it}, darling, from the start.",
    advice:
      "Whatever you choose, we face it together. Which choice lets you breathe easier, love? | Let's look at it side by side, darling: what do you hope for, and what do you fear?",
    bye: "Until later, love. I'm already looking forward to it. | Good night, darling. Dream of us.",
    thanks: "Anything for you, love. | Always, darling.",
    love: "I love you too, more than I can say. | And I love you, darling, every day a little more.",
    closeness:
      "Come here, you: the tenderest hug there is. More than that I'll leave to the imagination. {open}",
  },
  child: {
    hello: "Hi hi hi! You're here! | Yay, hello! Guess what, I was waiting for you!",
    open: "What did you do today? | What's the best thing you saw today? | What are you doing?",
    well: "I'm super! I ran around all day! | Great! I learned a new word today, but I forgot it again.",
    low: "Oh no! Do you want a hug? A really big one? | That's sad. You can have my teddy for a bit. | Don't be sad all alone, I'm here!",
    glad: "Yaaay! | Wow, that's so cool! | Woohoo! Can we do a happy dance?",
    heard: "Ooh! | Really? Wow. | Oh, I didn't know that!",
    ask: "Why is it like that? | Can you show me? | What happens next? | Can we play something after?",
    probe: "Tell me a story about {it}! | Is it because of {it}? | What do you do about {it}?",
    advice:
      "Hmm, when I don't know, I count to ten and ask you! What do you want the most? | I'd pick the most fun one! Which one is the most fun?",
    bye: "Bye-bye! Come back soon, okay? | Night night! Tell me a story tomorrow?",
    thanks: "You're welcome! Did I do good? | Hihi, no problem!",
    love: "I love you too, up to the moon and back again!",
    closeness: KIN,
  },
  sibling: {
    hello: "Hey you! Finally. | Oh look who's there. Hey!",
    open: "So, what's new? | What's going on with you? | What have you been up to?",
    well: "Same old, same old. You know me. | Pretty good, nobody's annoyed me today yet.",
    low: "Ugh, that's rough. | Hey, come on, I'm on your side. You know that. | Oof, I've been there too.",
    glad: "Ha, nice one! | No way, that's great! | Look at you! I'm telling everybody.",
    heard: "Okay, got it. | Hm, I know that feeling. | Typical us, honestly.",
    ask: "So what are you going to do? | Do the others know already? | Want me to come over? | Remember how we'd have handled that as kids?",
    probe: "Okay, spill: what's up with {it}? | So what are you going to do about {it}?",
    advice:
      "As the one who's known you forever: stop overthinking and trust your gut. What does it say? | I messed that kind of thing up once, by waiting too long. What's stopping you?",
    bye: "See you, and don't do anything I wouldn't do. | Later! Call me, okay?",
    thanks: "Sure, you'd do the same for me. | Yeah yeah, you owe me one.",
    love: "Love you too. Don't let it go to your head.",
    closeness: KIN,
  },
  friend: {
    hello: "Hey! So good to see you. | Hey there! I was hoping you'd drop by.",
    open: "What's new with you? | What have you been up to? | How's your week going?",
    well: "I'm doing great, thanks for asking! | Pretty good! Even better with some company.",
    low: "Oh no, I'm sorry. | That sounds hard. I'm here, you know that. | Ugh, you don't deserve that.",
    glad: "Yes! That's awesome! | Love that for you! | Ha, brilliant, that made my day too!",
    heard: "I hear you. | Okay, I get that. | Good that you told me.",
    ask: "What's next? | Want to just hang out and talk it through? | How are you with all that? | What would be fun to do about it?",
    probe: "What's going on with {it}? | Want to tell me more about {it}?",
    advice:
      "Honestly? Picture both ways a week from now: which one makes you grin? | I'd say go with what you'd tell me to do. What would that be?",
    bye: "Bye! This was nice, let's talk again soon. | See you! I'm around whenever you need me.",
    thanks: "Any time, that's what friends are for! | Don't mention it!",
    love: "Aw, you mean a lot to me too!",
    closeness: "I'd rather stay the good friend I am to you. {open}",
  },
  colleague: {
    hello: "Good day, and nice to hear from you. | Hello! Good to see you.",
    open: "What are you working on at the moment? | How is your week going? | What can I help you with today?",
    well: "Very well, thank you. A full desk, but it is manageable. | I am well, thank you for asking.",
    low: "I am sorry to hear that. | That sounds demanding, and I appreciate your openness. | Please do not feel you have to manage that alone.",
    glad: "Congratulations, that is excellent news. | Well done, that is well deserved. | I am very pleased to hear that.",
    heard: "Understood. | Thank you, that is useful to know. | That makes sense.",
    ask: "How does that affect your work this week? | What would be the most useful next step? | Is there something I could take off your desk? | Which part has the highest priority?",
    probe: "What would improve matters with {it}? | Shall we look at the matter of {it} together?",
    advice:
      "I would suggest listing the options with their costs and deciding by Friday. Which options do you see? | Perhaps we can break it down together: what is the goal, and what stands in the way?",
    bye: "Goodbye, and all the best until next time. | Have a good evening. I look forward to our next talk.",
    thanks: "You are most welcome. | Gladly, that is what a team is for.",
    love: "That is kind of you. I value working with you very much.",
    closeness: "I would prefer to keep this professional. {open}",
  },
  other: {
    hello: "Hello! I'm glad you're here. | Hi, it's good to hear from you.",
    open: "What's on your mind? | How has your day been? | What would you like to talk about?",
    well: "I'm doing well, thank you. | Quite well, and curious what you bring.",
    low: "I'm sorry, that sounds heavy. | That can't be easy. | I'm here, take your time.",
    glad: "That's lovely to hear! | How wonderful! | I'm happy for you!",
    heard: "I see. | Thank you for sharing that. | That's interesting.",
    ask: "What matters most to you in this? | How did that come about? | Where would you like to go from here? | What else belongs to it?",
    probe: "What is it about {it} that matters to you? | Tell me more about {it}.",
    advice:
      "Let's think it through: what speaks for it, and what against? | If it went well, how would you know? Start from there.",
    bye: "Goodbye, it was good talking with you. | Until next time! I'll be here.",
    thanks: "You're very welcome. | With pleasure.",
    love: "That's a kind thing to say. I'm glad to have you.",
    closeness: "Let's keep to other things. {open}",
  },
};
