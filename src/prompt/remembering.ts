import type { RecallAnswer, RecallRequest } from "../memory/answer";
import { contentWordsOf } from "../memory/words";
import { textOf } from "../models/language-model";
import { buildPrompt, sectionsOf, type Prompt, type PromptInputs, type Terms } from "./build";
import type { Remembered } from "./memory";

/** How many tokens of a prompt are for what is remembered. */
export type MemoryRoom = { recalled: number; facts: number };

/**
 * A prompt with what is remembered, where something was said that does not stand in it anyway: in this conversation or, where
 * `mayRecall`, elsewhere.
 */
export async function promptWith(
  conversation: number,
  parts: PromptInputs,
  terms: Terms,
  room: MemoryRoom | null,
  mayRecall: boolean,
  recall: (request: RecallRequest) => Promise<RecallAnswer | null>,
): Promise<Prompt> {
  const build = (remembered: Remembered | null) => buildPrompt(sectionsOf({ ...parts, remembered }), terms);
  if (!room) return build(null);
  if (!mayRecall) {
    const plain = build(null);
    if (isWhole(plain)) return plain;
  }
  const kept = { room: room.recalled + room.facts, recalled: null, isLate: false };
  // Where the history begins is settled before anything is recalled: only what stands before that is.
  const start = firstOf(build(kept)) ?? Infinity;
  const recalled = await recall({
    ...questionOf(parts),
    persona: parts.persona.name,
    budget: room.recalled,
    factBudget: room.facts,
    ratio: terms.ratio,
    now: Date.now(),
    window: { conversation, start },
  });
  return build({ ...kept, recalled, isLate: recalled === null });
}

const historyOf = ({ report }: Prompt) => report.sections.find(({ name }) => name === "history");
/** Whether nothing of the conversation had to be left out. */
const isWhole = (prompt: Prompt) => !historyOf(prompt)?.leftOut?.some(({ reason }) => reason === "budget");
/** The first message that is in. */
const firstOf = (prompt: Prompt) => historyOf(prompt)?.ids?.[0]?.[0];

/** A question of fewer words that tell something is asked with what was said before it. */
const TELLING_WORDS = 3;

function questionOf({ message, window: { entries } }: PromptInputs): { question: string } {
  const said = message === null ? entries.findLast(({ role }) => role === "user")?.content : textOf(message);
  const question = said ?? "";
  const before = entries.at(-1)?.content ?? "";
  return { question: contentWordsOf(question).length < TELLING_WORDS ? `${before}\n${question}` : question };
}
