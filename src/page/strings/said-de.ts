import type { saidEn } from "./said-en";

/** Die Wörter für das Gesagte: finden, teilen, ordnen, holen und mitnehmen. */
export const saidDe: typeof saidEn = {
  search: {
    messages: "Nachrichten",
    nothing: (words) => `Niemand hat „${words}“ gesagt.`,
    incomplete: "Ältere Gespräche werden noch gelesen: es wird von selbst noch einmal gesucht.",
    more: "Mehr Nachrichten",
    found: (count) => (count === 1 ? "1 Nachricht gefunden" : `${count} Nachrichten gefunden`),
  },
};
