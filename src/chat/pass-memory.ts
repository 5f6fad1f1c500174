import { isSameCaller, type Caller } from "../db/client";
import type { Snapshot } from "./state";

/** How many callers with their personas an isolate remembers. */
const MAX_REMEMBERED = 1000;
const seen = new Map<string, { caller: Caller; snapshot: Snapshot }>();
const nameOf = ({ userId, sessionId, apiKey }: Caller, personaId: number) =>
  `${userId} ${sessionId ?? apiKey?.hash} ${personaId}`;

/** What the caller's last pass with this persona began with. */
export function recall(caller: Caller, personaId: number): Snapshot | null {
  const found = seen.get(nameOf(caller, personaId));
  return found && isSameCaller(found.caller, caller) ? found.snapshot : null;
}

/** A larger card is read again each time, so that the memory stays small. Characters. */
const MAX_CARD = 20_000;

export function remember(caller: Caller, snapshot: Snapshot): void {
  if ((snapshot.persona.card?.length ?? 0) > MAX_CARD) return;
  if (seen.size >= MAX_REMEMBERED) seen.clear();
  seen.set(nameOf(caller, snapshot.persona.id), { caller, snapshot });
}

export const forget = (caller: Caller, personaId: number) => void seen.delete(nameOf(caller, personaId));
