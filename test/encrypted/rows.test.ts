import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import { newConversation, type Wire } from "../chat/harness";
import { api, json, ownDatabase } from "../harness";
import { says, scriptUpstream } from "../upstream";

afterEach(() => vi.restoreAllMocks());

/** Every value in every row of the database, as text. */
async function everyRow(): Promise<string> {
  const tables = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
  ).all<{ name: string }>();
  const rows = await env.DB.batch(
    tables.results.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`)),
  );
  return JSON.stringify(rows.map(({ results }) => results));
}

const cellOf = (table: string, column: string, id: number) =>
  env.DB.prepare(`SELECT ${column} AS cell FROM ${table} WHERE id = ?`).bind(id).first<string>("cell");
const setCell = (table: string, column: string, id: number, cell: string | null) =>
  env.DB.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).bind(cell, id).run();

describe("with an ENCRYPTION_KEY the database", () => {
  it("holds no word of what is said, nor of whom it is said to, and its users read all of it", async () => {
    scriptUpstream(says("Ravens ", "gather."));
    const chat = await newConversation();
    const { token } = chat;
    const persona = { name: "Grandma Odile", description: "Collects thimbles.", relation_type: "parent" };
    const made = await json<Wire>(api("/personas", { token, body: persona }));
    await json(api(`/personas/${made.id}`, { method: "PUT", token, body: { description: "Knits." } }));
    await json(api(chat.path, { method: "PUT", token, body: { title: "Heartache", persona_id: made.id } }));
    await json(chat.send("Tell me about the lighthouse."));
    await json(
      chat.stream("And the harbour?").then((answer) => answer.text().then((text) => Response.json(text))),
    );

    const rows = await everyRow();
    for (const word of [
      "Ravens",
      "gather",
      "lighthouse",
      "harbour",
      "Odile",
      "thimbles",
      "Knits",
      "Heartache",
      "First Chat",
      "Loves the sea",
    ])
      expect(rows).not.toContain(word);
    expect(rows).toContain("enc1:");

    expect((await chat.history()).map(({ content }) => content)).toEqual([
      "Tell me about the lighthouse.",
      "Ravens gather.",
      "And the harbour?",
      "Ravens gather.",
    ]);
    expect(await json(api(`/personas/${made.id}`, { token }))).toMatchObject({
      name: "Grandma Odile",
      description: "Knits.",
    });
    expect(await json(api("/chat/conversations", { token }))).toMatchObject([{ title: "Heartache" }]);
    const exported = await (await api("/auth/me/export", { token })).text();
    for (const word of ["Ravens gather.", "lighthouse", "Grandma Odile", "Knits.", "Heartache"])
      expect(exported).toContain(word);
  });

  it("tells a row that was changed or moved, and shows all others", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation();
    const { token } = chat;
    await json(chat.send("One"));
    await json(chat.send("Two"));
    const [one, reply, two] = await chat.history();
    const kept = await cellOf("chat_messages", "content", two!.id);
    await setCell("chat_messages", "content", two!.id, await cellOf("chat_messages", "content", one!.id));
    for (const path of [`/chat/messages/${two!.id}`, `${chat.path}/messages`]) {
      const error = await json(api(path, { token }), 500);
      expect(error).toMatchObject({ code: "unreadable", detail: expect.stringContaining(String(two!.id)) });
    }
    expect(await json(api(`/chat/messages/${reply!.id}`, { token }))).toMatchObject({ content: "Hello." });
    expect(await json(api(`${chat.path}/messages?before=${two!.id}`, { token }))).toHaveLength(2);
    await setCell("chat_messages", "content", two!.id, kept);
    expect(await chat.history()).toHaveLength(4);
  });

  it("lets go of a message that nobody can read", async () => {
    scriptUpstream(says("Hello."));
    const chat = await newConversation();
    await json(chat.send("One"));
    const [one] = await chat.history();
    await setCell(
      "chat_messages",
      "content",
      one!.id,
      "enc1:AAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    );
    expect(await json(api(`${chat.path}/messages`, { token: chat.token }), 500)).toMatchObject({
      code: "misconfigured",
      detail: expect.stringContaining("ENCRYPTION_KEY lacks the key AAAAAAAA"),
    });
    await json(api(`/chat/messages/${one!.id}`, { method: "DELETE", token: chat.token }));
    expect(await chat.history()).toHaveLength(1);
  });

  it("keeps one user's texts from opening for another", async () => {
    const [mine, theirs] = [await newConversation(), await newConversation()];
    await setCell(
      "personas",
      "description",
      mine.personaId,
      await cellOf("personas", "description", theirs.personaId),
    );
    expect(await json(api(`/personas/${mine.personaId}`, { token: mine.token }), 500)).toMatchObject({
      code: "unreadable",
    });
    expect(await json(api(`/personas/${theirs.personaId}`, { token: theirs.token }))).toMatchObject({
      description: "Loves the sea.",
    });
  });

  it("gives rows that are made at the same time ids of their own", async () => {
    const { token } = await newConversation();
    const body = { name: "Alex", description: null, relation_type: "friend" };
    const made = await Promise.all(
      Array.from({ length: 20 }, () => json<Wire>(api("/personas", { token, body }))),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(20);
    expect(await json(api("/personas", { token }))).toHaveLength(21);
  });

  it("reads what was written before it had one", async () => {
    const chat = await newConversation();
    await setCell("personas", "name", chat.personaId, "Alex of old");
    expect(await json(api(`/personas/${chat.personaId}`, { token: chat.token }))).toMatchObject({
      name: "Alex of old",
    });
    expect(ownDatabase().vault.sealsWith).not.toBeNull();
  });
});
