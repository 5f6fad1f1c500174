import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

import { app } from "../../src/app";
import { newConversation, type WireTurn } from "../chat/harness";
import { api, json, newAdmin, newUser, type TestUser } from "../harness";
import { says, scriptUpstream } from "../upstream";

type SafetyEvent = {
  id: string;
  code: string;
  level: string | null;
  message_id: number | null;
  feedback: string | null;
  appeal: { id: number; status: string; note: string | null; answer: string | null } | null;
};
type Report = { id: number; status: string; reason: string; reply: string | null; note: string | null };

const LOW = "Sometimes I wish I had never been born";
const DANGER = "I want to kill myself";

let admin: TestUser;
beforeAll(async () => {
  admin = await newAdmin();
});

const eventsOf = ({ token }: TestUser, query = "") =>
  json<SafetyEvent[]>(api(`/safety/events${query}`, { token }));
const asAdmin = (path: string, body?: object) =>
  api(path, { token: admin.token, ...(body && { method: "PUT", body }) });

/** A conversation in which this was said. */
async function saying(...texts: string[]) {
  scriptUpstream(says("I see."));
  const chat = await newConversation();
  const turns = [];
  for (const text of texts) turns.push(await json<WireTurn & { safety: object | null }>(chat.send(text)));
  return { ...chat, turns };
}

describe("what was found of a user", () => {
  it("is shown to them, the newest first and page by page, without a word of theirs", async () => {
    const { user, turns } = await saying(LOW, DANGER, "I'm 13");
    const events = await eventsOf(user);
    expect(events.map(({ code, level }) => [code, level])).toEqual([
      ["minor_signal", null],
      ["crisis", "high"],
      ["crisis", "low"],
    ]);
    expect(events[0]!.message_id).toBe(turns[2]!.assistant_message.id);
    expect(JSON.stringify(events)).not.toMatch(/kill|born|13/);
    const paged: SafetyEvent[] = [];
    for (let path = "?limit=1"; path;) {
      const page = await api(`/safety/events${path}`, { token: user.token });
      paged.push(...(await page.clone().json<SafetyEvent[]>()));
      path = /<[^?]*(\?[^>]*)>/.exec(page.headers.get("link") ?? "")?.[1] ?? "";
    }
    expect(paged).toEqual(events);
  });

  it("is in their export, with what they said to it, and gone with them", async () => {
    const { user, token, turns } = await saying("I'm 13");
    const [event] = await eventsOf(user);
    await json(api(`/safety/events/${event!.id}/appeal`, { token, body: { note: "I am 31" } }));
    const { id } = turns[0]!.assistant_message;
    await json(api(`/chat/messages/${id}/report`, { token, body: { reason: "other", note: "Rude" } }), 201);
    const exported = await (await api("/auth/me/export", { token })).text();
    const lines = exported
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter(({ type }) => type === "safety_event")).toMatchObject([{ code: "minor_signal" }]);
    expect(lines.filter(({ type }) => type === "safety_complaint")).toMatchObject([
      { kind: "appeal", note: "I am 31" },
      { kind: "report", note: "Rude" },
    ]);
    expect(lines.at(-1)).toMatchObject({ type: "end", counts: { safety_event: 1, safety_complaint: 2 } });
    const count = () =>
      env.DB.prepare(
        `SELECT (SELECT count(*) FROM safety_events WHERE user_id = ?1)
           + (SELECT count(*) FROM safety_complaints WHERE user_id = ?1) AS n`,
      )
        .bind(user.id)
        .first<{ n: number }>();
    expect(await count()).toEqual({ n: 3 });
    await json(api("/auth/me", { token, method: "DELETE", body: { password: user.password } }));
    await expect.poll(count).toEqual({ n: 0 });
  });
});

describe("what was no danger", () => {
  const wrong = ({ token }: TestUser, id: string, about = "fiction") =>
    api(`/safety/events/${id}/feedback`, { token, body: { wrong: true, about } });

  it("is said once, and then what is less than a danger rests for that session", async () => {
    const chat = await saying(LOW);
    const [event] = await eventsOf(chat.user);
    expect(await json(wrong(chat.user, event!.id))).toMatchObject({ feedback: "fiction" });
    const upstream = scriptUpstream(says("I see."));
    const next = await json<WireTurn & { safety: object | null }>(chat.send(LOW));
    expect(next.safety).toBeNull();
    expect(JSON.stringify(upstream.calls[0]!.body)).not.toContain("Ask gently");
    expect(await eventsOf(chat.user)).toHaveLength(1);
    expect(await json(chat.send(DANGER))).toMatchObject({ safety: { code: "crisis", level: "high" } });
  });

  it("calms nothing where it was said of a danger", async () => {
    const chat = await saying(DANGER);
    const [event] = await eventsOf(chat.user);
    await json(wrong(chat.user, event!.id, "joke"));
    expect(await json(chat.send("My friend wants to end her life"))).toMatchObject({
      safety: { code: "concern" },
    });
    expect(await json(chat.send(DANGER))).toMatchObject({ safety: { level: "high", step: 2 } });
  });

  it("is not said of another's event, of what was no danger anyway, or in other words", async () => {
    const { user } = await saying("I'm 13");
    const [event] = await eventsOf(user);
    expect((await wrong(await newUser(), event!.id)).status).toBe(404);
    expect((await wrong(user, "saf_1_1")).status).toBe(404);
    const refused = await wrong(user, event!.id);
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: "not_for_this_event" }]);
    expect((await wrong(user, event!.id, "boredom")).status).toBe(422);
    const body = { wrong: false, about: "joke" };
    expect((await api(`/safety/events/${event!.id}/feedback`, { token: user.token, body })).status).toBe(422);
  });
});

