import type { ToolCall, ToolCallDelta } from "../db/schema";
import type { Config } from "../env";
import type { Character } from "../personas/character";
import type { TokenUsage } from "../usage/tokens";

/** A piece of a message: text or an image, in OpenAI's shape. */
export type Part = TextPart | { type: "image_url"; image_url: { url: string; detail?: string } };
type TextPart = { type: "text"; text: string };

/** What a message says: text, or pieces in order. */
export type Content = string | Part[];

/** A message as a language model is given it. `tool`: what came of a call that an assistant's message made. */
export type PromptMessage = {
  role: "user" | "assistant" | "tool";
  content: Content;
  tool_calls?: ToolCall[];
  tool_call_id?: string;
};

/** How an answer is wanted where the client says so, in the names of OpenAI's chat completions. */
export type Parameters = {
  max_tokens?: number;
  temperature?: number;
  tools?: unknown[];
  [parameter: string]: unknown;
};

/** What a language model is asked, whichever it is. */
export type CompletionRequest = {
  /** The persona prompt: the same bytes from turn to turn. */
  system: string;
  /** Oldest first; ends with the message to be answered. */
  messages: PromptMessage[];
  /** What was said before, elsewhere or long ago, and may be wanted now: told before the last message, by us. */
  recalled?: { text: string; messages: PromptMessage[] };
  /** What it is told behind the last message, by us; no part of the conversation. */
  note?: string;
  /** Whose conversation it is; a provider is never told who that is. */
  userId?: number;
  /** What the client wants otherwise than the configuration has it. */
  parameters?: Parameters;
};

/** What a language model says, in order. `finish` is the proof that the answer is whole. */
export type CompletionEvent =
  | { type: "model"; model: string }
  | { type: "text"; text: string; logprobs?: unknown[] }
  | { type: "tool_calls"; calls: ToolCallDelta[] }
  | { type: "usage"; usage: TokenUsage }
  | { type: "finish"; reason: string };

/** A request as it is sent: an OpenAI chat completion's parameters. */
export type RequestBody = {
  model: string;
  messages: ({ role: "system"; content: Content } | PromptMessage)[];
  [parameter: string]: unknown;
};

/**
 * A language model: one call, streamed. Ends after `finish`, or throws an AppError whose code names what went wrong;
 * an answer that ends without `finish` is such an error (`upstream_incomplete`). Stops as soon as `signal` aborts.
 */
export type LanguageModel = {
  /** Who bills for it: `openai`, the host of a compatible server, or `offline`. */
  provider: string;
  /** The model asked for. */
  model: string;
  /** It takes no images. */
  blind?: boolean;
  /** What `complete` would send now, without sending it. */
  body: (request: CompletionRequest) => RequestBody;
  complete: (request: CompletionRequest, signal: AbortSignal) => AsyncIterable<CompletionEvent>;
};

/** Where a language model comes from: an entry of the list in `registry.ts`. */
export type Provider = {
  /** Who bills for it: `openai`, the host of a compatible server, or `offline`. */
  name: (config: Config) => string;
  /** Whether the configuration means it; the first of the list that is meant is taken. */
  isConfigured: (config: Config) => boolean;
  /** The model that would be asked for. */
  modelName: (config: Config) => string;
  /** The model that speaks for a persona. */
  model: (config: Config, persona: Character) => LanguageModel;
  /** Asks, at no cost, whether it is there and takes our key; null where the model runs here. */
  reach: ((config: Config) => Promise<"connected" | "unreachable" | "rejected_key">) | null;
};

/** The text of a message, its pieces joined. */
export const textOf = (content: Content): string =>
  typeof content === "string"
    ? content
    : content.map((part) => (part.type === "text" ? part.text : "")).join("");

/** How many images a message holds. */
export const imagesIn = (content: Content): number =>
  typeof content === "string" ? 0 : content.filter(({ type }) => type === "image_url").length;
