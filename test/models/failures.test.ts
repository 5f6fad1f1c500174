import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { ERRORS, type ErrorCode } from "../../src/errors";
import { json } from "../harness";
import { chunk, gate, says, scriptUpstream, type Script } from "../upstream";
import { newConversation, readEvents, textOf, type WireMessage } from "../chat/harness";

// Set before the configuration is read; storage and configuration are each test file's own.
Object.assign(env, { UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: "1000", UPSTREAM_IDLE_TIMEOUT_MS: "500" });

const never = gate();
const sse = (value: unknown) => ({ raw: `data: ${JSON.stringify(value)}\n\n` });
const secret = "upstream-internal-text-7f3a";
const errorBody = JSON.stringify({ error: { message: secret, type: "x", code: "y" } });

/** Every way an upstream can fail before it has said a word, and the status it becomes. */
const beforeTheFirstWord: [string, Script, ErrorCode][] = [
  ["refuses the key", { status: 401, body: errorBody, type: "application/json" }, "upstream_rejected_key"],
  ["is rate limited", { status: 429, body: errorBody, type: "application/json" }, "upstream_rate_limited"],
  ["refuses the request", { status: 404, body: errorBody, type: "application/json" }, "upstream_rejected"],
  ["fails", { status: 500, body: errorBody, type: "application/json" }, "upstream_error"],
  [
    "answers with a page",
    { status: 502, body: `<html>${secret}</html>`, type: "text/html" },
    "upstream_error",
  ],
  ["says nothing", { steps: [{ wait: never }] }, "upstream_timeout"],
  [
    "resets the connection",
    { steps: [{ fail: new Error(`Network connection lost. ${secret}`) }] },
    "upstream_unreachable",
  ],
  ["ends without a word", { steps: [] }, "upstream_incomplete"],
  ["ends with nothing but DONE", { steps: [{ raw: "data: [DONE]\n\n" }] }, "upstream_incomplete"],
  ["sends malformed chunks", { steps: [{ raw: `data: {"${secret}\n\n` }] }, "upstream_error"],
  ["sends chunks of another shape", { steps: [sse({ choices: { not: secret } })] }, "upstream_error"],
  ["answers 200 with an error", { body: errorBody, type: "application/json" }, "upstream_error"],
  ["answers 200 with an empty body", { body: "" }, "upstream_incomplete"],
  ["streams an error", { steps: [sse({ error: { message: secret } })] }, "upstream_error"],
  [
    "streams a rate limit",
    { steps: [sse({ error: { message: secret, code: 429 } })] },
    "upstream_rate_limited",
  ],
];

/** Every way it can fail in the middle of a sentence. */
const afterTheFirstWord: [string, Script["steps"], ErrorCode][] = [
  ["falls silent", [{ wait: never }], "upstream_timeout"],
  [
    "resets the connection",
    [{ fail: new Error(`Network connection lost. ${secret}`) }],
    "upstream_unreachable",
  ],
  ["ends without a finish reason", [], "upstream_incomplete"],
  ["ends with DONE but no finish reason", [{ raw: "data: [DONE]\n\n" }], "upstream_incomplete"],
  ["sends a malformed chunk", [{ raw: `data: ${secret}\n\n` }], "upstream_error"],
  ["streams an error", [sse({ error: { message: secret } })], "upstream_error"],
];

type Failure = { code: string; detail: string; request_id: string; assistant_message: WireMessage };

describe("an upstream that fails before its first word", () => {
  it.each(beforeTheFirstWord)(
    "which %s: is one fixed sentence, as a status or as the event that ends",
    async (_, script, code) => {
      scriptUpstream(script);
      const chat = await newConversation();
      const [status, detail] = ERRORS[code];
      const answered = await json<Failure>(chat.send("Hello?"), status);
      expect(answered.request_id).toEqual(expect.any(String));
      const stream = await chat.stream("Hello?");
      expect(stream.status).toBe(200);
      const events = await readEvents(stream);
      expect(events.map(({ event }) => event)).toEqual(["turn.started", "turn.failed"]);
      for (const failure of [answered, events[1]!.data as Failure]) {
        expect(failure).toMatchObject({ code, detail });
        expect(JSON.stringify(failure)).not.toContain(secret);
        expect(failure.assistant_message).toMatchObject({ status: "failed", error_code: code, content: "" });
      }
      const history = await chat.history();
      expect(history.map((m) => [m.role, m.status])).toEqual([
        ["user", "complete"],
        ["assistant", "failed"],
        ["user", "complete"],
        ["assistant", "failed"],
      ]);
    },
  );
});

