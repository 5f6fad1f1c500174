import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Attempt } from "../../src/models/generate";
import { recordEnding } from "../../src/chat/record";
import { close, interruptedEnding, openTurn, type Ending, type Turn } from "../../src/chat/turn";
import { openDatabase } from "../../src/db/client";
import { conversationById } from "../../src/db/conversations";
import { configOf } from "../../src/env";
import { newUser, type TestUser } from "../harness";
import { newConversation } from "./harness";

const db = openDatabase(env.DB);

/** A turn in an empty conversation of its own. */
async function newTurn(user: TestUser): Promise<Turn> {
  const { id, personaId } = await newConversation(user);
  const [state] = await conversationById(db, id);
  return openTurn({
    purpose: "reply",
    state: state!,
    speaker: { personaId, provider: "test", model: "test-model" },
    place: { after: null, depth: 0, said: "Hi" },
    reserved: false,
    report: { budget: 8000, source: "d1", sections: [] },
    estimate: { raw: 2, corrected: 2 },
  });
}

const endingOf = (attempts: Attempt[]): Ending => {
  const { outcome, failure } = attempts.at(-1)!;
  return { status: outcome, attempts, failure };
};

const failure = { code: "upstream_error", retryAfter: null } as const;
const attempt = fc.record<Attempt>({
  model: fc.constant("test-model"),
  startedAt: fc.constant(1_800_000_000_000),
  firstTokenMs: fc.option(fc.nat(1000)),
  totalMs: fc.nat(5000),
  text: fc.string({ unit: "grapheme" }),
  usage: fc.constant(null),
  finishReason: fc.constantFrom("stop", null),
  outcome: fc.constantFrom("complete", "stopped", "failed"),
  failure: fc.constant(null),
});
const ending: fc.Arbitrary<(turn: Turn) => Ending> = fc.oneof(
  fc.tuple(fc.nat(2), attempt).map(([retries, last]) => {
    const failed: Attempt = { ...last, text: "", outcome: "failed", failure };
    return () => endingOf([...Array.from({ length: retries }, () => failed), last]);
  }),
  fc.string({ unit: "grapheme" }).map((text) => (turn: Turn) => interruptedEnding(turn, text)),
);

const rowsOf = async (table: string, turn: Turn) => {
  const sql = `SELECT * FROM ${table} WHERE conversation_id = ? ORDER BY id`;
  return (await env.DB.prepare(sql).bind(turn.reply.conversationId).all()).results;
};

describe("settling a turn", () => {
  it("leaves one exchange and one bill, however often it is done", async () => {
    const user = await newUser();
    const steps = fc.array(fc.constantFrom("settle", "twice at once"), { maxLength: 4, size: "max" });
    await fc.assert(
      fc.asyncProperty(steps, ending, async (steps, endingFor) => {
        const turn = await newTurn(user);
        const end = endingFor(turn);
        const { reply, usage } = close(turn, end, configOf(env));
        const settle = () => recordEnding(db, configOf(env), turn, { reply, usage });
        for (const step of [...steps, "settle"] as const) {
          await (step === "settle" ? settle() : Promise.all([settle(), settle()]));
        }
        const conversation = await settle();

        const messages = await rowsOf("chat_messages", turn);
        expect(messages.map(({ id, role, content, status }) => [id, role, content, status])).toEqual([
          [turn.said!.id, "user", "Hi", "complete"],
          [turn.reply.id, "assistant", end.attempts.at(-1)!.text, end.status],
        ]);
        const ledger = await rowsOf("usage_events", turn);
        expect(ledger.map(({ id }) => id)).toEqual(end.attempts.map((_, n) => `${turn.reply.id}/${n}`));
        expect(ledger.at(-1)!.outcome).toBe(end.status);
        expect(conversation).toMatchObject({
          headMessageId: turn.reply.id,
          revision: 1,
          messageSeq: 2,
          messageCount: 2,
        });
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  it("leaves the bill alone when the conversation is gone", async () => {
    const turn = await newTurn(await newUser());
    const end = interruptedEnding(turn, "so far");
    const { reply, usage } = close(turn, end, configOf(env));
    await env.DB.prepare("DELETE FROM conversations WHERE id = ?").bind(turn.reply.conversationId).run();
    for (let n = 0; n < 2; n++)
      expect(await recordEnding(db, configOf(env), turn, { reply, usage })).toBeNull();
    expect(await rowsOf("chat_messages", turn)).toEqual([]);
    expect(await rowsOf("usage_events", turn)).toHaveLength(1);
  });
});
