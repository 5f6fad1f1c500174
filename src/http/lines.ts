import type { z } from "@hono/zod-openapi";

import { AppError, type Problem } from "../errors";

/** So many faults are told of a body. */
const MAX_PROBLEMS = 20;

/**
 * The lines of a body of JSON Lines, each by this schema; empty ones are none.
 * @throws AppError `validation_failed`, which names the lines
 */
export function readLines<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  most: number,
): z.output<Schema>[] {
  const lines: z.output<Schema>[] = [];
  const problems: Problem[] = [];
  let [start, number] = [text.startsWith("\ufeff") ? 1 : 0, 0];
  while (start < text.length && problems.length < MAX_PROBLEMS) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end === -1 ? text.length : end).trim();
    start = end === -1 ? text.length : end + 1;
    number++;
    if (line === "") continue;
    if (lines.length === most)
      throw invalid([{ path: `body.${number}`, message: `must be at most ${most} lines` }]);
    const parsed = schema.safeParse(parseJson(line));
    if (parsed.success) lines.push(parsed.data);
    else problems.push(...parsed.error.issues.map(({ path, message }) => problemOf(number, path, message)));
  }
  if (problems.length > 0) throw invalid(problems.slice(0, MAX_PROBLEMS));
  if (lines.length === 0) throw invalid([{ path: "body", message: "must hold a line" }]);
  return lines;
}

const problemOf = (line: number, path: PropertyKey[], message: string): Problem => ({
  path: ["body", line, ...path.map(String)].join("."),
  message,
});

const invalid = (errors: Problem[]) => new AppError("validation_failed", { errors });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
