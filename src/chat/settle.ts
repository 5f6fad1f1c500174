import { releaseAllowance } from "../db/allowances";
import { isOrphan, retried, type Database } from "../db/client";
import { conversationById } from "../db/conversations";
import { settleTurn } from "../db/messages";
import type { Conversation, Message, UsageEvent } from "../db/schema";
import { recordUsage } from "../db/usage";
import { configOf } from "../env";
import { openLog } from "../events/log";
import type { Owners } from "./owners";
import { recordSafety } from "./safety";
import { recoveredTurn, type RunningTurn } from "./run";
import { reportTurn, reportUnsettled } from "./telemetry";
import {
  close,
  headOf,
  interruptedEnding,
  type Closed,
  type Ending,
  type StoredTurn,
  type Turn,
} from "./turn";

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
  const { turn, log, ending: ended, refused } = running;
  if (!ended) return;
  const ending: Ending = refused ? { ...ended, status: "refused" } : ended;
  const closed = close(turn, ending, configOf(owners.env), log.text());
  // Of a refused turn nobody has seen anything: only its cost is kept.
  if (refused) owners.store.owe(closed.usage);
  else owners.store.end(turn, log.take(), ending);
  try {
    const conversation = refused
      ? await recordCalls(owners.db, turn, closed.usage)
      : await recordEnding(owners.db, turn, closed);
    owners.turns.remove(running);
    reportTurn(owners.env, turn, ending, closed, !refused && conversation === null);
    if (refused) owners.store.paid(closed.usage);
    else finish(owners, running, ending, closed.reply, conversation);
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
  { state, turns }: Owners,
  { turn, log, window }: RunningTurn,
  { failure }: Ending,
  reply: Message,
  conversation: Conversation | null,
): void {
  if (!conversation) {
    log.append({
      type: "ended",
      exchange: null,
      failure: { code: "conversation_deleted", retryAfter: null },
    });
    return;
  }
  const { said } = turn;
  state.advance(conversation, window, said ? [said, reply] : [reply], turn.head.tokenRatio);
  turns.latest = { nonce: turn.nonce, said, reply, log };
  log.append({ type: "ended", exchange: { conversation, said, reply }, failure });
}

/**
 * One transaction: the messages, the conversation, what it cost. Doing it twice does it once. Returns the conversation as it
 * now is, or null where it is gone: then only the cost is kept.
 */
export async function recordEnding(
  db: Database,
  turn: Turn,
  { reply, usage }: Closed,
): Promise<Conversation | null> {
  const head = headOf(turn);
  const statements = [
    ...settleTurn(db, { ...turn, reply }, head),
    ...recordUsage(db, usage),
    // In the same transaction: what was reserved becomes what was used.
    ...released(db, turn),
    ...recordSafety(db, turn),
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
const hasTurn = (row: Conversation, { nonce, head }: Turn) =>
  isOf(row, nonce) && row.revision >= head.revision;
const isOf = (row: Conversation, nonce: string | null) => nonce === null || row.nonce === nonce;

const released = (db: Database, { reserved, reply }: Turn) =>
  reserved ? [releaseAllowance(db, reply.id)] : [];

/** Accounts for calls that no message shows. Where the user is gone too, there is nobody left to account to. */
async function recordCalls(db: Database, turn: Turn, calls: UsageEvent[]): Promise<null> {
  await record(db, calls);
  for (const release of released(db, turn)) await retried(async () => release);
  return null;
}

async function record(db: Database, calls: UsageEvent[]): Promise<void> {
  for (const call of recordUsage(db, calls)) {
    await retried(() => db.batch([call])).catch((error: unknown) => {
      if (!isOrphan(error)) throw error;
    });
  }
}

/** Takes over what the database says of the conversation, after what an earlier life of this object has left to do. */
export async function meet(owners: Owners, row: Conversation): Promise<Conversation> {
  await recover(owners, row);
  const { state, turns } = owners;
  if (state.current && state.current.nonce !== row.nonce) turns.latest = null;
  return state.sync(row);
}

/** Once in a life of the object, before anything else. */
export function recover(owners: Owners, row: Conversation | null): Promise<void> {
  const { turns } = owners;
  return (turns.recovery ??= settleOrphans(owners, row).catch((error: unknown) => {
    turns.recovery = null;
    throw error;
  }));
}

/**
 * Settles the turns that an earlier life of this object left behind, with the text that had reached the disk: those that the
 * conversation's row does not show. Where it is gone, or another one has its id, their cost is still owed.
 */
async function settleOrphans(owners: Owners, row: Conversation | null): Promise<void> {
  const { store, turns } = owners;
  for (const stored of store.turns()) {
    const { turn, ending } = stored;
    if (ending?.status === "refused" || !row || !isOf(row, turn.nonce)) owe(owners, stored);
    else if (!stored.endedAt || !hasTurn(row, turn)) {
      const running = reopen(owners, stored);
      turns.add(running);
      turns.current = running;
      await settle(owners, running);
    }
  }
}

/** Keeps only the bill of a turn. */
function owe({ env, store }: Owners, stored: StoredTurn): void {
  const { turn } = stored;
  const log = openLog(store.events(turn.reply.id) ?? []);
  store.owe(close(turn, endingOf(stored, log.spoken()), configOf(env)).usage);
  store.drop(turn.reply.id);
}

function reopen({ store }: Owners, stored: StoredTurn): RunningTurn {
  const { turn } = stored;
  const log = openLog(store.events(turn.reply.id) ?? []);
  log.keep((events) => store.append(turn, events));
  return recoveredTurn(turn, log, endingOf(stored, log.spoken()));
}

/** How a turn ended, with its text, which is kept but once. */
export function endingOf({ turn, ending }: StoredTurn, text: string): Ending {
  if (!ending) return interruptedEnding(turn, text);
  const last = ending.attempts.length - 1;
  return {
    ...ending,
    attempts: ending.attempts.map((it, i) => (i === last ? { ...it, text: it.text || text } : it)),
  };
}

/** Of turns that the database has not taken, only what they cost is still wanted: what was said is to be forgotten. */
export function writeOff({ env, store, turns }: Owners): void {
  for (const running of turns.all) {
    const { turn, ending } = running;
    if (ending) store.owe(close(turn, ending, configOf(env)).usage);
    turns.remove(running);
  }
}

/** Brings to the database again what it has not taken. Returns whether it now has everything. */
export async function settleRest({ turns, store, db, ...others }: Owners): Promise<boolean> {
  for (const running of turns.all) await settle({ turns, store, db, ...others }, running);
  const owed = store.owed();
  await record(db, owed).then(
    () => store.paid(owed),
    () => {},
  );
  return turns.all.size === 0 && store.owed().length === 0;
}
