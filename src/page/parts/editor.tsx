import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { draftOf, keepDraft } from "../drafts";
import { strings } from "../strings";
import type { Talk } from "../talk";
import type { Message } from "../types";

/** False: it was not taken, which is told elsewhere. */
type Action = { label: string; onSave: (text: string) => Promise<boolean> | boolean };
type Props = {
  talk: Talk;
  message: Message;
  /** The last one is the usual one. */
  actions: Action[];
  enterSends?: boolean;
  onClose: () => void;
};

/** A message being said otherwise, in its place. What was there stays beside it; what is typed is a draft until it is taken. */
export function Editor({ talk, message, actions, enterSends = false, onClose }: Props) {
  const { persona, editor } = strings.value;
  const place = `m${message.id}`;
  const [text, setText] = useState(() => draftOf(place) || message.content);
  const field = useRef<HTMLTextAreaElement>(null);
  // At once, so that whoever pressed the arrow up can type on.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, []);
  const write = (next: string) => {
    setText(next);
    keepDraft(place, next === message.content ? "" : next);
  };
  const leave = () => {
    keepDraft(place, "");
    onClose();
    // The button that opened this is there again when the message is.
    setTimeout(() => document.querySelector<HTMLElement>(`#${place} [data-edit]`)?.focus());
  };
  const save = async ({ onSave }: Action) => {
    if (text.trim() === "" || text.trim() === message.content) return leave();
    if (await onSave(text.trim())) onClose();
  };
  const usual = actions.at(-1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      leave();
    }
    const sends = event.key === "Enter" && !event.isComposing && !event.shiftKey;
    if (!usual || !sends || !(enterSends || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void save(usual);
  };
  return (
    <form
      class="editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (usual) void save(usual);
      }}
    >
      <textarea
        ref={field}
        aria-label={editor.label}
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="actions">
        <button type="button" class="button" onClick={leave}>
          {persona.cancel}
        </button>
        {actions.map((action) => (
          <button
            key={action.label}
            type={action === usual ? "submit" : "button"}
            class={action === usual ? "button strong" : "button"}
            disabled={talk.running.value !== null}
            onClick={action === usual ? undefined : () => void save(action)}
          >
            {action.label}
          </button>
        ))}
      </div>
    </form>
  );
}
