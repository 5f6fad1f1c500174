import { z } from "@hono/zod-openapi";

import type { Parameters } from "../../models/language-model";
import { NOTHING_SAID, type Echo } from "../../wire/openai-response";
import { InputSchema } from "./input";
import { MOST_TOKENS, optional, parametersOf, samplingFields, shallow, wishFields } from "./parameters";

const MAX_PAIRS = 16;

/** What a client writes to a thing for itself: OpenAI's bounds. */
export const MetadataSchema = z
  .record(z.string().max(64), z.string().max(512))
  .refine((pairs) => Object.keys(pairs).length <= MAX_PAIRS, `must have at most ${MAX_PAIRS} pairs`);

const FormatSchema = z.looseObject({
  type: z.enum(["text", "json_object", "json_schema"]),
  name: z.string().optional(),
  schema: z.looseObject({}).optional(),
});

export const ResponseRequestSchema = z
  .looseObject({
    model: z.string().max(256).openapi({ example: "alex-1" }),
    input: InputSchema,
    instructions: optional(z.string(), "Be brief."),
    stream: optional(z.boolean(), false),
    store: optional(z.boolean(), true).describe(
      "Whether it is kept, as a conversation of yours, where it can be: with `tools` or images it is not.",
    ),
    background: optional(z.boolean(), false).describe(
      "Answers at once; the response goes on, whoever leaves, and is followed by its id.",
    ),
    conversation: optional(z.union([z.string(), z.looseObject({ id: z.string() })]), null).describe(
      "A conversation of yours in which this is said, as `conv_17`.",
    ),
    previous_response_id: optional(z.string().max(256), null).describe(
      "The response that this goes on from.",
    ),
    metadata: optional(MetadataSchema, { purpose: "greeting" }),
    ...samplingFields,
    max_output_tokens: optional(z.int().min(1).max(MOST_TOKENS), 300),
    reasoning: optional(z.looseObject({ effort: z.string().max(16).nullish() }), { effort: "low" }),
    text: optional(
      z.looseObject({
        format: shallow(FormatSchema).nullish(),
        verbosity: z.enum(["low", "medium", "high"]).nullish(),
      }),
      { format: { type: "text" } },
    ),
    tools: optional(shallow(z.array(z.looseObject({ type: z.string() })).max(1000)), []),
    tool_choice: optional(shallow(z.union([z.string(), z.looseObject({ type: z.string() })])), "auto"),
    truncation: optional(z.enum(["auto", "disabled"]), "auto"),
    user: optional(z.string(), "somebody"),
    safety_identifier: optional(z.string(), "somebody"),
    prompt_cache_key: optional(z.string(), "greetings"),
    ...wishFields,
  })
  .openapi("ResponseRequest");

export type ResponseRequest = z.output<typeof ResponseRequestSchema>;
type Tool = { type: string; [field: string]: unknown };

/** The tools that are a client's own functions; others are OpenAI's, and none here. */
export const functionsIn = ({ tools }: ResponseRequest): Tool[] =>
  (tools ?? []).filter(({ type }) => type === "function");

/** The parameters of a response as a language model is given them, which are those of a chat completion. */
export function parametersOfResponse(asked: ResponseRequest): Parameters {
  const { text, tool_choice: choice, top_logprobs: logprobs, reasoning, max_output_tokens } = asked;
  return parametersOf({
    temperature: asked.temperature,
    top_p: asked.top_p,
    presence_penalty: asked.presence_penalty,
    frequency_penalty: asked.frequency_penalty,
    parallel_tool_calls: asked.parallel_tool_calls,
    max_tokens: max_output_tokens,
    verbosity: text?.verbosity,
    reasoning_effort: reasoning?.effort,
    ...(logprobs && { logprobs: true, top_logprobs: logprobs }),
    response_format: text?.format && formatOf(text.format),
    tools: functionsIn(asked).map(({ type, ...called }) => ({ type, function: called })),
    tool_choice: choice && choiceOf(choice),
  });
}

function formatOf({ type, ...given }: z.output<typeof FormatSchema>) {
  return type === "json_schema" ? { type, json_schema: given } : { type };
}

function choiceOf(choice: string | Tool): string | Tool {
  if (typeof choice === "string") return choice;
  if (choice.type === "function") return { type: "function", function: { name: choice.name } };
  return typeof choice.mode === "string" ? choice.mode : "auto";
}

/** OpenAI's longest. Characters. */
const MAX_IDENTIFIER = 64;

/** What the answer repeats of the request. Tools are of what is kept nowhere. */
export function echoOf(asked: ResponseRequest, { isKept }: { isKept: boolean }): Echo {
  const { text, tool_choice: choice, user, safety_identifier: identifier } = asked;
  const functions = isKept ? [] : functionsIn(asked);
  const hasChoice = typeof choice === "string" || choice?.type === "function";
  return {
    ...NOTHING_SAID,
    model: asked.model,
    background: asked.background ?? false,
    frequency_penalty: asked.frequency_penalty ?? 0,
    instructions: asked.instructions ?? null,
    max_output_tokens: asked.max_output_tokens ?? null,
    metadata: asked.metadata ?? {},
    parallel_tool_calls: asked.parallel_tool_calls ?? true,
    presence_penalty: asked.presence_penalty ?? 0,
    previous_response_id: asked.previous_response_id ?? null,
    prompt_cache_key: asked.prompt_cache_key ?? null,
    reasoning: { effort: asked.reasoning?.effort ?? null, summary: null },
    safety_identifier: identifier && identifier.length <= MAX_IDENTIFIER ? identifier : null,
    temperature: asked.temperature ?? 1,
    text: {
      format: text?.format ?? { type: "text" },
      ...(text?.verbosity && { verbosity: text.verbosity }),
    },
    tool_choice: functions.length > 0 && choice && hasChoice ? choice : "auto",
    tools: functions.map((tool) => ({ description: null, parameters: null, strict: null, ...tool })),
    top_logprobs: asked.top_logprobs ?? 0,
    top_p: asked.top_p ?? 1,
    truncation: asked.truncation ?? "auto",
    ...(user != null && { user }),
  };
}
