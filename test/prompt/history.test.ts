import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";

import { buildPrompt, sectionsOf, type Prompt } from "../../src/prompt/build";
import { extendWindow, toWindow, type Entry, type Window } from "../../src/prompt/history";
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
  buildPrompt(
    sectionsOf({ persona: ALEX, rules: "", note: null, window: toWindow([], 0, 0), message: null }),
    { ratio: 1, budget: 0, source: "memory" },
  ).report,
  "persona",
);

/** A prompt with room for so many tokens beside the persona's. */
const build = (
  entries: Entry[],
  content: string,
  room: number,
  { ratio = 1, before = 0, start = null as number | null } = {},
) => {
  const budget = room + Math.ceil(PERSONA * ratio);
  return buildFrom({ entries, before, budget, start }, content, ratio);
};
const buildFrom = (window: Window, message: string, ratio = 1) =>
  buildPrompt(sectionsOf({ persona: ALEX, rules: "", note: null, window, message }), {
    ratio,
    budget: window.budget,
    source: "memory",
  });

/** A conversation of these texts, turn by turn, as its object remembers it: every prompt, and every message. */
function talk(contents: string[], budget: number) {
  let window = toWindow([], 0, budget);
  const rows: Message[] = [];
  const prompts = contents.map((content, turn) => {
    const prompt = buildFrom(window, content);
    const said = [entry(2 * turn + 1, content), entry(2 * turn + 2, content)] as Message[];
    const exchange = said.map((row) => ({
      ...row,
      context: row.role === "assistant" ? prompt.report : null,
    }));
    rows.push(...exchange);
    window = extendWindow(window, exchange, 1);
    return prompt;
  });
  return { prompts, rows };
}

/** How much of a prompt is the same, from its beginning on, as in the one before it. */
function sameBytes(before: Prompt, now: Prompt): number {
  const [a, b] = [before, now].map(({ request }) => JSON.stringify([request.system, ...request.messages]));
  const length = [...b!].findIndex((character, i) => character !== a![i]);
  return (length < 0 ? b!.length : length) / b!.length;
}

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
    "remembered from turn to turn fills the same prompt as one read anew, wherever and however often it is asked for",
    (contents, budget) => {
      const { prompts, rows } = talk(contents, budget);
      for (const [turn, prompt] of prompts.entries()) {
        const anew = buildFrom(toWindow(rows.slice(0, 2 * turn), 0, budget), contents[turn]!);
        expect(texts(anew)).toEqual(texts(prompt));
      }
    },
  );

  it("once it is full, is the same bytes from turn to turn but for every tenth turn or so, and what is new", () => {
    const said = Array.from(
      { length: 100 },
      (_, i) => `Turn ${i}: ${"we walked on and talked of old times. ".repeat(12)}`,
    );
    const { prompts } = talk(said, 8000);
    const late = prompts.slice(60).map((prompt, i) => sameBytes(prompts[59 + i]!, prompt));
    expect(history(prompts[60]!).leftOut).not.toEqual([]);
    expect(late.reduce((sum, share) => sum + share, 0) / late.length).toBeGreaterThan(0.85);
  });

  it("is cut back to about sixty percent of its room when it is full, and no further", () => {
    const entries = Array.from({ length: 60 }, (_, i) => entry(i + 1, "x".repeat(144)));
    const full = build(entries.slice(0, 49), "And now?", 2000);
    expect(history(full).ids).toEqual([[1, 49]]);
    const cut = build(entries, "And now?", 2000, { start: 1 });
    expect(history(cut).ids).toEqual([[32, 60]]);
    const next = build([...entries, entry(61, "x".repeat(144))], "And now?", 2000, { start: 32 });
    expect(history(next).ids).toEqual([[32, 61]]);
  });

  it("takes older messages in again where the room has grown", () => {
    const entries = Array.from({ length: 60 }, (_, i) => entry(i + 1, "x".repeat(144)));
    const grown = build(entries, "And now?", 5000, { start: 50 });
    expect(history(grown).ids).toEqual([[1, 60]]);
  });
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
