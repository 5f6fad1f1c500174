import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";

import { app } from "../../../src/app";
import { openDatabase } from "../../../src/db/client";
import { usageEvents } from "../../../src/db/schema";
import type { Env } from "../../../src/env";
import { api, json, newUser } from "../../harness";
import { chunk, gate, says, scriptUpstream } from "../../upstream";
import { newModel, readData, type Chunk, type Completion, type WireError } from "./harness";

const ledgerOf = (userId: number) =>
  openDatabase(env.DB).select().from(usageEvents).where(eq(usageEvents.userId, userId));

describe("a chat completion", () => {
  it("is the persona's answer, with the tokens it took", async () => {
    const upstream = scriptUpstream(says("Ahoy", " there!"));
    const { ask, model } = await newModel();
    const answer = await json<Completion>(ask({}));
    expect(answer).toMatchObject({
      object: "chat.completion",
      model,
      choices: [{ index: 0, message: { role: "assistant", content: "Ahoy there!" }, finish_reason: "stop" }],
      usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
    });
    expect(answer.id).toMatch(/^chatcmpl-[\da-f-]{36}$/);
    expect(answer).not.toHaveProperty("metadata");
    expect(upstream.calls[0]!.body.messages.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(upstream.calls[0]!.body.messages[0]!.content).toContain("Captain Mara");
  });

  it("streams as chunks of one id: the role, the words, the reason, the tokens where they are wanted, and [DONE]", async () => {
    scriptUpstream(says("Ahoy", " there!"));
    const { ask } = await newModel();
    const answer = await ask({ stream: true, stream_options: { include_usage: true } });
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    const data = await readData(answer);
    expect(data.at(-1)).toBe("[DONE]");
    const chunks = data.slice(0, -1) as Chunk[];
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks.map(({ choices }) => choices[0] && [choices[0].delta, choices[0].finish_reason])).toEqual([
      [{ role: "assistant", content: "" }, null],
      [{ content: "Ahoy" }, null],
      [{ content: " there!" }, null],
      [{}, "stop"],
      undefined,
    ]);
    expect(chunks.map(({ usage }) => usage?.total_tokens)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      110,
    ]);
  });

  it("streams no chunk without a choice to clients that did not ask for tokens", async () => {
    scriptUpstream(says("Ahoy"));
    const { ask } = await newModel();
    const chunks = (await readData(await ask({ stream: true }))).slice(0, -1) as Chunk[];
    expect(chunks.every(({ choices }) => choices.length === 1)).toBe(true);
    expect(chunks.some((chunk) => "usage" in chunk)).toBe(false);
  });

  it("keeps nothing but one row in the ledger, without a conversation", async () => {
    scriptUpstream(says("Ahoy"));
    const { ask, user, token, personaId } = await newModel();
    const { id } = await json<Completion>(ask({}));
    await expect.poll(() => ledgerOf(user.id)).toHaveLength(1);
    expect(await ledgerOf(user.id)).toMatchObject([
      {
        id: id.replace("chatcmpl-", "pass/") + "/0",
        purpose: "pass",
        personaId,
        conversationId: 0,
        messageId: 0,
        promptTokens: 100,
        completionTokens: 10,
        outcome: "complete",
      },
    ]);
    expect(await json(api("/chat/conversations", { token }))).toEqual([]);
  });

  it("takes what an app says of itself after the persona's rules, never in their place", async () => {
    const upstream = scriptUpstream(says("Ahoy"));
    const { ask } = await newModel();
    await json(
      ask({
        messages: [
          { role: "system", content: "Answer in verse." },
          { role: "user", content: "Hi" },
          { role: "assistant", content: "Ahoy" },
          { role: "developer", content: [{ type: "text", text: "No emoji." }] },
          {
            role: "user",
            content: [
              { type: "text", text: "And" },
              { type: "text", text: "now?" },
            ],
          },
        ],
      }),
    );
    const [system, ...rest] = upstream.calls[0]!.body.messages;
    expect(rest).toEqual([
      { role: "user", content: "Hi" },
      { role: "assistant", content: "Ahoy" },
      { role: "user", content: "And\nnow?" },
    ]);
    const text = system!.content;
    expect(text.indexOf("Rules:")).toBeGreaterThan(-1);
    expect(text.indexOf("From the app")).toBeGreaterThan(text.indexOf("Rules:"));
    expect(text.endsWith("Answer in verse.\n\nNo emoji.")).toBe(true);
  });

  it("hands on how the answer is wanted, never more than the operator lets it be, and what it does not know it ignores", async () => {
    const upstream = scriptUpstream(says("Ahoy"));
    const { ask } = await newModel();
    await json(
      ask({
        temperature: 0.1,
        top_p: 0.5,
        presence_penalty: 0,
        stop: [],
        seed: null,
        max_tokens: 32_000,
        logit_bias: { "50256": -100 },
        response_format: { type: "json_object" },
        user: "someone@example.com",
        safety_identifier: "someone",
        prompt_cache_key: "theirs",
        service_tier: "flex",
        client_metadata: { deep: [1, { er: true }] },
        stream_options: null,
        tool_choice: "auto",
      }),
    );
    const { messages: _, ...sent } = upstream.calls[0]!.body;
    expect(sent).toEqual({
      model: "gpt-3.5-turbo",
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.1,
      top_p: 0.5,
      presence_penalty: 0,
      max_tokens: 1000,
      logit_bias: { "50256": -100 },
      response_format: { type: "json_object" },
      safety_identifier: expect.stringMatching(/^[\w-]{43}$/),
      prompt_cache_key: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it("is asked for with any text that ends in the persona's id", async () => {
    scriptUpstream(says("Ahoy"));
    const { ask, personaId } = await newModel();
    for (const model of [`${personaId}`, `persona-${personaId}`, `an-old-name-${personaId}`]) {
      expect(await json<Completion>(ask({ model }))).toMatchObject({ model });
    }
    for (const model of ["gpt-4o", "persona-999999", "", "alex_1"]) {
      expect(await json<WireError>(ask({ model }), 404)).toMatchObject({
        error: { type: "invalid_request_error", code: "model_not_found" },
      });
    }
  });

  it("leaves the oldest whole messages out where there is no room, and says how many", async () => {
    const upstream = scriptUpstream(says("Ahoy"));
    const { token, model } = await newModel();
    const words = "word ".repeat(400);
    const messages = Array.from({ length: 9 }, (_, i) => ({
      role: i % 2 ? "assistant" : "user",
      content: `${i} ${words}`,
    }));
    const answer = await app.request(
      "/v1/chat/completions",
      {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ model, messages }),
      },
      { ...env, PASS_MAX_TOKENS: "2000" },
      { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as never,
    );
    await json(answer);
    const left = Number(answer.headers.get("x-context-left-out"));
    expect(left).toBeGreaterThan(3);
    const sent = upstream.calls[0]!.body.messages.slice(1);
    expect(sent).toEqual(messages.slice(left));
  });

  it("refuses what does not fit at all", async () => {
    scriptUpstream(says("Ahoy"));
    const { ask } = await newModel();
    const answer = await json<WireError>(
      ask({ messages: [{ role: "user", content: "word ".repeat(60_000) }] }),
      400,
    );
    expect(answer.error.code).toBe("context_length_exceeded");
  });

  it("takes more than one megabyte, and control characters that a client has pasted", async () => {
    const upstream = scriptUpstream(says("Ahoy"));
    const { ask } = await newModel();
    const image = `data:image/png;base64,${"A".repeat(2_000_000)}`;
    await json(
      ask({
        messages: [
          {
            role: "user",
            content: [
              { type: "text", text: "A\u0000\u0007 picture\ud800" },
              { type: "image_url", image_url: { url: image, detail: "low" } },
            ],
          },
        ],
      }),
    );
    expect(upstream.calls[0]!.body.messages[1]).toEqual({
      role: "user",
      content: [
        { type: "text", text: "A picture\ufffd" },
        { type: "image_url", image_url: { url: image, detail: "low" } },
      ],
    });
    const tooMuch = await json<WireError>(ask({ padding: "x".repeat(4_000_001) }), 413);
    expect(tooMuch.error).toMatchObject({
      code: "payload_too_large",
      message: expect.stringContaining("4 MB"),
    });
  });
});

describe("tools", () => {
  const call = (index: number, more: object) => ({ index, ...more });
  const calling = {
    steps: [
      {
        chunk: chunk({
          tool_calls: [
            call(0, { id: "call_1", type: "function", function: { name: "look", arguments: "" } }),
          ],
        }),
      },
      { chunk: chunk({ tool_calls: [call(0, { function: { arguments: '{"at":' } })] }) },
      { chunk: chunk({ tool_calls: [call(0, { function: { arguments: '"sea"}' } })] }) },
      {
        chunk: chunk({
          tool_calls: [call(1, { id: "call_2", function: { name: "wait", arguments: "{}" } })],
        }),
      },
      { chunk: chunk({}, "tool_calls") },
      { raw: "data: [DONE]\n\n" },
    ],
  };
  const tools = [
    { type: "function", function: { name: "look", parameters: { type: "object" } } },
    { type: "web_search" },
  ];

  it("go to the model, and its calls come back, whole and streamed", async () => {
    const upstream = scriptUpstream(calling);
    const { ask } = await newModel();
    const answer = await json<Completion>(ask({ tools, tool_choice: "auto" }));
    expect(upstream.calls[0]!.body).toMatchObject({ tools: [tools[0]], tool_choice: "auto" });
    const calls = [
      { id: "call_1", type: "function", function: { name: "look", arguments: '{"at":"sea"}' } },
      { id: "call_2", type: "function", function: { name: "wait", arguments: "{}" } },
    ];
    expect(answer.choices[0]).toMatchObject({
      message: { content: null, tool_calls: calls },
      finish_reason: "tool_calls",
    });
    const chunks = (await readData(await ask({ tools, stream: true }))).slice(0, -1) as Chunk[];
    expect(chunks.flatMap(({ choices }) => choices[0]!.delta.tool_calls ?? [])).toEqual([
      { index: 0, id: "call_1", type: "function", function: { name: "look", arguments: "" } },
      { index: 0, function: { arguments: '{"at":' } },
      { index: 0, function: { arguments: '"sea"}' } },
      { index: 1, id: "call_2", type: "function", function: { name: "wait", arguments: "{}" } },
    ]);
  });

  it("answer by what came of their calls, which stays with the message that made them", async () => {
    const upstream = scriptUpstream(says("The sea is calm."));
    const { ask } = await newModel();
    const messages = [
      { role: "user", content: "Look" },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "call_1", type: "function", function: { name: "look", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "call_1", content: "calm" },
    ];
    await json(ask({ tools, messages }));
    expect(upstream.calls[0]!.body.messages.slice(1)).toEqual([
      messages[0],
      { ...messages[1], content: "" },
      messages[2],
    ]);
  });

  it("are billed by what they say where the model reports nothing", async () => {
    scriptUpstream(calling);
    const { ask, user } = await newModel();
    await json(ask({ tools }));
    await expect.poll(() => ledgerOf(user.id)).toHaveLength(1);
    const [row] = await ledgerOf(user.id);
    expect(row).toMatchObject({ estimated: true, outcome: "complete" });
    expect(row!.completionTokens).toBeGreaterThan(5);
  });
});

describe("a failure", () => {
  it("before the first word is the status and the error that OpenAI's clients know, streamed or not", async () => {
    scriptUpstream({
      status: 429,
      body: '{"error":{"message":"slow down, sk-secret"}}',
      headers: { "retry-after": "7" },
    });
    const { ask } = await newModel();
    for (const stream of [false, true]) {
      const answer = await ask({ stream });
      expect(answer.headers.get("retry-after")).toBe("7");
      expect(await json(answer, 429)).toEqual({
        error: {
          message: "OpenAI API rate limit exceeded. Please try again later.",
          type: "rate_limit_error",
          param: null,
          code: "upstream_rate_limited",
        },
      });
    }
  });

  it("after it is an event with the error, and no [DONE]", async () => {
    scriptUpstream({ steps: [{ text: "Ahoy" }, { chunk: { error: { message: "internal sk-secret" } } }] });
    const { ask } = await newModel();
    const data = await readData<Chunk & WireError>(await ask({ stream: true }));
    expect(data.at(-1)).toEqual({
      error: { message: expect.any(String), type: "server_error", param: null, code: "upstream_error" },
    });
    expect(JSON.stringify(data)).not.toContain("sk-secret");
    await json(ask({}), 502);
  });

  it("of the input names the field", async () => {
    const { ask } = await newModel();
    expect(await json<WireError>(ask({ temperature: 7 }), 422)).toMatchObject({
      error: { type: "invalid_request_error", param: "temperature", code: "validation_failed" },
    });
    expect(await json<WireError>(ask({ n: 2 }), 400)).toMatchObject({
      error: { type: "invalid_request_error", param: "n", code: "unsupported_value" },
    });
    expect(await json<WireError>(ask({ n: 0 }), 422)).toMatchObject({ error: { param: "n" } });
    const pairs = Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`key${i}`, "value"]));
    for (const [metadata, param] of [
      [pairs, "metadata"],
      [{ conversation_id: 17 }, "metadata.conversation_id"],
    ] as const) {
      expect(await json<WireError>(ask({ metadata }), 422)).toMatchObject({ error: { param } });
    }
    expect(await json<WireError>(ask({ messages: [] }), 422)).toMatchObject({ error: { param: "messages" } });
    const audio = [{ role: "user", content: [{ type: "input_audio", input_audio: { data: "" } }] }];
    expect(await json<WireError>(ask({ messages: audio }), 400)).toMatchObject({
      error: { param: "messages.0.content.0", code: "unsupported_content" },
    });
  });

  it("has the same shape at a path that does not exist, and for a method that a path has not", async () => {
    const { token } = await newUser();
    for (const path of ["/v1", "/v1/nowhere", "/v1/chat"]) {
      expect(await json(api(path, { token }), 404)).toEqual({
        error: { message: "Not found", type: "invalid_request_error", param: null, code: "not_found" },
      });
    }
    const answer = await api("/v1/chat/completions", { token });
    expect(answer.headers.get("allow")).toContain("POST");
    expect(await json<WireError>(answer, 405)).toMatchObject({ error: { code: "method_not_allowed" } });
    const text = await api("/v1/chat/completions", {
      token,
      method: "POST",
      text: "{",
      headers: { "content-type": "application/json" },
    });
    expect(await json<WireError>(text, 400)).toMatchObject({ error: { code: "malformed_json" } });
    expect(await json(api("/version-one"), 404)).toHaveProperty("detail");
  });
});

