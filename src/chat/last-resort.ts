import type { Database } from "../db/client";
import type { Conversation } from "../db/schema";
import type { Config } from "../env";
import { recordBill, recordEnding, unlessRefused } from "./record";
import { close, type Closed, type Ending, type Turn } from "./turn";

/** How often the database refuses an ending before it is written in another way: a refusal for good is none by chance. */
export const MAX_REFUSALS = 3;

/** A turn as the database has taken it. `told` is false where none of its messages were. */
export type Settled = { ending: Ending; closed: Closed; conversation: Conversation | null; told: boolean };

/**
 * Settles a turn whose ending the database never takes as one that failed with `internal_error`: with its text, else without
 * it, else with nothing but its bill. So its conversation is free again.
 * @throws what the database says that does not take even that
 */
export async function settleOtherwise(
  db: Database,
  turn: Turn,
  ending: Ending,
  config: Config,
  shown: string,
): Promise<Settled> {
  const failed = failedEnding(turn, ending);
  const { reply, usage } = close(turn, failed, config, shown);
  for (const content of new Set([reply.content, ""])) {
    const closed = { usage, reply: { ...reply, content } };
    const conversation = await unlessRefused(() => recordEnding(db, config, turn, closed));
    if (conversation !== undefined) return { ending: failed, closed, conversation, told: true };
  }
  const closed = { usage, reply: { ...reply, content: "" } };
  return { ending: failed, closed, conversation: await recordBill(db, turn, usage), told: false };
}

/** An ending without any word of the upstream's but what it said and counted. */
function failedEnding({ speaker }: Turn, { attempts }: Ending): Ending {
  const failure = { code: "internal_error", retryAfter: null } as const;
  const plain = attempts.map((it) => ({ ...it, model: speaker.model, finishReason: null }));
  const last = plain.length - 1;
  return {
    status: "failed",
    failure,
    attempts: plain.map((it, i) => (i === last ? { ...it, outcome: "failed", failure } : it)),
  };
}
