import { account } from "../account";
import { inTime, usd } from "../amounts";
import { FailureNotice } from "../parts/failure-notice";
import { useRead } from "../parts/use-read";
import { strings } from "../strings";
import { count } from "../time";
import type { Allowances } from "../types";

type Name = keyof Allowances;
const NAMES: readonly Name[] = ["daily_tokens", "monthly_tokens", "daily_cost_usd", "monthly_cost_usd"];
/** From here on it is said in words that little is left. */
const NEARLY = 0.8;

/** What may be used, as bars, before it hurts. */
export function Allowance() {
  const { usage } = strings.value;
  const { value, failure, again } = useRead(account.allowances);
  if (failure) return <FailureNotice failure={failure} onAgain={again} />;
  if (!value) return null;
  const bounded = NAMES.filter((name) => value[name].limit !== null);
  return (
    <section class="card allowance">
      <h2>{usage.allowance}</h2>
      {bounded.length === 0 && <p class="hint">{usage.noAllowance}</p>}
      {bounded.map((name) => (
        <Bar key={name} name={name} amounts={value[name]} />
      ))}
    </section>
  );
}

function Bar({ name, amounts: { limit, used, reserved, remaining, resets_at } }: BarProps) {
  const { usage } = strings.value;
  const write = name.endsWith("usd") ? usd : count;
  const share = limit ? Math.min(1, (used + reserved) / limit) : 1;
  return (
    <div class={share >= NEARLY ? "bound near" : "bound"}>
      <p>
        <strong>{usage.allowances[name]}</strong>
        <span>{usage.ofLimit(write(used), write(limit ?? 0))}</span>
      </p>
      <progress max={1} value={share} aria-label={usage.allowances[name]} />
      <p class="hint">
        {share >= 1 ? `${usage.usedUp} ` : share >= NEARLY && `${usage.nearly} `}
        {usage.left(write(remaining ?? 0), inTime(resets_at))}{" "}
        {reserved > 0 && usage.reserved(write(reserved))}
      </p>
    </div>
  );
}
type BarProps = { name: Name; amounts: Allowances[Name] };
