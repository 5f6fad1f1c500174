import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";

import { close, type Turn } from "../../src/chat/turn";
import type { Message } from "../../src/db/schema";
import { configOf, type Env } from "../../src/env";
import type { ErrorCode } from "../../src/errors";
import { costMicros, findPrice, priceOf } from "../../src/usage/prices";
import { readUsage, type TokenUsage } from "../../src/usage/tokens";
import recorded from "../fixtures/usage/recorded.json";

type Recorded = {
  name: string;
  server: string;
  provider?: string;
  model: string;
  at?: string;
  prices?: object;
  /** The `usage` of each chunk that had such a field, in order. */
  usages: unknown[];
  text?: string;
  outcome?: "complete" | "stopped" | "failed";
  failure?: ErrorCode;
  estimated_prompt?: number;
  micros: number | null;
};

const pricesOf = (table: unknown, server = "https://api.openai.com/v1") =>
  configOf({
    SECRET_KEY: "a-secret-for-tests-only-0123456789abcdef",
    OPENAI_BASE_URL: server,
    MODEL_PRICES: typeof table === "string" ? table : JSON.stringify(table),
  } as Env);

/** What the ledger says of a call that went like this. */
function ledgerRow(call: Recorded) {
  const at = Date.parse(call.at ?? "2026-11-01T12:00:00Z");
  const outcome = call.outcome ?? "complete";
  const usage = call.usages.map(readUsage).findLast((usage) => usage !== null) ?? null;
  const message = { id: 1048578, conversationId: 1, createdAt: new Date(at) } as Message;
  const turn: Turn = {
    purpose: "reply",
    userId: 1,
    speaker: { personaId: 1, provider: call.provider ?? "openai", model: call.model },
    said: message,
    reply: message,
    head: { revision: 1, messageSeq: 2, messageCount: 2, tokenRatio: 1 },
    nonce: "0123456789abcdef",
    billId: "1048578",
    reserved: false,
    estimate: { raw: 0, corrected: call.estimated_prompt ?? 0 },
    startedAt: at,
    keptAt: at,
  };
  const attempt = {
    model: call.model,
    startedAt: at,
    firstTokenMs: 300,
    totalMs: 900,
    text: call.text ?? "",
    usage,
    finishReason: "stop",
    outcome,
    failure: call.failure ? { code: call.failure, retryAfter: null } : null,
  };
  return close(
    turn,
    { status: outcome, attempts: [attempt], failure: attempt.failure },
    pricesOf(call.prices ?? {}, call.server),
  ).usage[0]!;
}

describe("a recorded call costs what its provider bills", () => {
  it.each(recorded as Recorded[])("$name", (call) => {
    const row = ledgerRow(call);
    expect(row.costMicros).toBe(call.micros);
    expect(row.estimated).toBe(call.usages.every((usage) => readUsage(usage) === null));
    expect(row.priceVersion === null).toBe(call.micros === null);
  });

  it("and says by which price", () => {
    const priced = (model: string, table = {}) =>
      findPrice({ provider: "openai", model, at: new Date() }, 0, pricesOf(table))?.version;
    expect(priced("gpt-4o-2024-08-06")).toMatch(/^genai-prices@\d+\.\d+\.\d+ openai\/gpt-4o$/);
    const table = { "gpt-4o*": { input: 2, output: 8 } };
    expect(priced("gpt-4o-2024-08-06", table)).toBe("config:gpt-4o* in 2 cached 2 write 2 out 8");
  });
});

describe("MODEL_PRICES", () => {
  const inputPrice = (model: string) =>
    findPrice(
      { provider: "openai", model, at: new Date() },
      0,
      pricesOf({
        "*": { input: 1, output: 1 },
        "our-*": { input: 2, output: 2 },
        "our-large-*": { input: 3, output: 3 },
        "our-large-one": { input: 4, output: 4 },
        "a+b(c)": { input: 5, output: 5 },
      }),
    )?.rates.input;

  it("prefers the exact name, then the longest pattern, whatever the case", () => {
    expect(inputPrice("gpt-4o")).toBe(1);
    expect(inputPrice("our-small")).toBe(2);
    expect(inputPrice("our-large-two")).toBe(3);
    expect(inputPrice("OUR-LARGE-ONE")).toBe(4);
    expect(inputPrice("a+b(c)")).toBe(5);
    expect(inputPrice("aab(c)")).toBe(1);
  });

  it.each([
    ["text that is no JSON", "{"],
    ["a list", "[]"],
    ["a price without its output", '{"m": {"input": 1}}'],
    ["a negative price", '{"m": {"input": -1, "output": 1}}'],
    ["a price in words", '{"m": {"input": "1", "output": 1}}'],
    ["a misspelt field", '{"m": {"input": 1, "output": 1, "cached": 0.1}}'],
    ["a model without a name", '{"": {"input": 1, "output": 1}}'],
  ])("refuses %s with a sentence that names it", (_, text) => {
    expect(() => pricesOf(text)).toThrow(/^The server is not configured correctly: MODEL_PRICES must be/);
  });
});

