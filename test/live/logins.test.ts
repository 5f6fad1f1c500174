import { afterAll, beforeAll, expect, test } from "vitest";

import { newConversation, openStream } from "./client.ts";
import { startServer, type Server } from "./server.ts";
import { startUpstream, type Step, type Upstream } from "./upstream.ts";

/** OWASP API4: a queue of slow password hashes holds nobody up. */
let upstream: Upstream;
let server: Server;

beforeAll(async () => {
  upstream = await startUpstream();
  server = await startServer({
    vars: { OPENAI_API_KEY: "sk-live-test", OPENAI_BASE_URL: upstream.url, RATE_LIMITS: "off" },
  });
});
afterAll(async () => {
  await server?.stop();
  await upstream?.stop();
});

/** The status of a login under a name that nobody has, which takes a hash as any does. */
async function login(username: string) {
  const answer = await fetch(`${server.url}/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password: "password123" }),
  });
  await answer.body?.cancel();
  return answer.status;
}

/** A reply whose every token waits until the reader has read the one before: it goes as fast as the server lets it. */
async function pingPong() {
  const talk = await newConversation(server.url);
  const gates = Array.from({ length: 5000 }, () => Promise.withResolvers<void>());
  upstream.next(gates.flatMap(({ promise }): Step[] => [{ text: "word " }, { until: promise }]));
  const stream = await openStream(`${talk.url}/send`, { token: talk.token, body: { content: "Hi" } });
  const tokens = { read: 0 };
  const read = async () => {
    for await (const { event } of stream.events) if (event === "delta") gates[tokens.read++]?.resolve();
  };
  const reading = read().catch(() => undefined);
  return { tokens, end: () => (stream.cut(), reading) };
}

test("while fifty log in at once, every login leaves time for tokens and for others' requests", async () => {
  const stream = await pingPong();
  let [over, pings] = [false, 0];
  const pinging = (async () => {
    for (; !over; pings++) await (await fetch(`${server.url}/health`)).body?.cancel();
  })();
  const seen: { tokens: number; pings: number }[] = [];
  const logins = Array.from({ length: 50 }, async (_, i) => {
    const status = await login(`nobody-${i}`);
    if (status === 401) seen.push({ tokens: stream.tokens.read, pings });
    return status;
  });
  const statuses = await Promise.all(logins);
  over = true;
  await Promise.all([pinging, stream.end()]);
  expect(statuses.filter((status) => status !== 401 && status !== 503)).toEqual([]);
  expect(seen.length).toBeGreaterThan(1);
  const [first, last] = [seen[0]!, seen.at(-1)!];
  expect((last.tokens - first.tokens) / (seen.length - 1)).toBeGreaterThan(4);
  expect((last.pings - first.pings) / (seen.length - 1)).toBeGreaterThan(4);
});
