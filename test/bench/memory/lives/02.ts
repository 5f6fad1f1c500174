import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Marcus",
  persona: "Sol",
  people: ["Tanya", "Coach Reyes", "Grandpa Lou", "Jerome", "Ms Whitfield", "Kiki"],
  places: ["the garage", "Lincoln High", "the food bank", "Tanya's place", "the driving range"],
  doing: ["grading essays", "fixing the truck", "coaching sprints", "walking Biscuit", "smoking brisket"],
  things: ["the truck", "the copier", "the bleachers", "the lawn mower", "the staff meeting"],
  said: `
== 2025-02-03
u1 I teach tenth grade history at Lincoln High in Tulsa, and this year they gave me civics too, without a raise.
a Two subjects for one salary. How many classes is that?
u2 Six a day. Thirty-four kids in the last one, and the radiator sounds like a tuba.
== 2025-02-22
u3 Biscuit ate an entire stick of butter and a sock. The vet, Dr. Oyelaran, kept him overnight and charged me 410 dollars.
a Poor beagle, poor wallet.
a4 Get a dog box with a lid for the laundry, and feed him from a slow bowl.
u Ordered both just now.
== 2025-03-15
u5 My daughter Kiki got into the youth orchestra, second chair, viola!
a Viola is the soul of the section. Who taught her?
u6 A retired bus driver named Mr. Abernathy, he charges in pecan pies.
== 2025-04-06
u7 Cholesterol came back at 262 and my doctor wants me on statins.
a How do you feel about starting them?
u8 I hate pills, so we agreed on three months of oats and running first.
== 2025-04-27
u9 Grandpa Lou turned ninety-one and told us he once boxed a kangaroo at a carnival in Joplin.
a Did you believe him?
u10 He has a photograph, Sol. The kangaroo is winning.
== 2025-05-18
u11 I'm restoring a 1978 Ford F-150, two-tone, cream and rust brown. Found the original tailgate in a barn in Bixby.
a What is the hardest part left?
u12 The carburetor. I've rebuilt it twice and it still floods on cold mornings.
a13 Check the float level before anything else, and swap the needle valve for a viton-tipped one.
== 2025-06-08
u14 Jerome and I aren't talking. He told the whole barbecue that my marriage failed because I grade papers at dinner.
a That was cruel, whatever truth he thinks is in it.
u15 We've been friends since Little League and I don't know how to start again.
== 2025-06-29
u16 Ran my first 10K in Broken Arrow, sixty-one minutes and eight seconds, right behind a man dressed as a hot dog.
a A fine pacer. What comes next?
u17 The Route 66 half marathon on November 23, signed up before I could think.
== 2025-07-20
u18 The float level it was! Truck starts first time now. Owe you a beer.
a I'll take it as read.
u19 New paint job booked with Delgado Brothers, and Kiki picked the color: midnight blue.
== 2025-08-10
u20 I'm seeing someone. Her name is Tanya, she runs the food bank on Admiral and laughs like a door hinge.
a A door hinge! You sound happy.
u21 We made gumbo on our second date and she corrected my roux, rightly.
a22 Bring her to the Woody Guthrie Center on a quiet weekday, you would both like the letters there.
== 2025-08-31
u23 Blood test again: 198. No statins, says the doctor, keep running.
a That is a wonderful drop.
u24 My knees disagree. The left one clicks like a turnstile when I go downstairs.
== 2025-09-21
u25 They made me head of the social studies department after Ms Whitfield retired. Four classes now, plus budgets.
a Congratulations. What will you change first?
u26 The textbooks. Ours end with the first Bush and call the internet promising.
== 2025-10-19
u27 Jerome showed up with a rack of ribs and said sorry in front of the same people.
a Publicly hurt, publicly mended.
u28 I cooked for all of them: burnt ends, collard greens, and my aunt's vinegar slaw.
== 2025-11-30
u29 Half marathon done in two hours twelve! Tanya held a sign that said Your Civics Class Is Watching.
a30 Take ten days off from running and let the knee be looked at by a sports physio, not a forum.
u31 Kiki has moved up to first chair, so there is no living with her.
u32 I made sweet potato pie for the orchestra and a crawfish boil for the finish party. I'm broke and happy.
`,
  asked: `
s 3 How much was the bill when the dog swallowed those things, and who treated him?
s 4 What did you recommend so that Biscuit stops swallowing laundry?
s 6 Who taught Kiki the instrument and how is he paid?
s 9 What strange fight did Grandpa claim to have had?
s 11 Which year and model is the pickup I am restoring?
s 13 What did you tell me to check on the carburetor?
s 14 What did Jerome say that hurt me?
s 16 What was my time in the race at Broken Arrow?
s 20 Where does my girlfriend work?
s 22 To which museum did you say I should take her?
s 24 Which joint makes noises on the stairs?
s 26 What is wrong with our school's history books?
m 12,18 What trouble did the engine have, and what solved it?
m 14,27 Why did I fall out with my oldest friend and how did he make it good?
m 2,25 How many lessons did I have each day in winter, and how many after the promotion?
d 17 On what date is the half marathon in Tulsa that I entered?
n 23 What is my latest cholesterol value?
n 31 Which seat does my daughter have in the orchestra now?
l 21,28,32 What dishes did I cook this year?
l 16,29 Which races have I run, with my times?
`,
};
