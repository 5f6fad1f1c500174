import type { Config, Env } from "../env";
import { AppError } from "../errors";
import {
  imagesIn,
  textOf,
  type LanguageModel,
  type Parameters,
  type PromptMessage,
} from "../models/language-model";
import { appSection } from "../prompt/app";
import { buildPrompt, personaSections, wishSections } from "../prompt/build";
import { givenSection } from "../prompt/given";
import { saidIn } from "../prompt/lorebook";
import { factsSection, memorySection, type Remembered } from "../prompt/memory";
import { tokensIn } from "../prompt/report";
import { noteSection, rulesSection } from "../prompt/safety";
import { estimateTokens } from "../prompt/tokens";
import { careOf, hearAfter, type Care } from "../safety/care";
import { rulesOf } from "../safety/rules";
import { findPrice } from "../usage/prices";
import { rememberPass } from "./remember";
import { roleOf } from "./role";
import { modelFor } from "./safety";
import type { Snapshot } from "./state";

/** What a client asks of a persona with a history of its own. */
export type PassRequest = {
  personaId: number;
  /** What the app says of itself, see `appSection`. */
  app: string[];
  /** Oldest first. */
  messages: PromptMessage[];
  parameters: Parameters;
};

export type Plan = ReturnType<typeof plan>;

/**
 * What would be asked of which model, with what is remembered for it.
 * @throws AppError `upstream_not_configured`, `unsupported_content`, `context_length_exceeded`
 */
export async function planPass(
  { env, var: { config } }: { env: Env; var: { config: Config } },
  request: PassRequest,
  snapshot: Snapshot,
): Promise<Plan> {
  const care = careFor(config, request, snapshot);
  const remembered = care.refusal
    ? null
    : await rememberPass(env, config, request.messages, snapshot, care.policy);
  return plan(config, request, snapshot, care, remembered);
}

/** What a pass is begun with for its user's sake. */
function careFor(
  config: Config,
  { app, messages }: PassRequest,
  { persona, safety }: Pick<Snapshot, "persona" | "safety">,
): Care {
  const said = messages.filter(({ role }) => role === "user").map(({ content }) => textOf(content));
  const heard = hearAfter(said.slice(0, -1), said.at(-1) ?? null);
  return careOf(heard, safety, roleOf(persona, app), config, Date.now());
}

function plan(
  config: Config,
  { app, messages, parameters }: PassRequest,
  { persona }: Pick<Snapshot, "persona">,
  care: Care,
  remembered: Remembered | null,
) {
  const model = modelFor(care, config, persona);
  if (model.blind && messages.some(({ content }) => imagesIn(content) > 0)) {
    throw new AppError("unsupported_content");
  }
  const completionTokens = Math.min(
    parameters.max_tokens ?? config.OPENAI_MAX_TOKENS,
    config.OPENAI_MAX_TOKENS,
  );
  const window = windowOf(config, model);
  const tools = parameters.tools ? estimateTokens(JSON.stringify(parameters.tools)) : 0;
  const budget = Math.min(config.PASS_MAX_TOKENS, window - completionTokens) - tools;
  const sections = [
    ...personaSections(persona, saidIn(messages, null)),
    rulesSection(rulesOf(care.policy)),
    ...(remembered ? [factsSection(remembered)] : []),
    appSection(app),
    givenSection(messages),
    ...(remembered ? [memorySection(remembered)] : []),
    ...wishSections(persona),
    ...(care.note === null ? [] : [noteSection(care.note)]),
  ];
  const prompt = buildPrompt(sections, { ratio: 1, budget, source: "request" });
  if (tokensIn(prompt.report) > budget) throw tooLong(config);
  prompt.request.parameters = parameters;
  prompt.estimate += tools;
  const { provider } = model;
  return {
    model,
    care,
    prompt,
    call: { provider, model: model.model, promptTokens: prompt.estimate, completionTokens },
  };
}

const windows = new WeakMap<Config, Map<string, number>>();

/** How many tokens a model has room for, as far as the price list says; looked up once, which takes longer than all of a plan. */
function windowOf(config: Config, model: LanguageModel): number {
  const known = windows.get(config) ?? new Map<string, number>();
  windows.set(config, known);
  const name = `${model.provider} ${model.model}`;
  const window =
    known.get(name) ?? findPrice({ ...model, at: new Date() }, 0, config)?.contextWindow ?? Infinity;
  known.set(name, window);
  return window;
}

const tooLong = ({ PASS_MAX_TOKENS: most }: Config) =>
  new AppError("context_length_exceeded", {
    detail: `The app's instructions, its tools and the last message are more than fit: this server takes ${most} tokens (PASS_MAX_TOKENS), and no more than the model has room for.`,
  });
