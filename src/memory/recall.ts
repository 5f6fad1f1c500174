import type { Doc, MemoryIndex } from "./index";
import { rank, type Question } from "./rank";

/** What a date line takes in the prompt, in tokens. */
const DATE_LINE_TOKENS = 10;

/** More messages than this fit into no budget. */
const MOST = 300;

export type Recall = Question & {
  /** Tokens for all of it, date lines included. */
  budget: number;
  /** Corrects the token estimate. */
  ratio: number;
  /** Whether a message may be recalled: what stands in the window is not said twice. */
  isBefore: (doc: Doc) => boolean;
};

export type Recalled = { docs: Doc[]; tokens: number };

/** What fits of the messages that are likely to answer, whole, best first. */
export function choose(index: MemoryIndex, { budget, ratio, isBefore, ...question }: Recall): Recalled {
  const sessions = new Set<number>();
  const docs: Doc[] = [];
  let tokens = 0;
  for (const doc of rank(index.view(), question, MOST, isBefore)) {
    const size = Math.ceil(doc.tokens * ratio) + (sessions.has(doc.session) ? 0 : DATE_LINE_TOKENS);
    if (tokens + size > budget) continue;
    tokens += size;
    docs.push(doc);
    sessions.add(doc.session);
    if (budget - tokens < DATE_LINE_TOKENS) break;
  }
  return { docs, tokens };
}
