import { expect, it } from "vitest";

import { newConversation, type Wire, type WireTurn } from "../chat/harness";
import { api, json, newUser } from "../harness";
import { says, scriptUpstream } from "../upstream";

type Shared = { title: string | null; persona: string | null; messages: { role: string; content: string }[] };

async function talk(reply = "Well.") {
  scriptUpstream(says(reply));
  const chat = await newConversation();
  const turn = await json<WireTurn>(chat.send("<b>Hi</b> & bye"));
  const share = (body: object = {}) =>
    json<Wire & { name: string }>(api(`${chat.path}/shares`, { token: chat.token, body }));
  return { ...chat, turn, share };
}
const read = (name: string, status = 200) => json<Shared>(api(`/shares/${name}`), status);

it("shows whoever has the link what was said, and of its user nothing but what they chose", async () => {
  const { share, user } = await talk();
  const { name, path } = await share({ title: "By the sea" });
  expect(name).toMatch(/^[\w-]{22}$/);
  expect(await read(name)).toEqual({
    title: "By the sea",
    persona: "Alex",
    messages: [
      { role: "user", content: "<b>Hi</b> & bye" },
      { role: "assistant", content: "Well." },
    ],
  });
  const page = await (await api(path as string)).text();
  expect(page).not.toContain(user.email);
  const hidden = await share({ show_persona: false });
  expect(await read(hidden.name)).toMatchObject({ title: null, persona: null });
});

it("is a page that runs nothing, fetches nothing, is not indexed, and shows markup as text", async () => {
  const { share } = await talk("<script>alert(1)</script>");
  const response = await api((await share({ title: "<i>x</i>" })).path as string);
  const page = await response.text();
  expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(response.headers.get("x-robots-tag")).toContain("noindex");
  expect(page).toContain('<meta name="robots" content="noindex');
  expect(page).toContain("&lt;script&gt;");
  expect(page).toContain("&lt;i&gt;x&lt;/i&gt;");
  expect(page).not.toContain("<script");
});

it("stays as it was when the conversation goes on, and shows one branch up to the message that was chosen", async () => {
  const { share, token, path, turn } = await talk();
  const whole = await share();
  const part = await share({ message_id: turn.user_message.id });
  await json(api(`${path}/send`, { token, body: { content: "More" } }));
  expect((await read(whole.name)).messages).toHaveLength(2);
  expect((await read(part.name)).messages).toHaveLength(1);
});

it("ends when it is revoked, which nobody else can do", async () => {
  const { share, token } = await talk();
  const { id, name } = await share();
  const other = await newUser();
  await json(api(`/chat/shares/${id}`, { token: other.token, method: "DELETE" }), 404);
  expect(await json<Wire[]>(api("/chat/shares", { token: other.token }))).toEqual([]);
  expect(await json<Wire[]>(api("/chat/shares", { token }))).toMatchObject([{ id, name, message_count: 2 }]);
  await json(api(`/chat/shares/${id}`, { token, method: "DELETE" }));
  await read(name, 404);
  await json(api(`/s/${name}`), 404);
});

it.each([
  ["its conversation", ({ path }: { path: string }) => ({ path, body: undefined })],
  [
    "its persona",
    ({ personaId }: { personaId: number }) => ({ path: `/personas/${personaId}`, body: undefined }),
  ],
  ["its account", () => ({ path: "/auth/me", body: { password: "password123" } })],
])("ends with %s", async (_, deletion) => {
  const chat = await talk();
  const { name } = await chat.share();
  const { path, body } = deletion(chat);
  await json(api(path, { token: chat.token, method: "DELETE", ...(body && { body }) }));
  await read(name, 404);
});

it("is not made of nothing, nor of somebody else's conversation", async () => {
  const { path, token } = await newConversation();
  expect(await json(api(`${path}/shares`, { token, body: {} }), 409)).toMatchObject({
    code: "nothing_to_share",
  });
  const { token: stranger } = await newUser();
  await json(api(`${path}/shares`, { token: stranger, body: {} }), 403);
  const { share, path: mine } = await talk();
  await share();
  const missing = { token, body: { message_id: 1 } };
  expect(await json(api(`${path}/shares`, missing), 404)).toMatchObject({ detail: "Message not found" });
  expect(mine).not.toBe(path);
});

it("is in the account's export, as tags and folders are", async () => {
  const { share, token, id } = await talk();
  const { name } = await share({ title: "By the sea" });
  await json(api("/chat/tags", { token, body: { name: "Travels", kind: "folder" } }));
  const text = await (await api("/auth/me/export", { token })).text();
  const rows = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows.find(({ type }) => type === "tag")).toMatchObject({ kind: "folder", name: "Travels" });
  const shown = {
    conversation_id: id,
    name,
    title: "By the sea",
    messages: [{ content: "<b>Hi</b> & bye" }, {}],
  };
  expect(rows.find(({ type }) => type === "share")).toMatchObject(shown);
  expect(rows.at(-1)).toMatchObject({ type: "end", counts: { tag: 1, share: 1 } });
});
