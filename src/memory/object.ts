import { DurableObject } from "cloudflare:workers";

import { withTimeout } from "../async";
import { openDatabase, retried } from "../db/client";
import { conversationsWith } from "../db/memory";
import { messagesThrough } from "../db/messages";
import { configOf, type Env } from "../env";
import { describeCauses } from "../errors";
import type { RecallAnswer, RecallRequest } from "./answer";
import { openCells } from "./cells";
import { embedderOf, type Vector } from "./embeddings";
import type { Fact, FactChanges } from "./facts/store";
import type { Lesson, Original } from "./learn";
import { openMemory, type Gone, type Memory } from "./memory";
import type { Owner } from "./owner";
import { readAll, readingModel, reportUnread } from "./reading/reader";
import { resealAll } from "./reseal";

export type { Gone } from "./memory";
export type { Owner } from "./owner";

/** How long the memory believes that it knows of all conversations. Milliseconds. */
const CHECKED_FOR_MS = 10 * 60_000;
/** How long a question may take to be embedded: a turn waits 150 ms for all of it. Milliseconds. */
const EMBED_QUESTION_MS = 120;
const EMBED_MS = 20_000;
/** So many texts are embedded with one call, and so many calls follow one turn. */
const EMBEDDED_AT_ONCE = 64;
const EMBED_BATCHES = 20;

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
  private readonly memory = openMemory(this.ctx.storage, this.cells, () => this.embedder?.name ?? null);
  private isEmbedding = false;

  private get embedder() {
    return embedderOf(configOf(this.env), this.env.AI);
  }
  private queue: Promise<unknown> = Promise.resolve();
  private checkedAt = 0;

  /** Has everything in memory before somebody speaks. */
  async warm(owner: Owner): Promise<void> {
    await this.open(owner, () => this.checkNow(owner));
  }

  /** Learns what a turn said; what it lacks before that it reads in the database. Whether it could. */
  async learn(owner: Owner, lesson: Lesson): Promise<boolean> {
    const isLearnt = await this.open(owner, (memory) => memory.learn(lesson) || this.tryCheck(owner));
    this.ctx.waitUntil(this.embedNew(owner));
    if (readingModel(configOf(this.env))) this.ctx.waitUntil(this.expectReading(owner, lesson));
    return isLearnt;
  }

  /** Has a model read what is due: what it does lives on where an object does not. */
  override async alarm(): Promise<void> {
    const owner = this.memory.unread.owner();
    if (!owner) return;
    const open = this.open.bind(this);
    const desk = { env: this.env, db: this.db, open, follow: (whose: Owner) => this.follow(whose) };
    const next = await readAll(desk, owner).catch(reportUnread);
    if (next !== null) await this.wakeBy(next);
  }

  private async expectReading(owner: Owner, { conversation, messages }: Lesson): Promise<void> {
    const due = await this.open(owner, ({ unread }) => {
      unread.begin(owner, messages[0]?.at ?? Date.now());
      return unread.dueAt(conversation);
    });
    if (due !== null) await this.wakeBy(due);
  }

  /** An alarm that rings too early costs less than one that is set with every turn. */
  private async wakeBy(at: number): Promise<void> {
    const set = await this.ctx.storage.getAlarm();
    if (set === null || set > at) await this.ctx.storage.setAlarm(Math.max(at, Date.now()));
  }

  /** Reads what has changed in the conversations. Whether it could. */
  async follow(owner: Owner): Promise<boolean> {
    return this.open(owner, () => this.tryCheck(owner));
  }

  /** What is likely to answer a question, as much as fits, of what it knows. */
  async recall(owner: Owner, request: RecallRequest): Promise<RecallAnswer> {
    const asked = this.meaningOf(request.question);
    return this.open(owner, async (memory) => {
      await this.checkNow(owner);
      return memory.answer(request, await asked);
    });
  }

  /** The same, of all that was said until now. */
  async search(owner: Owner, request: RecallRequest): Promise<RecallAnswer> {
    const asked = await this.meaningOf(request.question);
    return this.openChecked(owner, (memory) => memory.answer(request, asked));
  }

  /** These messages never come back. */
  async forgetMessages(owner: Owner, ids: number[]): Promise<void> {
    await this.open(owner, (memory) => memory.forgetMessages(ids));
  }

  /** Unless whoever had them forgotten takes that back. */
  async restoreMessages(owner: Owner, conversation: number, ids: number[]): Promise<true> {
    return this.open(owner, async (memory) => {
      await memory.restoreMessages(this.original(owner), conversation, ids);
      return true as const;
    });
  }

  /** Nothing that was said in them comes back. */
  async forgetConversations(owner: Owner, gone: Gone[]): Promise<void> {
    await this.open(owner, (memory) => memory.forgetConversations(gone));
  }

  /** A conversation is somebody else's from now on. */
  async leaveConversation(owner: Owner, conversation: number): Promise<true> {
    return this.open(owner, (memory) => {
      memory.leaveConversation(conversation);
      return true as const;
    });
  }

  /** Everything that was said until then is forgotten: the messages stay where they are. Milliseconds. */
  async forgetBefore(owner: Owner, at: number): Promise<void> {
    await this.open(owner, (memory) => memory.forgetBefore(at));
  }

  /** Makes everything anew from the database, except what was forgotten. */
  async rebuild(owner: Owner): Promise<void> {
    await this.open(owner, (memory) => memory.rebuild(this.original(owner)));
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
      this.checkedAt = 0;
      await this.ctx.storage.deleteAlarm();
      await this.ctx.storage.deleteAll();
      this.memory.close();
    });
  }

  /** What is known of the user; with what no longer holds, where that is wanted. */
  async listFacts(owner: Owner, past: boolean): Promise<Fact[]> {
    return this.openChecked(owner, (memory) => memory.listFacts(past));
  }

  /** The same, without a look at the database. */
  async knownFacts(owner: Owner, past: boolean): Promise<Fact[]> {
    return this.open(owner, (memory) => memory.listFacts(past));
  }

  /** Null where there are too many already. */
  async tellFact(
    owner: Owner,
    { kind, text, pinned }: Pick<Fact, "kind" | "text" | "pinned">,
  ): Promise<Fact | null> {
    return this.open(owner, (memory) =>
      memory.changeFacts((facts) => facts.tell(kind, text, pinned, Date.now())),
    );
  }

  async changeFact(owner: Owner, id: number, changes: FactChanges): Promise<Fact | null> {
    return this.open(owner, (memory) =>
      memory.changeFacts((facts) => facts.change(id, changes, Date.now()) ?? null),
    );
  }

  /** Forgets a fact: the same words never make it again. False where there is none. */
  async forgetFact(owner: Owner, id: number): Promise<boolean> {
    return this.open(owner, (memory) => memory.changeFacts((facts) => facts.refuse(id)));
  }

  /** One call after the other, with what is stored in memory; what has failed is read again. */
  private open<T>(owner: Owner, step: (memory: Memory) => T | Promise<T>): Promise<T> {
    return this.serially(async () => {
      this.userId = owner.userId;
      this.memory.open();
      const result = await step(this.memory);
      this.memory.settle();
      return result;
    });
  }

  /** What a question means, where something is known to mean anything and the answer comes in time: else words have to do. */
  private async meaningOf(question: string): Promise<Vector | undefined> {
    const { embedder, memory } = this;
    if (!embedder || !memory.hasVectors) return undefined;
    const asked = embedder.embed([question], AbortSignal.timeout(EMBED_QUESTION_MS)).catch(() => []);
    return (await withTimeout(asked, EMBED_QUESTION_MS))?.[0];
  }

  /** Has embedded what is new, while nobody waits; what fails is embedded after the next turn. */
  private async embedNew(owner: Owner): Promise<void> {
    const { embedder } = this;
    if (!embedder || this.isEmbedding) return;
    this.isEmbedding = true;
    try {
      for (let batch = 0; batch < EMBED_BATCHES; batch++) {
        const said = await this.open(owner, (memory) => memory.unembedded(EMBEDDED_AT_ONCE));
        if (said.length === 0) return;
        const texts = said.map(({ body }) => body);
        const meanings = await embedder.embed(texts, AbortSignal.timeout(EMBED_MS));
        await this.open(owner, (memory) => memory.embed(said, meanings));
      }
    } catch (error) {
      console.error(JSON.stringify({ event: "unembedded", ...describeCauses(error) }));
    } finally {
      this.isEmbedding = false;
    }
  }

  /** The same, once the database was asked for what is missing. */
  private openChecked<T>(owner: Owner, step: (memory: Memory) => T): Promise<T> {
    return this.open(owner, async (memory) => {
      await this.check(owner);
      return step(memory);
    });
  }

  private async check(owner: Owner): Promise<void> {
    await this.memory.check(this.original(owner));
    this.checkedAt = Date.now();
  }

  /** Checks where that is due. A database that does not answer changes nothing of what is known. */
  private async checkNow(owner: Owner): Promise<void> {
    if (Date.now() - this.checkedAt > CHECKED_FOR_MS) await this.tryCheck(owner);
  }

  private tryCheck(owner: Owner): Promise<boolean> {
    return this.check(owner).then(
      () => true,
      (error: unknown) => {
        console.error(JSON.stringify({ event: "memory_behind", ...describeCauses(error) }));
        return false;
      },
    );
  }

  private original({ userId, personaId }: Owner): Original {
    const { db } = this;
    return {
      conversations: () => retried(async () => conversationsWith(db, userId, personaId)),
      branch: (id, leaf, count) => retried(async () => messagesThrough(db, { id, userId }, leaf, { count })),
    };
  }

  /** Lets one change finish before the next begins. */
  private serially<T>(step: () => Promise<T>): Promise<T> {
    const result = this.queue.then(step);
    this.queue = result.catch(() => {});
    return result;
  }
}