describe("an image", () => {
  const messages = [
    { role: "user", content: [{ type: "image_url", image_url: { url: "https://example.com/a.png" } }] },
  ];

  it("is refused, without asking again, where the model takes none", async () => {
    const body =
      '{"error":{"message":"Invalid content type. image_url is only supported by certain models."}}';
    const upstream = scriptUpstream({ status: 400, body }, says("Ahoy"));
    const { ask } = await newModel();
    for (let i = 0; i < 2; i++) {
      expect(await json<WireError>(ask({ messages }), 400)).toMatchObject({
        error: { code: "unsupported_content", type: "invalid_request_error" },
      });
    }
    expect(upstream.calls).toHaveLength(1);
    await json(ask({}));
  });
});

describe("who asks", () => {
  it("may send the token under the names that Azure's and others' clients use; an empty one is none", async () => {
    scriptUpstream(says("Ahoy"));
    const { token, personaId } = await newModel();
    const key = await json<{ key: string }>(
      api("/auth/api-keys", { token, body: { name: "app", scopes: ["chat"] } }),
    );
    for (const headers of [
      { authorization: `Bearer ${key.key}` },
      { "api-key": key.key },
      { "x-api-key": key.key },
      { authorization: "Bearer ", "x-api-key": token },
    ] as Record<string, string>[]) {
      await json(api(`/v1/models/x-${personaId}`, { headers }));
    }
    const empty = await api("/v1/models", { headers: { authorization: "Bearer " } });
    expect(empty.headers.get("www-authenticate")).toBe("Bearer");
    expect(await json<WireError>(empty, 401)).toMatchObject({
      error: { type: "authentication_error", code: "unauthenticated" },
    });
    await json(api("/auth/me", { headers: { "x-api-key": token } }), 401);
  });

  it("is believed at once where the same caller was just here, but told nothing before the database agrees", async () => {
    const upstream = scriptUpstream(says("Ahoy"));
    const { token, ask, personaId, user } = await newModel();
    await json(ask({}));
    await json(ask({}));
    await json(api(`/personas/${personaId}`, { token, method: "PUT", body: { name: "Someone Else" } }));
    await json(ask({}));
    const named = upstream.calls.map(({ body }) => /"name":"([^"]+)"/.exec(body.messages[0]!.content)?.[1]);
    // The third went ahead with what was true before, came to nothing, and was made again.
    expect(named).toEqual(["Captain Mara", "Captain Mara", "Captain Mara", "Someone Else"]);
    await expect.poll(() => ledgerOf(user.id)).toHaveLength(4);
    await json(api("/auth/logout", { token, body: {} }));
    await json(ask({}), 401);
    await expect.poll(() => ledgerOf(user.id)).toHaveLength(5);
  });
});

