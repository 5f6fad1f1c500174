import { releaseAllowance } from "../db/allowances";
import { keepNotes } from "../db/client-notes";
import { isOrphan, isRefusedForGood, retried, type Database } from "../db/client";
import { conversationById } from "../db/conversations";
import { passOver, settleTurn } from "../db/messages";
import type { Conversation, UsageEvent } from "../db/schema";
import { recordUsage } from "../db/usage";
import type { Config } from "../env";
import type { Owed } from "../usage/ledger";
import { recordSafety } from "./record-safety";
import { reportUnbilled } from "./telemetry";
import { headOf, numberOf, type Closed, type Turn } from "./turn";

/**
 * One transaction: the messages, the conversation, what it cost. Doing it twice does it once. Returns the conversation as it
 * now is, or null where it is gone: then only the cost is kept.
 */
export async function recordEnding(
  db: Database,
  config: Config,
  turn: Turn,
  { reply, usage }: Closed,
): Promise<Conversation | null> {
  const head = headOf(turn);
  const statements = [
    ...settleTurn(db, { said: turn.said, reply, isGrown: turn.continues !== undefined }, head),
    ...recordUsage(db, usage),
    // In the same transaction: what was reserved becomes what was used.
    ...released(db, turn),
    ...recordSafety(db, config, { ...turn, reply }),
    ...recordNotes(db, turn),
  ] as const;
  try {
    const [[moved]] = await retried(() => db.batch(statements));
    return moved ?? (await settledBefore(db, turn));
  } catch (error) {
    if (isOrphan(error)) return null;
    throw error;
  }
}

/** The conversation, if an earlier try has brought it to where the turn leaves it. */
async function settledBefore(db: Database, turn: Turn): Promise<Conversation | null> {
  const [row] = await retried(() => conversationById(db, turn.reply.conversationId));
  return row && hasTurn(row, turn) ? row : null;
}

/** Whether a conversation's row says that this turn is settled: each settles in one revision, one after the other. */
export const hasTurn = (row: Conversation, { nonce, head }: Turn) =>
  isOf(row, nonce) && row.revision >= head.revision;
export const isOf = (row: Conversation, nonce: string | null) => nonce === null || row.nonce === nonce;

const recordNotes = (db: Database, { userId, reply, notes }: Turn) =>
  notes === undefined ? [] : [keepNotes(db, { id: reply.conversationId, userId }, reply.id, notes)];

export const released = (db: Database, turn: Turn) =>
  turn.reserved ? [releaseAllowance(db, numberOf(turn))] : [];

/** Writes what a turn cost and moves its conversation on, without a message: the numbers of these are not given again. */
export async function recordBill(
  db: Database,
  turn: Turn,
  calls: UsageEvent[],
): Promise<Conversation | null> {
  const statements = [passOver(db, headOf(turn)), ...recordUsage(db, calls), ...released(db, turn)] as const;
  const [[moved]] = await retried(() => db.batch(statements));
  return moved ?? (await settledBefore(db, turn));
}

/** Accounts for calls that no message shows. What the ledger takes in no form is left to the log: it would be owed for ever. */
export async function recordCalls(db: Database, calls: UsageEvent[]): Promise<void> {
  for (const call of calls) {
    const plain = { ...call, modelUsed: call.modelAsked };
    const taken =
      (await unlessRefused(() => recordOne(db, call))) ?? (await unlessRefused(() => recordOne(db, plain)));
    if (!taken) reportUnbilled(call);
  }
}

/** Accounts for what is owed, and gives back what was set aside for it. */
export async function recordOwed(db: Database, owed: Owed[]): Promise<void> {
  await recordCalls(db, owed);
  for (const { reservation } of owed)
    if (reservation != null) await retried(async () => releaseAllowance(db, reservation));
}

/** Where the user is gone too, there is nobody left to account to. */
const recordOne = (db: Database, call: UsageEvent): Promise<true> =>
  retried(() => db.batch([...recordUsage(db, [call])] as never)).then(
    () => true,
    (error: unknown) => {
      if (isOrphan(error)) return true;
      throw error;
    },
  );

/** What something gives, or undefined where the database refuses it for good. */
export const unlessRefused = <T>(step: () => Promise<T>): Promise<T | undefined> =>
  step().catch((error: unknown) => {
    if (isRefusedForGood(error)) return undefined;
    throw error;
  });
