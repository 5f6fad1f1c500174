export type Line = { text: string; lang: string; class: string; note?: string };

export const readCorpus = (text: string): Line[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

/** How many lines there are of each class and language, with the first of them. */
export function countsOf(lines: Line[]): Record<string, string> {
  const groups = Map.groupBy(lines, (line) => `${line.class} ${line.lang}`);
  return Object.fromEntries([...groups].map(([name, list]) => [name, `${list.length}: ${list[0]?.text}`]));
}
