import { batchAs, type Caller, type Database } from "../db/client";
import { conversationsChangedSince } from "../db/conversations";
import { countBelongings, deleteUser } from "../db/users";
import type { Env } from "../env";
import { MAX_STORED_MS, purgeConversations } from "./client";

type Belongings = Awaited<ReturnType<typeof countBelongings>>[number];

/**
 * Deletes a user with everything that is kept of them, for themself or for an administrator. What there was, or null where
 * the user is gone already.
 * @throws AppError `unauthenticated`, `missing_scope`
 */
export async function deleteAccount(
  env: Env,
  db: Database,
  caller: Caller,
  userId: number,
): Promise<Belongings | null> {
  const since = new Date(Date.now() - MAX_STORED_MS);
  const [[belongings], recent, [gone]] = await batchAs(db, caller, [
    countBelongings(db, userId),
    conversationsChangedSince(db, userId, since),
    deleteUser(db, userId),
  ]);
  if (!belongings || !gone) return null;
  await purgeConversations(env, recent);
  return belongings;
}
