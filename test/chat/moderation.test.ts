import { runInDurableObject } from "cloudflare:test";
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";

import { app } from "../../src/app";
import { LiveConversation } from "../../src/chat/conversation";
import type { Env } from "../../src/env";
import { json, api } from "../harness";
import { gate, says, scriptUpstream, type Gate, type Script } from "../upstream";
import { newConversation, readEvents, textOf, type WireTurn } from "./harness";

type Safety = { code: string; level: string; step: number; source: string; text: string };
type Turn = WireTurn & { safety: Safety | null };
type Reply = WireTurn["assistant_message"] & { withdrawn: boolean; finish_reason: string };

/** What the moderation model finds, or answers in its place. */
type Answer = string[] | number | Error | "silence" | "nonsense";
type Call = { url: string; authorization: string | null; body: { model: string; input: string } };

let servers = 0;

/** A moderation server of this test's own beside a scripted model; `ofReply` is what it finds of a reply that begins so. */
const SEES = "I see.";
function moderation(answer: Answer, model: Script = says(SEES), ofReply: Answer = []) {
  const upstream = scriptUpstream(model);
  const others = vi.mocked(globalThis.fetch).getMockImplementation()!;
  const url = `https://moderation-${servers++}.test/v1/moderations`;
  const calls: Call[] = [];
  const replies: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    if (request.url !== url) return others(input as RequestInfo, init as RequestInit);
    const body = await request.json<Call["body"]>();
    const isReply = body.input.startsWith(SEES);
    if (isReply) replies.push(body.input);
    else calls.push({ url: request.url, authorization: request.headers.get("authorization"), body });
    return answerWith(isReply ? ofReply : answer, (init as RequestInit).signal!);
  });
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const variables = { ...env, SAFETY_MODERATION: url, SAFETY_MODERATION_KEY: "sk-moderation" } as Env;
  return { calls, replies, upstream, variables };
}

async function answerWith(answer: Answer, signal: AbortSignal): Promise<Response> {
  if (answer instanceof Error) throw answer;
  if (typeof answer === "number") return new Response("{}", { status: answer });
  if (answer === "nonsense") return new Response('{"results":[null]}');
  if (answer === "silence") return silence(signal);
  const categories = Object.fromEntries(answer.map((name) => [name, true]));
  return Response.json({ model: "omni-moderation-2026", results: [{ flagged: true, categories }] });
}

async function silence(signal: AbortSignal): Promise<never> {
  while (!signal.aborted) await scheduler.wait(2);
  throw signal.reason as Error;
}

/** Somebody says this where that moderation model reads along; the answer as it comes. */
async function answerTo(
  variables: Env,
  chat: Chat,
  content: string,
  delivery: object,
  command: object = { type: "send", content },
): Promise<string> {
  const { sid: sessionId } = JSON.parse(atob(chat.token.split(".")[1]!)) as { sid: string };
  const call = { conversationId: chat.id, caller: { userId: chat.user.id, sessionId }, requestId: "r" };
  const body = JSON.stringify({ call, command: { ...command, delivery: { after: 0, ...delivery } } });
  const stub = env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(String(chat.id)));
  return runInDurableObject(stub, async (_, state) => {
    const object = new LiveConversation(state, variables);
    return (await object.fetch(new Request("https://conversation/", { method: "POST", body }))).text();
  });
}

/** The same in the API's own dialect. */
async function said(variables: Env, content: string, { chat = null as Chat | null, stream = false } = {}) {
  const here = chat ?? (await newConversation());
  const answer = await answerTo(variables, here, content, { dialect: "turn", stream });
  const events = stream ? await readEvents(new Response(answer)) : [];
  return { chat: here, events, turn: stream ? null : (JSON.parse(answer) as Turn) };
}
type Chat = Awaited<ReturnType<typeof newConversation>>;

const replyOf = async (chat: Chat) => (await chat.history()).at(-1) as Reply;
const INSTEAD = /^I'd rather not go on with that/;

