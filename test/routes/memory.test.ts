import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { newConversation } from "../chat/harness";
import { api, json, newUser } from "../harness";
import { says, scriptUpstream } from "../upstream";

type Fact = {
  id: number;
  text: string;
  kind: string;
  source_ids: number[];
  is_pinned: boolean;
  is_suggested: boolean;
  until: string | null;
};
type Recall = {
  tokens: number;
  messages: { id: number; content: string; conversation_id: number; tokens: number }[];
};

/** A conversation in which these were said, and its persona's memory. */
async function remembering(...said: string[]) {
  scriptUpstream(says("I see."));
  const chat = await newConversation();
  const sent = [];
  for (const content of said) sent.push(await json<{ user_message: { id: number } }>(chat.send(content)));
  const path = `/personas/${chat.personaId}/memory`;
  const { token } = chat;
  return {
    ...chat,
    memory: path,
    sentIds: sent.map(({ user_message: message }) => message.id),
    facts: (query = "") => json<Fact[]>(api(`${path}${query}`, { token })),
    recall: (q: string, budget = 1000) =>
      json<Recall>(api(`${path}/search?q=${encodeURIComponent(q)}&budget=${budget}`, { token })),
    forget: (what = "") => json(api(`${path}${what}`, { method: "DELETE", token })),
    object: env.MEMORIES.getByName(`${chat.user.id}:${chat.personaId}`),
  };
}
const contents = ({ messages }: Recall) => messages.map(({ content }) => content);

describe("what a persona remembers", () => {
  it("is found by a question, word for word, the likeliest first, within the budget", async () => {
    const memory = await remembering(
      "My aunt keeps seven bees in Oslo.",
      "The weather is mild.",
      "I bought a red kite.",
    );
    const found = await memory.recall("What does my aunt keep?", 40);
    expect(found.messages[0]).toMatchObject({
      content: "My aunt keeps seven bees in Oslo.",
      conversation_id: memory.id,
      id: memory.sentIds[0],
    });
    expect(found.tokens).toBeLessThanOrEqual(40);
  });

  it("goes with the message that is deleted, and does not come back when the memory is made anew", async () => {
    const memory = await remembering("My aunt keeps seven bees in Oslo.", "My sister Ruth is well.");
    expect(contents(await memory.recall("aunt bees"))).toContain("My aunt keeps seven bees in Oslo.");
    await json(api(`/chat/messages/${memory.sentIds[0]}`, { method: "DELETE", token: memory.token }));
    const gone = async () =>
      expect(contents(await memory.recall("aunt bees")).join()).not.toContain("My aunt keeps");
    await gone();
    await json(api(`${memory.memory}/rebuild`, { method: "POST", token: memory.token }));
    await gone();
  });

  it("is what was said after everything was forgotten", async () => {
    const memory = await remembering("My aunt keeps seven bees in Oslo.");
    await memory.forget();
    await json(memory.send("My aunt moved her bees to Bergen."));
    await json(api(`${memory.memory}/rebuild`, { method: "POST", token: memory.token }));
    const found = contents(await memory.recall("Where are the bees of my aunt?"));
    expect(found).toContain("My aunt moved her bees to Bergen.");
    expect(found).not.toContain("My aunt keeps seven bees in Oslo.");
  });

  it("survives the memory's own sleep", async () => {
    const memory = await remembering("My aunt keeps seven bees in Oslo.");
    const before = await memory.recall("aunt bees");
    await evictDurableObject(memory.object);
    expect(await memory.recall("aunt bees")).toEqual(before);
  });

  it("is nobody else's, and no other persona's", async () => {
    const memory = await remembering("My aunt keeps seven bees in Oslo.");
    const other = await newConversation(memory.user);
    const elsewhere = await json<Recall>(
      api(`/personas/${other.personaId}/memory/search?q=aunt`, { token: memory.token }),
    );
    expect(elsewhere.messages).toEqual([]);
    const stranger = await newUser();
    await json(api(`${memory.memory}/search?q=aunt`, { token: stranger.token }), 404);
  });
});

describe("what a persona knows of its user", () => {
  it("comes from their own words, with the message that says so", async () => {
    const memory = await remembering("I live in Oslo. My sister Ruth collects stamps. I love rain.");
    const facts = await memory.facts();
    expect(facts.map(({ kind, text, source_ids: ids }) => [kind, text, ids])).toEqual(
      expect.arrayContaining([
        ["home", "I live in Oslo.", memory.sentIds],
        ["kin", "My sister Ruth collects stamps.", memory.sentIds],
        ["like", "I love rain.", memory.sentIds],
      ]),
    );
    expect(facts.find(({ kind }) => kind === "like")).toMatchObject({ is_suggested: true });
  });

  it("is replaced by what is said later, and both are shown", async () => {
    const memory = await remembering("I live in Oslo.", "I moved to Bergen.");
    expect((await memory.facts()).map(({ text }) => text)).toEqual(["I moved to Bergen."]);
    expect(await memory.facts("?past=true")).toMatchObject([
      { until: null },
      { text: "I live in Oslo.", until: expect.any(String) },
    ]);
  });

  it("is told, changed, pinned, and then changed by nothing that is learnt", async () => {
    const memory = await remembering("I live in Oslo.");
    const [home] = await memory.facts();
    const { token } = memory;
    await json(
      api(`${memory.memory}/${home!.id}`, {
        method: "PUT",
        token,
        body: { text: "I live near Oslo.", is_pinned: true },
      }),
    );
    await json(memory.send("I moved to Bergen."));
    const told = await json<Fact>(
      api(memory.memory, { token, body: { text: "I sing bass.", kind: "other" } }),
    );
    expect((await memory.facts()).map(({ text, is_pinned: isPinned }) => [text, isPinned])).toEqual([
      ["I live near Oslo.", true],
      [told.text, false],
    ]);
  });

  it("is forgotten for good: the same words never bring it back", async () => {
    const memory = await remembering("I live in Oslo.");
    const [home] = await memory.facts();
    await memory.forget(`/${home!.id}`);
    await json(api(`${memory.memory}/rebuild`, { method: "POST", token: memory.token }));
    expect(await memory.facts()).toEqual([]);
    await json(api(`${memory.memory}/${home!.id}`, { method: "DELETE", token: memory.token }), 404);
  });

  it("goes with the only message that said so", async () => {
    const memory = await remembering("I live in Oslo.");
    expect(await memory.facts()).toHaveLength(1);
    await json(api(`/chat/messages/${memory.sentIds[0]}`, { method: "DELETE", token: memory.token }));
    expect(await memory.facts()).toEqual([]);
  });
});
