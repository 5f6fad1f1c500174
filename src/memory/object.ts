import { DurableObject } from "cloudflare:workers";

import { openDatabase, retried } from "../db/client";
import { conversationsWith } from "../db/memory";
import { configOf, type Env } from "../env";
import { describeCauses } from "../errors";
import { openCells } from "./cells";
import { openFacts, type Fact, type FactChanges } from "./facts/store";
import { openIndex } from "./index";
import {
  catchUp,
  drop,
  FORGOTTEN,
  forgetConversation,
  learn,
  horizonOf,
  keepNewest,
  leaveConversation,
  type Learner,
  type Lesson,
} from "./learn";
import { answer, type RecallAnswer, type RecallRequest } from "./answer";
import { resealAll } from "./reseal";
import { openStore } from "./store";

/** Whose memory it is. */
export type Owner = { userId: number; personaId: number };

/** A conversation that is gone, and the nonce that tells it from another one that has its id. */
export type Gone = { id: number; nonce: string };

/** How long the memory believes that it knows of all conversations. Milliseconds. */
const CHECKED_FOR_MS = 10 * 60_000;

/**
 * Everything that one user and one persona said to each other, to be found by a question. The database has the messages; what
 * is here of them can be made anew, except what was forgotten. Facts stand nowhere else.
 */
export class PersonaMemory extends DurableObject<Env> {
  private readonly db = openDatabase(this.env.DB, () => configOf(this.env).ENCRYPTION_KEY);
  /** Whose it is: every call says so. */
  private userId = 0;
  private readonly cells = openCells(
    () => this.db.vault,
    () => this.userId,
  );
  private readonly store = openStore(this.ctx.storage, this.cells);
  private readonly facts = openFacts(this.ctx.storage, this.cells);
  private readonly index = openIndex();
  private queue: Promise<unknown> = Promise.resolve();
  private isLoaded = false;
  private isAsked = false;
  private checkedAt = 0;

  /** Has everything in memory before somebody speaks. */
  async warm(owner: Owner): Promise<void> {
    await this.open(owner, (learner) => this.checkNow(learner, owner));
  }

  /** Learns what a turn said; what it lacks before that it reads in the database. Whether it could. */
  async learn(owner: Owner, lesson: Lesson): Promise<boolean> {
    const isHeard = await this.open(
      owner,
      (learner) => learn(learner, lesson) || this.tryCheck(learner, owner),
    );
    // Who has asked once asks again, and then waits for less.
    if (this.isAsked) this.ctx.waitUntil(scheduler.wait(0).then(() => void this.index.view()));
    return isHeard;
  }

  /** Reads what has changed in the conversations. Whether it could. */
  async follow(owner: Owner): Promise<boolean> {
    return this.open(owner, (learner) => this.tryCheck(learner, owner));
  }

  /** What is likely to answer a question, as much as fits, of what it knows. */
  async recall(owner: Owner, request: RecallRequest): Promise<RecallAnswer> {
    this.isAsked = true;
    return this.open(owner, async (learner) => {
      await this.checkNow(learner, owner);
      return answer(learner, request);
    });
  }

  /** The same, of all that was said until now. */
  async search(owner: Owner, request: RecallRequest): Promise<RecallAnswer> {
    return this.openChecked(owner, (learner) => answer(learner, request));
  }

  /** These messages never come back. */
  async forgetMessages(owner: Owner, ids: number[]): Promise<void> {
    await this.open(owner, (learner) => {
      learner.store.bury(ids);
      drop(learner, ids);
    });
  }

  /** Unless whoever had them forgotten takes that back. */
  async restoreMessages(owner: Owner, conversation: number, ids: number[]): Promise<true> {
    return this.open(owner, async (learner) => {
      learner.store.exhume(ids);
      const rows = await retried(async () => conversationsWith(learner.db, owner.userId, owner.personaId));
      for (const row of rows) if (row.id === conversation) await catchUp(learner, row, { whole: true });
      return true as const;
    });
  }

  /** Nothing that was said in them comes back. */
  async forgetConversations(owner: Owner, gone: Gone[]): Promise<void> {
    await this.open(owner, (learner) => {
      for (const { id, nonce } of gone) forgetConversation(learner, id, nonce);
    });
  }

  /** A conversation is somebody else's from now on. */
  async leaveConversation(owner: Owner, conversation: number): Promise<true> {
    return this.open(owner, (learner) => {
      leaveConversation(learner, conversation);
      return true as const;
    });
  }

  /** Everything that was said until then is forgotten: the messages stay where they are. Milliseconds. */
  async forgetBefore(owner: Owner, at: number): Promise<void> {
    await this.open(owner, ({ store, facts }) => {
      store.forgetBefore(at);
      facts.clear();
      this.reload();
    });
  }

