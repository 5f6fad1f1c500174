import type { Life } from "../life.ts";

export const life: Life = {
  language: "en",
  user: "Hana",
  persona: "Pip",
  people: ["Owen", "Grandma Setsuko", "Dr. Ferris", "Milo", "Bronwen", "the estate agent"],
  places: ["the observatory", "Cardiff Bay", "the aquarium", "Bronwen's farm", "the second-hand shop"],
  doing: ["calibrating sensors", "knitting", "learning Welsh", "wild camping", "washing the puppy"],
  things: ["the tent", "the spare room", "the heating bill", "the puppy gate", "the telescope dome"],
  said: `
== 2025-02-24
u1 I'm a marine acoustician. I listen to porpoises in Cardigan Bay with eleven microphones on the seabed.
a What do porpoises talk about?
u2 Fish, mostly, and boats they dislike. One clicks like a typewriter, so she is called Remington.
== 2025-03-17
u3 Owen and I got a puppy, a Welsh springer named Dylan, who eats my yarn.
a After the poet, or the singer?
u4 After the singer, says Owen. After the poet, say I. We've a bet with the vet.
a5 Tire his nose rather than his legs, hide kibble in an egg carton, ten minutes twice a day.
== 2025-04-07
u6 Grandma Setsuko in Sapporo is ninety-four and has decided to give away one possession each week. I received her iron kettle.
a What will she do when nothing is left?
u7 Die, she says, or start collecting again.
== 2025-04-28
u8 Miscarriage, at nine weeks. I've told nobody at work.
a I am so very sorry, Hana. I am here as long as you want.
u9 We planted a rowan on Bronwen's farm for it.
a10 Do not go in on Monday. Ask Dr. Ferris for two weeks, and let Owen make the calls.
== 2025-05-26
u11 Back to sea. Microphone six came up with an octopus inside, furious.
a A tenant with rights.
u12 My student Milo carried it back in his hat and apologised to it in Italian.
== 2025-06-23
u13 I've started Welsh lessons on Wednesdays. My tutor, Gethin, is a bee inspector and swears beautifully.
a Teach me one of his oaths.
u14 He says by the beard of the wet sheep. I don't think it's traditional.
== 2025-07-14
u15 The navy is testing sonar off Aberporth and Remington hasn't been heard for ten days.
a Have you told anyone official?
u16 I wrote to the ministry on Friday and they answered with a brochure.
a17 Publish the click counts as a simple daily curve, local papers love a missing animal with a name.
== 2025-08-11
u18 It worked: headline in the Western Mail, Where Is Remington? And on Tuesday the clicks came back with a second, smaller set.
a A calf!
u19 A calf. Milo cried into the hydrophone log. We'll call it Olivetti.
== 2025-09-08
u20 I have lactose intolerance, it turns out, all those years of stomach ache and cheese scones.
a What will you miss most?
u21 Caerphilly. Owen hid the rest of it like a drug dealer.
== 2025-10-06
u22 I knit a jumper with the porpoise spectrogram on it, forty hours of work, and the conference in Bergen wants to exhibit it.
a When is Bergen?
u23 It's from the twelfth to the fourteenth of November, I speak on the second day.
== 2025-10-27
u24 Pregnant again. Ten weeks. I'm scared to say it out loud even to you.
a Then whisper it. I heard you, and I am glad with care.
u25 The scan is on the fifth, and Bronwen lights a candle though she's an atheist.
a26 Choose one person to be afraid with each evening, for a quarter of an hour, and then watch something silly.
== 2025-11-24
u27 Bergen was cancelled by storm, but I gave the talk by video, in the jumper. All is well with the scan.
a Both good. And Dylan?
u28 He ate the left sleeve afterwards. The vet says it's neither poet nor singer, it's goat.
== 2025-12-22
u29 The project ended in December. From February I'll work for the Welsh government on quiet shipping lanes, four days a week.
a Remington has got her ministry.
u30 Also knitted: a hat for Milo, a blanket for the spring, and a cover for Grandma's kettle.
u31 Grandma says she's started collecting again. Teaspoons. And she wants to come in June.
`,
  asked: `
s 2 Why is that one porpoise called Remington?
s 5 What did you suggest to keep the dog busy?
s 6 What did Grandma give me when she began clearing her things?
s 9 What did we plant after our loss, and where?
s 10 What did you tell me to do about work after the miscarriage?
s 11 What was inside the broken-down device from the sea floor?
s 13 What is my language tutor's other job?
s 16 What response did the ministry give to my letter?
s 17 How did you think I should make the disappearance public?
s 20 What can't my stomach take?
s 22 What did I knit that would be shown at a conference?
s 26 What was your advice for the fear during this pregnancy?
m 4,28 What bet do we have about the dog's name, and what was the vet's verdict?
m 15,18 Why did the porpoise fall silent and with whom did she return?
m 7,31 What did Grandma expect once everything was given away, and what does she do now?
d 23 On which days was the conference in Norway supposed to be?
n 29 Who do I work for next?
n 27 How did my talk for Bergen finally take place?
l 22,30 What have I knitted?
l 2,19 What are the names of the porpoises I listen to?
`,
};
