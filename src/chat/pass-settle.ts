import { releaseAllowance } from "../db/allowances";
import { isOrphan, retried, type Caller, type Database } from "../db/client";
import type { UsageEvent } from "../db/schema";
import { recordUsage } from "../db/usage";
import type { Config, Env } from "../env";
import { oweCalls } from "../usage/ledger";
import { allSaid } from "./moderate";
import { recordSafety, tellingOperator } from "./record-safety";
import type { RunningTurn } from "./run";
import { reportTurn } from "./telemetry";
import { close } from "./turn";

/** The request that a pass is: a handler's context fits. */
export type Context = {
  env: Env;
  var: { caller: Caller; config: Config; db: Database };
  req: { raw: { signal: AbortSignal } };
  executionCtx: { waitUntil: (work: Promise<unknown>) => void };
};

/**
 * Tells the reader at once, and then the ledger; the other way round where the ledger's row says what the next turn must
 * know, such as that a notice was shown.
 */
export async function settle(context: Context, running: RunningTurn, reservation: number | null) {
  await allSaid(running);
  const { turn, log, ending: ended, refused } = running;
  if (!ended) return;
  const ending = refused ? { ...ended, status: "refused" as const } : ended;
  const closed = close(turn, ending, context.var.config, log.text());
  const write = () => bill(context, running, closed.usage, reservation);
  const isAwaited = turn.reply.safety !== null;
  if (isAwaited) await write();
  log.append({
    type: "ended",
    exchange: { conversation: null, said: null, reply: closed.reply },
    failure: ending.failure,
  });
  if (!isAwaited) {
    // What its reader is told leaves before the ledger is written.
    await scheduler.wait(0);
    await write();
  }
  reportTurn(context.env, turn, ending, closed, false);
}

/** Writes what it cost. What the database does not take goes to an object that brings it there again. */
async function bill(
  { env, var: { db, caller, config } }: Context,
  { turn, refused }: RunningTurn,
  calls: UsageEvent[],
  reservation: number | null,
): Promise<void> {
  const release = reservation === null ? [] : [releaseAllowance(db, reservation)];
  const safety = refused ? [] : recordSafety(db, config, turn);
  const statements = [...recordUsage(db, calls), ...release, ...safety];
  const [first, ...rest] = statements;
  if (!first) return;
  try {
    await tellingOperator(env, turn, () => retried(() => db.batch([first, ...rest])));
  } catch (error) {
    if (!isOrphan(error)) await oweCalls(env, caller.userId, calls);
  }
}