describe("an appeal", () => {
  const appeal = ({ token }: TestUser, id: string, note?: string) =>
    api(`/safety/events/${id}/appeal`, { token, body: { note } });
  const listed = async (status = "open") =>
    json<{ user_id: number; id: number; reply: string | null }[]>(
      asAdmin(`/safety/appeals?status=${status}&limit=100`),
    );

  it("against being taken for a minor is answered by setting the age group", async () => {
    const { user } = await saying("I'm 13");
    const [event] = await eventsOf(user);
    const made = await json<SafetyEvent>(appeal(user, event!.id, "It was about my son."));
    expect(made.appeal).toMatchObject({ status: "open", note: "It was about my son." });
    expect(await json(appeal(user, event!.id, "Hello?"))).toEqual(made);
    expect((await listed()).find(({ user_id }) => user_id === user.id)).toMatchObject({
      event_id: event!.id,
      code: "minor_signal",
      note: "It was about my son.",
      reply: null,
    });
    await json(asAdmin(`/users/${user.id}/safety`, { age_group: "adult", age_source: "operator" }));
    expect((await eventsOf(user))[0]!.appeal).toMatchObject({ status: "upheld" });
    expect((await listed()).some(({ user_id }) => user_id === user.id)).toBe(false);
  });

  it("is possible where the turn itself was refused for it", async () => {
    scriptUpstream(says("Hello."));
    const user = await newUser();
    const { token } = user;
    const body = { name: "Robin", relation_type: "spouse" };
    const { id } = await json<{ id: number }>(api("/personas", { token, body }));
    const chat = { title: "Us", persona_id: id };
    const { id: conversation } = await json<{ id: number }>(
      api("/chat/conversations", { token, body: chat }),
    );
    const send = { token, body: { content: "I'm 13" } };
    expect((await api(`/chat/conversations/${conversation}/send`, send)).status).toBe(403);
    const [event] = await eventsOf(user);
    expect(event).toMatchObject({ code: "minor_signal", message_id: null });
    expect(await json(appeal(user, event!.id))).toMatchObject({ appeal: { status: "open", note: null } });
  });

  it("against a reply that was stopped is read with what was shown of it, and answered in words", async () => {
    scriptUpstream(says("I am a real human."));
    const chat = await newConversation();
    await json(chat.send("Who are you?"));
    const [event] = await eventsOf(chat.user);
    expect(event).toMatchObject({ code: "cut" });
    await json(appeal(chat.user, event!.id, "It was a quotation."));
    const open = (await listed()).find(({ user_id }) => user_id === chat.user.id)!;
    expect(open.reply).toContain("I'd rather not go on with that");
    const answer = { status: "dismissed", answer: "No persona may say so." };
    expect(await json(asAdmin(`/safety/appeals/${open.id}`, answer))).toMatchObject(answer);
    expect((await eventsOf(chat.user))[0]!.appeal).toMatchObject(answer);
    expect((await listed("dismissed")).some(({ id }) => id === open.id)).toBe(true);
  });

  it("is not made by others, nor against what was heard of a danger", async () => {
    const { user } = await saying(DANGER);
    const [event] = await eventsOf(user);
    expect((await appeal(user, event!.id)).status).toBe(409);
    expect((await appeal(await newUser(), event!.id)).status).toBe(404);
    expect((await asAdmin("/safety/appeals/999999", { status: "upheld" })).status).toBe(404);
  });
});