describe("an allowance", () => {
  const limit = (userId: number, tokens: number) =>
    env.DB.prepare("UPDATE users SET daily_token_allowance = ? WHERE id = ?").bind(tokens, userId).run();
  const reserved = async (userId: number) =>
    (await env.DB.prepare("SELECT count(*) AS n FROM allowance_reservations WHERE user_id = ?")
      .bind(userId)
      .first<{
        n: number;
      }>())!.n;

  it("holds for a pass as for any turn, and what was set aside for it is given back", async () => {
    scriptUpstream(says("Ahoy"));
    const { ask, user } = await newModel();
    await limit(user.id, 5000);
    await json(ask({}));
    await expect.poll(() => reserved(user.id)).toBe(0);
    await limit(user.id, 1000);
    const answer = await ask({});
    expect(answer.headers.get("x-should-retry")).toBe("false");
    expect(await json<WireError>(answer, 429)).toMatchObject({
      error: { type: "insufficient_quota", code: "allowance_exceeded" },
    });
  });

  it("that covers a pass many times over lets its model begin at once, and drops the call where it no longer does", async () => {
    const tooMuch = { steps: [{ text: "Too much" }, { wait: gate() }, { chunk: chunk({}, "stop") }] };
    const upstream = scriptUpstream(says("Ahoy"), tooMuch);
    const { ask, user } = await newModel();
    await limit(user.id, 1_000_000);
    await json(ask({}));
    await expect.poll(() => reserved(user.id)).toBe(0);
    // Another call of theirs has taken nearly all of it.
    const elsewhere = "INSERT INTO allowance_reservations VALUES (-7, ?, 999000, 0, ?)";
    await env.DB.prepare(elsewhere)
      .bind(user.id, Date.now() + 60_000)
      .run();
    await json(ask({}), 429);
    // It was made before the database was asked, dropped when that said no, and billed.
    expect(upstream.calls).toHaveLength(2);
    await expect.poll(() => upstream.calls[1]!.aborted).toBe(true);
    await json(ask({}), 429);
    expect(upstream.calls).toHaveLength(2);
    await expect.poll(async () => (await ledgerOf(user.id)).length).toBe(2);
    await expect.poll(() => reserved(user.id)).toBe(1);
  });

  it("is held while a pass runs, so that two at once cannot use the same remainder", async () => {
    const hold = gate();
    scriptUpstream({ steps: [{ text: "Ahoy" }, { wait: hold }, { chunk: chunk({}, "stop") }] });
    const { ask, user } = await newModel();
    await limit(user.id, 1800);
    const first = await ask({ stream: true });
    expect(await reserved(user.id)).toBe(1);
    await json(ask({}), 429);
    hold.open = true;
    expect((await readData(first)).at(-1)).toBe("[DONE]");
    await expect.poll(() => reserved(user.id)).toBe(0);
  });
});

