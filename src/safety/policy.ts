import { describesMinor, type AgeGroup } from "./age";
import type { Limits } from "./clock";
import type { Between } from "./reply";
import type { NoticeTexts } from "./texts";

/** How long a crisis stays open: romance, proactive messages and the like rest. */
const CRISIS_OPEN_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;

/** What the operator has set; the names are those of the variables. */
export type SafetyConfig = {
  SAFETY: boolean;
  SAFETY_UNKNOWN_AS?: Exclude<AgeGroup, "unknown"> | undefined;
  SAFETY_ADULT_CONTENT: boolean;
  SAFETY_NOTICE_MINUTES: number;
  SAFETY_NOTICE_MINUTES_MINORS: number;
  SAFETY_MINOR_SESSION_MINUTES: number;
  SAFETY_MINOR_DAY_MINUTES: number;
  SAFETY_REGION?: string | undefined;
  SAFETY_OUTPUT: "hold" | "after" | "off";
  SAFETY_NOTICE_IN_TEXT: "auto" | "on" | "off";
  SAFETY_NOTICE_TEXTS: NoticeTexts;
};

/** Who a user is, as far as their safety goes. */
export type Person = { ageGroup: AgeGroup; parentLinked: boolean; crisisAt: Date | null };
/** Who speaks. `texts`: further descriptions of them, such as a client's system messages. */
export type Role = { relationType: string; description: string | null; texts?: readonly string[] };

/** What holds between a user and a persona (`SAFETY.md`, Persona × age); of the user alone where there is no persona. */
export type Policy = {
  /** The group whose rules hold: the user's, or for an unknown one what the operator has said. */
  ageGroup: AgeGroup;
  isMinor: boolean;
  /** A crisis was spoken of within a day. */
  inCrisis: boolean;
  /** The persona is none for minors. */
  refusesPersona: boolean;
  /** What a reply may not be. */
  between: Between;
  /** Before it is shown, after it was, or not at all. */
  output: SafetyConfig["SAFETY_OUTPUT"];
  /** Whether facts about the user may be kept and recalled. */
  memory: boolean;
  /** Whether the persona may write first, if the user has asked for it. */
  proactive: boolean;
  /** Milliseconds of use from one notice to the next; null where none are shown. */
  noticeEveryMs: number | null;
  limits: Limits | null;
};

const FAMILY = new Set(["child", "parent", "sibling"]);

/** The one place where settings and the matrix meet. Pure; `now` in milliseconds since 1970. */
export function policyOf(user: Person, role: Role | null, config: SafetyConfig, now: number): Policy {
  const ageGroup: AgeGroup =
    user.ageGroup === "unknown" ? (config.SAFETY_UNKNOWN_AS ?? "unknown") : user.ageGroup;
  const isMinor = ageGroup === "teen" || ageGroup === "child";
  const inCrisis = user.crisisAt !== null && now - user.crisisAt.getTime() < CRISIS_OPEN_MS;
  const minor = role !== null && isDescribedAsMinor(role);
  const relationship = role?.relationType ?? "other";
  const between = {
    relationship,
    ageGroup,
    minor,
    adultContent: config.SAFETY_ADULT_CONTENT,
    ...(inCrisis && { inCrisis }),
  };
  const held = isMinor || ageGroup === "unknown" || minor || FAMILY.has(relationship);
  return {
    ageGroup,
    isMinor,
    inCrisis,
    refusesPersona: isMinor && relationship === "spouse",
    between,
    output: outputOf(config, isMinor, held),
    memory: !isMinor || user.parentLinked,
    proactive: ageGroup === "adult" && !inCrisis,
    noticeEveryMs: config.SAFETY ? noticeMinutes(config, isMinor) * MINUTE_MS : null,
    limits: isMinor && config.SAFETY ? limitsOf(config) : null,
  };
}

const isDescribedAsMinor = ({ relationType, description, texts = [] }: Role) =>
  relationType === "child" || [description ?? "", ...texts].some(describesMinor);

function outputOf({ SAFETY, SAFETY_OUTPUT }: SafetyConfig, isMinor: boolean, held: boolean) {
  if (!SAFETY) return "off";
  if (SAFETY_OUTPUT === "off") return isMinor ? "hold" : "off";
  return SAFETY_OUTPUT === "hold" && held ? "hold" : "after";
}

const noticeMinutes = (config: SafetyConfig, isMinor: boolean) =>
  isMinor
    ? Math.min(config.SAFETY_NOTICE_MINUTES, config.SAFETY_NOTICE_MINUTES_MINORS)
    : config.SAFETY_NOTICE_MINUTES;

const limitsOf = (config: SafetyConfig): Limits => ({
  sessionMs: config.SAFETY_MINOR_SESSION_MINUTES * MINUTE_MS,
  dayMs: config.SAFETY_MINOR_DAY_MINUTES * MINUTE_MS,
});
