import { conversationOfMessage } from "../db/messages";
import { standing, type StandingFacts } from "./facts/standing";
import type { Said } from "./message";
import type { Learner } from "./learn";
import { choose, fitText, inOrder } from "./recall";

/** What is to be recalled for a reply, or looked for. */
export type RecallRequest = {
  question: string;
  /** The persona's name: a question may name whose words it means. */
  persona: string;
  /** Tokens, corrected by `ratio`. */
  budget: number;
  /** The same for facts that held when the window began. */
  factBudget: number;
  ratio: number;
  now: number;
  /** Of this conversation only what was said before this message is recalled: the rest stands in the prompt. */
  window: { conversation: number; start: number } | null;
};

export type RecalledMessage = Said & {
  conversation: number;
  tokens: number;
  /** To the question, rather than only nearer than the others. */
  isNear: boolean;
};
export type RecallAnswer = {
  /** Oldest first. */
  items: RecalledMessage[];
  /** Their ids, the likeliest first. */
  ranked: number[];
  tokens: number;
  facts: StandingFacts;
};

/** What does not stand in the prompt anyway. */
const isOutside =
  (window: RecallRequest["window"]) =>
  ({ id }: { id: number }) =>
    window === null || id < window.start || conversationOfMessage(id) !== window.conversation;

/** What is likely to answer, whole messages, in no more tokens than there may be; and what is known of the user. */
export function answer(
  learner: Learner,
  request: RecallRequest,
  alike?: (id: number) => number | null,
): RecallAnswer {
  const { kept, facts } = learner;
  const { question, window, factBudget, budget, ratio, ...terms } = request;
  const known = standing(facts.list({ past: true }), window, kept.index, {
    ratio,
    early: factBudget,
    budget,
  });
  const room = budget - known.lateTokens;
  const { docs, isNear } = choose(kept.index, {
    ...terms,
    ...(alike && { alike }),
    ratio,
    budget: room,
    text: question,
    isBefore: isOutside(window),
  });
  const texts = new Map(kept.texts(docs.map(({ id }) => id)).map((said) => [said.id, said]));
  const chosen = docs.flatMap((doc) => {
    const { id, tokens } = doc;
    const said = texts.get(id);
    return said ? [{ ...said, conversation: conversationOfMessage(id), tokens, isNear: isNear(doc) }] : [];
  });
  const { said, tokens } = fitText(chosen, room, ratio);
  const items = chosen.slice(0, said.length);
  return { items: inOrder(items), ranked: items.map(({ id }) => id), tokens, facts: known };
}
