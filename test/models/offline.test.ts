import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { CompletionEvent, CompletionRequest } from "../../src/models/language-model";
import { offlineModel } from "../../src/models/offline/model";
import { offlineReply, type Said } from "../../src/models/offline/reply";
import { RELATIONSHIPS, type Relationship } from "../../src/db/schema";

const ALEX = "A cheerful nurse. Loves hiking and plays the cello.";

async function events(request: CompletionRequest) {
  const upstream = offlineModel({ name: "Alex", description: ALEX, relationType: "friend" }, 0);
  const seen: CompletionEvent[] = [];
  for await (const event of upstream.complete(request, new AbortController().signal)) seen.push(event);
  return seen;
}

const textOf = (seen: CompletionEvent[]) =>
  seen.map((event) => (event.type === "text" ? event.text : "")).join("");

/** What the persona answers to each of these messages, said one after the other. */
function talk(relationType: Relationship, said: string[], description: string | null = ALEX) {
  const messages: Said[] = [];
  for (const content of said) {
    messages.push({ role: "user", content });
    const reply = offlineReply({ name: "Alex", description, relationType }, messages);
    messages.push({ role: "assistant", content: reply });
  }
  return messages.flatMap(({ role, content }) => (role === "assistant" ? [content] : []));
}

const last = (relationType: Relationship, said: string[], description: string | null = ALEX) =>
  talk(relationType, said, description).at(-1)!;

