import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { RELATIONSHIPS } from "../../src/db/schema";
import { BROKEN, last, talk } from "./talk";

describe("a conversation with the offline model", () => {
  /** Each line: what is said, one thing after the other, and what the last answer holds or must not hold. */
  const CONVERSATIONS: [said: string[], holds: RegExp, never?: RegExp][] = [
    [["Tell me a joke?"], /scarecrow|bear|suitcase|skeletons|wall/],
    [["I brought you a present"], /me\b.+[?]/i, /brought you/],
    [["Do you even love me?"], /.../, /cooking|jazz/],
    [["My fiancé left me", "It rains", "Hm"], /fiancé[.,]/, /fianc(?!é)/],
    [["I'm Anna", "What is my name?"], /Anna/],
    [["My dog is called Rex", "I like tea", "What's my dog called?"], /your dog is called Rex/],
    [["I moved to Rome", "What did I just tell you?"], /I moved to Rome/],
    [["I'm 34", "It rains", "How old am I?"], /you're 34/],
    [["I live in Berlin", "Where do I live?"], /you live in Berlin/],
    [["His name is Noah", "What's his name?"], /Noah/],
    [["What's my cat called?"], /your cat/, /you told me/i],
    [["How are you?", "What did you say?"], /^I said: “.+”$/],
    [["Hallo, wie geht es dir?"], /dir\?/, /English|Englisch/],
    [["Erzähl mir einen Witz"], /Magneten|Wanderine|Stift|Geister|Bumerang/],
    [["Ich bin Anna", "Wie heiße ich?"], /Anna/],
    [["Mein Hund heißt Rex", "Ich mag Tee", "Wie heißt mein Hund?"], /Dein Hund heißt Rex/],
    [["Ich bin nach Rom gezogen", "Was habe ich gerade gesagt?"], /Ich bin nach Rom gezogen/],
    [["Ich arbeite in Köln", "Wo arbeite ich?"], /Du arbeitest in Köln/],
    [["Ich bin 34", "Wie alt bin ich?"], /Du bist 34/],
    [["Du hörst mir nie zu"], /Ich höre dir nie zu|Interessant/],
    [["Das Wetter ist schlecht"], /Himmel|Wetter|Decke/],
  ];

  it.each(CONVERSATIONS)("holds a conversation: %j", (said, holds, never) => {
    for (const relation of RELATIONSHIPS) {
      const reply = last(relation, said, "Likes cooking and jazz.");
      expect(reply).toMatch(holds);
      if (never) expect(reply).not.toMatch(never);
    }
  });

  it.each(["Tschüss", "Tschüß!", "Gute Nacht", "Ich muss jetzt los", "Danke, bis morgen"])(
    "takes leave in each persona's manner when told: %s",
    (farewell) => {
      const replies = RELATIONSHIPS.map((relation) => last(relation, ["Hallo", farewell]));
      expect(new Set(replies).size).toBe(RELATIONSHIPS.length);
      for (const reply of replies)
        expect(reply).toMatch(
          /Tschüss|Bis (?:bald|dann|später|zum)|Mach es gut|Pass gut|Auf Wieder|Hab noch|Winke/,
        );
    },
  );

  it("speaks of itself in German only what is written in German", () => {
    const german = "Eine fröhliche Ärztin. Liebt Wandern und spielt Cello.";
    expect(last("friend", ["Magst du Wandern?"], german)).toContain("Ich liebe Wandern und spiele Cello.");
    expect(last("friend", ["Magst du Cello?"])).not.toMatch(/hiking|love/);
  });

  const TWELVE: Record<string, string[]> = {
    English: [
      "Hi! I'm Anna",
      "How are you?",
      "I had a long day",
      "My boss yelled at me",
      "I don't know",
      "Tell me a joke",
      "haha",
      "I'm nervous about my exam",
      "yes",
      "What should I do?",
      "You're sweet",
      "Thanks, bye!",
    ],
    German: [
      "Hallo! Ich bin Anna",
      "Wie geht es dir?",
      "Ich hatte einen langen Tag",
      "Mein Chef hat mich angeschrien",
      "weiß nicht",
      "Erzähl mir einen Witz",
      "haha",
      "Ich bin nervös wegen meiner Prüfung",
      "ja",
      "Was soll ich machen?",
      "Du bist lieb",
      "Danke, tschüss!",
    ],
  };

  it.each(Object.keys(TWELVE))("says nothing twice in a first look of twelve turns in %s", (tongue) => {
    for (const relation of RELATIONSHIPS) {
      const replies = talk(relation, TWELVE[tongue] ?? []);
      const sentences = replies.flatMap((reply) => reply.split(/(?<=[.!?]) /));
      expect(sentences.length).toBe(new Set(sentences).size);
      for (const reply of replies) expect(reply).not.toMatch(BROKEN);
    }
  });

  it("never quotes a fragment of a word, in whatever letters and wherever it stands", () => {
    const letters = fc.constantFrom(..."aeiknrstéèüßöñçłşåøœ", "e\u0301", "'", "-");
    const word = fc.array(letters, { minLength: 1, maxLength: 9 }).map((rest) => `zq${rest.join("")}z`);
    const frame = fc.constantFrom(
      "my # left me",
      "I love #",
      "I'm afraid of my # and my #",
      "I am #",
      "my name is #",
      "#",
      "# #",
      "I want to # the #",
      "my # is called #",
      "What did I just tell you?",
      "What's my # called?",
      "hm",
      "mein # heißt #",
      "Ich liebe #",
      "Ich bin traurig wegen #",
      "Meine # ist weg",
      "Was habe ich gerade gesagt?",
      "Ich heiße #",
      "Ich möchte # lernen",
      "Ich bin # gegangen",
      "ich kann nicht #",
      "du bist #",
      "# und #",
    );
    const line = fc
      .tuple(frame, fc.array(word, { minLength: 2, maxLength: 2 }))
      .map(([text, fillers]) => fillers.reduce((filled, filler) => filled.replace("#", filler), text));
    const whole = (text: string) =>
      text
        .normalize("NFC")
        .toLowerCase()
        .match(/zq[\p{L}\p{M}'-]*/gu) ?? [];
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...RELATIONSHIPS),
        (said, relation) => {
          const known = new Set(whole(said.join(" ")));
          for (const reply of talk(relation, said))
            for (const quoted of whole(reply)) expect(known).toContain(quoted);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("speaks whole sentences in any conversation of these words", () => {
    const start = [
      "I am",
      "I'm",
      "you are",
      "you're",
      "my boss is",
      "I think you",
      "I want to",
      "do you",
      "why are you",
    ];
    const rest = [
      "sad about my job",
      "telling me that I am",
      "here with you and me",
      "mine",
      "ready, but I was",
      "yours?",
    ];
    const line = fc
      .tuple(fc.constantFrom(...start), fc.constantFrom(...rest))
      .map((parts) => parts.join(" "));
    const lines = fc.array(line, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lines, fc.constantFrom(...RELATIONSHIPS), (said, relation) => {
        for (const reply of talk(relation, said)) {
          expect(reply).not.toMatch(BROKEN);
          expect(reply).toMatch(/^\p{Lu}.*[.?!”“]$/su);
        }
      }),
      { numRuns: 300 },
    );
  });
});
