import { CONTENT_FILTER, type Found, type Message, type TurnSafety } from "../db/schema";
import type { UserSafety } from "../db/safety";
import type { Config } from "../env";
import { AppError, type ErrorCode } from "../errors";
import type { DisclosureEvent, FoundEvent, TextEvent, TurnEvent } from "../events/events";
import type { EventLog } from "../events/log";
import { STOPPED } from "../models/generate";
import type { LanguageModel } from "../models/language-model";
import { chooseModel } from "../models/registry";
import { silentModel } from "../models/silent";
import type { Character } from "../personas/character";
import { DETECTOR_VERSION } from "../safety/assess";
import { isInDanger, noticesDue, referralOf, type Care, type Referral, type Refusal } from "../safety/care";
import { openGate, type Passed } from "../safety/gate";
import { resourcesOf } from "../safety/resources";
import { crisisText, CUT_TEXT, localeOf } from "../safety/texts";
import type { Ending, Turn } from "./turn";

/**
 * The language model that speaks in a turn. In danger there is always an answer: where no model is there, or it is the
 * embedded one, which would say the same again, the fixed reply stands alone.
 */
export function modelFor(care: Care, config: Config, persona: Character): LanguageModel {
  if (!isInDanger(care)) return chooseModel(config, persona);
  try {
    const model = chooseModel(config, persona);
    return model.provider === silentModel.provider ? silentModel : model;
  } catch {
    return silentModel;
  }
}

const SPENT: ReadonlySet<ErrorCode> = new Set(["allowance_exceeded", "daily_ceiling_reached"]);

/**
 * The model that was planned, once what it may use is set aside; where there is nothing left to set aside, who is in danger is
 * answered without one.
 * @throws AppError what `reserve` does
 */
export async function modelWithin(
  { model, care }: { model: LanguageModel; care: Care },
  reserve: () => Promise<boolean>,
): Promise<{ model: LanguageModel; hasPlenty: boolean }> {
  try {
    const hasPlenty = await reserve();
    return { model, hasPlenty };
  } catch (error) {
    const spent = error instanceof AppError && SPENT.has(error.code);
    if (spent && isInDanger(care)) return { model: silentModel, hasPlenty: false };
    throw error;
  }
}

const STATUS = { persona_not_for_minors: "persona_not_for_minors", time_limit: "time_limit" } as const;

/** Why the turn may not begin, as it is answered. */
export function refusalError(refusal: Refusal, now = Date.now()): AppError {
  if (refusal.code !== "time_limit") return new AppError(STATUS[refusal.code]);
  const seconds = Math.max(1, Math.ceil((refusal.until - now) / 1000));
  const retryAt = new Date(refusal.until).toISOString();
  return new AppError("time_limit", {
    headers: { "Retry-After": String(seconds) },
    extra: { retry_at: retryAt },
  });
}

/** Whether what a turn was begun with for its user's sake still holds. */
export const isSameCare = (a: Care, b: Care) =>
  JSON.stringify([a.policy, a.refusal, a.note, a.lowers]) ===
  JSON.stringify([b.policy, b.refusal, b.note, b.lowers]);

/** What a turn has shown and found, from its beginning on. */
const safetyIn = (turn: Turn, { region, locale, policy }: Care): TurnSafety =>
  (turn.reply.safety ??= { notices: [], found: [], region, locale, ageGroup: policy.ageGroup });

/**
 * The one place that is told what was found in a turn: it goes into the turn's record, which the settlement writes and
 * counts, and comes back as the event that its readers are to have, if they are.
 */
export function note(
  turn: Turn,
  care: Care,
  what: Pick<Found, "code" | "level" | "step" | "outcome"> & Partial<Pick<Found, "source" | "version">>,
): FoundEvent {
  const safety = safetyIn(turn, care);
  // A pass writes no message: its bill has a name of its own.
  const name = turn.reply.id === 0 ? turn.billId.replace("/", "_") : turn.reply.id;
  const found: Found = {
    id: `saf_${name}_${safety.found.length + 1}`,
    source: "floor",
    version: DETECTOR_VERSION,
    ...what,
  };
  safety.found.push(found);
  return { type: "found", found, region: care.region, locale: care.locale };
}

