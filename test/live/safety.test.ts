import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";

import { api, newConversation, openStream } from "./client.ts";
import { startServer, type Server } from "./server.ts";
import { reply, startUpstream, type Step, type Upstream } from "./upstream.ts";

const SECRET = "a-webhook-secret-for-live-tests";
const DANGER = "I want to kill myself";

type Told = { headers: IncomingHttpHeaders; raw: string };

/** What the moderation model takes for instructions. */
const HOW = "Here is how. ";

/**
 * The operator's server, and the moderation model beside it. As long as it is `deaf` it takes what it is told and does not
 * answer; the model then keeps its word of `HOW` to itself.
 */
async function startOperator() {
  const told: Told[] = [];
  const state = { deaf: false, waiting: 0 };
  const moderate = (raw: string, response: ServerResponse) => {
    const isGrave = raw.includes(HOW);
    if (isGrave && state.deaf) return state.waiting++;
    const categories = { "self-harm/instructions": isGrave };
    return response
      .setHeader("content-type", "application/json")
      .end(JSON.stringify({ results: [{ categories }] }));
  };
  const server = createServer((request, response) => {
    let raw = "";
    request.setEncoding("utf8").on("data", (text: string) => (raw += text));
    request.on("end", () => {
      if (request.url === "/v1/moderations") return moderate(raw, response);
      told.push({ headers: request.headers, raw });
      return state.deaf || response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const stop = () => (server.closeAllConnections(), server.close());
  const at = `http://127.0.0.1:${port}`;
  return { url: `${at}/told`, moderation: `${at}/v1/moderations`, told, state, stop };
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
    SAFETY_MODERATION: operator.moderation,
  };
  server = await startServer({ vars });
});

afterAll(async () => {
  await server?.stop();
  await upstream?.stop();
  operator?.stop();
});

type Message = {
  role: string;
  content: string;
  status: string;
  finish_reason: string | null;
  withdrawn: boolean;
};

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

/** A reply that was shown, all of it on disk, and of which the moderation model has not yet said what it is. */
async function unjudged() {
  const talk = await newConversation(server.url);
  upstream.next([{ text: HOW }, { wait: 1200 }, { text: "Done." }, { finish: "stop" }, { done: true }]);
  // The server in front of the runtime holds this open after a crash.
  void streamed(talk, "Hello").catch(() => undefined);
  await expect.poll(() => operator.state.waiting, { timeout: 20_000 }).toBeGreaterThan(0);
  return talk;
}

test(
  "after a crash the operator's server is told again of a danger that it had not answered to, and a reply that the moderation model had not answered to is taken back",
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
    const shown = await unjudged();
    await server.kill9();
    operator.state.deaf = false;
    await server.restart();
    await expect.poll(() => operator.told.length, { timeout: 60_000 }).toBeGreaterThan(before);
    expect(ids().size).toBe(1);
    for (const { headers, raw } of operator.told) {
      const signed = `${headers["webhook-id"] as string}.${headers["webhook-timestamp"] as string}.${raw}`;
      const signature = createHmac("sha256", SECRET).update(signed).digest("base64");
      expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
      expect(raw).not.toContain("kill");
    }
    const kept = await lastOf(shown);
    expect(kept).toMatchObject({ withdrawn: true, status: "stopped", finish_reason: "content_filter" });
    expect(kept.content).toBe(
      "I'd rather not go on with that. I'm an AI, and I'm still here if you want to talk about something else.",
    );
  },
);
