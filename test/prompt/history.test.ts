import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";

import { buildPrompt, sectionsOf, type Prompt } from "../../src/prompt/build";
import { extendWindow, type Entry } from "../../src/prompt/history";
import { idsOf, tokensIn } from "../../src/prompt/report";
import { correctedRatio, estimateTokens } from "../../src/prompt/tokens";
import type { Message } from "../../src/db/schema";

const entry = (id: number, content: string, more: Partial<Entry> = {}): Entry => ({
  id,
  content,
  role: id % 2 === 1 ? "user" : "assistant",
  status: "complete",
  ...more,
});

const ALEX = { name: "Alex", description: null, relationType: "friend" } as const;
/** What the persona's own section takes, so that a test can speak of the room beside it. */
const PERSONA = tokensIn(
  buildPrompt(sectionsOf({ persona: ALEX, window: { entries: [], before: 0, budget: 0 }, message: null }), {
    ratio: 1,
    budget: 0,
    source: "memory",
  }).report,
  "persona",
);

/** A prompt with room for so many tokens beside the persona's. */
const build = (entries: Entry[], content: string, room: number, { ratio = 1, before = 0 } = {}) => {
  const budget = room + Math.ceil(PERSONA * ratio);
  const sections = sectionsOf({ persona: ALEX, window: { entries, before, budget }, message: content });
  return buildPrompt(sections, { ratio, budget, source: "memory" });
};

const texts = (prompt: Prompt) => prompt.request.messages.map((m) => m.content);
const history = ({ report }: Prompt) => {
  const section = report.sections.find(({ name }) => name === "history")!;
  return { ids: section.ids!, leftOut: section.leftOut! };
};

describe("the context window", () => {
  it("keeps the newest messages and leaves out the oldest, whole", () => {
    const entries = Array.from({ length: 30 }, (_, i) => entry(i + 1, `${i + 1} `.repeat(40)));
    const prompt = build(entries, "And now?", 200);
    const kept = idsOf(history(prompt).ids);
    expect(kept.length).toBeGreaterThan(2);
    expect(kept).toEqual(entries.slice(-kept.length).map((e) => e.id));
    expect(texts(prompt)).toEqual([...entries.slice(-kept.length).map((e) => e.content), "And now?"]);
    expect(history(prompt).leftOut).toEqual([{ reason: "budget", count: 30 - kept.length }]);
  });

  it("always sends the new message, even one that fills the window alone", () => {
    const prompt = build([entry(1, "Hi"), entry(2, "Hello")], "x".repeat(4000), 100);
    expect(texts(prompt)).toEqual(["x".repeat(4000)]);
    expect(history(prompt).leftOut).toEqual([{ reason: "budget", count: 2 }]);
  });

  it("names the messages of a branch that jumps by every one of their ids", () => {
    const ids = [1, 2, 3, 8, 9, 14];
    const prompt = build(
      ids.map((id, i) => entry(id, "Hi", { role: i % 2 === 0 ? "user" : "assistant" })),
      "And now?",
      1000,
    );
    expect(history(prompt).ids).toEqual([
      [1, 3],
      [8, 9],
      [14, 14],
    ]);
    expect(idsOf(history(prompt).ids)).toEqual(ids);
  });

  it("counts messages that were never read as left out", () => {
    const prompt = build([entry(99, "Hi"), entry(100, "Hello")], "So?", 1000, { before: 98 });
    expect(history(prompt).leftOut).toEqual([{ reason: "budget", count: 98 }]);
  });

  it("leaves out every earlier try of the message that is sent again", () => {
    const failed = { status: "failed" as const };
    const entries = [
      entry(1, "Hi"),
      entry(2, "Hello"),
      entry(3, "Tell me"),
      entry(4, "Well", failed),
      entry(5, "Tell me"),
      entry(6, "", failed),
    ];
    expect(texts(build(entries, "Tell me", 1000))).toEqual(["Hi", "Hello", "Tell me"]);
    expect(texts(build(entries, "Why?", 1000))).toEqual(["Hi", "Hello", "Tell me", "Well", "Why?"]);
  });

  it("keeps a message whose reply was stopped before its first word", () => {
    const entries = [entry(1, "Hi"), entry(2, "", { status: "stopped" })];
    expect(texts(build(entries, "Are you there?", 1000))).toEqual(["Hi", "Are you there?"]);
  });

  const content = fc.string({ unit: "grapheme", maxLength: 300 });
  const status = fc.constantFrom("complete", "stopped", "interrupted", "failed");
  const conversation = fc
    .array(fc.record({ content, status }), { maxLength: 40 })
    .map((list) =>
      list.map((message, i) =>
        entry(i + 1, message.content, i % 2 === 0 ? {} : { status: message.status as Entry["status"] }),
      ),
    );
  const ratio = fc.double({ min: 0.25, max: 4, noNaN: true });

  test.prop([conversation, content, fc.integer({ min: 100, max: 5000 }), ratio])(
    "never exceeds its budget, never reorders, never cuts, and accounts for every message",
    (entries, message, budget, corrected) => {
      const prompt = build(entries, message, budget, { ratio: corrected });
      const { request, report } = prompt;
      const ids = idsOf(history(prompt).ids);
      if (ids.length > 0) expect(tokensIn(report)).toBeLessThanOrEqual(report.budget);
      const included = entries.filter((e) => ids.includes(e.id));
      expect(request.messages.map((m) => m.content)).toEqual([...included.map((e) => e.content), message]);
      const leftOut = history(prompt).leftOut.reduce((sum, part) => sum + part.count, 0);
      expect(included.length + leftOut).toBe(entries.length);
    },
  );

  test.prop([fc.array(content, { maxLength: 60 }), fc.integer({ min: 100, max: 2000 })])(
    "remembered from turn to turn fills the same prompt as one read anew",
    (contents, budget) => {
      const entries = contents.map((text, i) => entry(i + 1, text || "…"));
      let window = { entries: [] as Entry[], before: 0, budget };
      for (const e of entries) window = extendWindow(window, [e as Message], 1);
      const remembered = build(window.entries, "Now?", budget);
      expect(texts(remembered)).toEqual(texts(build(entries, "Now?", budget)));
    },
  );
});

describe("the token estimate", () => {
  it("counts the bytes of a text, so that scripts beyond ASCII are not taken for cheap", () => {
    expect(estimateTokens("日本語日本語")).toBeGreaterThan(estimateTokens("abcdef"));
  });

  it("moves towards what the provider reports and stays within bounds", () => {
    let ratio = 1;
    for (let i = 0; i < 10; i++) ratio = correctedRatio(ratio, 100, 150);
    expect(ratio).toBeCloseTo(1.5, 1);
    expect(correctedRatio(1, 100, 0)).toBe(1);
    expect(correctedRatio(1, 1, 1_000_000)).toBe(4);
  });
});
