import type { Persona } from "../db/schema";
import type { Config } from "../env";
import { AppError } from "../errors";
import type { LanguageModel } from "./language-model";
import { offlineModel } from "./offline/model";
import { openaiModel } from "./openai";

const OPENAI = "https://api.openai.com/v1";

/** Which language model the configuration names. A server other than OpenAI's may need no key. */
export function configuredModel(config: Config): "openai" | "offline" | null {
  if (config.OPENAI_API_KEY) return "openai";
  if (config.OFFLINE_MODEL) return "offline";
  return config.OPENAI_BASE_URL === OPENAI ? null : "openai";
}

/**
 * The language model that speaks for a persona.
 * @throws AppError `upstream_not_configured`
 */
export function chooseModel(config: Config, persona: Persona): LanguageModel {
  const model = configuredModel(config);
  if (model === null) throw new AppError("upstream_not_configured");
  return model === "offline" ? offlineModel(persona) : openaiModel(config);
}