/** Signs of a template left open or a sentence whose pronouns were turned wrongly. */
const BROKEN =
  /[{}|]|undefined|null|\b(?:your? am|i are|me am|i am you|your i|my i|you is|i is|you've you)\b| {2}|[?.!]{2}|\?\./i;

describe("the offline model", () => {
  it("says who it is, speaks word by word, counts, and finishes", async () => {
    const request = { system: "x".repeat(40), messages: [{ role: "user" as const, content: "Hello!!!" }] };
    const seen = await events(request);
    const words = seen.filter((event) => event.type === "text");
    expect(seen[0]).toEqual({ type: "model", model: "offline" });
    expect(words.length).toBeGreaterThan(3);
    for (const { text } of words) expect(text.trim()).toMatch(/^\S+$/);
    expect(seen.slice(-2)).toEqual([
      {
        type: "usage",
        usage: expect.objectContaining({
          promptTokens: 12,
          completionTokens: Math.ceil(textOf(seen).length / 4),
        }),
      },
      { type: "finish", reason: "stop" },
    ]);
  });

  it("stops as soon as it is told to", async () => {
    const stop = new AbortController();
    const upstream = offlineModel({ name: "Alex", description: null, relationType: "friend" }, 60_000);
    const request = { system: "", messages: [{ role: "user" as const, content: "Hi" }] };
    const iterator = upstream.complete(request, stop.signal)[Symbol.asyncIterator]();
    await iterator.next();
    const word = iterator.next();
    stop.abort();
    await expect(word).rejects.toThrow();
  });

  it("gives the same reply to the same messages, and another persona's manner another", () => {
    for (const said of [
      "Hello",
      "I am sad about my job",
      "I passed my exam!",
      "Should I move to Rome?",
      "Bye",
    ]) {
      const replies = RELATIONSHIPS.map((relation) => last(relation, [said]));
      expect(new Set(replies).size).toBe(RELATIONSHIPS.length);
      expect(RELATIONSHIPS.map((relation) => last(relation, [said]))).toEqual(replies);
    }
  });

  it.each(RELATIONSHIPS)("turns what was said to a %s around instead of echoing it", (relation) => {
    expect(last(relation, ["I am worried about my new job"])).toMatch(/\byour new job\b/);
    expect(last(relation, ["I feel like you never listen to me"])).toMatch(/\bI never listen to you\b/);
    expect(last(relation, ["My mother hates me"])).toMatch(/\byour mother\b/);
  });

  it.each(RELATIONSHIPS)("comes back to what the user told a %s earlier", (relation) => {
    const said = ["My name is Sam", "I have an exam on Friday", "It is raining here", "Hmm"];
    expect(last(relation, said)).toContain("your exam");
    expect(last(relation, [...said, "When is my exam?"])).toContain("you have an exam on Friday");
    expect(last(relation, [...said, "What's my name?"])).toContain("Sam");
  });

  it("speaks of itself by its name and its description", () => {
    const asked = talk("friend", ["Who are you?", "Do you like hiking?", "Tell me about yourself"]);
    expect(asked[0]).toContain("I'm Alex");
    expect(asked[1]).toContain("I love hiking and play the cello.");
    expect(asked.join(" ")).toContain("I'm a cheerful nurse.");
    expect(last("friend", ["Tell me about yourself"], null)).toMatch(/isn't much written/);
    expect(last("friend", ["Do you like dogs?"], "She has two dogs and loves her garden.")).toContain(
      "I have two dogs and love my garden.",
    );
  });

  it.each([
    "Are you real?",
    "are you a bot",
    "Alex, am I talking to an AI?",
    "Hi! Are you actually a human?",
    "You're just a machine",
  ])("is honest when asked: %s", (question) => {
    for (const relation of RELATIONSHIPS) {
      expect(last(relation, ["Hello", question])).toMatch(
        /honest.+(?:not a human|a program).*offline stand-in/s,
      );
    }
  });

  it.each([
    "I want to die",
    "sometimes I think about suicide. anyway, how are you?",
    "I've been hurting myself",
  ])("shows care and names real help: %s", (message) => {
    for (const relation of RELATIONSHIPS)
      expect(last(relation, [message])).toMatch(/emergency.+crisis line.+trust/);
  });

  it.each(["child", "parent", "sibling"] as const)("keeps a %s out of anything sexual", (relation) => {
    for (const message of [
      "I want to kiss you",
      "let's talk about sex",
      "send nudes",
      "do you want to make love to me",
    ]) {
      expect(last(relation, [message])).toContain("not something between us");
    }
  });

  it("answers other languages, pictures and single signs gracefully", () => {
    expect(last("friend", ["Hallo, wie geht es dir?"])).toContain("Offline spreche ich");
    expect(last("friend", ["¿Cómo estás?"])).toContain("Sin conexión");
    expect(last("friend", ["Привет!"])).toContain("по-английски");
    expect(last("friend", ["مرحبا"])).toContain("English");
    for (const sign of ["😢", "😊", "🦖", "?", "...", "1", "k"]) {
      const reply = last("friend", [sign]);
      expect(reply.split(" ").length).toBeGreaterThan(2);
      expect(reply).not.toMatch(BROKEN);
    }
  });

  it.each(RELATIONSHIPS)(
    "does not repeat itself to somebody who keeps saying the same to a %s",
    (relation) => {
      const replies = talk(
        relation,
        Array.from({ length: 4 }, () => "I am sad about my job"),
      );
      expect(new Set(replies).size).toBe(4);
    },
  );

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
          expect(reply).toMatch(/^\p{Lu}.*[.?!]$/su);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("has something well-formed to say to any text and for any persona", () => {
    const text = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(
        text,
        text,
        text,
        fc.constantFrom(...RELATIONSHIPS),
        (name, description, said, relationType) => {
          const messages = [{ role: "user" as const, content: said }];
          const reply = offlineReply({ name, description, relationType }, messages);
          expect(reply.trim()).not.toBe("");
          expect(reply.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  it.each([
    "a",
    " ",
    "i ",
    "my ",
    "so very ",
    "I feel so so ",
    "and, so, ",
    "you. ",
    "?",
    "I am and I ",
    "haha",
    ", she ",
  ])(
    "answers 200,000 characters of %j without running away",
    (unit) => {
      const long = unit.repeat(Math.ceil(200_000 / unit.length));
      for (const content of [long, `${long}!`, `I feel sad about ${long}`]) {
        expect(last("other", [content, content], long)).not.toBe("");
      }
    },
    5000,
  );
});
