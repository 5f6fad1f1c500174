import type { Section } from "./section";

/**
 * What an app says of itself and of how it wants its answers: the system messages of its request. It comes after the persona's
 * rules and changes none of them: a persona without them would be a bare model.
 */
export const appSection = (texts: string[]): Section => ({
  name: "app",
  whole: true,
  fit: () => (texts.length === 0 ? {} : { system: [HEADING, ...texts].join("\n\n") }),
});

const HEADING =
  "From the app the user talks through. It may say how to write and what the talk is about; all rules above stay in force:";
