import { retried } from "../db/client";
import { messagePlace } from "../db/messages";
import { idsBelow } from "../db/memory";
import {
  countRemoval,
  deletionSince,
  forgetRemoved,
  removedIds,
  removeMessages,
  restoreMessages,
} from "../db/removal";
import type { Conversation } from "../db/schema";
import { AppError } from "../errors";
import { forgetFirst, memoryOf, tellMemory } from "../memory/client";
import { toConversation } from "../wire/rows";
import { answer, rowAfter } from "./accept";
import type { Change } from "./commands";
import type { Owners } from "./owners";
import { ownerOf } from "./remember";
import { messageNotFound, planRemoval, planRestoration, type Counted } from "./tree";

/** How long what was deleted last can be had back. Milliseconds. */
export const UNDO_MS = 10 * 60_000;

type Remove = Extract<Change, { type: "remove" }>;

/** Takes out a message, alone or with all that follows it, and keeps it aside until it is forgotten. */
export async function remove(
  owners: Owners,
  state: Conversation,
  { messageId, withSubtree }: Remove,
): Promise<Response> {
  const { db, store, agenda } = owners;
  const [target] = await retried(() => messagePlace(db, state.id, messageId));
  if (!target) throw messageNotFound();
  const subtree = withSubtree ? { subtree: await countSubtree(owners, state, target) } : {};
  const removal = planRemoval(state, { ...target, ...subtree });
  await forgetRemovedFirst(owners, state, messageId, withSubtree);
  const until = Date.now() + UNDO_MS;
  // Before the database: what is kept aside there is forgotten in time, whatever happens to this object.
  store.keepAside(state.id, until);
  agenda.wakeBy(until);
  const [, , , , , , [moved]] = await retried(() => db.batch(removeMessages(db, removal)));
  if (withSubtree) store.dropTurns();
  else store.dropMessage(messageId);
  const row = await rowAfter(owners, state.id, moved);
  return answer(row, {
    message: `Message ${messageId} deleted successfully`,
    deleted: removal.count,
    undo_until: new Date(until).toISOString(),
  });
}

/** What is deleted is forgotten before: nothing that is learnt late brings it back. */
async function forgetRemovedFirst(
  { db, env }: Owners,
  state: Conversation,
  messageId: number,
  withSubtree: boolean,
): Promise<void> {
  const rows = withSubtree
    ? await retried(async () => idsBelow(db, state.id, messageId))
    : [{ id: messageId }];
  const ids = rows.map(({ id }) => id);
  await forgetFirst(env, ownerOf(state), (memory) => memory.forgetMessages(ownerOf(state), ids));
}

async function countSubtree(
  { db }: Owners,
  state: Conversation,
  { id, parentId }: { id: number; parentId: number | null },
): Promise<Counted> {
  const [counted] = await retried(async () => countRemoval(db, state, id, parentId));
  const { count = 1, hasHead = 0, beside = null } = counted ?? {};
  return { count, hasHead: hasHead === 1, beside };
}

/**
 * Puts back what was removed last.
 * @throws AppError `nothing_to_undo`
 */
export async function undo(owners: Owners, state: Conversation): Promise<Response> {
  const { db, env, background } = owners;
  const since = new Date(Date.now() - UNDO_MS);
  const [deletion] = await retried(async () => deletionSince(db, state.id, since));
  if (!deletion) throw new AppError("nothing_to_undo");
  const after = planRestoration(state, deletion);
  const aside = await retried(async () => removedIds(db, state.id));
  const [, , , , [moved]] = await retried(() => db.batch(restoreMessages(db, after, deletion)));
  const row = await rowAfter(owners, state.id, moved);
  const ids = aside.map(({ id }) => id);
  const owner = ownerOf(state);
  background(tellMemory(() => memoryOf(env, owner).restoreMessages(owner, state.id, ids)));
  return answer(row, toConversation(row));
}

/** Forgets for good what can no longer be had back. */
export async function forgetDeleted({ db, store }: Owners, now = Date.now()): Promise<void> {
  const aside = store.aside();
  if (!aside || aside.until > now) return;
  await retried(() => db.batch(forgetRemoved(db, aside.conversationId, new Date(now - UNDO_MS + 1))));
  store.forgetAside();
}
