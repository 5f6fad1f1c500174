import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { StoredTurn } from "../../src/chat/turn";
import { json } from "../harness";
import { chunk, gate, says, scriptUpstream } from "../upstream";
import { newConversation, readEvents, textOf, type WireTurn } from "./harness";

const objectOf = (id: number) => env.CONVERSATIONS.getByName(String(id));

/** Has the database refuse for good what this condition on a new row names. */
const refuse = (table: string, condition: string) =>
  env.DB.prepare(
    `CREATE TRIGGER refuses_for_good BEFORE INSERT ON ${table} WHEN ${condition} BEGIN SELECT raise(ABORT, 'never'); END`,
  ).run();

afterEach(async () => {
  await env.DB.prepare("DROP TRIGGER IF EXISTS refuses_for_good").run();
});

const ledger = async (conversation: number) =>
  (
    await env.DB.prepare(
      "SELECT outcome, prompt_tokens, completion_tokens FROM usage_events WHERE conversation_id = ?",
    )
      .bind(conversation)
      .all()
  ).results;

/** Rings the alarm until the object has nothing to bring to the database any more. */
async function ringUntilSettled(id: number): Promise<void> {
  for (let n = 0; n < 4; n++) await runDurableObjectAlarm(objectOf(id));
}

const shown = (messages: { content: string; status: string }[]) =>
  messages.map(({ content, status }) => [content, status]);

describe("a turn whose ending the database refuses for good", () => {
  it("ends as failed with its text and its bill, and the conversation goes on", async () => {
    scriptUpstream(says("Something it", " never takes."), says("Fine."));
    const chat = await newConversation();
    await refuse("chat_messages", "NEW.finish_reason = 'stop' AND NEW.content LIKE 'Something%'");
    const answer = readEvents(await chat.stream("Hi"));
    await expect.poll(async () => (await chat.send("Are you there?")).status).toBe(409);
    await ringUntilSettled(chat.id);
    const events = await answer;
    expect(textOf(events)).toBe("Something it never takes.");
    expect(events.at(-1)).toMatchObject({
      event: "turn.failed",
      data: { code: "internal_error", assistant_message: { status: "failed", error_code: "internal_error" } },
    });
    expect(shown(await chat.history())).toEqual([
      ["Hi", "complete"],
      ["Something it never takes.", "failed"],
    ]);
    expect(await ledger(chat.id)).toEqual([{ outcome: "failed", prompt_tokens: 100, completion_tokens: 10 }]);
    const next = await json<WireTurn>(chat.send("And now?"));
    expect(next.assistant_message.content).toBe("Fine.");
    expect(next.conversation.message_count).toBe(4);
  });

  it("loses its text where that is what is refused", async () => {
    scriptUpstream(says("Something it never takes."), says("Fine."));
    const chat = await newConversation();
    await refuse("chat_messages", "NEW.content LIKE 'Something%'");
    const answer = readEvents(await chat.stream("Hi"));
    await expect.poll(async () => (await chat.send("Are you there?")).status).toBe(409);
    await ringUntilSettled(chat.id);
    expect((await answer).at(-1)).toMatchObject({ event: "turn.failed", data: { code: "internal_error" } });
    expect(shown(await chat.history())).toEqual([
      ["Hi", "complete"],
      ["", "failed"],
    ]);
    expect(await ledger(chat.id)).toEqual([{ outcome: "failed", prompt_tokens: 100, completion_tokens: 10 }]);
    await json(chat.send("And now?"));
  });

  it("keeps nothing but its bill where no message of it is taken, and its numbers are not given again", async () => {
    scriptUpstream(says("Hello."), says("Fine."));
    const chat = await newConversation();
    await refuse("chat_messages", `NEW.conversation_id = ${chat.id}`);
    const answer = readEvents(await chat.stream("Hi"));
    await expect.poll(async () => (await chat.send("Are you there?")).status).toBe(409);
    await ringUntilSettled(chat.id);
    const events = await answer;
    expect(events.at(-1)).toMatchObject({ event: "turn.failed", data: { code: "internal_error" } });
    expect(await ledger(chat.id)).toHaveLength(1);
    await env.DB.prepare("DROP TRIGGER refuses_for_good").run();
    const next = await json<WireTurn>(chat.send("And now?"));
    expect(shown(await chat.history())).toEqual([
      ["And now?", "complete"],
      ["Fine.", "complete"],
    ]);
    expect(next.assistant_message.turn_id).not.toBe(events[0]!.data.turn_id);
    expect(await ledger(chat.id)).toHaveLength(2);
  });

  it("is settled with the names that were asked for where an earlier version has kept others", async () => {
    scriptUpstream(says("Hello."), says("Fine."));
    const chat = await newConversation();
    await refuse("chat_messages", `NEW.conversation_id = ${chat.id}`);
    const answer = readEvents(await chat.stream("Hi")).catch(() => []);
    await expect.poll(async () => (await chat.send("Are you there?")).status).toBe(409);
    await runInDurableObject(objectOf(chat.id), (_, { storage }) => {
      for (const [name, row] of storage.kv.list<StoredTurn>({ prefix: "turn:" })) {
        const attempts = row.ending?.attempts.map((it) => ({ ...it, model: { a: 1 }, finishReason: 5 }));
        storage.kv.put(name, { ...row, ending: { ...row.ending, attempts } });
      }
    });
    await runInDurableObject(objectOf(chat.id), (_, state) => state.abort("a crash")).catch(() => {});
    await env.DB.prepare("DROP TRIGGER refuses_for_good").run();
    await runDurableObjectAlarm(objectOf(chat.id));
    await answer;
    expect(shown(await chat.history())).toEqual([
      ["Hi", "complete"],
      ["Hello.", "complete"],
    ]);
    await json(chat.send("And now?"));
  });
});

