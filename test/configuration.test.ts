import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { LiveConversation } from "../src/chat/conversation";
import { configOf, type Env } from "../src/env";
import { app } from "../src/app";
import { newConversation } from "./chat/harness";
import { api, json } from "./harness";
import { says, scriptUpstream } from "./upstream";

type Variables = Partial<Record<keyof Env, string>>;

/** Sends "Hi" in a conversation whose object is configured differently, after what was said `before`. */
async function sendWith(
  variables: Variables,
  { scripts = [says("Hey.")], before = [] as string[], isTitled = true } = {},
) {
  const upstream = scriptUpstream(...scripts);
  const chat = await newConversation();
  for (const content of before) await chat.send(content);
  await env.DB.prepare("UPDATE conversations SET is_titled = ? WHERE id = ?").bind(isTitled, chat.id).run();
  const stub = env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(String(chat.id)));
  const { sid: sessionId } = JSON.parse(atob(chat.token.split(".")[1]!)) as { sid: string };
  const call = {
    conversationId: chat.id,
    caller: { userId: chat.user.id, sessionId },
    requestId: "r",
  };
  const delivery = { dialect: "turn", stream: false, after: 0 };
  const body = JSON.stringify({ call, command: { type: "send", content: "Hi", delivery } });
  const response = await runInDurableObject(stub, async (_, state) => {
    const object = new LiveConversation(state, { ...env, ...variables } as Env);
    const answer = await object.fetch(new Request("https://conversation/", { method: "POST", body }));
    return { status: answer.status, body: await answer.json<Record<string, unknown>>() };
  });
  const title = async () => (await json<{ title: string }>(api(chat.path, { token: chat.token }))).title;
  return { ...response, calls: upstream.calls, title };
}

describe("what reaches the language model follows the configuration", () => {
  it("by default: OpenAI, gpt-3.5-turbo, 1000 tokens, temperature 0.7", async () => {
    const { calls } = await sendWith({});
    expect(calls[0]!.url).toBe("https://api.openai.com/v1/chat/completions");
    expect(calls[0]!.body).toMatchObject({
      model: "gpt-3.5-turbo",
      max_tokens: 1000,
      temperature: 0.7,
      stream: true,
    });
  });

  it("OPENAI_API_KEY", async () => {
    const { calls } = await sendWith({ OPENAI_API_KEY: "sk-another" });
    expect(calls[0]!.headers.get("authorization")).toBe("Bearer sk-another");
  });

  const addresses = [
    ["http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/chat/completions"],
    [
      "https://gateway.example.com/v1/account/openai/",
      "https://gateway.example.com/v1/account/openai/chat/completions",
    ],
  ] as const;
  it.each(addresses)("OPENAI_BASE_URL %s", async (url, called) => {
    const { calls } = await sendWith({ OPENAI_BASE_URL: url });
    expect(calls[0]!.url).toBe(called);
  });

  it("a server of one's own needs no key", async () => {
    const { calls } = await sendWith({ OPENAI_API_KEY: "", OPENAI_BASE_URL: "http://127.0.0.1:11434/v1" });
    expect(calls).toHaveLength(1);
  });

  it("OPENAI_MODEL, OPENAI_MAX_TOKENS and OPENAI_TEMPERATURE", async () => {
    const { calls } = await sendWith({
      OPENAI_MODEL: "llama3",
      OPENAI_MAX_TOKENS: "123",
      OPENAI_TEMPERATURE: "1.5",
    });
    expect(calls[0]!.body).toMatchObject({ model: "llama3", max_tokens: 123, temperature: 1.5 });
  });

  it("OFFLINE_MODEL answers without a key, and only without one", async () => {
    const offline = await sendWith({ OPENAI_API_KEY: "", OFFLINE_MODEL: "true" });
    expect(offline.calls).toHaveLength(0);
    expect(offline.body.assistant_message).toMatchObject({ model_used: "offline", status: "complete" });
    const withKey = await sendWith({ OFFLINE_MODEL: "true" });
    expect(withKey.calls).toHaveLength(1);
  });

  it("without a key and without the offline model nobody answers, and nothing is kept", async () => {
    const { status, body, calls } = await sendWith({ OPENAI_API_KEY: "" });
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: "upstream_not_configured" });
    expect(calls).toHaveLength(0);
    const rows = await env.DB.prepare("SELECT count(*) AS n FROM chat_messages").first<{ n: number }>();
    const before = rows!.n;
    await sendWith({ OPENAI_API_KEY: "" });
    expect(await env.DB.prepare("SELECT count(*) AS n FROM chat_messages").first()).toEqual({ n: before });
  });

  it("CONTEXT_MAX_TOKENS", async () => {
    const before = ["Something long. ".repeat(20), "Something longer. ".repeat(20)];
    const ample = await sendWith({}, { before });
    expect(ample.calls[2]!.body.messages).toHaveLength(6);
    const tight = await sendWith({ CONTEXT_MAX_TOKENS: "100" }, { before });
    expect(tight.calls[2]!.body.messages.map((m) => m.role)).toEqual(["system", "user"]);
  });

  it("AUTO_TITLE: by the model, else and offline by the first words, without a call", async () => {
    const scripts = [says("Hey."), says("A greeting")];
    const named = await sendWith({}, { scripts, isTitled: false });
    await expect.poll(named.title).toBe("A greeting");
    const off = await sendWith({ AUTO_TITLE: "off" }, { scripts, isTitled: false });
    await expect.poll(off.title).toBe("Hi");
    expect(off.calls).toHaveLength(1);
    const offline = await sendWith(
      { OPENAI_API_KEY: "", OFFLINE_MODEL: "true" },
      { scripts, isTitled: false },
    );
    await expect.poll(offline.title).toBe("Hi");
    expect(offline.calls).toHaveLength(0);
  });

  it("UPSTREAM_RETRIES: what fails before its first token is tried again, and no more often than that", async () => {
    const scripts = [{ status: 500, body: "" }, { steps: [] }, says("At last.")];
    const patient = await sendWith({ UPSTREAM_RETRIES: "2" }, { scripts });
    expect(patient.body.assistant_message).toMatchObject({ status: "complete", content: "At last." });
    const hasty = await sendWith({ UPSTREAM_RETRIES: "1" }, { scripts });
    expect([hasty.status, hasty.calls.length]).toEqual([502, 2]);
  });
});

