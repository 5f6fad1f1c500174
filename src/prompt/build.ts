import type { ContextReport, SectionReport } from "../db/schema";
import type { CompletionRequest, Content } from "../models/language-model";
import type { Character } from "../personas/character";
import { historySection, type Window } from "./history";
import { messageSection } from "./message";
import { personaSection } from "./persona";
import { toRuns } from "./report";
import type { Contribution, CountTokens, Section } from "./section";
import { estimateTokens, readable } from "./tokens";

/** What a prompt is built from. */
export type PromptInputs = {
  persona: Character;
  /** What was said before. */
  window: Window;
  /** What is to be answered; null where the persona speaks of itself. */
  message: Content | null;
};

/** Every section of a prompt, in the order in which they stand in it. */
export const sectionsOf = ({ persona, window, message }: PromptInputs): Section[] => [
  personaSection(persona),
  historySection(window, message),
  messageSection(message),
];

export type Prompt = {
  request: CompletionRequest;
  report: ContextReport;
  /** Estimated tokens before correction: what the reported count is compared with. */
  estimate: number;
};

type Terms = {
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
  return {
    request: { system, messages },
    report: { budget, source, sections: fitted.map(({ report }) => report) },
    estimate: estimateTokens(system) + messages.reduce((sum, m) => sum + estimateTokens(readable(m)), 0),
  };
}

type Fitted = { part: Contribution; report: SectionReport };

function fitSections(sections: Section[], budget: number, count: CountTokens): Fitted[] {
  let room = budget;
  const fit = (section: Section): Fitted => {
    const part = section.fit(room, count);
    const report = reportOf(section.name, part, count);
    room -= report.tokens;
    return { part, report };
  };
  const order = [...sections.filter(({ whole }) => whole), ...sections.filter(({ whole }) => !whole)];
  const fitted = new Map(order.map((section) => [section, fit(section)]));
  return sections.flatMap((section) => fitted.get(section) ?? []);
}

function reportOf(name: string, { system, messages = [], ids, leftOut }: Contribution, count: CountTokens) {
  const texts = [...(system === undefined ? [] : [system]), ...messages.map(readable)];
  const tokens = texts.reduce<number>((sum, text) => sum + count(text), 0);
  return { name, tokens, ...(ids && { ids: toRuns(ids) }), ...(leftOut && { leftOut }) };
}
