import type { Content } from "../models/language-model";
import type { Section } from "./section";

/** What is to be answered: always in, whole, at the end. */
export const messageSection = (message: Content | null): Section => ({
  name: "message",
  whole: true,
  fit: () => ({ messages: message === null ? [] : [{ role: "user", content: message }] }),
});
