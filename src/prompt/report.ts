import type { ContextReport, Runs, SectionReport } from "../db/schema";

/** Consecutive ids as one run each. */
export function toRuns(ids: number[]): Runs {
  const runs: Runs = [];
  for (const id of ids) {
    const last = runs.at(-1);
    if (last && last[1] === id - 1) last[1] = id;
    else runs.push([id, id]);
  }
  return runs;
}

/** The ids of which runs are made. */
export const idsOf = (runs: Runs): number[] =>
  runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));

export const countIds = (runs: Runs) => runs.reduce((count, [first, last]) => count + last - first + 1, 0);

const sum = (sections: SectionReport[], of: (section: SectionReport) => number) =>
  sections.reduce((total, section) => total + of(section), 0);

/** The tokens of all sections of this name, or of all sections. */
export const tokensIn = ({ sections }: ContextReport, name?: string) =>
  sum(sections, (section) => (name === undefined || section.name === name ? section.tokens : 0));

/** How many messages of the history were in, and how many were left out. */
export function countMessages({ sections }: ContextReport) {
  const histories = sections.filter(({ name }) => name !== "memory");
  return {
    included: sum(histories, ({ ids = [] }) => countIds(ids)),
    leftOut: sum(histories, ({ leftOut = [] }) => leftOut.reduce((total, part) => total + part.count, 0)),
  };
}
