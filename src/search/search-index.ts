import { DurableObject } from "cloudflare:workers";

import { openDatabase, retried } from "../db/client";
import { conversationToIndex } from "../db/search";
import { configOf, type Env, type SearchMethods } from "../env";
import { openIndexStore, type Found, type Search } from "./store";
import { groupsOf, staleIn, syncConversations, type Indexable } from "./sync";

/** How long a search catches up with the database before it answers with what there is. Milliseconds. */
const CATCH_UP_MS = 1500;
/** How long the alarm goes on, in stretches between which searches have their turn. Milliseconds. */
const ALARM_MS = 20_000;
const STRETCH_MS = 500;
/** After so much work everybody else has a turn: what asks a database without a break holds up a whole local server. Milliseconds. */
const TURN_MS = 50;
/** What was settled so long before its conversation's row shows it is not looked for again by a search. Milliseconds. */
const SLACK_MS = 60 * 60_000;
/** So long after something was put in, all of the index is held against the database. Milliseconds. */
const REVIEW_MS = 24 * 60 * 60_000;

/** When what is taken in was looked for, till when it is taken in, and how much of that time others have, of what it takes. */
type Stretch = { began: number; until: number; share: number };

/**
 * The index of what one user has said and was told: an object named after them. What it finds are ids, of which the database
 * says whether they are still there and whose; so it may be late, and is never wrong. Nobody tells it of turns: it catches up
 * before it answers, so that who never searches pays for no index. Where texts are sealed it keeps nothing.
 */
export class SearchIndex extends DurableObject<Env> implements SearchMethods {
  private readonly db = openDatabase(this.env.DB, () => configOf(this.env).ENCRYPTION_KEY);
  private store = openIndexStore(this.ctx.storage.sql);
  private queue: Promise<unknown> = Promise.resolve();
  /** When it last held all there was, in milliseconds since 1970; null where nobody has looked in this life. */
  private caughtUpAt: number | null = null;

  /** Reads a conversation again that it has, in which something has changed without a turn. */
  changed(userId: number, conversationId: number): Promise<void> {
    return this.serially(async () => {
      if (!this.store.conversation(conversationId) || (await this.isOff())) return;
      await this.read(userId, conversationId);
    });
  }

  /** Holds all of the index against the database, soon. */
  async review(userId: number): Promise<void> {
    this.caughtUpAt = null;
    this.wakeBy(userId, Date.now());
  }

  /** Forgets these conversations. */
  forget(conversationIds: number[]): Promise<void> {
    return this.serially(async () => {
      for (const id of conversationIds) this.store.dropConversation(id);
    });
  }

  /** Forgets all conversations with a persona. */
  forgetPersona(personaId: number): Promise<void> {
    return this.serially(async () => {
      for (const id of this.store.conversationIds(personaId)) this.store.dropConversation(id);
    });
  }

  /** Forgets everything. */
  purge(): Promise<true> {
    return this.serially<true>(async () => {
      await this.clear();
      return true;
    });
  }

  /** The ids of messages that match, the best first, and whether all there is was looked through. */
  find(userId: number, search: Search): Promise<Found & { isComplete: boolean }> {
    return this.serially(async () => {
      const isComplete = await this.catchUp(userId, CATCH_UP_MS);
      return { ...this.store.find(search), isComplete };
    });
  }

  override async alarm(): Promise<void> {
    const userId = this.ctx.storage.kv.get<number>("user");
    if (userId === undefined || (await this.isOff())) return;
    this.caughtUpAt = null;
    const began = Date.now();
    const groups = groupsOf(await this.serially(() => staleIn(this.db, this.store, userId, null)));
    const stretch = () => this.takeIn(userId, groups, { began, until: Date.now() + STRETCH_MS, share: 1 });
    while (!(await this.serially(stretch))) if (Date.now() - began > ALARM_MS) return;
  }

  /** Holds the index against the database, for about so long. Whether nothing is left; else the alarm goes on. */
  private async catchUp(userId: number, ms: number): Promise<boolean> {
    const began = Date.now();
    const since = this.caughtUpAt === null ? null : new Date(this.caughtUpAt - SLACK_MS);
    const groups = groupsOf(await staleIn(this.db, this.store, userId, since));
    return this.takeIn(userId, groups, { began, until: Date.now() + ms, share: 0 });
  }

  /**
   * Takes in what was stale when this began, as far as it comes: what is left stays in `groups`, for the alarm at the latest.
   * Whether nothing is left.
   */
  private async takeIn(userId: number, groups: Indexable[][], { began, until, share }: Stretch) {
    if (groups.length > 0) this.wakeBy(userId, began + REVIEW_MS);
    const isOver = () => Date.now() > until;
    let turn = Date.now();
    for (let [rows] = groups; rows; [rows] = groups) {
      if (isOver() || !(await syncConversations(this.db, this.store, rows, isOver))) {
        this.wakeBy(userId, Date.now() + STRETCH_MS);
        return false;
      }
      groups.shift();
      const took = Date.now() - turn;
      if (took < TURN_MS) continue;
      await scheduler.wait(took * share);
      turn = Date.now();
    }
    this.caughtUpAt = began;
    return true;
  }

  private async read(userId: number, id: number): Promise<void> {
    const [row] = await retried(async () => conversationToIndex(this.db, userId, id));
    if (row) await syncConversations(this.db, this.store, [row]);
    else this.store.dropConversation(id);
    this.wakeBy(userId, Date.now() + REVIEW_MS);
  }

  /** Whether nothing may be kept here: what was kept before texts were sealed goes. */
  private async isOff(): Promise<boolean> {
    if (this.db.vault.sealsWith === null) return false;
    await this.clear();
    return true;
  }

  private async clear(): Promise<void> {
    await this.ctx.storage.deleteAll();
    this.store = openIndexStore(this.ctx.storage.sql);
    this.caughtUpAt = null;
  }

  /** The only place that sets the alarm. */
  private wakeBy(userId: number, at: number): void {
    this.ctx.storage.kv.put("user", userId);
    void this.ctx.storage.getAlarm().then((due) => {
      if (due === null || due > at) return this.ctx.storage.setAlarm(at);
    });
  }

  /** Lets one thing end before the next begins: a storage's gates do not span awaited calls. */
  private serially<T>(step: () => Promise<T>): Promise<T> {
    const result = this.queue.then(step);
    this.queue = result.catch(() => {});
    return result;
  }
}
