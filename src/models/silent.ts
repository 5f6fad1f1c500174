import type { LanguageModel } from "./language-model";

const NOTHING = {
  promptTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  completionTokens: 0,
  reasoningTokens: 0,
};

/** Says nothing and costs nothing: in its place stands what is said without a model. */
export const silentModel: LanguageModel = {
  provider: "offline",
  model: "offline",
  body: ({ system, messages }) => ({
    model: "offline",
    messages: [{ role: "system", content: system }, ...messages],
  }),
  async *complete() {
    yield { type: "model", model: "offline" };
    yield { type: "usage", usage: NOTHING };
    yield { type: "finish", reason: "stop" };
  },
};
