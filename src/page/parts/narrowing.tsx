import { useId } from "preact/hooks";

import { WIDE, type Narrowed } from "../finding";
import { personaOf, personas } from "../store";
import { strings } from "../strings/all";
import { days } from "../time";

type Props = { narrowed: Narrowed; onNarrow: (narrowed: Narrowed) => void };
type Side = "" | "user" | "assistant";

/** With whom, by which side and on which days what is looked for was said. */
export function Narrowing({ narrowed, onNarrow }: Props) {
  const { search } = strings.value;
  const set = (field: keyof Narrowed) => (value: string) => onNarrow({ ...narrowed, [field]: value });
  const people = (personas.value ?? []).map(({ id, name }) => [String(id), name] as const);
  const told = toldOf(narrowed);
  return (
    <details class="narrow">
      <summary>{told || search.narrow}</summary>
      <div class="bounds">
        <Choosing label={search.persona} value={narrowed.persona} onValue={set("persona")}>
          {[["", search.everybody], ...people]}
        </Choosing>
        <Choosing label={search.role} value={narrowed.role} onValue={set("role")}>
          {Object.entries(search.sides)}
        </Choosing>
        <Day label={search.from} value={narrowed.from} max={narrowed.to} onValue={set("from")} />
        <Day label={search.to} value={narrowed.to} min={narrowed.from} onValue={set("to")} />
      </div>
      {told && (
        <button type="button" class="link" onClick={() => onNarrow(WIDE)}>
          {search.wide}
        </button>
      )}
    </details>
  );
}

/** What it is narrowed to, in words; "" for nothing. */
function toldOf({ persona, role, from, to }: Narrowed): string {
  const { search } = strings.value;
  const name = persona && personaOf(Number(persona))?.name;
  const side = role && search.sides[role as Side];
  return [name, side, toldDays(from, to)].filter(Boolean).join(" · ");
}

function toldDays(from: string, to: string): string {
  const { search } = strings.value;
  const local = (day: string) => `${day}T00:00`;
  if (from && to) return days(local(from), local(to));
  if (from) return `${search.from} ${days(local(from))}`;
  return to && `${search.to} ${days(local(to))}`;
}

type Line = { label: string; value: string; onValue: (value: string) => void };

function Choosing({ children, label, value, onValue }: Line & { children: (readonly string[])[] }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {children.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Day({ label, value, onValue, ...bounds }: Line & { min?: string; max?: string }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...bounds}
        id={id}
        type="date"
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}
