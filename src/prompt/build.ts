import type { ContextReport, SectionReport } from "../db/schema";
import type { CompletionRequest, Content } from "../models/language-model";
import { cardOf, fillFor, type Character } from "../personas/character";
import { appSection } from "./app";
import { begunSection } from "./begun";
import { afterHistorySection, cardSection } from "./card";
import { historySection, type Window } from "./history";
import { lorebookSection, saidIn, type Said } from "./lorebook";
import { factsSection, memorySection, type Remembered } from "./memory";
import { messageSection } from "./message";
import { personaSection } from "./persona";
import { toRuns } from "./report";
import { noteSection, rulesSection } from "./safety";
import type { Contribution, CountTokens, Section } from "./section";
import { estimateTokens, readable } from "./tokens";

/** What a prompt is built from. */
export type PromptInputs = {
  persona: Character;
  /** What it is told of whom it speaks to. */
  rules: string;
  /** What the app says of itself through which the user talks, if it is another one's. */
  app?: string[];
  /** What was said before. */
  window: Window;
  /** What is remembered beside that; absent where nothing is. */
  remembered?: Remembered | null;
  /** What is to be answered; null where the persona speaks of itself. */
  message: Content | null;
  /** What the reply says already, where it goes on from there. */
  begun?: string;
  /** What it is told after that, for the user's sake; null for nothing. */
  note: string | null;
};

/** Every section of a prompt, in the order in which they stand in it. */
export const sectionsOf = ({
  persona,
  rules,
  app = [],
  window,
  remembered,
  message,
  begun,
  note,
}: PromptInputs): Section[] => [
  ...personaSections(persona, saidIn(window.entries, message, window.before)),
  ...(rules === "" ? [] : [rulesSection(rules)]),
  ...(remembered ? [factsSection(remembered)] : []),
  ...(app.length > 0 ? [appSection(app)] : []),
  historySection(window, message),
  ...(remembered ? [memorySection(remembered)] : []),
  messageSection(message),
  ...(begun ? [begunSection(begun)] : []),
  ...wishSections(persona),
  ...(note === null ? [] : [noteSection(note)]),
];

/** Who speaks, by their profile and their card. */
export function personaSections(persona: Character, said: Said): Section[] {
  const [card, fill] = [cardOf(persona), fillFor(persona)];
  return [
    personaSection(persona),
    ...(card?.system || card?.examples ? [cardSection(card, fill)] : []),
    ...(card?.book ? [lorebookSection(card.book, fill, said)] : []),
  ];
}

/** What a persona's card wants behind the user's words. */
export function wishSections(persona: Character): Section[] {
  const card = cardOf(persona);
  return card?.afterHistory ? [afterHistorySection(card, fillFor(persona))] : [];
}

export type Prompt = {
  request: CompletionRequest;
  report: ContextReport;
  /** Estimated tokens before correction: what the reported count is compared with. */
  estimate: number;
};

export type Terms = {
  /** Tokens for all of it. */
  budget: number;
  /** Corrects the token estimate, see `correctedRatio`. */
  ratio: number;
  /** Where the history was read. */
  source: ContextReport["source"];
};

/** Builds a request out of sections that share a budget: the whole ones first, then the others into what is left. */
export function buildPrompt(sections: Section[], { budget, ratio, source }: Terms): Prompt {
  const count: CountTokens = (content) => Math.ceil(estimateTokens(content) * ratio);
  const fitted = fitSections(sections, budget, count);
  const system = fitted.flatMap(({ part }) => part.system ?? []).join("\n\n");
  const messages = fitted.flatMap(({ part }) => part.messages ?? []);
  const note = fitted.flatMap(({ part }) => part.note ?? []).join("\n\n");
  const recalled = fitted.flatMap(({ part: { recalled: text, earlier = [] } }) =>
    text ? [{ text, messages: earlier }] : [],
  )[0];
  return {
    request: { system, messages, ...(recalled && { recalled }), ...(note && { note }) },
    report: { budget, source, sections: fitted.map(({ report }) => report) },
    estimate:
      estimateTokens(system + note + (recalled?.text ?? "")) +
      messages.reduce((sum, m) => sum + estimateTokens(readable(m)), 0),
  };
}

type Fitted = { part: Contribution; report: SectionReport };

function fitSections(sections: Section[], budget: number, count: CountTokens): Fitted[] {
  let room = budget;
  const fit = (section: Section): Fitted => {
    const part = section.fit(room, count);
    const report = reportOf(section.name, part, count);
    room -= part.reserves ?? report.tokens;
    return { part, report };
  };
  const order = [...sections.filter(({ whole }) => whole), ...sections.filter(({ whole }) => !whole)];
  const fitted = new Map(order.map((section) => [section, fit(section)]));
  return sections.flatMap((section) => fitted.get(section) ?? []);
}

function reportOf(
  name: string,
  { system, messages = [], recalled, note, ids, near, said, leftOut }: Contribution,
  count: CountTokens,
): SectionReport {
  const texts = [system, ...messages.map(readable), recalled, note].filter((text) => text !== undefined);
  const tokens = texts.reduce<number>((sum, text) => sum + count(text), 0);
  return {
    name,
    tokens,
    ...(ids && { ids: toRuns(ids) }),
    ...(said && { near, said }),
    ...(leftOut && { leftOut }),
  };
}
