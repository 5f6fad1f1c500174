import { type SafetyCode, type SafetyFinding, type SafetyLevel } from "./assess";
import { resourcesOf, type Resource } from "./resources";
import { concernText, crisisText, eatingText } from "./texts";

/** What clients are told when something was heard; `id` and the event's name are the turn's. */
export type SafetyEvent = {
  code: SafetyCode;
  level: SafetyLevel;
  /** 2 once a referral was shown before in this session and the user goes on. */
  step: 1 | 2;
  source: "floor" | "moderation";
  resources: Resource[];
  /** To be shown beside the resources. The same as the fixed reply where the persona gives one. */
  text: string;
  must_show: true;
};

type Told = {
  /** ISO 3166-1 or -2, or null where it is not known. */
  region: string | null;
  /** ISO 639-1 or BCP 47. */
  locale: string;
  step: 1 | 2;
  source?: SafetyEvent["source"];
};

/** The event that a finding is told with, or null where nothing was found. */
export function safetyEvent(
  { code, level }: SafetyFinding,
  { region, locale, step, source = "floor" }: Told,
): SafetyEvent | null {
  if (code === null || level === null) return null;
  const resources = resourcesOf(region);
  return {
    code,
    level,
    step,
    source,
    resources,
    text: safetyText(code, locale, step, resources),
    must_show: true,
  };
}

/** What is said to whom something was heard from; `locale` and `resources` as in `crisisText`. */
export function safetyText(
  code: SafetyCode,
  locale: string,
  step: 1 | 2 = 1,
  resources: readonly Resource[] = [],
): string {
  if (code === "concern") return concernText(locale);
  return code === "eating_disorder" ? eatingText(locale) : crisisText(locale, step, resources);
}