/** A hint that the floor does not hear. */
const HINT = "I have picked a date, and nobody needs to know";

describe("a moderation model beside the call", () => {
  // The test's own loader takes longer for the package than a moderation model may.
  beforeAll(() => import("openai"));

  it("finds what the floor does not hear: it is told as the floor's is, and the fixed reply ends what is said", async () => {
    const { calls, variables } = moderation(["self-harm/intent", "self-harm"]);
    const { chat, turn } = await said(variables, HINT);
    expect(turn!.safety).toMatchObject({ code: "crisis", level: "high", step: 1, source: "moderation" });
    const { content } = turn!.assistant_message;
    expect(content).toBe(`I see.\n\n${turn!.safety!.text}`);
    expect((await chat.history()).at(-1)!.content).toBe(content);
    expect(calls).toMatchObject([
      { authorization: "Bearer sk-moderation", body: { model: "omni-moderation-latest", input: HINT } },
    ]);
    const rows = await env.DB.prepare("SELECT source, version FROM safety_events WHERE user_id = ?")
      .bind(chat.user.id)
      .all();
    expect(rows.results).toEqual([{ source: "moderation", version: "omni-moderation-2026" }]);
    const user = await env.DB.prepare("SELECT crisis_at FROM users WHERE id = ?").bind(chat.user.id).first();
    expect(user!.crisis_at).not.toBeNull();
  });

  it("is told in a stream before it ends, and the shown text is what is kept", async () => {
    const { variables } = moderation(["self-harm/intent"]);
    const { chat, events } = await said(variables, HINT, { stream: true });
    const names = events.map(({ event }) => event);
    expect(names.at(-1)).toBe("turn.completed");
    expect(names.filter((name) => name === "safety")).toHaveLength(1);
    expect((await chat.history()).at(-1)!.content).toBe(textOf(events));
    expect(textOf(events)).toContain("Are you safe right now?");
  });

  it("stands in for a model that fails, where it hears a danger", async () => {
    const { variables } = moderation(["self-harm/intent"], { status: 500, body: "{}" });
    const { turn } = await said(variables, HINT);
    expect(turn!.assistant_message).toMatchObject({ status: "complete", error_code: null });
    expect(turn!.assistant_message.content).toContain("Are you safe right now?");
  });

  it("shows where help is for less than a danger, without a fixed reply", async () => {
    const { variables } = moderation(["self-harm"]);
    const { turn } = await said(variables, HINT);
    expect(turn!.safety).toMatchObject({ code: "crisis", level: "low", source: "moderation" });
    expect(turn!.assistant_message.content).toBe("I see.");
  });

  it("lowers nothing, and is not asked where the floor has heard a danger", async () => {
    const none = moderation([]);
    const { turn } = await said(none.variables, "Sometimes I wish I had never been born");
    expect(turn!.safety).toMatchObject({ level: "low", source: "floor" });
    const { turn: danger } = await said(none.variables, "I want to kill myself");
    expect(danger!.safety).toMatchObject({ level: "high", source: "floor" });
    expect(none.calls).toHaveLength(1);
  });

  const broken: [string, Answer][] = [
    ["is dead", new Error("refused")],
    ["answers 429", 429],
    ["answers 500", 500],
    ["answers nonsense", "nonsense"],
    ["is slow", "silence"],
  ];
  it.each(broken)("that %s leaves the floor's word, and is left alone for a while", async (_, answer) => {
    const { calls, variables } = moderation(answer);
    const { chat, turn } = await said(variables, HINT);
    expect(turn).toMatchObject({
      safety: null,
      assistant_message: { status: "complete", content: "I see." },
    });
    const { turn: heard } = await said(variables, "I want to kill myself", { chat });
    expect(heard!.safety).toMatchObject({ level: "high", source: "floor" });
    await said(variables, HINT, { chat });
    expect(calls).toHaveLength(1);
  });

  it("keeps no word of the model waiting", async () => {
    const held: Gate = gate();
    const { variables } = moderation("silence", {
      steps: [...says("First").steps!.slice(0, 1), { wait: held }, ...says(" last.").steps!],
    });
    const chat = await newConversation();
    const { sid: sessionId } = JSON.parse(atob(chat.token.split(".")[1]!)) as { sid: string };
    const call = { conversationId: chat.id, caller: { userId: chat.user.id, sessionId }, requestId: "r" };
    const delivery = { dialect: "turn", stream: true, after: 0 };
    const body = JSON.stringify({ call, command: { type: "send", content: HINT, delivery } });
    const stub = env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(String(chat.id)));
    const seen = await runInDurableObject(stub, async (_, state) => {
      const object = new LiveConversation(state, variables);
      const answer = await object.fetch(new Request("https://conversation/", { method: "POST", body }));
      const reader = answer.body!.getReader();
      let text = "";
      // The moderation model is silent as long as it may be, and the language model until the first word has come.
      while (!text.includes("First")) text += new TextDecoder().decode((await reader.read()).value);
      held.open = true;
      for (let part = await reader.read(); !part.done; part = await reader.read())
        text += new TextDecoder().decode(part.value);
      return text;
    });
    expect(seen).toContain("turn.completed");
  });

  it("takes a reply back that may not be said: the event, the JSON twin, what is kept and told again", async () => {
    const { variables, replies } = moderation([], says(SEES, " Here is how."), ["self-harm/instructions"]);
    const { chat, events } = await said(variables, "Hello", { stream: true });
    expect(replies).toEqual([`${SEES} Here is how.`]);
    const at = events.findIndex(({ event }) => event === "message.withdrawn");
    const { assistant_message: ended, reason } = events.at(-1)!.data as {
      assistant_message: Reply;
      reason: string;
    };
    expect(events[at]!.data).toEqual({ message_id: ended.id, text: "" });
    expect(events.at(-1)!.event).toBe("turn.stopped");
    expect({ reason, ...ended }).toMatchObject({
      reason: "safety",
      status: "stopped",
      finish_reason: "content_filter",
      withdrawn: true,
      content: textOf(events.slice(at)),
    });
    expect(ended.content).toMatch(INSTEAD);
    expect(await replyOf(chat)).toEqual(ended);
    const again = await readEvents(
      await api(`${chat.path}/turns/${ended.turn_id}/events`, { token: chat.token }),
    );
    expect(again.map(({ event }) => event)).toEqual(events.map(({ event }) => event));
    expect(textOf(again)).toBe(ended.content);
    const { turn } = await said(variables, "Hello again", { chat });
    expect(turn!.assistant_message).toMatchObject({ withdrawn: true, content: ended.content });
    const rows = await env.DB.prepare("SELECT code, source, outcome FROM safety_events WHERE user_id = ?")
      .bind(chat.user.id)
      .all();
    expect(rows.results[0]).toEqual({ code: "cut", source: "moderation", outcome: "withdrawn" });
  });

  it("leaves the fixed reply to a danger where it takes the model's words back", async () => {
    const { variables } = moderation([], says(SEES), ["self-harm/instructions"]);
    const { turn } = await said(variables, "I want to kill myself");
    const { content } = turn!.assistant_message;
    expect(content).toContain("Are you safe right now?");
    expect(content.split("\n\n").at(-1)).toMatch(INSTEAD);
    expect(content).not.toContain(SEES);
  });

  it("takes what is sexual back where that is refused, and of minors from everybody", async () => {
    const chat = await newConversation();
    const isTaken = async (categories: string[], more: object) => {
      const { variables } = moderation([], says(SEES), categories);
      const { turn } = await said({ ...variables, ...more } as Env, "Hello", { chat });
      return (turn!.assistant_message as Reply).withdrawn;
    };
    const grown = { SAFETY_UNKNOWN_AS: "adult", SAFETY_ADULT_CONTENT: "on" };
    expect(await isTaken(["sexual"], {})).toBe(true);
    expect(await isTaken(["sexual"], grown)).toBe(false);
    expect(await isTaken(["sexual", "sexual/minors"], grown)).toBe(true);
    expect(await isTaken(["violence", "self-harm"], {})).toBe(false);
    expect(await isTaken(["sexual"], { SAFETY_UNKNOWN_AS: "adult", SAFETY_OUTPUT: "off" })).toBe(false);
  });

  it("ends a taken back reply honestly in dialects without its event, whose clients may bring along what they saw", async () => {
    const { variables, upstream } = moderation([], says(SEES), ["self-harm/instructions"]);
    const chat = await newConversation();
    const asked = (dialect: string, stream: boolean) =>
      answerTo(variables, chat, "Hello", { dialect, stream, terms: { model: "alex", usage: false } });
    expect(await asked("openai-chat", true)).toMatch(/I see\.[^]*I'd rather not go on[^]*"content_filter"/);
    expect(await asked("openai-chat", false)).not.toContain(SEES);
    expect(await asked("ai-sdk", true)).toMatch(/I see\.[^]*I'd rather not go on[^]*"content-filter"/);
    const frames = (await asked("openai-responses", true)).split("\n\n");
    const done = frames
      .filter((frame) => /^event: response\.(output_text\.done|incomplete)/.test(frame))
      .join();
    expect(done).toMatch(/I'd rather not go on[^]*"reason":"content_filter"/);
    expect(done).not.toContain(SEES);
    const path = (await chat.history()).map(({ role, content }) => ({
      role,
      content: role === "user" ? content : `${SEES}\n\n${content}`,
    }));
    const before = (await chat.history()).length;
    const command = { type: "walk", path: [...path, { role: "user", content: "And now?" }] };
    await answerTo(variables, chat, "", { dialect: "turn", stream: false }, command);
    expect(await chat.history()).toHaveLength(before + 2);
    expect(JSON.stringify(upstream.calls.at(-1)!.body.messages)).not.toContain(SEES);
  });

  it("reads along in a pass as well", async () => {
    const { calls, variables } = moderation(["self-harm/intent"]);
    const chat = await newConversation();
    const { data } = await json<{ data: { id: string }[] }>(api("/v1/models", { token: chat.token }));
    const context = createExecutionContext();
    const answer = await app.request(
      "https://persona.test/v1/chat/completions",
      {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${chat.token}` },
        body: JSON.stringify({ model: data[0]!.id, messages: [{ role: "user", content: HINT }] }),
      },
      variables,
      context,
    );
    const body = await answer.json<{ choices: { message: { content: string } }[] }>();
    await waitOnExecutionContext(context);
    expect(body.choices[0]!.message.content).toContain("Are you safe right now?");
    expect(calls).toHaveLength(1);
    const rows = await env.DB.prepare("SELECT source FROM safety_events WHERE user_id = ?")
      .bind(chat.user.id)
      .all();
    expect(rows.results).toEqual([{ source: "moderation" }]);
  });

  it("is OpenAI's own beside OpenAI's models, with its key, and nobody's elsewhere", async () => {
    const { moderatorOf } = await import("../../src/models/moderation");
    const { configOf } = await import("../../src/env");
    const hostOf = (more: Partial<Env>) =>
      moderatorOf(configOf({ ...env, SAFETY_MODERATION: "auto", ...more } as Env))?.host ?? null;
    expect(hostOf({})).toBe("api.openai.com");
    expect(hostOf({ OPENAI_API_KEY: "" })).toBeNull();
    expect(hostOf({ OPENAI_BASE_URL: "https://gateway.example/v1" })).toBeNull();
    expect(hostOf({ SAFETY_MODERATION: "off" })).toBeNull();
    expect(hostOf({ SAFETY: "off", SAFETY_OFF_REASON: "test" })).toBeNull();
    expect(hostOf({ SAFETY_MODERATION: "https://other.example/v1/moderations" })).toBe("other.example");
  });
});
