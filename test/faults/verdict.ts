import { expect, type TestContext } from "vitest";

declare module "vitest" {
  interface TaskMeta {
    faults?: { tried: number; lost: number; duplicated: number };
  }
}

/** What was found missing, or there too often, in one try. */
export type Verdict = ReturnType<typeof openVerdict>;

/** @param trial names the try in a failure's message */
export function openVerdict(trial: string) {
  const [lost, duplicated]: [string[], string[]] = [[], []];
  return {
    lost,
    duplicated,
    /** Something must be there so many times. */
    count(what: string, got: number, want = 1) {
      if (got < want) lost.push(`${trial}: ${got} instead of ${want} ${what}`);
      if (got > want) duplicated.push(`${trial}: ${got} instead of ${want} ${what}`);
    },
    /** A text must be this one. */
    text(what: string, got: string, want: string) {
      if (got === want) return;
      const where = got.length > want.length ? duplicated : lost;
      where.push(`${trial}: ${what} is ${abridged(got)} instead of ${abridged(want)}`);
    },
    /** Something must hold, or it counts as lost. */
    must(what: string, holds: boolean, got?: unknown) {
      if (!holds) lost.push(`${trial}: not ${what}${got === undefined ? "" : ` (${JSON.stringify(got)})`}`);
    },
  };
}

const abridged = (text: string) =>
  JSON.stringify(text.length > 90 ? `${text.slice(0, 40)}…${text.slice(-40)} (${text.length})` : text);

/** Puts a case's tries into the table, and fails if anything was lost or duplicated in any of them. */
export function judge({ task }: TestContext, verdicts: Verdict[]) {
  const bad = (kind: "lost" | "duplicated") => verdicts.filter((verdict) => verdict[kind].length > 0).length;
  task.meta.faults = { tried: verdicts.length, lost: bad("lost"), duplicated: bad("duplicated") };
  expect(verdicts.flatMap(({ lost, duplicated }) => [...lost, ...duplicated])).toEqual([]);
}

/** What a crash may lose of a reply: the last second before it, and what a busy machine adds to that. Milliseconds. */
export const SAFE_MS = 1250;
