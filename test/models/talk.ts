import { offlineReply, type Said } from "../../src/models/offline/reply";
import type { Relationship } from "../../src/db/schema";

export const ALEX = "A cheerful nurse. Loves hiking and plays the cello.";

/** What the persona answers to each of these messages, said one after the other. */
export function talk(relationType: Relationship, said: string[], description: string | null = ALEX) {
  const messages: Said[] = [];
  for (const content of said) {
    messages.push({ role: "user", content });
    const reply = offlineReply({ name: "Alex", description, relationType }, messages);
    messages.push({ role: "assistant", content: reply });
  }
  return messages.flatMap(({ role, content }) => (role === "assistant" ? [content] : []));
}

export const last = (relationType: Relationship, said: string[], description: string | null = ALEX) =>
  talk(relationType, said, description).at(-1) ?? "";

/** Signs of a template left open or a sentence whose pronouns were turned wrongly. */
export const BROKEN =
  /[{}|]|undefined|null|\b(?:your? am|i are|me am|i am you|your i|my i|you is|i is|you've you)\b| {2}|[?.!]{2}|\?\./i;
