import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { readiness } from "../../src/routes/health";
import { openDatabase } from "../../src/db/client";
import type { Env } from "../../src/env";
import { api, json } from "../harness";

const well = { ok: true, ms: expect.any(Number) };

/** Bindings of which one does not work; a namespace of its own, so that no earlier answer is remembered. */
const bindings = (broken: Partial<Pick<Env, "CONVERSATIONS">>): Env => {
  const { idFromName, get } = env.CONVERSATIONS;
  const CONVERSATIONS = {
    idFromName: idFromName.bind(env.CONVERSATIONS),
    get: get.bind(env.CONVERSATIONS),
  } as Env["CONVERSATIONS"];
  return { ...env, CONVERSATIONS, ...broken };
};
const ask = async (bindings: Env, db = env.DB) => (await readiness(bindings, openDatabase(db))).checks;

describe("readiness", () => {
  it("names every part with its time, to anyone", async () => {
    expect(await json(api("/health"))).toEqual({ status: "healthy" });
    expect(await json(api("/health/ready"))).toEqual({
      status: "ready",
      checks: { database: well, conversations: well },
    });
  });

  it("is not given while a part fails or says nothing, and tells which", async () => {
    const failing = { prepare: () => failing, run: () => Promise.reject(new Error("D1 is down")) } as never;
    expect(await ask(bindings({}), failing)).toMatchObject({ database: { ok: false }, conversations: well });
    const silent = { prepare: () => ({ bind: () => silent.prepare() }) } as unknown as D1Database & {
      prepare: () => never;
    };
    expect(await ask(bindings({}), silent)).toMatchObject({ database: { ok: false }, conversations: well });
    const mute = { ...bindings({}).CONVERSATIONS, get: () => ({ ping: () => new Promise(() => {}) }) };
    expect(await ask(bindings({ CONVERSATIONS: mute as unknown as Env["CONVERSATIONS"] }))).toMatchObject({
      database: well,
      conversations: { ok: false },
    });
  });

  it("answers 503 with what it found when a part fails", async () => {
    vi.useFakeTimers({ now: Date.now() + 120_000, toFake: ["Date"] });
    vi.spyOn(env.DB, "prepare").mockImplementation(() => {
      throw new Error("D1 is down");
    });
    const failure = await json(api("/health/ready"), 503);
    vi.restoreAllMocks();
    vi.useRealTimers();
    expect(failure).toMatchObject({
      code: "not_ready",
      checks: { database: { ok: false }, conversations: well },
    });
    expect(JSON.stringify(failure)).not.toContain("D1 is down");
  });

  it("asks its parts once for many who ask, and remembers only for a moment", async () => {
    const ping = vi.fn(() => Promise.resolve(true));
    const parts = { ...bindings({}).CONVERSATIONS, get: () => ({ ping }) };
    const asked = bindings({ CONVERSATIONS: parts as unknown as Env["CONVERSATIONS"] });
    vi.useFakeTimers({ toFake: ["Date"] });
    for (let i = 0; i < 5; i++) await ask(asked);
    expect(ping).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Date.now() + 60_000);
    await ask(asked);
    vi.useRealTimers();
    expect(ping).toHaveBeenCalledTimes(2);
  });

  it("leaves nothing in the object it asks", async () => {
    vi.useFakeTimers({ now: Date.now() + 240_000, toFake: ["Date"] });
    await json(api("/health/ready"));
    vi.useRealTimers();
    const probe = env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName("readiness"));
    const left = await runInDurableObject(probe, async (_, { storage }) => [
      [...storage.kv.list()],
      await storage.getAlarm(),
    ]);
    expect(left).toEqual([[], null]);
  });
});
