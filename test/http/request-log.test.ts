import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { TurnLine } from "../../src/chat/telemetry";
import { newConversation, readEvents, type WireTurn } from "../chat/harness";
import { api, json, newUser, registeredUser } from "../harness";
import { chunk, gate, says, scriptUpstream } from "../upstream";

let lines: string[] = [];

beforeEach(() => {
  lines = [];
  for (const method of ["debug", "info", "log", "warn", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      lines.push(parts.map(String).join(" "));
    });
  }
});
afterEach(() => vi.restoreAllMocks());

type Line = { event: string; request_id?: string; status?: unknown; code?: string } & Partial<TurnLine>;
const logged = (event: string) =>
  lines.map((line) => JSON.parse(line) as Line).filter((line) => line.event === event);

const SECRETS = ["PURPLE-OTTER", "purple-otter"];
const secret = SECRETS[0]!;
const expectSilence = (...more: string[]) => {
  const log = lines.join("\n");
  for (const word of [...SECRETS, ...more]) expect(log).not.toContain(word);
};

describe("the log", () => {
  it("holds nothing that was said, and no address, token or password, in a conversation that goes well", async () => {
    scriptUpstream(says(secret, " indeed"));
    const user = await registeredUser();
    const { token } = user;
    await json(api("/auth/login", { body: { email: user.email, password: user.password } }));
    await json(api("/auth/refresh", { body: { refresh_token: user.refreshToken } }));
    const persona = await json<{ id: number }>(
      api("/personas", { token, body: { name: secret, description: secret, relation_type: "friend" } }),
    );
    const { id } = await json<{ id: number }>(
      api("/chat/conversations", { token, body: { title: secret, persona_id: persona.id } }),
    );
    const path = `/chat/conversations/${id}`;
    await json(api(`${path}/preview`, { token, body: { content: secret } }));
    const key = { "idempotency-key": secret };
    const { assistant_message } = await json<WireTurn>(
      api(`${path}/send`, { token, body: { content: secret }, headers: key }),
    );
    await json(api(`/chat/messages/${assistant_message.id}/context?note=${secret}`, { token }));
    await json(api(`${path}/messages?limit=5&note=${secret}`, { token }));
    await json(api(path, { token, method: "DELETE" }));
    expect(logged("request").length).toBeGreaterThanOrEqual(10);
    expect(logged("turn")).toHaveLength(1);
    expectSilence(user.email, user.password, token, user.refreshToken);
  });

  it("names what a conversation's object refused a request for: 404, 409, 410, 422 or 429", async () => {
    const wait = gate();
    scriptUpstream(says("Hello."), { steps: [{ text: "Well" }, { wait }, ...says(".").steps!] });
    const chat = await newConversation();
    const key = { "idempotency-key": "once" };
    const { assistant_message } = await json<WireTurn>(chat.send("Hi", key));
    await env.DB.prepare("UPDATE users SET daily_token_allowance = 1 WHERE id = ?").bind(chat.user.id).run();
    await json(chat.send("Hello?"), 429);
    await env.DB.prepare("UPDATE users SET daily_token_allowance = NULL WHERE id = ?")
      .bind(chat.user.id)
      .run();
    await json(chat.send("Something else", key), 422);
    const stream = await chat.stream("How are you?");
    await json(chat.send("Me too"), 409);
    await json(api(`${chat.path}/turns/turn_${chat.id * 2 ** 20 + 99}/events`, { token: chat.token }), 404);
    wait.open = true;
    await readEvents(stream);
    const object = env.CONVERSATIONS.getByName(String(chat.id));
    await runInDurableObject(object, (_, { storage }) => {
      for (const prefix of ["log:", "turn:"]) {
        for (const [name] of Array.from(storage.kv.list({ prefix }))) storage.kv.delete(name);
      }
    });
    const old = `${chat.path}/turns/turn_${assistant_message.id}/events`;
    await json(api(old, { token: chat.token }), 410);
    const codes = logged("request").flatMap(({ status, code }) => (Number(status) >= 400 ? [code] : []));
    expect(codes).toEqual([
      "allowance_exceeded",
      "idempotency_key_reused",
      "turn_running",
      "not_found",
      "turn_gone",
    ]);
  });

  it("holds nothing that was said when the input is refused", async () => {
    const { token } = await newUser();
    await json(api("/auth/login", { body: { email: `${secret}@example.com`, password: secret } }), 401);
    await json(api("/auth/register", { body: { email: secret, password: secret } }), 422);
    await json(api("/personas", { token, body: { name: secret, relation_type: secret } }), 422);
    await json(api(`/chat/conversations?cursor=${secret}`, { token }), 422);
    await json(api(`/${secret}`, { token }), 404);
    await json(api("/chat/models", { token: secret, method: "PATCH" }), 405).catch(() => {});
    await json(api("/personas", { token: `${token}${secret}` }), 401);
    const malformed = new Request("https://persona.test/personas", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: `{"name": "${secret}`,
    });
    const { exports } = await import("cloudflare:workers");
    await json(exports.default.fetch(malformed), 400);
    expect(logged("request").map((line) => line.code)).toContain("malformed_json");
    expectSilence(token);
  });

  it.each([
    [
      "refuses",
      { status: 400, type: "application/json", body: JSON.stringify({ error: { message: secret } }) },
    ],
    ["fails", { status: 500, type: "text/html", body: `<p>${secret}` }],
    ["sends what cannot be read", { steps: [{ raw: `data: {"${secret}\n\n` }] }],
    ["streams an error", { steps: [{ raw: `data: {"error":{"message":"${secret}"}}\n\n` }] }],
    ["loses the connection", { steps: [{ text: secret }, { fail: new Error(`lost ${secret}`) }] }],
  ])("holds nothing of what an upstream says that %s", async (_, script) => {
    scriptUpstream(script);
    const chat = await newConversation();
    expect((await chat.send(secret)).status).toBeGreaterThanOrEqual(500);
    const [line] = logged("turn");
    expect(line).toMatchObject({ status: "failed", error_code: expect.stringMatching(/^upstream_/) });
    expectSilence();
  });

  it("names a database's failure without what it was given", async () => {
    const { token, email } = await newUser();
    await env.DB.exec("ALTER TABLE personas RENAME TO personas_gone");
    const body = { name: secret, description: secret, relation_type: "friend" };
    const failure = await json(api("/personas", { token, body }), 500);
    await env.DB.exec("ALTER TABLE personas_gone RENAME TO personas");
    expect(JSON.stringify(failure)).not.toContain("personas");
    const line = logged("request").at(-1)!;
    expect(line).toMatchObject({ status: 500, code: "internal_error", request_id: failure.request_id });
    expect(JSON.stringify(line)).toContain("no such table");
    expectSilence(email);
  });
});

