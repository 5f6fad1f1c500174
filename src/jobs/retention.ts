import { eraserOf, MAX_STORED_MS, purgeConversations } from "../chat/client";
import { fitting, openBudget, openRun, type Run } from "../chat/erase";
import { dropStaleReservations } from "../db/allowances";
import { openDatabase } from "../db/client";
import { deleteReceiptsBefore, RECEIPT_DAYS } from "../db/deletions";
import { FORGOTTEN_MS, pruneLoginFailures } from "../db/login-failures";
import { deleteMailTokensBefore } from "../db/mail-tokens";
import { forgetDeletionsBefore, forgetRemovedBefore } from "../db/removal";
import {
  countStale,
  deleteExpiredSessions,
  eraseStale,
  hideStale,
  lastUser,
  staleConversations,
  type Stale,
} from "../db/retention";
import { deleteAnsweredBefore } from "../db/complaints";
import { deleteEventsBefore } from "../db/safety-events";
import { configOf, type Config, type Env, type TidyOrder } from "../env";
import { forgetInIndex } from "../search/client";
import { forgetFirst } from "../memory/client";
import type { Gone, Owner } from "../memory/object";

const DAY_MS = 24 * 60 * 60 * 1000;
/** How many conversations are looked at together. */
const PAGE = 100;
/** What the nightly run does itself. Milliseconds. */
const NIGHTLY_MS = 20_000;

/** How many users one statement looks through, and how many are looked through to say what is left. */
const USERS = 2000;
const USERS_COUNTED = 20_000;

/**
 * What happens every day: deletes conversations that nothing has changed for as long as the configuration keeps them, and what
 * nobody needs any more. The usage ledger stays. May be run at any time, also twice; what is too much for one run, the eraser
 * goes on with.
 */
export async function runDaily(env: Env, now = Date.now()): Promise<void> {
  const order = newOrder(now, configOf(env));
  const rest = await tidy(openRun(env, openDatabase(env.DB), openBudget(), NIGHTLY_MS), order);
  if (rest) await eraserOf(env).tidy(rest);
  else await eraserOf(env).wake(0);
}

type Days = "RETENTION_DAYS" | "ARCHIVED_RETENTION_DAYS" | "SESSION_MAX_DAYS" | "SAFETY_EVENT_DAYS";

export const newOrder = (now: number, config: Pick<Config, Days>): TidyOrder => ({
  now,
  retentionDays: config.RETENTION_DAYS,
  archivedDays: config.ARCHIVED_RETENTION_DAYS,
  sessionDays: config.SESSION_MAX_DAYS,
  safetyDays: config.SAFETY_EVENT_DAYS,
  active: config.RETENTION_DAYS === 0 ? null : 1,
  archived: config.ARCHIVED_RETENTION_DAYS === 0 ? null : 1,
});

/**
 * Does as much of the nightly work as a run may, and says in one line of the log what was done and what is left: conversations,
 * of those of the next 20,000 users, and up to how many users are yet to be looked through. What to go on with; null where
 * nothing is left.
 */
export async function tidy(run: Run, order: TidyOrder): Promise<TidyOrder | null> {
  const ago = (days: number) => new Date(order.now - days * DAY_MS);
  const { swept, isDone } = await sweepAll(run, order);
  const conversations = await expire(run, order.active, { isActive: true, before: ago(order.retentionDays) });
  const archived = await expire(run, order.archived, { isActive: false, before: ago(order.archivedDays) });
  const left = {
    conversations: conversations.left,
    archived: archived.left,
    users: Math.max(conversations.users, archived.users),
    others: !isDone,
  };
  const line = {
    event: "tidied",
    conversations: conversations.count,
    archived: archived.count,
    unreached: conversations.unreached + archived.unreached,
    ...swept,
    left,
  };
  console.log(JSON.stringify(line));
  const rest = { ...order, active: conversations.next, archived: archived.next };
  return isDone && rest.active === null && rest.archived === null ? null : rest;
}

