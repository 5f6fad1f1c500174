import type { CompletionRequest } from "../models/language-model";

/** A title is made of so much of what was said, and of so much of the user's words. Characters. */
const MOST_READ = 500;
const MOST_OF_USER = 300;
/** The longest answer, and the longest title. Tokens, characters. */
export const TITLE_TOKENS = 24;
const TITLE_CHARACTERS = 60;

const ASKED =
  "Say what the conversation below is about: a title of at most six words, in the language of its first speaker. Answer with the title alone, without quotation marks or a full stop.";

/** Asks a language model for a title, in the user's language. */
export function titleRequest(said: string, reply: string): CompletionRequest {
  const words = [...said].slice(0, MOST_OF_USER);
  const answer = [...reply].slice(0, MOST_READ - words.length).join("");
  return {
    system: ASKED,
    messages: [{ role: "user", content: `First:\n${words.join("")}\n\nSecond:\n${answer}` }],
    parameters: { max_tokens: TITLE_TOKENS },
  };
}

const AROUND = /^[\s"'“”„«»「『*_#`]+|[\s"'“”„«»」』*_`.。]+$/gu;

/** The title in a model's answer; null where there is none. */
export function titleIn(answer: string): string | null {
  const [line = ""] = answer
    .toWellFormed()
    .trim()
    .split(/[\r\n]/, 1);
  const title = line.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").replace(AROUND, "");
  return title === "" ? null : titleOf(title);
}

/** The first words of a text, as a title. */
export function titleOf(text: string): string {
  const [line = ""] = text.trim().split("\n", 1);
  const characters = [...line.trim()];
  if (characters.length <= TITLE_CHARACTERS) return line.trim() || "Chat";
  const cut = characters.slice(0, TITLE_CHARACTERS).join("");
  return `${cut.replace(/\s+\S*$/, "")}…`;
}