describe("an object's failure", () => {
  it("is logged under the request's id, with its cause and without what was said", async () => {
    scriptUpstream(says("Hello"));
    const chat = await newConversation();
    await env.DB.exec("ALTER TABLE personas RENAME TO personas_gone");
    const failure = await json(chat.send(secret), 500);
    await env.DB.exec("ALTER TABLE personas_gone RENAME TO personas");
    const [line] = logged("refused");
    expect(line).toMatchObject({ request_id: failure.request_id, code: "internal_error" });
    expect(JSON.stringify(line)).toContain("no such table");
    expectSilence();
  });
});

describe("a turn's line", () => {
  it("tells who, what, how long and how much", async () => {
    const usage = {
      prompt_tokens: 1000,
      completion_tokens: 20,
      prompt_tokens_details: { cached_tokens: 600 },
    };
    const done = [{ chunk: chunk({}, "stop") }, { chunk: { choices: [], usage } }];
    scriptUpstream({ steps: [{ text: "Hello" }, ...done] });
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const { assistant_message } = await json<WireTurn>(chat.send("And now?"));
    const [, line] = logged("turn");
    expect(line).toMatchObject({
      turn_id: `turn_${assistant_message.id}`,
      conversation_id: chat.id,
      user_id: chat.user.id,
      persona_id: chat.personaId,
      purpose: "reply",
      provider: "openai",
      model_asked: "gpt-3.5-turbo",
      model_used: "gpt-3.5-turbo-0125",
      status: "complete",
      error_code: null,
      finish_reason: "stop",
      conversation_deleted: false,
      attempts: 1,
      prompt_tokens: 1000,
      cached_tokens: 600,
      completion_tokens: 20,
      cost_micros: Math.round(assistant_message.usage!.cost_usd! * 1e6),
      unpriced: 0,
      estimated: false,
      window: "memory",
      messages_in: 2,
      left_out: 0,
    } satisfies Partial<TurnLine>);
    const { first_token_ms, total_ms, settle_ms } = line as TurnLine;
    expect(first_token_ms).toBeGreaterThanOrEqual(0);
    expect(total_ms).toBeGreaterThanOrEqual(first_token_ms!);
    expect(total_ms).toBeGreaterThanOrEqual(settle_ms);
  });

  it("is written once for a stopped turn too", async () => {
    scriptUpstream({ steps: [{ text: "Well" }, { wait: gate() }] });
    const chat = await newConversation();
    const stream = await chat.stream("Go on");
    const { turn_id } = await json<{ turn_id: string }>(
      api(`${chat.path}/turns/current`, { token: chat.token }),
    );
    await json(api(`${chat.path}/turns/${turn_id}/stop`, { token: chat.token, method: "POST" }));
    await readEvents(stream);
    expect(logged("turn")).toMatchObject([{ turn_id, status: "stopped", estimated: true }]);
  });
});
