import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import wranglerToml from "../../wrangler.toml?raw";
import { app } from "../../src/app";
import { RATES, type Rate } from "../../src/http/rate-limit";
import { json, newUser } from "../harness";

/** A limiter that lets `quota` calls of each key through, as the platform's does within a minute. */
function limiter(quota: number) {
  const counts = new Map<string, number>();
  return {
    keys: counts,
    limit: async ({ key }: { key: string }) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return { success: counts.get(key)! <= quota };
    },
  };
}

function limitedApp(quotas: Partial<Record<Rate, number>>, variables = {}) {
  const limiters = Object.fromEntries(
    (Object.keys(RATES) as Rate[]).map((rate) => [RATES[rate].binding, limiter(quotas[rate] ?? 1000)]),
  );
  const bindings = { ...env, RATE_LIMITS: "on", ...limiters, ...variables };
  const ask = (
    path: string,
    { token = "", method = "GET", address = "192.0.2.1", body = undefined as unknown } = {},
  ) =>
    app.request(
      path,
      {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          "cf-connecting-ip": address,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      bindings,
    );
  return { ask, limiters };
}

describe("a rate limit", () => {
  it("refuses a user's calls beyond it, says when to come back, and leaves other users alone", async () => {
    const { ask } = limitedApp({ reads: 2 });
    const [one, other] = [await newUser(), await newUser()];
    for (const _ of [1, 2]) await json(ask("/chat/conversations", one));
    const refused = await ask("/chat/conversations", one);
    expect(refused.headers.get("retry-after")).toBe("60");
    expect(refused.headers.get("ratelimit")).toBe('"reads";r=0;t=60');
    expect(refused.headers.get("ratelimit-policy")).toContain('"reads";q=300;w=60');
    expect(await json(refused, 429)).toMatchObject({ code: "rate_limited" });
    await json(ask("/chat/conversations", other));
  });

  it("counts reads, writes and turns apart", async () => {
    const { ask } = limitedApp({ writes: 0, turns: 0 });
    const user = await newUser();
    await json(ask("/chat/conversations", user));
    const body = { title: "Hi", persona_id: 1 };
    await json(ask("/chat/conversations", { ...user, method: "POST", body }), 429);
    await json(ask("/chat/conversations/1/send", { ...user, method: "POST", body: { content: "Hi" } }), 429);
    expect(await json(ask("/chat/conversations", user))).toEqual([]);
  });

  it("counts signing in by address, before anything is hashed", async () => {
    const { ask } = limitedApp({ credentials: 1 });
    const body = { email: "nobody@example.com", password: "password123" };
    const login = (address: string) => ask("/auth/login", { method: "POST", body, address });
    await json(login("192.0.2.7"), 401);
    await json(login("192.0.2.7"), 429);
    await json(login("192.0.2.8"), 401);
  });

  it("counts everything from one address together, whoever is signed in there", async () => {
    const { ask } = limitedApp({ address: 2 });
    const [one, other] = [await newUser(), await newUser()];
    await json(ask("/chat/conversations", one));
    await json(ask("/chat/conversations", other));
    await json(ask("/chat/conversations", other), 429);
    await json(ask("/chat/conversations", { ...other, address: "192.0.2.99" }));
  });

  it.each([
    ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"],
    ["2001:db8::1", "2001:db8:0:0:1::2"],
  ])("takes %s and %s for one address", async (address, neighbour) => {
    const { ask } = limitedApp({ address: 1 });
    const user = await newUser();
    await json(ask("/chat/conversations", { ...user, address }));
    await json(ask("/chat/conversations", { ...user, address: neighbour }), 429);
    await json(ask("/chat/conversations", { ...user, address: "2001:db8:1:3::1" }));
  });

  it("can be switched off behind a gateway of one's own", async () => {
    const { ask } = limitedApp({ reads: 0, address: 0 }, { RATE_LIMITS: "off" });
    const answer = await ask("/chat/conversations", await newUser());
    expect(answer.status).toBe(200);
    expect(answer.headers.has("ratelimit-policy")).toBe(false);
  });

  it("is announced with the numbers that the platform is configured to enforce", () => {
    for (const { binding, quota } of Object.values(RATES)) {
      const configured = new RegExp(`name = "${binding}"[^[]*limit = (\\d+), period = 60`).exec(wranglerToml);
      expect(Number(configured?.[1])).toBe(quota);
    }
  });
});