  /** Makes everything anew from the database, except what was forgotten. */
  async rebuild(owner: Owner): Promise<void> {
    await this.open(owner, async (learner) => {
      learner.store.restart();
      learner.index.clear();
      await this.check(learner, owner);
    });
  }

  /** Writes what is kept in the form that `ENCRYPTION_KEY` asks for. */
  async reseal({ userId }: Owner): Promise<{ rewritten: number; locked: number; damaged: number }> {
    return this.serially(async () => {
      this.userId = userId;
      return resealAll(this.ctx.storage, this.cells);
    });
  }

  /** The persona or its user is gone: nothing is left, not even what was forgotten. */
  async wipe(): Promise<void> {
    await this.serially(async () => {
      await this.ctx.storage.deleteAll();
      this.index.clear();
      this.isLoaded = false;
      this.checkedAt = 0;
    });
  }

  /** What is known of the user; with what no longer holds, where that is wanted. */
  async listFacts(owner: Owner, past: boolean): Promise<Fact[]> {
    return this.openChecked(owner, ({ facts }) => facts.list({ past }));
  }

  /** The same, without a look at the database. */
  async knownFacts(owner: Owner, past: boolean): Promise<Fact[]> {
    return this.serially(async () => {
      this.openTables(owner);
      return this.facts.list({ past });
    });
  }

  /** Null where there are too many already. */
  async tellFact(
    owner: Owner,
    { kind, text, pinned }: Pick<Fact, "kind" | "text" | "pinned">,
  ): Promise<Fact | null> {
    return this.open(owner, ({ facts }) => facts.tell(kind, text, pinned, Date.now()));
  }

  async changeFact(owner: Owner, id: number, changes: FactChanges): Promise<Fact | null> {
    return this.open(owner, ({ facts }) => facts.change(id, changes, Date.now()) ?? null);
  }

  /** Forgets a fact: the same words never make it again. False where there is none. */
  async forgetFact(owner: Owner, id: number): Promise<boolean> {
    return this.open(owner, ({ facts }) => facts.refuse(id));
  }

  /** One call after the other, with what is stored in memory. */
  private open<T>(owner: Owner, step: (learner: Learner) => T | Promise<T>): Promise<T> {
    const { db, store, facts, index } = this;
    return this.serially(async () => {
      this.openTables(owner);
      if (!this.isLoaded) this.reload();
      const learner = { userId: owner.userId, db, store, facts, index };
      const result = await step(learner);
      keepNewest(learner);
      return result;
    });
  }

  /** The same, once the database was asked for what is missing. */
  private openChecked<T>(owner: Owner, step: (learner: Learner) => T): Promise<T> {
    return this.open(owner, async (learner) => {
      await this.check(learner, owner);
      return step(learner);
    });
  }

  /** Reads what the database has and this lacks; what is gone there goes here. */
  private async check(learner: Learner, { userId, personaId }: Owner): Promise<void> {
    const rows = await retried(async () => conversationsWith(learner.db, userId, personaId));
    const there = new Set(rows.map(({ id }) => id));
    for (const { conversation, revision } of learner.store.synced())
      if (!there.has(conversation) && revision < FORGOTTEN) leaveConversation(learner, conversation);
    let [horizon, size] = [horizonOf(learner), learner.index.size];
    for (const row of rows) {
      await catchUp(learner, row, { horizon });
      if (learner.index.size === size) continue;
      keepNewest(learner);
      [horizon, size] = [horizonOf(learner), learner.index.size];
    }
    this.checkedAt = Date.now();
  }

  /** Checks where that is due. A database that does not answer changes nothing of what is known. */
  private async checkNow(learner: Learner, owner: Owner): Promise<void> {
    if (Date.now() - this.checkedAt > CHECKED_FOR_MS) await this.tryCheck(learner, owner);
  }

  private tryCheck(learner: Learner, owner: Owner): Promise<boolean> {
    return this.check(learner, owner).then(
      () => true,
      (error: unknown) => {
        console.error(JSON.stringify({ event: "memory_behind", ...describeCauses(error) }));
        return false;
      },
    );
  }

  private openTables({ userId }: Owner): void {
    this.userId = userId;
    if (this.isLoaded) return;
    this.store.open();
    this.facts.open();
  }

  /** The index of what is stored. */
  private reload(): void {
    this.isLoaded = true;
    this.index.clear();
    for (const said of this.store.all()) this.index.add(said);
  }

  /** Lets one change finish before the next begins. */
  private serially<T>(step: () => Promise<T>): Promise<T> {
    const result = this.queue.then(step);
    this.queue = result.catch(() => {});
    return result;
  }
}
