import { accessRefusal, retried } from "../db/client";
import { releaseAllowance } from "../db/allowances";
import { NOTHING_YET } from "../db/nothing-yet";
import { passInputs } from "../db/personas";
import type { UserSafety } from "../db/safety";
import type { Config } from "../env";
import { AppError } from "../errors";
import { countMessages } from "../prompt/report";
import { careOf, isInDanger, type Care } from "../safety/care";
import {
  allowancesInForce,
  configuredBalance,
  leavesPlenty,
  passReservationId,
  planReservation,
  requireReserved,
  reservationQueries,
  setAsideFor,
  type Balance,
  type PlannedReservation,
} from "../usage/allowances";
import { isAlike } from "./foresee";
import { LEAVE_MS } from "./launch";
import { moderateBeside } from "./moderate";
import { forget, recall, remember, takePlenty } from "./pass-memory";
import { planPass, type PassRequest, type Plan } from "./pass-plan";
import { settle, type Context } from "./pass-settle";
import { recordedRefusal } from "./record-safety";
import { roleOf } from "./role";
import { runTurn, stopTurn, type RunningTurn } from "./run";
import { isSameCare, modelWithin, openingOfCare } from "./safety";
import type { Snapshot } from "./state";
import type { Turn } from "./turn";

/** A pass that runs, by its UUID, and how many of the client's messages had no room. */
type Begun = {
  id: string;
  running: RunningTurn;
  leftOut: number;
  care: Care;
  /** The database has said whether it agrees: from now on the pass may end, once what reads along has ended. */
  decide: (moderated: Promise<void>) => void;
};

/**
 * A pass as it begins if what this isolate has seen of the caller and persona is so still. `begun` where its model was let
 * begin, `reservation` where one is due, `isHeld` while that may stand in the database.
 */
type Forecast = {
  snapshot: Snapshot;
  planned: Plan;
  reservation: PlannedReservation | null;
  begun: Begun | null;
  isHeld: boolean;
};

/** What the database says that a pass begins with; of a reservation, what came of it, else how the allowances stand. */
type Inputs = { snapshot: Snapshot; made: { replyId: number } | undefined; balance: Balance | null };

/**
 * Begins a pass. Where this isolate has just seen the same caller and persona, and so much is left of what bounds them, the
 * model is asked at once and the database at the same time; nothing is told before that has agreed. Else the database is asked
 * first: once, and where little is left again, for what is to be set aside.
 * @throws AppError what stands in the way
 */
export async function begin(context: Context, request: PassRequest): Promise<Begun> {
  const { caller } = context.var;
  const forecast = await foresee(context, request);
  try {
    const inputs = await loadInputs(context, request.personaId, forecast?.reservation ?? null);
    if (forecast) forecast.isHeld &&= inputs.made !== undefined;
    const { safety } = inputs.snapshot;
    if (forecast && isStill(forecast, inputs.snapshot, request, context.var.config))
      return open(context, confirm(context, request, forecast, inputs), safety);
    if (forecast) await withdraw(context, forecast);
    return open(context, await ask(context, request, inputs), safety);
  } catch (error) {
    if (forecast) await withdraw(context, forecast);
    forget(caller, request.personaId);
    throw error;
  }
}

/** What is wrong with the request is told when the database has agreed that the caller may know. */
async function foresee(context: Context, request: PassRequest): Promise<Forecast | null> {
  const known = recall(context.var.caller, request.personaId);
  const planned = known && (await planPass(context, request, known.snapshot).catch(() => null));
  if (!planned || planned.care.refusal) return null;
  const { snapshot } = known;
  const reservation = reservationOf(context, planned, snapshot);
  // Who is in danger is answered where nothing is left as well: that is for who asks to see to.
  if (reservation && isInDanger(planned.care)) return null;
  const goesAhead = reservation === null || takePlenty(known);
  const begun = goesAhead ? launch(context, request, planned, reservation) : null;
  // Its call leaves before anything else is begun that would hold it up.
  if (begun) await scheduler.wait(LEAVE_MS);
  return { snapshot, planned, reservation, begun, isHeld: reservation !== null };
}

