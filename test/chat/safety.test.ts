import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { api, json, newAdmin, newUser, type TestUser } from "../harness";
import { chunk, gate, says, scriptUpstream } from "../upstream";
import { newConversation, readEvents, textOf, type WireTurn } from "./harness";

type Notice = { id: string; kind: string; text: string; locale: string; must_show: boolean };
type Safety = {
  id: string;
  code: string;
  level: string | null;
  step: number;
  resources: { tel?: string }[];
  text: string | null;
};
type Turn = WireTurn & { notices: Notice[]; safety: Safety | null };

/** Somebody who was told nothing yet. */
async function stranger(): Promise<TestUser> {
  const user = await newUser();
  await env.DB.prepare("UPDATE users SET last_notice_at = NULL WHERE id = ?").bind(user.id).run();
  return user;
}
const setUser = (id: number, set: string, ...values: unknown[]) =>
  env.DB.prepare(`UPDATE users SET ${set} WHERE id = ?`)
    .bind(...values, id)
    .run();
const rowOf = (id: number) => env.DB.prepare("SELECT * FROM users WHERE id = ?").bind(id).first();
const eventsOf = async (user: number) =>
  (
    await env.DB.prepare("SELECT code, level, step, outcome FROM safety_events WHERE user_id = ? ORDER BY id")
      .bind(user)
      .all()
  ).results;
const counted = async (kind: string) =>
  (await env.DB.prepare("SELECT coalesce(sum(count), 0) AS n FROM safety_counts WHERE kind = ?")
    .bind(kind)
    .first<{ n: number }>())!.n;
const names = (events: { event: string | undefined }[]) => events.map(({ event }) => event);

describe("that it is an AI", () => {
  it("is the first thing that somebody new is told, before the first word, and once a session", async () => {
    scriptUpstream(says("Hello", " you."));
    const chat = await newConversation(await stranger());
    const events = await readEvents(await chat.stream("Hi"));
    expect(names(events)).toEqual(["turn.started", "notice", "delta", "delta", "turn.completed"]);
    expect(events[1]!.data).toMatchObject({ kind: "ai_disclosure", locale: "en", must_show: true });
    expect(events.at(-1)!.data).toMatchObject({ notices: [events[1]!.data], safety: null });
    const next = await json<Turn>(chat.send("And now?"));
    expect(next.notices).toEqual([]);
    const opened = await json<{ notices: Notice[] }>(api(chat.path, { token: chat.token }));
    expect(opened.notices.map(({ kind }) => kind)).toEqual(["ai_disclosure", "minors_suitability"]);
    const headers = { "Accept-Language": "xx, de-AT;q=0.9, fr;q=0.5" };
    const read = await json<{ notices: Notice[] }>(api(chat.path, { token: chat.token, headers }));
    expect(read.notices).toMatchObject([{ locale: "de" }, { locale: "de" }]);
  });

  it("never enters what the model is asked, nor the reply", async () => {
    const upstream = scriptUpstream(says("Hello."));
    const chat = await newConversation(await stranger());
    const turn = await json<Turn>(chat.send("Hi"));
    expect(turn.notices).toHaveLength(1);
    expect(turn.assistant_message.content).toBe("Hello.");
    await json(chat.send("And now?"));
    expect(JSON.stringify(upstream.calls.map(({ body }) => body.messages))).not.toContain("talking to an AI");
  });

  it("is a line before the reply where a dialect has no events, in each and whole or as a stream", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation(await stranger());
    const { token } = chat;
    const model = `alex-${chat.personaId}`;
    const messages = [{ role: "user", content: "Hi" }];
    const useChat = [{ id: "u", role: "user", parts: [{ type: "text", text: "Hi" }] }];
    const ways: [string, object][] = [
      ["/v1/chat/completions", { model, messages }],
      ["/v1/chat/completions", { model, messages, stream: true }],
      ["/v1/responses", { model, input: "Hi", store: false }],
      ["/v1/responses", { model, input: "Hi", store: false, stream: true }],
      ["/v1/ui/chat", { id: crypto.randomUUID(), model, messages: useChat, trigger: "submit-message" }],
    ];
    for (const [path, body] of ways) {
      await setUser(chat.user.id, "last_notice_at = NULL");
      const answer = await api(path, { token, body });
      expect(answer.headers.get("x-ai-generated"), path).toBe("true");
      expect(await answer.text(), path).toMatch(/You are talking to an AI[^]*Hello\./);
      // Once a session.
      expect(await (await api(path, { token, body })).text(), path).not.toContain("talking to an AI");
    }
  });

  it("is told again to whoever follows the turn, from the log and from its rows", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation(await stranger());
    const headers = { "idempotency-key": crypto.randomUUID() };
    const live = await readEvents(await chat.stream("Hi", headers));
    expect(await readEvents(await chat.stream("Hi", headers))).toEqual(live);
    const object = env.CONVERSATIONS.getByName(String(chat.id));
    await evictDurableObject(object);
    expect(await readEvents(await chat.stream("Hi", headers))).toEqual(live);
    await runInDurableObject(object, async (_, { storage }) => {
      for (const [name] of storage.kv.list({ prefix: "turn:" })) storage.kv.delete(name);
    });
    await evictDurableObject(object);
    expect(await readEvents(await chat.stream("Hi", headers))).toEqual(live);
  });

  it("is told again after hours of use, whichever conversation they are in", async () => {
    scriptUpstream(says("Hello."));
    const user = await stranger();
    const [one, two] = [await newConversation(user), await newConversation(user)];
    await json(one.send("Hi"));
    expect((await json<Turn>(two.send("Hi"))).notices).toEqual([]);
    const [now, ago] = [Date.now(), Date.now() - 180 * 60_000];
    await setUser(user.id, "last_notice_at = ?", ago);
    await env.DB.prepare("UPDATE usage_totals SET session_started_at = ?, last_turn_at = ? WHERE user_id = ?")
      .bind(ago, now - 60_000, user.id)
      .run();
    const turn = await json<Turn>(two.send("Still here"));
    expect(turn.notices.map(({ kind }) => kind)).toEqual(["break_reminder"]);
    expect((await json<Turn>(one.send("Me too"))).notices).toEqual([]);
  });
});

