import { inspect, isInspected } from "../beside";
import { strings } from "../strings";
import type { Message } from "../types";
import { Icon } from "./icon";

/** Looks into a reply. */
export function InspectButton({ message }: { message: Message }) {
  const { open } = strings.value.inspector;
  return (
    <button
      type="button"
      class="tool"
      data-inspect
      aria-label={open}
      title={open}
      aria-pressed={isInspected(message)}
      onClick={() => inspect(message)}
    >
      <Icon name="eye" />
    </button>
  );
}
