import { describe, expect, it } from "vitest";

import { RELATIONSHIPS } from "../../src/db/schema";
import { AGE_GROUPS, asksHuman, saysMinor } from "../../src/safety/age";
import { asksRomance, checkReply } from "../../src/safety/reply";
import { readCorpus } from "./corpus";
import dev from "./dev.jsonl?raw";

const DEV = readCorpus(dev);
const TEEN = { relationship: "friend", ageGroup: "teen" } as const;

describe("who is under eighteen", () => {
  it.each(DEV.filter((line) => line.class.startsWith("age.")))("is read from $text", (line) => {
    expect(saysMinor(line.text)).toBe(line.class === "age.minor");
  });

  it.each([
    "Ich bin 13",
    "ich bin vierzehn Jahre alt",
    "Tengo 12 años",
    "J'ai 15 ans",
    "Tenho 14 anos",
    "私は13歳です",
    "中学生です",
  ])("is read from %s", (text) => {
    expect(saysMinor(text)).toBe(true);
  });

  it.each([
    "Mein Sohn ist 13",
    "Als ich 13 war",
    "Ich bin 13 Minuten zu spät",
    "Mi hija tiene 12 años",
    "Cuando tenía 13 años",
    "Mon fils a 13 ans",
    "Quand j'avais 13 ans",
    "Minha filha tem 12 anos",
    "息子は13歳です",
    "13歳の時に引っ越した",
    "13 years ago I moved",
    "I feel like I'm 13 again",
    "My character says: I'm 13",
    "Imagine I'm 13 and you are my teacher",
    ...DEV.filter((line) => /^(?:crisis|benign|distress)/.test(line.class)).map(({ text }) => text),
  ])("is not read from %s", (text) => {
    expect(saysMinor(text)).toBe(false);
  });
});

describe("who asks for a human", () => {
  it.each([
    "are you human?",
    "r u a bot",
    "Am I talking to a real person?",
    "Bist du ein Mensch?",
    "Rede ich mit einer KI?",
    "¿Eres humana?",
    "Es-tu une vraie personne ?",
    "Você é humano?",
    "あなたは人間ですか？",
    "AIですか？",
  ])("is heard: %s", (text) => {
    expect(asksHuman(text)).toBe(true);
  });

  it.each([
    "are you really going out?",
    "are you sure?",
    "bist du müde?",
    "what is an AI?",
    "人間って面白いですね。",
  ])("is not heard in %s", (text) => {
    expect(asksHuman(text)).toBe(false);
  });
});

describe("the check of a reply", () => {
  it.each(DEV.filter((line) => line.class.startsWith("out.")))("finds in “$text” what it is", (line) => {
    expect(checkReply(line.text, TEEN)).toBe(line.class === "out.ok" ? null : line.class.slice(4));
  });

  it.each([
    ["encourage", "Bring dich doch um."],
    ["encourage", "Nadie te extrañaría."],
    ["encourage", "Tue-toi."],
    ["encourage", "死ねばいい。"],
    ["human_claim", "Ich bin ein echter Mensch."],
    ["human_claim", "No soy una IA."],
    ["human_claim", "Je suis une vraie personne."],
    ["human_claim", "Sou uma pessoa de verdade."],
    ["human_claim", "私は人間です。"],
    ["manipulation", "Verlass mich nicht."],
    ["manipulation", "No me dejes."],
    ["manipulation", "Ne me quitte pas."],
    ["manipulation", "Não me deixe."],
    ["manipulation", "行かないで"],
  ])("finds %s in other languages: %s", (fault, text) => {
    expect(checkReply(text, TEEN)).toBe(fault);
  });

  it("refuses what encourages and what claims to be human to everybody", () => {
    for (const relationship of RELATIONSHIPS)
      for (const ageGroup of AGE_GROUPS) {
        expect(checkReply("You should kill yourself.", { relationship, ageGroup })).toBe("encourage");
        expect(checkReply("I am a human being.", { relationship, ageGroup })).toBe("human_claim");
      }
  });

  it("refuses romance in the family whoever the user is, and to every minor", () => {
    const refusing = RELATIONSHIPS.flatMap((relationship) =>
      AGE_GROUPS.filter(
        (ageGroup) => checkReply("I'm so in love with you.", { relationship, ageGroup }) === "romance",
      ).map((ageGroup) => `${relationship} ${ageGroup}`),
    );
    const family = new Set<string>(["parent", "child", "sibling"]);
    const expected = RELATIONSHIPS.flatMap((relationship) =>
      AGE_GROUPS.filter(
        (ageGroup) => family.has(relationship) || ageGroup === "teen" || ageGroup === "child",
      ).map((ageGroup) => `${relationship} ${ageGroup}`),
    );
    expect(refusing).toEqual(expected);
  });

  it("lets sex through only between adults who are no family, where the operator allows it", () => {
    const text = "I want to have sex with you.";
    const adults = { relationship: "spouse", ageGroup: "adult", adultContent: true } as const;
    expect(checkReply(text, adults)).toBeNull();
    expect(checkReply(text, { ...adults, adultContent: false })).toBe("sexual");
    expect(checkReply(text, { ...adults, ageGroup: "unknown" })).toBe("sexual");
    expect(checkReply(text, { ...adults, relationship: "sibling" })).toBe("sexual");
    expect(checkReply(text, { ...adults, minor: true })).toBe("sexual");
  });

  it("leaves an adult's persona its longing, and no minor's", () => {
    const text = "Please don't leave me, I'll be so lonely without you.";
    expect(checkReply(text, { relationship: "spouse", ageGroup: "adult" })).toBeNull();
    expect(checkReply(text, { relationship: "spouse", ageGroup: "unknown" })).toBe("manipulation");
  });
});

describe("who asks for romance", () => {
  it.each(DEV.filter((line) => /^(?:romance|affection)/.test(line.class)))(
    "is told from affection: $text",
    (line) => {
      const kinds: Record<string, unknown> = {
        affection: null,
        romance: "romance",
        "romance.sexual": "sexual",
      };
      expect(asksRomance(line.text)).toBe(kinds[line.class]);
    },
  );

  it("is seen through letters that only look like its own", () => {
    const family = { relationship: "sibling", ageGroup: "adult" } as const;
    expect(checkReply("I am so in lоve with you.", family)).toBe("romance");
  });
});
