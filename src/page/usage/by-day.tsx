import { dayOf, usd } from "../amounts";
import { strings } from "../strings/all";
import { count } from "../time";
import type { UsageReport } from "../types";
import { Chart } from "./chart";
import { costOf, MEASURES, type Measure, type Sum } from "./measure";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Every day of the report, the idle ones too. */
function daysOf({ from, to, groups }: UsageReport): { day: string; sum: Sum | undefined }[] {
  const sums = new Map(groups.map((group) => [group.key, group]));
  const days = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    days.push({ day, sum: sums.get(day) });
  }
  return days;
}

/** The days as bars, and as a table for whoever would rather read. */
export function ByDay({ report, measure }: { report: UsageReport; measure: Measure }) {
  const { usage } = strings.value;
  const { of, write, brief } = MEASURES[measure];
  const days = daysOf(report);
  const name = { tokens: usage.tokens, cost: usage.cost, calls: usage.replies }[measure];
  return (
    <section class="card">
      <h2>{usage.byDay}</h2>
      <Chart
        label={usage.chart(name, dayOf(report.from), dayOf(report.to))}
        labels={days.map(({ day }) => dayOf(day))}
        values={days.map(({ sum }) => (sum ? of(sum) : 0))}
        write={write}
        brief={brief}
      />
      <details>
        <summary>{usage.table}</summary>
        <Table days={days.filter(({ sum }) => sum)} />
      </details>
    </section>
  );
}

function Table({ days }: { days: ReturnType<typeof daysOf> }) {
  const { usage } = strings.value;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{usage.day}</th>
          <th scope="col">{usage.tokens}</th>
          <th scope="col">{usage.cost}</th>
          <th scope="col">{usage.replies}</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, sum }) => (
          <tr key={day}>
            <th scope="row">{dayOf(day)}</th>
            <td>{count(sum?.total_tokens ?? 0)}</td>
            <td>{sum && costOf(sum, { usd, ...usage })}</td>
            <td>{count(sum?.calls ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
