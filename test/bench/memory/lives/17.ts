import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Sanjay",
  persona: "Edda",
  people: ["Meera", "Uncle Vikram", "Carlos", "Nisha", "the caterer", "Papa"],
  places: ["the restaurant", "Jackson Heights", "the wholesale market", "the roof", "the temple"],
  doing: [
    "grinding spices",
    "counting the till",
    "flying kites",
    "interviewing cooks",
    "repainting the sign",
  ],
  things: ["the tandoor", "the dishwasher", "the walk-in fridge", "the delivery app", "the espresso machine"],
  said: `
== 2025-01-25
u1 I quit the insurance office and bought a closed-down diner in Jackson Heights. I'm going to serve Konkani food.
a What does Meera say?
u2 She made me sign a paper: eighteen months, and if it loses money I go back to actuarial tables.
== 2025-02-15
u3 The fire inspector failed us. The hood is four inches too short and the exit sign says XIT.
a Four inches and a letter.
a4 Ask for a conditional permit in writing and fix the hood before the letter, one is physics and one is spelling.
== 2025-03-08
u5 Hired a line cook, Carlos from Puebla, who can slice an onion while crying about football.
a Does he know Konkani food?
u6 He tasted the sol kadhi, kissed the ladle, and asked what was wrong with the rest of us.
== 2025-03-29
u7 We opened! The first guest was a mail carrier named Denise who ordered everything beginning with K.
a What sold best?
u8 Kori rotti, twenty-six plates. And I burned my forearm on the tandoor, second degree.
== 2025-04-19
u9 Papa won't come. He says a Kamath doesn't serve strangers for money, we were priests.
a How long have you two not spoken?
u10 Since Diwali. He sent back my sweets unopened.
a11 Do not send food. Send him a question about his mother's recipe that only he can answer.
== 2025-05-10
u12 My daughter Nisha has been suspended for three days. She let the frogs out of the biology lab.
a On principle?
u13 On principle, with a speech. She's fifteen and wants to be a lawyer for amphibians.
== 2025-05-31
u14 Papa answered! Four pages, by hand, on how Aaji roasted the coriander, and a postscript that my pronunciation is a disgrace.
a Four pages is a door.
u15 I've framed page two above the pass.
== 2025-06-21
u16 A critic came, from the Tribune, we only knew it from the shoes. She wrote that our fish curry tastes like a long letter home.
a That is a sentence to frame too.
u17 The queue was around the block on Saturday and the dishwasher exploded.
== 2025-07-19
u18 I've got gout! Me, at forty-six. The big toe, like a burning coal.
a The old disease of kings and cooks.
u19 Allopurinol, and no shellfish and no beer. I own a seafood restaurant, Edda.
a20 Taste and spit, as wine people do, and train Carlos's palate to be your second tongue.
== 2025-08-16
u21 Uncle Vikram lent me forty thousand for the second dining room, at four percent and with weekly opinions.
a The opinions are the real interest.
u22 He wants white tablecloths. I want kites on the ceiling, the ones we fly on the roof.
== 2025-09-13
u23 Kites won. Forty-four on the ceiling, each signed by a guest.
a And the uncle?
u24 He signed the largest.
== 2025-10-11
u25 Nisha's frogs case won the school debating cup, October third, and they changed the dissection rule to models.
a Her first verdict.
u26 I cooked crab-free crab curry for her team, with jackfruit.
== 2025-11-01
u27 Papa came on Diwali, in his good shawl, ate for two hours and corrected the menu with a pencil.
a What did he cross out?
u28 Authentic. He said one shouldn't use that word about one's own mother.
== 2025-11-29
u29 The figures for the year: eleven thousand in the black. Meera tore up the paper and used it to light the tandoor.
a A worthy fire.
u30 Carlos is a partner now, fifteen percent, and has put mole on the Sunday menu.
== 2025-12-20
u31 Vikram's loan has come down to thirteen thousand already, the kites pay.
a And your toe?
u32 They raised the allopurinol to 300 milligrams, and no attack since October.
u33 We plan a food truck for summer, dosas only, and Nisha wants it named the Leapfrog.
`,
  asked: `
s 2 What agreement did my wife make me sign?
s 3 Why did we not pass the fire inspection?
s 4 Which of the two defects did you say to repair first?
s 5 From which city comes my cook?
s 7 Who was the very first customer, and what did she order?
s 8 Where was I burned, and which dish was the best seller at the opening?
s 9 What is my father's objection to the restaurant?
s 11 How did you advise me to approach my father?
s 12 Why was my daughter sent home from school?
s 16 What did the newspaper write about the curry?
s 20 How could I still taste dishes despite the gout, in your opinion?
s 28 Which word did Papa strike from the menu?
m 10,14 What did my father do with the sweets, and what came from him months later?
m 22,24 What did my uncle want instead of the kites, and what did he do in the end?
m 13,25 What does Nisha want to become, and which prize did she win?
d 25 When did my daughter win the debating cup?
d 27 On which festival did Papa finally visit us?
n 31 How much do I still owe my uncle?
n 32 What dose of medicine do I take now?
l 6,8,26,30 Which dishes and drinks of the restaurant did I tell you about?
`,
};
