import type { Conversation, Message } from "../db/schema";
import { configOf, type Config } from "../env";
import { AppError, toErrorBody } from "../errors";
import { allowanceRefusal, allowancesInForce, isLimited, reserve } from "../usage/allowances";
import { toContext } from "../wire/context";
import { turnId } from "../wire/rows";
import type { Begin, Call, Once, Preview } from "./commands";
import { loadTurnInputs, type TurnInputs } from "./inputs";
import type { Owners } from "./owners";
import { planTurn, type Plan } from "./plan";
import { persistStart, runTurn, stopTurn, type RunningTurn } from "./run";
import { meet, settle } from "./settle";
import type { Snapshot } from "./state";
import { isFull, nextMessages } from "./tree";
import { openTurn } from "./turn";
import type { StoredKey } from "./turn-store";

/** Why the conversation cannot take a turn now, or null. */
function busyReason({ turns }: Owners, state: Conversation): AppError | null {
  if (turns.current) return turnRunning(turns.current);
  return isFull(turns.ahead(state)) ? new AppError("conversation_full") : null;
}

export const turnRunning = ({ turn }: RunningTurn) =>
  new AppError("turn_running", {
    extra: { turn_id: turnId(turn.reply.id) },
    headers: { "Retry-After": "2" },
  });

/**
 * The turn that this idempotency key has begun.
 * @throws AppError `idempotency_key_reused`
 */
function earlierTurn({ store }: Owners, once: Once | undefined): StoredKey | undefined {
  const earlier = once && store.key(once.key);
  if (earlier && earlier.fingerprint !== once.fingerprint) throw new AppError("idempotency_key_reused");
  return earlier;
}

/** Opens the turn and lets the model begin; its call leaves before anything else is begun that would hold it up. */
async function launch(
  { turns }: Owners,
  command: Begin,
  { persona }: Snapshot,
  { model, place, window, prompt, call }: Plan,
  state: Conversation,
  config: Config,
  reserved = false,
): Promise<RunningTurn> {
  const turn = openTurn({
    purpose: command.type === "send" ? "reply" : "regenerate",
    state,
    place,
    speaker: { personaId: persona.id, provider: model.provider, model: model.model },
    reserved,
    report: prompt.report,
    estimate: { raw: prompt.estimate, corrected: call.promptTokens },
  });
  const running = runTurn(turn, window, model, prompt, config);
  turns.add(running);
  await scheduler.wait(0);
  return running;
}

/** A turn that begins with what is not certain yet. */
type Speculation = { running: RunningTurn; snapshot: Snapshot; state: Conversation };

/**
 * Begins with what was true when the last turn here began, if that was for the same caller: then asking the database costs
 * the first token nothing. Null where it is better to ask first: where there is nothing to go by, or money is counted.
 */
async function aheadOfDatabase(
  owners: Owners,
  call: Call,
  command: Begin,
  config: Config,
): Promise<Speculation | null> {
  const state = owners.state.current;
  if (command.type !== "send" || !state || !owners.state.hasWindow() || busyReason(owners, state))
    return null;
  if (command.once && owners.store.key(command.once.key)) return null;
  const snapshot = owners.state.takeSnapshot(call.caller);
  return snapshot && speculate(owners, command, snapshot, state, config);
}

/**
 * Begins with what the database says before this life of the object has looked into its storage, which takes about as long
 * to open. A turn that an earlier life left behind there is found in time; a request that may have begun one is asked about.
 */
async function aheadOfStorage(
  owners: Owners,
  command: Begin,
  inputs: TurnInputs,
  config: Config,
): Promise<Speculation | null> {
  if (owners.turns.recovery || command.type !== "send" || command.once || isFull(inputs.conversation))
    return null;
  return speculate(owners, command, inputs, inputs.conversation, config);
}

async function speculate(
  owners: Owners,
  command: Begin,
  snapshot: Snapshot & { branch?: Message[] | null },
  state: Conversation,
  config: Config,
): Promise<Speculation | null> {
  if (isLimited(allowancesInForce(snapshot.allowances, config))) return null;
  const planned = await planTurn(owners, command, snapshot, state, config);
  const running = await launch(owners, command, snapshot, planned, owners.turns.ahead(state), config);
  return { running, snapshot, state };
}

