import { env } from "cloudflare:workers";
import { expect, it } from "vitest";

import { newConversation, type WireTurn } from "../chat/harness";
import { api, json } from "../harness";
import { says, scriptUpstream } from "../upstream";

it("what is edited and what goes on is sealed like all that is said, and read by its user", async () => {
  scriptUpstream(says("Ravens."), says(" gather"), says(" at dusk"));
  const chat = await newConversation();
  const { token } = chat;
  const { assistant_message: reply, user_message: said } = await json<WireTurn>(chat.send("Tell me"));
  const post = (id: number, verb: string, body: object) =>
    json(api(`${chat.path}/messages/${id}/${verb}`, { token, body }));
  await post(reply.id, "continue", {});
  await post(reply.id, "edit", { content: "Owls", answer: true });
  await post(said!.id, "edit", { content: "Tell me of the harbour" });
  const rows = await env.DB.prepare("SELECT content FROM chat_messages WHERE conversation_id = ?")
    .bind(chat.id)
    .all<{ content: string }>();
  expect(rows.results).toHaveLength(4);
  for (const { content } of rows.results) expect(content).toMatch(/^enc1:/);
  const variants = (id: number) =>
    json<{ content: string }[]>(api(`${chat.path}/messages/${id}/variants`, { token }));
  expect((await variants(said!.id)).map(({ content }) => content)).toEqual([
    "Tell me",
    "Tell me of the harbour",
  ]);
  expect((await variants(reply.id)).map(({ content }) => content)).toEqual([
    "Ravens. gather",
    "Owls at dusk",
  ]);
});
