import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";

import { messageId } from "../../src/db/messages";
import { openIndex } from "../../src/memory/index";
import { digest, type Said } from "../../src/memory/message";
import { choose } from "../../src/memory/recall";

const DAY = 86_400_000;
const MAY = Date.UTC(2026, 4, 3, 12);

/** Messages of one conversation, a minute apart, the user's and the persona's in turn. */
const talk = (conversation: number, at: number, ...bodies: string[]): Said[] =>
  bodies.map((body, i) => ({
    id: messageId(conversation, i + 1),
    role: i % 2 === 0 ? "user" : "assistant",
    at: at + i * 60_000,
    body,
  }));

function indexOf(...talks: Said[][]) {
  const index = openIndex();
  for (const said of talks.flat()) index.add(digest(said));
  return index;
}

const remove = (index: ReturnType<typeof openIndex>, id: number) =>
  index.remove([index.get(id)].filter((doc) => doc !== undefined));

const ask = (index: ReturnType<typeof openIndex>, text: string, budget = 1000) =>
  choose(index, { text, persona: "Mara", now: MAY + 90 * DAY, budget, ratio: 1, isBefore: () => true });
const bodies = (talks: Said[], ids: { id: number }[]) =>
  ids.map(({ id }) => talks.find((said) => said.id === id)?.body);

const SMALL_TALK = Array.from({ length: 120 }, (_, i) =>
  i % 2 === 0 ? `Today was long again, number ${i} of many` : `That sounds tiring, rest well after ${i}`,
);

describe("what is recalled", () => {
  it.each([
    ["English", "My sister Ruth collects stamps from Iceland.", "What does my sister collect?"],
    ["another form of the word", "We planted tomatoes behind the shed.", "Where did we plant the tomato?"],
    ["German", "Meine Schwester sammelt Briefmarken aus Island.", "Was sammelt meine Schwester?"],
    ["an accent left out", "My favourite place is Café Zéphyr.", "Which cafe is my favourite, Zephyr?"],
    ["Chinese, by a word of two signs", "我和小狗昨天在公园散步。", "公园"],
    ["Chinese, by a word of one sign", "我家养了一只猫。", "我的猫叫什么名字？"],
    ["Japanese", "妹は東京に引っ越しました。", "東京"],
    ["Thai", "ฉันรักแมวของฉันมาก", "แมว"],
  ])("is found in %s", (_, fact, question) => {
    const said = [...talk(7, MAY, ...SMALL_TALK), ...talk(8, MAY + DAY, fact, "I will keep that in mind.")];
    expect(bodies(said, ask(indexOf(said), question, 60).docs)).toContain(fact);
  });

  it("comes from the month that the question names", () => {
    const said = [
      ...talk(1, Date.UTC(2026, 2, 9), "The dentist pulled a tooth.", "Ouch."),
      ...talk(2, Date.UTC(2026, 3, 9), "The dentist cleaned my teeth.", "Good."),
      ...talk(3, Date.UTC(2026, 4, 9), "The dentist was on holiday.", "Oh."),
    ];
    expect(bodies(said, ask(indexOf(said), "What did the dentist do in April?", 25).docs)[0]).toBe(
      "The dentist cleaned my teeth.",
    );
  });

  it("is what the one said whose words are asked for", () => {
    const said = talk(
      1,
      MAY,
      "Which book about bees?",
      "Read the book by Seeley about bees.",
      "My book on bees came.",
    );
    const first = (question: string) => bodies(said, ask(indexOf(said), question).docs)[0];
    expect(first("Which book about bees did you recommend?")).toBe("Read the book by Seeley about bees.");
    expect(first("What about my book on bees?")).toBe("My book on bees came.");
  });

  it("is nothing where no word of the question was ever said", () => {
    const said = talk(1, MAY, ...SMALL_TALK);
    expect(ask(indexOf(said), "Zanzibar?").docs).toEqual([]);
  });

  it("leaves out what the window shows", () => {
    const said = talk(1, MAY, "The key is under the pot.", "Noted.", "The key is with Ruth now.", "Noted.");
    const isBefore = ({ id }: { id: number }) => id < messageId(1, 3);
    const { docs } = choose(indexOf(said), {
      text: "Where is the key?",
      persona: "Mara",
      now: MAY,
      budget: 500,
      ratio: 1,
      isBefore,
    });
    expect(docs.every(isBefore)).toBe(true);
    expect(docs.length).toBe(2);
  });
});

const said = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 })), {
    selector: ([conversation, n]) => messageId(conversation, n),
    maxLength: 60,
  })
  .map((places) =>
    places.map(([conversation, n]): Said => ({
      id: messageId(conversation, n),
      role: n % 2 === 0 ? "assistant" : "user",
      at: MAY + n * 7 * 60 * 60_000,
      body: `${WORDS[n % 7]} ${WORDS[(n * conversation) % 7]} and ${WORDS[conversation]} ${n}`,
    })),
  );
const WORDS = ["apple", "boat", "cedar", "doves", "ember", "fjord", "grape"];

describe("an index", () => {
  test.prop([said, fc.integer({ min: 0, max: 400 }), fc.double({ min: 0.5, max: 3, noNaN: true })])(
    "never overruns the budget, dates included",
    (messages, budget, ratio) => {
      const index = indexOf(messages);
      const { docs, tokens } = choose(index, {
        text: "apple and cedar grape",
        persona: "Mara",
        now: MAY,
        budget,
        ratio,
        isBefore: () => true,
      });
      const sessions = new Set(docs.map(({ session }) => session)).size;
      const size = docs.reduce((sum, doc) => sum + Math.ceil(doc.tokens * ratio), 10 * sessions);
      expect(size).toBe(tokens);
      expect(tokens).toBeLessThanOrEqual(budget);
    },
  );

  test.prop([said, said])("answers alike however it came to know what it knows", (messages, others) => {
    const grown = indexOf(others, messages.toReversed());
    const kept = new Set(messages.map(({ id }) => id));
    for (const { id } of others) if (!kept.has(id)) remove(grown, id);
    for (const { id } of messages) remove(grown, id);
    for (const message of messages) grown.add(digest(message));
    const ids = (index: ReturnType<typeof openIndex>) =>
      ask(index, "boat and doves").docs.map(({ id }) => id);
    expect(ids(grown)).toEqual(ids(indexOf(messages)));
  });
});
