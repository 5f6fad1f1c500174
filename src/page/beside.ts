import { signal } from "@preact/signals";

import type { Message } from "./types";

/** What is open beside the room: the inside of a reply, or what a persona remembers, by its id. */
type Beside = { reply: Message } | { memory: number };
export const beside = signal<Beside | null>(null);

const replyId = (): number | undefined =>
  beside.value && "reply" in beside.value ? beside.value.reply.id : undefined;
export const isInspected = ({ id }: Message): boolean => replyId() === id;

/** Opens the inspector on a reply, or closes it where it is open on that one. */
export const inspect = (reply: Message): void => {
  beside.value = isInspected(reply) ? null : { reply };
};

/** Where the focus was when it was opened. */
let opener: Element | null = null;

export function openMemory(personaId: number): void {
  opener = document.activeElement;
  beside.value = { memory: personaId };
}

/** Closes it, and gives the focus back to what opened it. */
export function closeBeside(): void {
  const id = replyId();
  beside.value = null;
  const back = id === undefined ? opener : document.querySelector(`#m${id} [data-inspect]`);
  if (back instanceof HTMLElement) back.focus();
}
