import type { Conversation } from "../db/schema";
import { configOf, type Config } from "../env";
import { AppError, toErrorBody } from "../errors";
import { hear } from "../safety/care";
import { allowanceRefusal, allowancesInForce, isLimited, reserve } from "../usage/allowances";
import { toContext } from "../wire/context";
import type { Begin, Call, Once, Preview } from "./commands";
import { aheadOfDatabase, aheadOfStorage, confirm, matches, withdraw, type Accepted } from "./foresee";
import { grown, shortened } from "./graft";
import { loadTurnInputs, type TurnInputs } from "./inputs";
import { busyReason, launch } from "./launch";
import type { Owners } from "./owners";
import { planTurn } from "./plan";
import { allSaid, moderateBeside } from "./moderate";
import { recordedRefusal } from "./record-safety";
import { persistStart, type RunningTurn } from "./run";
import { warmMemory } from "./remember";
import { meet, settle } from "./settle";
import { assertUnchanged } from "./revision";
import { modelWithin, openingOfCare, refusalError } from "./safety";
import { nextMessages } from "./tree";
import { numberOf } from "./turn";
import type { StoredKey } from "./turn-store";

/**
 * The turn that this idempotency key has begun.
 * @throws AppError `idempotency_key_reused`
 */
function earlierTurn({ store }: Owners, once: Once | undefined): StoredKey | undefined {
  const earlier = once && store.key(once.key);
  if (earlier && earlier.fingerprint !== once.fingerprint) throw new AppError("idempotency_key_reused");
  return earlier;
}

/**
 * Begins a turn, or finds the one that this idempotency key has begun. Where it can, it lets the language model begin while
 * the database is asked; nothing is kept or told before that has agreed.
 * @throws AppError what stands in the way
 */
export async function begin(
  owners: Owners,
  call: Call,
  given: Begin,
): Promise<{ number: number; isNew: boolean }> {
  const config = configOf(owners.env);
  const command = shortened(owners, given);
  let forecast = await aheadOfDatabase(owners, call, command, config);
  try {
    const learn = owners.state.learning();
    const due = forecast?.reservation;
    const asked = loadTurnInputs(owners, call, command, config.CONTEXT_MAX_TOKENS, due);
    if (!forecast && command.type === "send") listenMeanwhile(command.content);
    const inputs = await asked;
    if (forecast) forecast.isHeld = inputs.reserved?.made !== undefined;
    checkPersona(command, inputs);
    forecast ??= await aheadOfStorage(owners, command, inputs, config);
    const state = await meet(owners, inputs.conversation);
    const earlier = earlierTurn(owners, command.once);
    if (earlier) return { number: earlier.replyId, isNew: false };
    assertUnchanged(command.ifMatch, state);
    const reason = busyReason(owners, state);
    if (reason) throw reason;
    if (forecast && !matches(forecast, inputs, state, config)) {
      const mistaken = forecast;
      forecast = null;
      await withdraw(owners, mistaken);
    }
    const { running, hasPlenty } = forecast
      ? await confirm(owners, command, forecast, inputs, config)
      : await ask(owners, call, command, inputs, await grown(owners, call, command, inputs, state), config);
    forecast = null;
    keep(owners, running, command.once, inputs, config);
    // What was found changes what the next turn begins with.
    const { persona, allowances, safety, hasOthers } = inputs;
    const snapshot = { persona, allowances, safety, hasOthers };
    if (running.turn.reply.safety === null) learn(call.caller, snapshot, hasPlenty);
    return { number: numberOf(running.turn), isNew: true };
  } finally {
    if (forecast) await withdraw(owners, forecast);
  }
}

/** What is said is listened to while the database is asked: the first time in an isolate that takes some milliseconds. */
const listenMeanwhile = (said: string): void => void scheduler.wait(0).then(() => hear(said));

