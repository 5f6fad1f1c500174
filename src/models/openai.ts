import { createHmac } from "node:crypto";

import { createParser } from "eventsource-parser";

import type { ToolCallDelta } from "../db/schema";
import type { Config } from "../env";
import { AppError, type ErrorCode } from "../errors";
import { readUsage } from "../usage/tokens";
import { withoutControlTokens } from "./control-tokens";
import {
  imagesIn,
  type CompletionEvent,
  type CompletionRequest,
  type RequestBody,
  type LanguageModel,
  type PromptMessage,
  type Provider,
} from "./language-model";
import { refusesEveryValue, refusesImages, refusesParameter, type Refusal } from "./refusals";

/** What a model was found to refuse, remembered for as long as this isolate lives. */
type Quirks = {
  maxTokens: "max_tokens" | "max_completion_tokens" | null;
  temperature: boolean;
  usage: boolean;
  tags: boolean;
  images: boolean;
  /** Of what clients may ask for. */
  refused: string[];
};
const quirks = new Map<string, Quirks>();
const quirkKey = (config: Config) => `${config.OPENAI_BASE_URL} ${config.OPENAI_MODEL}`;
const quirksOf = (config: Config): Quirks =>
  quirks.get(quirkKey(config)) ?? {
    maxTokens: "max_tokens",
    temperature: true,
    usage: true,
    tags: true,
    images: true,
    refused: [],
  };

/** What a server answered that did not do what it was asked. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly refusal: Refusal,
  ) {
    super(`HTTP ${status}`);
  }
}

/** One request, as it is: waiting, retrying and reading the stream are ours anyway. */
async function call(config: Config, path: string, init: RequestInit): Promise<Response> {
  const { OPENAI_BASE_URL, OPENAI_API_KEY } = config;
  const headers = {
    ...(OPENAI_API_KEY && { Authorization: `Bearer ${OPENAI_API_KEY}` }),
    "Content-Type": "application/json",
    Accept: "application/json",
    "User-Agent": "digital-persona-platform",
  };
  const response = await fetch(OPENAI_BASE_URL + path, { ...init, headers, redirect: "follow" });
  if (response.ok) return response;
  throw new Refused(response.status, response.headers, await readRefusal(response));
}

/** Longer than any server's error. Characters. */
const MAX_ERROR_CHARACTERS = 100_000;

/** What a server says of why it refused: to be understood, never to be repeated. */
async function readRefusal(response: Response): Promise<Refusal> {
  const text = (await response.text().catch(() => "")).slice(0, MAX_ERROR_CHARACTERS);
  const body = parseJson(text) as { error?: unknown } | undefined;
  const { message, code, param } = Object(body?.error ?? body) as Record<string, unknown>;
  return { message: typeof message === "string" ? message : text, code, param };
}

const OPENAI = "https://api.openai.com/v1";

/** OpenAI and its kin. A server other than OpenAI's may need no key; it then speaks unless the offline model is to. */
export const openai: Provider = {
  name: (config) => providerName(config.OPENAI_BASE_URL),
  isConfigured: ({ OPENAI_API_KEY, OPENAI_BASE_URL, OFFLINE_MODEL }) =>
    Boolean(OPENAI_API_KEY) || (OPENAI_BASE_URL !== OPENAI && !OFFLINE_MODEL),
  modelName: (config) => config.OPENAI_MODEL,
  model: (config) => openaiModel(config),
  reach: (config) => reach(config),
};

/** OpenAI, or any server that speaks its chat completions. */
export function openaiModel(config: Config): LanguageModel {
  return {
    provider: providerName(config.OPENAI_BASE_URL),
    model: config.OPENAI_MODEL,
    get blind() {
      return !quirksOf(config).images;
    },
    body: (request) => parameters(config, request, quirksOf(config)),
    async *complete(request, signal) {
      const { response, known } = await ask(config, request, signal);
      const events = readCompletion(response);
      yield* known.maxTokens ? events : cutAt(maxTokensOf(config, request), events);
    },
  };
}

/** An address is taken apart once: each turn asks several times. */
const names = new Map<string, string>();

function providerName(baseUrl: string): string {
  const known = names.get(baseUrl);
  if (known !== undefined) return known;
  const { hostname } = new URL(baseUrl);
  const name = hostname === "api.openai.com" ? "openai" : hostname;
  names.set(baseUrl, name);
  return name;
}

