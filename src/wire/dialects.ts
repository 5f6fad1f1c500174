import { aiSdk } from "./ai-sdk";
import type { Dialect, Terms } from "./dialect";
import { openAiChat } from "./openai-chat";
import { openAiResponses } from "./openai-responses";
import { turnDialect } from "./turn-stream";

/** Every dialect, by the name under which a route asks for it. */
const DIALECTS = {
  turn: () => turnDialect,
  "openai-chat": openAiChat,
  "openai-responses": openAiResponses,
  "ai-sdk": aiSdk,
} as const satisfies Record<string, (terms: Terms) => Dialect>;

export type DialectName = keyof typeof DIALECTS;

/** The terms of who asks for none. */
const NONE: Terms = { model: "", usage: false };

/** The dialect of this name, on these terms. */
export const dialectOf = (name: DialectName, terms: Terms = NONE): Dialect => DIALECTS[name](terms);
