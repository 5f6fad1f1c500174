import { isSameCaller, type Caller } from "../db/client";
import type { Snapshot } from "./state";

/** How many callers with their personas an isolate remembers. */
const MAX_REMEMBERED = 1000;
const seen = new Map<string, Seen>();

/** What a caller's last pass with a persona began with, and whether what bounds them left so much that a call need not ask first. */
type Seen = { caller: Caller; snapshot: Snapshot; hasPlenty: boolean };

const nameOf = ({ userId, sessionId, apiKey }: Caller, personaId: number) =>
  `${userId} ${sessionId ?? apiKey?.hash} ${personaId}`;

export function recall(caller: Caller, personaId: number): Seen | null {
  const found = seen.get(nameOf(caller, personaId));
  return found && isSameCaller(found.caller, caller) ? found : null;
}

/** Whether plenty is left: for one call, which finds out how it is then. Those made at the same time ask first. */
export function takePlenty(found: Seen): boolean {
  const { hasPlenty } = found;
  found.hasPlenty = false;
  return hasPlenty;
}

/** A larger card is read again each time, so that the memory stays small. Characters. */
const MAX_CARD = 20_000;

export function remember(caller: Caller, snapshot: Snapshot, hasPlenty: boolean): void {
  if ((snapshot.persona.card?.length ?? 0) > MAX_CARD) return;
  if (seen.size >= MAX_REMEMBERED) seen.clear();
  seen.set(nameOf(caller, snapshot.persona.id), { caller, snapshot, hasPlenty });
}

export const forget = (caller: Caller, personaId: number) => void seen.delete(nameOf(caller, personaId));
