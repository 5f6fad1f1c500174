import { AppError, describeCauses, ERRORS, toErrorBody, type ErrorCode } from "../errors";
import type { EventLog } from "../events/log";

/** An error as this object answers it; the Worker hands it on as it is, so what caused it is logged here. */
export function refuse(error: AppError, requestId: string): Response {
  if (error.status >= 500 && error.cause !== undefined) {
    const line = {
      event: "refused",
      request_id: requestId,
      code: error.code,
      ...describeCauses(error.cause),
    };
    console.error(JSON.stringify(line));
  }
  const body = { ...toErrorBody(error), request_id: requestId };
  return Response.json(body, { status: error.status, headers: error.headers });
}

export type Outcome = { code?: ErrorCode; retry_after?: number };

/** The terminal event as a JSON answer: a failed turn is an error whose body holds what there is of the turn. */
export function outcome(body: Outcome, requestId: string): Response {
  if (!body.code) return Response.json(body);
  const headers: HeadersInit = body.retry_after ? { "Retry-After": String(body.retry_after) } : {};
  return Response.json({ ...body, request_id: requestId }, { status: ERRORS[body.code][0], headers });
}

/** The turn as it happens, from the event after number `after`. */
export const eventStream = (log: EventLog, after: number) =>
  new Response(log.read(after), {
    headers: {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
