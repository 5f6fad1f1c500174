import { describe, expect, it } from "vitest";

import { begunSection } from "../../src/prompt/begun";

const count = (content: unknown) => Math.ceil(String(content).length / 4);
const said = (words: string, room: number) =>
  begunSection(words).fit(room, count).messages?.[0]?.content as string;

describe("a reply that goes on", () => {
  it("stands in the prompt as the persona's last words", () => {
    expect(begunSection("Once upon").fit(1000, count)).toEqual({
      messages: [{ role: "assistant", content: "Once upon" }],
    });
  });

  it("stands there with its end alone where it is long, which takes no more than half of the room", () => {
    const words = Array.from({ length: 5000 }, (_, n) => `${n} `).join("");
    const end = said(words, 1000);
    expect(words.endsWith(end)).toBe(true);
    expect(count(end)).toBeLessThanOrEqual(500);
    expect(count(end)).toBeGreaterThan(400);
    expect(said(words, -10).length).toBeGreaterThan(400);
  });

  it("is cut between characters", () => {
    for (let n = 0; n < 4; n++)
      expect(said("x".repeat(n) + "🌊".repeat(3000), 100).isWellFormed()).toBe(true);
  });
});
