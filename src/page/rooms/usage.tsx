import { useEffect, useState } from "preact/hooks";

import { account } from "../account";
import { duration, percent, usd } from "../amounts";
import { Choice } from "../parts/choice";
import { FailureNotice } from "../parts/failure-notice";
import { Icon } from "../parts/icon";
import { useRead } from "../parts/use-read";
import { storage } from "../preferences";
import { personaOf } from "../store";
import { strings } from "../strings/all";
import { count } from "../time";
import type { UsageReport } from "../types";
import { Allowance } from "../usage/allowance";
import { Bars } from "../usage/bars";
import { ByDay } from "../usage/by-day";
import { costOf, MEASURES, type Measure } from "../usage/measure";
import { HERE, ZoneChoice } from "../usage/zone";

type Range = "7" | "30" | "90" | "365";

/** What was used: by day, by model and by persona; and what is left. */
export function Usage() {
  const { usage, room } = strings.value;
  const [days, setDays] = useState<Range>("30");
  const [timezone, setTimezone] = useState(storage.get("zone") ?? HERE);
  useEffect(() => {
    document.title = usage.title;
  }, [usage]);
  const choose = (zone: string) => {
    storage.set("zone", zone === HERE ? null : zone);
    setTimezone(zone);
  };
  return (
    <div class="page usage">
      <a class="tool back" href="/" aria-label={room.back}>
        <Icon name="back" />
      </a>
      <h1>{usage.title}</h1>
      <p class="lead">{usage.lead}</p>
      <Allowance />
      <div class="asked">
        <Choice<Range> label={usage.days} options={usage.ranges} chosen={days} onChoose={setDays} />
        <ZoneChoice chosen={timezone} onChoose={choose} />
      </div>
      <Reports days={Number(days)} timezone={timezone} />
    </div>
  );
}

function Reports({ days, timezone }: { days: number; timezone: string }) {
  const [measure, setMeasure] = useState<Measure>("tokens");
  const { usage } = strings.value;
  const { value, failure, again } = useRead(async () => {
    const ask = (by: "day" | "model" | "persona") => account.usage({ days, timezone, by });
    const [day, model, persona] = await Promise.all([ask("day"), ask("model"), ask("persona")]);
    return { day, model, persona };
  }, [days, timezone]);
  if (failure) return <FailureNotice failure={failure} onAgain={again} />;
  if (!value) return <p class="waiting">{strings.value.loading}</p>;
  const nameOf = (key: string) => personaOf(Number(key))?.name ?? usage.gonePersona;
  return (
    <>
      <Totals total={value.day.total} />
      {value.day.total.calls === 0 ? (
        <p class="card">{usage.none}</p>
      ) : (
        <>
          <Choice<Measure>
            label={usage.measure}
            options={{ tokens: usage.tokens, cost: usage.cost, calls: usage.replies }}
            chosen={measure}
            onChoose={setMeasure}
          />
          <ByDay report={value.day} measure={measure} />
          <div class="pair">
            <Bars title={usage.byModel} groups={value.model.groups} measure={measure} nameOf={(key) => key} />
            <Bars
              title={usage.byPersona}
              groups={value.persona.groups}
              measure={measure}
              nameOf={nameOf}
              hued
            />
          </div>
        </>
      )}
    </>
  );
}

function Totals({ total }: { total: UsageReport["total"] }) {
  const { usage } = strings.value;
  const { calls, errors, prompt_tokens, cached_tokens, first_token_ms, unpriced_calls, estimated_calls } =
    total;
  return (
    <>
      <dl class="totals">
        <Total
          name={usage.tokens}
          note={cached_tokens > 0 ? usage.cachedShare(percent(cached_tokens / prompt_tokens)) : ""}
        >
          {MEASURES.tokens.write(total.total_tokens)}
        </Total>
        <Total name={usage.cost}>{costOf(total, { usd, ...usage })}</Total>
        <Total name={usage.replies} note={errors > 0 ? usage.failed(count(errors)) : ""}>
          {count(calls)}
        </Total>
        <Total name={usage.firstWord}>{first_token_ms ? duration(first_token_ms.p50) : usage.unknown}</Total>
      </dl>
      {unpriced_calls > 0 && <p class="hint">{usage.unpriced(unpriced_calls)}</p>}
      {estimated_calls > 0 && <p class="hint">{usage.estimatedCalls(estimated_calls)}</p>}
    </>
  );
}

const Total = ({ name, note = "", children }: { name: string; note?: string; children: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <strong>{children}</strong>
      {note && <small>{note}</small>}
    </dd>
  </div>
);
