import { storage } from "./preferences";
import { userKey } from "./session";

/** What somebody has begun to write, in this conversation (`c12`) or to this persona (`p3`). */
const key = (place: string) => `draft:${userKey()}:${place}`;
export const draftOf = (place: string): string => storage.get(key(place)) ?? "";
export const keepDraft = (place: string, text: string): void => storage.set(key(place), text || null);

/** A message on its way. Kept until the server has it, so that no reload and no dead battery loses it. */
export type Sending = { key: string; content: string };
const outbox = (id: number) => `outbox:${userKey()}:${id}`;

export function unsentOf(id: number): Sending | null {
  const text = storage.get(outbox(id));
  return text ? (JSON.parse(text) as Sending) : null;
}
export const keepUnsent = (id: number, sending: Sending | null): void =>
  storage.set(outbox(id), sending && JSON.stringify(sending));

/** Names a message a person sends: the same for every try of it. */
export const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};
