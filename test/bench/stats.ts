/** The value that a share `q` of these lies below (nearest rank); NaN of none. */
export function quantile(values: number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}

export const median = (values: number[]) => quantile(values, 0.5);

export const ms = (value: number) => (Number.isNaN(value) ? "–" : value.toFixed(value < 100 ? 2 : 0));
export const times = (value: number) => `${value.toFixed(2)}×`;

/** A Markdown table. */
export const table = (head: string[], rows: (string | number)[][]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
