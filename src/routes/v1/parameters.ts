import { z } from "@hono/zod-openapi";

import type { Parameters } from "../../models/language-model";

/** A field that a client may leave out, or set to null, which is the same. */
export const optional = <T extends z.ZodType>(schema: T, example: unknown) =>
  schema.nullish().openapi({ example });

const penalty = z.number().min(-2).max(2);

/** How an answer is wanted, in the names that all of OpenAI's dialects share. What is not named here is ignored. */
export const samplingFields = {
  temperature: optional(z.number().min(0).max(2), 0.7),
  top_p: optional(z.number().min(0).max(1), 1),
  presence_penalty: optional(penalty, 0),
  frequency_penalty: optional(penalty, 0),
  top_logprobs: optional(z.int().min(0).max(20), 0),
  parallel_tool_calls: optional(z.boolean(), true),
};

export const MOST_TOKENS = 1_000_000_000;

/** What only chat completions have. */
export const chatFields = {
  ...samplingFields,
  max_tokens: optional(z.int().min(1).max(MOST_TOKENS), 300),
  max_completion_tokens: optional(z.int().min(1).max(MOST_TOKENS), 300).describe(
    "The same, by its newer name.",
  ),
  seed: optional(z.int(), 7),
  stop: optional(z.union([z.string(), z.array(z.string()).max(16)]), ["END"]),
  logit_bias: optional(z.record(z.string(), z.number()), { "50256": -100 }),
  logprobs: optional(z.boolean(), false),
  verbosity: optional(z.enum(["low", "medium", "high"]), "medium"),
  reasoning_effort: optional(z.string().max(16), "low"),
  response_format: optional(z.looseObject({ type: z.enum(["text", "json_object", "json_schema"]) }), {
    type: "text",
  }),
  tools: optional(z.array(z.looseObject({ type: z.string() })).max(1000), [
    { type: "function", function: { name: "look", parameters: { type: "object", properties: {} } } },
  ]),
  tool_choice: optional(z.union([z.string(), z.looseObject({ type: z.string() })]), "auto"),
};

type Chat = z.output<z.ZodObject<typeof chatFields>>;

/** The parameters of a chat completion as a language model is given them: absent and null are the same, as is an empty list. */
export function parametersOf({
  max_completion_tokens,
  max_tokens,
  tools,
  tool_choice,
  ...given
}: Chat): Parameters {
  const functions = tools?.filter(({ type }) => type === "function") ?? [];
  const longest = max_completion_tokens ?? max_tokens;
  const wished = {
    ...Object.fromEntries(Object.keys(chatFields).map((name) => [name, given[name as keyof typeof given]])),
    ...(longest && { max_tokens: longest }),
    ...(functions.length > 0 && { tools: functions, tool_choice }),
  };
  return Object.fromEntries(
    Object.entries(wished).filter(([name, value]) => isMeant(name, value, functions)),
  );
}

const NEEDS_TOOLS = new Set(["tool_choice", "parallel_tool_calls"]);

function isMeant(name: string, value: unknown, functions: unknown[]): boolean {
  if (value === undefined || value === null) return false;
  if (Array.isArray(value) && value.length === 0) return false;
  return functions.length > 0 || !NEEDS_TOOLS.has(name);
}
