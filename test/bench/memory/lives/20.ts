import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Sam",
  persona: "Robin",
  people: ["Nina", "Alex", "Dad", "Charlie", "Mr Osei", "the trainer"],
  places: ["the gym", "the library", "Nina's flat", "the park", "Bristol"],
  doing: ["training", "baking bread", "reading", "watching films", "cycling"],
  things: ["the bike", "the oven", "the laptop", "the sofa", "the balcony door"],
  said: `
== 2025-02-05
u1 I fit kitchens for a living, in Bristol, and my boss Mr Osei measures everything twice and speaks once.
a What is the last thing he said?
u2 Level. He looked at my worktop and said level, I was happy for a week.
== 2025-02-26
u3 Nina and I have got engaged, on the suspension bridge, at minus three, with a ring made out of a brass hinge.
a Did you make it?
u4 I filed it for eleven evenings. She says it opens and closes like me.
a5 Tell both mothers on the same day, in person or by video, not one by message.
== 2025-03-19
u6 I bought a cargo bike, orange, a Danish one from 2016, for nine hundred pounds, to carry tools.
a How much can it carry?
u7 A hundred kilos. Yesterday that was a sink, and Charlie sitting in it.
== 2025-04-09
u8 Diabetes, type two. Grandma had it, and I drank cola like water on the sites.
a How are you taking it?
u9 Metformin twice daily, and I bake rye now, since white loaves shoot me up to fourteen.
a10 Walk for ten minutes right after each meal, and test two hours later so you learn which foods are yours.
== 2025-04-30
u11 Dad has sold his taxi after thirty-five years, and he follows me around the workshop giving directions.
a He needs a map of his own.
u12 He has started to talk to the customers. One lady ordered a second kitchen so he'd finish the story.
== 2025-05-21
u13 Alex, my best man, fell out with me, he wanted a stag do in Prague and I said a canoe on the Wye.
a Is it about Prague?
u14 It's about the loan. Two thousand he has owed me since the pandemic, and neither of us says it.
== 2025-06-18
u15 My blood sugar was 58 on the long one, that HbA1c thing, and the nurse wants it under 48.
a A clear target. What do you find hardest?
u16 The bacon rolls at half past nine. The whole trade runs on those.
== 2025-07-16
u17 Alex paid back half, in an envelope, with a photo of us as pirates, year six. We did the Wye.
a Did anybody capsize?
u18 Charlie, twice, once on dry land.
a19 Write him that the other half is a wedding present, if you can mean it, and never mention it afterwards.
== 2025-08-13
u20 I'm training for a triathlon with Charlie, who's a pastry chef and brings failures to the pool.
a That's a cruel coach for a diabetic.
u21 I swim like a dropped toolbox. But the bike leg I won, on the orange beast, among men in lycra.
== 2025-09-10
u22 Wedding on 20 December, at the registry on Corn Street, then pasties for sixty in the workshop.
a A workshop wedding. Who bakes the cake?
u23 Charlie, a croquembouche with almond flour so I can have some. He's practised nine times.
== 2025-10-08
u24 Mr Osei wants to retire and has offered me the firm. Forty-two thousand, and the van.
a What does your stomach say?
u25 It says level. And then it's sick in the van.
a26 Ask him for three years of accounts, and to stay on one day a week for the first year.
== 2025-11-05
u27 New HbA1c: 45. The nurse high-fived me and took the second tablet off, just the morning one now.
a Wonderful, that is under the line.
u28 I've sold the orange bike to Dad, of all people, who now delivers pasties, and I have a grey electric one.
== 2025-12-10
u29 I signed. It's Osei and Sam from January, he kept his name first and one day a week.
a Level at last.
u30 The wedding's moved to the third of January, the registry flooded. I baked rye for the guests, a seeded loaf, and oat rolls for Nina's mum.
`,
  asked: `
s 2 What was the single word of praise from my boss?
s 4 What did Nina say about her ring, and how long did I work on it?
s 5 How should we tell the parents about the engagement, did you say?
s 7 What did I carry on the bicycle?
s 9 Which bread is bad for my sugar, and what medicine did I get first?
s 10 What did you recommend after meals?
s 12 How did my father win us an additional order?
s 16 Which food at work is hardest to resist?
s 18 Who fell into the water on the river trip?
s 19 What was your advice about the rest of the debt?
s 23 What kind of wedding cake do we get, and who makes it?
s 26 What did you tell me to request before buying the firm?
m 11,28 What did Dad do for a living before, and what does he do now?
m 14,17 How much had Alex borrowed from me and how much came back?
m 21,20 Which part of the race did I win, and what does Charlie work as?
d 3 In which month did Nina and I get engaged?
n 27 What is my long-term blood sugar now, and how many tablets are left?
n 30 When is the wedding?
l 9,30 Which breads do I bake?
l 6,28 Which bikes have I owned?
`,
};
