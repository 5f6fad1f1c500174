import { withTimeout } from "../async";
import type { Answer } from "../wire/dialect";
import { AI_GENERATED } from "../wire/safety";
import type { RunningTurn } from "./run";

/** How long an answer waits for the first word: till then a failure is an HTTP status, which clients understand best. Milliseconds. */
const FIRST_WORD_MS = 15_000;
/** How long after it an answer in JSON may begin that is not known yet, and how often that shows a sign of life. Milliseconds. */
const SIGN_MS = 1_000;
/** JSON may begin with white space. */
const SIGN = "\n";

type Headers = Record<string, string>;

/** An answer that nobody on the way holds back. */
const unbuffered = (body: ReadableStream, type: string, headers: Headers): Response =>
  new Response(body, {
    headers: {
      "Content-Type": type,
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
      ...AI_GENERATED,
      ...headers,
    },
  });

/** A stream of events as an answer. */
export const eventStream = (body: ReadableStream, headers: Headers = {}): Response =>
  unbuffered(body, "text/event-stream", headers);

/** Whether a turn has said anything. */
export const hasWord = ({ log }: RunningTurn): boolean =>
  log.events.some(({ type }) => type === "text" || type === "tool_calls");

/** Waits for a turn's first word, or its end, but not for ever. */
export async function firstWord(running: RunningTurn): Promise<void> {
  const said = async () => {
    while (!hasWord(running) && !running.log.last()) await running.log.changed();
  };
  await withTimeout(said(), FIRST_WORD_MS);
}

/** What an answer in JSON is to be, where that is known in time; undefined where it has to begin before. */
export async function inTime<T>(running: RunningTurn, told: Promise<T>): Promise<T | undefined> {
  await Promise.race([told, firstWord(running)]);
  return withTimeout(told, SIGN_MS);
}

const encoder = new TextEncoder();

/**
 * An answer in JSON that begins before it is known: white space until it is. So nobody on the way takes the connection for dead,
 * and who hangs up is noticed also where the runtime tells of nobody who only waits. Where it cannot say that it has failed, the
 * connection breaks off: no client takes that for an answer.
 */
export function lateJson(told: Promise<Answer>, onLeave = () => {}, headers: Headers = {}): Response {
  const whole = told.then(lateBody, () => null);
  const body = new ReadableStream({
    async pull(controller) {
      const json = await withTimeout(whole, SIGN_MS);
      if (json === null) return controller.error(new Error("An answer that had begun has failed."));
      controller.enqueue(encoder.encode(json ?? SIGN));
      if (json !== undefined) controller.close();
    },
    cancel: onLeave,
  });
  // Compressed, as the local runtime would have it, signs of life wait for each other.
  return unbuffered(body, "application/json", { "Content-Encoding": "identity", ...headers });
}

/** What is told, or null where only a status could tell it. */
function lateBody({ status, body, late }: Answer): string | null {
  const told = status < 400 ? body : late;
  return told ? JSON.stringify(told) : null;
}