/** Sends the request, and sends it again without what this model refuses (reasoning models, older servers). */
async function ask(config: Config, request: CompletionRequest, signal: AbortSignal) {
  for (;;) {
    const known = quirksOf(config);
    try {
      const body = JSON.stringify(parameters(config, request, known));
      return { response: await call(config, "/chat/completions", { method: "POST", body, signal }), known };
    } catch (error) {
      signal.throwIfAborted();
      const learned = learnedFrom(error, known, request);
      if (learned) quirks.set(quirkKey(config), learned);
      if (learned?.images === false) throw new AppError("unsupported_content");
      if (!learned) throw upstreamError(error);
    }
  }
}

function parameters(config: Config, request: CompletionRequest, known: Quirks) {
  const { maxTokens, temperature, usage, tags, refused } = known;
  const {
    max_tokens: _,
    temperature: warmth = config.OPENAI_TEMPERATURE,
    ...others
  } = request.parameters ?? {};
  return {
    ...Object.fromEntries(Object.entries(others).filter(([name]) => !refused.includes(name))),
    model: config.OPENAI_MODEL,
    messages: messagesFor(config, request),
    stream: true as const,
    ...(usage && { stream_options: { include_usage: true } }),
    ...(maxTokens && { [maxTokens]: maxTokensOf(config, request) }),
    ...(temperature && { temperature: warmth }),
    ...(tags && tagsOf(config, request)),
  };
}

/** The longest reply: as the client wants it, but never longer than the operator does. */
const maxTokensOf = ({ OPENAI_MAX_TOKENS: most }: Config, { parameters }: CompletionRequest) =>
  Math.min(parameters?.max_tokens ?? most, most);

const isOpenAi = (config: Config) => providerName(config.OPENAI_BASE_URL) === "openai";

/** OpenAI reads control tokens in a message as text; other servers may read them as the end of it. */
function messagesFor(config: Config, { system, messages, recalled, note }: CompletionRequest) {
  const noted = withNote(messages, note);
  const said = recalled ? withRecalled(noted, recalled.text, isOpenAi(config)) : noted;
  const all = [{ role: "system" as const, content: system }, ...said];
  if (isOpenAi(config)) return all;
  return all.map(
    (message) => ({ ...message, content: withoutControlTokens(message.content) }) as typeof message,
  );
}

/**
 * What is recalled stands just before the last thing the user said, where it spoils no cached beginning: by itself or, since
 * many servers refuse a system message that is not the first, at the head of that message.
 */
function withRecalled(messages: PromptMessage[], text: string, byItself: boolean): RequestBody["messages"] {
  const place = messages.findLastIndex(({ role }) => role === "user");
  const [before, after] = [messages.slice(0, Math.max(0, place)), messages.slice(Math.max(0, place))];
  const [last, ...rest] = after;
  if (byItself || last?.role !== "user") return [...before, { role: "system", content: text }, ...after];
  const { content } = last;
  const told = `${text}\n[End of what was said earlier]\n\n`;
  const joined =
    typeof content === "string" ? told + content : [{ type: "text" as const, text: told }, ...content];
  return [...before, { role: "user", content: joined }, ...rest];
}

/** A note goes along with the last thing the user said: many servers refuse a system message that is not the first. */
function withNote(messages: PromptMessage[], note: string | undefined): PromptMessage[] {
  if (!note) return messages;
  const last = messages.at(-1);
  if (last?.role !== "user") return [...messages, { role: "user", content: note }];
  const { content } = last;
  const noted =
    typeof content === "string"
      ? `${content}\n\n${note}`
      : [...content, { type: "text" as const, text: `\n\n${note}` }];
  return [...messages.slice(0, -1), { role: "user", content: noted }];
}

/**
 * Tells OpenAI one user from another and not who they are: so that it can act against one instead of against the whole key
 * (its safety best practices), and sends prompts that begin alike to where they are cached. At most 64 characters each. Others
 * have not asked for it, and some refuse what they do not know.
 */
function tagsOf(config: Config, { userId }: CompletionRequest) {
  if (userId === undefined || !isOpenAi(config)) return {};
  const tag = (use: string) =>
    createHmac("sha256", config.SECRET_KEY[0].secret).update(`${use}:${userId}`).digest("base64url");
  return { safety_identifier: tag("safety"), prompt_cache_key: tag("cache") };
}

