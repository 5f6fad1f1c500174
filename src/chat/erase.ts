import { retried, type Database } from "../db/client";
import { completeDeletion, noteUnreached, type Deletion } from "../db/deletions";
import {
  doomedConversations,
  eraseConversations,
  eraseHiddenPersonas,
  eraseMessages,
  erasePersonas,
  eraseRowsOf,
  firstMessage,
  type Doomed,
} from "../db/erasure";
import { dropLooseObjects } from "../db/file-objects";
import { personaIdsOf } from "../db/memory";
import { MAX_MESSAGES, messageId } from "../db/messages";
import { NOBODY } from "../db/schema";
import type { Env } from "../env";
import { purgeIndex } from "../search/client";
import { forgetFirst } from "../memory/client";
import { MAX_STORED_MS, purgeConversations } from "./client";

/** After so many calls an invocation begins no further piece, which makes about 300 at most; the platform allows it a thousand. */
const MAX_CALLS = 600;
/** How long a run goes on before another job has its turn. Milliseconds. */
const RUN_MS = 5000;
/** How long a piece may keep the database, which does one thing at a time: a quarter of what is promised to everybody else. Milliseconds. */
const PIECE_MS = 50;
const PIECE = { smallest: 100, first: 250, largest: 4000 };
/** How many conversations are looked at together. */
const PAGE = 50;

export type Budget = ReturnType<typeof openBudget>;

/** How many calls an invocation may yet make, to the database and to objects. */
export function openBudget(calls = MAX_CALLS) {
  return {
    isSpent: () => calls <= 0,
    spend(count: number) {
      calls -= count;
    },
  };
}

export type Run = ReturnType<typeof openRun>;

/**
 * What erases: within a budget, for a bounded time, in pieces whose size follows from how long they take. After each it rests
 * as long as it took, so that half of the time is everybody else's.
 */
export function openRun(env: Env, db: Database, budget: Budget, ms = RUN_MS) {
  const until = Date.now() + ms;
  let size = PIECE.first;
  return {
    env,
    db,
    /** How many rows the next piece may have. */
    get size() {
      return size;
    },
    isOver: () => budget.isSpent() || Date.now() >= until,
    spend: budget.spend,
    /** Reads, or erases what is small. */
    ask<T>(operation: () => PromiseLike<T>): Promise<T> {
      budget.spend(1);
      return retried(async () => operation());
    },
    /** Erases a piece of `size` rows. */
    async piece<T>(operation: () => PromiseLike<T>): Promise<T> {
      const began = Date.now();
      const result = await this.ask(operation);
      const took = Date.now() - began;
      if (took > PIECE_MS) size = Math.max(PIECE.smallest, Math.floor(size / 2));
      else if (took < PIECE_MS / 2) size = Math.min(PIECE.largest, size * 2);
      await scheduler.wait(took);
      return result;
    },
  };
}

/** Whether nothing is left, and of how many conversations the object could not be told. */
type Erased = { done: boolean; unreached: number };

/**
 * Erases conversations of an owner who is gone. Their objects forget first: where one cannot be reached the conversation stays,
 * hidden as it is, until it can, or until the object has forgotten by itself.
 */
export async function eraseOwned(run: Run, owner: number): Promise<Erased> {
  const unreached: number[] = [];
  while (!run.isOver() && unreached.length < PAGE) {
    const page = await run.ask(() => doomedConversations(run.db, owner, unreached, PAGE));
    if (page.length === 0) return { done: unreached.length === 0, unreached: unreached.length };
    const lost = await forget(run, page);
    unreached.push(...lost);
    await eraseAll(
      run,
      page.filter(({ id }) => !lost.includes(id)),
    );
  }
  return { done: false, unreached: unreached.length };
}

/** Has those objects forget these conversations that may remember one. The ones that were not reached, by id. */
async function forget(run: Run, page: (Doomed & { isBusy: number })[]): Promise<number[]> {
  const remembered = Date.now() - MAX_STORED_MS;
  const known = page.filter(({ updatedAt, isBusy }) => isBusy || updatedAt.getTime() > remembered);
  run.spend(known.length);
  return purgeConversations(run.env, known);
}

