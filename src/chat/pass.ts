import { withTimeout } from "../async";
import { AppError } from "../errors";
import type { Terms } from "../wire/dialect";
import { dialectOf, type DialectName } from "../wire/dialects";
import { AI_GENERATED } from "../wire/safety";
import { failureOf } from "../wire/turn-stream";
import { eventStream } from "./follow";
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
