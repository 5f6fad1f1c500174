import { inspect, isInspected } from "../beside";
import { strings } from "../strings";
import type { Message } from "../types";
import { Icon } from "./icon";

/** Looks into a reply. */
export function InspectButton({ message }: { message: Message }) {
  const { inspect: label } = strings.value.room;
  return (
    <button
      type="button"
      class="tool"
      data-inspect
      aria-label={label}
      title={label}
      aria-pressed={isInspected(message)}
      onClick={() => inspect(message)}
    >
      <Icon name="eye" />
    </button>
  );
}
