import { useState } from "preact/hooks";

import { strings } from "../strings";
import { announce } from "./announcer";
import { Icon } from "./icon";

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    announce(strings.value.room.copied);
    setTimeout(() => setDone(false), 1600);
  };
  return (
    <button
      type="button"
      class="tool"
      aria-label={label}
      title={label}
      onClick={() => void copy().catch(() => undefined)}
    >
      <Icon name={done ? "check" : "copy"} />
    </button>
  );
}
