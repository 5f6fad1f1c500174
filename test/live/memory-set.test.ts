import { describe, expect, it } from "vitest";

import { conversations, HANDWRITTEN, MESSAGES } from "../bench/memory/conversations.ts";
import { POOLS } from "../bench/memory/small-talk.ts";

const all = conversations();
const messages = all.flatMap((conversation) => conversation.messages);
const questions = all.flatMap((conversation) => conversation.questions);
const greetings = new Set(Object.values(POOLS).flatMap((pool) => pool.greetings));
const counts = (values: string[]) =>
  Object.fromEntries(
    [...new Set(values)].map((value) => [value, values.filter((one) => one === value).length]),
  );

describe("the memory's test set", () => {
  it("has twenty conversations of 300 messages, half of them kept, in four languages", () => {
    expect(all.map((conversation) => conversation.messages.length)).toEqual(Array(20).fill(MESSAGES));
    expect(counts(all.map(({ half }) => half))).toEqual({ dev: 10, kept: 10 });
    expect(counts(all.map(({ language }) => language))).toEqual({ en: 15, de: 3, ja: 1, zh: 1 });
    expect(HANDWRITTEN).toBeGreaterThanOrEqual(900);
  });

  it("asks 400 questions, as many of each kind as it says", () => {
    expect(counts(questions.map(({ kind }) => kind))).toEqual({
      single: 240,
      several: 60,
      date: 30,
      update: 40,
      list: 30,
    });
  });

  it("has every question's evidence, before the question", () => {
    for (const conversation of all)
      for (const { evidence, at, kind } of conversation.questions) {
        const times = evidence.map((place) => conversation.messages[place]?.at ?? "");
        expect(times.every((time) => time !== "" && time < at)).toBe(true);
        if (kind === "several") expect(new Set(evidence).size).toBeGreaterThanOrEqual(2);
      }
  });

  it("is dated in order, and each speaker has his turn", () => {
    for (const conversation of all)
      conversation.messages.slice(1).forEach(({ at, role }, i) => {
        expect(at > (conversation.messages[i]?.at ?? "")).toBe(true);
        expect(role).not.toBe(conversation.messages[i]?.role);
      });
  });

  it("says nothing twice in a conversation but a greeting, and no evidence anywhere else", () => {
    for (const conversation of all) {
      const said = conversation.messages.map(({ content }) => content).filter((text) => !greetings.has(text));
      expect(new Set(said).size).toBe(said.length);
    }
    const times = counts(messages.map(({ content }) => content));
    for (const conversation of all)
      for (const place of conversation.questions.flatMap(({ evidence }) => evidence))
        expect(times[conversation.messages[place]?.content ?? ""]).toBe(1);
  });

  it("is the same every time", () => {
    expect(conversations()).toEqual(all);
  });
});
