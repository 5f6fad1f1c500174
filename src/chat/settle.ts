import { releaseAllowance } from "../db/allowances";
import { isOrphan, retried, type Database } from "../db/client";
import { settleTurn } from "../db/messages";
import type { Conversation, Message, UsageEvent } from "../db/schema";
import { recordUsage } from "../db/usage";
import { configOf } from "../env";
import { openLog } from "../events/log";
import type { Owners } from "./owners";
import { recoveredTurn, type RunningTurn } from "./run";
import { reportTurn, reportUnsettled } from "./telemetry";
import { close, headOf, interruptedEnding, type Closed, type Ending, type Turn } from "./turn";
import { EVENTS_KEPT_MS, type OpenTurn } from "./turn-store";

/**
 * Writes how a turn ended: into the object's storage, then into the database, then for its readers. What the database cannot
 * take now, the alarm brings to it again.
 */
export function settle(owners: Owners, running: RunningTurn): Promise<void> {
  return (running.settling ??= settleNow(owners, running).finally(() => {
    running.settling = null;
  }));
}

async function settleNow(owners: Owners, running: RunningTurn): Promise<void> {
  const { turn, ending: ended, refused } = running;
  if (!ended) return;
  const ending: Ending = refused ? { ...ended, status: "refused" } : ended;
  owners.store.saveOpen({ turn, ending });
  await running.published;
  const closed = close(turn, ending, configOf(owners.env));
  try {
    const conversation = await recordEnding(owners.db, turn, ending, closed);
    owners.turns.remove(running);
    reportTurn(owners.env, turn, ending, closed, !refused && conversation === null);
    if (refused) owners.store.drop(turn.reply.id);
    else finish(owners, running, ending, closed.reply, conversation);
    if (owners.turns.all.size === 0) owners.agenda.expire(Date.now() + EVENTS_KEPT_MS);
  } catch (error) {
    reportUnsettled(turn, error);
    if (!refused) noteDelay(running);
  }
}

/** Tells readers once that the database is late. */
function noteDelay({ log }: RunningTurn): void {
  if (log.events.at(-1)?.type !== "notice") log.append({ type: "notice", code: "not_yet_in_history" });
}

/** Tells those who read, after the object and its storage know that the turn is over. */
function finish(
  { store, state, background }: Owners,
  { turn, log, window }: RunningTurn,
  { failure }: Ending,
  reply: Message,
  conversation: Conversation | null,
): void {
  store.saveSettled(turn);
  if (!conversation) {
    log.append({
      type: "ended",
      exchange: null,
      failure: { code: "conversation_deleted", retryAfter: null },
    });
    return;
  }
  const { said } = turn;
  background(state.advance(conversation, window, said ? [said, reply] : [reply], turn.head.tokenRatio));
  log.append({ type: "ended", exchange: { conversation, said, reply }, failure });
}

/**
 * One transaction: the messages, the conversation, what it cost. Doing it twice does it once. Returns the conversation as it
 * now is, or null where it is gone, or the turn was refused: then only the cost is kept.
 */
export async function recordEnding(
  db: Database,
  turn: Turn,
  { status }: Pick<Ending, "status">,
  { reply, usage }: Closed,
): Promise<Conversation | null> {
  if (status !== "refused") {
    try {
      const messages = settleTurn(db, { ...turn, reply }, headOf(turn, true));
      // In the same transaction: what was reserved becomes what was used.
      const spent = [releaseAllowance(db, turn.reply.id), ...recordUsage(db, usage)] as const;
      const [, , rows] = await retried(() => db.batch([...messages, ...spent]));
      return rows[0] ?? null;
    } catch (error) {
      if (!isOrphan(error)) throw error;
    }
  }
  await recordCalls(db, usage);
  await retried(async () => releaseAllowance(db, turn.reply.id));
  return null;
}

/** Accounts for calls that no message shows. Where the user is gone too, there is nobody left to account to. */
async function recordCalls(db: Database, calls: UsageEvent[]): Promise<void> {
  for (const call of recordUsage(db, calls)) {
    await retried(async () => call).catch((error: unknown) => {
      if (!isOrphan(error)) throw error;
    });
  }
}

/** Settles the turns that an earlier life of this object left behind, with the text that had reached the disk. */
export async function settleOrphans(owners: Owners): Promise<void> {
  for (const stored of owners.store.open()) {
    const running = recover(owners, stored);
    owners.turns.add(running);
    if (!running.refused) owners.turns.current = running;
    await settle(owners, running);
  }
}

function recover({ store }: Owners, { turn, ending }: OpenTurn): RunningTurn {
  const log = openLog(store.events(turn.reply.id) ?? []);
  log.keep(store.packs(turn.reply.id));
  return recoveredTurn(turn, log, ending ?? interruptedEnding(turn, log.text()));
}

/** Brings to the database again what it has not taken. Returns whether it now has everything. */
export async function settleRest(owners: Owners): Promise<boolean> {
  const { store, turns, db } = owners;
  for (const running of turns.all) await settle(owners, running);
  for (const call of store.unrecorded()) {
    await recordCalls(db, [call]).then(
      () => store.dropUnrecorded(call),
      () => {},
    );
  }
  return turns.all.size === 0 && store.unrecorded().length === 0;
}