/** @throws AppError `model_not_found` where the client means to talk to somebody else than the conversation is with */
function checkPersona(command: Begin, { persona }: Pick<TurnInputs, "persona">): void {
  const meant = command.asked?.personaId;
  if (meant === undefined || meant === persona.id) return;
  throw new AppError("model_not_found", { detail: "This conversation is with another persona." });
}

/** Sets aside what the call may use, and makes it. */
async function ask(
  owners: Owners,
  call: Call,
  command: Begin,
  inputs: TurnInputs,
  state: Conversation,
  config: Config,
): Promise<Accepted> {
  const planned = await planTurn(owners, command, inputs, state, config);
  const { refusal } = planned.care;
  if (refusal) throw await recordedRefusal(owners, call, planned.care, refusal);
  const allowances = allowancesInForce(inputs.allowances, config);
  const next = owners.turns.ahead(state);
  const { number: replyId } = nextMessages(next, planned.place);
  const wanted = { ...planned.call, replyId };
  const setAside = () => reserve(owners.db, call.caller, allowances, wanted, config);
  const { model, hasPlenty } = await modelWithin(planned, setAside);
  const plan = { ...planned, model };
  const running = await launch(owners, command, inputs, plan, next, config, isLimited(allowances));
  return { running, hasPlenty };
}

/** From here on the turn is the conversation's, and settled when the model has said its last word. */
function keep(
  owners: Owners,
  running: RunningTurn,
  once: Once | undefined,
  { safety }: TurnInputs,
  config: Config,
): void {
  const { turn, log, care } = running;
  if (care) log.openWith(openingOfCare(turn, care, safety, config, Date.now()));
  persistStart(owners.store, running, once);
  owners.turns.current = running;
  running.moderated = moderateBeside(running, safety, config);
  owners.background(allSaid(running).then(() => settle(owners, running)));
  owners.agenda.watch();
}

/**
 * Reads ahead what the next turn begins with, for a caller who is about to speak: they have just made the conversation, or are
 * looking at it.
 */
export async function prepare(owners: Owners, call: Call): Promise<void> {
  const { state, turns, env } = owners;
  if (turns.current || state.isReadyFor(call.caller)) return;
  const budget = configOf(env).CONTEXT_MAX_TOKENS;
  const learn = state.learning();
  const inputs = await loadTurnInputs(owners, call, { type: "preview", content: "" }, budget);
  const { conversation, branch, persona, allowances, safety, hasOthers } = inputs;
  const row = await meet(owners, conversation);
  if (turns.current) return;
  if (row.messageSeq === 0) openStorage(owners, row);
  await state.holdWindow(row, budget, branch);
  // How much is left is for a turn to find out: many conversations may have been made ready at once.
  learn(call.caller, { persona, allowances, safety, hasOthers }, false);
  warmMemory(owners, inputs);
}

/** The first write of an object takes as long as all others of a turn together. What is written goes if nobody speaks. */
function openStorage({ store, agenda }: Owners, { nonce }: Conversation): void {
  store.saveNonce(nonce);
  agenda.watch();
}

/** The request that sending a message would make now, and whether it would be refused. Neither makes nor changes anything. */
export async function preview(owners: Owners, call: Call, command: Preview): Promise<object> {
  const config = configOf(owners.env);
  const inputs = await loadTurnInputs(owners, call, command, config.CONTEXT_MAX_TOKENS);
  const state = await meet(owners, inputs.conversation);
  const { model, prompt, call: planned, care } = await planTurn(owners, command, inputs, state, config);
  const allowances = allowancesInForce(inputs.allowances, config);
  const refusal =
    busyReason(owners, state) ??
    (care.refusal && refusalError(care.refusal)) ??
    (await allowanceRefusal(owners.db, call.caller, allowances, planned, config));
  return {
    provider: model.provider,
    request: model.body(prompt.request),
    context: toContext(prompt.report),
    refusal: refusal && toErrorBody(refusal),
  };
}
