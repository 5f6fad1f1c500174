import { DurableObject } from "cloudflare:workers";

import {
  batchAs,
  databaseTrouble,
  isSameCaller,
  openDatabase,
  retried,
  toAppError,
  type Database,
} from "../db/client";
import { conversationById, deleteConversation, ownConversation } from "../db/conversations";
import {
  conversationOfMessage,
  MAX_MESSAGES,
  messageById,
  messagesThrough,
  removeMessage,
} from "../db/messages";
import type { Conversation, Message } from "../db/schema";
import { configOf, type Config, type Env } from "../env";
import { AppError, toErrorBody } from "../errors";
import { personaPrompt } from "../prompt/persona";
import { allowanceRefusal, isLimited, limitsOf, reserve, type PlannedCall } from "../usage/allowances";
import { eventStream, outcome, refuse, type Outcome } from "./answers";
import type { Upstream } from "../models/language-model";
import { earlyCalls, type Begun, type Early, type EarlyCalls, type Known } from "./early";
import { STOPPED } from "../models/generate";
import type { Command, Order } from "./client";
import { keepPromise, NO_WINDOW, openLive, writeReply, type Live } from "./live-turn";
import { MAX_READERS, openLog, type EventLog } from "../events/log";
import { chooseUpstream } from "../models/registry";
import {
  isSamePremise,
  placeAgain,
  premiseOf,
  readScene,
  type Asking,
  type Begin,
  type Place,
  type Premise,
  type Scene,
} from "./scene";
import { recordEnding } from "./settlement";
import { reportTurn, reportUnsettled } from "./telemetry";
import * as turns from "./turn";
import type { Standing, Turn } from "./turn";
import { EVENTS_KEPT_MS, turnStore, WATCH_MS, type TurnStore } from "./turn-store";
import { buildPrompt, extendWindow, type Prompt, type Window } from "../prompt/history";
import { forgetWindows, loadWindow, rememberWindow } from "./window-cache";
import { replyOfTurn, toContext, toMessage, turnId } from "./wire";
import { within } from "../async";

/** How long an event stream waits for the first word, so that a failure before it can still be a status. */
const STATUS_GRACE_MS = 2_000;
/** How long deleting waits for a running turn to be wound up. */
const WIND_UP_MS = 5_000;

/**
 * One conversation's live object: the one place where its replies are written and its messages are changed. It owns the call
 * to the upstream, so nobody's presence matters; it keeps the turn's events in its own storage, so no crash loses them.
 */
export class LiveConversation extends DurableObject<Env> {
  private readonly store: TurnStore = turnStore(this.ctx.storage);
  private readonly db: Database = openDatabase(this.env.DB);
  private readonly early: EarlyCalls = earlyCalls(this.ctx, this.env, this.db, this.store);
  private live: Live | null = null;
  /** Where the conversation stands: as good as the database's word, since nobody else changes it. */
  private standing: Standing | null = null;
  private window: Window | null = null;
  /** Whom the last turn was for and what it began with: the database's word, of then. */
  private known: Known | null = null;
  /** How often this object was told that what it knows has changed. */
  private changes = 0;
  private queue: Promise<unknown> = Promise.resolve();
  private recovery: Promise<void> | null = null;

  override async fetch(request: Request): Promise<Response> {
    const { order, command } = await request.json<{ order: Order; command: Command }>();
    try {
      await this.recover();
      return await this.obey(order, command);
    } catch (error) {
      return refuse(toAppError(error), order.requestId);
    }
  }

  private async obey(order: Order, command: Command): Promise<Response> {
    switch (command.verb) {
      case "send":
      case "regenerate": {
        const replyId = await this.serially(() => this.begin(order, command));
        return this.answer(order, replyId, command.stream);
      }
      case "preview":
        return this.preview(order, command);
      case "events":
        return this.events(order, command.turnId, command.after);
      case "current":
        return this.current(order);
      case "stop":
        return this.stop(order, command.turnId);
      case "remove":
        return this.serially(() => this.remove(order, command.messageId));
      case "delete":
        return this.serially(() => this.delete(order));
    }
  }

