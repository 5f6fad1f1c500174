import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Sam",
  persona: "Robin",
  people: ["Nina", "Alex", "Dad", "Charlie", "Mrs Lowe", "the trainer"],
  places: ["the gym", "the library", "Nina's flat", "the park", "Brighton"],
  doing: ["training", "baking bread", "reading", "watching films", "cycling"],
  things: ["the bike", "the oven", "the laptop", "the sofa", "the balcony door"],
  said: `
== 2025-02-05
u1 I work at the library in Hove, in the local history room, with maps older than the town.
a What is the oldest thing you look after?
u2 A tithe map of 1839 with a coffee ring that everyone blames on Mrs Lowe.
== 2025-02-26
u3 My sister Nina had her baby, a girl named Wren, on the twentieth, four weeks early.
a How are they both?
u4 Wren is in an incubator, two kilos one, and Nina reads her cookery books aloud.
a5 Offer one fixed evening, every Wednesday, with dinner in a box, instead of saying call me if you need something.
== 2025-03-19
u6 I've bought a steel bicycle, a green Claud Butler from 1983, for ninety pounds.
a What is the first ride?
u7 Ditchling Beacon. I pushed it most of the way up.
== 2025-04-09
u8 I'm coeliac. Bread was my only talent, Robin.
a Talents move. What did the doctor say?
u9 No wheat, rye or barley for life. I gave my starter to Alex downstairs.
a10 Begin with buckwheat galettes before you attempt a loaf, they forgive beginners.
== 2025-04-30
u11 Quarrel with Dad, he sold the family tent and all our camping things, while I was at work, to a man named Clive.
a What did the tent hold for you?
u12 Mum's handwriting on the inside, heights of all of us since 1994.
== 2025-05-21
u13 Clive was lovely, he gave the tent back for a bottle of rum. Dad drove there himself to ask.
a Your father drove there?
u14 Ninety miles. He said sorry with the indicator on.
== 2025-06-18
u15 The doctor says my blood pressure is fine, but I should see about my sleep, I stop breathing at night, 22 times an hour.
a That is apnoea. Will there be a machine?
u16 A CPAP, it looks like a fighter pilot. Alex calls me Maverick.
== 2025-07-16
u17 Book club read Rebecca, and I hosted, with gluten-free lemon cake that collapsed like a mine.
a And the discussion?
u18 All five of us were on the side of the housekeeper.
a19 Read My Cousin Rachel next, so that you can quarrel about guilt with better evidence.
== 2025-08-13
u20 I've begun bouldering with Charlie, who's a locksmith and can open my front door with a crisp packet.
a I hope he only does it when invited.
u21 I've done three yellow routes and one blue, and I have the forearms of Popeye.
== 2025-09-10
u22 We read My Cousin Rachel, and Mrs Lowe threw a biscuit at the vicar.
a Then it was a success.
u23 I've been asked to write a small book on the smugglers of Rottingdean, three hundred pounds and my name on the cover.
== 2025-10-08
u24 Bike stolen from outside the pool! The green one. I cried in front of a lifeguard.
a I'm sorry. Was it marked?
u25 No. Charlie is ashamed on behalf of locks everywhere.
a26 Report the frame number, look on the resale pages at six in the morning, and never go to meet a seller alone.
== 2025-11-05
u27 Found it on a resale page, at six in the morning! But I bought another already, a blue Dawes, and gave the green to Alex.
a Generous. How is Wren?
u28 Six and a half kilos, with one tooth that she uses on everyone.
== 2025-12-10
u29 I'm leaving the library room in January, for the county archive at The Keep in Falmer, half time with the book beside it.
a The maps will miss you.
u30 The smugglers are due with the printer on 16 March. Last club book this year was Jamaica Inn, naturally.
`,
  asked: `
s 2 Who gets the blame for the stain on the old map?
s 4 How heavy was my niece at first, and what does Nina read to her?
s 5 What did you recommend so that I could help Nina?
s 7 Where did I first ride the bicycle?
s 8 Which illness forbids me bread?
s 10 What did you say I should bake first without wheat?
s 12 What was written inside the tent?
s 16 What do I have to wear at night, and how does Alex tease me about it?
s 18 Whose side did the book club take?
s 20 What is Charlie's job?
s 23 What am I writing, and what is the pay?
s 26 What did you advise when the bike was stolen?
m 11,13 What did Dad sell, and how did we get it back?
m 3,28 When was Wren born, and what does she weigh now?
m 6,25 What bike did I lose, and how did Charlie feel?
d 3 On which date did my sister become a mother?
d 30 When must the smugglers book be at the printer?
n 27 Which bike do I ride now?
n 29 Where will I work from January?
l 17,22,30 Which books did we read in the club?
`,
};
