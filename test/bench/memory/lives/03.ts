import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Priya",
  persona: "Ellis",
  people: ["Rohan", "Amma", "Hetty", "Mr Banerjee", "Tomasz", "Leela"],
  places: ["the allotment", "the lab", "Leicester market", "the flat", "Hetty's narrowboat"],
  doing: ["pruning beans", "running gels", "rehearsing Odissi", "commuting", "labelling samples"],
  things: [
    "the centrifuge",
    "the greenhouse",
    "the neighbour's drum kit",
    "the washing machine",
    "the bike lock",
  ],
  said: `
== 2025-01-19
u1 My doctorate is about how mosses survive being dried out for years. Resurrection plants, but small and unglamorous.
a Small resurrections are still resurrections.
u2 My professor, Tomasz Wilk, answers mails only between four and five in the morning.
== 2025-02-09
u3 I got plot 17 on the Humberstone allotments, after four years on the waiting list!
a Wonderful. What does the soil look like?
u4 Heavy clay, brambles to the waist, and a bathtub full of frogs that I've been told to keep.
a5 Start with potatoes, they break clay better than any spade, and lay cardboard on the rest.
== 2025-03-02
u6 Amma is coming for three months from Bhubaneswar and wants to sleep on the floor, as she always has.
a How does Rohan feel about the visit?
u7 Terrified. She once asked him his salary before asking his name.
== 2025-03-23
u8 I'm a vegetarian again since the wedding season, but I still eat eggs, so please no more fish ideas.
a Noted, eggs yes, fish no.
a9 Then try the egg roast from Kerala with a lot of fennel, it keeps for the lab lunch.
== 2025-04-13
u10 The growth chamber broke over Easter and I lost eleven weeks of samples. The thermostat read 52.
a Oh Priya. Is anything backed up?
u11 Half. A duplicate set sits in the freezer in Nottingham with my friend Hetty.
== 2025-05-04
u12 Amma and Rohan are thick as thieves now. He taught her cribbage and she cheats.
a From salary interview to cribbage partner.
u13 She calls him Raju, after a cinema actor she had a crush on in 1974.
== 2025-05-25
u14 My dance teacher cast me as the river in the Odissi piece. Fourteen minutes on stage with a bad ankle.
a When did the ankle start?
u15 I slipped on the towpath by Hetty's boat in April and never let it heal.
a16 Tape it, see a physio twice before the show, and mark the jumps in rehearsal instead of doing them full out.
== 2025-06-22
u17 We performed at Curve on the fourteenth. My ankle held and Amma wept from the first bell.
a The river ran, then.
u18 Afterwards Mr Banerjee from the choir asked whether I'd teach his granddaughters.
== 2025-07-13
u19 Harvest: nine kilos of potatoes, courgettes like submarines, and a single proud aubergine.
a What will you do with the courgettes?
u20 Chutney. Eleven jars, with tamarind. The neighbour got three as a bribe about his drums.
== 2025-08-03
u21 Rohan wants us to move to Bristol, he has an offer from an aerospace firm, and I said not before I submit.
a That is a fair line to draw. Did he hear it?
u22 He sulked for a day, then bought me a desk lamp with a ribbon on it.
== 2025-08-24
u23 I'll submit the thesis on 30 January, Tomasz signed the plan. At four thirteen in the morning, of course.
a A date makes it real.
u24 Chapter three is the monster. The statistics need a mixed model and I only pretend to understand it.
a25 Work through the sleep study example in lme4 once by hand, then write your own model as a sentence before you code it.
== 2025-09-14
u26 Something odd: I fainted in the library. Low iron, said the nurse, ferritin of nine.
a27 Take the tablets with orange juice and never with tea, and have it measured again after eight weeks.
u28 I've been a tea addict since I was twelve, so this is the true tragedy.
== 2025-10-12
u29 Rohan got the Bristol job and said they'd wait till March. We'll rent near the harbour.
a So both of you kept your word.
u30 I have to give up plot 17, and Leela takes it. She promised the frogs their bathtub.
== 2025-11-16
u31 The submission moved: the examiner is on leave, so it's the twenty-seventh of February.
a A month more for the monster chapter.
u32 Ferritin is at 38, tea is allowed after lunch. I drank the first cup like communion.
u33 Also planted garlic for Leela, a farewell crop, beside the broad beans I sowed for her last week.
`,
  asked: `
s 2 At what hour does my supervisor reply to e-mail?
s 4 What was on the allotment when I took it over?
s 5 What did you say I should grow first to loosen the ground?
s 7 What did my mother want to know about Rohan before anything else?
s 10 What happened to my experiments at Easter?
s 13 What nickname does Amma use for my partner, and why?
s 9 Which recipe did you propose for my lunches at work?
s 14 Which part did I dance?
s 16 How did you tell me to protect my foot before the performance?
s 20 How did I keep the drummer next door friendly?
s 25 What should I do to grasp the statistics, in your opinion?
s 27 With which drink should I swallow the iron?
m 11,15 With whom is the second set of samples, and where did I hurt my ankle?
m 21,29 Which firm wooed Rohan, and where will we live there?
m 3,30 Which number was my allotment, and who has it after me?
d 17 When was the dance performance?
d 10 Around which holiday did the growth chamber fail?
n 31 When do I hand in my thesis?
n 32 What is my iron level now, and may I have tea?
l 19,33 What did I grow on the allotment?
`,
};
