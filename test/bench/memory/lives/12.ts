import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Beatriz",
  persona: "Otto",
  people: ["Miguel", "Dona Célia", "Rui", "Sofia", "Helmut", "the plumber"],
  places: ["the language school", "Leipzig", "the hostel", "the swimming pool", "Sofia's balcony"],
  doing: [
    "learning dative endings",
    "scraping wallpaper",
    "baking for Sofia",
    "filling in forms",
    "queueing at the office",
  ],
  things: ["the wallpaper", "the residence permit", "the tram ticket", "the radiator", "the dictionary"],
  said: `
== 2025-01-20
u1 We left Porto for Leipzig because Miguel got a job building telescopes mirrors, and I came along with two suitcases and a cello.
a Two suitcases and a cello is a good beginning.
u2 The cello has its own seat in the plane and a boarding pass in the name of Mr Cello.
== 2025-02-10
u3 We bought a wreck of an apartment in Plagwitz, seventh of February, notary and everything, with no floor in the bathroom.
a Brave. Does the toilet have an address at least?
u4 It stands in the corridor like a throne, behind a shower curtain with flamingos.
a5 Do the electrics first, then plaster, then floors, and keep one room clean for sleeping whatever happens.
== 2025-03-03
u6 At home I was a bookbinder, sixteen years in a shop behind the cathedral. Here I'm a beginner in A2.
a Your hands still know, in every language.
u7 My teacher says my accent sounds like a sad ship.
== 2025-03-24
u8 I have migraines since the move, with zigzag lights in the left half.
a How often do they come?
u9 Twice a week. The neurologist, Frau Doktor Kern, gave me rizatriptan and a diary.
a10 Write down the weather and the hour of your first coffee too, and never skip breakfast.
== 2025-04-14
u11 Found behind the wallpaper: newspapers from 1953 and a love letter to a certain Gerda, signed with only an H.
a Did you read it?
u12 With the dictionary, the whole night. He waited for her at the swan pond and she didn't come.
== 2025-05-05
u13 Quarrel with Miguel about the kitchen tiles. He wants grey, I want azulejos from my aunt in Aveiro.
a Colour is seldom about colour.
u14 He said I'm turning the flat into a museum of homesickness, and that was true and mean.
a15 Suggest one wall for each of you, and let neither comment on the other's for a month.
== 2025-06-09
u16 The upstairs neighbour, Helmut, eighty-six, plays the accordion at six in the morning. He asked for a cello partner.
a Will you go up?
u17 I went up. We played Piazzolla badly and ate liver sausage.
== 2025-07-07
u18 Otto! Helmut is the H. He wrote the letter to Gerda when he was fourteen and lived in our flat.
a What did he say when he saw it?
u19 He asked if he could have it for one night, then brought it back ironed.
== 2025-08-04
u20 I passed B1 with 87 percent, and my teacher says the ship is less sad.
a The ship has found harbour. What is next?
u21 I'd like a workshop. There's a bindery of the university library that needs somebody for old atlases.
== 2025-09-01
u22 I'm pregnant. Eleven weeks. Miguel put his forehead on the grey tiles and laughed.
a Oh, Beatriz. How are you feeling?
u23 Nauseous and golden. Only toast and pickled herring go down. The date is the twentieth of March.
a24 Ask Dr. Kern about your tablets this week, before you take the next one.
== 2025-09-29
u25 Dr. Kern stopped the rizatriptan and gave me magnesium and a cold cap instead, and it goes.
a Good that you asked.
u26 My mother Dona Célia wants to come for the birth with her own pillow, pot and salted cod.
== 2025-10-27
u27 I got it! Three days a week at the library bindery, from the first of December.
a The atlases are lucky.
u28 First I must rebind a Mercator from 1606 with wormholes like lace.
== 2025-11-17
u29 The flat is finished: azulejos on one side, grey on the other, and a proper bathroom with a door.
a And the flamingos?
u30 They hang in the future nursery. Helmut has made a cradle out of his old cider press.
== 2025-12-15
u31 The doctor corrected the date to the ninth of March, and it's a girl, and Helmut cried when we said Gerda.
a Then the letter has arrived after all.
u32 We played the Swan by Saint-Saëns for Christmas, and a fado that I arranged for him.
`,
  asked: `
s 2 What name was on the instrument's boarding pass?
s 4 Where stood the toilet at the beginning, and what hid it?
s 5 In which order did you say we should renovate?
s 6 What was my profession in Portugal?
s 7 To what did my teacher compare my accent?
s 10 What else did you advise me to note in the headache diary?
s 11 What did we discover under the wallpaper?
s 15 What was your proposal in the argument about the kitchen?
s 17 Which composer did the neighbour and I try, and what did we eat?
s 20 With what result did I pass the German exam?
s 24 What did you tell me to ask the neurologist when I was expecting?
s 30 What did the old man build for the baby?
m 12,18 Where did the writer of the letter wait for Gerda, and who was he?
m 13,29 Which tiles did each of us want and how does it look now?
m 21,28 Where did I hope to work, and what is my first task there?
d 3 On what day did we buy the apartment?
n 25 What do I take against migraine now?
n 31 When is the baby due?
l 17,32 Which pieces have I played with Helmut?
l 23,26 What foods came up around my pregnancy?
`,
};