describe("a configuration that cannot be right", () => {
  const wrong: [keyof Env, string][] = [
    ["SECRET_KEY", "too short"],
    ["OPENAI_BASE_URL", "not a url"],
    ["OPENAI_MAX_TOKENS", "many"],
    ["OPENAI_MAX_TOKENS", "0"],
    ["OPENAI_TEMPERATURE", "3"],
    ["OFFLINE_MODEL", "maybe"],
    ["CONTEXT_MAX_TOKENS", "1.5"],
    ["AUTO_TITLE", "yes"],
    ["MESSAGE_MAX_CHARACTERS", "-1"],
    ["UPSTREAM_FIRST_TOKEN_TIMEOUT_MS", "soon"],
    ["PRICE_PROVIDER", "nobody"],
    ["CORS_ORIGINS", "example.com"],
    ["EMBEDDINGS", "http://embeddings.example.com"],
    ["MAIL_URL", "http://mail.example.com"],
    ["MAIL_FROM", "nobody at home"],
    ["PUBLIC_URL", "persona.example.com"],
    ["EMAIL_VERIFICATION", "perhaps"],
  ];

  it.each(wrong)("is refused with a sentence that names %s and does not repeat %o", async (name, value) => {
    const answer = await app.request("/health", {}, { ...env, [name]: value });
    expect(answer.status).toBe(500);
    const body = await answer.json<{ detail: string; code: string }>();
    expect(body).toMatchObject({ code: "misconfigured", detail: expect.stringContaining(name) as string });
    expect(body.detail).not.toContain(`${value}"`);
  });

  const provider = { MAIL_URL: "https://api.resend.com" };
  const incomplete: [string, Variables][] = [
    ["EMAIL_VERIFICATION", { EMAIL_VERIFICATION: "required", MAIL_URL: "" }],
    ["MAIL_FROM", { ...provider, MAIL_TOKEN: "re_123", MAIL_FROM: "" }],
    ["MAIL_TOKEN", { ...provider, MAIL_FROM: "hello@example.com", MAIL_TOKEN: "" }],
  ];

  it.each(incomplete)(
    "is refused with a sentence on %s where that needs more than %o",
    async (name, given) => {
      const answer = await app.request("/health", {}, { ...env, ...given });
      expect(answer.status).toBe(500);
      const detail = new RegExp(`: ${name} (can only be|is) required with a? ?MAIL_URL`);
      expect(await answer.json()).toMatchObject({
        code: "misconfigured",
        detail: expect.stringMatching(detail) as string,
      });
    },
  );

  it("is one without a SECRET_KEY: there is no built-in default", () => {
    expect(() => configOf({ ...env, SECRET_KEY: undefined } as unknown as Env)).toThrow(
      /SECRET_KEY is required/,
    );
  });
});
