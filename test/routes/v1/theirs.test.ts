import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { acts, answered, expectOnce, play, said, type Node } from "../../chat/paths";
import { api, json } from "../../harness";
import { says, scriptUpstream } from "../../upstream";
import { newModel, readData, type Completion, type WireError } from "./harness";

type Shown = { id: number; role: string; content: string; parent_id: number | null };

/** A client that knows its chat by a name of its own and sends all of it each time. */
async function newClient() {
  const { ask, ...owner } = await newModel();
  const chatId = crypto.randomUUID();
  const send = (messages: object[], more: object = {}, headers: object = {}) =>
    ask({ messages, ...more }, { "x-chat-id": chatId, ...headers });
  const { token } = owner;
  const chats = () => json<{ id: number; title: string }[]>(api("/chat/conversations", { token }));
  const history = async () => {
    const [chat] = await chats();
    return json<Shown[]>(api(`/chat/conversations/${chat!.id}/messages`, { token }));
  };
  const texts = async () => (await history()).map(({ content }) => content);
  return { ...owner, ask, chatId, send, chats, history, texts };
}

/** All that a conversation holds, on whichever branch. */
const treeOf = async (id: string) =>
  (
    await env.DB.prepare(
      "SELECT id, parent_id AS parentId, role, content FROM chat_messages WHERE conversation_id = ?",
    )
      .bind(id)
      .all<Node>()
  ).results;