/** Whether the database says what was assumed. */
const matches = ({ snapshot, state }: Speculation, { persona, allowances }: Snapshot, now: Conversation) =>
  state === now && isAlike(snapshot.persona, persona) && isAlike(snapshot.allowances, allowances);

/** Whether two rows of one query are the same. Most of their values are, and need not be written out to be compared. */
const isAlike = <Row extends object>(a: Row, b: Row) =>
  (Object.keys(a) as (keyof Row)[]).every(
    (name) => a[name] === b[name] || JSON.stringify(a[name]) === JSON.stringify(b[name]),
  );

/** Ends a turn that the database did not agree to: nobody has seen it, but its call was made and is accounted for. */
function refuse(owners: Owners, running: RunningTurn): void {
  const { turn } = running;
  // The next life of this object may give the same numbers again: the bill needs a name of its own.
  turn.billId = `${turn.reply.id}/${crypto.randomUUID()}`;
  running.refused = true;
  stopTurn(running);
  owners.agenda.watch();
  owners.background(running.written.then(() => settle(owners, running)));
}

/**
 * Begins a turn, or finds the one that this idempotency key has begun. Where it can, it lets the language model begin while
 * the database is asked; nothing is kept or told before that has agreed.
 * @throws AppError what stands in the way
 */
export async function begin(
  owners: Owners,
  call: Call,
  command: Begin,
): Promise<{ replyId: number; isNew: boolean }> {
  const config = configOf(owners.env);
  let speculation = await aheadOfDatabase(owners, call, command, config);
  let accepted: RunningTurn | null = null;
  try {
    const learn = owners.state.learning();
    const inputs = await loadTurnInputs(owners, call, command, config.CONTEXT_MAX_TOKENS);
    speculation ??= await aheadOfStorage(owners, command, inputs, config);
    const state = await meet(owners, inputs.conversation);
    const earlier = earlierTurn(owners, command.once);
    if (earlier) return { replyId: earlier.replyId, isNew: false };
    const reason = busyReason(owners, state);
    if (reason) throw reason;
    const agreed = speculation && matches(speculation, inputs, state) ? speculation.running : null;
    accepted = agreed ?? (await ask(owners, call, command, inputs, state, config));
    keep(owners, accepted, command.once);
    learn(call.caller, { persona: inputs.persona, allowances: inputs.allowances });
    return { replyId: accepted.turn.reply.id, isNew: true };
  } finally {
    if (speculation && speculation.running !== accepted) refuse(owners, speculation.running);
  }
}

/** Sets aside what the call may use, and makes it. */
async function ask(
  owners: Owners,
  call: Call,
  command: Begin,
  inputs: TurnInputs,
  state: Conversation,
  config: Config,
): Promise<RunningTurn> {
  const planned = await planTurn(owners, command, inputs, state, config);
  const allowances = allowancesInForce(inputs.allowances, config);
  const next = owners.turns.ahead(state);
  const replyId = nextMessages(next, planned.place).reply.id;
  await reserve(owners.db, call.caller, allowances, { ...planned.call, replyId }, config);
  return launch(owners, command, inputs, planned, next, config, isLimited(allowances));
}

/** From here on the turn is the conversation's, and settled when the model has said its last word. */
function keep(owners: Owners, running: RunningTurn, once: Once | undefined): void {
  persistStart(owners.store, running, once);
  owners.turns.current = running;
  owners.background(running.written.then(() => settle(owners, running)));
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
  const { conversation, persona, allowances, branch } = await loadTurnInputs(
    owners,
    call,
    { type: "preview", content: "" },
    budget,
  );
  const row = await meet(owners, conversation);
  if (turns.current) return;
  if (row.messageSeq === 0) openStorage(owners, row);
  await state.holdWindow(row, budget, branch);
  learn(call.caller, { persona, allowances });
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
  const { model, prompt, call: planned } = await planTurn(owners, command, inputs, state, config);
  const allowances = allowancesInForce(inputs.allowances, config);
  const refusal =
    busyReason(owners, state) ??
    (await allowanceRefusal(owners.db, call.caller, allowances, planned, config));
  return {
    provider: model.provider,
    request: model.body(prompt.request),
    context: toContext(prompt.report),
    refusal: refusal && toErrorBody(refusal),
  };
}
