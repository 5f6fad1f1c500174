import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Freya",
  persona: "Silas",
  people: ["Anders", "Nan", "Corporal Hughes", "Lexie", "Old Tam", "the physio"],
  places: ["the barracks", "Inverness", "the bothy", "Lexie's salon", "the climbing wall"],
  doing: ["packing kit", "route setting", "writing postcards", "splitting logs", "doing physio bands"],
  things: ["the rucksack", "the land rover", "the storm lamp", "the ice axe", "the phone signal"],
  said: `
== 2025-04-05
u1 I left the army in March, after eleven years as a combat medic. My flat has one chair and it faces the door.
a You notice that it faces the door.
u2 Everyone notices but me. I sleep with the radio on, shipping forecast, volume four.
a3 Put a second chair in the room, facing the window, and sit in it for one cup of tea a day.
== 2025-04-26
u4 I joined the mountain rescue at Glenmore as a trainee. First callout: a German with a broken ankle and a ukulele.
a Did he play?
u5 The whole way down. He only knew Wonderwall.
== 2025-05-17
u6 Nan's moving into sheltered housing in Nairn, and I get her croft at Abriachan, with eleven hens and no insulation.
a Do the hens have names?
u7 They're named after prime ministers. Thatcher pecks.
== 2025-06-07
u8 Nightmares, three this week, always the school in Nad-e Ali. I don't want to say more.
a You need not. Has anybody professional heard of it?
u9 I've put my name down with Combat Stress, wait is five months.
a10 Keep a torch and an ice cube by the bed, name five things in the room aloud, and ring Hughes before you pour a drink.
== 2025-06-28
u11 Hughes came up with his van. He was my driver in Helmand, and now he repairs church clocks in Dundee.
a A driver who mends time.
u12 He stayed a week, fixed the roof, and neither of us mentioned why he'd come.
== 2025-07-19
u13 I climbed the Old Man of Hoy with Lexie! Two hundred days of wanting. A fulmar vomited on my helmet at the second pitch.
a A baptism. What did you feel on the top?
u14 Nothing, then everything, then hungry.
== 2025-08-09
u15 Lexie and I have kissed. In the salon, between the dryers. I'm thirty-four and shaking like a recruit.
a What did she say?
u16 That she'd been cutting my fringe crooked for months so that I'd come back.
== 2025-08-30
u17 Rescue went wrong, a boy of nineteen on Aonach Mor. We were twenty minutes late. I held his mother.
a Freya. Nobody should carry that alone tonight.
u18 Anders, the team leader, sat with me in the Land Rover till it got light.
a19 Speak at the debrief on Monday, in the first ten minutes, before you have a reason not to.
== 2025-09-20
u20 I spoke. Half of them cried, including Old Tam who's been doing it since 1981.
a That changed the room for others.
u21 He gave me his first whistle, dented by a fall on the Ben.
== 2025-10-11
u22 The therapist's name is Dr. Moyra Baird. EMDR, Thursdays at eleven, in Inverness. It's started sooner than they'd said.
a How was the first hour?
u23 Like having a splinter looked at by somebody with good glasses.
== 2025-11-08
u24 I tore my rotator cuff on the ice wall, so no callouts till February. I'm learning radio control instead.
a Your voice will be somebody's rope.
u25 Tam says I sound like the forecast, so I've become what I sleep to.
== 2025-11-29
u26 Full member since the twenty-second of November, with the red jacket. Lexie sewed my name in crooked.
a Crooked on purpose, I assume.
u27 And I passed the paramedic entry test for Stirling, the course begins in August.
== 2025-12-27
u28 Therapy has moved to Tuesdays at two, because Dr. Baird got a second clinic in Elgin.
a Is it helping still?
u29 Five nights without the school. I turned the radio off on Christmas Eve.
u30 Climbed this year: Hoy, Tower Ridge in September with Anders, and the Cioch on Skye. Next the Cuillin in one go.
u31 Lexie moves to the croft in spring. Thatcher will have to share.
`,
  asked: `
s 2 To which broadcast did I fall asleep, and how loud?
s 3 What did you propose about the furniture in my flat?
s 4 Whom did we bring down on my first mission?
s 7 After whom are my chickens named?
s 10 What was your advice for the nights with bad dreams?
s 11 What is my old driver's trade today?
s 13 What happened to my helmet on the sea stack?
s 16 Why had Lexie cut my hair badly?
s 18 Who stayed with me after the death on the mountain?
s 19 What did you say I should do at the debriefing?
s 21 What gift did I get from the oldest team member?
s 24 What injury keeps me from going out on missions?
m 6,31 From whom did I get my house, and who will live there with me?
m 8,29 Where do my nightmares take place, and how are my nights at Christmas?
m 22,23 Who treats my trauma, and what did the first appointment feel like?
d 26 When did I become a full member of the rescue team?
n 28 On which weekday and at what time is my therapy?
n 27 What have I been accepted to study?
l 13,30 Which climbs did I manage this year?
l 5,25 What did I hear or compare in sounds: the tune on my first callout, and my own voice?
`,
};
