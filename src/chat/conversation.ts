import type { UsageEvent } from "../db/schema";
import { DurableObject } from "cloudflare:workers";

import { withTimeout } from "../async";
import { batchAs, openDatabase, retried, toAppError } from "../db/client";
import { conversationById, conversationOwner, ownConversation } from "../db/conversations";
import { deleteConversation } from "../db/erasure";
import { configOf, type ConversationMethods, type Env } from "../env";
import { AppError, describeCauses, toErrorBody } from "../errors";
import type { Owed } from "../usage/ledger";
import { forgetInIndex } from "../search/client";
import { forgetFirst } from "../memory/client";
import { openAgenda } from "./agenda";
import { begin, prepare, preview } from "./begin";
import { authorise, change } from "./changes";
import { wakeEraser } from "./client";
import type { Call, Command, LatestExchange } from "./commands";
import { dropHalfMade } from "./fork";
import { openFollower, numberOfTurn } from "./follow";
import { openTurns, type Owners } from "./owners";
import { ownerOf } from "./remember";
import { assertUnchanged } from "./revision";
import { stopTurn, type RunningTurn } from "./run";
import { recover, settleRest, writeOff } from "./settle";
import { openState } from "./state";
import { forgetDeleted } from "./undo";
import { turnStore } from "./turn-store";

/** How long deleting waits for a running turn to be wound up. Milliseconds. */
const WIND_UP_MS = 5_000;

/**
 * One conversation's object: the one place where its replies are written and its messages are changed. It owns the call to
 * the language model, so nobody's presence matters; it keeps the turn's events in its own storage, so no crash loses them.
 */
export class LiveConversation extends DurableObject<Env> implements ConversationMethods {
  private readonly owners: Owners = openOwners(this.ctx, this.env);
  private readonly readers = openFollower(this.owners);
  private queue: Promise<unknown> = Promise.resolve();

  override async fetch(request: Request): Promise<Response> {
    const { call, command } = await request.json<{ call: Call; command: Command }>();
    try {
      return await this.dispatch(call, command, request.signal);
    } catch (error) {
      return refusal(toAppError(error), call);
    }
  }

  private async dispatch(call: Call, command: Command, signal: AbortSignal): Promise<Response> {
    switch (command.type) {
      case "send":
      case "regenerate":
      case "edit":
      case "continue":
      case "follow":
      case "walk": {
        const { number, isNew } = await this.serially(() => begin(this.owners, call, command));
        // A new turn has nothing that anyone could have seen.
        const delivery = isNew
          ? { ...command.delivery, after: 0 }
          : { ...command.delivery, stopWhenLeft: false };
        return this.readers.answer(call, number, delivery, signal);
      }
      case "preview":
        return Response.json(await preview(this.owners, call, command));
      case "events":
        await authorise(this.owners, call);
        return this.readers.events(call, numberOfTurn(call, command.turnId), command);
      case "current":
        await authorise(this.owners, call);
        return this.readers.current(call, command.reading);
      case "stop":
        await authorise(this.owners, call);
        return this.readers.stop(call, command.turnId === null ? null : numberOfTurn(call, command.turnId));
      case "select":
      case "rewrite":
      case "remove":
      case "undo":
      case "append":
      case "greet":
      case "import":
      case "fork":
        return this.serially(() => change(this.owners, call, command));
      case "delete":
        return this.serially(() => this.delete(call, command.ifMatch));
    }
  }

  /** Shows that objects answer. Touches no storage, so that an object made only to be asked this leaves nothing behind. */
  ping(): true {
    return true;
  }

  /** What the last turn began with is no longer true: the next one asks first. */
  async invalidate(): Promise<true> {
    this.owners.state.invalidate();
    return true;
  }

  /** Stops the reply that is being written, if one is. A turn that is about to begin is let begin first. */
  async halt(): Promise<true> {
    this.owners.state.invalidate();
    await this.serially(async () => {
      if (this.owners.turns.current) stopTurn(this.owners.turns.current);
    });
    return true;
  }

  /** Brings to the ledger what it did not take. */
  async owe(calls: Owed[]): Promise<void> {
    this.owners.store.owe(calls);
    this.owners.agenda.watch();
  }

  /** The ledger has these. */
  async paid(calls: UsageEvent[]): Promise<void> {
    this.owners.store.paid(calls);
  }

  /** The newest exchange that the history may lack: the one that is being written, or the last that was settled here. */
  async latest(call: Call): Promise<LatestExchange | null> {
    this.owners.background(this.prepare(call));
    await this.recover();
    const { current, latest } = this.owners.turns;
    return current ? exchangeOf(current) : latest && latest.exchange;
  }

