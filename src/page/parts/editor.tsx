import { useEffect, useRef, useState } from "preact/hooks";

import { toFailure, type Failure } from "../failure";
import { strings } from "../strings";
import { FailureNotice } from "./failure-notice";

type Props = {
  text: string;
  action: string;
  onSave: (text: string) => Promise<void> | void;
  onClose: () => void;
};

/** A message being said otherwise, in its place. What was there stays beside it. */
export function Editor({ text, action, onSave, onClose }: Props) {
  const { persona, room } = strings.value;
  const [draft, setDraft] = useState(text);
  const [failure, setFailure] = useState<Failure | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, []);
  const save = async (event: Event) => {
    event.preventDefault();
    if (draft.trim() === "" || draft.trim() === text) return onClose();
    try {
      await onSave(draft.trim());
      onClose();
    } catch (error) {
      setFailure(toFailure(error));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  return (
    <form class="editor" onSubmit={(event) => void save(event)} onKeyDown={onKeyDown}>
      <textarea
        ref={field}
        aria-label={room.otherWords}
        value={draft}
        onInput={(event) => setDraft(event.currentTarget.value)}
      />
      {failure && <FailureNotice failure={failure} />}
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {persona.cancel}
        </button>
        <button type="submit" class="button strong">
          {action}
        </button>
      </div>
    </form>
  );
}
