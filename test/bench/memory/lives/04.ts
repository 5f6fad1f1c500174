import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Gus",
  persona: "Captain Wren",
  people: ["Hilde", "Pavel", "old Morrow", "Ines", "Dougie", "the harbour master"],
  places: ["the boatyard", "Oban", "the chandlery", "Kerrera", "Hilde's bakery"],
  doing: [
    "sanding the hull",
    "tuning the squeezebox",
    "mending nets",
    "frying mackerel",
    "checking the bilge",
  ],
  things: ["the tide table", "the varnish", "the stove", "the anchor chain", "the dinghy"],
  said: `
== 2025-03-01
u1 I bought a boat at auction, a 1962 gaff cutter called Persephone, for less than a used van.
a Every bargain boat has its secret. Have you tapped the planks?
u2 Tapped them, aye. Three go thud below the waterline on the port side.
a3 Replace those with larch, not oak, and bed them in red lead putty before the summer damp.
== 2025-03-22
u4 Thirty years I drove the Glasgow night bus, and the pension landed today for the first time.
a What was the last route?
u5 The N6 to Drumchapel, and a lad gave me a haggis supper as a farewell.
== 2025-04-12
u6 The sawbones at Lorn hospital found an irregular heartbeat. No more double espressos, he says.
a Will you obey him?
u7 I'll keep the whisky and drop the coffee. Bisoprolol every morning with porridge.
== 2025-05-03
u8 A young Czech, Pavel, turned up to help for food. He was a carpenter on church roofs in Brno.
a Roof beams and frames are cousins.
u9 He sleeps in the sail loft, and plays chess against himself, and loses.
== 2025-05-24
u10 Old Morrow says I poached his mooring. He cut my stern line on Tuesday night, I'd swear to it.
a Swear only to what you saw.
a11 Ask the harbour master to walk both of you to the chart and mark the buoys by number, in writing.
u Fine. I'll go and see him with cake.
== 2025-06-14
u12 Mooring settled: I have number forty-one, Morrow keeps thirty-eight, and we shook hands like bears.
a And whose cake was it?
u13 Hilde's. Cardamom and pear. I think I went to her shop more than the boat needed.
== 2025-07-05
u14 My daughter Ines rang after two years. She's a stage electrician in Lisbon and expecting a child in December.
a Two years of silence, Gus. What had parted you?
u15 I missed her mother's funeral because of a shift I could've swapped. I have no excuse for it.
a16 Tell her that in exactly those words, without a because behind it.
== 2025-07-26
u17 Larch planks are in, and the mast has a new step of greenheart.
a Then she can float.
u18 Launch is on the ninth of August, high water at ten to six in the evening.
== 2025-08-16
u19 She floats! Took in two buckets an hour for a day, then swelled tight as a drum.
a And the first sail?
u20 To Kerrera and back, with Dougie sick over the lee rail and Pavel singing hymns.
== 2025-09-06
u21 Pavel is leaving for a cathedral job in Trondheim. He left me his block plane and a bishop from the chess set.
a Odd gifts are the ones kept.
u22 I've advertised the berth, and a retired midwife called Morag wants it.
== 2025-09-27
u23 I sailed to Tobermory alone, nine hours, force five at the end by Ardmore Point.
a How was the heart?
u24 Quiet as a mouse. But I tore my shoulder on the main halyard and can't lift a kettle.
a25 Rig a two-to-one purchase on that halyard, and keep the arm in a sling a fortnight.
== 2025-10-18
u26 Hilde asked me to play at her bakery's anniversary, and I did my three tunes: Mairi's Wedding, the Dark Island and a tango.
a A tango on a squeezebox! Did she dance?
u27 She danced with me watching, then I put the box down and danced too.
== 2025-11-15
u28 They changed my tablets. It's apixaban now as well as the old ones, since the clinic found a wee clot risk.
a Mind the knives in the galley, then.
u29 Sailed as far as Loch Aline before laying her up, Hilde's first trip, she steered with flour on her sleeves.
== 2025-12-20
u30 The baby came on the twelfth, a boy, and they've called him Augusto. I had to sit down on a bollard.
a Named for you. Will you go?
u31 Lisbon for New Year, and Hilde is coming with me. She has shut the shop for the first time in eleven years.
u32 She also asked me to move into the rooms above the bakery for good, and I've said yes, so the loft stands empty.
`,
  asked: `
s 1 What is my ship called, and how old is she?
s 2 Which planks were rotten?
s 3 What kind of wood did you recommend for the repair?
s 5 What was my final route as a driver, and what present did I get?
s 8 What was the young Czech's trade before he came to the yard?
s 11 How did you say I should settle the quarrel over the buoy?
s 12 What is the number of my mooring?
s 13 What flavour was the cake I brought to the harbour master?
s 15 Why had my daughter stopped talking to me?
s 16 What did you advise me to say to her?
s 22 Who would like the berth now that the carpenter goes?
s 25 What did you suggest after I injured my shoulder?
m 14,30 What does Ines do for a living, and what is my grandson's name?
m 9,21 Where did Pavel sleep while he was here, and what did he leave me?
m 17,19 What was built in before the launch, and how much water came in after it?
d 18 When exactly did we put her in the water?
n 28 Which medicine do I take for my heart at present?
n 32 Where am I living now?
l 20,23,29 Which sailing trips have I made?
l 26 Which tunes do I play on the squeezebox?
`,
};
