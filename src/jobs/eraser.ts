import { DurableObject } from "cloudflare:workers";

import { openAgenda } from "../chat/agenda";
import { eraseAccount, eraseHidden, openBudget, openRun, type Run } from "../chat/erase";
import { openDatabase, retried } from "../db/client";
import { openDeletions } from "../db/deletions";
import type { Env, EraserMethods, TidyOrder } from "../env";
import { describeCauses } from "../errors";
import { tidy } from "./retention";
import { tellOperator } from "./webhooks";

/** When to try again what could not be done: an object that did not answer, a database that is away. Milliseconds. */
const RETRY_MS = 60_000;
/** How many deletions take turns. */
const DELETIONS = 50;

/** What became of a job: nothing is left, there is more to do, or it is to be tried again later. */
type Outcome = "done" | "more" | "later";
type Job = (run: Run) => Promise<Outcome>;

/**
 * The one object that erases what is deleted, goes on with the nightly work, and tells the operator's server of what safety has
 * found. What there is to do the database tells; its alarm goes on after a crash.
 */
export class Eraser extends DurableObject<Env> implements EraserMethods {
  private readonly agenda = openAgenda(this.ctx.storage);
  private readonly db = openDatabase(this.env.DB);
  /** Which job is the next. */
  private turn = 0;
  private isRunning = false;
  private isAsked = false;

  async wake(withinMs: number): Promise<void> {
    this.isAsked = true;
    if (!this.isRunning) this.agenda.soon(Date.now() + withinMs);
  }

  async tidy(order: TidyOrder): Promise<void> {
    this.ctx.storage.kv.put("tidy", order);
    await this.wake(0);
  }

  override async alarm(): Promise<void> {
    this.isRunning = true;
    this.isAsked = false;
    this.agenda.forget();
    // Rings again if this life ends before it is done.
    this.agenda.watch();
    const outcome = await this.work();
    this.isRunning = false;
    if (outcome === "more" || this.isAsked) this.agenda.expire(Date.now());
    else if (outcome === "later") this.agenda.expire(Date.now() + RETRY_MS);
    else this.agenda.rest();
  }

  /** Every job has its turn, so that a large one holds up no small one; the alarm after this one begins where this one ends. */
  private async work(): Promise<Outcome> {
    const jobs = await this.jobs().catch(toLater);
    if (jobs === "later") return jobs;
    const budget = openBudget();
    // A danger waits for no deletion.
    const outcomes: Outcome[] = [await tellOperator(openRun(this.env, this.db, budget)).catch(toLater)];
    const first = this.turn;
    for (let i = 0; i < jobs.length; i++) {
      if (budget.isSpent()) return "more";
      this.turn = (first + i) % jobs.length;
      outcomes.push(await jobs[this.turn]!(openRun(this.env, this.db, budget)).catch(toLater));
    }
    return outcomes.find((it) => it === "more") ?? outcomes.find((it) => it === "later") ?? "done";
  }

  private async jobs(): Promise<Job[]> {
    const open = await retried(() => openDeletions(this.db, DELETIONS));
    return [
      ...open.map(
        (deletion): Job =>
          async (run) =>
            outcomeOf(await eraseAccount(run, deletion)),
      ),
      async (run) => outcomeOf(await eraseHidden(run)),
      (run) => this.goOnTidying(run),
    ];
  }

  private async goOnTidying(run: Run): Promise<Outcome> {
    const { kv } = this.ctx.storage;
    const order = kv.get<TidyOrder>("tidy");
    if (!order) return "done";
    const rest = await tidy(run, order);
    if (rest) kv.put("tidy", rest);
    else kv.delete("tidy");
    return rest ? "more" : "done";
  }
}

const outcomeOf = ({ done, unreached }: { done: boolean; unreached: number }): Outcome =>
  done ? "done" : unreached > 0 ? "later" : "more";

function toLater(error: unknown): "later" {
  console.error(JSON.stringify({ event: "erase_failed", ...describeCauses(error) }));
  return "later";
}
