import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Theo",
  persona: "Lady Ash",
  people: ["Rosa", "Big Dan", "Imogen", "Grandad Percy", "Yusuf", "the coach"],
  places: ["sixth form", "the skate park", "Rosa's attic", "the chippy", "the model club"],
  doing: ["painting miniatures", "revising chemistry", "skating", "writing my novel", "washing cars"],
  things: ["the bus pass", "the printer ink", "the school tie", "my phone screen", "the locker"],
  said: `
== 2025-01-12
u1 I'm writing a fantasy novel about a lighthouse keeper whose light keeps monsters asleep. Title: The Drowsy Coast.
a A keeper of sleep! What is the keeper's flaw?
u2 She's an insomniac. Her name is Ottoline Vane and she hums hymns backwards.
a3 Let the reader meet the monsters through their dreams first, before anyone sees a claw.
== 2025-02-02
u4 Grandad Percy gave me his Spitfire kits, forty boxes, because his hands shake now. Essential tremor, not Parkinson's.
a A loving inheritance. Which will you build first?
u5 The Mk IX, with invasion stripes. I glued my thumb to the wing already.
== 2025-02-23
u6 I want to study medicine, and my predicted grades are A, A and a B in chemistry, which kills it.
a One letter is not a verdict. What drags chemistry down?
u7 Organic mechanisms. Curly arrows look like spaghetti to me.
a8 Draw ten mechanisms a day from memory on a whiteboard, then explain them to someone who knows nothing.
== 2025-03-16
u9 I explained nucleophiles to Rosa in her attic, and she fell asleep on my shoulder. Best chemistry lesson ever.
a Of which chemistry do we speak?
u10 Ha. She's in my English set and plays the theremin.
== 2025-04-06
u11 Broke my collarbone at the skate park, trying a kickflip down the five stairs. Big Dan filmed it.
a Theo! Which side?
u12 The right one. The video has nine thousand views and Mum has seen all of them.
== 2025-04-27
u13 My parents are splitting up. Dad's moving to a houseboat in Lancaster and keeps saying it's an adventure.
a That word must grate. Who knows?
u14 Only you and Rosa. My sister Imogen pretends she has a cough so she can skip dinner.
a15 Tell your form tutor in two sentences, so that exams season has one adult who knows.
== 2025-05-18
u16 Mocks back: chemistry A, biology A, maths B. The spaghetti is conquered.
a The whiteboard has earned its keep.
u17 I took Rosa to the chippy to celebrate, she puts gravy on mushy peas like a barbarian.
== 2025-06-15
u18 Ethical question from an interview book: should a surgeon with a tremor still operate? I wrote about Grandad all night.
a What did you decide?
u19 That a person should be the first to say it about themselves, and the hospital should make that safe.
== 2025-07-06
u20 I've a summer job at a care home, Sycamore Lodge, in the kitchen and on the tea trolley.
a Who have you met?
u21 A lady called Winifred who thinks I'm her brother Stanley and tells me about the Blitz.
== 2025-07-27
u22 The novel has a hundred and twelve pages, and I sent the first chapter to a magazine called Saltmarsh.
a What does it pay?
u23 Two copies and glory.
== 2025-08-24
u24 Rosa and I broke up before she left for music school in Glasgow. She gave me a theremin lesson as a goodbye, I sounded like a wasp.
a A tender ending. Are you eating?
u25 Toast. Yusuf takes me bouldering so that I shut up about it.
a26 Write her a letter you do not send, and read it to the sea at Morecambe.
== 2025-09-21
u27 Saltmarsh took it! It comes out on the first of December.
a I am proud of you, author.
u28 Grandad read it and asked for the monsters to win.
== 2025-10-19
u29 I've applied to four: Leeds, Sheffield, Glasgow and Keele. Interview for Sheffield is on 4 December.
a Is Glasgow for the medicine?
u30 For the medicine. Mostly.
== 2025-11-16
u31 Saltmarsh is delayed, it's coming out on the twelfth of January, the printer flooded.
a A drowsy coast indeed.
u32 I changed the title too. It's called Lullaby for Leviathans now.
u33 Built a Lancaster and a Hurricane with Grandad holding the tweezers at arm's length.
`,
  asked: `
s 2 What is the name of the keeper in my book, and what does she hum?
s 3 What did you advise about introducing the creatures in my story?
s 4 What is the matter with my grandfather's hands?
s 7 What part of chemistry was hard for me?
s 8 How did you tell me to practise organic chemistry?
s 10 Which unusual instrument does Rosa play?
s 11 Which bone did I break and which trick was I attempting?
s 13 Where did my father go when they separated?
s 15 What did you say I should do at school about the divorce?
s 21 For whom does the old lady at the care home take me?
s 23 What is the fee of the literary magazine?
s 26 What was your ritual for getting over the break-up?
m 17,24 Which strange eating habit does Rosa have, and how did she say goodbye?
m 18,19 Which moral problem did I think through one night and what was my conclusion?
m 20,22 Where did I earn money in the summer, and how long had my book grown by then?
d 29 When do I have my interview for medical school?
d 11 In what month did I have the accident on the skateboard?
n 31 When does the magazine with my chapter come out?
n 32 What is my novel called now?
l 5,33 Which model planes have I built?
`,
};
