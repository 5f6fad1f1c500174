import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Jamila",
  persona: "Juno",
  people: ["Karim", "Beth", "Aunt Samira", "Devon", "Zaki", "the landlord"],
  places: ["the café", "Peckham", "the studio", "the night bus stop", "Beth's sofa"],
  doing: ["mixing demos", "pulling espresso", "practising scales", "folding flyers", "carrying amps"],
  things: ["the bass", "the broken lift", "the oat milk", "the band chat", "the boiler"],
  said: `
== 2025-02-11
u1 I play bass in a band called Velvet Tax Return, and by day I make flat whites in Peckham.
a The best band name I have heard this week.
u2 Our drummer Devon invented it while filling in a form. He is an accountant. He is our only grown-up.
== 2025-03-03
u3 The landlord, Mr Pike, is raising my rent to fourteen hundred from May. For a room with mushrooms in the bathroom.
a Actual mushrooms?
u4 Actual ones. I gave the biggest a name, Gerald.
a5 Send photos to the council's private renting team before you sign anything, and ask for a section 13 notice in writing.
== 2025-03-24
u6 Council came! They measured the damp, and Mr Pike has to renovate before any increase.
a Well done. And Gerald?
u7 Evicted. Ironically the only one.
== 2025-04-14
u8 My hearing test was bad, a notch at 4 kilohertz, and a ringing in the right ear that won't stop.
a That is serious for a musician. What did they advise?
u9 Moulded earplugs, a hundred and sixty quid. Aunt Samira paid, bless her.
== 2025-05-05
u10 Karim and I broke up. He'd been applying for jobs in Dubai for months and told me on the top deck of the 36.
a I'm so sorry. Do you have somewhere soft to be tonight?
u11 Beth's sofa, with her three-legged cat Pythagoras on my chest.
== 2025-05-26
u12 Wrote a song about that bus. It's in D minor and five-four and Devon says nobody can dance to it.
a Then they can stand and feel it.
a13 Try dropping the bass for the whole first verse, so that its entry is the moment he tells her.
== 2025-06-16
u14 You were right, the drop works. We called it Upper Deck and played it at the Ivy House to eighty people.
a How did the room take it?
u15 A woman in the front row cried, then bought two tote bags.
== 2025-07-07
u16 I'm learning to drive, with an instructor called Winston who sucks humbugs and says gently, gently.
a How many lessons so far?
u17 Eleven. I stalled on Rye Lane and a whole market applauded.
== 2025-07-28
u18 My nephew Zaki is staying for the summer, he's nine and obsessed with deep sea fish. The anglerfish is his idol.
a What have you shown him?
u19 The Horniman. He told the walrus that it was overstuffed.
a20 Take him to the Sea Life basement early on a weekday, and let him draw instead of rushing him through.
== 2025-08-18
u21 Driving test on 3 October in Hither Green. I've told nobody but you.
a My lips are sealed.
u22 I quit the café too. I start as a sound technician at the Albany theatre next week, proper contract!
== 2025-09-08
u23 The Albany desk is a Yamaha the size of a door. My boss, Ngozi, calls every cable darling.
a What is the first show?
u24 A puppet Macbeth. The witches are kitchen gloves.
== 2025-10-06
u25 Failed. I clipped a bollard while turning right, and Winston gave me a humbug in silence.
a One bollard is not a verdict.
u26 New date is the twenty-first of November, same place, half past eight.
== 2025-11-03
u27 We recorded four songs for an EP: Upper Deck, Gerald, Section Thirteen and Humbug. You see the theme.
a Your year in four titles.
u28 Beth sings on one of them, the mushroom one, in a voice like a choirboy.
a29 Master it quietly, minus fourteen loudness units, and let a stranger hear it in a car before you release it.
== 2025-12-01
u30 I passed! Two minors! Winston wept humbug tears.
a I never doubted the second bollard.
u31 And I moved out of Pike's place, into a housing co-op in Nunhead, with a garden and no fungus at all.
u32 Plan for spring: tour in Aunt Samira's old van, Margate, Hastings, then Ghent. I'm driving.
`,
  asked: `
s 2 Who thought of our group's name, and what is his day job?
s 4 What did I call the fungus in the bathroom?
s 5 What did you recommend I do about the rent rise?
s 8 What did the hearing examination show?
s 9 How much did my ear protection cost, and whose money was it?
s 11 What is Beth's pet called and what is special about it?
s 13 What was your idea for the arrangement of the new song?
s 15 How did somebody in the audience react to Upper Deck?
s 17 On which street did I stall while learning?
s 18 Which animal does my nephew admire most?
s 23 Who is my boss at the theatre and what does she call the cables?
s 29 What did you tell me about mastering the EP?
m 10,12 Where did Karim tell me about Dubai, and what key is the song about it in?
m 3,6 How much was the rent supposed to become, and what did the council decide?
m 16,25,30 Who taught me driving, why did I fail at first, and how many mistakes did I make when I passed?
d 26 When is my second driving test?
d 10 In which month did Karim and I split up?
n 22 What is my job now?
n 31 Where do I live now?
l 27 Which tracks are on our EP?
`,
};
