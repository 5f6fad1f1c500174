import { retried } from "../db/client";
import { speakerById } from "../db/personas";
import { safetyOfUser, type UserSafety } from "../db/safety";
import { configOf, type Config } from "../env";
import { moderatorOf, NoVerdict, type Moderation, type Moderator } from "../models/moderation";
import { careOf, hear, heardOf, isInDanger, raised, referralOf } from "../safety/care";
import { isRefused, type Between } from "../safety/reply";
import type { Owners } from "./owners";
import { roleOf } from "./role";
import type { RunningTurn } from "./run";
import { fixedReply, isCut, noteReferral, standIn, takeBack } from "./safety";
import { reportModeration } from "./telemetry";

/** So long it may take; then the floor's word stands (`SAFETY.md`). Milliseconds. */
const TIMEOUT_MS = 1500;
/** After it gave no answer it is left alone: a turn's end waits for it. Milliseconds. */
const REST_MS = 30_000;

/** When each may be asked again that gave no answer, in milliseconds since 1970. */
const resting = new Map<string, number>();

/**
 * Has the moderation model, where there is one, read what was said while the reply is written, and then the reply. Nothing but
 * the turn's end waits for it, and that not for long. Never throws.
 */
export async function moderateBeside(running: RunningTurn, user: UserSafety, config: Config): Promise<void> {
  const moderator = moderatorOf(config);
  if (!moderator) return;
  await moderateSaid(moderator, running, user);
  await running.written;
  await moderateReply(moderator, running);
}

/**
 * What was said may tell of a danger that the floor has not heard, never take one back; what is found is told as the floor's is,
 * if a fixed reply is due at the end of what is said.
 */
async function moderateSaid(moderator: Moderator, running: RunningTurn, user: UserSafety): Promise<void> {
  const { care } = running;
  const said = care?.heard.said;
  // Above this there is nothing to raise.
  if (!care || !said || isInDanger(care)) return;
  const verdict = await verdictOf(moderator, said);
  if (verdict?.level) await raise(running, user, verdict.level, verdict.version);
}

/** A reply that is what may not be said here, and that the sliding check has let through, is taken back. */
async function moderateReply(moderator: Moderator, running: RunningTurn): Promise<void> {
  const { care, ending, log, refused } = running;
  const reply = log.spoken();
  if (!care || refused || care.policy.output === "off" || isCut(ending) || reply.trim() === "") return;
  const verdict = await verdictOf(moderator, heardOf(reply));
  if (verdict && isFaulty(verdict, care.policy.between)) takeBack(running, care, verdict.version);
}

/** What is sexual and of a minor is refused as a minor's words are, whoever speaks to whom. */
const isFaulty = ({ faults, ofMinor }: Moderation, between: Between) =>
  faults.some((fault) => isRefused(fault, ofMinor ? { ...between, minor: true } : between));

/**
 * Has the moderation model read a reply that a crash has cut off: people saw it, and nobody knows what the model would have said
 * of it. Its user is asked for again, since the turn has kept no more than it needs to be settled. Never throws for want of a
 * verdict.
 */
export async function moderateAgain({ db, env }: Owners, running: RunningTurn): Promise<void> {
  const config = configOf(env);
  const moderator = moderatorOf(config);
  if (!moderator || running.log.spoken().trim() === "") return;
  const { userId, speaker, said } = running.turn;
  const [[user], [persona]] = await retried(() =>
    Promise.all([safetyOfUser(db, userId), speakerById(db, userId, speaker.personaId)]),
  );
  if (!user || !persona) return;
  const heard = hear(said?.content ?? null);
  await moderateReply(moderator, {
    ...running,
    care: careOf(heard, user, roleOf(persona), config, Date.now()),
  });
}

/** Resolves when all is said that a turn says: by the model, by whoever reads along, and for who is in danger. */
export async function allSaid(running: RunningTurn): Promise<void> {
  await running.written;
  await running.moderated;
  standIn(running);
}

async function verdictOf(moderator: Moderator, said: string): Promise<Moderation | null> {
  const { host } = moderator;
  if ((resting.get(host) ?? 0) > Date.now()) return null;
  try {
    return await moderator.moderate(said, AbortSignal.timeout(TIMEOUT_MS));
  } catch (error) {
    resting.set(host, Date.now() + REST_MS);
    reportModeration(error instanceof NoVerdict ? error.message : nameOf(error));
    return null;
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : "Error");

async function raise(
  running: RunningTurn,
  user: UserSafety,
  level: "high" | "low",
  version: string,
): Promise<void> {
  const { turn, log, refused } = running;
  const now = Date.now();
  const care = running.care && raised(running.care, user, level, now);
  const referral = care && referralOf(care, user, now);
  if (!care || !referral || refused) return;
  running.care = care;
  for (const event of noteReferral(turn, care, referral, { source: "moderation", version }))
    log.append(event);
  if (!isInDanger(care) || referral.repeated) return;
  const reply = fixedReply(care, referral.step);
  if (log.text() === "") return log.append(reply);
  await running.written;
  log.append({ ...reply, text: `\n\n${reply.text.trimEnd()}` });
}
