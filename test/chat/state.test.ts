import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { api, json } from "../harness";
import { says, scriptUpstream } from "../upstream";
import { newConversation, readEvents, type Wire, type WireTurn } from "./harness";

describe("a conversation that got the id of another one, after a restore of the database", () => {
  it("shows nothing of it: no events, no window, no turn by its key", async () => {
    const upstream = scriptUpstream(says("For your eyes only."), says("Welcome."));
    const chat = await newConversation();
    const key = { "idempotency-key": crypto.randomUUID() };
    const events = await readEvents(await chat.stream("Our secret", key));
    const { turn_id } = events[0]!.data as { turn_id: string };
    await env.DB.batch([
      env.DB.prepare("DELETE FROM chat_messages WHERE conversation_id = ?").bind(chat.id),
      env.DB.prepare(
        "UPDATE conversations SET nonce = 'another', head_message_id = NULL, revision = 0, message_seq = 0, message_count = 0 WHERE id = ?",
      ).bind(chat.id),
    ]);
    const follow = await api(`${chat.path}/turns/${turn_id}/events`, { token: chat.token });
    expect(follow.status).toBe(404);
    const turn = await json<WireTurn>(chat.send("Hello?", key));
    expect(turn.assistant_message.content).toBe("Welcome.");
    expect(JSON.stringify(upstream.calls[1]!.body)).not.toContain("secret");
    expect((await chat.history()).map(({ content }) => content)).toEqual(["Hello?", "Welcome."]);
  });

  it("takes nothing of a turn that was running: only its bill is kept", async () => {
    const wait = { open: false };
    scriptUpstream({ steps: [{ text: "Secret" }, { wait }, ...says(" words.").steps!] });
    const chat = await newConversation();
    const stream = await chat.stream("Our secret");
    await env.DB.prepare(
      "UPDATE conversations SET nonce = 'another', head_message_id = NULL, message_seq = 0, message_count = 0 WHERE id = ?",
    )
      .bind(chat.id)
      .run();
    await env.DB.prepare("DELETE FROM chat_messages WHERE conversation_id = ?").bind(chat.id).run();
    wait.open = true;
    const last = (await readEvents(stream)).at(-1)!;
    expect(last).toMatchObject({ event: "turn.failed", data: { code: "conversation_deleted" } });
    expect(await chat.history()).toEqual([]);
    const usage = await json<Wire>(api(`${chat.path}/usage`, { token: chat.token }));
    expect(JSON.stringify(usage)).toContain('"calls":1');
  });
});