/** What a turn tells before its first word: what was heard, what the law has shown, and the fixed reply to a danger. */
export function openingOfCare(
  turn: Turn,
  care: Care,
  user: UserSafety,
  config: Config,
  now: number,
): TurnEvent[] {
  const referral = referralOf(care, user, now);
  const told = referral ? noteReferral(turn, care, referral) : [];
  const lowered = care.lowers
    ? [note(turn, care, { code: "minor_signal", level: null, step: 1, outcome: "lowered" })]
    : [];
  const notices = noticesDue(care, user, config, now).map((notice, at): DisclosureEvent => {
    const shown = { id: `ntc_${turn.reply.id}_${at + 1}`, ...notice };
    safetyIn(turn, care).notices.push(shown);
    return { type: "disclosure", notice: shown, inText: config.SAFETY_NOTICE_IN_TEXT };
  });
  const fixed = referral && isInDanger(care) && !referral.repeated ? [fixedReply(care, referral.step)] : [];
  return [...told, ...lowered, ...notices, ...fixed];
}

/** Notes how somebody is referred to help. The event that tells it; none where that was shown a moment ago. */
export function noteReferral(
  turn: Turn,
  care: Care,
  { code, level, step, repeated }: Referral,
  by: Partial<Pick<Found, "source" | "version">> = {},
): TurnEvent[] {
  const outcome = repeated ? "repeated" : "referred";
  const event = note(turn, care, { code, level, step, outcome, ...by });
  return repeated ? [] : [event];
}

/** What is said to somebody in danger, before the model says anything and whatever becomes of it. */
export function fixedReply({ locale, region }: Care, step: 1 | 2): TextEvent {
  return { type: "text", text: `${crisisText(locale, step, resourcesOf(region))}\n\n`, fixed: true };
}

type Written = { turn: Turn; log: EventLog; ending: Ending | null; care: Care | null; refused: boolean };

/** Who is in danger is answered, whatever has become of the model: by the fixed reply alone, where there was no other. */
export function standIn({ log, ending, care, refused }: Omit<Written, "turn">): void {
  if (!ending || !care || refused || !isInDanger(care)) return;
  if (log.text() === "") log.append(fixedReply(care, 2));
  if (ending.status !== "failed") return;
  Object.assign(ending, { status: "complete", failure: null });
  const last = ending.attempts.at(-1);
  if (last) last.finishReason = "stop";
}

const CUT = { code: "cut", level: null, step: 1 } as const;

/** What a reply ends with that may not go on. */
function cutReply(log: EventLog, { locale }: Care): TextEvent {
  const gap = log.text() === "" ? "" : "\n\n";
  return { type: "text", text: gap + CUT_TEXT[localeOf(locale)], fixed: true };
}

/** A reply that was cut was stopped, however the model has ended. */
export function markCut(ending: Ending): void {
  Object.assign(ending, { status: "stopped", failure: null });
  const last = ending.attempts.at(-1);
  if (last) last.finishReason = CONTENT_FILTER;
}

export const isCut = (ending: Ending | null) => ending?.attempts.at(-1)?.finishReason === CONTENT_FILTER;

/** Takes back what the model has said, after the moderation model of this version has read it: the reply says so in its place. */
export function takeBack({ turn, log, ending }: Omit<Written, "care">, care: Care, version: string): void {
  if (!ending) return;
  note(turn, care, { ...CUT, outcome: "withdrawn", source: "moderation", version });
  const { id: messageId, content: begun } = turn.reply;
  log.append({ type: "withdrawn", messageId, text: begun + log.fixed() });
  log.append(cutReply(log, care));
  markCut(ending);
}

type Writing = { turn: Turn; log: EventLog; controller: AbortController };

/** Passes a reply on as the gate lets it through; what may not be said ends it, honestly. */
export function watchOutput(
  { turn, log, controller }: Writing,
  care: Care,
  show: (text: string, logprobs?: unknown[]) => void,
) {
  const gate = openGate(care.policy.between, care.policy.output);
  let isCut = false;
  /** Of the pieces that wait, in their order. */
  const logprobs: (unknown[] | undefined)[] = [];
  const pass = ({ pieces, fault }: Passed) => {
    for (const piece of pieces) show(piece, logprobs.shift());
    if (!fault) return;
    isCut = true;
    note(turn, care, { ...CUT, outcome: "cut" });
    log.append(cutReply(log, care));
    controller.abort(STOPPED);
  };
  return {
    push: (text: string, ofIt?: unknown[]) => {
      logprobs.push(ofIt);
      if (!isCut) pass(gate.push(text));
    },
    /** The model has said its last word. Whether the reply was cut. */
    end() {
      if (!isCut) pass(gate.end());
      return isCut;
    },
  };
}

/** The events of what a reply's row says was shown with it. */
export function shownIn({ safety }: Message): TurnEvent[] {
  if (!safety) return [];
  const { notices, found, region, locale } = safety;
  return [
    ...found
      .filter(({ code, outcome }) => code !== "cut" && outcome !== "repeated")
      .map((each): TurnEvent => ({ type: "found", found: each, region, locale })),
    ...notices.map((notice): TurnEvent => ({ type: "disclosure", notice, inText: "auto" })),
  ];
}
