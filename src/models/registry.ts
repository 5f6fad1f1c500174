import type { Config } from "../env";
import { AppError } from "../errors";
import type { Character } from "../personas/character";
import type { LanguageModel, Provider } from "./language-model";
import { offline } from "./offline/model";
import { openai } from "./openai";

/** Every provider there is: the first one that the configuration means speaks. */
const PROVIDERS: Provider[] = [openai, offline];

/** The provider that the configuration names, or null. */
export const configuredProvider = (config: Config): Provider | null =>
  PROVIDERS.find(({ isConfigured }) => isConfigured(config)) ?? null;

/**
 * The language model that speaks for a persona.
 * @throws AppError `upstream_not_configured`
 */
export function chooseModel(config: Config, persona: Character): LanguageModel {
  const provider = configuredProvider(config);
  if (!provider) throw new AppError("upstream_not_configured");
  return provider.model(config, persona);
}