describe("PRICE_PROVIDER", () => {
  const gateway = "https://gateway.example.com/v1/account/openai";
  const configured = (variables: Partial<Env>) =>
    configOf({
      SECRET_KEY: "a-secret-for-tests-only-0123456789abcdef",
      OPENAI_BASE_URL: gateway,
      ...variables,
    } as Env);
  const priced = (variables: Partial<Env>, baseUrl?: string) => {
    const model = { provider: "gateway.example.com", model: "gpt-4o", at: new Date("2026-11-01") };
    return findPrice({ ...model, ...(baseUrl && { baseUrl }) }, 0, configured(variables));
  };

  it.each(["openai", " OpenAI ", "https://api.openai.com/v1"])(
    "%j: a gateway's calls cost as much",
    (name) => {
      const direct = priced({ OPENAI_BASE_URL: "https://api.openai.com/v1" });
      expect(direct?.rates).toMatchObject({ input: 2.5, output: 10 });
      expect(priced({ PRICE_PROVIDER: name })).toEqual(direct);
    },
  );

  it("is needed: nobody knows what a gateway asks for a model", () => {
    expect(priced({})).toBeNull();
    expect(priced({ PRICE_PROVIDER: "" })).toBeNull();
  });

  it("comes after MODEL_PRICES, and is about the configured server only", () => {
    const own = { PRICE_PROVIDER: "openai", MODEL_PRICES: '{"gpt-4o": {"input": 1, "output": 1}}' };
    expect(priced(own)?.version).toMatch(/^config:/);
    expect(priced({ PRICE_PROVIDER: "openai" }, "https://elsewhere.example.com/v1")).toBeNull();
  });

  it.each(["nobody", "my openai thing", "https://gateway.example.com/v1", "*"])(
    "refuses %j, which the price list does not know, with a sentence that names it",
    (name) => {
      expect(() => configured({ PRICE_PROVIDER: name })).toThrow(
        /^The server is not configured correctly: PRICE_PROVIDER must be a provider of the price list/,
      );
    },
  );
});

const anything = fc.oneof(
  fc.nat(1000),
  fc.constantFrom(-1, 0.5, 1e12, 2 ** 60, NaN, Infinity, "7", null, undefined, true, {}, []),
);
const usageOf = (value: typeof anything) =>
  fc.record({
    prompt_tokens: value,
    completion_tokens: value,
    prompt_tokens_details: fc.oneof(
      fc.constant(null),
      fc.record({ cached_tokens: value, cache_write_tokens: value }),
    ),
    completion_tokens_details: fc.oneof(fc.constant("x"), fc.record({ reasoning_tokens: value })),
    prompt_cache_hit_tokens: value,
    cache_creation_input_tokens: value,
  });

describe("what a server reports of its tokens", () => {
  test.prop([fc.oneof(usageOf(anything), fc.anything())], { numRuns: 1000 })(
    "is believed only where it can be true",
    (reported) => {
      const usage = readUsage(reported);
      if (usage === null) return;
      for (const count of Object.values(usage)) {
        expect(Number.isInteger(count) && count >= 0 && count <= 1e9).toBe(true);
      }
      expect(usage.promptTokens).toBeGreaterThan(0);
      expect(usage.cachedTokens + usage.cacheWriteTokens).toBeLessThanOrEqual(usage.promptTokens);
      expect(usage.reasoningTokens).toBeLessThanOrEqual(usage.completionTokens);
    },
  );

  it("is cut to its total where a part is larger, and a nonsensical part is left out", () => {
    const usage = readUsage({
      prompt_tokens: 100,
      completion_tokens: 10,
      prompt_tokens_details: { cached_tokens: 80, cache_write_tokens: 90 },
      completion_tokens_details: { reasoning_tokens: 11 },
    });
    expect(usage).toMatchObject({ cachedTokens: 80, cacheWriteTokens: 20, reasoningTokens: 10 });
    const odd = { prompt_tokens: 5, completion_tokens: 1, prompt_tokens_details: { cached_tokens: -1 } };
    expect(readUsage(odd)).toMatchObject({ promptTokens: 5, cachedTokens: 0 });
  });

  it.each([
    null,
    undefined,
    "x",
    7,
    [],
    {},
    { prompt_tokens: 5 },
    { prompt_tokens: -5, completion_tokens: 1 },
  ])("is no measurement: %j", (reported) => {
    expect(readUsage(reported)).toBeNull();
  });
});

/** A usage whose parts are within their totals. */
const usages: fc.Arbitrary<TokenUsage> = fc
  .tuple(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), fc.nat(1e6))
  .map(([plain, cachedTokens, cacheWriteTokens, shown, reasoningTokens]) => ({
    promptTokens: plain + cachedTokens + cacheWriteTokens + 1,
    cachedTokens,
    cacheWriteTokens,
    completionTokens: shown + reasoningTokens,
    reasoningTokens,
  }));

describe("the sum", () => {
  test.prop([usages, fc.nat(10_000), fc.nat(10_000)])(
    "counts no token twice: with one rate for all kinds it is the totals at that rate",
    (usage, input, output) => {
      const call = { provider: "openai", model: "m", usage, at: new Date() };
      // Thousandths of a dollar per million tokens.
      const cost = priceOf(call, pricesOf({ m: { input: input / 1000, output: output / 1000 } }));
      const thousandths = usage.promptTokens * input + usage.completionTokens * output;
      expect(cost!.micros).toBe(Math.floor((thousandths + 500) / 1000));
    },
  );

  it("is exact where floating point is not", () => {
    const rates = { input: 0.1, cachedInput: 0.1, cacheWrite: 0.1, output: 0.7, reasoning: 0.7, perCall: 0 };
    const tokens = (promptTokens: number, completionTokens: number) =>
      costMicros(
        { promptTokens, completionTokens, cachedTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
        rates,
      );
    // In floating point 1 × 0.1 + 12 × 0.7 is 8.499999999999998, and would be rounded down.
    expect(tokens(1, 12)).toBe(9);
    expect(tokens(1_000_000_000, 1_000_000_000)).toBe(800_000_000);
  });
});
