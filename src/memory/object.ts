import { DurableObject } from "cloudflare:workers";

import { openDatabase, retried } from "../db/client";
import { conversationsWith } from "../db/memory";
import { conversationOfMessage } from "../db/messages";
import { configOf, type Env } from "../env";
import { openCells } from "./cells";
import { openFacts, type Fact, type FactChanges } from "./facts/store";
import { openIndex, type Said } from "./index";
import { catchUp, drop, forgetConversation, learn, type Learner, type Lesson } from "./learn";
import { choose } from "./recall";
import { openStore } from "./store";

/** Whose memory it is. */
export type Owner = { userId: number; personaId: number };

/** What is to be recalled for a reply, or looked for. */
export type RecallRequest = {
  question: string;
  /** The persona's name: a question may name whose words it means. */
  persona: string;
  /** Tokens, corrected by `ratio`. */
  budget: number;
  ratio: number;
  now: number;
  /** Of this conversation only what was said before this message is recalled: the rest stands in the prompt. */
  window: { conversation: number; start: number } | null;
};

export type RecalledMessage = Said & { conversation: number; tokens: number };
export type RecallAnswer = {
  /** Oldest first. */
  items: RecalledMessage[];
  /** Their ids, the likeliest first. */
  ranked: number[];
  tokens: number;
};

/** What does not stand in the prompt anyway. */
const isOutside =
  (window: RecallRequest["window"]) =>
  ({ id }: { id: number }) =>
    window === null || id < window.start || conversationOfMessage(id) !== window.conversation;

function answer({ index, store }: Learner, { question, window, ...terms }: RecallRequest): RecallAnswer {
  const { docs, tokens } = choose(index, { ...terms, text: question, isBefore: isOutside(window) });
  const sizes = new Map(docs.map((doc) => [doc.id, doc.tokens]));
  const items = store.texts([...sizes.keys()]).map((said) => ({
    ...said,
    conversation: conversationOfMessage(said.id),
    tokens: sizes.get(said.id) ?? 0,
  }));
  return { items: items.toSorted((a, b) => a.at - b.at || a.id - b.id), ranked: [...sizes.keys()], tokens };
}

/** More messages than this are not kept in memory: 26 MB of the 128 that an isolate has. */
export const MAX_INDEXED = 20_000;
/** How long the memory believes that it knows of all conversations. Milliseconds. */
const CHECKED_FOR_MS = 10 * 60_000;

/**
 * Everything that one user and one persona said to each other, to be found by a question. The database has the messages; what
 * is here can be made anew from them, except what was forgotten.
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
  private checkedAt = 0;

  ping(): true {
    return true;
  }

  /** Learns what a turn said; what it lacks before that it reads in the database. */
  async learn(owner: Owner, lesson: Lesson): Promise<void> {
    await this.open(owner, async (learner) => {
      if (!learn(learner, lesson)) await this.check(learner, owner);
    });
  }

  /** What is likely to answer a question, as much as fits, of what it knows. */
  async recall(owner: Owner, request: RecallRequest): Promise<RecallAnswer> {
    return this.open(owner, async (learner) => {
      if (Date.now() - this.checkedAt > CHECKED_FOR_MS) await this.check(learner, owner);
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

  async forgetConversation(owner: Owner, conversation: number, nonce: string): Promise<void> {
    await this.open(owner, (learner) => forgetConversation(learner, conversation, nonce));
  }

  /** Everything that was said until then is forgotten: the messages stay where they are. Milliseconds. */
  async forgetBefore(owner: Owner, at: number): Promise<void> {
    await this.open(owner, ({ store, facts, index }) => {
      store.forgetBefore(at);
      facts.clear();
      index.clear();
      for (const said of store.newest(MAX_INDEXED)) index.add(said);
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

  /** What is known of the user; with what no longer holds, where that is wanted. */
  async listFacts(owner: Owner, past: boolean): Promise<Fact[]> {
    return this.openChecked(owner, ({ facts }) => facts.list({ past }));
  }

  async tellFact(
    owner: Owner,
    { kind, text, pinned }: Pick<Fact, "kind" | "text" | "pinned">,
  ): Promise<Fact> {
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
  private open<T>({ userId }: Owner, step: (learner: Learner) => T | Promise<T>): Promise<T> {
    const { db, store, facts, index } = this;
    return this.serially(async () => {
      this.userId = userId;
      this.load();
      const result = await step({ userId, db, store, facts, index });
      this.shrink();
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
    for (const { conversation, nonce } of learner.store.synced())
      if (!there.has(conversation)) forgetConversation(learner, conversation, nonce);
    for (const row of rows) await catchUp(learner, row);
    this.checkedAt = Date.now();
  }

  /** The index of what is stored: once in a life of the object. */
  private load(): void {
    if (this.isLoaded) return;
    for (const said of this.store.newest(MAX_INDEXED)) this.index.add(said);
    this.isLoaded = true;
  }

  /** The oldest leave the index where it has grown too large. */
  private shrink(): void {
    while (this.index.size > MAX_INDEXED) {
      const oldest = this.index.oldest();
      if (oldest === null) return;
      this.index.remove(oldest);
    }
  }

  /** Lets one change finish before the next begins. */
  private serially<T>(step: () => Promise<T>): Promise<T> {
    const result = this.queue.then(step);
    this.queue = result.catch(() => {});
    return result;
  }
}
