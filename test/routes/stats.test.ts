import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { openDatabase } from "../../src/db/client";
import type { NewUsageEvent } from "../../src/db/schema";
import { recordUsage } from "../../src/db/usage";
import { api, json, newUser } from "../harness";
import { chunk, says, scriptUpstream } from "../upstream";
import { newConversation, type WireTurn } from "../chat/harness";

const spend = async (userId: number, at: string, more: Partial<NewUsageEvent> = {}) => {
  const db = openDatabase(env.DB);
  const event: NewUsageEvent = {
    id: crypto.randomUUID(),
    userId,
    personaId: 1,
    conversationId: 1,
    messageId: 1,
    purpose: "reply",
    provider: "openai",
    modelAsked: "gpt-4o",
    modelUsed: "gpt-4o",
    promptTokens: 100,
    cachedTokens: 40,
    cacheWriteTokens: 0,
    completionTokens: 20,
    reasoningTokens: 5,
    costMicros: 1000,
    priceVersion: "p1",
    estimated: false,
    firstTokenMs: 300,
    totalMs: 1000,
    outcome: "complete",
    createdAt: new Date(at),
    ...more,
  };
  await db.batch([recordUsage(db, [event])[0]!]);
};

type Report = { total: Record<string, number>; groups: (Record<string, number> & { key: string })[] };

describe("the statistics", () => {
  it("start at nothing", async () => {
    const { token } = await newUser();
    expect(await json(api("/chat/stats", { token }))).toMatchObject({
      total_conversations: 0,
      total_messages: 0,
      total_tokens: 0,
      estimated_cost_usd: 0,
    });
  });

  it("count every call, and forget none when messages, conversations and personas are deleted", async () => {
    scriptUpstream(says("Hey."), says("Again."), { steps: [{ text: "Broken" }] });
    const chat = await newConversation();
    const { token } = chat;
    const turn = await json<WireTurn>(chat.send("Hi"));
    await json(
      api(`${chat.path}/messages/${turn.assistant_message.id}/regenerate`, { token, method: "POST" }),
    );
    await json(chat.send("Go on"), 502);
    const before = await json(api("/chat/stats", { token }));
    expect(before).toMatchObject({
      total_conversations: 1,
      total_messages: 5,
      total_calls: 3,
      failed_calls: 1,
    });
    expect(before.total_tokens).toBeGreaterThan(220);
    const usage = await json(api(`${chat.path}/usage`, { token }));
    expect(usage).toMatchObject({
      calls: 3,
      errors: 1,
      estimated_calls: 1,
      total_tokens: before.total_tokens,
    });
    await json(api(`/chat/messages/${turn.user_message.id}`, { token, method: "DELETE" }));
    await json(api(chat.path, { token, method: "DELETE" }));
    await json(api(`/personas/${chat.personaId}`, { token, method: "DELETE" }));
    const spent = { ...before, total_conversations: 0, total_messages: 0 };
    expect(await json(api("/chat/stats", { token }))).toEqual(spent);
  });

  it("are the caller's alone", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    await json(chat.send("Hi"));
    const { token } = await newUser();
    expect(await json(api("/chat/stats", { token }))).toMatchObject({
      total_calls: 0,
      total_conversations: 0,
    });
    await json(api(`${chat.path}/usage`, { token }), 403);
  });

  it("price what the provider reports, cached tokens once and at their own rate", async () => {
    scriptUpstream({
      steps: [
        { text: "Hey." },
        { chunk: { ...chunk({}, "stop"), model: "gpt-4o-2024-08-06" } },
        {
          chunk: {
            choices: [],
            model: "gpt-4o-2024-08-06",
            usage: {
              prompt_tokens: 2000,
              completion_tokens: 100,
              prompt_tokens_details: { cached_tokens: 1000 },
            },
          },
        },
      ],
    });
    const chat = await newConversation();
    const { assistant_message: reply } = await json<WireTurn>(chat.send("Hi"));
    // gpt-4o per million tokens: 2.50 in, 1.25 cached, 10 out: 0.0025 + 0.00125 + 0.001.
    expect(reply).toMatchObject({ model_used: "gpt-4o-2024-08-06", tokens_used: 2100 });
    expect(reply.usage).toMatchObject({ cost_usd: 0.00475, cached_tokens: 1000, estimated: false });
  });

  it("do not call an unknown model free", async () => {
    scriptUpstream({
      steps: [{ text: "Hey." }, { chunk: { ...chunk({}, "stop"), model: "our-own-model" } }],
    });
    const chat = await newConversation();
    const { assistant_message: reply } = await json<WireTurn>(chat.send("Hi"));
    expect(reply.usage).toMatchObject({ cost_usd: null });
    const stats = await json(api("/chat/stats", { token: chat.token }));
    expect(stats).toMatchObject({ unpriced_calls: 1, estimated_cost_usd: 0 });
  });
});

