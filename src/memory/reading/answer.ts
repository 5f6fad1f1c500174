import { z } from "zod";

import { assess } from "../../safety/assess";
import { FACT_KINDS, type Reading } from "../facts/fact";
import { MAX_FACT_LENGTH } from "../facts/extract";
import type { Said } from "../message";
import { contentWordsOf, wordsIn } from "../words";
import { INSTRUCTIONS, MOST_FACTS, shownOf } from "./question";

const ItemSchema = z.object({
  op: z.enum(["add", "update", "supersede"]),
  fact_id: z.int().nullish(),
  kind: z.enum(FACT_KINDS).catch("other"),
  text: z
    .string()
    .trim()
    .min(1)
    .max(MAX_FACT_LENGTH)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u),
  source_ids: z.array(z.int()).min(1),
  valid_from: z.string().nullish().catch(null),
});
type Item = z.infer<typeof ItemSchema>;

/** What a model was given: its sources by their ids, and what the persona's prompt says. */
export type Given = { sources: ReadonlyMap<number, Said>; prompt: string };

/** The notes in a model's answer as they came; null where it is none of its shape. */
export function notesIn(answer: string): unknown[] | null {
  const [, fenced = answer] = /```(?:json)?\s*([\s\S]*?)```/.exec(answer) ?? [];
  try {
    const json: unknown = JSON.parse(fenced);
    const { facts = json } = Object(json) as { facts?: unknown };
    return Array.isArray(facts) ? (facts as unknown[]) : null;
  } catch {
    return null;
  }
}

/**
 * What of a model's notes may be kept: each says with at least one of its words what its sources say, which are all messages of
 * the user that it was given. Most of what is noted falsely is an echo of the prompt (mem0's issue 4573), or a danger that is
 * nobody's to keep.
 */
export const checkedNotes = (notes: unknown[], given: Given): Reading[] =>
  notes
    .flatMap((note) => ItemSchema.safeParse(note).data ?? [])
    .filter((item) => isSaid(item, given) && !isEcho(item, given) && assess(item.text).code === null)
    .slice(0, MOST_FACTS)
    .flatMap((item) => toReading(item, given) ?? []);

function toReading({ op, fact_id, kind, text, source_ids, valid_from }: Item, { sources }: Given) {
  const sourceIds = [...new Set(source_ids)];
  const at = Math.max(...sourceIds.map((id) => sources.get(id)?.at ?? 0));
  if (op === "add") return { kind, text, sourceIds, at, replaces: null };
  if (typeof fact_id !== "number") return null;
  const from = valid_from ? Date.parse(valid_from) : NaN;
  const until = from <= at ? from : at;
  return { kind, text, sourceIds, at, replaces: { id: fact_id, until } };
}

const saidIn = ({ source_ids }: Item, { sources }: Given) =>
  source_ids.map((id) => shownOf(sources.get(id)?.body ?? "")).join("\n");

const isSaid = (item: Item, given: Given): boolean =>
  item.source_ids.every((id) => given.sources.has(id)) && shareOf(item.text, saidIn(item, given)) > 0;

/** So much of a note in the prompt's words, and less of it in the user's, makes it one of the prompt's. */
const ECHO = 0.6;

function isEcho(item: Item, given: Given): boolean {
  const inPrompt = shareOf(item.text, `${INSTRUCTIONS}\n${given.prompt}`);
  return inPrompt >= ECHO && inPrompt > shareOf(item.text, saidIn(item, given));
}

/** Which share of a note's words another text has. */
function shareOf(note: string, text: string): number {
  const [words, there] = [[...wordsIn(note)], new Set(contentWordsOf(text))];
  return words.filter((word) => there.has(word)).length / Math.max(1, words.length);
}