  /** Shows that objects answer. Touches no storage, so that an object made only to be asked this leaves nothing behind. */
  ping(): true {
    return true;
  }

  /** What the last turn began with is no longer true: the next one asks first. */
  async reconsider(): Promise<void> {
    this.changes++;
    this.known = null;
    this.early.dropHeld();
  }

  /** Forgets everything: the conversation is gone from the database. A turn that is about to begin is let begin first. */
  async forget(conversationId: number): Promise<void> {
    await this.recover();
    await this.serially(() => this.erase(conversationId));
  }

  private async erase(conversationId: number): Promise<void> {
    if (this.live) {
      this.live.controller.abort(new AppError("conversation_deleted"));
      await within(WIND_UP_MS, this.live.log.ended);
    }
    this.early.dropHeld();
    await this.early.pay();
    this.standing = this.window = this.known = null;
    await this.ctx.storage.deleteAlarm();
    // What is not yet accounted for outlives what it was for.
    const owed = this.store.owed();
    await this.ctx.storage.deleteAll();
    this.store.owe(owed);
    if (this.live || owed.length > 0) await this.ctx.storage.setAlarm(Date.now() + WATCH_MS);
    await forgetWindows(this.env.CONTEXT, conversationId).catch(() => {});
  }

  override async alarm(): Promise<void> {
    await this.recover();
    if (this.live?.ending) await this.settle(this.live);
    await this.early.pay();
    const next =
      this.live || this.store.owed().length > 0 ? Date.now() + WATCH_MS : this.store.prune(Date.now());
    if (next === null) await this.ctx.storage.deleteAll();
    else await this.ctx.storage.setAlarm(next);
  }

  /** Lets one change of the conversation finish before the next begins: a storage's gates do not span awaited calls. */
  private serially<T>(step: () => Promise<T>): Promise<T> {
    const result = this.queue.then(step);
    this.queue = result.catch(() => {});
    return result;
  }

  /** Settles the turn that an earlier life of this object left behind, with the text that had reached the disk. */
  private recover(): Promise<void> {
    return (this.recovery ??= this.settleOrphan().catch((error: unknown) => {
      this.recovery = null;
      throw error;
    }));
  }

  private async settleOrphan(): Promise<void> {
    const stored = this.store.running();
    if (!stored) return;
    const { turn, key } = stored;
    const log = openLog(this.store.events(turn.reply.id));
    log.keep(this.store.packs(turn.reply.id));
    const ending = stored.ending ?? turns.interruptedEnding(turn, log.text());
    this.live = { ...openLive(this.db, turn, NO_WINDOW, log, key), ending };
    await this.settle(this.live);
  }

  /** Follows a turn from any point, as often and from as many places as there are readers. */
  private async events(order: Order, id: string, after: number): Promise<Response> {
    await this.authorise(order);
    const replyId = ownTurn(order, id);
    if (this.live?.turn.reply.id === replyId) {
      if (this.live.log.readers >= MAX_READERS)
        throw new AppError("too_many_readers", { headers: { "Retry-After": "5" } });
      return eventStream(this.live.log, after);
    }
    if (this.store.turn(replyId)) return eventStream(openLog(this.store.events(replyId)), after);
    await this.replyOf(order, replyId);
    throw new AppError("turn_gone", { extra: { message_id: replyId, message: `/chat/messages/${replyId}` } });
  }

  private async current(order: Order): Promise<Response> {
    await this.authorise(order);
    if (!this.live) return new Response(null, { status: 204 });
    const { question, reply, startedAt } = this.live.turn;
    const id = turnId(reply.id);
    return Response.json({
      turn_id: id,
      conversation_id: order.conversationId,
      user_message_id: question.id,
      assistant_message_id: reply.id,
      started_at: new Date(startedAt).toISOString(),
      events: `/chat/conversations/${order.conversationId}/turns/${id}/events`,
    });
  }

  /** Ends a turn with the text so far. After its end it only says how it ended. */
  private async stop(order: Order, id: string): Promise<Response> {
    await this.authorise(order);
    const replyId = ownTurn(order, id);
    if (this.live?.turn.reply.id === replyId) {
      this.live.controller.abort(STOPPED);
      await this.live.log.ended;
    }
    const reply = await this.replyOf(order, replyId);
    return Response.json({ turn_id: id, status: reply.status, assistant_message: toMessage(reply) });
  }

