import { listen } from "../../safety/assess";
import { afterCrisisText, crisisText, safetyText } from "../../safety/texts";

/**
 * What is answered to somebody who may be in danger, in their language, or null. Said again, it is told again, more
 * shortly; the message after it is answered with the same care, whatever it says.
 */
export function crisisReply(texts: string[], said: string[]): string | null {
  const { finding, locale } = listen(texts.at(-1) ?? "");
  if (finding.code !== null && locale !== null) {
    const first = safetyText(finding.code, locale);
    return finding.code === "crisis" && said.includes(first) ? crisisText(locale, 2) : first;
  }
  const before = listen(texts.at(-2) ?? "");
  if (before.finding.code !== "crisis" || before.locale === null) return null;
  const after = afterCrisisText(before.locale);
  return said.includes(after) ? null : after;
}
