import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Aleks",
  persona: "Roan",
  people: ["Dariusz", "Mei", "Kofi", "the dispatcher", "Bogna", "Stan"],
  places: ["the depot", "Rotterdam", "the truck stop", "Mei's nail bar", "the boxing gym"],
  doing: [
    "loading pallets",
    "skipping rope",
    "listening to audiobooks",
    "cooking in the cab",
    "filling in logbooks",
  ],
  things: [
    "the tachograph",
    "the trailer lights",
    "the fridge in the cab",
    "the parking disc",
    "the sat nav",
  ],
  said: `
== 2025-03-10
u1 I drive a refrigerated lorry, tulips and fish mostly, Rotterdam to Gdansk and back. My truck is called Zofia.
a Who was Zofia?
u2 My great-aunt, she hid forged papers in beehives during the war and was never stung.
== 2025-03-31
u3 Back to the box after nine years. Kofi runs the gym, an old welterweight from Kumasi with a glass eye.
a What brought you back?
u4 I weighed 108 kilos on the freight scale between two pallets of cod.
a5 Three short sessions a week, never hungry after a night drive, and swap the petrol station sausages for boiled eggs.
== 2025-04-21
u6 My ex, Bogna, wants to take our son Stan to Norway. He's seven and he calls me every evening at a quarter past seven.
a What do you want, Aleks?
u7 That he keeps calling. The court hearing is on the nineteenth of May in Poznan.
== 2025-05-12
u8 A brick came through the windscreen near Venlo. Nineteen stitches over the eyebrow.
a My God. Do they know who threw it?
u9 Two boys of thirteen, bored. One mother wrote me a letter with a drawing.
== 2025-05-26
u10 The judge said shared custody: school holidays with me, and Norway with her.
a It could have been worse, it could have been better.
a11 Send him an audio story each night, ten minutes, a truck that travels, and let him decide where it drives next.
== 2025-06-16
u12 We're at episode twelve, Zofia the truck is in Mongolia now and has fallen in love with a snowplough.
a That is a good place for a plot.
u13 Stan wants her to meet a whale.
== 2025-07-07
u14 I met a woman at the laundry in Hoek van Holland. Mei, she has a nail bar, and she laughed at my socks.
a What was wrong with the socks?
u15 One was Christmas. She's from Chengdu and eats chillies like apples.
== 2025-07-28
u16 Doctor on the medical: blood pressure 162 over 98. If it's not better in October I lose my licence.
a That is a clear deadline.
u17 I told Kofi, and he put me on the bicycle and took away my salt.
a18 Buy a cuff for the cab, measure at the same hour daily, and show the doctor the list rather than one number.
== 2025-08-18
u19 Stan was here for three weeks. We slept in the cab by the dunes and he learned to swim in the Oosterschelde.
a What did he say of Mei?
u20 That she cuts mangoes like hedgehogs, his highest praise.
== 2025-09-08
u21 My friend Dariusz lied about his driving hours, and the company asked me what I'd seen. I said the truth and he lost the job.
a A hard truth between friends.
u22 He spat on Zofia's door. Eleven years I shared cigarettes with that man.
== 2025-09-29
u23 Weight is 96, pressure 134 over 84. The doctor raised one eyebrow and stamped.
a That is twelve kilos gone. How will you celebrate?
u24 With Mei's hotpot and a single beer.
== 2025-10-20
u25 I fought! Veterans' night in Dordrecht, three rounds, I lost on points to a postman.
a Did you stay on your feet?
u26 All three rounds. Kofi said my jab has grown up.
== 2025-11-10
u27 I give up the long hauls. From January I teach new drivers at the academy in Venlo, home at five.
a Who chose that, your head or your heart?
u28 Stan. He asked who would tell Zofia's story if I fell asleep.
== 2025-12-08
u29 The audiobooks of the road this year: Moby Dick, the Good Soldier Schweik and Solaris, that's what I fell in love with.
a Whales after all. What is next?
a30 Take Kalevala read aloud, in winter, in the dark, one song a drive.
u31 Dariusz phoned. He is sober since October, drives a school bus, and asked if we could fish.
u32 Weight at Christmas is 93, and Mei and I move in together in Schiedam on the fourth of January.
`,
  asked: `
s 2 After whom did I name my truck, and what did she do in the war?
s 4 How much did I weigh when I started boxing again?
s 5 What did you advise me about training and food on the road?
s 8 How did I get the scar over my eye?
s 9 Who was responsible for the attack near Venlo?
s 11 What was your idea so that my boy and I stay close?
s 13 Whom should the lorry in the story meet, according to Stan?
s 14 Where did I get to know my girlfriend, and what does she do?
s 18 What did you tell me to do about measuring my blood pressure?
s 20 How does Mei cut fruit?
s 25 To whom did I lose in the ring?
s 30 Which book did you recommend for winter?
m 6,10 Where did my ex want to take Stan, and what did the court decide?
m 21,31 Why did Dariusz lose his post, and what does he do these days?
m 3,26 Who is my trainer, where is he from, and what did he say after the fight?
d 7 When was the custody hearing?
d 32 When do Mei and I start living together?
n 23 What is my blood pressure now?
n 27 What will my work be next year?
l 29 Which audiobooks did I listen to?
`,
};