  private async replyOf({ conversationId }: Order, replyId: number): Promise<Message> {
    const [reply] = await retried(() => messageById(this.db, conversationId, replyId));
    if (reply?.role !== "assistant") throw noSuchTurn();
    return reply;
  }

  private async remove(order: Order, messageId: number): Promise<Response> {
    const standing = this.stand(await this.authorise(order));
    if (this.live) throw turnRunning(this.live.turn);
    const [target] = await retried(() => messageById(this.db, standing.id, messageId));
    if (!target) throw new AppError("not_found", { detail: "Message not found" });
    const removal = () =>
      this.db.batch(removeMessage(this.db, standing.id, messageId, standing.revision + 1));
    const [, , , [conversation]] = await retried(removal);
    this.standing = conversation ?? null;
    this.window = null;
    this.store.forgetMessage(messageId);
    await forgetWindows(this.env.CONTEXT, standing.id).catch(() => {});
    return Response.json({ message: `Message ${messageId} deleted successfully` });
  }

  private async delete(order: Order): Promise<Response> {
    const id = order.conversationId;
    await this.authorise(order);
    await retried(() => deleteConversation(this.db, order.caller.userId, id));
    await this.erase(id);
    return Response.json({ message: `Conversation ${id} deleted successfully` });
  }

  private async authorise({ caller, conversationId }: Order): Promise<Conversation> {
    const [[row]] = await retried(() =>
      batchAs(this.db, caller, [conversationById(this.db, conversationId)]),
    );
    return ownConversation(row, caller);
  }

  /**
   * Begins a turn, or finds the one that this idempotency key has begun. Returns its reply's id. Where it can, it lets the
   * language model begin while the database is asked; nothing is kept or told before that has agreed.
   */
  private async begin(order: Order, command: Begin): Promise<number> {
    const config = configOf(this.env);
    const ahead = this.early.take(order, command) ?? (await this.goAhead(order, command, config));
    const { changes } = this;
    const scene = await readScene(this.db, order, command, config.CONTEXT_MAX_TOKENS).catch((error) => {
      if (ahead && databaseTrouble(error)) this.early.hold(ahead);
      else if (ahead) this.early.drop(ahead);
      throw error;
    });
    const standing = this.stand(scene.conversation);
    const earlier = command.once && this.store.key(command.once.key);
    const obstacle = this.obstacle(standing);
    const same = ahead !== null && standing === ahead.standing && isSamePremise(scene, ahead.premise);
    const agreed = same && !earlier && !obstacle;
    if (ahead && !agreed) this.early.drop(ahead);
    if (earlier && earlier.fingerprint !== command.once?.fingerprint) {
      throw new AppError("idempotency_key_reused");
    }
    if (earlier) return earlier.replyId;
    if (obstacle) throw obstacle;
    const { live, written } = agreed ? ahead : await this.start(order, command, scene, standing, config);
    keepPromise(this.store, live, command.once);
    this.live = live;
    this.early.dropHeld();
    this.ctx.waitUntil(written.then(() => this.settle(live)));
    void this.ctx.storage.setAlarm(Date.now() + WATCH_MS, { allowUnconfirmed: true });
    if (changes === this.changes) this.known = { caller: order.caller, premise: premiseOf(scene) };
    return live.turn.reply.id;
  }

  private async start(
    order: Order,
    command: Begin,
    scene: Scene,
    standing: Standing,
    config: Config,
  ): Promise<Begun> {
    const draft = await this.draft(scene, command, standing, config);
    const live = this.open(draft, scene, command, standing);
    const reservation = { ...draft.call, replyId: live.turn.reply.id };
    await reserve(this.db, order.caller, limitsOf(scene.allowances, config), reservation, config);
    return ask(live, draft, config);
  }

