import { DurableObject } from "cloudflare:workers";

import { openDatabase, retried, type Database } from "../db/client";
import { conversationsWith } from "../db/memory";
import { conversationOfMessage } from "../db/messages";
import type { Env } from "../env";
import { openFacts, type Fact, type FactStore } from "./facts/store";
import type { FactKind } from "./facts/fact";
import { openIndex } from "./index";
import { catchUp, drop, forgetConversation, learn, type Learner, type Lesson } from "./learn";
import { choose } from "./recall";
import { openStore } from "./store";

/** Whose memory it is. */
export type Owner = { userId: number; personaId: number };

/** What is to be recalled for a reply, or looked for. */
export type RecallRequest = {
  owner: Owner;
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

export type RecalledMessage = { id: number; role: "user" | "assistant"; at: number; body: string };
export type RecallAnswer = {
  /** Oldest first. */
  items: RecalledMessage[];
  /** Their ids, the likeliest first. */
  ranked: number[];
  tokens: number;
};

/** More messages than this are not kept in memory: 26 MB of the 128 that an isolate has. */
export const MAX_INDEXED = 20_000;
/** How long the memory believes that it knows of all conversations. Milliseconds. */
const CHECKED_FOR_MS = 10 * 60_000;

/**
 * Everything that one user and one persona said to each other, to be found by a question. The database has the messages; what
 * is here can be made anew from them, except what was forgotten.
 */
export class PersonaMemory extends DurableObject<Env> {
  private readonly db: Database = openDatabase(this.env.DB);
  private readonly store = openStore(this.ctx.storage);
  private readonly facts: FactStore = openFacts(this.ctx.storage);
  private readonly index = openIndex();
  private readonly learner: Learner = {
    db: this.db,
    store: this.store,
    facts: this.facts,
    index: this.index,
  };
  private queue: Promise<unknown> = Promise.resolve();
  private isLoaded = false;
  private checkedAt = 0;

  ping(): true {
    return true;
  }

  /** Learns what a turn said; what it lacks before that it reads in the database. */
  async learn(owner: Owner, lesson: Lesson): Promise<void> {
    await this.serially(async () => {
      this.load();
      if (!learn(this.learner, lesson)) await this.check(owner);
      this.shrink();
    });
  }

  async recall({
    owner,
    question,
    persona,
    budget,
    ratio,
    now,
    window,
  }: RecallRequest): Promise<RecallAnswer> {
    await this.refresh(owner);
    const { docs, tokens } = choose(this.index, {
      text: question,
      persona,
      now,
      budget,
      ratio,
      isBefore: ({ id }) =>
        window === null || id < window.start || conversationOfMessage(id) !== window.conversation,
    });
    const ranked = docs.map(({ id }) => id);
    const items = this.store.texts(ranked).toSorted((a, b) => a.at - b.at || a.id - b.id);
    return { items, ranked, tokens };
  }

  /** These messages never come back. */
  async forgetMessages(ids: number[]): Promise<void> {
    this.store.bury(ids);
    drop(this.learner, ids);
  }

  async forgetConversation(conversation: number, nonce: string): Promise<void> {
    await this.serially(async () => forgetConversation(this.learner, conversation, nonce));
  }

  /** Everything that was said until then is forgotten: the messages stay where they are. Milliseconds. */
  async forgetBefore(at: number): Promise<void> {
    await this.serially(async () => {
      this.store.forgetBefore(at);
      this.facts.clear();
      this.index.clear();
      this.isLoaded = false;
    });
  }

  /** What is known of the user; with what no longer holds, where that is wanted. */
  async listFacts(owner: Owner, past: boolean): Promise<Fact[]> {
    await this.refresh(owner);
    return this.facts.list({ past });
  }

  async tellFact({ kind, text, pinned }: { kind: FactKind; text: string; pinned: boolean }): Promise<Fact> {
    return this.facts.tell(kind, text, pinned, Date.now());
  }

  async changeFact(
    id: number,
    changes: Partial<Pick<Fact, "text" | "kind" | "pinned" | "suggested">>,
  ): Promise<Fact | null> {
    return this.facts.change(id, changes, Date.now()) ?? null;
  }

  /** Forgets a fact: the same words never make it again. False where there is none. */
  async forgetFact(id: number): Promise<boolean> {
    return this.facts.refuse(id);
  }

  /** Loads what is stored, and asks the database where that was not done lately. */
  private refresh(owner: Owner): Promise<void> {
    return this.serially(async () => {
      this.load();
      if (Date.now() - this.checkedAt > CHECKED_FOR_MS) await this.check(owner);
    });
  }

  /** Reads what the database has and this lacks; what is gone there goes here. */
  private async check({ userId, personaId }: Owner): Promise<void> {
    const rows = await retried(async () => conversationsWith(this.db, userId, personaId));
    const there = new Set(rows.map(({ id }) => id));
    for (const { conversation, nonce } of this.store.synced())
      if (!there.has(conversation)) forgetConversation(this.learner, conversation, nonce);
    for (const row of rows) await catchUp(this.learner, row);
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
