import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { openDatabase } from "../../src/db/client";
import { insertMessage } from "../factories";
import { api, json, newUser } from "../harness";
import { says, scriptUpstream } from "../upstream";
import { newConversation, type Wire, type WireMessage, type WireTurn } from "./harness";

const next = (response: Response) => /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];

/** Follows a list to its end by its Link headers; every page, in the order it came. */
async function pagesOf(path: string, token: string) {
  const pages: Wire[][] = [];
  for (let at: string | undefined = path; at;) {
    const response: Response = await api(at, { token });
    pages.push(await json<Wire[]>(response));
    at = next(response);
  }
  return pages;
}

describe("the history", () => {
  it("shows the latest messages in order and pages back to the first, each once", async () => {
    const chat = await newConversation();
    await seedBranch(chat.id, 25);
    const pages = await pagesOf(`${chat.path}/messages?limit=10`, chat.token);
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
    const all = pages.toReversed().flat() as WireMessage[];
    expect(all.map((m) => m.content)).toEqual(Array.from({ length: 25 }, (_, i) => `Message ${i + 1}`));
  });

  it("is empty for a new conversation, and limited to what was asked for", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    expect(await chat.history()).toEqual([]);
    const turn = await json<WireTurn>(chat.send("Hi"));
    const last = await json(api(`${chat.path}/messages?limit=1`, { token: chat.token }));
    expect(last).toEqual([turn.assistant_message]);
  });

  it.each(["0", "101", "ten", "-1", "1.5", ""])("refuses %o as a limit", async (limit) => {
    const chat = await newConversation();
    await json(api(`${chat.path}/messages?limit=${limit}`, { token: chat.token }), 422);
    await json(api(`/chat/conversations?limit=${limit}`, { token: chat.token }), 422);
  });
});

describe("the list of conversations", () => {
  it("shows the most recently updated first and pages through all of them, each once", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const others: number[] = [];
    for (let i = 0; i < 4; i++) others.push((await newConversation(chat.user)).id);
    await json(chat.send("Hi"));
    const pages = await pagesOf("/chat/conversations?limit=2", chat.token);
    expect(pages.flat().map((c) => c.id)).toEqual([chat.id, ...others.toReversed()]);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  });

  it("can be limited to one persona, which must be the caller's", async () => {
    const chat = await newConversation();
    await newConversation(chat.user);
    const stranger = await newConversation();
    const { token, personaId } = chat;
    const found = await json<Wire[]>(api(`/chat/conversations?persona_id=${personaId}`, { token }));
    expect(found.map((c) => c.id)).toEqual([chat.id]);
    const refused = await json(api(`/chat/conversations?persona_id=${stranger.personaId}`, { token }), 404);
    expect(refused.detail).toBe(`Persona ${stranger.personaId} not found`);
  });
});

describe("a conversation", () => {
  it("is shown and changed with exactly the documented fields", async () => {
    const chat = await newConversation();
    const shown = await json(api(chat.path, { token: chat.token }));
    expect(shown).toMatchObject({ title: "First Chat with Alex", user_id: chat.user.id, is_active: true });
    const body = { title: "  Renamed  ", is_active: false, unknown: "ignored" };
    const changed = await json(api(`${chat.path}/`, { token: chat.token, method: "PUT", body }));
    expect(changed).toMatchObject({ title: "Renamed", is_active: false, persona_id: chat.personaId });
    const opened = await json(api(chat.path, { token: chat.token }));
    expect(opened).toEqual({ ...changed, notices: expect.any(Array) });
  });

  it("takes only a persona of one's own", async () => {
    const chat = await newConversation();
    const { personaId } = await newConversation();
    const body = { persona_id: personaId };
    const refused = await json(api(chat.path, { token: chat.token, method: "PUT", body }), 404);
    expect(refused.detail).toBe(`Persona ${personaId} not found`);
    await json(api("/chat/conversations", { token: chat.token, body: { title: "Mine?", ...body } }), 404);
  });

  it("is forbidden to everybody else, and unknown where there is none", async () => {
    const chat = await newConversation();
    const { token } = await newUser();
    const body = { title: "Mine now" };
    for (const method of ["GET", "PUT", "DELETE"]) {
      const call = { token, method, ...(method === "PUT" && { body }) };
      expect(await json(api(chat.path, call), 403)).toMatchObject({ detail: "Forbidden", code: "forbidden" });
      expect(await json(api("/chat/conversations/987654", call), 404)).toMatchObject({ code: "not_found" });
    }
    expect(await json(api(chat.path, { token: chat.token }))).toMatchObject({
      title: "First Chat with Alex",
    });
  });
});

/** A branch of messages, written straight into the database. */
async function seedBranch(conversationId: number, count: number) {
  const db = openDatabase(env.DB);
  for (let n = 1; n <= count; n++) await insertMessage(db, conversationId, n, `Message ${n}`);
  await env.DB.prepare("UPDATE conversations SET head_message_id = ?, message_seq = ? WHERE id = ?")
    .bind(conversationId * 2 ** 20 + count, count, conversationId)
    .run();
}
