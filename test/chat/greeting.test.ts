import { describe, expect, it } from "vitest";

import { api, json, newUser } from "../harness";
import { says, scriptUpstream } from "../upstream";
import type { Wire, WireMessage, WireTurn } from "./harness";

const GREETINGS = { greeting: "There you are!", alternate_greetings: ["Ahoy.", "Good evening."] };
const character = { name: "Alex", relation_type: "friend" };

async function opened(traits: object) {
  const { token } = await newUser();
  const persona = await json<Wire>(api("/personas", { token, body: { ...character, ...traits } }));
  const conversation = await json<Wire>(
    api("/chat/conversations", { token, body: { title: "Hello", persona_id: persona.id } }),
  );
  const path = `/chat/conversations/${conversation.id}`;
  const history = () => json<WireMessage[]>(api(`${path}/messages`, { token }));
  return { token, persona, conversation, path, history };
}

describe("a persona's greeting", () => {
  it("opens a conversation, with its others as variants, and is what the user answers", async () => {
    const upstream = scriptUpstream(says("I was at the sea."));
    const { token, persona, conversation, path, history } = await opened(GREETINGS);
    expect(persona).toMatchObject(GREETINGS);
    expect(conversation).toMatchObject({ message_count: 3 });
    const [greeting, ...more] = await history();
    expect(greeting).toMatchObject({
      role: "assistant",
      content: "There you are!",
      parent_id: null,
      usage: null,
    });
    expect(more).toEqual([]);
    const variants = await json<WireMessage[]>(api(`${path}/messages/${greeting!.id}/variants`, { token }));
    expect(variants.map(({ content }) => content)).toEqual(["There you are!", "Ahoy.", "Good evening."]);
    await json(api(`${path}/messages/${variants[1]!.id}/select`, { token, method: "POST" }));
    await json(api(`${path}/send`, { token, body: { content: "Where were you?" } }));
    expect(upstream.calls[0]!.body.messages.slice(1)).toEqual([
      { role: "assistant", content: "Ahoy." },
      { role: "user", content: "Where were you?" },
    ]);
    expect((await history()).map(({ content }) => content)).toEqual([
      "Ahoy.",
      "Where were you?",
      "I was at the sea.",
    ]);
  });

  it("can go on before anything was said", async () => {
    scriptUpstream(says("Come in."));
    const { token, path, history } = await opened({ greeting: "There you are!" });
    const [greeting] = await history();
    const turn = await json<WireTurn>(api(`${path}/messages/${greeting!.id}/continue`, { token, body: {} }));
    expect(turn).toMatchObject({
      user_message: null,
      assistant_message: { id: greeting!.id, content: "There you are! Come in." },
    });
  });

  it("is changed and taken away, and what is said of it is checked", async () => {
    const { token, persona } = await opened(GREETINGS);
    const put = (body: object) => api(`/personas/${persona.id}`, { token, method: "PUT", body });
    expect(await json(put({ greeting: "Hi." }))).toMatchObject({ ...GREETINGS, greeting: "Hi." });
    expect(await json(put({ greeting: null, alternate_greetings: [] }))).toMatchObject({
      greeting: null,
      alternate_greetings: [],
    });
    await json(put({ greeting: "x".repeat(32_001) }), 422);
    await json(put({ alternate_greetings: Array.from({ length: 51 }, () => "Hi.") }), 422);
    const made = await json<Wire>(
      api("/chat/conversations", { token, body: { title: "Silent", persona_id: persona.id } }),
    );
    expect(made.message_count).toBe(0);
  });
});
