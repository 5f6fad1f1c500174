import { useId } from "preact/hooks";

import { strings } from "../strings/all";

/** The time zone of this device. */
export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ZONES = [...new Set([HERE, "UTC", ...Intl.supportedValuesOf("timeZone")])];

/** Whose days are meant. */
export function ZoneChoice({ chosen, onChoose }: { chosen: string; onChoose: (zone: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{strings.value.usage.zone}</label>
      <select id={id} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </select>
    </div>
  );
}
