import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { api, json, newUser } from "../harness";
import { chunk, gate, says, scriptUpstream } from "../upstream";
import { newConversation, readEvents, type Wire, type WireTurn } from "./harness";

type Context = {
  estimated_tokens: { persona: number; history: number; message: number; total: number };
  budget: number;
  message_ids: number[];
  left_out: { reason: string; count: number }[];
  source: string;
  sections: { name: string; tokens: number }[];
  reported_prompt_tokens: number | null;
};
type Preview = { provider: string; request: Wire; context: Context; refusal: { code: string } | null };
type Chat = Awaited<ReturnType<typeof newConversation>>;

const contextOf = (id: number, token: string) => api(`/chat/messages/${id}/context`, { token });
const preview = (chat: Chat, content: string) =>
  json<Preview>(api(`${chat.path}/preview`, { token: chat.token, body: { content } }));

/** Everything that a preview must leave as it was. */
const stateOf = async (chat: Chat) => ({
  conversation: await json(api(chat.path, { token: chat.token })),
  history: await chat.history(),
  stored: await runInDurableObject(
    env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(String(chat.id))),
    async (_, { storage }) => [[...storage.kv.list()].map(([key]) => key), await storage.getAlarm()],
  ),
});

describe("what went into a reply's prompt", () => {
  it("is told by its parts, with the messages that were in and the provider's own count", async () => {
    const upstream = scriptUpstream(says("Hello."), says("Blue."));
    const chat = await newConversation();
    const first = await json<WireTurn>(chat.send("Hi Alex!"));
    const second = await json<WireTurn>(chat.send("What colour is the sea?"));
    const context = await json<Context>(contextOf(second.assistant_message.id, chat.token));
    expect(context).toEqual({
      message_id: second.assistant_message.id,
      estimated_tokens: {
        persona: expect.any(Number),
        history: expect.any(Number),
        memory: 0,
        facts: 0,
        message: expect.any(Number),
        total: expect.any(Number),
      },
      budget: 8000,
      message_ids: [first.user_message.id, first.assistant_message.id],
      memory_ids: [],
      recalled: [],
      left_out: [],
      source: "memory",
      sections: [
        { name: "persona", tokens: expect.any(Number) },
        { name: "safety", tokens: expect.any(Number) },
        {
          name: "history",
          tokens: expect.any(Number),
          ids: [first.user_message.id, first.assistant_message.id],
          left_out: [],
        },
        { name: "message", tokens: expect.any(Number) },
      ],
      reported_prompt_tokens: 100,
    });
    const { persona, history, message, total } = context.estimated_tokens;
    expect(total).toBe(context.sections.reduce((sum, { tokens }) => sum + tokens, 0));
    expect(Math.min(persona, history, message)).toBeGreaterThan(0);
    expect(upstream.calls[1]!.body.messages).toHaveLength(context.message_ids.length + 2);
    const before = await json<Context>(contextOf(first.assistant_message.id, chat.token));
    expect(before.estimated_tokens.history).toBe(0);
    expect(before.message_ids).toEqual([]);
  });

  it("counts what was left out, and reports no count where the provider gave none", async () => {
    scriptUpstream({ status: 500, body: "{}", type: "application/json" }, { steps: [{ text: "Still" }] });
    const chat = await newConversation();
    await json(chat.send("Are you there?"), 502);
    await json(chat.send("And now?"), 502);
    const [, , , reply] = await chat.history();
    const context = await json<Context>(contextOf(reply!.id, chat.token));
    expect(context.left_out).toEqual([{ reason: "failed", count: 2 }]);
    expect(context.reported_prompt_tokens).toBeNull();
  });

  it("counts as left out only what is there: not what was deleted, however the history is read", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const first = await json<WireTurn>(chat.send("One"));
    const second = await json<WireTurn>(chat.send("Two"));
    for (const { id } of [first.user_message, first.assistant_message]) {
      await json(api(`/chat/messages/${id}`, { token: chat.token, method: "DELETE" }));
    }
    const leftOut = async (turn: WireTurn) => {
      const { left_out, message_ids } = await json<Context>(contextOf(turn.assistant_message.id, chat.token));
      return { left_out, ids: message_ids.length };
    };
    expect(await leftOut(await json<WireTurn>(chat.send("Three")))).toEqual({ left_out: [], ids: 2 });
    const again = `${chat.path}/messages/${second.assistant_message.id}/regenerate`;
    const other = await json<WireTurn>(api(again, { token: chat.token, method: "POST" }));
    expect(await leftOut(other)).toEqual({ left_out: [], ids: 0 });
    await evictDurableObject(env.CONVERSATIONS.getByName(String(chat.id)));
    expect(await leftOut(await json<WireTurn>(chat.send("Four")))).toEqual({ left_out: [], ids: 2 });
  });

  it("counts what was left out of a long conversation of which a part was deleted", async () => {
    scriptUpstream({ steps: [{ text: "x".repeat(20_000) }, { chunk: chunk({}, "stop") }] });
    const chat = await newConversation();
    const turns: WireTurn[] = [];
    for (const content of ["One", "Two", "Three", "Four", "Five"]) {
      turns.push(await json<WireTurn>(chat.send(content)));
    }
    await json(api(`/chat/messages/${turns[0]!.user_message.id}`, { token: chat.token, method: "DELETE" }));
    await evictDurableObject(env.CONVERSATIONS.getByName(String(chat.id)));
    const six = await json<WireTurn>(chat.send("Six"));
    const { left_out, message_ids } = await json<Context>(contextOf(six.assistant_message.id, chat.token));
    expect(left_out).toEqual([{ reason: "budget", count: 9 - message_ids.length }]);
  });

  it("is shown by its sections as well where it was written before there were any", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const { assistant_message } = await json<WireTurn>(chat.send("Hi"));
    const old = {
      tokens: { persona: 10, history: 20, message: 5 },
      budget: 8000,
      messageIds: [[1, 2]],
      leftOut: [{ reason: "budget", count: 4 }],
      source: "kv",
    };
    await env.DB.prepare("UPDATE chat_messages SET context = ? WHERE id = ?")
      .bind(JSON.stringify(old), assistant_message.id)
      .run();
    expect(await json<Context>(contextOf(assistant_message.id, chat.token))).toMatchObject({
      estimated_tokens: { persona: 10, history: 20, message: 5, total: 35 },
      message_ids: [1, 2],
      left_out: [{ reason: "budget", count: 4 }],
      sections: [
        { name: "persona", tokens: 10 },
        { name: "history", tokens: 20, ids: [1, 2], left_out: [{ reason: "budget", count: 4 }] },
        { name: "message", tokens: 5 },
      ],
    });
  });

  it("is there for replies only, and for their owner only", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const turn = await json<WireTurn>(chat.send("Hi"));
    const stranger = await newUser();
    await json(contextOf(turn.user_message.id, chat.token), 404);
    await json(contextOf(turn.assistant_message.id + 1, chat.token), 404);
    await json(contextOf(turn.assistant_message.id, stranger.token), 403);
  });
});