describe("an upstream that fails in the middle of a sentence", () => {
  it.each(afterTheFirstWord)(
    "which %s: ends the stream with turn.failed and keeps the text",
    async (_, steps, code) => {
      scriptUpstream({ steps: [{ text: "I was" }, { text: " about to" }, ...(steps ?? [])] });
      const chat = await newConversation();
      const response = await chat.stream("Go on");
      expect(response.status).toBe(200);
      const events = await readEvents(response);
      expect(events.map((e) => e.event)).toEqual(["turn.started", "delta", "delta", "turn.failed"]);
      expect(textOf(events)).toBe("I was about to");
      const failure = events.at(-1)!.data as Failure;
      expect(failure).toMatchObject({ code, detail: ERRORS[code][1] });
      expect(JSON.stringify(events)).not.toContain(secret);
      const [, reply] = await chat.history();
      expect(reply).toMatchObject({ status: "failed", error_code: code, content: "I was about to" });
      expect(reply).toEqual(failure.assistant_message);
      expect(reply!.usage).toMatchObject({ estimated: true });
    },
  );

  it("answers a JSON request with the failure's status and the partial reply", async () => {
    scriptUpstream({ steps: [{ text: "I was" }] });
    const chat = await newConversation();
    const failure = await json<Failure>(chat.send("Go on"), 502);
    expect(failure).toMatchObject({ code: "upstream_incomplete", assistant_message: { content: "I was" } });
  });
});

describe("trying again after a failure", () => {
  it("does not tell the model twice what it is told again", async () => {
    const upstream = scriptUpstream(
      { steps: [{ text: "Well" }] },
      { status: 500, body: "" },
      says("Here I am."),
    );
    const chat = await newConversation();
    await chat.send("Are you there?");
    await chat.send("Are you there?");
    await json(chat.send("Are you there?"));
    const asked = upstream.calls.map((call) => call.body.messages.filter((m) => m.role !== "system"));
    expect(asked[2]).toEqual([{ role: "user", content: "Are you there?" }]);
    expect(asked[1]).toEqual([{ role: "user", content: "Are you there?" }]);
  });

  it("does not bring up an exchange that failed without a word", async () => {
    const upstream = scriptUpstream(
      { status: 400, body: errorBody, type: "application/json" },
      says("Fine."),
    );
    const chat = await newConversation();
    await chat.send("Something the provider refuses");
    await json(chat.send("How are you?"));
    expect(upstream.calls[1]!.body.messages.slice(1)).toEqual([{ role: "user", content: "How are you?" }]);
  });

  it("keeps what was said before a break in mind", async () => {
    const upstream = scriptUpstream({ steps: [{ text: "The answer is forty" }] }, says("-two."));
    const chat = await newConversation();
    await chat.send("What is the answer?");
    await json(chat.send("Go on"));
    expect(upstream.calls[1]!.body.messages.slice(1)).toEqual([
      { role: "user", content: "What is the answer?" },
      { role: "assistant", content: "The answer is forty" },
      { role: "user", content: "Go on" },
    ]);
  });
});

describe("a model that refuses parameters", () => {
  const refuses = (param: string): Script => ({
    status: 400,
    type: "application/json",
    body: JSON.stringify({
      error: { message: `Unsupported parameter: '${param}'`, param, code: "unsupported_parameter" },
    }),
  });

  it("is asked again without them, and not told them the next time", async () => {
    const upstream = scriptUpstream(
      refuses("max_tokens"),
      refuses("temperature"),
      says("Yes."),
      says("Still yes."),
    );
    const chat = await newConversation();
    await json(chat.send("Do you work?"));
    await json(chat.send("And now?"));
    expect(upstream.calls).toHaveLength(4);
    expect(upstream.calls[0]!.body).toMatchObject({ max_tokens: 1000, temperature: 0.7 });
    for (const call of upstream.calls.slice(2)) {
      expect(call.body).toMatchObject({
        max_completion_tokens: 1000,
        stream_options: { include_usage: true },
      });
      expect(call.body).not.toHaveProperty("max_tokens");
      expect(call.body).not.toHaveProperty("temperature");
    }
  });
});

describe("a reply that is whole", () => {
  it("stays whole when the connection breaks after its finish reason", async () => {
    scriptUpstream({
      steps: [
        { text: "Done." },
        { chunk: chunk({}, "stop") },
        { fail: new Error("Network connection lost.") },
      ],
    });
    const chat = await newConversation();
    const turn = await json(chat.send("Finish"));
    expect(turn.assistant_message).toMatchObject({
      status: "complete",
      content: "Done.",
      finish_reason: "stop",
    });
  });

  it("is not held back by an upstream that never closes its stream", async () => {
    scriptUpstream({ steps: [{ text: "Done." }, { chunk: chunk({}, "length") }, { wait: never }] });
    const chat = await newConversation();
    const turn = await json(chat.send("Finish"));
    expect(turn.assistant_message).toMatchObject({ status: "complete", finish_reason: "length" });
  });
});
