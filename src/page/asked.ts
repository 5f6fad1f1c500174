import { signal } from "@preact/signals";

export type Question = "rename" | "arrange" | "share" | "take" | "remove";
/** What is to be done to which conversation; of a link, the last message that it is to show. */
export type Asked = { what: Question; id: number; messageId?: number };

/** The dialog about a conversation that is open, from wherever it was asked for. */
export const asked = signal<Asked | null>(null);

export const ask = (what: Question, id: number, messageId?: number): void => {
  asked.value = { what, id, ...(messageId && { messageId }) };
};