describe("the clock of use", () => {
  it("is kept by the ledger: sessions, and what lies between their turns, by day", async () => {
    const user = await newUser();
    const day = Date.UTC(2026, 0, 2);
    const call = (id: string, at: number) =>
      env.DB.prepare(
        `INSERT INTO usage_events SELECT ?, ?, 1, 1, 1, 'reply', 'p', 'm', 'm', 1, 0, 0, 1, 0, 0, NULL, FALSE, NULL, 1,
         'complete', NULL, ?`,
      ).bind(`${user.id}/${id}`, user.id, at);
    const minute = 60_000;
    const at = [day - 5 * minute, day + 5 * minute, day + 20 * minute, day + 50 * minute, day + 55 * minute];
    const clocks: unknown[] = [];
    for (const [n, time] of at.entries()) {
      await call(String(n), time).run();
      const row = await env.DB.prepare(
        "SELECT last_turn_at, session_started_at, day_use_ms FROM usage_totals WHERE user_id = ?",
      )
        .bind(user.id)
        .first<Record<string, number>>();
      clocks.push([
        (row!.last_turn_at! - day) / minute,
        (row!.session_started_at! - day) / minute,
        row!.day_use_ms! / minute,
      ]);
    }
    expect(clocks).toEqual([
      [-5, -5, 0],
      [5, -5, 10],
      [20, -5, 25],
      [50, 50, 25],
      [55, 50, 30],
    ]);
  });
});

