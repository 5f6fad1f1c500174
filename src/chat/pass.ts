import { withTimeout } from "../async";
import { accessRefusal, retried, type Caller, type Database } from "../db/client";
import { NOTHING_YET } from "../db/nothing-yet";
import { passInputs } from "../db/personas";
import type { UserSafety } from "../db/safety";
import type { Config } from "../env";
import { AppError } from "../errors";
import { countMessages } from "../prompt/report";
import { careOf, type Care } from "../safety/care";
import { allowancesInForce, isLimited, passReservationId, reserve } from "../usage/allowances";
import type { Terms } from "../wire/dialect";
import { dialectOf, type DialectName } from "../wire/dialects";
import { AI_GENERATED } from "../wire/safety";
import { failureOf } from "../wire/turn-stream";
import { eventStream } from "./follow";
import { moderateBeside } from "./moderate";
import { forget, recall, remember } from "./pass-memory";
import { planPass, type PassRequest, type Plan } from "./pass-plan";
import { roleOf } from "./role";
import { settle, type Context } from "./pass-settle";
import { recordedRefusal } from "./record-safety";
import { runTurn, stopTurn, type RunningTurn } from "./run";
import { isSameCare, modelWithin, openingOfCare } from "./safety";
import type { Snapshot } from "./state";
import type { Turn } from "./turn";

/** How the answer is wanted. */
export type PassDelivery = { dialect: DialectName; terms: Terms; stream: boolean };

/**
 * A turn that is kept nowhere but in the ledger: the persona and the client's own history, answered in the Worker. Where this
 * isolate has just seen the same caller and persona, the model is asked at once and the database at the same time; nothing is
 * told before that has agreed. A client that hangs up stops it; what came is billed all the same.
 * @throws AppError what stands in the way, and how the model failed where it has said nothing
 */
export async function pass(
  context: Context,
  request: PassRequest,
  delivery: PassDelivery,
): Promise<Response> {
  const { id, running, leftOut } = await begin(context, request);
  const stop = () => stopTurn(running);
  const { signal } = context.req.raw;
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  const named = { ...delivery, terms: { ...delivery.terms, id } };
  return answer(running, named, leftOut === 0 ? {} : { "X-Context-Left-Out": String(leftOut) });
}

/** How long a stream waits for the first word: till then a failure is an HTTP status, which clients understand best. Milliseconds. */
const FIRST_WORD_MS = 15_000;

async function answer(
  running: RunningTurn,
  { dialect: name, terms, stream }: PassDelivery,
  headers: Record<string, string>,
): Promise<Response> {
  const { log } = running;
  const dialect = dialectOf(name, terms);
  if (stream) await withTimeout(firstWord(running), FIRST_WORD_MS);
  else await log.ended;
  const end = log.last();
  if (end?.failure && (!stream || !hasWord(running))) throw thrown(end.failure.retryAfter, failureOf(end));
  if (!end || stream)
    return eventStream(
      log.read(0, dialect, () => stopTurn(running)),
      headers,
    );
  const { body } = dialect.answer(end, undefined, log.events);
  return Response.json(body, { headers: { ...AI_GENERATED, ...headers } });
}

const thrown = (retryAfter: number | null, failure: AppError | null): AppError =>
  new AppError(failure?.code ?? "internal_error", {
    ...(retryAfter && { headers: { "Retry-After": String(retryAfter) } }),
  });

const hasWord = ({ log }: RunningTurn) =>
  log.events.some(({ type }) => type === "text" || type === "tool_calls");

async function firstWord(running: RunningTurn): Promise<void> {
  while (!hasWord(running) && !running.log.last()) await running.log.changed();
}

/** A pass that runs, by its UUID, and how many of the client's messages had no room. */
type Begun = {
  id: string;
  running: RunningTurn;
  leftOut: number;
  care: Care;
  /** The database has said whether it agrees: from now on the pass may end, once what reads along has ended. */
  decide: (moderated: Promise<void>) => void;
};

