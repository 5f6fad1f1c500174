import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { purgeConversations } from "../../src/chat/client";
import { eraseAccount, eraseHidden, fitting, openBudget, openRun } from "../../src/chat/erase";
import { openDatabase } from "../../src/db/client";
import { beginDeletion, deletionByReceipt, openDeletions } from "../../src/db/deletions";
import { countOf, fillConversation } from "../database";
import { newUser } from "../harness";
import { newConversation } from "./harness";

const db = openDatabase(env.DB);
const run = (calls: number) => openRun(env, db, openBudget(calls));

/** Deleted as by the API; nobody has begun to erase it. */
async function closed(userId: number) {
  const [[deletion]] = await db.batch(beginDeletion(db, userId, crypto.randomUUID(), new Date()));
  if (!deletion) throw new Error("There is no such account.");
  return deletion;
}

/** Runs until nothing is left. How often. */
async function repeat(step: () => Promise<{ done: boolean }>): Promise<number> {
  for (let runs = 1; runs < 200; runs++) if ((await step()).done) return runs;
  throw new Error("It never ends.");
}

describe("erasing an account", () => {
  it("goes on where the last run was cut off, to the last row, and touches nobody else's", async () => {
    const [chat, other] = [await newConversation(), await newConversation()];
    const second = await newConversation(chat.user);
    await fillConversation(chat.id, 3000);
    await fillConversation(other.id, 700);
    await fillConversation(second.id, 700);
    const deletion = await closed(chat.user.id);
    const runs = await repeat(() => eraseAccount(run(3), deletion));
    expect(runs).toBeGreaterThan(3);
    for (const { id } of [chat, second]) {
      expect(await countOf("conversations", `id = ${id}`)).toBe(0);
      expect(await countOf("chat_messages", `conversation_id = ${id}`)).toBe(0);
    }
    expect(await countOf("users", `id = ${chat.user.id}`)).toBe(0);
    expect(await countOf("chat_messages", `conversation_id = ${other.id}`)).toBe(700);
    const [receipt] = await deletionByReceipt(db, deletion.receiptHash);
    expect(receipt).toMatchObject({ completedAt: expect.any(Date) as Date, belongings: { messages: 3700 } });
  });

  it("counts what is left down while one long conversation goes", async () => {
    const chat = await newConversation();
    await fillConversation(chat.id, 2000);
    const deletion = await closed(chat.user.id);
    await eraseAccount(run(4), deletion);
    const [half] = await deletionByReceipt(db, deletion.receiptHash);
    const left = await countOf("chat_messages", `conversation_id = ${chat.id}`);
    expect(left).toBeLessThan(2000);
    expect(left).toBeGreaterThan(0);
    expect(half).toMatchObject({ completedAt: null, conversations: 1, messages: left });
    await repeat(() => eraseAccount(run(50), deletion));
  });

  it("is done twice as once, by two at the same time as well", async () => {
    const chat = await newConversation();
    await fillConversation(chat.id, 600);
    const deletion = await closed(chat.user.id);
    await Promise.all([eraseAccount(run(100), deletion), eraseAccount(run(100), deletion)]);
    await eraseAccount(run(100), deletion);
    expect(await countOf("users", `id = ${chat.user.id}`)).toBe(0);
    const open = await openDeletions(db, 100);
    expect(open.map(({ receiptHash }) => receiptHash)).not.toContain(deletion.receiptHash);
  });

  it("takes along what others have of it: a conversation that is hidden, with a persona of the account", async () => {
    const chat = await newConversation();
    await fillConversation(chat.id, 10);
    await env.DB.prepare("UPDATE conversations SET user_id = 0 WHERE id = ?").bind(chat.id).run();
    const deletion = await closed(chat.user.id);
    await repeat(() => eraseAccount(run(5), deletion));
    expect(await countOf("chat_messages", `conversation_id = ${chat.id}`)).toBe(0);
  });
});

describe("erasing what is hidden", () => {
  it("begins with what was hidden only by its persona when a request broke off", async () => {
    const chat = await newConversation();
    await fillConversation(chat.id, 10);
    await env.DB.prepare("UPDATE personas SET user_id = 0 WHERE id = ?").bind(chat.personaId).run();
    await repeat(() => eraseHidden(run(20)));
    expect(await countOf("conversations", `id = ${chat.id}`)).toBe(0);
    expect(await countOf("personas", `id = ${chat.personaId}`)).toBe(0);
  });

  it("leaves whoever owns it in place", async () => {
    const user = await newUser();
    expect(await eraseHidden(run(20))).toEqual({ done: true, unreached: 0 });
    expect(await countOf("users", `id IN (0, ${user.id})`)).toBe(2);
  });
});

describe("a piece", () => {
  const page = (...sizes: number[]) =>
    sizes.map((messageSeq, i) => ({ id: i + 1, messageSeq, updatedAt: new Date(0) }));

  it("holds as many conversations as fit together, and none that is too large alone", () => {
    expect(fitting(page(10, 10, 10), 1000)).toBe(3);
    expect(fitting(page(10, 10, 10), 25)).toBe(2);
    expect(fitting(page(5000, 1), 250)).toBe(0);
    expect(fitting(page(0, 0, 0), 2)).toBe(2);
  });
});

it("between objects that are to forget everybody else has a turn", async () => {
  const waits = vi.spyOn(scheduler, "wait");
  const gone = Array.from({ length: 20 }, (_, n) => ({ id: 900_000 + n }));
  expect(await purgeConversations(env, gone)).toEqual([]);
  expect(waits.mock.calls.filter(([ms]) => ms <= 20).length).toBeGreaterThanOrEqual(4);
  waits.mockRestore();
});
