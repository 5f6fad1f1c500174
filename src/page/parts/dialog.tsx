import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { toFailure, type Failure } from "../failure";
import { strings } from "../strings";
import { FailureNotice } from "./failure-notice";

type Props = { title: string; onClose: () => void; children: ComponentChildren };

/** A sheet over everything else. Escape and a press beside it close it; the focus goes back where it was. */
export function Dialog({ title, onClose, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === element.current && onClose()}
    >
      <div class="sheet">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}

type ConfirmProps = {
  title: string;
  text: string;
  /** What is pressed to have it done. */
  yes?: string;
  onYes: () => Promise<unknown>;
  onClose: () => void;
};

/** Asks before what cannot be undone. */
export function Confirm({ title, text, yes, onYes, onClose }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { confirm } = strings.value;
  const go = async () => {
    setBusy(true);
    await onYes().then(onClose, (error: unknown) => setFailure(toFailure(error)));
    setBusy(false);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      {failure && <FailureNotice failure={failure} />}
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {confirm.no}
        </button>
        <button type="button" class="button alarm" disabled={busy} onClick={() => void go()}>
          {yes ?? confirm.yes}
        </button>
      </div>
    </Dialog>
  );
}
