import { createHmac } from "node:crypto";

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { eraserOf } from "../../src/chat/client";
import { LiveConversation } from "../../src/chat/conversation";
import { openBudget, openRun } from "../../src/chat/erase";
import { openDatabase } from "../../src/db/client";
import type { Env } from "../../src/env";
import { Eraser } from "../../src/jobs/eraser";
import { tellOperator } from "../../src/jobs/webhooks";
import { newConversation } from "../chat/harness";
import { says, scriptUpstream } from "../upstream";

const HOOK = "https://operator.test/hook";
/** The tests' own eraser knows of no server to tell, and would forget what is to be told. */
const woken: number[] = [];
const ERASER = {
  idFromName: () => "",
  get: () => ({ wake: async (withinMs: number) => void woken.push(withinMs) }),
};
const told = {
  ...env,
  ERASER,
  SAFETY_WEBHOOK_URL: HOOK,
  SAFETY_WEBHOOK_SECRET: "a-secret",
} as unknown as Env;
const db = openDatabase(env.DB);
const HOUR = 60 * 60_000;

type Call = { id: string; signature: string; timestamp: string; body: string };

/** The operator's server, which answers each call with the next of these; the last one stays. */
function operator(...answers: (number | Error)[]) {
  scriptUpstream(says("I am here."));
  const model = vi.mocked(globalThis.fetch).getMockImplementation()!;
  const calls: Call[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    if (request.url !== HOOK) return model(input as RequestInfo, init as RequestInit);
    const header = (name: string) => request.headers.get(`webhook-${name}`) ?? "";
    const [id, signature, timestamp] = [header("id"), header("signature"), header("timestamp")];
    const answer = answers[Math.min(calls.length, answers.length - 1)];
    calls.push({ id, signature, timestamp, body: await request.text() });
    if (answer instanceof Error) throw answer;
    return new Response(null, { status: answer ?? 200 });
  });
  vi.spyOn(console, "error").mockImplementation(() => {});
  return calls;
}

/** Somebody who has said this, where dangers are told. */
async function saying(...texts: string[]) {
  const chat = await newConversation();
  const { sid: sessionId } = JSON.parse(atob(chat.token.split(".")[1]!)) as { sid: string };
  const call = { conversationId: chat.id, caller: { userId: chat.user.id, sessionId }, requestId: "r" };
  const stub = env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(String(chat.id)));
  await runInDurableObject(stub, async (_, state) => {
    const object = new LiveConversation(state, told);
    for (const content of texts) {
      const delivery = { dialect: "turn", stream: false, after: 0 };
      const body = JSON.stringify({ call, command: { type: "send", content, delivery } });
      const answer = await object.fetch(new Request("https://conversation/", { method: "POST", body }));
      expect(answer.status).toBe(200);
      await answer.text();
    }
  });
  return chat.user;
}

const run = (at: number) => tellOperator(openRun(told, db, openBudget()), () => new Date(at));
const dueOf = (user: number) =>
  env.DB.prepare(
    "SELECT webhook_due_at AS due, webhook_tries AS tries FROM safety_events WHERE user_id = ? AND code = 'crisis'",
  )
    .bind(user)
    .all<{ due: number | null; tries: number }>()
    .then(({ results }) => results);
/** Nothing of an earlier test is due. */
const forget = () => env.DB.prepare("UPDATE safety_events SET webhook_due_at = NULL").run();

describe("the operator's server", () => {
  it("is told of a danger once, signed, without a word of what was said, and of each step", async () => {
    await forget();
    const calls = operator();
    const user = await saying(
      "I want to kill myself",
      "Good morning",
      "I want to kill myself",
      "Sometimes I wish I had never been born",
    );
    expect(await run(Date.now())).toBe("done");
    expect(await run(Date.now())).toBe("done");
    expect(calls).toHaveLength(2);
    const { id, timestamp, signature, body } = calls[0]!;
    const expected = createHmac("sha256", "a-secret").update(`${id}.${timestamp}.${body}`).digest("base64");
    expect(signature).toBe(`v1,${expected}`);
    expect(body).not.toMatch(/kill|morning/);
    const bodies = calls.map((call) => JSON.parse(call.body) as { data: { step: number } });
    expect(bodies.toSorted((a, b) => a.data.step - b.data.step)).toMatchObject([
      {
        type: "safety.crisis",
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        data: {
          event_id: expect.stringMatching(/^saf_/) as string,
          user_id: user.id,
          level: "high",
          step: 1,
        },
      },
      { data: { user_id: user.id, step: 2, parent_linked: false } },
    ]);
    expect(await dueOf(user.id)).toMatchObject([{ due: null }, { due: null }, { due: null }]);
  });

  it("is told again, ever later and under the same id, until it says that it has heard", async () => {
    await forget();
    const calls = operator(500, new Error("reset"), 302, 429, 204);
    const user = await saying("I want to kill myself");
    let at = Date.now();
    const waits: number[] = [];
    for (let tries = 0; tries < 4; tries++) {
      expect(await run(at)).toBe("later");
      const [event] = await dueOf(user.id);
      waits.push((event!.due! - at) / 1000);
      expect(await run(event!.due! - 1)).toBe("later");
      at = event!.due!;
    }
    expect(waits).toEqual([30, 60, 120, 240]);
    expect(await run(at)).toBe("done");
    expect(calls).toHaveLength(5);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(1);
  });

  it("is given up after some days", async () => {
    await forget();
    operator(500);
    const user = await saying("I want to kill myself");
    const began = Date.now();
    let at = began;
    while ((await run(at)) === "later") at = (await dueOf(user.id))[0]!.due!;
    expect((at - began) / HOUR).toBeGreaterThan(48);
    expect((at - began) / HOUR).toBeLessThan(96);
    expect(await dueOf(user.id)).toEqual([{ due: null, tries: 19 }]);
  });

  it("is told by the eraser's alarm, which a turn sets before it is written and again after it", async () => {
    await forget();
    const calls = operator();
    woken.length = 0;
    const user = await saying("Hello", "I want to kill myself");
    expect(woken).toEqual([30_000, 0]);
    await runInDurableObject(eraserOf(env), (_, state) => new Eraser(state, told).alarm());
    expect(calls).toHaveLength(1);
    expect(await dueOf(user.id)).toMatchObject([{ due: null }]);
  });

  it("is not there unless it is named: then nothing is noted, and what was noted is forgotten", async () => {
    await forget();
    const calls = operator();
    const chat = await newConversation();
    await chat.send("I want to kill myself");
    expect(await dueOf(chat.user.id)).toMatchObject([{ due: null }]);
    const user = await saying("I want to kill myself");
    const now = () => new Date();
    expect(await tellOperator(openRun(env as Env, db, openBudget()), now)).toBe("done");
    expect(calls).toHaveLength(0);
    expect(await dueOf(user.id)).toMatchObject([{ due: null }]);
  });
});
