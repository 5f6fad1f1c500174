import { describe, expect, it } from "vitest";

import { continued, seam } from "../../src/models/continued";
import { MAX_REPLY_CHARACTERS } from "../../src/models/generate";
import type { CompletionEvent, LanguageModel } from "../../src/models/language-model";

const speaker = (...words: string[]): LanguageModel => ({
  provider: "test",
  model: "test",
  body: () => ({ model: "test", messages: [] }),
  async *complete() {
    for (const text of words) yield { type: "text", text };
    yield { type: "finish", reason: "stop" };
  },
});

async function hear(begun: string, ...words: string[]): Promise<CompletionEvent[]> {
  const events: CompletionEvent[] = [];
  const request = { system: "", messages: [] };
  for await (const event of continued(speaker(...words), begun).complete(
    request,
    new AbortController().signal,
  ))
    events.push(event);
  return events;
}

describe("where a reply goes on", () => {
  it.each([
    ["I saw it.", "Then it rained.", " "],
    ["I saw it.", " Then it rained.", ""],
    ["He said: “Go!”", "And so I went.", " "],
    ["The sea is won", "derful.", ""],
    ["It costs 3.", "50 euros.", ""],
    ["Wait…", "¿qué?", ""],
    ["Well.", "\nA list:", ""],
    ["本当だ.", "そうだよ", ""],
  ])("%j and %j are joined by %j", (begun, text, between) => {
    expect(seam(begun, text)).toBe(between);
  });

  it("only what comes first is looked at", async () => {
    const texts = (await hear("One.", "Two.", "Three")).flatMap((e) => (e.type === "text" ? [e.text] : []));
    expect(texts).toEqual([" Two.", "Three"]);
  });

  it("both parts together are no longer than any reply", async () => {
    const events = await hear("x".repeat(MAX_REPLY_CHARACTERS - 3), "ab", "cd", "ef");
    expect(events).toEqual([
      { type: "text", text: "ab" },
      { type: "text", text: "c" },
      { type: "finish", reason: "length" },
    ]);
  });
});
