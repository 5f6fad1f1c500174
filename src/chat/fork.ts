import { ownAllowances } from "../db/allowances";
import { one, retried } from "../db/client";
import { deleteConversation } from "../db/erasure";
import { copyNext, copySealed, finishFork, inFork, insertFork, readNext, type Copy } from "../db/fork";
import { messagePlace } from "../db/messages";
import { takenBy } from "../db/room";
import { takeId } from "../db/row-ids";
import type { Conversation } from "../db/schema";
import { configOf } from "../env";
import { AppError } from "../errors";
import { configuredRoom, noRoomFor, roomOf } from "../usage/room";
import { toConversation } from "../wire/rows";
import { wakeEraser } from "./client";
import type { Call, Change } from "./commands";
import type { Owners } from "./owners";
import { messageNotFound } from "./tree";

/** More messages are not copied at once: a request's queries are counted. */
export const MAX_FORKED = 100_000;
/** How many rows a statement copies: others have their turn in between. Sealed ones pass through the memory. */
const ROWS = 2_000;
const SEALED_ROWS = 250;

type Fork = Extract<Change, { type: "fork" }>;

/**
 * A new conversation that goes on from a message of this one, with its branch or with all of them. It shows nothing before it
 * is whole; one that a crash or a failure leaves half made is deleted.
 * @throws AppError `not_found`, `too_long_to_fork`
 */
export async function fork(
  owners: Owners,
  call: Call,
  state: Conversation,
  command: Fork,
): Promise<Response> {
  const { db, store, agenda } = owners;
  const head = command.messageId ?? state.headMessageId;
  if (command.messageId !== null) {
    const [found] = await retried(() => messagePlace(db, state.id, command.messageId ?? 0));
    if (!found) throw messageNotFound();
  }
  if (command.withBranches && state.messageCount > MAX_FORKED) throw new AppError("too_long_to_fork");
  const id = await takeId(db, call.caller, "conversations");
  const to = { id, nonce: crypto.randomUUID().replaceAll("-", "").slice(0, 16) };
  store.keepHalfMade({ id, userId: state.userId });
  agenda.watch();
  try {
    await open(owners, call, state, { ...to, title: command.title });
    const copy = { from: state, to, leaf: command.withBranches ? null : head, after: 0 };
    const count = head === null && !command.withBranches ? 0 : await copyAll(owners, copy);
    const row = one(await retried(async () => finishFork(db, copy, inFork(copy, head), count)));
    store.forgetHalfMade(id);
    return Response.json(toConversation(row));
  } catch (error) {
    await dropHalfMade(owners).catch(() => {});
    throw error;
  }
}

/** @throws AppError `too_many_conversations`, `storage_full` */
async function open(
  { db, env }: Owners,
  { caller }: Call,
  state: Conversation,
  to: { id: number; nonce: string; title: string | null },
): Promise<void> {
  const config = configOf(env);
  const room = configuredRoom(config);
  const [made] = await retried(async () => insertFork(db, state, { ...to, room }));
  if (made) return;
  const [taken, own] = await retried(() =>
    db.batch([takenBy(db, caller.userId), ownAllowances(db, caller.userId)]),
  );
  throw noRoomFor("conversations", one(taken), roomOf(one(own), config));
}

/** Copies all there is to copy, some at a time. Returns how many messages that are. */
async function copyAll(owners: Owners, copy: Copy): Promise<number> {
  let total = 0;
  for (;;) {
    const { count, last } = await copySome(owners, copy);
    total += count;
    if (total > MAX_FORKED) throw new AppError("too_long_to_fork");
    if (last === null) return total;
    copy.after = last;
  }
}

async function copySome({ db }: Owners, copy: Copy): Promise<{ count: number; last: number | null }> {
  if (!db.vault.hasKeys) {
    const [, counted] = await retried(() => db.batch(copyNext(db, copy, ROWS)));
    return one(counted);
  }
  const read = await retried(() => readNext(db, copy, SEALED_ROWS));
  if (read.length > 0) await retried(async () => copySealed(db, copy, read));
  return { count: read.length, last: read.at(-1)?.id ?? null };
}

/** Deletes what a fork that came to nothing has left. */
export async function dropHalfMade({ db, env, store }: Owners): Promise<void> {
  for (const { id, userId } of store.halfMade()) {
    const [, hidden] = await retried(() => db.batch(deleteConversation(db, userId, id)));
    if (hidden.length > 0) await wakeEraser(env);
    store.forgetHalfMade(id);
  }
}
