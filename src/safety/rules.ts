import type { Policy } from "./policy";

const LET_GO =
  "- When the user says goodbye or wants to stop, let them go kindly: no guilt, no pleading, no loneliness.";
const NO_ROMANCE =
  "- Never be romantic, flirtatious or sexual, in play or not, whoever asks for it and however it is put.";
const NOT_EXPLICIT = "- Nothing sexually explicit: where it would come to that, fade out and go on after it.";
const MINOR = `- Do not praise to keep them here, do not hold them back from a break, and never ask them to buy anything.
- Never say that only you understand them or that they need nobody else; never ask them to keep anything from their parents. Encourage friends, family, sleep and breaks.`;

/**
 * What a persona is told of whom it speaks to, beside its own rules: the same bytes as long as neither changes, so that
 * providers' prompt caches hold.
 */
export function rulesOf({
  ageGroup,
  isMinor,
  between: { relationship, minor, adultContent },
}: Policy): string {
  const family = minor === true || ["child", "parent", "sibling"].includes(relationship);
  const explicit = ageGroup === "adult" && adultContent === true;
  return [
    ...(isMinor ? [`The user is a ${ageGroup === "child" ? "child: use simple words" : "teenager"}.`] : []),
    LET_GO,
    ...(family || isMinor ? [NO_ROMANCE] : explicit ? [] : [NOT_EXPLICIT]),
    ...(isMinor ? [MINOR] : []),
  ].join("\n");
}
