import { conversationOfMessage } from "../../db/messages";
import { estimateTokens } from "../../prompt/tokens";
import type { MemoryIndex } from "../index";
import { factsText, newsText } from "../section";
import type { Fact } from "./store";

/** Facts for a prompt: those that held when its window began, so that it begins with the same bytes, and what came since. */
export type StandingFacts = {
  early: string[];
  late: string[];
  /** What the late ones take, as a text of a prompt. */
  lateTokens: number;
};

/** How many tokens each of the two may take, of the second no more than this part of what may be recalled. */
export const FACT_TOKENS = { early: 300, late: 100 };
const LATE_PART = 1 / 4;

type Window = { conversation: number; start: number };

/** What is known of the user, the pinned first, then what they told, then what was found by rule, newest first. */
export function standing(
  facts: Fact[],
  window: Window | null,
  index: MemoryIndex,
  room: { ratio: number; early: number; budget: number },
): StandingFacts {
  const known = facts.filter(({ suggested }) => !suggested).toSorted((a, b) => rankOf(a) - rankOf(b));
  const since = window ? beginning(window, index) : Infinity;
  const early = known.filter(({ at, until }) => at <= since && (until === null || until > since));
  const late = known.filter((fact) => fact.at > since && fact.until === null && !isInWindow(fact, window));
  const lateRoom = Math.min(FACT_TOKENS.late, LATE_PART * room.budget);
  const texts = fitting(late, lateRoom, room.ratio, newsText);
  return {
    early: fitting(early, room.early, room.ratio, factsText),
    late: texts,
    lateTokens: texts.length === 0 ? 0 : tokensOf(newsText(texts), room.ratio),
  };
}

const rankOf = ({ pinned, origin }: Fact) => (pinned ? 0 : origin === "user" ? 1 : 2);

/** When the first message of the window was said; of a conversation in which nothing was said, that is yet to be. */
function beginning({ conversation, start }: Window, index: MemoryIndex): number {
  const first = index.firstFrom(start);
  return first && conversationOfMessage(first.id) === conversation ? first.at : Infinity;
}

/** What stands in the window is not said twice. */
const isInWindow = ({ sourceIds }: Fact, window: Window | null) =>
  window !== null &&
  sourceIds.length > 0 &&
  sourceIds.every((id) => id >= window.start && conversationOfMessage(id) === window.conversation);

/** More facts than this fit into no room. */
const MOST = 100;

const tokensOf = (text: string, ratio: number) => Math.ceil(estimateTokens(text) * ratio);

/** Those that fit, the first before the others, as the text that they become. */
function fitting(facts: Fact[], room: number, ratio: number, textOf: (facts: string[]) => string): string[] {
  const chosen: string[] = [];
  for (const { text } of facts.slice(0, MOST))
    if (tokensOf(textOf([...chosen, text]), ratio) <= room) chosen.push(text);
  return chosen;
}