const TAGS = ["safety_identifier", "prompt_cache_key"];

/** What to leave out next, or null if the refusal was about something else: a value, say, or the length of the prompt. */
function learnedFrom(error: unknown, known: Quirks, request: CompletionRequest): Quirks | null {
  if (!(error instanceof Refused)) return null;
  const { refusal, status } = error;
  const shows = request.messages.some(({ content }) => imagesIn(content) > 0);
  if (shows && known.images && status < 500 && refusesImages(refusal)) return { ...known, images: false };
  if (status !== 400 && status !== 422) return null;
  if (known.maxTokens && refusesParameter(known.maxTokens, refusal)) {
    return { ...known, maxTokens: known.maxTokens === "max_tokens" ? "max_completion_tokens" : null };
  }
  const { temperature, usage } = known;
  if (
    temperature &&
    (refusesParameter("temperature", refusal) || refusesEveryValue("temperature", refusal))
  ) {
    return { ...known, temperature: false };
  }
  if (usage && refusesParameter("stream_options", refusal)) return { ...known, usage: false };
  if (known.tags && TAGS.some((name) => refusesParameter(name, refusal))) return { ...known, tags: false };
  const wanted = WISHES.find(
    (name) =>
      request.parameters?.[name] !== undefined &&
      !known.refused.includes(name) &&
      (refusesParameter(name, refusal) || refusesEveryValue(name, refusal)),
  );
  return wanted ? { ...known, refused: [...known.refused, wanted] } : null;
}

/** What a client may wish for and a model may ignore: without it an answer is still an answer. */
const WISHES = [
  "top_p",
  "presence_penalty",
  "frequency_penalty",
  "seed",
  "stop",
  "logit_bias",
  "verbosity",
  "reasoning_effort",
  "parallel_tool_calls",
  "logprobs",
  "top_logprobs",
];

/** About four bytes of UTF-8 make a token: OpenAI's rule of thumb. */
const BYTES_PER_TOKEN = 4;

/** Holds a reply to its limit where the server takes none: what is too much is cut off, and the server is hung up on. */
async function* cutAt(
  maxTokens: number,
  events: AsyncIterable<CompletionEvent>,
): AsyncGenerator<CompletionEvent> {
  let room = maxTokens * BYTES_PER_TOKEN;
  for await (const event of events) {
    if (event.type !== "text") {
      yield event;
      continue;
    }
    const text = textWithin(room, event.text);
    room -= Buffer.byteLength(text);
    if (text) yield { type: "text", text };
    if (text !== event.text) return yield { type: "finish", reason: "length" };
  }
}

/** As much of a text, in whole characters, as so many bytes hold. */
function textWithin(bytes: number, text: string): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(Math.min(bytes, text.length * 3)));
  return text.slice(0, read);
}

/** Reads a stream of `chat.completion.chunk` events. A clean end proves nothing: only a finish reason does. */
async function* readCompletion(response: Response): AsyncGenerator<CompletionEvent> {
  if (!response.body || response.headers.get("content-type")?.includes("json")) {
    await response.body?.cancel();
    throw new AppError("upstream_error");
  }
  let [finished, model] = [false, ""];
  for await (const chunk of readChunks(response.body)) {
    if (chunk.error) throw streamedError(chunk.error);
    const named = nameIn(chunk.model);
    if (named && named !== model) yield { type: "model", model: (model = named) };
    const [choice] = chunk.choices ?? [];
    yield* wordsOf(choice);
    const usage = chunk.usage ? readUsage(chunk.usage) : null;
    if (usage) yield { type: "usage", usage };
    const reason = nameIn(choice?.finish_reason);
    if (reason && !finished) {
      finished = true;
      yield { type: "finish", reason };
    }
  }
  if (!finished) throw new AppError("upstream_incomplete");
}

