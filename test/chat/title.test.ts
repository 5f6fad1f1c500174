import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { api, json, type TestUser } from "../harness";
import { gate, says, scriptUpstream, type Script } from "../upstream";
import { newConversation, type Wire, type WireTurn } from "./harness";

type Chat = Awaited<ReturnType<typeof unnamed>>;

/** A conversation that nobody gives a title. */
async function unnamed(more: object = {}, user?: TestUser) {
  const { token, personaId, user: owner } = await newConversation(user);
  const made = await json<Wire>(
    api("/chat/conversations", { token, body: { persona_id: personaId, ...more } }),
  );
  const path = `/chat/conversations/${made.id}`;
  return {
    made,
    path,
    token,
    user: owner,
    send: (content: string) => json<WireTurn>(api(`${path}/send`, { token, body: { content } })),
    shown: () => json<Wire>(api(path, { token })),
    rename: (title: string) => json(api(path, { token, method: "PUT", body: { title } })),
    fork: () => json<Wire>(api(`${path}/fork`, { token, body: {} })),
    ledger: async () =>
      (
        await env.DB.prepare(
          "SELECT purpose, prompt_tokens, completion_tokens FROM usage_events WHERE conversation_id = ? ORDER BY id",
        )
          .bind(made.id)
          .all()
      ).results.map((row) => Object.values(row)),
  };
}

const titled = (chat: Chat, title: string) =>
  expect.poll(chat.shown).toMatchObject({ title, untitled: false });
const ANSWER = says("A walk ", "by the sea.");
/** The title is written a moment before its bill. */
const bills = (chat: Chat) => expect.poll(chat.ledger);

describe("a conversation that nobody gave a title", () => {
  it("gets one after its first reply, in a call of its own with a bill of its own, and keeps its place", async () => {
    const hold = gate();
    const { calls } = scriptUpstream(ANSWER, {
      steps: [{ wait: hold }, ...says('"Spaziergang am Meer."').steps!],
    });
    const chat = await unnamed();
    expect(chat.made).toMatchObject({ title: "Alex", untitled: true });
    const turn = await chat.send(`Wo gehen wir hin? ${"x".repeat(400)}`);
    // The answer has not waited for it.
    expect(turn.conversation).toMatchObject({ title: "Alex", untitled: true });
    hold.open = true;
    await titled(chat, "Spaziergang am Meer");
    expect(await chat.shown()).toMatchObject({ updated_at: turn.conversation.updated_at, revision: 1 });
    await bills(chat).toEqual([
      ["reply", 100, 10],
      ["title", 100, 10],
    ]);
    const { messages, max_tokens: most } = calls[1]!.body;
    expect(most).toBe(24);
    expect(messages).toHaveLength(2);
    const { content } = messages[1]!;
    expect(content).toContain("Wo gehen wir hin? xxx");
    expect(content).toContain("A walk by the sea.");
    expect(content.length).toBeLessThan(350);
    await chat.send("And then?");
    expect(calls).toHaveLength(3);
  });

  it("keeps the title that somebody gives it before its first reply, or while one is being made", async () => {
    const hold = gate();
    const { calls } = scriptUpstream(ANSWER, { steps: [{ wait: hold }, ...says("Of the model").steps!] });
    const [early, late] = [await unnamed(), await unnamed()];
    await early.rename("Mine");
    await late.send("Hi");
    await late.rename("Mine, too");
    hold.open = true;
    await bills(late).toHaveLength(2);
    expect(await late.shown()).toMatchObject({ title: "Mine, too", untitled: false });
    await early.send("Hi");
    expect(await early.shown()).toMatchObject({ title: "Mine" });
    expect(calls).toHaveLength(3);
    expect(await early.ledger()).toHaveLength(1);
  });

  const wordless: [string, Script][] = [
    ["fails", { status: 500, body: "" }],
    ["says nothing", says()],
    ["says what no reply may", says("I am a real human being")],
  ];
  it.each(wordless)("is called by its first words where the model %s, and asked once", async (_, script) => {
    const { calls } = scriptUpstream(ANSWER, script, ANSWER);
    const chat = await unnamed();
    await chat.send("Shall we walk?\nOr not?");
    await titled(chat, "Shall we walk?");
    await chat.send("Well?");
    expect(calls).toHaveLength(3);
  });

  it("is called by its first words, without a call, where nothing is left of an allowance or it is temporary", async () => {
    const { calls } = scriptUpstream(ANSWER);
    const passing = await unnamed({ temporary: true });
    await passing.send("A secret, for a day");
    await titled(passing, "A secret, for a day");
    expect(calls).toHaveLength(1);
    const spent = await unnamed();
    await env.DB.prepare("UPDATE users SET daily_token_allowance = 2000 WHERE id = ?")
      .bind(spent.user.id)
      .run();
    // The reply takes what is left.
    scriptUpstream({
      steps: [
        ...says("All of it").steps!.slice(0, 2),
        { chunk: { choices: [], usage: { prompt_tokens: 1900, completion_tokens: 50, total_tokens: 1950 } } },
        { raw: "data: [DONE]\n\n" },
      ],
    });
    await spent.send("Hi there");
    await titled(spent, "Hi there");
    expect(await spent.ledger()).toEqual([["reply", 1900, 50]]);
  });

  it("is not named after a danger that was spoken of, but after what is said next", async () => {
    const { calls } = scriptUpstream(says("I am here."), says("I am glad."), says("A better morning"));
    const chat = await unnamed();
    await chat.send("I want to kill myself");
    expect(await chat.shown()).toMatchObject({ title: "Alex", untitled: true });
    await chat.send("The morning was better.");
    await titled(chat, "A better morning");
    expect(JSON.stringify(calls[2]!.body)).not.toContain("kill");
  });

  it("takes a name along into a fork, and is renamed there as here", async () => {
    scriptUpstream(ANSWER, says("By the sea"));
    const chat = await unnamed();
    const blank = await chat.fork();
    expect(blank).toMatchObject({ title: "Alex", untitled: true });
    await chat.send("Hi");
    await titled(chat, "By the sea");
    // The object remembers the conversation as it was before: what it is called since counts.
    expect(await chat.fork()).toMatchObject({ title: "By the sea", untitled: false });
    await chat.rename("The beach");
    expect(await chat.fork()).toMatchObject({ title: "The beach", untitled: false });
  });
});
