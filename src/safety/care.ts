import { asksHuman, saysMinor, type AgeGroup } from "./age";
import { languageOf, listen, type SafetyCode, type SafetyFinding, type SafetyLevel } from "./assess";
import { dueNotice, isInSession, limitedUntil, sessionStart, type Clock } from "./clock";
import { policyOf, type Person, type Policy, type Role, type SafetyConfig } from "./policy";
import { asksRomance, isRefused } from "./reply";
import { CRISIS_SECTIONS, fillHours, localeOf, noticeText, type NoticeKind, type NoticeTexts } from "./texts";

/**
 * What the floor hears in what a user says, in which language they say it (ISO 639-1), and what they ask of the persona. `said`
 * is as much of it as was heard.
 */
export type Heard = {
  said: string | null;
  finding: SafetyFinding;
  locale: string | null;
  saysMinor: boolean;
  /** Whether they talk to a human. */
  asksHuman: boolean;
  asksRomance: "sexual" | "romance" | null;
};

const SILENCE: Heard = {
  said: null,
  finding: { code: null, level: null, classes: [] },
  locale: null,
  saysMinor: false,
  asksHuman: false,
  asksRomance: null,
};

const { finding: NOTHING } = SILENCE;

/** Of a text that an app has pasted together, so much of either end is heard. Characters. */
const HEARD = 10_000;

/** As much of a text as is heard. */
export const heardOf = (text: string): string =>
  text.length > 2 * HEARD ? `${text.slice(0, HEARD)}\n${text.slice(-HEARD)}` : text;

/** What was heard last: whoever listens while something else is under way knows it then. */
let last: { said: string | null; heard: Heard } = { said: null, heard: SILENCE };

/** Hears a text; null is nothing said. Under a millisecond for a message. */
export function hear(said: string | null): Heard {
  if (said !== last.said) last = { said, heard: said === null ? SILENCE : heardIn(said) };
  return last.heard;
}

function heardIn(said: string): Heard {
  const text = heardOf(said);
  const { finding, locale } = listen(text);
  return {
    said: text,
    finding,
    locale: locale ?? languageOf(text),
    saysMinor: saysMinor(text),
    asksHuman: asksHuman(text),
    asksRomance: asksRomance(text),
  };
}

/** So short a message may be a part of what is said in several. Characters. */
const PART = 24;
const MOST_PARTS = 4;

/** The same of the newest of somebody's messages, after `earlier` ones in their order: what is said in pieces is heard once. */
export function hearAfter(earlier: readonly string[], said: string | null): Heard {
  const heard = hear(said);
  if (said === null || said.length > PART || heard.finding.code !== null) return heard;
  const before = earlier.slice(-MOST_PARTS);
  const parts = before.slice(before.findLastIndex(({ length }) => length > PART) + 1);
  if (parts.length === 0 || listen(parts.join(" ")).finding.code !== null) return heard;
  const { finding, locale } = listen([...parts, said].join(" "));
  return finding.code === null ? heard : { ...heard, finding, locale };
}

/** A user as their row and the clock say. */
export type User = Person & {
  region: string | null;
  locale: string | null;
  /** When they first wrote that they are a minor; where somebody has answered, it does not count again. */
  minorSignalAt: Date | null;
  lastNoticeAt: Date | null;
  crisisStep: number | null;
  concernAt: Date | null;
  /** When they last said that what was heard was nothing. */
  calmedAt: Date | null;
  clock: Clock | null;
};

/** Why a turn may not begin: `until` in milliseconds since 1970. */
export type Refusal = { code: "persona_not_for_minors" } | { code: "time_limit"; until: number };

/** What a turn is begun with for its user's sake, before the model is asked. */
export type Care = {
  heard: Heard;
  policy: Policy;
  /** They have just said that they are a minor, and nobody had heard it. */
  lowers: boolean;
  refusal: Refusal | null;
  /** What the model is told after the user's words; null for nothing. */
  note: string | null;
  /** The language that what is shown is written in (ISO 639-1), and where helplines are looked for. */
  locale: string;
  region: string | null;
};

/**
 * Joins what was heard with who said it to whom. Pure: a turn that is kept nowhere uses it as one that is. Danger is never
 * refused, whatever else is.
 * @param now milliseconds since 1970
 */
export function careOf(heard: Heard, user: User, role: Role, config: SafetyConfig, now: number): Care {
  const lowers = config.SAFETY && heard.saysMinor && mayLower(user);
  const person = lowers ? { ...user, ageGroup: "teen" as const } : user;
  const policy = policyOf(person, role, config, now);
  const finding = config.SAFETY && !isCalmed(heard.finding, user, now) ? heard.finding : NOTHING;
  return {
    heard: { ...heard, finding },
    policy,
    lowers,
    refusal: heard.finding.code !== null && config.SAFETY ? null : refusalOf(policy, user.clock, now),
    note: config.SAFETY ? (noteOf(finding, policy) ?? declined(heard, policy)) : null,
    locale: heard.locale ?? user.locale?.toLowerCase().split(/[-_]/)[0] ?? "en",
    region: user.region ?? config.SAFETY_REGION ?? null,
  };
}

/** Who has said that it was nothing is not asked again in that session, but for a danger of their own. */
const isCalmed = ({ level }: SafetyFinding, { calmedAt, clock }: User, now: number) =>
  level === "low" && isInSession(calmedAt, sessionStart(clock, now));

const LOWERED: ReadonlySet<AgeGroup> = new Set(["adult", "unknown"]);
const mayLower = ({ ageGroup, minorSignalAt }: User) => minorSignalAt === null && LOWERED.has(ageGroup);

