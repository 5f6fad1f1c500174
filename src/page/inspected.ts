import { signal } from "@preact/signals";

import type { Message } from "./types";

/** The reply that is looked into. */
export const inspected = signal<Message | null>(null);

/** Opens the inspector on a reply, or closes it where it is open on that one. */
export const inspect = (message: Message): void => {
  inspected.value = inspected.value?.id === message.id ? null : message;
};

/** Closes it, and gives the focus back to the button that opened it. */
export function closeInspector(): void {
  const id = inspected.value?.id;
  inspected.value = null;
  document.querySelector<HTMLElement>(`#m${id} [data-inspect]`)?.focus();
}
