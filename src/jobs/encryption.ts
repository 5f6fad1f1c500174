import { MAX_STORED_MS } from "../chat/client";
import { openDatabase, retried, type Database } from "../db/client";
import {
  beginRewriting,
  currentProgress,
  formWanted,
  MEMORIES,
  nextPersonas,
  noteResealed,
  othersRemovableAt,
  progressOf,
  retireOtherForms,
  rewriteSome,
} from "../db/encryption";
import { NOBODY, type EncryptionProgress } from "../db/schema";
import { configOf, type Env } from "../env";
import { memoryOf } from "../memory/client";
import { purgeIndex } from "../search/client";

/** How often it runs, as `wrangler.toml` has it. */
export const ENCRYPTION_CRON = "*/10 * * * *";
/** What one run may do: each step takes about a quarter of a second of processor time, of which a run has thirty. */
const STEPS = 60;
/** For so long after a deployment others may still be writing in the form that was wanted before. Milliseconds. */
const DEPLOYING_MS = 10 * 60_000;
/** So often what is finished is looked at again: a backup may have brought back older rows. Milliseconds. */
const AGAIN_MS = 24 * 60 * 60_000;

/**
 * Rewrites what is stored in the form that `ENCRYPTION_KEY` asks for, a part of it with each run, and says when the keys after
 * the first may go. May be run at any time, also twice at once.
 */
export async function runEncryption(env: Env, now = Date.now(), steps = STEPS): Promise<void> {
  const config = configOf(env);
  const db = openDatabase(env.DB, () => config.ENCRYPTION_KEY);
  if (!db.vault.hasKeys) return;
  const rows = await retried(() => progressOf(db));
  const known = currentProgress(db, rows);
  const parts = known.length > 0 ? known : await retried(() => beginRewriting(db, new Date(now)));
  const before = new Set(parts.map(({ finishedAt }) => finishedAt)).has(null);
  let left = steps;
  for (const part of parts) {
    let at: EncryptionProgress | null = isDue(part, now) ? part : null;
    for (; at && left > 0; left--) {
      const from = at;
      const settled = new Date(from.startedAt.getTime() + DEPLOYING_MS);
      at =
        from.part === MEMORIES
          ? await resealSome(env, db, from, settled, new Date(now))
          : await retried(() => rewriteSome(db, from, settled, new Date(now)));
    }
  }
  const isIdle = left === steps && !before;
  const after = isIdle ? parts : currentProgress(db, await retried(() => progressOf(db)));
  const removable = othersRemovableAt(after, MAX_STORED_MS);
  const others = rows.some(({ form }) => form !== formWanted(db));
  if (others && removable !== null && removable <= now) await retried(() => retireOtherForms(db));
  if (isIdle) return;
  console.log(
    JSON.stringify({ event: "encryption", form: formWanted(db), ...totals(after), removable_at: removable }),
  );
}

/** How many memories one step looks into. */
const MEMORIES_A_STEP = 10;

/**
 * Has some memories sealed anew, and their users' search indexes forgotten, which hold words as they are and are made anew where
 * nothing is sealed any more. One that does not answer counts as one whose key is missing: the pass proves nothing.
 */
async function resealSome(
  env: Env,
  db: Database,
  row: EncryptionProgress,
  settled: Date,
  now: Date,
): Promise<EncryptionProgress | null> {
  const owners = await retried(async () => nextPersonas(db, row, MEMORIES_A_STEP));
  const living = owners.filter(({ userId }) => userId !== NOBODY);
  const unreached = { rewritten: 0, locked: 1, damaged: 0 };
  const indexes =
    db.vault.sealsWith === null ? new Set<number>() : new Set(living.map(({ userId }) => userId));
  const done = await Promise.all([
    ...living.map((owner) =>
      memoryOf(env, owner)
        .reseal(owner)
        .catch(() => unreached),
    ),
    ...Array.from(indexes, async (userId) =>
      (await purgeIndex(env, userId)) ? { ...unreached, locked: 0 } : unreached,
    ),
  ]);
  const sum = (count: (one: (typeof done)[number]) => number) =>
    done.reduce((total, one) => total + count(one), 0);
  const resealed = {
    last: owners.at(-1)?.personaId ?? null,
    rewritten: sum(({ rewritten }) => rewritten),
    locked: sum(({ locked }) => locked),
    damaged: sum(({ damaged }) => damaged),
  };
  return retried(() => noteResealed(db, row, resealed, settled, now));
}

/**
 * Whether a part is to be looked at: it is not finished, in the middle of a pass, or was finished long ago. No backup brings
 * back what a memory kept.
 */
const isDue = ({ part, finishedAt, cursor, passStartedAt }: EncryptionProgress, now: number) =>
  finishedAt === null || cursor > 0 || (part !== MEMORIES && passStartedAt.getTime() + AGAIN_MS <= now);

const totals = (parts: EncryptionProgress[]) => ({
  rewritten: parts.reduce((sum, { rewritten }) => sum + rewritten, 0),
  key_missing: parts.reduce((sum, { locked }) => sum + locked, 0),
  damaged: parts.reduce((sum, { damaged }) => sum + damaged, 0),
  finished: parts.every(({ finishedAt }) => finishedAt !== null),
});
