import { purgeConversations, MAX_STORED_MS } from "../chat/client";
import { dropStaleReservations } from "../db/allowances";
import { openDatabase, retried, type Database } from "../db/client";
import { FORGOTTEN_MS, pruneLoginFailures } from "../db/login-failures";
import { deleteMailTokensBefore } from "../db/mail-tokens";
import { deleteConversationsBefore, deleteExpiredSessions } from "../db/retention";
import { configOf, type Env } from "../env";

const DAY_MS = 24 * 60 * 60 * 1000;
const ROWS = 1000;
/** A run may make a thousand queries; what is left over is for tomorrow's. */
const BATCHES = 200;

/**
 * What happens every day: deletes conversations that nothing has changed for as long as the configuration keeps them, and what
 * nobody needs any more. The usage ledger stays. May be run at any time, also twice.
 */
export async function runDaily(env: Env, now = Date.now()): Promise<void> {
  const config = configOf(env);
  const db = openDatabase(env.DB, () => config.ENCRYPTION_KEY);
  const ago = (days: number) => new Date(now - days * DAY_MS);
  const conversations = await expire(env, db, true, config.RETENTION_DAYS, ago);
  const archived = await expire(env, db, false, config.ARCHIVED_RETENTION_DAYS, ago);
  const sessions = await inBatches(() => deleteExpiredSessions(db, new Date(now), ROWS), ROWS);
  const reservations = await inBatches(() => dropStaleReservations(db, new Date(now), ROWS), ROWS);
  const mails = await inBatches(() => deleteMailTokensBefore(db, ago(1), ROWS), ROWS);
  await retried(() =>
    pruneLoginFailures(db, new Date(now - FORGOTTEN_MS), ago(config.SESSION_MAX_DAYS)).run(),
  );
  console.log(JSON.stringify({ event: "tidied", conversations, archived, sessions, reservations, mails }));
}

/** Deletes the conversations of one kind that are older than so many days, if any number is given. Returns how many. */
async function expire(
  env: Env,
  db: Database,
  isActive: boolean,
  days: number,
  ago: (days: number) => Date,
): Promise<number> {
  if (days === 0) return 0;
  const remembered = Date.now() - MAX_STORED_MS;
  let fromUser = 0;
  return inBatches(async () => {
    const gone = await deleteConversationsBefore(db, isActive, ago(days), fromUser);
    fromUser = Math.max(fromUser, ...gone.map(({ userId }) => userId));
    const recent = gone.filter(({ updatedAt }) => updatedAt.getTime() > remembered);
    await purgeConversations(env, recent);
    return gone;
  }, 1);
}

/** Repeats a deletion until it deletes fewer than a full batch. Returns how many rows it deleted. */
async function inBatches(deleteSome: () => PromiseLike<readonly unknown[]>, full: number): Promise<number> {
  let total = 0;
  for (let i = 0; i < BATCHES; i++) {
    const { length } = await retried(async () => deleteSome());
    total += length;
    if (length < full) break;
  }
  return total;
}