describe("a report of a reply", () => {
  it("is kept once, can be read by administrators with the reply, and its answer by who made it", async () => {
    const { user, token, turns } = await saying("Hi");
    const { id } = turns[0]!.assistant_message;
    const path = `/chat/messages/${id}/report`;
    expect((await api(path, { token })).status).toBe(404);
    const report = await json<Report>(api(path, { token, body: { reason: "hate", note: " Ugly " } }), 201);
    expect(report).toMatchObject({ status: "open", reason: "hate", note: "Ugly", message_id: id });
    expect(await json(api(path, { token, body: { reason: "other" } }), 201)).toEqual(report);
    const all = await json<Report[]>(asAdmin("/safety/reports?limit=100"));
    expect(all.find((each) => each.id === report.id)).toMatchObject({ user_id: user.id, reply: "I see." });
    const answer = { status: "upheld", answer: "Thank you." };
    await json(asAdmin(`/safety/reports/${report.id}`, answer));
    expect(await json(api(path, { token }))).toMatchObject(answer);
    await json(api(`/chat/messages/${id}`, { token, method: "DELETE" }));
    const upheld = await json<Report[]>(asAdmin("/safety/reports?status=upheld&limit=100"));
    expect(upheld.find((each) => each.id === report.id)).toMatchObject({ reply: null });
  });

  it("is one, however often and at once it is made", async () => {
    const { token, turns } = await saying("Hi");
    const path = `/chat/messages/${turns[0]!.assistant_message.id}/report`;
    const make = () => json<Report>(api(path, { token, body: { reason: "sexual" } }), 201);
    const made = await Promise.all([make(), make(), make(), make()]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  it("is none of a message of one's own, of another's, or for a reason that is none", async () => {
    const { token, turns } = await saying("Hi");
    const { user_message: said, assistant_message: reply } = turns[0]!;
    const body = { reason: "other" };
    expect((await api(`/chat/messages/${said.id}/report`, { token, body })).status).toBe(404);
    const stranger = (await newUser()).token;
    expect((await api(`/chat/messages/${reply.id}/report`, { token: stranger, body })).status).toBe(403);
    const odd = { token, body: { reason: "boring" } };
    expect((await api(`/chat/messages/${reply.id}/report`, odd)).status).toBe(422);
  });
});

describe("the yearly report", () => {
  const year = new Date().getUTCFullYear();
  type YearReport = {
    referrals_shown: number;
    by_kind: Record<string, number>;
    by_region: Record<string, number | string>;
    [sum: string]: unknown;
  };
  const report = (query = "") => json<YearReport>(asAdmin(`/safety/report${query}`));

  it("counts what was shown once each, by kind, and keeps it when the user goes", async () => {
    const before = await report();
    const { user, token, turns } = await saying(DANGER, DANGER, DANGER, "I'm 13");
    const reply = turns[0]!.assistant_message.id;
    await json(api(`/chat/messages/${reply}/report`, { token, body: { reason: "other" } }), 201);
    const events = await eventsOf(user);
    const signal = events.find(({ code }) => code === "minor_signal")!;
    await json(api(`/safety/events/${signal.id}/appeal`, { token, body: {} }));
    await json(asAdmin(`/users/${user.id}/safety`, { age_group: "adult", age_source: "operator" }));
    await env.DB.prepare("DELETE FROM users WHERE id = ?").bind(user.id).run();
    const after = await report(`?year=${year}`);
    const grown = (name: string) => Number(after[name]) - Number(before[name]);
    expect(after.by_kind.crisis! - before.by_kind.crisis!).toBe(2);
    expect(grown("referrals_shown")).toBe(2);
    expect(["minor_signals", "reports", "appeals", "appeals_upheld"].map(grown)).toEqual([1, 1, 1, 1]);
    expect(after.detector_versions).toEqual([{ source: "floor", version: expect.any(String) }]);
    expect(JSON.stringify(after)).not.toContain("user_id");
  });

  it("does not tell numbers under ten of a region, and nothing of a year without any", async () => {
    const counts = [
      ["US", 11],
      ["DE", 9],
    ] as const;
    for (const [region, count] of counts)
      await env.DB.prepare("INSERT INTO safety_counts VALUES (2031, ?, 'crisis', 'adult', ?)")
        .bind(region, count)
        .run();
    expect(await report("?year=2031")).toMatchObject({
      referrals_shown: 20,
      by_region: { US: 11, DE: "<10" },
      by_age_group: { adult: 20 },
    });
    expect(await report("?year=2032")).toMatchObject({ referrals_shown: 0, by_region: {} });
    expect((await asAdmin("/safety/report?year=soon")).status).toBe(422);
    expect((await api("/safety/report", { token: (await newUser()).token })).status).toBe(403);
  });
});

describe("the protocol", () => {
  it("is there for everybody, with the helplines, the warning for minors, and last year's count", async () => {
    const year = new Date().getUTCFullYear();
    const answer = await api("/safety/protocol");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=3600");
    expect(await json(answer)).toMatchObject({
      active: true,
      inactive_reason: null,
      detection: { version: expect.stringMatching(/^floor-/) as string },
      notices: { minors_suitability: { en: expect.any(String) as string, ja: expect.any(String) as string } },
      referrals: [
        { year: year - 1, count: 0 },
        { year, count: expect.any(Number) as number },
      ],
      processors: ["What users say is sent to the language model at api.openai.com."],
    });
  });

  it("is a page for whoever prefers one, with no script, and says when safety is switched off", async () => {
    const headers = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    const page = await api("/safety/protocol", { headers });
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const text = await page.text();
    expect(text).toContain('<a href="tel:988">988</a>');
    expect(text).not.toContain("<script");
    const off = { SAFETY: "off", SAFETY_OFF_REASON: "A <test>", SAFETY_OPERATOR_URL: "https://op.example/" };
    const other = await app.request("/safety/protocol", { headers }, { ...env, ...off });
    const said = await other.text();
    expect(said).toContain("switched off on this server: A &lt;test&gt;");
    expect(said).toContain('href="https://op.example"');
  });
});
