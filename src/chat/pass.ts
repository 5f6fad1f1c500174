import { AppError } from "../errors";
import type { EndedEvent } from "../events/events";
import type { Dialect, Terms } from "../wire/dialect";
import { dialectOf, type DialectName } from "../wire/dialects";
import { AI_GENERATED } from "../wire/safety";
import { failureOf } from "../wire/turn-stream";
import { eventStream, firstWord, hasWord, inTime, lateJson } from "./answers";
import { begin } from "./pass-begin";
import type { PassRequest } from "./pass-plan";
import type { Context } from "./pass-settle";
import { stopTurn, type RunningTurn } from "./run";

/** How the answer is wanted. */
export type PassDelivery = { dialect: DialectName; terms: Terms; stream: boolean };

/**
 * A turn that is kept nowhere but in the ledger: the persona and the client's own history, answered in the Worker. A client that
 * hangs up stops it; what came is billed all the same.
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
  const dialect = dialectOf(delivery.dialect, { ...delivery.terms, id });
  const headers: Headers = leftOut === 0 ? {} : { "X-Context-Left-Out": String(leftOut) };
  return delivery.stream ? asEvents(running, dialect, headers) : asJson(running, dialect, headers);
}

type Headers = Record<string, string>;

async function asEvents(running: RunningTurn, dialect: Dialect, headers: Headers): Promise<Response> {
  await firstWord(running);
  if (!hasWord(running)) throwFailure(running.log.last());
  return eventStream(
    running.log.read(0, dialect, () => stopTurn(running)),
    headers,
  );
}

async function asJson(running: RunningTurn, dialect: Dialect, headers: Headers): Promise<Response> {
  const { log } = running;
  const told = log.ended.then((end) => dialect.answer(end, undefined, log.events));
  const known = await inTime(running, told);
  if (!known) return lateJson(told, () => stopTurn(running), headers);
  throwFailure(log.last());
  return Response.json(known.body, { headers: { ...AI_GENERATED, ...headers } });
}

/** @throws AppError how a pass failed, if it has */
function throwFailure(end: EndedEvent | undefined): void {
  if (!end?.failure) return;
  const { retryAfter } = end.failure;
  throw new AppError(failureOf(end)?.code ?? "internal_error", {
    ...(retryAfter && { headers: { "Retry-After": String(retryAfter) } }),
  });
}
