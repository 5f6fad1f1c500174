import { wakeEraser } from "../chat/client";
import { openDatabase, retried } from "../db/client";
import { hideExpired } from "../db/retention";
import type { Env } from "../env";

/** How many conversations one run hides: the next one follows in ten minutes, and no route shows them meanwhile. */
const MOST = 1000;

/** Deletes temporary conversations whose time is over. */
export async function endTemporary(env: Env, now = new Date()): Promise<void> {
  const db = openDatabase(env.DB);
  const hidden = await retried(async () => hideExpired(db, now, MOST));
  if (hidden.length > 0) await wakeEraser(env);
}
