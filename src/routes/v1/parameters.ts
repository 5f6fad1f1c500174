import { z } from "@hono/zod-openapi";

import type { Parameters } from "../../models/language-model";
import { refusal } from "./place";

/** A field that a client may leave out, or set to null, which is the same. */
export const optional = <T extends z.ZodType>(schema: T, example: unknown) =>
  schema.nullish().openapi({ example });

/** What asks for more than one text as an answer. */
export const wishFields = {
  n: optional(z.int().min(1), 1).describe("1, if anything: one persona has one voice."),
  modalities: optional(z.array(z.string()), ["text"]),
  audio: optional(z.unknown(), null).describe("Null, if anything: only text is answered."),
};

/** @throws AppError `unsupported_value` */
export function refuseUnsupported({ n, modalities, audio }: z.output<z.ZodObject<typeof wishFields>>): void {
  if (n && n > 1)
    throw refusal("unsupported_value", "body.n", "One persona gives one answer: `n` can only be 1.");
  const isOther = modalities?.some((kind) => kind !== "text");
  if (isOther || audio != null) {
    const path = isOther ? "body.modalities" : "body.audio";
    throw refusal("unsupported_value", path, "Only text can be answered.");
  }
}

/** OpenAI's schemas may have ten levels of their own, each of which takes a few. */
const MAX_DEPTH = 100;

function isShallow(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false;
    level = level.flatMap((each) => (typeof each === "object" && each ? Object.values(each) : []));
  }
  return true;
}

/** JSON of the client's own that is handed on: whoever writes it goes down all of its levels. */
export const shallow = <T extends z.ZodType>(schema: T): T =>
  schema.refine(isShallow, `must have at most ${MAX_DEPTH} levels`);

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
  response_format: optional(
    shallow(z.looseObject({ type: z.enum(["text", "json_object", "json_schema"]) })),
    { type: "text" },
  ),
  tools: optional(shallow(z.array(z.looseObject({ type: z.string() })).max(1000)), [
    { type: "function", function: { name: "look", parameters: { type: "object", properties: {} } } },
  ]),
  tool_choice: optional(shallow(z.union([z.string(), z.looseObject({ type: z.string() })])), "auto"),
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