describe("a danger", () => {
  const DANGER = "I want to kill myself";

  it("is answered at once with where help is and a fixed reply, and then by the model, which is told after the user's words", async () => {
    const upstream = scriptUpstream(says("I am", " here."));
    const chat = await newConversation();
    await setUser(chat.user.id, "region = 'US'");
    const before = await counted("crisis");
    const events = await readEvents(await chat.stream(DANGER));
    expect(names(events)).toEqual(["turn.started", "safety", "delta", "delta", "delta", "turn.completed"]);
    const told = events[1]!.data as Safety;
    expect(told).toMatchObject({ code: "crisis", level: "high", step: 1, source: "floor", must_show: true });
    expect(told.resources[0]).toMatchObject({ tel: "988" });
    expect(events[2]!.data.text).toBe(`${told.text}\n\n`);
    const { messages } = upstream.calls[0]!.body;
    expect(messages.at(-1)!.content).toMatch(new RegExp(`^${DANGER}\n\n\\[A note[^]*Never refuse to talk`));
    const done = events.at(-1)!.data as Turn;
    expect(done.safety).toEqual(told);
    expect(done.assistant_message.content).toBe(`${told.text}\n\nI am here.`);
    expect((await chat.history()).at(-1)!.content).toBe(`${told.text}\n\nI am here.`);
    expect(await eventsOf(chat.user.id)).toEqual([
      { code: "crisis", level: "high", step: 1, outcome: "referred" },
    ]);
    expect(await counted("crisis")).toBe(before + 1);
    await json(chat.send("Thanks"));
    const [first, second] = upstream.calls.map(({ body }) => body.messages);
    expect(second![0]).toEqual(first![0]);
    expect(second!.at(-1)!.content).toContain("no romance");
    expect(JSON.stringify(second!.slice(0, -1))).not.toContain("A note from the service");
  });

  it("is answered by the second step when it goes on, in any conversation, and then not shown for ten minutes", async () => {
    scriptUpstream(says("I am here."));
    const chat = await newConversation();
    await json(chat.send(DANGER));
    const other = await newConversation(chat.user);
    const second = await json<Turn>(other.send(DANGER));
    expect(second.safety).toMatchObject({ step: 2 });
    expect(second.assistant_message.content).toContain("don't stay alone");
    const third = await json<Turn>(chat.send(DANGER));
    expect(third).toMatchObject({ safety: null, assistant_message: { content: "I am here." } });
    expect((await eventsOf(chat.user.id)).map(({ outcome }) => outcome).toSorted()).toEqual([
      "referred",
      "referred",
      "repeated",
    ]);
  });

  it.each([
    ["fails", { status: 500, body: "{}" }],
    ["breaks off", { steps: [{ text: "I am" }, { fail: new Error("reset") }] }],
    ["says nothing", { steps: [{ chunk: chunk({}, "stop") }] }],
  ])("is answered where the model %s", async (_, script) => {
    scriptUpstream(script);
    const chat = await newConversation();
    const turn = await json<Turn>(chat.send(DANGER));
    expect(turn.assistant_message).toMatchObject({
      status: "complete",
      finish_reason: "stop",
      error_code: null,
    });
    expect(turn.assistant_message.content.startsWith(turn.safety!.text!)).toBe(true);
    await json(chat.send(DANGER));
    const third = await json<Turn>(chat.send(DANGER));
    expect(third.assistant_message.content).not.toBe("");
  });

  it("is answered where an allowance is used up", async () => {
    const upstream = scriptUpstream(says("Hello."));
    const chat = await newConversation();
    await setUser(chat.user.id, "daily_token_allowance = 1");
    expect((await chat.send("Hi")).status).toBe(429);
    const turn = await json<Turn>(chat.send(DANGER));
    expect(turn.safety).toMatchObject({ code: "crisis" });
    expect(upstream.calls).toHaveLength(0);
  });

  it("is heard when a message is answered again", async () => {
    scriptUpstream(says("I am here."));
    const chat = await newConversation();
    const { assistant_message: reply } = await json<Turn>(chat.send(DANGER));
    const again = await json<Turn>(
      api(`${chat.path}/messages/${reply.id}/regenerate`, { token: chat.token, method: "POST" }),
    );
    expect(again.safety).toMatchObject({ code: "crisis", step: 2 });
  });

  it("of somebody else is told with where help is, and no fixed reply, once a session", async () => {
    const upstream = scriptUpstream(says("Tell me more."));
    const chat = await newConversation();
    const text = "My sister told me she has been cutting herself";
    const turn = await json<Turn>(chat.send(text));
    expect(turn.safety).toMatchObject({ code: "concern" });
    expect(turn.assistant_message.content).toBe("Tell me more.");
    expect(upstream.calls[0]!.body.messages.at(-1)!.content).toContain("Ask gently");
    expect((await json<Turn>(chat.send(text))).safety).toBeNull();
  });

  it("outlives the user in the counts, and nowhere else", async () => {
    scriptUpstream(says("I am here."));
    const chat = await newConversation();
    await json(chat.send(DANGER));
    const before = await counted("crisis");
    await env.DB.prepare("DELETE FROM users WHERE id = ?").bind(chat.user.id).run();
    expect(await eventsOf(chat.user.id)).toEqual([]);
    expect(await counted("crisis")).toBe(before);
  });
});

