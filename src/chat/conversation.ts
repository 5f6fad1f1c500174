import type { Conversation, UsageEvent } from "../db/schema";
import { DurableObject } from "cloudflare:workers";

import { withTimeout } from "../async";
import { batchAs, openDatabase, retried, toAppError } from "../db/client";
import { conversationById, deleteConversation, ownConversation } from "../db/conversations";
import { messagePlace, removeMessage } from "../db/messages";
import { configOf, type ConversationMethods, type Env } from "../env";
import { AppError, describeCauses, toErrorBody } from "../errors";
import { forgetMessages } from "../memory/client";
import { openAgenda } from "./agenda";
import { begin, prepare, preview, turnRunning } from "./begin";
import type { Call, Command, LatestExchange } from "./commands";
import { openFollower, replyIdOf } from "./follow";
import { openTurns, type Owners } from "./owners";
import { stopTurn } from "./run";
import { meet, recover, settleRest, writeOff } from "./settle";
import { openState } from "./state";
import { planRemoval } from "./tree";
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
      return await this.dispatch(call, command);
    } catch (error) {
      return refusal(toAppError(error), call);
    }
  }

  private async dispatch(call: Call, command: Command): Promise<Response> {
    switch (command.type) {
      case "send":
      case "regenerate": {
        const { replyId, isNew } = await this.serially(() => begin(this.owners, call, command));
        // A new turn has nothing that anyone could have seen.
        const delivery = isNew ? { ...command.delivery, after: 0 } : command.delivery;
        return this.readers.answer(call, replyId, delivery);
      }
      case "preview":
        return Response.json(await preview(this.owners, call, command));
      case "events":
        await this.authorise(call);
        return this.readers.events(call, replyIdOf(call, command.turnId), command);
      case "current":
        await this.authorise(call);
        return this.readers.current(call);
      case "stop":
        await this.authorise(call);
        return this.readers.stop(call, replyIdOf(call, command.turnId));
      case "remove":
        return this.serially(() => this.remove(call, command.messageId));
      case "delete":
        return this.serially(() => this.delete(call));
    }
  }

  /** Shows that objects answer. Touches no storage, so that an object made only to be asked this leaves nothing behind. */
  ping(): true {
    return true;
  }

  /** What the last turn began with is no longer true: the next one asks first. */
  async invalidate(): Promise<void> {
    this.owners.state.invalidate();
  }

  /** Stops the reply that is being written, if one is. A turn that is about to begin is let begin first. */
  async halt(): Promise<void> {
    this.owners.state.invalidate();
    await this.serially(async () => {
      if (this.owners.turns.current) stopTurn(this.owners.turns.current);
    });
  }

  /** Brings to the ledger what it did not take. */
  async owe(calls: UsageEvent[]): Promise<void> {
    this.owners.store.owe(calls);
    this.owners.agenda.watch();
  }

  /** The newest exchange that the history may lack: the one that is being written, or the last that was settled here. */
  async latest(call: Call): Promise<LatestExchange | null> {
    this.owners.background(this.prepare(call));
    await this.recover();
    const { current, latest } = this.owners.turns;
    if (!current) return latest && { nonce: latest.nonce, said: latest.said, reply: latest.reply };
    const { turn, log } = current;
    return { nonce: turn.nonce, said: turn.said, reply: { ...turn.reply, content: log.text() } };
  }

  /** Somebody is about to speak here. What fails now is for the turn to meet again. */
  async prepare(call: Call): Promise<void> {
    await this.serially(() => prepare(this.owners, call)).catch(() => {});
  }

  /** Forgets everything: the conversation is gone from the database. A turn that is about to begin is let begin first. */
  async purge(): Promise<void> {
    await recover(this.owners, null);
    await this.serially(() => this.erase());
  }

  override async alarm(): Promise<void> {
    const { store, agenda, turns } = this.owners;
    agenda.forget();
    // The platform rings again only six times for an alarm that fails; ours rings until the database has everything.
    const settled = await this.recover()
      .then(() => settleRest(this.owners))
      .catch(() => false);
    if (!settled) return agenda.watch();
    const next = store.prune(Date.now(), turns.ids());
    if (next !== null) agenda.expire(next);
    else await store.clear();
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

  /** The conversation, if the caller may see it: the database is asked every time. */
  private async authorise({ caller, conversationId }: Call): Promise<Conversation> {
    const { db } = this.owners;
    const [[row]] = await retried(() => batchAs(db, caller, [conversationById(db, conversationId)]));
    return meet(this.owners, ownConversation(row, caller));
  }

  private async remove(call: Call, messageId: number): Promise<Response> {
    const { db, state, store, turns } = this.owners;
    const current = await this.authorise(call);
    if (turns.current) throw turnRunning(turns.current);
    const [target] = await retried(() => messagePlace(db, current.id, messageId));
    if (!target) throw new AppError("not_found", { detail: "Message not found" });
    await forgetMessages(this.owners.env, current, [messageId]);
    const [, , , [row]] = await retried(() => db.batch(removeMessage(db, planRemoval(current, target))));
    state.retract(row ?? null);
    turns.latest = null;
    store.dropMessage(messageId);
    return Response.json({ message: `Message ${messageId} deleted successfully` });
  }

  private async delete(call: Call): Promise<Response> {
    const { conversationId: id, caller } = call;
    await this.authorise(call);
    await retried(() => deleteConversation(this.owners.db, caller.userId, id));
    await this.erase();
    return Response.json({ message: `Conversation ${id} deleted successfully` });
  }

  private async erase(): Promise<void> {
    const { turns, state, store, agenda } = this.owners;
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

function openOwners(ctx: DurableObjectState, env: Env): Owners {
  const db = openDatabase(env.DB, () => configOf(env).ENCRYPTION_KEY);
  const agenda = openAgenda(ctx.storage);
  const store = turnStore(ctx.storage, () => agenda.forget());
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
