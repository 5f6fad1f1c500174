import type { Section } from "./section";

/** What the persona is told of whom it speaks to: behind its own rules, the same bytes from turn to turn. */
export const rulesSection = (rules: string): Section => ({
  name: "safety",
  whole: true,
  fit: () => ({ system: rules }),
});

/** What this one turn needs: behind the user's words, so that nothing before them changes. */
export const noteSection = (note: string): Section => ({
  name: "care",
  whole: true,
  fit: () => ({ note: `[A note from the service, not from the user, who does not see it]\n${note}` }),
});
