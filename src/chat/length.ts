import { AppError } from "../errors";

/**
 * Holds what a user says to the configured length, in characters.
 * @throws AppError `validation_failed`
 */
export function assertLength(content: string, maximum: number, path = "body.content"): void {
  if ([...content].length <= maximum) return;
  const message = `must have at most ${maximum} characters`;
  throw new AppError("validation_failed", {
    detail: `${path}: ${message}`,
    errors: [{ path, message }],
  });
}
