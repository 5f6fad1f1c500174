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

/** Who speaks where nobody in particular does. */
const NO_PERSONA: Character = { name: "", description: null, relationType: "other" };

/** The language model for small work of our own; null where there is none, or but the embedded one, which is made to talk. */
export function helperModel(config: Config): LanguageModel | null {
  const provider = configuredProvider(config);
  return provider?.reach ? provider.model(config, NO_PERSONA) : null;
}

/**
 * The language model that speaks for a persona.
 * @throws AppError `upstream_not_configured`
 */
export function chooseModel(config: Config, persona: Character): LanguageModel {
  const provider = configuredProvider(config);
  if (!provider) throw new AppError("upstream_not_configured");
  return provider.model(config, persona);
}