describe("the usage report", () => {
  const report = (token: string, query: string) => json<Report>(api(`/chat/stats/usage?${query}`, { token }));

  it("groups by day, model, persona and conversation, and its groups add up to its total", async () => {
    const user = await newUser();
    await spend(user.id, "2026-03-01T10:00:00Z");
    await spend(user.id, "2026-03-01T23:00:00Z", { modelUsed: "other", personaId: 2, costMicros: null });
    await spend(user.id, "2026-03-02T10:00:00Z", { conversationId: 2, outcome: "failed", costMicros: 500 });
    for (const [by, keys] of [
      ["day", ["2026-03-01", "2026-03-02"]],
      ["model", ["gpt-4o", "other"]],
      ["persona", ["1", "2"]],
      ["conversation", ["1", "2"]],
    ] as const) {
      const { groups, total } = await report(user.token, `from=2026-03-01&to=2026-03-02&group_by=${by}`);
      expect(groups.map((group) => group.key)).toEqual(keys);
      expect(total).toMatchObject({
        calls: 3,
        errors: 1,
        unpriced_calls: 1,
        total_tokens: 360,
        cost_usd: 0.0015,
      });
      for (const field of ["calls", "total_tokens", "cached_tokens", "errors"]) {
        expect(groups.reduce((sum, group) => sum + group[field]!, 0)).toBe(total[field]);
      }
    }
  });

  it.each([
    ["UTC", "2026-03-10"],
    ["America/Los_Angeles", "2026-03-09"],
    ["Asia/Kolkata", "2026-03-10"],
    ["Asia/Kathmandu", "2026-03-10"],
    ["Pacific/Kiritimati", "2026-03-10"],
  ])("puts a call on its day in %s", async (zone, day) => {
    const user = await newUser();
    await spend(user.id, "2026-03-10T00:10:00Z");
    const { groups } = await report(user.token, `from=2026-03-01&to=2026-03-31&timezone=${zone}`);
    expect(groups.map((group) => group.key)).toEqual([day]);
  });

  it("draws the line between days at the zone's own midnight, to the quarter hour", async () => {
    const user = await newUser();
    // Midnight in Kathmandu (UTC+5:45) is 18:15 UTC.
    await spend(user.id, "2026-03-10T18:14:59Z");
    await spend(user.id, "2026-03-10T18:15:00Z");
    const { groups } = await report(user.token, "from=2026-03-01&to=2026-03-31&timezone=Asia/Kathmandu");
    expect(groups.map((group) => [group.key, group.calls])).toEqual([
      ["2026-03-10", 1],
      ["2026-03-11", 1],
    ]);
  });

  it("knows that a day may have twenty-three hours", async () => {
    const user = await newUser();
    // New York, 8 March 2026: from 05:00 UTC to 04:00 UTC of the next day.
    for (const at of ["08T04:59:59Z", "08T05:00:00Z", "09T03:59:59Z", "09T04:00:00Z"]) {
      await spend(user.id, `2026-03-${at}`);
    }
    const { groups } = await report(user.token, "from=2026-03-07&to=2026-03-09&timezone=America/New_York");
    expect(groups.map((group) => [group.key, group.calls])).toEqual([
      ["2026-03-07", 1],
      ["2026-03-08", 2],
      ["2026-03-09", 1],
    ]);
  });

  it("states response times and first tokens with their error", async () => {
    const user = await newUser();
    for (let i = 1; i <= 20; i++) {
      await spend(user.id, "2026-03-01T10:00:00Z", { totalMs: i * 100, firstTokenMs: i * 10 });
    }
    await spend(user.id, "2026-03-01T10:00:00Z", { totalMs: 90_000, firstTokenMs: null, outcome: "failed" });
    const answer = await json<{ percentile_error: number; total: Record<string, Record<string, number>> }>(
      api("/chat/stats/usage?from=2026-03-01&to=2026-03-01", { token: user.token }),
    );
    const { percentile_error: error, total } = answer;
    expect(error).toBe(0.091);
    for (const [field, p50, p95] of [
      ["response_time_ms", 1000, 1900],
      ["first_token_ms", 100, 190],
    ] as const) {
      expect(Math.abs(total[field]!.p50! - p50)).toBeLessThanOrEqual(p50 * error + 1);
      expect(Math.abs(total[field]!.p95! - p95)).toBeLessThanOrEqual(p95 * error + 1);
    }
  });

  it.each([
    "from=yesterday",
    "from=2026-02-30",
    "to=0000-01-01",
    "from=9999-12-31&to=9999-12-31",
    "from=2026-03-02&to=2026-03-01",
    "from=2020-01-01&to=2026-01-01",
    "group_by=mood",
    "timezone=Mars/Base",
    "timezone=%2B05:37",
    "timezone=",
  ])("refuses %s", async (query) => {
    const { token } = await newUser();
    await json(api(`/chat/stats/usage?${query}`, { token }), 422);
  });
});

describe("the models", () => {
  it("are listed to anyone, with what is known of them", async () => {
    expect(await json(api("/chat/models"))).toMatchObject({
      models: ["gpt-3.5-turbo"],
      default_model: "gpt-3.5-turbo",
      total_models: 1,
      details: [{ id: "gpt-3.5-turbo", usd_per_million_tokens: { input: 0.5, output: 1.5 } }],
    });
  });
});
