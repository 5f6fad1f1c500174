import type { Character } from "../../personas/character";
import { textOf, type LanguageModel, type Provider } from "../language-model";
import { offlineReply, type Said } from "./reply";

/** The embedded model, as a provider: it runs here, and costs nothing. */
export const offline: Provider = {
  name: () => "offline",
  isConfigured: (config) => config.OFFLINE_MODEL,
  modelName: () => "offline",
  model: (_config, persona) => offlineModel(persona),
  reach: null,
};

/**
 * The embedded model, for a first look without a key: rules in the manner of Weizenbaum's ELIZA (1966), spoken in the
 * persona's voice. The same persona and messages always give the same reply.
 * @param pauseMs what it waits before each word
 */
export function offlineModel(persona: Character, pauseMs = 25): LanguageModel {
  return {
    provider: "offline",
    model: "offline",
    blind: true,
    body: ({ system, messages, recalled }) => ({
      model: "offline",
      messages: [
        { role: "system", content: system },
        ...messages.slice(0, -1),
        ...(recalled ? [{ role: "system" as const, content: recalled.text }] : []),
        ...messages.slice(-1),
      ],
    }),
    async *complete(request, signal) {
      signal.throwIfAborted();
      const { recalled, messages } = request;
      const said = [...(recalled?.messages ?? []), ...messages].flatMap(({ role, content }): Said[] =>
        role === "tool" ? [] : [{ role, content: textOf(content) }],
      );
      const reply = offlineReply(persona, said);
      yield { type: "model", model: "offline" };
      for (const word of reply.match(/\s*\S+\s*/g) ?? []) {
        await scheduler.wait(pauseMs, { signal });
        yield { type: "text", text: word };
      }
      yield { type: "usage", usage: estimate(request.system, said, reply) };
      yield { type: "finish", reason: "stop" };
    },
  };
}

/** About four characters a token, as English has it. */
function estimate(system: string, said: Said[], reply: string) {
  const asked = said.reduce((sum, message) => sum + message.content.length, system.length);
  return {
    promptTokens: Math.ceil(asked / 4),
    cachedTokens: 0,
    cacheWriteTokens: 0,
    completionTokens: Math.ceil(reply.length / 4),
    reasoningTokens: 0,
  };
}
