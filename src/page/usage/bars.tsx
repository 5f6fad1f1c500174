import { usd } from "../amounts";
import { hued } from "../parts/avatar";
import { strings } from "../strings/all";
import type { UsageReport } from "../types";
import { costOf, MEASURES, type Measure } from "./measure";

type Props = {
  title: string;
  groups: UsageReport["groups"];
  measure: Measure;
  nameOf: (key: string) => string;
  /** The keys are personas, each with its light. */
  hued?: boolean;
};

/** Who has used how much, the most first. */
export function Bars({ title, groups, measure, nameOf, hued: isHued = false }: Props) {
  const { of, write } = MEASURES[measure];
  const ranked = groups.toSorted((a, b) => of(b) - of(a));
  const most = Math.max(...ranked.map(of), Number.MIN_VALUE);
  const amount = (group: UsageReport["groups"][number]) =>
    measure === "cost" ? costOf(group, { usd, ...strings.value.usage }) : write(of(group));
  return (
    <section class="card">
      <h2>{title}</h2>
      <ul class="bars">
        {ranked.map((group) => (
          <li key={group.key} {...(isHued && hued(Number(group.key)))}>
            <span>{nameOf(group.key)}</span>
            <span>{amount(group)}</span>
            <span class="bar" aria-hidden="true">
              <i style={{ width: `${(100 * of(group)) / most}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
