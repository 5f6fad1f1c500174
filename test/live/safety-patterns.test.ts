import { check } from "recheck";
import { describe, expect, it } from "vitest";

import { AGE_PATTERNS } from "../../src/safety/age";
import { assess, floorPatterns } from "../../src/safety/assess";
import { REPLY_PATTERNS } from "../../src/safety/reply";

/** What an expression's alternatives cost together is the sum of what each costs. */
function alternativesOf(source: string): string[] {
  const found = [""];
  let depth = 0;
  for (const [part] of source.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|./gsu)) {
    if (part === "(") depth += 1;
    if (part === ")") depth -= 1;
    if (part === "|" && depth === 0) found.push("");
    else found[found.length - 1] += part;
  }
  return found;
}

const patterns = new Map(
  [...floorPatterns(), ...AGE_PATTERNS, ...REPLY_PATTERNS].flatMap(({ source, flags }) =>
    alternativesOf(source).map((part) => [part, flags.replace("g", "")] as const),
  ),
);

// The check as a program of its own takes a tenth of what it takes in Java, which it prefers, or in JavaScript.
if (process.platform === "linux" && process.arch === "x64") process.env.RECHECK_BACKEND ??= "native";

/** As long as the test itself may take: a busy machine must not decide. */
const PATIENCE_MS = 400_000;

/** CPU time, so that a busy machine changes little. Milliseconds. */
function costOf(text: string): number {
  const before = process.cpuUsage();
  assess(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The least of some tries, until it is below the limit: what else the machine does is no cost of ours. */
function leastOf(text: string, limit: number): number {
  let least = costOf(text);
  for (let tries = 1; tries < 30 && least >= limit; tries++) least = Math.min(least, costOf(text));
  return least;
}

const HOSTILE = [
  "i want ",
  "want to ",
  ",. ",
  "a,",
  "k i l l ",
  "my friend ",
  "not ",
  "ich will mich ",
  "me quiero ",
  "je veux ",
  "não quero ",
  "死",
  "友達が",
  "自分",
  '"',
  "「",
  "i",
  "1!",
  "*",
  "\u0301",
  "я не хочу ",
  "ik wil ",
  "لا ",
  "lol ",
  "suicid",
  "if i ",
];

describe("the safety floor's patterns", () => {
  it("cannot be made slow, each of them, as recheck finds", async () => {
    const left = [...patterns];
    const unsafe: string[] = [];
    const worker = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const [source, flags] = next;
        const { status } = await check(source, flags, { timeout: PATIENCE_MS });
        if (status !== "safe") unsafe.push(`${status}: ${source}`);
      }
    };
    await Promise.all([worker(), worker()]);
    expect(unsafe).toEqual([]);
  }, 400_000);

  it.each(HOSTILE)(
    "read 4,000 characters of %j in 50 ms, and twice as many in three times as long",
    (seed) => {
      const text = (length: number) => seed.repeat(Math.ceil(length / seed.length)).slice(0, length);
      costOf(text(1000));
      const once = Math.min(...Array.from({ length: 3 }, () => leastOf(text(4000), 50)));
      expect(once).toBeLessThan(50);
      const most = Math.max(3 * once, 20);
      expect(leastOf(text(8000), most)).toBeLessThan(most);
    },
  );
});