/** Erases these conversations in pieces: one at least, however late it is, so that every run brings the work forward. */
async function eraseAll(run: Run, page: Doomed[]): Promise<void> {
  for (let rest = page; rest.length > 0;) {
    const count = fitting(rest, run.size);
    const some = rest.slice(0, Math.max(1, count)).map(({ id }) => id);
    const [large] = count === 0 ? some : [];
    if (large !== undefined && !(await shrink(run, large))) return;
    await run.piece(() => eraseConversations(run.db, some));
    if (run.isOver()) return;
    rest = rest.slice(some.length);
  }
}

/** How many of these conversations, from the first on, hold no more than so many messages together. */
export function fitting(page: Doomed[], size: number): number {
  let sum = 0;
  const tooMany = page.findIndex(({ messageSeq }) => (sum += messageSeq + 1) > size);
  return tooMany === -1 ? page.length : tooMany;
}

/** Erases the messages of a conversation in pieces, one at least. Whether none is left. */
async function shrink(run: Run, conversationId: number): Promise<boolean> {
  const { db } = run;
  const next = () => run.ask(() => firstMessage(db, conversationId));
  let [first] = await next();
  while (first) {
    const n = Math.min(MAX_MESSAGES, first.id - messageId(conversationId, 0) + run.size - 1);
    run.spend(1);
    await run.piece(() => db.batch(eraseMessages(db, conversationId, n)));
    [first] = await next();
    if (first && run.isOver()) return false;
  }
  return true;
}

/** Erases conversations and personas that are hidden, whosoever they were. */
export async function eraseHidden(run: Run): Promise<Erased> {
  const erased = await eraseOwned(run, NOBODY);
  await run.piece(() => eraseHiddenPersonas(run.db, run.size));
  return { ...erased, done: (await dropObjects(run)) && erased.done };
}

/** Erases what is left of a deleted account, the user's row last. */
export async function eraseAccount(run: Run, deletion: Deletion): Promise<Erased> {
  const { db } = run;
  const { userId, receiptHash } = deletion;
  if (userId === null) return { done: true, unreached: 0 };
  const { done, unreached } = await eraseOwned(run, userId);
  if (unreached !== deletion.unreached) await run.ask(() => noteUnreached(db, receiptHash, unreached).run());
  run.spend(1);
  const isForgotten = done && (await purgeIndex(run.env, userId)) && (await eraseMemories(run, userId));
  if (!isForgotten || !(await eraseRows(run, userId)) || !(await dropObjects(run)))
    return { done: false, unreached };
  await run.ask(() => db.batch(completeDeletion(db, deletion, userId, new Date())));
  return { done: true, unreached: 0 };
}

/** How many memories are wiped at once. */
const WIPED_AT_ONCE = 20;

/** Has all forgotten that a user's personas remember, and erases the personas, by which the memories are found. Whether none is left. */
async function eraseMemories(run: Run, userId: number): Promise<boolean> {
  const { db, env } = run;
  for (;;) {
    const page = await run.ask(() => personaIdsOf(db, userId, WIPED_AT_ONCE));
    if (page.length === 0) return true;
    run.spend(page.length);
    await Promise.all(
      page.map(({ id }) => forgetFirst(env, { userId, personaId: id }, (memory) => memory.wipe())),
    );
    const ids = page.map(({ id }) => id);
    await run.piece(() => erasePersonas(db, userId, ids));
    if (run.isOver()) return false;
  }
}

/** Deletes objects of the bucket whose rows are gone. */
async function dropObjects({ db, env, spend }: Run): Promise<boolean> {
  if (env.FILES) spend(3);
  return dropLooseObjects(db, env.FILES);
}

async function eraseRows(run: Run, userId: number): Promise<boolean> {
  const { db } = run;
  do {
    const { size } = run;
    const [first, ...rest] = eraseRowsOf(db, userId, size);
    if (!first) return true;
    run.spend(rest.length);
    const erased = await run.piece(() => db.batch([first, ...rest]));
    if (erased.every((rows) => rows.length < size)) return true;
  } while (!run.isOver());
  return false;
}
