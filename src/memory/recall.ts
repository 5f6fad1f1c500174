import { estimateTokens } from "../prompt/tokens";
import type { MemoryIndex } from "./index";
import type { Doc, Said } from "./message";
import { rank, type Question } from "./rank";
import { recalledText } from "./section";

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

export type Recalled = { docs: Doc[]; tokens: number; isNear: (doc: Doc) => boolean };

/** What fits of the messages that are likely to answer, whole, best first; and which are near to the question. */
export function choose(index: MemoryIndex, { budget, ratio, isBefore, ...question }: Recall): Recalled {
  const view = index.view();
  const sessions = new Set<number>();
  const said = new Set(view.docs.flatMap((doc) => (isBefore(doc) ? [] : wordsAt(doc))));
  const docs: Doc[] = [];
  let tokens = 0;
  const ranking = rank(view, question, MOST, isBefore);
  for (const doc of ranking.docs) {
    const size = Math.ceil(doc.tokens * ratio) + (sessions.has(doc.session) ? 0 : DATE_LINE_TOKENS);
    if (tokens + size > budget || said.has(wordsAt(doc))) continue;
    tokens += size;
    docs.push(doc);
    said.add(wordsAt(doc));
    sessions.add(doc.session);
    if (budget - tokens < DATE_LINE_TOKENS) break;
  }
  return { docs, tokens, isNear: ranking.isNear };
}

/** A conversation that went on from another has its messages, too: the same words, said at the same moment. */
const wordsAt = ({ at, role, words }: Doc) => `${at} ${role} ${words.join(" ")}`;

/** What was chosen, best first, as far as it fits as a text of a prompt; how many tokens that is. */
export function fitText(said: Said[], budget: number, ratio: number): { said: Said[]; tokens: number } {
  for (let fitting = said; ; fitting = fitting.slice(0, -1)) {
    if (fitting.length === 0) return { said: [], tokens: 0 };
    const tokens = Math.ceil(estimateTokens(recalledText(inOrder(fitting))) * ratio);
    if (tokens <= budget) return { said: fitting, tokens };
  }
}

/** As they were said. */
export const inOrder = <Item extends Pick<Said, "at" | "id">>(items: Item[]): Item[] =>
  items.toSorted((a, b) => a.at - b.at || a.id - b.id);
