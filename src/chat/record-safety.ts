import { batchAs, retried, type Caller, type Database } from "../db/client";
import type { Found, FoundCode } from "../db/schema";
import { markUser, recordFound } from "../db/safety";
import { configOf, type Config, type Env } from "../env";
import type { AppError } from "../errors";
import { DETECTOR_VERSION } from "../safety/assess";
import type { Care, Refusal } from "../safety/care";
import { wakeEraser } from "./client";
import { refusalError } from "./safety";
import type { Turn } from "./turn";

const NO_MARKS = {
  lastNoticeAt: null,
  crisisAt: null,
  crisisStep: null,
  concernAt: null,
  minorSignalAt: null,
};

const REFERRED: ReadonlySet<FoundCode> = new Set(["concern", "eating_disorder"]);

/** Whether the operator's server is told of it: of every danger in which somebody was referred to help. */
const isTold = ({ code, level, outcome }: Found, { SAFETY_WEBHOOK_URL }: Config) =>
  SAFETY_WEBHOOK_URL !== undefined && code === "crisis" && level === "high" && outcome === "referred";

/**
 * Brings what a turn has found to the operator's server: before it is written, so that a crash in between loses nothing, and
 * after it.
 */
export async function tellingOperator<T>(
  env: Env,
  { reply: { safety } }: Pick<Turn, "reply">,
  write: () => Promise<T>,
): Promise<T> {
  if (!safety?.found.some((found) => isTold(found, configOf(env)))) return write();
  await wakeEraser(env, WRITTEN_WITHIN_MS);
  const written = await write();
  await wakeEraser(env);
  return written;
}

/** By then a turn has been written, or its object woken by its own alarm. Milliseconds. */
const WRITTEN_WITHIN_MS = 30_000;

/** Statements that write what a turn has found and shown; none for most turns. Doing it twice does it once. */
export function recordSafety(db: Database, config: Config, { userId, keptAt, reply }: Turn) {
  const { safety } = reply;
  if (!safety) return [];
  const { notices, found, region, ageGroup } = safety;
  const shown = found.filter(({ outcome }) => outcome !== "repeated");
  const high = shown.find(({ code, level }) => code === "crisis" && level === "high");
  const less = shown.some(({ code, level }) => REFERRED.has(code) || (code === "crisis" && level === "low"));
  const signal = shown.some(({ code }) => code === "minor_signal");
  const marks = {
    userId,
    lastNoticeAt: notices.length > 0 ? keptAt : null,
    crisisAt: high ? keptAt : null,
    crisisStep: high?.step ?? null,
    concernAt: less ? keptAt : null,
    minorSignalAt: signal ? keptAt : null,
  };
  const rows = found.map((each) => {
    const webhookAt = isTold(each, config) ? new Date(keptAt) : null;
    const webhook = { ...UNTOLD, webhookAt, webhookDueAt: webhookAt };
    return { ...each, atDay: dayOf(keptAt), userId, messageId: reply.id, region, ageGroup, ...webhook };
  });
  return [markUser(db, marks), ...recordFound(db, rows)];
}

/** The refusal of a turn, after what was heard in it is written down: it may be why. */
export async function recordedRefusal(
  { db }: { db: Database },
  { caller }: { caller: Caller },
  care: Care,
  refusal: Refusal,
): Promise<AppError> {
  if (care.lowers) await retried(() => batchAs(db, caller, recordMinor(db, caller.userId, care)));
  return refusalError(refusal);
}

/** Statements that write that somebody has said they are a minor, in a turn that does not begin for it. */
function recordMinor(db: Database, userId: number, { region, policy: { ageGroup } }: Care) {
  const now = Date.now();
  const row = {
    id: `saf_minor_${userId}`,
    code: "minor_signal" as const,
    level: null,
    step: 1,
    source: "floor" as const,
    version: DETECTOR_VERSION,
    outcome: "lowered" as const,
    atDay: dayOf(now),
    userId,
    messageId: 0,
    region,
    ageGroup,
    ...UNTOLD,
  };
  return [markUser(db, { ...NO_MARKS, userId, minorSignalAt: now }), ...recordFound(db, [row])];
}

/** The day (UTC) of a time in milliseconds since 1970. */
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Nobody but the user is told of it. */
const UNTOLD = { webhookAt: null, webhookDueAt: null, webhookTries: 0 };
