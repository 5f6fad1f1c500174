import { batchAs, retried, type Caller, type Database } from "../db/client";
import { dropLooseObjects } from "../db/file-objects";
import { deletePersona, hideConversationsOf } from "../db/erasure";
import { conversationsOfPersona, personaById } from "../db/personas";
import type { Env } from "../env";
import { forgetPersonaInIndex } from "../search/client";
import { forgetFirst } from "../memory/client";
import { MAX_STORED_MS, MAX_TOLD, purgeConversations, wakeEraser } from "./client";

/** How many conversations are hidden in one statement. */
const HIDDEN_AT_ONCE = 250;

/**
 * Deletes a persona of the caller's with its conversations: a small one at once; a large one is hidden before this ends, and
 * erased by the eraser. Whether there was one.
 * @throws AppError `unauthenticated`, `missing_scope`, `overloaded` where what is remembered could not be forgotten
 */
export async function deletePersonaOf(env: Env, db: Database, caller: Caller, id: number): Promise<boolean> {
  const { userId } = caller;
  const [[known]] = await retried(() => batchAs(db, caller, [personaById(db, userId, id)]));
  if (!known) return false;
  const owner = { userId, personaId: id };
  await forgetFirst(env, owner, (memory) => memory.wipe());
  const since = new Date(Date.now() - MAX_STORED_MS);
  const [recent, [gone], [hidden]] = await batchAs(db, caller, [
    conversationsOfPersona(db, userId, id, since, MAX_TOLD),
    ...deletePersona(db, userId, id),
  ]);
  if (!gone && !hidden) return false;
  if (hidden) await hideAll(env, db, userId, id);
  await purgeConversations(env, recent);
  await forgetPersonaInIndex(env, userId, id);
  // What a turn that was running meanwhile has taught it.
  await forgetFirst(env, owner, (memory) => memory.wipe()).catch(() => {});
  // What this does not get through, the eraser does.
  const isDropped = await dropLooseObjects(db, env.FILES).catch(() => false);
  if (hidden || !isDropped) await wakeEraser(env);
  return true;
}

/** By then the request has told the objects itself, or was cut off. Milliseconds. */
const TOLD_WITHIN_MS = 30_000;

/** From here on the persona is nobody's, and nobody can make a conversation with it. */
async function hideAll(env: Env, db: Database, userId: number, id: number): Promise<void> {
  await wakeEraser(env, TOLD_WITHIN_MS);
  const hideSome = () => retried(async () => hideConversationsOf(db, userId, id, HIDDEN_AT_ONCE));
  while ((await hideSome()).length === HIDDEN_AT_ONCE);
}