/** What a choice says: text, a refusal, which is text to whoever reads it, and calls of the client's functions. */
function* wordsOf(choice: Choice | undefined): Generator<CompletionEvent> {
  const { content, refusal, tool_calls: calls } = choice?.delta ?? {};
  const text = typeof content === "string" && content ? content : refusal;
  const logprobs = choice?.logprobs?.content;
  if (typeof text === "string" && text) {
    yield { type: "text", text, ...(Array.isArray(logprobs) && { logprobs }) };
  }
  if (Array.isArray(calls) && calls.length > 0) yield { type: "tool_calls", calls: calls.map(toCallDelta) };
}

/** More calls than any model makes at once. */
const MAX_CALLS = 1000;
const isCallIndex = (index: unknown): index is number =>
  typeof index === "number" && Number.isInteger(index) && index >= 0 && index < MAX_CALLS;

/** A piece of a call, with nothing in it that OpenAI's clients do not know. */
function toCallDelta(given: unknown, place: number): ToolCallDelta {
  const { index, id, function: called } = Object(given) as Record<string, unknown>;
  const { name, arguments: text } = Object(called) as Record<string, unknown>;
  return {
    index: isCallIndex(index) ? index : place,
    ...(typeof id === "string" && id && { id: nameIn(id), type: "function" }),
    function: {
      ...(typeof name === "string" && name && { name: nameIn(name) }),
      ...(typeof text === "string" && { arguments: text }),
    },
  };
}

/** A name is kept with the reply, and no name is longer than this. */
const MAX_NAME_CHARACTERS = 200;

/** A name that a server gave, or nothing where it gave something else. */
const nameIn = (value: unknown) =>
  typeof value === "string" ? value.slice(0, MAX_NAME_CHARACTERS).toWellFormed() : "";

/** What a server sends, as far as it may be relied on: of what it says, nothing. */
type Chunk = {
  model?: unknown;
  choices?: Choice[];
  usage?: unknown;
  error?: { code?: unknown; type?: unknown };
};

type Choice = {
  delta?: { content?: unknown; refusal?: unknown; tool_calls?: unknown };
  logprobs?: { content?: unknown } | null;
  finish_reason?: unknown;
};

async function* readChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Chunk> {
  const decoder = new TextDecoder();
  let ready: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => void ready.push(data) });
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      parser.feed(done ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true }));
      const batch = ready;
      ready = [];
      for (const data of batch) {
        if (data === "[DONE]") return;
        yield parseChunk(data);
      }
      if (done) return;
    }
  } catch (error) {
    throw upstreamError(error);
  } finally {
    // Whoever stops reading early hangs up on the upstream.
    reader.cancel().catch(() => {});
  }
}

function parseChunk(data: string): Chunk {
  const chunk = parseJson(data);
  if (typeof chunk === "object" && chunk !== null) return chunk;
  throw new AppError("upstream_error");
}

/** What was said stays out of any error. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function streamedError({ code, type }: NonNullable<Chunk["error"]>): AppError {
  const limited = code === 429 || code === "rate_limit_exceeded" || type === "rate_limit_error";
  return new AppError(limited ? "upstream_rate_limited" : "upstream_error");
}

/** Maps whatever the request or the stream threw to a fixed code and sentence: an upstream's text is never repeated. */
function upstreamError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof Refused)) return new AppError("upstream_unreachable", { cause: error });
  const after = error.headers.get("retry-after");
  const headers = after && /^\d{1,5}$/.test(after) ? { "Retry-After": after } : undefined;
  return new AppError(codeFor(error.status), { cause: error, headers });
}

function codeFor(status: number): ErrorCode {
  switch (status) {
    case 401:
      return "upstream_rejected_key";
    case 429:
      return "upstream_rate_limited";
    case 408:
    case 504:
      return "upstream_timeout";
    default:
      return status >= 500 ? "upstream_error" : "upstream_rejected";
  }
}

/** How long a health check waits for the upstream. Milliseconds. */
const REACH_MS = 5000;

/** Asks for the list of models, which costs nothing: is the upstream there, and does it take our key? */
async function reach(config: Config): Promise<"connected" | "unreachable" | "rejected_key"> {
  try {
    const response = await call(config, "/models", { signal: AbortSignal.timeout(REACH_MS) });
    await response.body?.cancel();
    return "connected";
  } catch (error) {
    const code = upstreamError(error).code;
    // Not every compatible server lists its models; one that says so is there.
    if (code === "upstream_rejected") return "connected";
    return code === "upstream_rejected_key" ? "rejected_key" : "unreachable";
  }
}