describe("a preview", () => {
  it("shows the very request that a send then makes, with what went into it", async () => {
    const upstream = scriptUpstream(says("Hello."));
    const chat = await newConversation();
    for (const content of ["Hi Alex!", "  How are you?  ", "And the sea?"]) {
      const shown = await preview(chat, content);
      const turn = await json<WireTurn>(chat.send(content));
      expect(shown.request).toEqual(upstream.calls.at(-1)!.body);
      expect(shown.refusal).toBeNull();
      const context = await json<Context>(contextOf(turn.assistant_message.id, chat.token));
      expect(context).toMatchObject(shown.context);
    }
    expect(upstream.calls).toHaveLength(3);
  });

  it("changes nothing: no message, no id, no call, nothing in the object's storage", async () => {
    const upstream = scriptUpstream(says("Hello."));
    const fresh = await newConversation();
    const used = await newConversation(fresh.user);
    await json(used.send("Hi"));
    for (const chat of [fresh, used]) {
      const before = await stateOf(chat);
      await preview(chat, "What would you say?");
      expect(await stateOf(chat)).toEqual(before);
    }
    expect(upstream.calls).toHaveLength(1);
  });

  it("says that a send would be refused while a reply is being written, and does not disturb it", async () => {
    const wait = gate();
    scriptUpstream({ steps: [{ text: "Well" }, { wait }, ...says(", yes.").steps!] });
    const chat = await newConversation();
    const stream = await chat.stream("Are you happy?");
    const shown = await preview(chat, "Really?");
    expect(shown.refusal).toMatchObject({ code: "turn_running", detail: expect.any(String) });
    expect((shown.request.messages as { content: string }[]).at(-1)!.content).toBe("Really?");
    wait.open = true;
    expect((await readEvents(stream)).at(-1)!.event).toBe("turn.completed");
    expect((await chat.history()).map((m) => m.content)).toEqual(["Are you happy?", "Well, yes."]);
    expect((await preview(chat, "Really?")).request.messages).toHaveLength(4);
  });

  it("says that a send would exceed an allowance, and uses none of it", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const allow = (tokens: number | null) =>
      env.DB.prepare("UPDATE users SET daily_token_allowance = ? WHERE id = ?")
        .bind(tokens, chat.user.id)
        .run();
    await allow(5);
    const { refusal } = await preview(chat, "Hi");
    const refused = await json<{ code: string; request_id?: string }>(chat.send("Hi"), 429);
    delete refused.request_id;
    expect(refusal).toEqual(refused);
    expect(refusal!.code).toBe("allowance_exceeded");
    await allow(2000);
    for (let i = 0; i < 3; i++) expect((await preview(chat, "Hi")).refusal).toBeNull();
    await json(chat.send("Hi"));
  });

  it("is refused to strangers, and holds its message to the same rules as a send", async () => {
    const chat = await newConversation();
    const stranger = await newUser();
    const ask = (body: unknown, token = chat.token) => api(`${chat.path}/preview`, { token, body });
    await json(ask({ content: "Hi" }, stranger.token), 403);
    await json(ask({ content: "   " }), 422);
    await json(ask({ content: "x".repeat(4001) }), 422);
    await json(
      api("/chat/conversations/999999/preview", { token: chat.token, body: { content: "Hi" } }),
      404,
    );
  });
});
