import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";

import { LiveConversation } from "../../src/chat/conversation";
import type { Call, Command } from "../../src/chat/commands";
import type { Env } from "../../src/env";
import { newConversation } from "../chat/harness";
import { json } from "../harness";
import { scriptUpstream } from "../upstream";

const UNTIL_LATER = 60_000;

it("a turn that is stopped while it waits to try again is stopped, and its failed calls stay on the bill", async () => {
  scriptUpstream({ status: 503, body: "", headers: { "retry-after": String(UNTIL_LATER / 1000) } });
  const pauses = vi.spyOn(scheduler, "wait");
  const chat = await newConversation();
  const patient = { UPSTREAM_RETRIES: "2", UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: String(10 * UNTIL_LATER) };
  const { id: sessionId } = (await env.DB.prepare("SELECT id FROM sessions WHERE user_id = ?")
    .bind(chat.user.id)
    .first<{ id: string }>())!;
  const caller = { userId: chat.user.id, sessionId };
  const delivery = { dialect: "turn", stream: false, after: 0 } as const;
  const stub = env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(String(chat.id)));

  const [stopped, sent] = await runInDurableObject(stub, async (_, state) => {
    const object = new LiveConversation(state, { ...env, ...patient } as Env);
    const ask = (command: Command) => {
      const call: Call = { conversationId: chat.id, caller, requestId: "r" };
      const body = JSON.stringify({ call, command });
      return object.fetch(new Request("https://conversation/", { method: "POST", body }));
    };
    const answer = ask({ type: "send", content: "Are you there?", delivery });
    await vi.waitUntil(() => pauses.mock.calls.some(([wait]) => wait === UNTIL_LATER), { timeout: 20_000 });
    // The model is asked before the turn is kept. Who looks meanwhile has it asked no second time.
    const { turn_id: turnId } = await vi.waitFor(() => json<{ turn_id: string }>(ask({ type: "current" })), {
      timeout: 20_000,
    });
    return [await json(ask({ type: "stop", turnId })), await json(answer)] as const;
  });

  expect(stopped).toMatchObject({ status: "stopped" });
  const reply = (await chat.history()).at(-1);
  expect(reply).toMatchObject({ role: "assistant", status: "stopped", error_code: null, content: "" });
  expect(sent.assistant_message).toEqual(reply);
  const sql = "SELECT outcome, error_code FROM usage_events WHERE conversation_id = ?";
  const { results } = await env.DB.prepare(sql).bind(chat.id).all();
  expect(results).toEqual([{ outcome: "failed", error_code: "upstream_error" }]);
}, 30_000);