/** Deletes everything but conversations. How much of each kind, and whether nothing is left. */
async function sweepAll(run: Run, { now, sessionDays, safetyDays = 90 }: TidyOrder) {
  const { db } = run;
  const ago = (days: number) => new Date(now - days * DAY_MS);
  const kinds = {
    sessions: (limit: number) => deleteExpiredSessions(db, new Date(now), limit),
    reservations: (limit: number) => dropStaleReservations(db, new Date(now), limit),
    mails: (limit: number) => deleteMailTokensBefore(db, ago(1), limit),
    failures: (limit: number) =>
      pruneLoginFailures(db, new Date(now - FORGOTTEN_MS), ago(sessionDays), limit),
    aside: (limit: number) => forgetRemovedBefore(db, ago(1), limit),
    undoable: (limit: number) => forgetDeletionsBefore(db, ago(1), limit),
    receipts: (limit: number) => deleteReceiptsBefore(db, ago(RECEIPT_DAYS), limit),
    safety: (limit: number) => deleteEventsBefore(db, ago(safetyDays), limit),
    complaints: (limit: number) => deleteAnsweredBefore(db, ago(safetyDays), limit),
  };
  const swept: Record<string, number> = {};
  let isDone = true;
  for (const [kind, deleteSome] of Object.entries(kinds)) {
    const done = await inPieces(run, deleteSome);
    swept[kind] = done.count;
    isDone &&= done.isDone;
  }
  return { swept, isDone };
}

/** Repeats a deletion until it deletes fewer rows than it may. */
async function inPieces(run: Run, deleteSome: (limit: number) => PromiseLike<readonly unknown[]>) {
  let count = 0;
  while (!run.isOver()) {
    const { size } = run;
    const { length } = await run.piece(() => deleteSome(size));
    count += length;
    if (length < size) return { count, isDone: true };
  }
  return { count, isDone: false };
}

/** Deletes conversations that are too old, of one user after the other. `next` is the user to go on with; null at the end. */
async function expire(run: Run, from: number | null, stale: Stale) {
  const total = { count: 0, unreached: 0, left: 0, users: 0, next: from };
  if (from === null) return total;
  const [newest] = await run.ask(() => lastUser(run.db));
  const end = newest?.id ?? 0;
  let at = from;
  while (at <= end && !run.isOver()) {
    const page = await run.ask(() => staleConversations(run.db, stale, { from: at, to: at + USERS }, PAGE));
    const { count, unreached, isDone } = await expirePage(run, stale, page);
    total.count += count;
    total.unreached += unreached;
    const [first, last] = [page.at(0), page.at(-1)];
    if (!isDone) at = first?.userId ?? at;
    else at = last && page.length === PAGE ? last.userId : at + USERS;
  }
  if (at > end) return { ...total, next: null };
  const [counted] = await run.ask(() => countStale(run.db, stale, { from: at, to: at + USERS_COUNTED }));
  return { ...total, left: counted?.stale ?? 0, users: end - at + 1, next: at };
}

/** Erases what fits a piece; a conversation that fits none is hidden, and erased by the eraser. */
async function expirePage(run: Run, stale: Stale, page: Awaited<ReturnType<typeof staleConversations>>) {
  const total = { count: 0, unreached: 0 };
  for (let rest = page; rest.length > 0;) {
    const count = fitting(rest, run.size);
    const rows = rest.slice(0, Math.max(1, count));
    const gone = await run.piece(() => (count === 0 ? hideStale : eraseStale)(run.db, stale, rows));
    const ids = new Set(gone.map(({ id }) => id));
    await forgetAll(
      run,
      rows.filter(({ id }) => ids.has(id)),
    );
    const recent = gone.filter(({ updatedAt }) => updatedAt.getTime() > Date.now() - MAX_STORED_MS);
    run.spend(recent.length);
    total.count += gone.length;
    total.unreached += (await purgeConversations(run.env, recent)).length;
    await forgetFound(run, rows, gone);
    rest = rest.slice(rows.length);
    if (run.isOver()) return { ...total, isDone: rest.length === 0 };
  }
  return { ...total, isDone: true };
}

/** What is no more is searched for no more. */
async function forgetFound(run: Run, rows: { id: number; userId: number }[], gone: { id: number }[]) {
  const ids = new Set(gone.map(({ id }) => id));
  const byUser = Map.groupBy(
    rows.filter(({ id }) => ids.has(id)),
    ({ userId }) => userId,
  );
  run.spend(byUser.size);
  for (const [userId, theirs] of byUser)
    await forgetInIndex(
      run.env,
      userId,
      theirs.map(({ id }) => id),
    );
}

/** Has the memories of those whose conversations they were forget them; one that is not reached finds out by itself. */
async function forgetAll(run: Run, rows: (Owner & Gone)[]): Promise<void> {
  const byOwner = Map.groupBy(rows, ({ userId, personaId }) => `${userId}:${personaId}`);
  run.spend(byOwner.size);
  for (const some of byOwner.values()) {
    const [owner] = some;
    if (owner)
      await forgetFirst(run.env, owner, (memory) => memory.forgetConversations(owner, some)).catch(() => {});
  }
}
