import { isRefusedForGood, retried } from "../db/client";
import type { Conversation } from "../db/schema";
import { configOf } from "../env";
import { openLog } from "../events/log";
import { MAX_REFUSALS, settleOtherwise, type Settled } from "./last-resort";
import { moderateAgain } from "./moderate";
import type { Owners } from "./owners";
import { hasTurn, isOf, recordCalls, recordEnding, recordOwed, released } from "./record";
import { teach } from "./remember";
import { recoveredTurn, type RunningTurn } from "./run";
import { tellingOperator } from "./record-safety";
import { giveTitle } from "./title";
import { reportTurn, reportUnsettled } from "./telemetry";
import {
  close,
  interruptedEnding,
  numberOf,
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
    const settled = refused
      ? await recordRefused(owners, turn, ending, closed)
      : await tellingOperator(owners.env, closed, () => write(owners, running, ending, closed));
    owners.turns.remove(running);
    reportTurn(owners.env, turn, settled.ending, settled.closed, !refused && settled.conversation === null);
    if (refused) return;
    finish(owners, running, settled);
    if (settled.conversation)
      owners.background(giveTitle(owners, running, settled.conversation, settled.closed).catch(() => {}));
  } catch (error) {
    if (isRefusedForGood(error)) running.refusals++;
    reportUnsettled(turn, error);
    if (!refused) noteDelay(running);
  }
}

/** Writes an ending or, where the database has refused it too often, what it does take. */
async function write(
  { env, db, store }: Owners,
  { turn, refusals }: RunningTurn,
  ending: Ending,
  closed: Closed,
): Promise<Settled> {
  if (refusals < MAX_REFUSALS) {
    return { ending, closed, conversation: await recordEnding(db, configOf(env), turn, closed), told: true };
  }
  const settled = await settleOtherwise(db, turn, ending, configOf(env), closed.reply.content);
  store.end(turn, [], settled.ending);
  return settled;
}

/** Of a turn that the database did not agree to, what it cost is written. */
async function recordRefused(
  { db, store }: Owners,
  turn: Turn,
  ending: Ending,
  closed: Closed,
): Promise<Settled> {
  await recordCalls(db, closed.usage);
  for (const release of released(db, turn)) await retried(async () => release);
  store.paid(closed.usage);
  return { ending, closed, conversation: null, told: false };
}

/** Tells readers once that the database is late. */
function noteDelay({ log }: RunningTurn): void {
  if (log.events.at(-1)?.type !== "notice") log.append({ type: "notice", code: "not_yet_in_history" });
}

/** Tells those who read, after the object and its storage know that the turn is over. */
function finish(
  owners: Owners,
  { turn, log, window }: RunningTurn,
  { ending: { failure }, closed: { reply }, conversation, told }: Settled,
): void {
  const { state, turns } = owners;
  if (!conversation) {
    log.append({
      type: "ended",
      exchange: null,
      failure: { code: "conversation_deleted", retryAfter: null },
    });
    return;
  }
  if (!told) {
    state.retract(conversation);
    turns.latest = null;
    log.append({ type: "ended", exchange: null, failure });
    return;
  }
  const { said } = turn;
  state.advance(conversation, window, said ? [said, reply] : [reply], turn.head.tokenRatio);
  const exchange = { nonce: turn.nonce, revision: conversation.revision, said, reply, notes: turn.notes };
  turns.latest = { number: numberOf(turn), exchange, log };
  log.append({ type: "ended", exchange: { conversation, said, reply }, failure });
  teach(owners, turn, reply, conversation);
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
      if (!stored.ending) await moderateAgain(owners, running);
      turns.add(running);
      turns.current = running;
      await settle(owners, running);
    }
  }
}

/** Keeps only the bill of a turn. */
function owe({ env, store }: Owners, stored: StoredTurn): void {
  const { turn } = stored;
  const log = openLog(store.events(numberOf(turn)) ?? []);
  store.owe(close(turn, endingOf(stored, log.spoken()), configOf(env)).usage);
  store.drop(numberOf(turn));
}

function reopen({ store }: Owners, stored: StoredTurn): RunningTurn {
  const { turn } = stored;
  const log = openLog(store.events(numberOf(turn)) ?? []);
  log.keep((events) => store.append(turn, events));
  return recoveredTurn(turn, log, endingOf(stored, log.spoken()));
}

/** How a turn ended, with its text, which is kept but once. Version 0.1 kept whatever an upstream gave as a name. */
export function endingOf({ turn, ending }: StoredTurn, text: string): Ending {
  if (!ending) return interruptedEnding(turn, text);
  const last = ending.attempts.length - 1;
  return {
    ...ending,
    attempts: ending.attempts.map((it, i) => ({
      ...it,
      model: typeof it.model === "string" ? it.model : turn.speaker.model,
      finishReason: typeof it.finishReason === "string" ? it.finishReason : null,
      text: i === last ? it.text || text : it.text,
    })),
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
  const due = store.owed().filter(({ until = 0 }) => until <= Date.now());
  await recordOwed(db, due).then(
    () => store.paid(due),
    () => {},
  );
  return turns.all.size === 0 && store.owed().length === 0;
}