  /**
   * Begins with what was true when the last turn here began, if that was for the same caller: then asking the database costs
   * the first token nothing. Null where it is better to ask first: where there is nothing to go by, or money is counted.
   */
  private async goAhead(order: Order, command: Begin, config: Config): Promise<Early | null> {
    const { known, standing, window } = this;
    if (command.verb !== "send" || !known || !standing || !window) return null;
    if (!isSameCaller(known.caller, order.caller) || this.obstacle(standing)) return null;
    if (command.once && this.store.key(command.once.key)) return null;
    if (isLimited(limitsOf(known.premise.allowances, config))) return null;
    // Known again once the database has agreed: a call that comes to nothing is not made twice.
    this.known = null;
    const draft = await this.draft(known.premise, command, standing, config);
    const live = this.open(draft, known.premise, command, standing);
    return { ...(await ask(live, draft, config)), ...known, standing, command };
  }

  private open(
    { upstream, question, window, prompt, call }: Draft,
    { persona }: Premise,
    { verb, once }: Begin,
    standing: Standing,
  ): Live {
    const turn = turns.openTurn({
      purpose: verb === "send" ? "reply" : "regenerate",
      standing,
      personaId: persona.id,
      provider: upstream.provider,
      model: upstream.model,
      question,
      report: prompt.report,
      estimate: { raw: prompt.estimate, corrected: call.promptTokens },
    });
    return openLive(this.db, turn, window, openLog(), once?.key);
  }

  /** Why the conversation cannot take a turn now, or null. */
  private obstacle({ messageSeq }: Standing): AppError | null {
    if (this.live) return turnRunning(this.live.turn);
    return messageSeq + 2 > MAX_MESSAGES ? new AppError("conversation_full") : null;
  }

  /** What a turn would ask of which language model. Writes nothing. */
  private async draft(
    { persona, branch = [] }: Premise & Partial<Pick<Scene, "branch">>,
    command: Asking,
    standing: Standing,
    config: Config,
  ): Promise<Draft> {
    const budget = config.CONTEXT_MAX_TOKENS;
    const upstream = chooseUpstream(config, persona);
    const { question, window, source } =
      command.verb === "regenerate"
        ? placeAgain(branch, budget)
        : await this.place(command.content, standing, budget);
    const ratio = standing.tokenRatio;
    const prompt = buildPrompt(personaPrompt(persona), window, question, { ratio, budget, source });
    const call = {
      provider: upstream.provider,
      model: upstream.model,
      promptTokens: Math.ceil(prompt.estimate * ratio),
      completionTokens: config.OPENAI_MAX_TOKENS,
    };
    return { upstream, question, window, prompt, call };
  }

  /** The request that sending a message would make now, and whether it would be refused. Neither makes nor changes anything. */
  private async preview(order: Order, command: Extract<Asking, { verb: "preview" }>): Promise<Response> {
    const config = configOf(this.env);
    const scene = await readScene(this.db, order, command, config.CONTEXT_MAX_TOKENS);
    const standing = this.stand(scene.conversation);
    const { upstream, prompt, call } = await this.draft(scene, command, standing, config);
    const limits = limitsOf(scene.allowances, config);
    const refusal =
      this.obstacle(standing) ?? (await allowanceRefusal(this.db, order.caller, limits, call, config));
    return Response.json({
      provider: upstream.provider,
      request: upstream.body(prompt.request),
      context: toContext(prompt.report),
      refusal: refusal && toErrorBody(refusal),
    });
  }

  private stand(row: Conversation): Standing {
    if (!this.standing || this.standing.revision < row.revision) {
      this.standing = row;
      this.window = null;
    }
    return this.standing;
  }

  /** Puts a new message at the end of the branch in force. */
  private async place(content: string, standing: Standing, budget: number): Promise<Place> {
    const known = this.window && this.window.budget >= budget ? this.window : null;
    const { window, source } = known
      ? { window: known, source: "memory" as const }
      : await loadWindow({ cache: this.env.CONTEXT, db: this.db }, standing, budget);
    const depth = (window.entries.at(-1)?.depth ?? -1) + 1;
    return { question: { content, parentId: standing.headMessageId, depth }, window, source };
  }

  /** Writes how the turn ended; what the database cannot take now, the alarm brings to it again. */
  private settle(live: Live): Promise<void> {
    return (live.settling ??= this.bringHome(live).finally(() => {
      delete live.settling;
    }));
  }

