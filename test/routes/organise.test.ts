import { env } from "cloudflare:workers";
import { expect, it } from "vitest";

import { endTemporary } from "../../src/jobs/temporary";
import { newConversation, type Wire } from "../chat/harness";
import { countOf } from "../database";
import { api, json, newUser, type TestUser } from "../harness";
import { says, scriptUpstream } from "../upstream";

const change = (chat: { path: string; token: string }, body: object) =>
  json<Wire>(api(chat.path, { token: chat.token, method: "PUT", body }));
const list = async ({ token }: { token: string }, query = "") =>
  (await json<Wire[]>(api(`/chat/conversations${query}`, { token }))).map(({ id }) => id);
const newTag = ({ token }: { token: string }, name: string, kind = "tag") =>
  json<Wire>(api("/chat/tags", { token, body: { name, kind } }));
const roomOf = async ({ id }: TestUser) =>
  (await env.DB.prepare("SELECT bytes FROM user_room WHERE user_id = ?").bind(id).first<{ bytes: number }>())
    ?.bytes ?? 0;

it("finds pinned, archived, tagged and filed conversations", async () => {
  const user = await newUser();
  const [a, b, c] = [await newConversation(user), await newConversation(user), await newConversation(user)];
  const [sea, folder] = [await newTag(user, "Sea"), await newTag(user, "Travels", "folder")];
  expect(await change(a, { pinned: true, tag_ids: [sea.id] })).toMatchObject({
    pinned: true,
    tag_ids: [sea.id],
    folder_id: null,
  });
  await change(b, { folder_id: folder.id, tag_ids: [sea.id] });
  await change(c, { is_active: false });
  expect(await list(user, "?pinned=true")).toEqual([a.id]);
  expect((await list(user, "?pinned=false")).toSorted((x, y) => x - y)).toEqual([b.id, c.id]);
  expect(await list(user, "?is_active=false")).toEqual([c.id]);
  expect(await list(user, `?tag_id=${sea.id}&is_active=true`)).toEqual([b.id, a.id]);
  expect(await list(user, `?folder_id=${folder.id}`)).toEqual([b.id]);
  await change(b, { folder_id: null, tag_ids: [] });
  expect(await list(user, `?folder_id=${folder.id}`)).toEqual([]);
  expect(await list(user, `?tag_id=${sea.id}`)).toEqual([a.id]);
});

it("leaves a conversation where it is in the list when it is pinned or tagged", async () => {
  const user = await newUser();
  const [first, second] = [await newConversation(user), await newConversation(user)];
  const { id } = await newTag(user, "Later");
  await change(first, { pinned: true, tag_ids: [id] });
  expect(await list(user)).toEqual([second.id, first.id]);
});

it("shows tags in every answer that shows the conversation, a turn's included", async () => {
  scriptUpstream(says("Hello."));
  const chat = await newConversation();
  const { id } = await newTag(chat.user, "Later");
  await change(chat, { tag_ids: [id], pinned: true });
  const { conversation } = await json<{ conversation: Wire }>(chat.send("Hi"));
  expect(conversation).toMatchObject({ tag_ids: [id], pinned: true });
});

it("takes no tag or folder of somebody else's, nor one for the other, and changes nothing then", async () => {
  const chat = await newConversation();
  const [theirs, folder] = [await newTag(await newUser(), "Mine"), await newTag(chat.user, "F", "folder")];
  for (const body of [{ tag_ids: [theirs.id] }, { tag_ids: [folder.id] }, { folder_id: theirs.id }]) {
    const put = { token: chat.token, method: "PUT", body: { ...body, title: "Changed" } };
    expect(await json(api(chat.path, put), 404)).toMatchObject({ detail: "Tag or folder not found" });
  }
  expect(await json(api(chat.path, chat))).toMatchObject({ title: "First Chat with Alex", tag_ids: [] });
});

it("makes a tag of a name once, whatever its case, beside a folder of that name", async () => {
  const user = await newUser();
  const [first, again, folder] = [
    await newTag(user, "Sea"),
    await newTag(user, "SEA"),
    await newTag(user, "Sea", "folder"),
  ];
  expect(again.id).toBe(first.id);
  expect(folder.id).not.toBe(first.id);
  await json(api(`/chat/tags/${first.id}`, { ...user, method: "PUT", body: { name: "Ocean" } }));
  const all = await json<Wire[]>(api("/chat/tags", user));
  expect(all.map(({ kind, name }) => [kind, name])).toEqual([
    ["tag", "Ocean"],
    ["folder", "Sea"],
  ]);
});

it("takes a deleted tag from the conversations that have it, and gives its room back", async () => {
  const chat = await newConversation();
  const before = await roomOf(chat.user);
  const [kept, tag, folder] = [
    await newTag(chat.user, "Kept"),
    await newTag(chat.user, "Gone"),
    await newTag(chat.user, "Folder", "folder"),
  ];
  expect(await roomOf(chat.user)).toBe(before + 3 * 500 + 4 + 4 + 6);
  await change(chat, { tag_ids: [tag.id, kept.id], folder_id: folder.id });
  for (const { id } of [tag, folder])
    await json(api(`/chat/tags/${id}`, { token: chat.token, method: "DELETE" }));
  expect(await json(api(chat.path, chat))).toMatchObject({ tag_ids: [kept.id], folder_id: null });
  expect(await roomOf(chat.user)).toBe(before + 500 + 4);
});

it("shows a temporary conversation until its time is over, then to nobody, and erases it", async () => {
  scriptUpstream(says("Hello."));
  const { token, personaId } = await newConversation();
  const body = { title: "Only now", persona_id: personaId, temporary: true };
  const { id, expires_at } = await json<Wire>(api("/chat/conversations", { token, body }));
  const inHours = (Date.parse(expires_at as string) - Date.now()) / 3_600_000;
  expect(inHours).toBeGreaterThan(23.9);
  expect(inHours).toBeLessThanOrEqual(24);
  expect(await list({ token })).toContain(id);
  await json(api(`/chat/conversations/${id}/send`, { token, body: { content: "Hi" } }));
  const exported = await (await api("/auth/me/export", { token })).text();
  expect(exported).not.toContain("Only now");
  await env.DB.prepare("UPDATE conversations SET expires_at = ? WHERE id = ?")
    .bind(Date.now() - 1, id)
    .run();
  expect(await list({ token })).not.toContain(id);
  await json(api(`/chat/conversations/${id}`, { token }), 404);
  await json(api(`/chat/conversations/${id}/messages`, { token }), 404);
  await json(api(`/chat/conversations/${id}/send`, { token, body: { content: "Hi" } }), 404);
  await json(api(`/chat/conversations/${id}`, { token, method: "PUT", body: { temporary: false } }), 404);
  await endTemporary(env);
  await expect.poll(() => countOf("conversations", `id = ${id}`)).toBe(0);
  expect(await countOf("chat_messages", `conversation_id = ${id}`)).toBe(0);
});

it("keeps a temporary conversation that its user wants to keep", async () => {
  const { token, personaId } = await newConversation();
  const body = { title: "Only now", persona_id: personaId, temporary: true };
  const { id } = await json<Wire>(api("/chat/conversations", { token, body }));
  const kept = await change({ path: `/chat/conversations/${id}`, token }, { temporary: false });
  expect(kept.expires_at).toBeNull();
  await endTemporary(env, new Date(Date.now() + 48 * 3_600_000));
  expect(await list({ token })).toContain(id);
});