describe("a turn that the database cannot take now, in whatever words", () => {
  it.for(["D1 DB is overloaded. Requests queued for too long.", "Some words that nobody has heard yet."])(
    "is brought to it as it is, however long that takes: %s",
    async (words) => {
      const wait = gate();
      scriptUpstream({ steps: [{ text: "All well." }, { wait }, { chunk: chunk({}, "stop") }] });
      const chat = await newConversation();
      const answer = readEvents(await chat.stream("Hi"));
      const batch = vi.spyOn(env.DB, "batch").mockRejectedValue(new Error(`D1_ERROR: ${words}`));
      wait.open = true;
      await expect.poll(() => batch.mock.calls.length).toBeGreaterThan(0);
      for (let n = 0; n < 6; n++) await runDurableObjectAlarm(objectOf(chat.id));
      expect(batch.mock.calls.length).toBeGreaterThan(6);
      batch.mockRestore();
      await runDurableObjectAlarm(objectOf(chat.id));
      expect((await answer).at(-1)!.event).toBe("turn.completed");
      expect(shown(await chat.history())).toEqual([
        ["Hi", "complete"],
        ["All well.", "complete"],
      ]);
    },
  );
});

describe("a call that the ledger does not take under the name its model gave", () => {
  it("is billed under the one that was asked for", async () => {
    scriptUpstream(says("Hello."), says("Fine."));
    const chat = await newConversation();
    await refuse("usage_events", `NEW.model_used <> NEW.model_asked AND NEW.conversation_id = ${chat.id}`);
    const answer = readEvents(await chat.stream("Hi"));
    await expect.poll(async () => (await chat.send("Are you there?")).status).toBe(409);
    await ringUntilSettled(chat.id);
    await answer;
    expect(await ledger(chat.id)).toEqual([{ outcome: "failed", prompt_tokens: 100, completion_tokens: 10 }]);
    expect(await runDurableObjectAlarm(objectOf(chat.id))).toBe(true);
    await json(chat.send("And now?"));
  });
});
