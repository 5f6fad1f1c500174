import type { ComponentChildren } from "preact";

import { account } from "../account";
import { size, usd } from "../amounts";
import { FailureNotice } from "../parts/failure-notice";
import { useRead } from "../parts/use-read";
import { strings } from "../strings/all";
import { count, until } from "../time";
import type { Allowances } from "../types";

const NAMES = ["daily_tokens", "monthly_tokens", "daily_cost_usd", "monthly_cost_usd"] as const;
const ROOMS = ["personas", "conversations", "stored_bytes"] as const;
/** From here on it is said in words that little is left. */
const NEARLY = 0.8;

/** What may be used and kept, as bars, before it hurts. */
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
        <Used key={name} name={name} amounts={value[name]} />
      ))}
      <div class="kept">
        {ROOMS.map((name) => (
          <Kept key={name} name={name} amounts={value[name]} />
        ))}
      </div>
    </section>
  );
}

type UsedProps = { name: (typeof NAMES)[number]; amounts: Allowances["daily_tokens"] };

function Used({ name, amounts: { limit, used, reserved, remaining, resets_at } }: UsedProps) {
  const { usage } = strings.value;
  const write = name.endsWith("usd") ? usd : count;
  return (
    <Bar
      name={usage.allowances[name]}
      amount={usage.ofLimit(write(used), write(limit ?? 0))}
      share={limit ? (used + reserved) / limit : 1}
    >
      {usage.left(write(remaining ?? 0), until(resets_at))} {reserved > 0 && usage.reserved(write(reserved))}
    </Bar>
  );
}

type KeptProps = { name: (typeof ROOMS)[number]; amounts: Allowances["personas"] };

function Kept({ name, amounts: { limit, used } }: KeptProps) {
  const { usage } = strings.value;
  if (limit === null) return null;
  const write = name === "stored_bytes" ? size : count;
  return (
    <Bar name={usage.rooms[name]} amount={usage.ofLimit(write(used), write(limit))} share={used / limit} />
  );
}

type BarProps = { name: string; amount: string; share: number; children?: ComponentChildren };

function Bar({ name, amount, share, children }: BarProps) {
  const { usage } = strings.value;
  const warning = share >= 1 ? usage.usedUp : share >= NEARLY ? usage.nearly : "";
  return (
    <div class={warning ? "bound near" : "bound"}>
      <p>
        <strong>{name}</strong>
        <span>{amount}</span>
      </p>
      <progress max={1} value={Math.min(1, share)} aria-label={name} />
      {(warning || children) && (
        <p class="hint">
          {warning} {children}
        </p>
      )}
    </div>
  );
}
