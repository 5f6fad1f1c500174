import { eraserOf, MAX_STORED_MS, purgeConversations } from "../chat/client";
import { fitting, openBudget, openRun, type Run } from "../chat/erase";
import { dropStaleReservations } from "../db/allowances";
import { openDatabase } from "../db/client";
import { deleteReceiptsBefore, RECEIPT_DAYS } from "../db/deletions";
import { FORGOTTEN_MS, pruneLoginFailures } from "../db/login-failures";
import { deleteMailTokensBefore } from "../db/mail-tokens";
import {
  countStale,
  deleteExpiredSessions,
  eraseStale,
  hideStale,
  staleConversations,
  type Stale,
} from "../db/retention";
import { configOf, type Env, type TidyOrder } from "../env";

const DAY_MS = 24 * 60 * 60 * 1000;
/** How many conversations are looked at together. */
const PAGE = 100;
/** What the nightly run does itself. Milliseconds. */
const NIGHTLY_MS = 20_000;

/** How many conversations are left to be deleted, and whether anything else is. */
export type Left = { conversations: number; archived: number; others: boolean };

/**
 * What happens every day: deletes conversations that nothing has changed for as long as the configuration keeps them, and what
 * nobody needs any more. The usage ledger stays. May be run at any time, also twice; what is too much for one run, the eraser
 * goes on with.
 */
export async function runDaily(env: Env, now = Date.now()): Promise<void> {
  const { RETENTION_DAYS, ARCHIVED_RETENTION_DAYS, SESSION_MAX_DAYS } = configOf(env);
  const order: TidyOrder = {
    now,
    retentionDays: RETENTION_DAYS,
    archivedDays: ARCHIVED_RETENTION_DAYS,
    sessionDays: SESSION_MAX_DAYS,
  };
  const left = await tidy(openRun(env, openDatabase(env.DB), openBudget(), NIGHTLY_MS), order);
  if (isAnyLeft(left)) await eraserOf(env).tidy(order);
  else await eraserOf(env).wake(0);
}

export const isAnyLeft = ({ conversations, archived, others }: Left) =>
  conversations > 0 || archived > 0 || others;

/** Does as much of the nightly work as a run may, and says in one line of the log what was done and what is left. */
export async function tidy(run: Run, order: TidyOrder): Promise<Left> {
  const { db } = run;
  const now = new Date(order.now);
  const ago = (days: number) => new Date(order.now - days * DAY_MS);
  const sweep = (deleteSome: (limit: number) => PromiseLike<readonly unknown[]>) => inPieces(run, deleteSome);
  const sessions = await sweep((limit) => deleteExpiredSessions(db, now, limit));
  const reservations = await sweep((limit) => dropStaleReservations(db, now, limit));
  const mails = await sweep((limit) => deleteMailTokensBefore(db, ago(1), limit));
  const receipts = await sweep((limit) => deleteReceiptsBefore(db, ago(RECEIPT_DAYS), limit));
  const failures = await sweep((limit) =>
    pruneLoginFailures(db, new Date(order.now - FORGOTTEN_MS), ago(order.sessionDays), limit),
  );
  const conversations = await expire(run, order.retentionDays, {
    isActive: true,
    before: ago(order.retentionDays),
  });
  const archived = await expire(run, order.archivedDays, {
    isActive: false,
    before: ago(order.archivedDays),
  });
  const others = [sessions, reservations, mails, receipts, failures];
  const left = {
    conversations: conversations.left,
    archived: archived.left,
    others: others.some(({ isDone }) => !isDone),
  };
  const line = {
    event: "tidied",
    conversations: conversations.count,
    archived: archived.count,
    unreached: conversations.unreached + archived.unreached,
    sessions: sessions.count,
    reservations: reservations.count,
    mails: mails.count,
    failures: failures.count,
    receipts: receipts.count,
    left,
  };
  console.log(JSON.stringify(line));
  return left;
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

/** Deletes conversations that are too old, if any number of days is given. */
async function expire(run: Run, days: number, stale: Stale) {
  const total = { count: 0, unreached: 0, left: 0 };
  if (days === 0) return total;
  while (!run.isOver()) {
    const page = await run.ask(() => staleConversations(run.db, stale, PAGE));
    if (page.length === 0) return total;
    const { count, unreached } = await expirePage(run, stale, page);
    total.count += count;
    total.unreached += unreached;
  }
  const [counted] = await run.ask(() => countStale(run.db, stale));
  return { ...total, left: counted?.stale ?? 0 };
}

/** Erases what fits a piece; a conversation that fits none is hidden, and erased by the eraser. */
async function expirePage(run: Run, stale: Stale, page: Awaited<ReturnType<typeof staleConversations>>) {
  const total = { count: 0, unreached: 0 };
  for (let i = 0; i < page.length && !run.isOver();) {
    const count = fitting(page.slice(i), run.size);
    const rows = page.slice(i, i + Math.max(1, count));
    const gone = await run.piece(() => (count === 0 ? hideStale : eraseStale)(run.db, stale, rows));
    const recent = gone.filter(({ updatedAt }) => updatedAt.getTime() > Date.now() - MAX_STORED_MS);
    run.spend(recent.length);
    total.count += gone.length;
    total.unreached += (await purgeConversations(run.env, recent)).length;
    i += rows.length;
  }
  return total;
}
