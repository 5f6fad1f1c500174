import { calcPrice, type ModelPrice } from "@pydantic/genai-prices";

import { dependencies } from "../../package.json";
import type { Config } from "../env";
import type { TokenUsage } from "./tokens";

/** US dollars per million tokens, and per call where a provider asks for that as well. */
export type Rates = {
  input: number;
  cachedInput: number;
  cacheWrite: number;
  output: number;
  reasoning: number;
  perCall: number;
};

/** What a model costs and where that stands written. */
type Price = { rates: Rates; version: string; contextWindow: number | null };

/** `micros`: millionths of a US dollar. `version` names the price list and its entry, or the configured prices. */
export type Cost = { micros: number; version: string };

/** `model` is the one that answered; `at` the time of the call, since prices change by date and by time of day. */
type Model = { provider: string; model: string; baseUrl?: string; at: Date };

export type PriceConfig = Pick<Config, "MODEL_PRICES" | "PRICE_PROVIDER" | "OPENAI_BASE_URL">;

const PRICE_LIST = `genai-prices@${dependencies["@pydantic/genai-prices"]}`;
const FREE: Rates = { input: 0, cachedInput: 0, cacheWrite: 0, output: 0, reasoning: 0, perCall: 0 };

/** What a call costs, or null where nobody has told us the model's price (which is not the same as 0). */
export function priceOf(call: Model & { usage: TokenUsage }, config: PriceConfig): Cost | null {
  const price = findPrice(call, call.usage.promptTokens, config);
  return price && { micros: costMicros(call.usage, price.rates), version: price.version };
}

/**
 * Where a model's price stands: the offline model costs nothing, then `MODEL_PRICES`, then the public price list for
 * the server at `baseUrl` (a model of the same name at an unlisted server is another model, unless `PRICE_PROVIDER` says
 * whose it is).
 * `promptTokens` matters because some prices rise with the length of the prompt.
 */
export function findPrice(model: Model, promptTokens: number, config: PriceConfig): Price | null {
  if (model.provider === "offline") return { rates: FREE, version: "offline", contextWindow: null };
  return configuredPrice(model.model, config) ?? listedPrice(model, promptTokens, config);
}

function configuredPrice(model: string, config: PriceConfig): Price | null {
  const fitting = Object.entries(config.MODEL_PRICES).filter(([pattern]) => matches(pattern, model));
  const [best] = fitting.toSorted(
    ([a], [b]) => Number(a.includes("*")) - Number(b.includes("*")) || b.length - a.length,
  );
  if (!best) return null;
  const [pattern, { input, output, cached_input = input, cache_write = input }] = best;
  const rates = {
    input,
    cachedInput: cached_input,
    cacheWrite: cache_write,
    output,
    reasoning: output,
    perCall: 0,
  };
  const version = `config:${pattern} in ${input} cached ${cached_input} write ${cache_write} out ${output}`;
  return { rates, version, contextWindow: null };
}

/** `*` stands for any text; case does not matter. */
function matches(pattern: string, model: string): boolean {
  const parts = pattern.split("*").map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join(".*")}$`, "is").test(model);
}

function listedPrice(model: Model, promptTokens: number, config: PriceConfig): Price | null {
  const seller =
    model.baseUrl === undefined && config.PRICE_PROVIDER
      ? { providerId: config.PRICE_PROVIDER }
      : { providerApiUrl: model.baseUrl ?? config.OPENAI_BASE_URL };
  const found = calcPrice({}, model.model, { ...seller, timestamp: model.at });
  if (!found) return null;
  const rates =
    listedRates(found.model_price, promptTokens) ?? (found.model.id.endsWith(":free") ? FREE : null);
  if (!rates) return null;
  return {
    rates,
    version: `${PRICE_LIST} ${found.provider.id}/${found.model.id}`,
    contextWindow: found.model.context_window ?? null,
  };
}

/** Null where the list knows the model but no price for its text: an empty entry does not mean free. */
function listedRates(price: ModelPrice, promptTokens: number): Rates | null {
  const rate = (name: string): number | undefined => {
    const listed = price[name];
    if (typeof listed !== "object") return listed;
    const tiers = listed.tiers.toSorted((a, b) => a.start - b.start);
    return tiers.findLast((tier) => promptTokens > tier.start)?.price ?? listed.base;
  };
  const input = rate("input_mtok");
  const output = rate("output_mtok");
  if (input === undefined || output === undefined) return null;
  return {
    input,
    cachedInput: rate("cache_read_mtok") ?? input,
    cacheWrite: rate("cache_write_mtok") ?? input,
    output,
    reasoning: rate("output_reasoning_mtok") ?? output,
    perCall: (rate("requests_kcount") ?? 0) / 1000,
  };
}

/**
 * Each token is counted once, at the rate of the narrowest kind it belongs to. The sum is exact (integers of 10⁻¹⁵
 * dollars; a rate counts to its ninth decimal) and is rounded once, to the nearest micro-dollar, halves up. A call that
 * the model never read costs nothing, whatever is charged for each call.
 */
export function costMicros(usage: TokenUsage, rates: Rates): number {
  const { promptTokens, cachedTokens, cacheWriteTokens, completionTokens, reasoningTokens } = usage;
  const parts: [tokens: number, rate: number][] = [
    [promptTokens - cachedTokens - cacheWriteTokens, rates.input],
    [cachedTokens, rates.cachedInput],
    [cacheWriteTokens, rates.cacheWrite],
    [completionTokens - reasoningTokens, rates.output],
    [reasoningTokens, rates.reasoning],
    [promptTokens > 0 ? 1_000_000 : 0, rates.perCall],
  ];
  const NANO = 1_000_000_000n;
  const sum = parts.reduce((total, [n, rate]) => total + BigInt(n) * BigInt(Math.round(rate * 1e9)), 0n);
  return Number((sum + NANO / 2n) / NANO);
}
