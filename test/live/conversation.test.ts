import { afterAll, beforeAll, expect, test } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";

import { api, newConversation, openStream } from "./client.ts";
import { startServer, type Server } from "./server.ts";
import { recording, reply, startUpstream, type Step, type Upstream } from "./upstream.ts";

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

test("a crash in the middle of a reply leaves what was said, and a conversation that goes on", async () => {
  const talk = await newConversation(server.url);
  upstream.next([{ text: "Half of" }, { wait: 400 }, { text: " it" }, { until: new Promise(() => {}) }]);
  const stream = await openStream(`${talk.url}/send`, { token: talk.token, body: { content: "Tell me." } });
  let deltas = 0;
  for await (const { event } of stream.events) if (event === "delta" && ++deltas === 2) break;
  await server.kill9();
  await server.restart();

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