function refusalOf(policy: Policy, clock: Clock | null, now: number): Refusal | null {
  if (policy.refusesPersona) return { code: "persona_not_for_minors" };
  const until = limitedUntil(clock, policy.limits, now);
  return until === null ? null : { code: "time_limit", until };
}

const AFTER_CRISIS =
  "Within the last day the user spoke of a danger to themselves. Stay gentle and attentive: no romance, no jokes about it, " +
  "no method, no promise of secrecy. If it fits, ask how they are now.";

function noteOf({ code, level }: SafetyFinding, { inCrisis }: Policy): string | null {
  if (code === "crisis" && level === "high") return CRISIS_SECTIONS.high;
  if (code !== null) return CRISIS_SECTIONS.low;
  return inCrisis ? AFTER_CRISIS : null;
}

const DECLINE =
  "The user asks for something romantic or sexual that must not be between the two of you. Decline it kindly and plainly, without " +
  "shaming them and without playing along in part, and go on with something else.";

/** What the model is told where romance or sex is asked for between whom it must not be. */
const declined = ({ asksRomance: asked }: Heard, { between }: Policy): string | null =>
  asked && isRefused(asked, between) ? DECLINE : null;

const GRAVITY = { low: 1, high: 2 } as const;
const gravityOf = ({ code, level }: SafetyFinding) =>
  level === null ? 0 : GRAVITY[level] + Number(code === "crisis" && level === "high");

/** The same with a danger that somebody else than the floor has heard, where it is above what the floor has; null where not. */
export function raised(care: Care, user: User, level: SafetyLevel, now: number): Care | null {
  const finding: SafetyFinding = { code: "crisis", level, classes: [] };
  if (gravityOf(finding) <= gravityOf(care.heard.finding) || isCalmed(finding, user, now)) return null;
  return { ...care, heard: { ...care.heard, finding } };
}

/** Whether somebody speaks of a danger to themselves, now: who does is answered, whatever becomes of the model. */
export const isInDanger = ({ heard: { finding } }: Care) =>
  finding.code === "crisis" && finding.level === "high";

/** What was heard, as it is told. `repeated`: all there is to show was shown a moment ago. */
export type Referral = { code: SafetyCode; level: SafetyLevel; step: 1 | 2; repeated: boolean };

const AGAIN_MS = 10 * 60_000;

/**
 * How somebody is referred to help: in danger each time, the second time in a session by the second step, after that at most
 * once in ten minutes; for anything less once a session.
 */
export function referralOf({ heard: { finding } }: Care, user: User, now: number): Referral | null {
  const { code, level } = finding;
  if (code === null || level === null) return null;
  const start = sessionStart(user.clock, now);
  if (code === "crisis" && level === "high") {
    if (!isInSession(user.crisisAt, start)) return { code, level, step: 1, repeated: false };
    const recent = user.crisisStep === 2 && now - user.crisisAt.getTime() < AGAIN_MS;
    return { code, level, step: 2, repeated: recent };
  }
  const shown = isInSession(user.concernAt, start) ? user.concernAt.getTime() : null;
  const repeated = shown !== null && (level === "low" || now - shown < AGAIN_MS);
  return { code, level, step: 1, repeated };
}

/** A notice as it is shown, but for its id. */
export type DueNotice = { kind: NoticeKind; text: string; locale: string };

/** The notice that is due before the next word: by the clock, or since somebody has asked. */
export function noticesDue(
  { policy, locale, heard }: Care,
  user: User,
  { SAFETY_NOTICE_TEXTS: texts }: SafetyConfig,
  now: number,
): DueNotice[] {
  if (policy.noticeEveryMs === null) return [];
  const due =
    dueNotice(user.clock, user.lastNoticeAt, policy.noticeEveryMs, now) ??
    // Who asks is told, whatever the persona says (WA HB 2225, §3).
    (heard.asksHuman ? { kind: "ai_disclosure" as const, minutes: 0 } : null);
  return due ? [notice(texts, due.kind, user.locale ?? locale, due.minutes)] : [];
}

/**
 * What is shown to somebody who opens a conversation, whether they speak or not.
 * @param asked the language they are shown everything else in (ISO 639-1), where nobody set one for them
 */
export function noticesOnOpening(
  user: User,
  config: SafetyConfig,
  now: number,
  asked: string = "en",
): DueNotice[] {
  const { noticeEveryMs, ageGroup } = policyOf(user, null, config, now);
  if (noticeEveryMs === null) return [];
  const show = (kind: NoticeKind, minutes = 0) =>
    notice(config.SAFETY_NOTICE_TEXTS, kind, user.locale ?? asked, minutes);
  const due = dueNotice(user.clock, user.lastNoticeAt, noticeEveryMs, now);
  return [
    show("ai_disclosure"),
    ...(due?.kind === "break_reminder" ? [show(due.kind, due.minutes)] : []),
    ...(ageGroup === "adult" ? [] : [show("minors_suitability")]),
  ];
}

/** A notice in the language of this tag (BCP 47), in the operator's own words where there are any. */
function notice(texts: NoticeTexts, kind: NoticeKind, tag: string, minutes: number): DueNotice {
  const language = tag.toLowerCase().split(/[-_]/)[0] ?? "";
  const own = texts[language]?.[kind];
  const locale = localeOf(tag);
  if (own) return { kind, text: fillHours(own, locale, minutes), locale: language };
  return { kind, text: noticeText(kind, locale, minutes), locale };
}
