import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { api, newConversation } from "./client.ts";
import { startServer, type Server } from "./server.ts";
import { reply, startUpstream, type Upstream } from "./upstream.ts";

/** What a stranger can take of a server, over real sockets and at the same time (OWASP API4). */
const MAX_RUNNING_TURNS = 4;
const MAX_PERSONAS = 7;
const CEILING_USD = 7;
/** A reply that is at most so long, at a dollar for a thousand tokens, so that a turn may cost about a dollar. */
const MODEL_PRICES = JSON.stringify({ "*": { input: 1000, output: 1000 } });

let upstream: Upstream;
let server: Server;

beforeAll(async () => {
  upstream = await startUpstream();
  server = await startServer({
    vars: {
      OPENAI_API_KEY: "sk-live-test",
      OPENAI_BASE_URL: upstream.url,
      OPENAI_MAX_TOKENS: "1000",
      RATE_LIMITS: "off",
      MODEL_PRICES,
      MAX_RUNNING_TURNS: String(MAX_RUNNING_TURNS),
      MAX_PERSONAS: String(MAX_PERSONAS),
      DAILY_COST_CEILING_USD: String(CEILING_USD),
    },
  });
});
afterAll(async () => {
  await server?.stop();
  await upstream?.stop();
});

type Answer = { status: number; code: string | undefined };

async function send({ url, token }: { url: string; token: string }): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(`${url}/send`, { method: "POST", headers, body: '{"content":"Hi"}' });
  const { code } = (await answer.json()) as { code?: string };
  return { status: answer.status, code };
}

/** Sends in all of these at once. The model answers none before it has heard of each that was not refused. */
async function sendAtOnce(talks: { url: string; token: string }[]) {
  const gate = Promise.withResolvers<void>();
  upstream.always([{ text: "Well" }, { until: gate.promise }, ...reply("then.")]);
  const before = upstream.calls.length;
  const calls = () => upstream.calls.length - before;
  const answers: Answer[] = [];
  const all = talks.map(async (talk) => answers.push(await send(talk)));
  await expect.poll(() => calls() + answers.length, { timeout: 50_000 }).toBeGreaterThanOrEqual(talks.length);
  gate.resolve();
  await Promise.all(all);
  return { answers, calls: calls() };
}

describe("at the same time", () => {
  test("120 messages of one user become as many turns as may run at once, and no other call is made", async () => {
    const first = await newConversation(server.url);
    const { persona_id } = await api<{ persona_id: number }>(first.url, { token: first.token });
    const talks = await Promise.all(
      Array.from({ length: 120 }, async () => {
        const body = { title: "One of many", persona_id };
        const { id } = await api<{ id: number }>(`${server.url}/chat/conversations`, {
          token: first.token,
          body,
        });
        return { url: `${server.url}/chat/conversations/${id}`, token: first.token };
      }),
    );
    const { answers, calls } = await sendAtOnce(talks);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(MAX_RUNNING_TURNS);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(120 - MAX_RUNNING_TURNS);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["too_many_turns"]));
    expect(calls).toBe(MAX_RUNNING_TURNS);
  });

  test("messages of many users reserve no more together than the server may spend in a day", async () => {
    const talks = [];
    for (let n = 0; n < 9; n++) talks.push(await newConversation(server.url));
    const { answers } = await sendAtOnce(talks);
    const taken = answers.filter(({ status }) => status === 200);
    // Each reserves more than a dollar, and less than one and a half.
    expect(taken.length).toBeGreaterThan(CEILING_USD / 1.5 - 1);
    expect(taken.length).toBeLessThan(CEILING_USD);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["daily_ceiling_reached"]));
  });

  test("50 personas made at the edge of the room are as many as it holds", async () => {
    const { token } = await newConversation(server.url);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify({ name: "Sam", relation_type: "friend" });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => fetch(`${server.url}/personas`, { method: "POST", headers, body })),
    );
    const statuses = answers.map(({ status }) => status);
    for (const { body: unread } of answers) await unread?.cancel();
    expect(statuses.filter((status) => status === 200)).toHaveLength(MAX_PERSONAS - 1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(50 - MAX_PERSONAS + 1);
  });
});
