import { Hono } from "hono";
import { afterEach, expect, it, vi } from "vitest";

import { queue } from "../../src/http/queue";
import type { AppEnv } from "../../src/http/router";

afterEach(() => void vi.useRealTimers());

/** Calls that each stay inside until they are let out. */
function crowd() {
  const inside: PromiseWithResolvers<Response>[] = [];
  const app = new Hono<AppEnv>().use(queue).get("/", () => {
    const call = Promise.withResolvers<Response>();
    inside.push(call);
    return call.promise;
  });
  app.onError((error) => new Response(null, { status: "status" in error ? Number(error.status) : 500 }));
  const call = async () => (await app.request("/")).status;
  return { inside, call };
}

it("four calls about credentials are worked on at once, and the others when one of them ends, well or badly", async () => {
  const { inside, call } = crowd();
  const calls = Array.from({ length: 6 }, call);
  await scheduler.wait(100);
  expect(inside).toHaveLength(4);
  inside[0]!.resolve(new Response());
  inside[1]!.reject(new Error("broken"));
  await expect.poll(() => inside.length).toBe(6);
  for (const { resolve } of inside) resolve(new Response());
  expect(await Promise.all(calls)).toEqual([200, 500, 200, 200, 200, 200]);
});

it("a call about credentials that does not get its turn in time is told to come back", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { inside, call } = crowd();
  const calls = Array.from({ length: 4 }, call);
  await expect.poll(() => inside.length).toBe(4);
  const late = call();
  vi.setSystemTime(Date.now() + 6000);
  expect(await late).toBe(503);
  for (const { resolve } of inside) resolve(new Response());
  expect(await Promise.all(calls)).toEqual([200, 200, 200, 200]);
});