describe("a minor", () => {
  const spouse = async (user: TestUser) => {
    const { token } = user;
    const body = { name: "Robin", relation_type: "spouse" };
    const { id } = await json<{ id: number }>(api("/personas", { token, body }));
    const chat = await json<{ id: number }>(
      api("/chat/conversations", { token, body: { title: "Us", persona_id: id } }),
    );
    return (content: string) => api(`/chat/conversations/${chat.id}/send`, { token, body: { content } });
  };

  it("is refused a spouse, but not help", async () => {
    const upstream = scriptUpstream(says("Hello."));
    const user = await newUser();
    const send = await spouse(user);
    await setUser(user.id, "age_group = 'teen'");
    const refused = await send("Hi");
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: "persona_not_for_minors" });
    expect(upstream.calls).toHaveLength(0);
    expect((await json<Turn>(send("I want to die"))).safety).toMatchObject({ code: "crisis" });
  });

  it("is who says so, from then on and in the turn itself", async () => {
    scriptUpstream(says("Nice."));
    const chat = await newConversation();
    const send = await spouse(chat.user);
    await json(send("Hi"));
    const turn = await json<Turn>(chat.send("I'm 13"));
    expect(turn.safety).toMatchObject({ code: "minor_signal", must_show: false });
    expect(await rowOf(chat.user.id)).toMatchObject({ age_group: "teen", age_source: "self_said" });
    expect((await send("Hi")).status).toBe(403);
    expect((await json<Turn>(chat.send("I'm 13"))).safety).toBeNull();
  });

  it("is heard where the persona is none for them, and the operator's answer stands", async () => {
    scriptUpstream(says("Nice."));
    const user = await newUser();
    const send = await spouse(user);
    expect((await send("I'm 13")).status).toBe(403);
    expect(await rowOf(user.id)).toMatchObject({ age_group: "teen" });
    const admin = await newAdmin();
    const path = `/users/${user.id}/safety`;
    const body = { age_group: "18+", age_source: "operator" };
    const set = await json(api(path, { token: admin.token, method: "PUT", body }));
    expect(set).toMatchObject({ age_group: "adult", memory: true, proactive: true });
    await json(send("I'm 13"));
    expect(await rowOf(user.id)).toMatchObject({ age_group: "adult" });
  });

  it("has an hour, then a break, whose end is told", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation();
    await setUser(chat.user.id, "age_group = 'teen'");
    await json(chat.send("Hi"));
    const [now, ago] = [Date.now(), Date.now() - 61 * 60_000];
    await env.DB.prepare("UPDATE usage_totals SET session_started_at = ?, last_turn_at = ? WHERE user_id = ?")
      .bind(ago, now - 60_000, chat.user.id)
      .run();
    const refused = await chat.send("More");
    expect(refused.status).toBe(429);
    const retryAt = new Date(now - 60_000 + 30 * 60_000).toISOString();
    expect(await refused.json()).toMatchObject({ code: "time_limit", retry_at: retryAt });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(1000);
  });
});

describe("a reply that says what it may not", () => {
  it("is cut before it is shown, hung up on, and kept as it was shown", async () => {
    const upstream = scriptUpstream({
      steps: [
        { text: "Sure. " },
        { text: "I am a " },
        { text: "real human. " },
        { text: "Ask me" },
        { wait: gate() },
      ],
    });
    const chat = await newConversation();
    const events = await readEvents(await chat.stream("Are you human?"));
    expect(events.at(-1)).toMatchObject({
      event: "turn.stopped",
      data: { reason: "safety", assistant_message: { status: "stopped", finish_reason: "content_filter" } },
    });
    const shown = textOf(events);
    expect(shown).toMatch(/^Sure\. I am a \n\nI'd rather not go on/);
    expect((await chat.history()).at(-1)!.content).toBe(shown);
    await expect.poll(() => upstream.calls[0]!.aborted).toBe(true);
    expect(await eventsOf(chat.user.id)).toMatchObject([{ code: "cut", outcome: "cut" }]);
  });

  it("is cut in JSON as well, at its end too", async () => {
    scriptUpstream(says("I want you to be my girlfriend"));
    const chat = await newConversation();
    await setUser(chat.user.id, "age_group = 'teen'");
    const turn = await json<Turn>(chat.send("Hi"));
    expect(turn.assistant_message).toMatchObject({ status: "stopped", finish_reason: "content_filter" });
    expect(turn.assistant_message.content).toMatch(/^I'd rather not go on/);
  });

  it("goes on where it may be said", async () => {
    scriptUpstream(says("I want you to be my girlfriend. Truly."));
    const chat = await newConversation();
    const turn = await json<Turn>(chat.send("Hi"));
    expect(turn.assistant_message).toMatchObject({ status: "complete" });
  });
});

it("a reply is marked as made by a machine, for machines", async () => {
  scriptUpstream(says("Hello."));
  const chat = await newConversation();
  for (const answer of [await chat.send("Hi"), await chat.stream("Hi")])
    expect(answer.headers.get("x-ai-generated")).toBe("true");
  const marks = (await chat.history()).map(({ role, ai_generated }) => [role, ai_generated]);
  expect(marks.slice(0, 2)).toEqual([
    ["user", false],
    ["assistant", true],
  ]);
});
