import type { ComponentChildren } from "preact";

type Props = { words: string; onClose: () => void; children?: ComponentChildren };

/** The end of a dialog that has nothing left to ask: what else can be done there, and the button that closes it. */
export const Closing = ({ words, onClose, children }: Props) => (
  <div class="actions">
    {children}
    <button type="button" class="button strong" onClick={onClose}>
      {words}
    </button>
  </div>
);
