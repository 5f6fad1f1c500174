import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Ruth",
  persona: "Benedict",
  people: ["Harold", "Father Quigley", "Celia", "Mrs Adeyemi", "Toby", "the archdeacon"],
  places: ["the vestry", "St Anne's", "Celia's conservatory", "the village hall", "the charity shop"],
  doing: [
    "arranging lilies",
    "practising the organ",
    "sorting donations",
    "typing the parish letter",
    "walking the dog",
  ],
  things: ["the organ bellows", "the hall keys", "the tea urn", "the noticeboard", "the hedge"],
  said: `
== 2025-02-16
u1 I've been organist at St Anne's for twenty-nine years, since the previous one fell off the bench during Lent.
a A dramatic succession. Is the bench safe?
u2 I've a seat belt, made by my late husband from an old Rover.
== 2025-03-09
u3 The diocese wants to replace me with a machine, a digital hymn player with a remote control.
a How did you learn of it?
u4 From the parish council minutes, item nine, between the boiler and the jumble sale.
a5 Invite the council to an evening where the congregation chooses hymns on the spot, a machine cannot follow that.
== 2025-03-30
u6 My hip has to be replaced, the left one. The surgeon is twelve years old by the look of him, Mr Okonkwo-Bell.
a When does he want to do it?
u7 On the sixteenth of June at the Nuffield. I'm to stop the sherry two weeks before.
== 2025-04-20
u8 Harold from the allotments has proposed we go to the Lake District as friends. He has bought two identical cagoules.
a As friends, in matching colours?
u9 Mustard. I said I'd think about it and then ate a whole simnel cake.
== 2025-05-11
u10 The hymn evening! A hundred and forty came, they called out thirty-one hymns, and a child wanted Yellow Submarine on the great organ.
a Did you oblige?
u11 With all the stops out. The archdeacon tapped his foot and denied it.
== 2025-06-01
u12 My sister Celia hasn't forgiven me for selling Mother's piano. It was a Bechstein with moth in it.
a What did the piano mean to her?
u13 She learned on it the year she had polio and couldn't go outside.
a14 Give her the music stool and one key mounted on wood, and say you did not know.
== 2025-06-29
u15 New hip is in. I set off the alarm in the library and it felt like fame.
a How is the walking?
u16 With two sticks, and Mrs Adeyemi from next door brings jollof rice and moves my furniture without asking.
== 2025-07-20
u17 Celia took the stool, and then she played me a Schumann piece on her knees with just her fingers, silently.
a What a reconciliation.
u18 We're going to look at a small upright together in Ludlow.
== 2025-08-10
u19 Toby, my great-nephew, fourteen, comes on Saturdays for organ lessons. He plays in socks with planets on them.
a Is he talented?
u20 He is lazy and gifted, which is the best kind. Bach first, then his film music.
a21 Let him play one hymn at a real service before Advent, so that he hears a room sing back.
== 2025-08-31
u22 The council voted: the machine is off the table, eleven to two. I may stay until I fall off the bench.
a A fine majority.
u23 The two against were the treasurer and his wife.
== 2025-09-28
u24 Harold and I did go to Windermere. It rained sideways and he recited Wordsworth into it, and I held his thermos.
a And the cagoules?
u25 I wore the mustard. He asked if we could do the Hebrides in May and I said yes before the end of the sentence.
== 2025-10-26
u26 I've decided to stop at Easter after all. My own decision, not the council's. Toby will take the early service.
a That is a different kind of ending. How does it feel?
u27 Like putting down a tray that I had stopped noticing.
== 2025-11-23
u28 Harold has sold the caravan and bought a tandem. At seventy-six! We rode to Much Wenlock and back on Tuesday.
a The hip permits it?
u29 The hip adores it. I threw one stick away and keep the other for pointing.
== 2025-12-21
u30 Not the Hebrides now, Harold's heart doctor says no islands, so it's Vienna by train on the eighth of May, with a box at the opera.
a Waltzes rather than waves.
u31 We also did a weekend in Whitby in November, with kippers and fog.
`,
  asked: `
s 2 What keeps me from falling off at the organ, and who made it?
s 4 How did I find out about the plan to replace me?
s 5 What did you recommend against the digital player?
s 6 Who operated on my joint, and which side was it?
s 8 What did Harold buy for the two of us?
s 10 What was the oddest request at the music night?
s 13 Why did the old instrument matter so much to Celia?
s 14 How did you suggest I make peace with my sister?
s 16 Who from the neighbourhood fed me while I recovered?
s 19 What does my pupil wear on his feet?
s 21 What did you advise for the boy's training?
s 23 Who voted against me?
m 12,17 What had I sold that hurt Celia, and how did she show that we were good again?
m 9,24 What colour is the rain jacket, and whose poems did I hear in the storm?
m 11,22 How did the archdeacon behave, and what was the result of the vote?
d 7 On what date was my operation?
n 26 How long will I remain the organist?
n 30 Where do Harold and I travel in spring?
l 24,28,31 Where have Harold and I been together so far?
l 10,20 Which music have I played or taught on the organ?
`,
};