  private async bringHome(live: Live): Promise<void> {
    const { turn, log, key, ending } = live;
    const { reply, usage } = turns.close(turn, ending!, configOf(this.env));
    this.store.save({ turn, ending: ending!, ...(key && { key }) });
    await live.published;
    let conversation: Conversation | null;
    try {
      conversation = await recordEnding(this.db, turn, reply, usage);
    } catch (error) {
      reportUnsettled(turn, error);
      return;
    }
    this.live = null;
    this.window = null;
    reportTurn(this.env, turn, reply, usage, conversation === null);
    this.store.clearRunning();
    this.store.save({ turn, settledAt: Date.now(), ...(key && { key }) });
    const owing = this.store.owed().length > 0;
    if (owing) this.ctx.waitUntil(this.early.pay());
    void this.ctx.storage.setAlarm(Date.now() + (owing ? WATCH_MS : EVENTS_KEPT_MS));
    if (!conversation) {
      log.append("turn.failed", toErrorBody(new AppError("conversation_deleted")));
      return;
    }
    this.standing = conversation;
    const { failure } = ending!;
    const last = turns.terminalEvent(conversation, turn.question, reply, failure?.retryAfter);
    this.keepWindow(live, conversation, reply);
    log.append(last.event, last.data);
  }

  /** The next turn finds its window in memory; the next life of this object finds it in the cache. */
  private keepWindow({ turn, window }: Live, { id, revision }: Conversation, reply: Message): void {
    if (window === NO_WINDOW) return;
    this.window = extendWindow(window, [turn.question, reply], turn.head.tokenRatio);
    this.ctx.waitUntil(rememberWindow(this.env.CONTEXT, id, revision, this.window));
  }

  /** A turn as JSON when it has ended, or as an event stream at once. */
  private async answer(order: Order, replyId: number, stream: boolean): Promise<Response> {
    const log = await this.logOf(order, replyId);
    if (!log) throw new AppError("turn_gone");
    if (stream) await within(STATUS_GRACE_MS, log.spoken);
    const wordless = log.terminal()?.event === "turn.failed" && log.text() === "";
    if (stream && !wordless) return eventStream(log, 0);
    const { data } = await log.ended;
    return outcome(JSON.parse(data) as Outcome, order.requestId);
  }

  /** The events of a turn: live, kept, or (`null`) forgotten. */
  private async logOf({ conversationId }: Order, replyId: number): Promise<EventLog | null> {
    if (this.live?.turn.reply.id === replyId) return this.live.log;
    if (this.store.turn(replyId)) return openLog(this.store.events(replyId));
    return this.retell(conversationId, replyId);
  }

  /** Makes the events of a long finished turn anew, from its messages. */
  private async retell(conversationId: number, replyId: number): Promise<EventLog | null> {
    const [[conversation], rows] = await retried(() =>
      this.db.batch([
        conversationById(this.db, conversationId),
        messagesThrough(this.db, conversationId, replyId, { count: 2 }),
      ]),
    );
    const [question, reply] = rows;
    if (!conversation || !reply || reply.id !== replyId || question?.id !== reply.parentId) return null;
    return openLog(turns.retold(conversation, question!, reply));
  }
}

const noSuchTurn = () => new AppError("not_found", { detail: "Turn not found" });

/** The reply's id of a turn of this conversation. */
function ownTurn({ conversationId }: Order, id: string): number {
  const replyId = replyOfTurn(id);
  if (replyId === null || conversationOfMessage(replyId) !== conversationId) throw noSuchTurn();
  return replyId;
}

type Draft = Pick<Place, "question" | "window"> & {
  upstream: Upstream;
  prompt: Prompt;
  call: Omit<PlannedCall, "replyId">;
};

/** Lets the language model begin, and the call leave before anything else is begun that would hold it up. */
async function ask(live: Live, { upstream, prompt }: Draft, config: Config): Promise<Begun> {
  const written = writeReply(live, upstream, prompt, config);
  await scheduler.wait(0);
  return { live, written };
}

const turnRunning = ({ reply }: Turn) =>
  new AppError("turn_running", { extra: { turn_id: turnId(reply.id) }, headers: { "Retry-After": "2" } });
