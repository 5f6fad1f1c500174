import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Nora",
  persona: "Mara",
  people: ["Declan", "Aoife", "Sister Brid", "Mum", "Fintan", "Orla"],
  places: ["the ward", "Salthill", "the pottery shed", "the canal", "Aoife's kitchen"],
  doing: ["glazing bowls", "doing night shifts", "walking the prom", "cleaning the kiln", "ironing uniforms"],
  things: ["the clay", "the rota", "the bus home", "the kettle at work", "the shed door"],
  said: `
== 2025-01-08
u1 I started on the children's ward at University Hospital on Monday, after six years in geriatrics.
a That is a big change of pace. What surprised you most so far?
u2 The noise, honestly. And my supervisor, Sister Brid, who whistles Wagner while she checks charts.
a A whistling supervisor beats a shouting one.
== 2025-01-27
u3 Declan proposed, Mara! On the ferry to Inis Mór, seasick and green in the face, with his grandmother's opal ring.
a Oh Nora, congratulations. Seasick and still brave enough to ask, that says something.
u4 We want the wedding in September, in his parents' orchard near Athenry.
== 2025-02-16
u5 I can't eat shellfish any more, by the way. One prawn at Aoife's and my lips swelled like tyres.
a Please carry antihistamines and see an allergist soon.
a6 For the swelling anxiety before meals, try the box breathing we did, four counts in, four held, four out.
u I'll do that before the next dinner at hers.
== 2025-03-05
u7 I rented a second-hand kiln from a man called Fintan in Oranmore, forty euro a month, and it lives in our shed now.
a Your own kiln at last. What will you fire first?
u8 Eggcups. Dozens of ugly eggcups for the ward raffle.
== 2025-03-29
u9 Mum has been told she has glaucoma in the left eye. Drops twice a day and no driving after dark.
a I am sorry. Who takes her to choir on Thursdays now?
u10 My cousin Orla drives her, she passes through Tuam anyway.
== 2025-04-19
u Big row with Aoife last night and I slept terribly.
a What was it about?
u11 She lent my good camera to her boyfriend without asking and he dropped it in the Corrib.
a12 Write her one honest page by hand and wait two days before you send it.
== 2025-05-10
u13 Aoife paid for a new lens and cried on the phone, so we are sisters again.
a I am glad the letter did its work.
u14 Also I've taken up sea swimming with the Blackrock lot, every Sunday at seven, madness.
== 2025-06-02
u15 We had to move the wedding: the orchard is flooded, so it will be the old mill in Kinvara, on the eleventh of October.
a A mill has its own romance. How did Declan take it?
u16 He is relieved, his uncle's band can set up indoors there. They are called the Rusty Gates.
== 2025-06-28
u17 My glaze recipe finally works: wood ash, a spoon of copper carbonate, fired at 1240 degrees.
a That copper should give you a lovely green.
a18 If it crawls again, bisque a little hotter and wipe the pots with a damp sponge first.
== 2025-07-20
u19 I read The Salt Path in two evenings, on your word, and wept on the bus.
a I hoped it would find you. Something lighter next?
u20 Declan gave me a Discworld, the one with the witches, and I laughed so much at lunch that Brid came to look.
== 2025-08-15
u21 I'm leaving paediatrics already. From September I'm with the hospice day team, regular hours, no nights.
a You sounded tired of nights for months. Is it relief you feel?
u22 Relief, and guilt about little Sean in bed four, who asks for me by name.
== 2025-09-06
u23 Dress is done. Not white at all, it's a forest green velvet thing from a charity shop in Ennis, sixty euro.
a Green velvet in a mill in autumn. I can see it.
u24 My brother Cathal flies in from Toronto and will walk me in, since Dad is gone.
== 2025-10-19
u25 Married! It lashed rain, the generator died, and we danced to a single fiddle by candlelight till three.
a What a way to begin. Where does the honeymoon take you?
u26 A week in the Azores, whales and hot springs, we fly on the second of November.
a27 Pack reef-safe sunscreen and book the Furnas springs for the early morning, before the coaches.
== 2025-11-23
u28 Finished Middlemarch on the plane back, finally, after three false starts in my twenties.
a29 Then Piranesi next, it is short and strange and you will like the tides in it.
u30 Whales seen: four. Declan counted six but two were waves.
`,
  asked: `
s 2 What does my supervisor do while looking at the charts?
s 3 Where were we when Declan asked me to marry him?
s 5 Which food am I allergic to?
s 7 From whom did I get the kiln, and what does it cost me?
s 8 What did I make for the raffle at work?
s 9 What is wrong with Mum's eyes?
s 10 Who gives Mum a lift to choir?
s 12 What did you advise me to do after the quarrel with my sister?
s 16 What is the band called that plays at our wedding?
s 17 At what temperature do I fire the glaze, and what is in it?
s 18 What did you suggest against the glaze crawling?
s 23 What colour is my wedding dress and where did I find it?
m 11,13 How did the business with the camera begin and how did it end?
m 24,3,26 For my scrapbook: who gave me away, whose ring is it, and where did we go on honeymoon?
m 22,14 Which little patient asks for me, and who do I swim with?
d 1 When did I begin on the children's ward?
d 26 On what day did we fly to the islands?
n 15 Where and on which date is the wedding now?
n 21 In which department do I work these days?
l 19,20,28 Which books have I finished this year?
`,
};
