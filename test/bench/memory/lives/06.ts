import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Walter",
  persona: "Iris",
  people: ["Peggy", "Dr. Lindqvist", "Norm", "Susan", "the Hendersons", "Chip"],
  places: ["the lake house", "the barber shop", "the VFW hall", "Duluth", "Susan's driveway"],
  doing: [
    "sorting slides",
    "tying flies",
    "shovelling snow",
    "feeding the chickadees",
    "doing the crossword",
  ],
  things: ["the furnace", "the hearing aid", "the snow blower", "the old Buick", "the mailbox"],
  said: `
== 2024-11-10
u1 Peggy and I have been married fifty-one years, and this fall she began to lose words. Last week it was spoon.
a That must be frightening for you both, Walter. Has a doctor seen her?
u2 We see Dr. Lindqvist in Duluth on the third of December for the memory test.
== 2024-12-08
u3 It's early Alzheimer's. Peggy asked if she could keep the diagnosis and leave the disease there.
a She has her wit. How are you holding up?
u4 I sat in the Buick in the parking ramp for an hour and then bought her a red coat.
a5 Put labels with pictures on the kitchen drawers now, while she can choose the pictures herself.
== 2025-01-05
u6 I was a surveyor for the county for thirty-eight years. I walked every section line north of Two Harbors.
a You must know the ground better than the maps do.
u7 There's a brass marker on Carlton Peak with my initials under the plate, which is strictly forbidden.
== 2025-02-02
u8 My son Chip wants us to sell the lake house, and we shouted at each other on the phone.
a What does he fear?
u9 That I'll slip on the dock and lie there. He's not wrong, I went down on the ice in January and cracked a rib.
== 2025-03-02
u10 I've been scanning the slides, eleven hundred of them. Found our wedding picnic, in the rain, under a hay wagon.
a Show them to Peggy without asking who is who.
a11 Play the records of that year with them, the Everly Brothers first, music stays longest.
u We'll try it on Sunday after lunch.
== 2025-03-30
u12 She sang all of Bye Bye Love, every word, and then asked me who the handsome fellow with the hay in his hair was.
a And what did you answer?
u13 A man who got lucky in Bemidji.
== 2025-04-27
u14 Norm from the VFW taught me to make a walleye chowder, with wild rice and a splash of sherry.
a Is Norm a cook by trade?
u15 He was a submarine cook out of Groton, he can feed a hundred men in a hallway.
== 2025-05-25
u16 My daughter Susan is moving back from Denver in June, with both girls, to help us with her mother.
a What a gift. Where will they live?
u17 Four blocks away, the yellow house on Quince Street that used to be the dentist's.
== 2025-06-22
u18 I've got a new hearing aid and heard the loons for the first time in years. I stood there like a fool.
a Which sound surprised you most?
u19 My own knees on the stairs.
== 2025-07-20
u20 I taught my granddaughter Ellie to cast, and she hooked a northern of eleven pounds and my hat in one day.
a Which weighed more on you?
u21 The hat had my best fly in it, the Mickey Finn.
== 2025-08-17
u22 Peggy walked off on Tuesday and was found at the old school, waiting to teach her third graders.
a Thank God she was found. Who noticed?
u23 The crossing guard, a boy named Luis. I gave him my surveyor's compass.
a24 Order a door chime and a bracelet with your number, and tell the neighbours plainly, most want to be asked.
== 2025-09-14
u25 We sold the lake house after all, to a young couple who'll keep the loons company. I handed over the keys on the sixth.
a How did it feel to let go?
u26 I kept the dock bell. Chip hung it by the back door, and we've not shouted since.
== 2025-10-12
u27 Dr. Lindqvist retired. Peggy's new doctor is a Dr. Amina Farah, who sits down when she talks.
a Sitting down is half of medicine.
u28 I also learned to bake, Iris. Peggy's rhubarb pie from her own card, where it says pinch of I forget.
== 2025-11-16
u29 She goes to the day club at St. Scholastica on Mondays and Thursdays now, and paints birds there.
a What do you do with those hours?
u30 I cooked pasties for the Hendersons, met Norm, and slept. Mostly I slept.
a31 Keep one of those two days for nothing useful at all, you need the rest more than the errands.
`,
  asked: `
s 1 Which everyday word was the first I noticed my wife missing?
s 4 What did I buy for Peggy after the diagnosis?
s 5 What was your advice about the kitchen?
s 6 What did I do for a living before I retired?
s 7 Where did I secretly leave my initials?
s 9 What injury did I have from falling in winter?
s 11 Which music did you suggest to go with the old pictures?
s 15 Where did Norm learn to cook?
s 17 In which street is my daughter's home, and what colour is it?
s 20 How heavy was the fish that my grandchild caught?
s 24 What did you recommend so that Peggy doesn't get lost again?
s 31 What should I do with the free days, in your view?
m 22,23 Where had Peggy wandered to, and who spotted her?
m 8,26 What was my fight with my son about and what brought peace?
m 10,13 What did the wedding photograph show and what did I tell her about the man in it?
d 2 On which day was the memory examination?
n 25 Do we still own the cabin by the water?
n 27 Who is treating my wife now?
l 14,28,30 Which things have I learned or managed to cook and bake?
l 3,12,29 What moments of Peggy still being herself did I share, her jokes, songs and paintings?
`,
};
