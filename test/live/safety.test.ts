import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";

import { api, newConversation, openStream } from "./client.ts";
import { startServer, type Server } from "./server.ts";
import { reply, startUpstream, type Step, type Upstream } from "./upstream.ts";

const SECRET = "a-webhook-secret-for-live-tests";
const DANGER = "I want to kill myself";

type Told = { headers: IncomingHttpHeaders; raw: string };

/** The operator's server. As long as it is `deaf` it takes what it is told and does not answer. */
async function startOperator() {
  const told: Told[] = [];
  const state = { deaf: false };
  const server = createServer((request, response) => {
    let raw = "";
    request.setEncoding("utf8").on("data", (text: string) => (raw += text));
    request.on("end", () => {
      told.push({ headers: request.headers, raw });
      if (!state.deaf) response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const stop = () => (server.closeAllConnections(), server.close());
  return { url: `http://127.0.0.1:${port}/told`, told, state, stop };
}

let upstream: Upstream;
let operator: Awaited<ReturnType<typeof startOperator>>;
let server: Server;

beforeAll(async () => {
  [upstream, operator] = await Promise.all([startUpstream(), startOperator()]);
  const vars = {
    OPENAI_API_KEY: "sk-live-test",
    OPENAI_BASE_URL: upstream.url,
    RATE_LIMITS: "off",
    UPSTREAM_RETRIES: "0",
    SAFETY_REGION: "US",
    SAFETY_WEBHOOK_URL: operator.url,
    SAFETY_WEBHOOK_SECRET: SECRET,
  };
  server = await startServer({ vars });
});

afterAll(async () => {
  await server?.stop();
  await upstream?.stop();
  operator?.stop();
});

type Message = { role: string; content: string; status: string; finish_reason: string | null };

/** A turn as a client sees it over its socket: the names of its events, what was shown, and the last event. */
async function streamed(talk: { url: string; token: string }, content: string) {
  const { events } = await openStream(`${talk.url}/send`, { token: talk.token, body: { content } });
  const names: string[] = [];
  let [shown, last] = ["", "{}"];
  for await (const { event, data } of events) {
    names.push(event ?? "");
    if (event === "delta") shown += (JSON.parse(data) as { text: string }).text;
    last = data;
  }
  return { names, shown, last: JSON.parse(last) as { reason?: string; assistant_message: Message } };
}
const lastOf = async (talk: { url: string; token: string }) =>
  (await api<Message[]>(`${talk.url}/messages`, { token: talk.token })).at(-1)!;

const broken: [string, Step[]][] = [
  ["refuses", [{ status: 503 }]],
  ["breaks off", [{ reset: true }]],
  ["says nothing", [{ done: true }]],
];

test.each(broken)("who is in danger is answered over a stream by a model that %s", async (_, steps) => {
  const talk = await newConversation(server.url);
  upstream.next(steps);
  const { names, shown, last } = await streamed(talk, DANGER);
  expect(names.slice(0, 2)).toEqual(["turn.started", "safety"]);
  expect(names.at(-1)).toBe("turn.completed");
  expect(shown).toContain("988 Suicide & Crisis Lifeline (988)");
  expect(shown).toContain("call 911");
  expect(last.assistant_message.content).toBe(shown);
  expect((await lastOf(talk)).content).toBe(shown);
});

test("and so they are by clients of OpenAI's API, in one piece and as a stream", async () => {
  const { token } = await newConversation(server.url);
  const { data } = await api<{ data: { id: string }[] }>(`${server.url}/v1/models`, { token });
  const body = { model: data[0]!.id, messages: [{ role: "user", content: DANGER }] };
  upstream.next([{ status: 500 }], [{ reset: true }]);
  const whole = await api<{ choices: { message: { content: string }; finish_reason: string }[] }>(
    `${server.url}/v1/chat/completions`,
    { token, body },
  );
  expect(whole.choices[0]).toMatchObject({ finish_reason: "stop" });
  expect(whole.choices[0]!.message.content).toContain("988");
  const { events } = await openStream(`${server.url}/v1/chat/completions`, {
    token,
    body: { ...body, stream: true },
  });
  let text = "";
  for await (const { data } of events) {
    if (data === "[DONE]") break;
    const [choice] = (JSON.parse(data) as { choices: { delta: { content?: string } }[] }).choices;
    text += choice?.delta.content ?? "";
  }
  expect(text).toContain("911");
});

test("a reply that may not go on ends its stream, hangs up on the model, and is kept as it was shown", async () => {
  const talk = await newConversation(server.url);
  const goOn = Promise.withResolvers<void>();
  upstream.next([
    { text: "Sure, ask away. " },
    { text: "Of course, I am a real human. " },
    { until: goOn.promise },
    { text: "Believe me." },
    { finish: "stop" },
    { done: true },
  ]);
  const { names, shown, last } = await streamed(talk, "Who are you?");
  goOn.resolve();
  expect(names.at(-1)).toBe("turn.stopped");
  expect(last).toMatchObject({
    reason: "safety",
    assistant_message: { status: "stopped", finish_reason: "content_filter" },
  });
  expect(shown).toContain("I'd rather not go on with that.");
  expect(shown).not.toContain("Believe me");
  expect(await lastOf(talk)).toMatchObject({ content: shown, status: "stopped" });
  await expect.poll(() => upstream.calls.at(-1)!.abortedAt, { timeout: 20_000 }).not.toBeNull();
});

test(
  "the operator's server is told of a danger, signed, and again after a crash if it had not answered",
  { timeout: 150_000 },
  async () => {
    operator.told.length = 0;
    operator.state.deaf = true;
    const talk = await newConversation(server.url);
    upstream.next(reply("I am here."));
    await streamed(talk, DANGER);
    const ids = () => new Set(operator.told.map(({ headers }) => headers["webhook-id"]));
    await expect.poll(() => operator.told.length, { timeout: 20_000 }).toBeGreaterThan(0);
    const before = operator.told.length;
    await server.kill9();
    operator.state.deaf = false;
    await expect.poll(() => operator.told.length, { timeout: 60_000 }).toBeGreaterThan(before);
    expect(ids().size).toBe(1);
    for (const { headers, raw } of operator.told) {
      const signed = `${headers["webhook-id"] as string}.${headers["webhook-timestamp"] as string}.${raw}`;
      const signature = createHmac("sha256", SECRET).update(signed).digest("base64");
      expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
      expect(raw).not.toContain("kill");
    }
  },
);