describe("browsers", () => {
  const origin = "https://app.example.com";
  const preflight = (path: string) =>
    app.request(
      path,
      {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,content-type,x-stainless-lang,x-anything",
        },
      },
      { ...env, CORS_ORIGINS: origin } as Env,
    );

  it("may send whatever headers they ask for, under /v1 alone, and see what an answer says of itself", async () => {
    const answer = await preflight("/v1/chat/completions");
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-headers")).toContain("x-anything");
    const other = await preflight("/chat/conversations");
    expect(other.headers.get("access-control-allow-headers")).not.toContain("x-anything");
    const seen = await app.request("/v1/models", { headers: { origin } }, {
      ...env,
      CORS_ORIGINS: origin,
    } as Env);
    expect(seen.headers.get("access-control-expose-headers")).toContain("X-Conversation-Id");
  });
});

it("a pass whose bill the database does not take is billed by an object that brings it there", async () => {
  scriptUpstream(says("Ahoy"));
  const { ask, user } = await newModel();
  await json(ask({}));
  await expect.poll(() => ledgerOf(user.id)).toHaveLength(1);
  vi.spyOn(env.DB, "batch").mockImplementationOnce(async () => {
    throw new Error("D1_ERROR: the database is away");
  });
  await json(ask({}));
  const bills = env.CONVERSATIONS.getByName(`bills-${user.id}`);
  await expect.poll(() => runDurableObjectAlarm(bills)).toBe(true);
  await expect.poll(() => ledgerOf(user.id)).toHaveLength(2);
});
