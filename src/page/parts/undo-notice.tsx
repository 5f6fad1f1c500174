import { useEffect, useRef } from "preact/hooks";

import { strings } from "../strings";
import { Icon } from "./icon";

type Props = { text: string; onUndo: () => void; onClose: () => void };

/** Says what is gone, and gives it back. */
export function UndoNotice({ text, onUndo, onClose }: Props) {
  const { room, errors } = strings.value;
  const button = useRef<HTMLButtonElement>(null);
  // What was pressed may be gone as well: then the focus goes to what gives it back.
  useEffect(() => void (document.activeElement === document.body && button.current?.focus()), []);
  return (
    <div class="notice" role="status">
      <p>{text}</p>
      <button type="button" class="link" ref={button} onClick={onUndo}>
        {room.undo}
      </button>
      <button type="button" class="tool" aria-label={errors.close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  );
}
