import { afterAll, beforeAll, expect, test } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";

import { api, newConversation, openStream } from "./client.ts";
import { startServer, type Server } from "./server.ts";
import { recording, reply, startUpstream, type Step, type Upstream } from "./upstream.ts";

/** The model that notes what users say. */
const READER = "reader";

let upstream: Upstream;
let server: Server;

beforeAll(async () => {
  upstream = await startUpstream();
  server = await startServer({
    vars: {
      OPENAI_API_KEY: "sk-live-test",
      OPENAI_BASE_URL: upstream.url,
      MEMORY_MODEL: READER,
      RATE_LIMITS: "off",
    },
  });
});
afterAll(async () => {
  await server?.stop();
  await upstream?.stop();
});

type Turn = { assistant_message: { id: number; turn_id: string; content: string } };
type Message = { role: string; content: string; status: string };
const messagesOf = (talk: { url: string; token: string }) =>
  api<Message[]>(`${talk.url}/messages`, { token: talk.token });

async function settled(talk: { url: string; token: string }) {
  for (;;) {
    const messages = await messagesOf(talk);
    const last = messages.at(-1);
    if (last?.role === "assistant" && last.status !== "in_progress") return messages;
    await sleep(50);
  }
}

test("each word arrives before the model has said the next one", async () => {
  const talk = await newConversation(server.url);
  const words = ["One", " two", " three"];
  const gates = words.map(() => Promise.withResolvers<void>());
  upstream.next([
    ...words.flatMap((text, n): Step[] => [{ until: gates[n]!.promise }, { text }]),
    { finish: "stop" },
    { done: true },
  ]);

  const stream = await openStream(`${talk.url}/send`, { token: talk.token, body: { content: "Count." } });
  const seen: string[] = [];
  for await (const { event, data } of stream.events) {
    if (event === "delta") seen.push((JSON.parse(data) as { text: string }).text);
    if (event === "turn.started" || event === "delta") gates[seen.length]?.resolve();
    else expect(["notice", "turn.completed"]).toContain(event);
  }
  expect(seen).toEqual(words);
});

test("what needs no body can be sent without one", async () => {
  const talk = await newConversation(server.url);
  upstream.next(reply("Hello."), reply("Hello again."));
  const { token } = talk;
  const sent = await api<Turn>(`${talk.url}/send`, { token, body: { content: "Hi" } });
  const { id, turn_id } = sent.assistant_message;
  await api(`${talk.url}/turns/${turn_id}/stop`, { token, method: "POST" });
  const again = await api<Turn>(`${talk.url}/messages/${id}/regenerate`, { token, method: "POST" });
  expect(again.assistant_message.content).toBe("Hello again.");
  await api(`${server.url}/auth/logout`, {
    token,
    method: "POST",
    headers: { "content-type": "application/json" },
  });
  await api(talk.url, { token }, 401);
});

test("a client that hangs up in the middle finds the whole reply in the history", async () => {
  const talk = await newConversation(server.url);
  const gate = Promise.withResolvers<void>();
  const text = "Here is a long answer that nobody waits for.";
  const [first, ...rest] = reply(text);
  upstream.next([first!, { until: gate.promise }, ...rest]);

  const stream = await openStream(`${talk.url}/send`, { token: talk.token, body: { content: "Go on." } });
  for await (const { event } of stream.events) if (event === "delta") break;
  stream.cut();
  await sleep(200);
  gate.resolve();

  expect((await settled(talk)).map(({ role, content, status }) => [role, content, status])).toEqual([
    ["user", "Go on.", "complete"],
    ["assistant", text, "complete"],
  ]);
  expect(upstream.calls.at(-1)!.abortedAt).toBeNull();
});

test.for([
  ["plain", "Hey there! I'm doing great, thanks for asking."],
  ["cached", "Welcome back, as ever."],
  ["reasoning", "Seven."],
  ["usage-on-every-chunk", "Good morning to you."],
  ["ollama", "Sure, let's talk."],
  ["openrouter", "I remember you well."],
  ["azure", "Of course."],
] as const)("a reply in the manner of the %s recording is read whole", async ([name, text]) => {
  const talk = await newConversation(server.url);
  upstream.next(recording(name));
  const answer = await api<{ assistant_message: Message }>(`${talk.url}/send`, {
    token: talk.token,
    body: { content: "Hello" },
  });
  expect(answer.assistant_message).toMatchObject({ content: text, status: "complete" });
});

/** Somebody who has said so much that a model reads it, and is at it; what it notes once it is asked again. */
async function beingRead() {
  const talk = await newConversation(server.url);
  const { token } = talk;
  const readings = () => upstream.calls.filter(({ body }) => body.model === READER);
  upstream.always(({ body }) => {
    if (body.model !== READER) return reply("I see.");
    if (readings().length === 1) return [{ until: new Promise(() => {}) }];
    const [id] = /(?<="id":)\d+/.exec(body.messages?.[1]?.content ?? "") ?? [];
    const note = { op: "add", kind: "other", text: "Keeps newts.", source_ids: [Number(id)] };
    return reply(JSON.stringify({ facts: [note] }));
  });
  for (let n = 0; n < 20; n++)
    await api(`${talk.url}/send`, { token, body: { content: `I keep ${n} newts.` } });
  await expect.poll(() => readings().length, { timeout: 30_000 }).toBe(1);
  const { persona_id: persona } = await api<{ persona_id: number }>(talk.url, { token });
  const noted = async () => {
    const facts = await api<{ text: string }[]>(`${server.url}/personas/${persona}/memory`, { token });
    return facts.map(({ text }) => text);
  };
  const usage = () => api<{ calls: number }>(`${talk.url}/usage`, { token });
  return { noted, readings, usage };
}

test("a crash in the middle of a reply leaves what was said, and a conversation that goes on; what a model was reading is read again, and both calls are paid for", async () => {
  const read = await beingRead();
  const talk = await newConversation(server.url);
  upstream.next([{ text: "Half of" }, { wait: 400 }, { text: " it" }, { until: new Promise(() => {}) }]);
  const stream = await openStream(`${talk.url}/send`, { token: talk.token, body: { content: "Tell me." } });
  let deltas = 0;
  for await (const { event } of stream.events) if (event === "delta" && ++deltas === 2) break;
  await server.kill9();
  await server.restart();

  await expect.poll(read.noted, { timeout: 30_000 }).toEqual(["Keeps newts."]);
  expect(read.readings()).toHaveLength(2);
  await expect.poll(async () => (await read.usage()).calls, { timeout: 30_000 }).toBe(22);
  const [, answer] = await settled(talk);
  expect(answer!.status).toBe("interrupted");
  expect(answer!.content).toMatch(/^Half of/);
  upstream.next(reply("All well again."));
  const next = await api<{ assistant_message: Message }>(`${talk.url}/send`, {
    token: talk.token,
    body: { content: "And now?" },
  });
  expect(next.assistant_message.content).toBe("All well again.");
});
