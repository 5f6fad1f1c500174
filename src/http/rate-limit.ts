import type { Context } from "hono";
import { createMiddleware } from "hono/factory";

import { AppError } from "../errors";
import type { AppEnv } from "./router";

/**
 * How often a route of each kind may be called within a minute, by one user or, where nobody is signed in, from one
 * address. The numbers follow what a call costs: a turn pays a language model, a credential costs a slow hash, a write a
 * transaction, a read little. They are those of the bindings in `wrangler.toml`.
 */
export const RATES = {
  turns: { binding: "LIMIT_TURNS", quota: 30 },
  credentials: { binding: "LIMIT_CREDENTIALS", quota: 20 },
  writes: { binding: "LIMIT_WRITES", quota: 120 },
  reads: { binding: "LIMIT_READS", quota: 300 },
  /** Everything from one address, whoever is signed in there: a school or an office shares one. */
  address: { binding: "LIMIT_ADDRESS", quota: 1200 },
} as const;

export type Rate = keyof typeof RATES;

const WINDOW_S = 60;

/**
 * The address a request came from, as Cloudflare saw it; on a laptop there is only one. Of an IPv6 address the first 64
 * bits, since whoever has one has all that begin like it.
 */
export function addressOf(c: Context): string {
  const address = c.req.header("cf-connecting-ip") ?? "local";
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  if (tail !== undefined) {
    const last = tail.split(":").filter(Boolean);
    groups.push(...Array<string>(Math.max(0, 8 - groups.length - last.length)).fill("0"), ...last);
  }
  return `${groups.slice(0, 4).join(":")}::/64`;
}

/** The network of that address, too coarse to name a person: the first 24 bits, or 48 of an IPv6 address. */
export function networkOf(c: Context): string {
  const address = addressOf(c);
  if (address.includes(":")) return `${address.split(":").slice(0, 3).join(":")}::/48`;
  const [, network] = /^(\d+\.\d+\.\d+)\.\d+$/.exec(address) ?? [];
  return network ? `${network}.0/24` : "local";
}

/**
 * Refuses calls beyond the rate. The counters are the platform's: per location and a little late, which is good against
 * floods and costs nothing. What must be counted exactly (logins, allowances) is counted elsewhere.
 * @throws AppError `rate_limited`
 */
export const limitRate = (rate: Rate, by: "user" | "address") =>
  createMiddleware<AppEnv>(async function limitRate(c, next) {
    if (!c.get("config").RATE_LIMITS) return next();
    const { binding, quota } = RATES[rate];
    // RateLimit header fields for HTTP, draft-ietf-httpapi-ratelimit-headers.
    const policy = `"${rate}";q=${quota};w=${WINDOW_S}`;
    const key = by === "user" ? `user:${c.get("caller").userId}` : `address:${addressOf(c)}`;
    const { success } = await c.env[binding].limit({ key });
    c.header("RateLimit-Policy", policy, { append: true });
    if (success) return next();
    throw new AppError("rate_limited", {
      headers: { "Retry-After": String(WINDOW_S), RateLimit: `"${rate}";r=0;t=${WINDOW_S}` },
    });
  });
