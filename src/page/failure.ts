import { strings } from "./strings";
import type { ErrorBody, ErrorCode } from "./types";

/** What went wrong, in the server's own sentence; `status` is 0 where the server could not be reached. */
export class Failure extends Error {
  readonly status: number;
  readonly code: ErrorCode | "unreachable";
  readonly body: Partial<ErrorBody>;

  constructor(status: number, body: Partial<ErrorBody> = {}) {
    super(body.detail ?? strings.value.errors.unreachable);
    this.status = status;
    this.code = body.code ?? "unreachable";
    this.body = body;
  }

  /** Seconds after which the same may be tried again, where the server said so. */
  get retryAfter(): number | undefined {
    return this.body.retry_after;
  }
}

/** Whether the same request may well succeed a moment later: nothing was said against it. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Failure &&
  (error.code === "overloaded" ||
    (error.code === "unreachable" && (error.status === 0 || error.status >= 500)));

export const toFailure = (error: unknown): Failure =>
  error instanceof Failure ? error : new Failure(0, { detail: strings.value.errors.ours });

/** What an answer that is no success says; a proxy's page says nothing. */
export async function failureOf(response: Response): Promise<Failure> {
  const body = (await response.json().catch(() => ({}))) as Partial<ErrorBody>;
  const seconds = Number(response.headers.get("retry-after"));
  return new Failure(response.status, { ...(seconds > 0 && { retry_after: seconds }), ...body });
}
