import { releaseAllowance } from "../db/allowances";
import { retried } from "../db/client";
import type { Conversation, Message } from "../db/schema";
import type { Config } from "../env";
import { careOf, isInDanger } from "../safety/care";
import {
  allowancesInForce,
  isLimited,
  planReservation,
  requireReserved,
  type PlannedReservation,
} from "../usage/allowances";
import type { Begin, Call } from "./commands";
import type { TurnInputs } from "./inputs";
import { busyReason, launch } from "./launch";
import type { Owners } from "./owners";
import { planTurn, type Plan } from "./plan";
import { isUnchanged } from "./revision";
import { roleOf } from "./role";
import { stopTurn, type RunningTurn } from "./run";
import { isSameCare } from "./safety";
import { settle } from "./settle";
import type { Snapshot } from "./state";
import { isFull, nextMessages } from "./tree";
import { numberOf } from "./turn";

/**
 * A turn as it begins if what was true is so still. `running` where its model was let begin, `reservation` where one is due,
 * `isHeld` while that may stand in the database.
 */
export type Forecast = {
  snapshot: Snapshot;
  state: Conversation;
  next: Conversation;
  plan: Plan;
  reservation: PlannedReservation | null;
  running: RunningTurn | null;
  isHeld: boolean;
};

/**
 * Foresees a turn by what was true when the last one here began, if that was for the same caller, and lets its model begin:
 * then asking the database costs the first token nothing. Where little is left of an allowance only the reservation is planned,
 * which goes with the question. Null where there is nothing to go by.
 */
export async function aheadOfDatabase(
  owners: Owners,
  call: Call,
  command: Begin,
  config: Config,
): Promise<Forecast | null> {
  const state = owners.state.current;
  if (command.type !== "send" || !state || !owners.state.hasWindow() || busyReason(owners, state))
    return null;
  if (!isUnchanged(command.ifMatch, state)) return null;
  if (command.once && owners.store.key(command.once.key)) return null;
  const known = owners.state.takeSnapshot(call.caller);
  return known && foresee(owners, command, known.snapshot, state, config, known.hasPlenty);
}

/**
 * Begins with what the database says before this life of the object has looked into its storage, which takes about as long
 * to open. A turn that an earlier life left behind there is found in time; a request that may have begun one is asked about,
 * and so is one for which something has to be reserved.
 */
export async function aheadOfStorage(
  owners: Owners,
  command: Begin,
  inputs: TurnInputs,
  config: Config,
): Promise<Forecast | null> {
  if (owners.turns.recovery || command.type !== "send" || command.once || isFull(inputs.conversation))
    return null;
  if (!isUnchanged(command.ifMatch, inputs.conversation)) return null;
  if (isLimited(allowancesInForce(inputs.allowances, config))) return null;
  return foresee(owners, command, inputs, inputs.conversation, config, true);
}

async function foresee(
  owners: Owners,
  command: Begin,
  snapshot: Snapshot & { branch?: Message[] | null },
  state: Conversation,
  config: Config,
  hasPlenty: boolean,
): Promise<Forecast | null> {
  const plan = await planTurn(owners, command, snapshot, state, config);
  const { care } = plan;
  if (care.refusal) return null;
  const next = owners.turns.ahead(state);
  const planned = { ...plan.call, replyId: nextMessages(next, plan.place).number };
  const allowances = allowancesInForce(snapshot.allowances, config);
  const reservation = planReservation(state.userId, allowances, planned, config);
  // Who is in danger is answered where nothing is left as well: that is for who asks to see to.
  if (reservation && isInDanger(care)) return null;
  const goesAhead = reservation === null || hasPlenty;
  const running = goesAhead
    ? await launch(owners, command, snapshot, plan, next, config, reservation !== null)
    : null;
  return { snapshot, state, next, plan, reservation, running, isHeld: reservation !== null };
}

/** Whether the database says what was assumed. */
export const matches = (
  { snapshot, state, plan: { care } }: Forecast,
  { persona, allowances, safety }: Snapshot,
  now: Conversation,
  config: Config,
): boolean =>
  isUnmoved(state, now) &&
  isAlike(snapshot.persona, persona) &&
  isAlike(snapshot.allowances, allowances) &&
  isSameCare(care, careOf(care.heard, safety, roleOf(persona), config, Date.now()));

/** Whether nothing was said or changed meanwhile: whoever only looks reads another copy of the same row. */
const isUnmoved = (before: Conversation, now: Conversation) =>
  before.nonce === now.nonce && before.revision === now.revision;

/** Whether two rows of one query are the same. Most of their values are, and need not be written out to be compared. */
export const isAlike = <Row extends object>(a: Row, b: Row) =>
  (Object.keys(a) as (keyof Row)[]).every(
    (name) => a[name] === b[name] || JSON.stringify(a[name]) === JSON.stringify(b[name]),
  );

/** Ends a turn that the database did not agree to: nobody has seen it, but its call was made and is accounted for. */
function refuse(owners: Owners, running: RunningTurn): void {
  const { turn } = running;
  // The next life of this object may give the same numbers again: the bill needs a name of its own.
  turn.billId = `${numberOf(turn)}/${crypto.randomUUID()}`;
  running.refused = true;
  stopTurn(running);
  owners.agenda.watch();
  owners.background(running.written.then(() => settle(owners, running)));
}

/** Takes back what was foreseen and did not come: its call is dropped, and what it had reserved is given back. */
export async function withdraw(owners: Owners, { running, reservation, isHeld }: Forecast): Promise<void> {
  if (running) refuse(owners, running);
  if (!reservation || !isHeld) return;
  const { replyId } = reservation.wanted;
  // Where that fails it ends by itself, see `planReservation`.
  await retried(async () => releaseAllowance(owners.db, replyId)).catch(() => {});
}

/** A turn that may begin, and whether so much is left that the next one need not be asked about first. */
export type Accepted = { running: RunningTurn; hasPlenty: boolean };

/**
 * The turn that was foreseen, which the database agrees to.
 * @throws AppError as `requireReserved`
 */
export async function confirm(
  owners: Owners,
  command: Begin,
  { snapshot, next, plan, reservation, running }: Forecast,
  { reserved }: TurnInputs,
  config: Config,
): Promise<Accepted> {
  const isReserved = reservation !== null && reserved !== null;
  const hasPlenty = !isReserved || requireReserved(reservation, reserved.made, reserved.balance);
  running ??= await launch(owners, command, snapshot, plan, next, config, isReserved);
  return { running, hasPlenty };
}