  /** Somebody is about to speak here. What fails now is for the turn to meet again. */
  async prepare(call: Call): Promise<void> {
    await this.serially(() => prepare(this.owners, call)).catch(() => {});
  }

  /** Forgets everything: the conversation is gone from the database. A turn that is about to begin is let begin first. */
  async purge(): Promise<true> {
    await this.serially(() => this.erase());
    return true;
  }

  override async alarm(): Promise<void> {
    const { store, agenda, turns } = this.owners;
    agenda.forget();
    // The platform rings again only six times for an alarm that fails; ours rings until the database has everything.
    const next = await this.recover()
      .then(() => settleRest(this.owners))
      .then(async (settled) => {
        await forgetDeleted(this.owners);
        await this.serially(() => dropHalfMade(this.owners));
        return settled ? store.prune(Date.now(), turns.numbers()) : undefined;
      })
      .catch(() => undefined);
    if (next === undefined) return agenda.watch();
    if (next !== null) agenda.expire(next);
    else if (!(await store.clear())) agenda.watch();
  }

  /** Lets one change of the conversation finish before the next begins: a storage's gates do not span awaited calls. */
  private serially<T>(step: () => Promise<T>): Promise<T> {
    const result = this.queue.then(step);
    this.queue = result.catch(() => {});
    return result;
  }

  /** Nobody has asked the database for the conversation: it is asked if an earlier life has left anything. */
  private async recover(): Promise<void> {
    const { db, store, turns } = this.owners;
    if (turns.recovery) return turns.recovery;
    const [kept] = store.turns();
    if (!kept) return recover(this.owners, null);
    const [row] = await retried(() => conversationById(db, kept.turn.reply.conversationId));
    return recover(this.owners, row ?? null);
  }

  private async delete({ conversationId: id, caller }: Call, ifMatch: string | undefined): Promise<Response> {
    const { db, env } = this.owners;
    const [[owner]] = await retried(() => batchAs(db, caller, [conversationOwner(db, id)]));
    const own = ownConversation(owner, caller);
    assertUnchanged(ifMatch, own);
    const gone = [{ id, nonce: own.nonce }];
    await forgetFirst(env, own, (memory) => memory.forgetConversations(ownerOf(own), gone));
    const [, hidden] = await retried(() => db.batch(deleteConversation(db, caller.userId, id)));
    await this.erase();
    await forgetInIndex(env, caller.userId, [id]);
    if (hidden.length > 0) await wakeEraser(env);
    return Response.json({ message: `Conversation ${id} deleted successfully` });
  }

  private async erase(): Promise<void> {
    const { turns, state, store, agenda } = this.owners;
    // What nobody can read any more is forgotten like anything else.
    await recover(this.owners, null).catch(() => {});
    const running = turns.current;
    if (running) {
      running.controller.abort(new AppError("conversation_deleted"));
      await withTimeout(running.log.ended, WIND_UP_MS);
    }
    for (const { settling } of turns.all) await settling;
    writeOff(this.owners);
    state.forget();
    turns.latest = null;
    if (!(await store.clear())) agenda.watch();
  }
}

/** What a running turn has so far. */
function exchangeOf({ turn, log }: RunningTurn): LatestExchange {
  const { nonce, said, reply, head, notes } = turn;
  return {
    notes,
    nonce,
    revision: head.revision,
    said,
    reply: { ...reply, content: reply.content + log.text() },
  };
}

function openOwners(ctx: DurableObjectState, env: Env): Owners {
  const db = openDatabase(env.DB, () => configOf(env).ENCRYPTION_KEY);
  const agenda = openAgenda(ctx.storage);
  const store = turnStore(
    ctx.storage,
    () => db.vault,
    ctx.id.toString(),
    () => agenda.forget(),
  );
  return {
    env,
    db,
    store,
    state: openState(db, store),
    turns: openTurns(),
    agenda,
    background: (work) => ctx.waitUntil(work),
  };
}

/** An error as this object answers it. What caused it is logged here: the Worker is told no more than a client. */
function refusal(error: AppError, { requestId }: Call): Response {
  if (error.status >= 500 && error.cause !== undefined) {
    const line = { event: "refused", request_id: requestId, code: error.code };
    console.error(JSON.stringify({ ...line, ...describeCauses(error.cause) }));
  }
  return Response.json(
    { ...toErrorBody(error), request_id: requestId },
    { status: error.status, headers: error.headers },
  );
}