describe("a chat that a client knows by a name of its own", () => {
  it("is one conversation, made the first time, in which each request adds what is new", async () => {
    scriptUpstream(says("One."), says("Two."));
    const { send, chats, texts } = await newClient();
    const first = await send([{ role: "system", content: "Be brief." }, said("Hi there")]);
    const id = first.headers.get("x-conversation-id");
    await json<Completion>(first);
    const second = await send([said("Hi there"), answered("One."), said("And?")]);
    expect(second.headers.get("x-conversation-id")).toBe(id);
    await json(second);
    expect(await chats()).toMatchObject([{ id: Number(id), title: "Hi there" }]);
    expect(await texts()).toEqual(["Hi there", "One.", "And?", "Two."]);
  });

  it("becomes a branch by an edit, and a variant by another answer; nothing is lost or doubled", async () => {
    const upstream = scriptUpstream(says("One."), says("Two."), says("Three."), says("Four."));
    const { send, texts, history, chats } = await newClient();
    await json(send([said("Hi")]));
    await json(send([said("Hi"), answered("One."), said("And?")]));
    await json(send([said("Hi"), answered("One."), said("But?")]));
    expect(await texts()).toEqual(["Hi", "One.", "But?", "Three."]);
    await json(send([said("Hi"), answered("One."), said("But?")]));
    expect(await texts()).toEqual(["Hi", "One.", "But?", "Four."]);
    expect(upstream.calls[3]!.body.messages.slice(1)).toEqual([said("Hi"), answered("One."), said("But?")]);
    expect(await chats()).toMatchObject([{ message_count: 7 }]);
    const [hi, , but] = await history();
    expect([hi!.parent_id, but!.parent_id]).toEqual([null, hi!.id + 1]);
  });

  it("holds every path that its client ever showed exactly once, however it edits, answers again and retries", async () => {
    scriptUpstream(...Array.from({ length: 200 }, (_, i) => says(`reply ${i + 1}`)));
    const { ask } = await newModel();
    await fc.assert(
      fc.asyncProperty(acts(8), fc.uuid(), async (list, chatId) => {
        let id = "";
        const shown = await play(list, async (messages) => {
          const answer = await ask({ messages }, { "x-chat-id": chatId });
          id = answer.headers.get("x-conversation-id") ?? "";
          return (await json<Completion>(answer)).choices[0]!.message.content!;
        });
        expectOnce(await treeOf(id), shown);
      }),
      { numRuns: 10 },
    );
  });

  it("takes over what the client brings along that is not known here", async () => {
    const upstream = scriptUpstream(says("Four."), says("Six."));
    const { send, texts, chats } = await newClient();
    await json(send([said("1"), answered("2"), said("3")]));
    expect(await texts()).toEqual(["1", "2", "3", "Four."]);
    await json(send([said("1"), answered("two, rewritten"), said("3"), answered("4"), said("5")]));
    expect(await texts()).toEqual(["1", "two, rewritten", "3", "4", "5", "Six."]);
    expect(upstream.calls[1]!.body.messages.slice(1).map(({ content }) => content)).toEqual([
      "1",
      "two, rewritten",
      "3",
      "4",
      "5",
    ]);
    expect(await chats()).toMatchObject([{ message_count: 9 }]);
  });

  it("takes over a history of any length at once, and goes on from it", async () => {
    scriptUpstream(says("Here."), says("Still here."));
    const { send, chats } = await newClient();
    const path = Array.from({ length: 1201 }, (_, i) => (i % 2 ? answered(`No. ${i}`) : said(`No. ${i}`)));
    await json(send([...path, answered("x".repeat(190_000)), said("y".repeat(4000))]));
    expect(await chats()).toMatchObject([{ message_count: 1204 }]);
    await json(send([...path, answered("x".repeat(190_000)), said("And now?")]));
    expect(await chats()).toMatchObject([{ message_count: 1206 }]);
  });

  it("is one conversation, although two requests begin it at once", async () => {
    scriptUpstream(says("One."));
    const { send, chats } = await newClient();
    const answers = await Promise.all([send([said("Hi")]), send([said("Hi")])]);
    const statuses = answers.map(({ status }) => status).toSorted();
    await Promise.all(answers.map((answer) => answer.text()));
    expect(statuses).toEqual([200, expect.toBeOneOf([200, 409])]);
    expect(await chats()).toHaveLength(1);
  });

  it("is another one with another persona, and for another user", async () => {
    scriptUpstream(says("One."));
    const { send, user, chatId, chats } = await newClient();
    const other = await newModel(user);
    await json(send([said("Hi")]));
    await json(other.ask({}, { "x-chat-id": chatId }));
    expect(await chats()).toHaveLength(2);
    const stranger = await newModel();
    const theirs = await stranger.ask({}, { "x-openwebui-chat-id": chatId });
    await json(theirs);
    expect((await chats()).map(({ id }) => `${id}`)).not.toContain(theirs.headers.get("x-conversation-id"));
  });

  it("begins anew when it was deleted here, as often as that happens", async () => {
    scriptUpstream(says("One."));
    const { send, token, chats } = await newClient();
    for (let i = 0; i < 3; i++) {
      const answer = await send([said("Hi")]);
      await json(answer);
      const id = answer.headers.get("x-conversation-id");
      expect(await chats()).toMatchObject([{ id: Number(id), message_count: 2 }]);
      await json(api(`/chat/conversations/${id}`, { token, method: "DELETE" }));
      expect(await chats()).toEqual([]);
    }
  });

  it("streams, and once is once by its Idempotency-Key", async () => {
    const upstream = scriptUpstream(says("One."));
    const { send, texts } = await newClient();
    const headers = { "idempotency-key": "k1" };
    for (let i = 0; i < 2; i++) {
      const data = await readData(await send([said("Hi")], { stream: true }, headers));
      expect(data.at(-1)).toBe("[DONE]");
    }
    expect(upstream.calls).toHaveLength(1);
    expect(await texts()).toEqual(["Hi", "One."]);
  });

  it("is not touched by what an app asks beside it, nor by a request that is refused", async () => {
    scriptUpstream(says("A title"));
    const { send, ask, chats, chatId } = await newClient();
    await json(ask({}, { "x-openwebui-chat-id": chatId, "x-openwebui-task": "title_generation" }));
    await json(send([said("Hi")], { model: "persona-999999" }), 404);
    for (const [messages, status] of [
      [[said("Hi"), answered("One.")], 422],
      [[said("x".repeat(4001))], 422],
      [
        [{ role: "user", content: [{ type: "image_url", image_url: { url: "https://example.com/a" } }] }],
        400,
      ],
    ] as const) {
      expect(await json<WireError>(send([...messages]), status)).toMatchObject({
        error: { param: "messages" },
      });
    }
    expect(await json<WireError>(send([said("Hi")], {}, { "x-conversation-id": "1" }), 400)).toMatchObject({
      error: { code: "unsupported_value" },
    });
    expect(await json<WireError>(send([said("Hi")], {}, { "x-chat-id": "a b" }), 422)).toMatchObject({
      error: { param: "x-chat-id" },
    });
    expect(await chats()).toEqual([]);
  });
});
