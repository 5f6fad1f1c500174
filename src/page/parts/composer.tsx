import { useEffect, useRef, useState } from "preact/hooks";

import { draftOf, keepDraft } from "../drafts";
import { strings } from "../strings";
import { returned } from "../turn";
import { Icon } from "./icon";

type Props = {
  /** Under which the draft is kept: `c12` for a conversation, `p3` for a persona. */
  place: string;
  name: string;
  autoFocus?: boolean;
  /** A reply is being written: it can be stopped, and what is typed waits. */
  onStop?: (() => void) | undefined;
  /** The arrow up, where nothing is written. */
  onUp?: (() => void) | undefined;
  onSend: (content: string) => void;
};

const COARSE = matchMedia("(pointer: coarse)");

/** Where one writes. Enter sends, Shift-Enter begins a line; on a screen keyboard Enter begins a line. */
export function Composer({ place, name, autoFocus = false, onStop, onUp, onSend }: Props) {
  const { room } = strings.value;
  const [text, setText] = useState(() => draftOf(place));
  const field = useRef<HTMLTextAreaElement>(null);
  const write = (next: string) => {
    setText(next);
    keepDraft(place, next);
  };
  useEffect(() => {
    if (autoFocus && !COARSE.matches) field.current?.focus();
  }, []);
  useEffect(() => {
    // What was pressed to have a reply is gone with the one before.
    if (onStop && document.activeElement === document.body && !COARSE.matches) field.current?.focus();
  }, [onStop !== undefined]);
  useEffect(() => {
    // A message that was refused is not lost: it stands here again, before what was typed since.
    const back = returned.value;
    if (!back || `c${back.talk}` !== place) return;
    returned.value = null;
    setText((typed) => (typed ? `${back.text}\n${typed}` : back.text));
    field.current?.focus();
  }, [returned.value]);
  useEffect(() => {
    const area = field.current;
    if (!area || CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);
  const submit = () => {
    if (onStop || text.trim() === "") return;
    write("");
    onSend(text.trim());
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowUp" && text === "" && onUp) {
      event.preventDefault();
      onUp();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || COARSE.matches) return;
    event.preventDefault();
    submit();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        placeholder={room.writeTo(name)}
        aria-label={room.writeTo(name)}
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {onStop ? (
        <button type="button" class="send stop" aria-label={room.stop} title={room.stop} onClick={onStop}>
          <Icon name="stop" />
        </button>
      ) : (
        <button
          type="submit"
          class="send"
          aria-label={room.send}
          title={room.send}
          disabled={text.trim() === ""}
        >
          <Icon name="up" />
        </button>
      )}
    </form>
  );
}