const reservationOf = ({ var: { caller, config } }: Context, { call }: Plan, { allowances }: Snapshot) =>
  planReservation(
    caller.userId,
    allowancesInForce(allowances, config),
    { ...call, replyId: passReservationId() },
    config,
  );

/** Whether the database says what was assumed. */
function isStill(
  { snapshot: early, planned: { care } }: Forecast,
  { persona, allowances, safety }: Snapshot,
  { app }: PassRequest,
  config: Config,
): boolean {
  const isSame = isAlike(early.persona, persona) && isAlike(early.allowances, allowances);
  return isSame && isSameCare(care, careOf(care.heard, safety, roleOf(persona, app), config, Date.now()));
}

/**
 * The pass that was foreseen, which the database agrees to.
 * @throws AppError as `requireReserved`
 */
function confirm(
  context: Context,
  request: PassRequest,
  { planned, reservation, begun }: Forecast,
  { snapshot, made, balance }: Inputs,
): Begun {
  const hasPlenty = !reservation || !balance || requireReserved(reservation, made, balance);
  remember(context.var.caller, snapshot, hasPlenty);
  return begun ?? launch(context, request, planned, reservation);
}

/** Takes back what was foreseen and did not come: its call is dropped, and what it had reserved is given back. */
async function withdraw({ var: { db } }: Context, { begun, reservation, isHeld }: Forecast): Promise<void> {
  if (begun) return refuse(begun);
  if (!reservation || !isHeld) return;
  // Where that fails it ends by itself, see `planReservation`.
  await retried(async () => releaseAllowance(db, reservation.wanted.replyId)).catch(() => {});
}

/** Plans the pass by what the database says, sets aside what it may use, and makes the call: beside that, where plenty is left. */
async function ask(context: Context, request: PassRequest, { snapshot, balance }: Inputs): Promise<Begun> {
  const { db, caller } = context.var;
  const planned = await planPass(context, request, snapshot);
  const { care } = planned;
  if (care.refusal) throw await recordedRefusal({ db }, { caller }, care, care.refusal);
  const reservation = reservationOf(context, planned, snapshot);
  const setAside = async () => reservation === null || setAsideFor(db, caller, reservation);
  const goesAhead = reservation && balance && leavesPlenty(reservation, balance, snapshot.allowances);
  const ahead = goesAhead && !isInDanger(care) ? launch(context, request, planned, reservation) : null;
  try {
    const { model, hasPlenty } = await modelWithin(planned, setAside);
    remember(caller, snapshot, hasPlenty);
    return ahead ?? launch(context, request, { ...planned, model }, reservation);
  } catch (error) {
    if (ahead) refuse(ahead);
    throw error;
  }
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
async function loadInputs(
  { var: { db, caller, config } }: Context,
  personaId: number,
  reservation: PlannedReservation | null,
): Promise<Inputs> {
  const asked = reservation ? null : configuredBalance(db, caller.userId, config);
  const [row, made, balance] = await retried(() =>
    passInputs(
      db,
      caller,
      personaId,
      reservation ? reservationQueries(db, reservation) : asked && [null, asked],
    ),
  );
  if (!row?.hasAccess) throw await accessRefusal(db, caller);
  if (!row.persona) throw new AppError("model_not_found");
  const { persona, allowances, hasOthers } = row;
  const safety = { ...row.safety, clock: row.clock };
  const snapshot = { persona, allowances, safety, hasOthers: hasOthers === 1 };
  return { snapshot, made, balance };
}

function launch(
  context: Context,
  { personaId }: PassRequest,
  { model, care, prompt, call }: Plan,
  reservation: PlannedReservation | null,
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
  context.executionCtx.waitUntil(settle(context, running, reservation?.wanted.replyId ?? null));
  return { id, running, leftOut: countMessages(prompt.report).leftOut, care, decide: decision.resolve };
}
