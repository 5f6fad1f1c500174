import { releaseAllowance } from "../db/allowances";
import { isOrphan, retried, type Database } from "../db/client";
import { settleTurn } from "../db/messages";
import type { Conversation, Message, UsageEvent } from "../db/schema";
import { recordUsage } from "../db/usage";
import { headOf, type Turn } from "./turn";

/**
 * Writes how a turn ended, in one transaction: the messages, the conversation, what it cost. Doing it twice does it once.
 * Returns the conversation as it now is, or null if it was deleted meanwhile: then only the cost is kept.
 */
export async function recordEnding(
  db: Database,
  turn: Turn,
  reply: Message,
  usage: UsageEvent[],
): Promise<Conversation | null> {
  // In the same transaction: what was reserved becomes what was used.
  const spent = [releaseAllowance(db, turn.reply.id), ...recordUsage(db, usage)] as const;
  try {
    const messages = settleTurn(db, turn.question, reply, headOf(turn, true));
    const [, , , rows] = await retried(() => db.batch([...messages, ...spent]));
    return rows[0] ?? null;
  } catch (error) {
    if (!isOrphan(error)) throw error;
  }
  await recordCalls(db, usage);
  await retried(async () => releaseAllowance(db, turn.reply.id));
  return null;
}

/** Accounts for calls that no message shows. Where the user is gone too, there is nobody left to account to. */
export async function recordCalls(db: Database, calls: UsageEvent[]): Promise<void> {
  for (const call of recordUsage(db, calls)) {
    await retried(async () => call).catch((error: unknown) => {
      if (!isOrphan(error)) throw error;
    });
  }
}