async function begin(context: Context, request: PassRequest): Promise<Begun> {
  const { caller, config, db } = context.var;
  const known = recall(caller, request.personaId);
  const early = known && !isLimited(allowancesInForce(known.allowances, config)) ? known : null;
  const speculation = early && (await speculate(context, request, early));
  try {
    const inputs = await loadInputs(db, caller, request.personaId);
    if (speculation && early && isStill(speculation, early, inputs, request, config))
      return open(context, speculation, inputs.safety);
    if (speculation) refuse(speculation);
    const planned = await planPass(context, request, inputs);
    const { care } = planned;
    if (care.refusal) throw await recordedRefusal({ db }, { caller }, care, care.refusal);
    let reservation: number | null = null;
    const { model } = await modelWithin(planned, async () => {
      reservation = await setAside(context, planned, inputs);
      return reservation === null;
    });
    const begun = launch(context, request, { ...planned, model }, reservation);
    remember(caller, inputs);
    return open(context, begun, inputs.safety);
  } catch (error) {
    if (speculation) refuse(speculation);
    forget(caller, request.personaId);
    throw error;
  }
}

/** What is wrong with the request is told when the database has agreed that the caller may know. */
async function speculate(context: Context, request: PassRequest, known: Snapshot): Promise<Begun | null> {
  try {
    const planned = await planPass(context, request, known);
    return planned.care.refusal ? null : launch(context, request, planned);
  } catch {
    return null;
  }
}

/** Whether the database says what was assumed. */
function isStill(
  { care }: Begun,
  early: Snapshot,
  { persona, allowances, safety }: Snapshot,
  { app }: PassRequest,
  config: Config,
): boolean {
  const isSame = JSON.stringify([early.persona, early.allowances]) === JSON.stringify([persona, allowances]);
  return isSame && isSameCare(care, careOf(care.heard, safety, roleOf(persona, app), config, Date.now()));
}

/** Tells what comes before the first word. What was found changes what the next pass begins with. */
function open({ var: { caller, config } }: Context, begun: Begun, safety: UserSafety): Begun {
  const { turn, log } = begun.running;
  log.openWith(openingOfCare(turn, begun.care, safety, config, Date.now()));
  begun.decide(moderateBeside(begun.running, safety, config));
  if (turn.reply.safety) forget(caller, turn.speaker.personaId);
  return begun;
}

/** Ends a call that the database did not agree to: it was made, and is accounted for. */
function refuse({ running, decide }: Begun): void {
  running.refused = true;
  stopTurn(running);
  decide(Promise.resolve());
}

/** @throws AppError `unauthenticated`, `missing_scope`, `model_not_found` */
async function loadInputs(db: Database, caller: Caller, personaId: number): Promise<Snapshot> {
  const [row] = await retried(async () => passInputs(db, caller, personaId));
  if (!row?.hasAccess) throw await accessRefusal(db, caller);
  if (!row.persona) throw new AppError("model_not_found");
  const { persona, allowances, hasOthers } = row;
  return { persona, allowances, safety: { ...row.safety, clock: row.clock }, hasOthers: hasOthers === 1 };
}

/** Reserves what the call may use where an allowance applies. Returns the reservation's id: below all that replies have. */
async function setAside({ var: { db, caller, config } }: Context, { call }: Plan, inputs: Snapshot) {
  const allowances = allowancesInForce(inputs.allowances, config);
  if (!isLimited(allowances)) return null;
  const replyId = passReservationId();
  await reserve(db, caller, allowances, { ...call, replyId }, config);
  return replyId;
}

function launch(
  context: Context,
  { personaId }: PassRequest,
  { model, care, prompt, call }: Plan,
  reservation: number | null = null,
): Begun {
  const { caller, config } = context.var;
  const [id, now] = [crypto.randomUUID(), new Date()];
  prompt.request.userId = caller.userId;
  const turn: Turn = {
    purpose: "pass",
    userId: caller.userId,
    speaker: { personaId, provider: model.provider, model: model.model },
    said: null,
    reply: {
      ...NOTHING_YET,
      id: 0,
      conversationId: 0,
      parentId: null,
      depth: 0,
      role: "assistant",
      content: "",
      status: "in_progress",
      context: prompt.report,
      createdAt: now,
    },
    head: { revision: 0, messageSeq: 0, messageCount: null, tokenRatio: 1 },
    nonce: null,
    billId: `pass/${id}`,
    reserved: reservation !== null,
    estimate: { raw: prompt.estimate, corrected: call.promptTokens },
    startedAt: now.getTime(),
    keptAt: now.getTime(),
  };
  const running = runTurn(turn, null, model, prompt, config, care);
  const decision = Promise.withResolvers<void>();
  running.moderated = decision.promise;
  context.executionCtx.waitUntil(settle(context, running, reservation));
  return { id, running, leftOut: countMessages(prompt.report).leftOut, care, decide: decision.resolve };
}
