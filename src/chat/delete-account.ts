import { batchAs, type Caller, type Database } from "../db/client";
import { beginDeletion, type Deletion } from "../db/deletions";
import { batchConfirmed } from "../db/users";
import type { User } from "../db/schema";
import type { Env } from "../env";
import { purgeImports, wakeEraser } from "./client";
import { eraseAccount, openBudget, openRun } from "./erase";

/** What the request that deletes an account erases itself before the eraser takes over: all there is of a small one. */
const IN_REQUEST = { calls: 200, ms: 1000 };
/** The eraser looks after what the request does not finish, even where that breaks off. Milliseconds. */
export const TAKE_OVER_MS = 5000;

/** Whose account goes, under which receipt: their own, whose password was checked, or by an administrator's word. */
type Departure = { userId: number; confirmed: User | null; receiptHash: string };

/**
 * Deletes a user with everything that is kept of them. From this moment on nobody finds any of it; what is more than a request
 * can erase, the eraser does. Null where the user is gone already.
 * @throws AppError `unauthenticated`, `missing_scope`, `wrong_password`
 */
export async function deleteAccount(
  env: Env,
  db: Database,
  caller: Caller,
  { userId, confirmed, receiptHash }: Departure,
): Promise<{ deletion: Deletion; isComplete: boolean } | null> {
  const begin = beginDeletion(db, userId, receiptHash, new Date());
  const [[deletion]] = confirmed
    ? await batchConfirmed(db, caller, confirmed, begin)
    : await batchAs(db, caller, begin);
  if (!deletion) return null;
  await wakeEraser(env, TAKE_OVER_MS);
  await purgeImports(env, userId);
  const isComplete = await eraseAccount(
    openRun(env, db, openBudget(IN_REQUEST.calls), IN_REQUEST.ms),
    deletion,
  ).then(
    ({ done }) => done,
    () => false,
  );
  if (!isComplete) await wakeEraser(env);
  return { deletion, isComplete };
}
