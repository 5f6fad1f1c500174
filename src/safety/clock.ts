/** A session begins after so long without a turn (`SAFETY.md`, Disclosure). */
export const SESSION_GAP_MS = 30 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** A user's use, as the ledger keeps it. Milliseconds since 1970, and of use on the day (UTC) of the last turn. */
export type Clock = { lastTurnAt: number | null; sessionStartedAt: number | null; dayUseMs: number };

/** When the session began that a turn now belongs to: one that goes on, or a new one. */
export const sessionStart = (clock: Clock | null, now: number): number =>
  goesOn(clock, now) ? (clock.sessionStartedAt ?? now) : now;

const goesOn = (clock: Clock | null, now: number): clock is Clock =>
  clock !== null && clock.lastTurnAt !== null && now - clock.lastTurnAt < SESSION_GAP_MS;

/** Whether something was shown in this session: what was shown in the one before lies a gap behind it. */
export const isInSession = (at: Date | null, start: number): at is Date =>
  at !== null && at.getTime() > start - SESSION_GAP_MS;

/** Milliseconds of use of today (UTC), the time since the last turn included where the session goes on. */
function useOfDay(clock: Clock, now: number): number {
  const last = clock.lastTurnAt ?? 0;
  const before = Math.floor(last / DAY_MS) === Math.floor(now / DAY_MS) ? clock.dayUseMs : 0;
  return before + (goesOn(clock, now) ? Math.max(0, now - last) : 0);
}

/** Which notice is due before the next word, and how many minutes of this session have been spent; null for none. */
export function dueNotice(
  clock: Clock | null,
  lastNoticeAt: Date | null,
  everyMs: number,
  now: number,
): { kind: "ai_disclosure" | "break_reminder"; minutes: number } | null {
  const start = sessionStart(clock, now);
  const minutes = Math.floor((now - start) / 60_000);
  if (!isInSession(lastNoticeAt, start)) return { kind: "ai_disclosure", minutes };
  return now - lastNoticeAt.getTime() >= everyMs ? { kind: "break_reminder", minutes } : null;
}

/** Milliseconds of a session and of a day (UTC). */
export type Limits = { sessionMs: number; dayMs: number };

/** When somebody who has used up their time may go on, in milliseconds since 1970; null where there is time left. */
export function limitedUntil(clock: Clock | null, limits: Limits | null, now: number): number | null {
  if (!clock || !limits) return null;
  const tomorrow = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
  if (useOfDay(clock, now) > limits.dayMs) return tomorrow;
  if (now - sessionStart(clock, now) <= limits.sessionMs) return null;
  return (clock.lastTurnAt ?? now) + SESSION_GAP_MS;
}
