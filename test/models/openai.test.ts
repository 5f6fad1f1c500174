import { describe, expect, it, vi } from "vitest";

import { configOf, type Env } from "../../src/env";
import { generate } from "../../src/models/generate";
import { openaiModel } from "../../src/models/openai";
import { chunk, says, scriptUpstream, type Script } from "../upstream";

const REQUEST = { system: "You are Alex.", messages: [{ role: "user" as const, content: "Hi" }] };

/** A model nobody has asked before, so that nothing is known of what it refuses. */
const newModel = (variables: Partial<Env> = {}) =>
  openaiModel(
    configOf({
      SECRET_KEY: "a-secret-for-tests-only-0123456789abcdef",
      OPENAI_API_KEY: "sk-test",
      OPENAI_MODEL: crypto.randomUUID(),
      ...variables,
    } as Env),
  );

/** Asks a model, and tells how it went. Nothing is tried again. */
async function ask(model: ReturnType<typeof newModel>) {
  const limits = { firstToken: 60_000, idle: 60_000, total: 60_000, retries: 0 };
  const { attempts, ...end } = await generate(model, REQUEST, limits, new AbortController(), () => {});
  return { ...attempts.at(-1)!, ...end };
}

const refuses = (body: unknown, status = 400): Script => ({
  status,
  type: "application/json",
  body: JSON.stringify(body),
});
const error = (message: string, fields: object = {}) => ({
  error: { message, type: "invalid_request_error", param: null, code: null, ...fields },
});
const unsupported = (param: string) =>
  refuses(error(`Unsupported parameter: '${param}'`, { param, code: "unsupported_parameter" }));
const pydantic = (...loc: string[]) => [
  { type: "extra_forbidden", loc: ["body", ...loc], msg: "Extra inputs are not permitted", input: true },
];

type Parameter = "max_tokens" | "max_completion_tokens" | "temperature" | "stream_options";

const parameterRefused: [server: string, Parameter, Script][] = [
  [
    "OpenAI",
    "max_tokens",
    refuses(
      error(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        { param: "max_tokens", code: "unsupported_parameter" },
      ),
    ),
  ],
  [
    "Copilot",
    "max_tokens",
    refuses({
      error: {
        message:
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        code: "invalid_request_body",
      },
    }),
  ],
  [
    "OpenAI",
    "temperature",
    refuses(
      error(
        "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.",
        { param: "temperature", code: "unsupported_value" },
      ),
    ),
  ],
  [
    "OpenAI behind a gateway that drops the code",
    "temperature",
    refuses(error("Unsupported value: 'temperature' does not support 0.7 with this model.")),
  ],
  [
    "OpenAI",
    "temperature",
    refuses(
      error("Unsupported parameter: 'temperature' is not supported with this model.", {
        param: "temperature",
        code: "unsupported_parameter",
      }),
    ),
  ],
  ["Anthropic", "temperature", refuses(error("`temperature` is deprecated for this model."))],
  [
    "OpenAI",
    "stream_options",
    refuses(
      error("Unknown parameter: 'stream_options'.", { param: "stream_options", code: "unknown_parameter" }),
    ),
  ],
  ["Azure", "stream_options", refuses(error("Unrecognized request argument supplied: stream_options"))],
  [
    "Azure",
    "max_completion_tokens",
    refuses(error("Unrecognized request argument supplied: max_completion_tokens")),
  ],
  [
    "Azure with data of one's own",
    "max_completion_tokens",
    refuses({
      error: {
        requestid: "bd089c5d",
        code: 400,
        message:
          "Validation error at #/max_completion_tokens: Extra inputs are not permitted\nValidation error at #/store: Extra inputs are not permitted",
      },
    }),
  ],
  [
    "Mistral on Azure",
    "stream_options",
    refuses(
      {
        error: {
          code: "Invalid input",
          message: JSON.stringify({ detail: pydantic("stream_options", "include_usage") }),
          status: 422,
        },
      },
      422,
    ),
  ],
  [
    "Mistral",
    "stream_options",
    refuses(
      { object: "error", message: { detail: pydantic("stream_options") }, type: "invalid_request_error" },
      422,
    ),
  ],
  [
    "Mistral",
    "max_completion_tokens",
    refuses({ object: "Error", message: pydantic("max_completion_tokens"), code: 3001 }, 422),
  ],
  [
    "vLLM",
    "stream_options",
    refuses({
      object: "error",
      message:
        "[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options'), 'msg': 'Extra inputs are not permitted', 'input': {'include_usage': True}}]",
      type: "BadRequestError",
      param: null,
      code: 400,
    }),
  ],
  ["FastAPI", "temperature", refuses({ detail: pydantic("temperature") }, 422)],
  [
    "Groq",
    "stream_options",
    refuses({
      error: {
        message: "property 'stream_options' is unsupported, did you mean 'stream'?",
        type: "invalid_request_error",
      },
    }),
  ],
  [
    "Groq",
    "max_completion_tokens",
    refuses({
      error: {
        message: "property 'max_completion_tokens' is unsupported, did you mean 'max_tokens'?",
        type: "invalid_request_error",
      },
    }),
  ],
  [
    "Google",
    "stream_options",
    refuses(error('Invalid JSON payload received. Unknown name "stream_options": Cannot find field.')),
  ],
];

const valueRefused: [server: string, Script][] = [
  [
    "vLLM, of the reply's length",
    refuses(
      error(
        "'max_tokens' or 'max_completion_tokens' is too large: 1000. This model's maximum context length is 4096 tokens and your request has 3500 input tokens (1000 > 4096 - 3500).",
        { type: "BadRequestError", param: "max_tokens", code: 400 },
      ),
    ),
  ],
  [
    "vLLM, newer",
    refuses(
      error(
        "This model's maximum context length is 4096 tokens. However, you requested 1000 output tokens and your prompt contains at least 3097 input tokens, for a total of at least 4097 tokens.",
        { type: "BadRequestError", param: "max_tokens", code: 400 },
      ),
    ),
  ],
  [
    "vLLM, older",
    refuses({
      object: "error",
      message:
        "This model's maximum context length is 6048 tokens. However, you requested 6616 tokens (568 in the messages, 6048 in the completion). Please reduce the length of the messages or completion.",
      type: "BadRequestError",
      param: null,
      code: 400,
    }),
  ],
  [
    "OpenAI, of the reply's length",
    refuses(
      error(
        "max_tokens is too large: 5000. This model supports at most 4096 completion tokens, whereas you provided 5000.",
        { param: "max_tokens" },
      ),
    ),
  ],
  [
    "OpenAI, of a number",
    refuses(
      error("Invalid 'max_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead.", {
        param: "max_tokens",
        code: "integer_below_min_value",
      }),
    ),
  ],
  [
    "OpenAI, of a value that it calls unsupported",
    refuses(
      error("Unsupported value: 'max_tokens' does not support 5000 with this model.", {
        param: "max_tokens",
        code: "unsupported_value",
      }),
    ),
  ],
  [
    "OpenAI, of the temperature",
    refuses(
      error(
        "Invalid 'temperature': decimal above maximum value. Expected a value <= 1, but got 1.5 instead.",
        {
          param: "temperature",
          code: "decimal_above_max_value",
        },
      ),
    ),
  ],
  [
    "OpenAI, of streaming",
    refuses(
      error("The 'stream_options' parameter is only allowed when 'stream' is enabled.", {
        param: "stream_options",
      }),
    ),
  ],
  [
    "Groq",
    refuses(
      error(
        "`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens` is less than the `context_window` for this model",
        { param: "max_tokens" },
      ),
    ),
  ],
  [
    "Ollama",
    refuses(error("max_tokens (384000) exceeds model's maximum output tokens (65536) for model deepseek")),
  ],
  [
    "Ollama, of a type",
    refuses(
      error(
        "json: cannot unmarshal string into Go struct field ChatCompletionRequest.max_tokens of type int",
      ),
    ),
  ],
  [
    "Mistral",
    refuses(
      {
        object: "error",
        message: {
          detail: [
            {
              type: "greater_than_equal",
              loc: ["body", "max_tokens"],
              msg: "Input should be greater than or equal to 0",
              input: -1,
            },
          ],
        },
        type: "invalid_request_error",
      },
      422,
    ),
  ],
  [
    "Mistral, of something else that it does not take",
    refuses({ object: "error", message: { detail: pydantic("messages", "0", "user", "name") } }, 422),
  ],
];

describe("a refusal", () => {
  it.each(parameterRefused)("of %s that it does not take %s is learned", async (_, parameter, refusal) => {
    const first = parameter === "max_completion_tokens" ? [unsupported("max_tokens")] : [];
    const { calls } = scriptUpstream(...first, refusal, says("Yes."));
    const model = newModel();
    expect(await ask(model)).toMatchObject({ status: "complete", text: "Yes." });
    const [refused, taken] = calls.slice(-2).map((call) => call.body);
    expect(refused).toHaveProperty(parameter);
    expect(taken).not.toHaveProperty(parameter);
    const others = Object.keys(refused!).filter((name) => name !== parameter);
    expect(taken).toMatchObject(Object.fromEntries(others.map((name) => [name, refused![name]])));
    expect(model.body(REQUEST)).toEqual(taken);
  });

  it.each(valueRefused)("by %s refuses the request, and teaches nothing", async (_, refusal) => {
    const { calls } = scriptUpstream(refusal, says("Yes."));
    const model = newModel();
    const before = model.body(REQUEST);
    expect(await ask(model)).toMatchObject({ status: "failed", failure: { code: "upstream_rejected" } });
    expect(calls).toHaveLength(1);
    expect(model.body(REQUEST)).toEqual(before);
    expect(before).toMatchObject({ max_tokens: 1000, temperature: 0.7 });
  });
});

describe("a server that takes no limit on the length of a reply", () => {
  const limitless = [unsupported("max_tokens"), unsupported("max_completion_tokens")];

  it("has its reply cut at about as many tokens, and is hung up on", async () => {
    const { calls } = scriptUpstream(...limitless, {
      steps: [...Array.from({ length: 100 }, () => ({ text: "ever" })), { wait: { open: false } }],
    });
    const model = newModel({ OPENAI_MAX_TOKENS: "50" });
    const hungUp = vi.spyOn(ReadableStreamDefaultReader.prototype, "cancel");
    expect(await ask(model)).toMatchObject({
      status: "complete",
      finishReason: "length",
      text: "ever".repeat(50),
      usage: null,
    });
    expect(calls).toHaveLength(3);
    expect(hungUp).toHaveBeenCalledOnce();
  });

  it("has it cut between characters, however large its pieces", async () => {
    scriptUpstream(...limitless, { steps: [{ text: "a🌊".repeat(1000) }] });
    const reply = await ask(newModel({ OPENAI_MAX_TOKENS: "2" }));
    expect(reply).toMatchObject({ finishReason: "length", text: "a🌊a" });
  });

  it("keeps a reply whole that fits, and its own finish reason", async () => {
    scriptUpstream(...limitless, says("ever", "ever"));
    const reply = await ask(newModel({ OPENAI_MAX_TOKENS: "2" }));
    expect(reply).toMatchObject({ text: "everever", finishReason: "stop", usage: { completionTokens: 10 } });
  });
});

describe("what a server calls things", () => {
  const odd = [7, true, {}, ["stop"], { name: "x" }];

  it.each(odd)("is no model where it is no text: %j", async (model) => {
    scriptUpstream({ steps: [{ chunk: { ...chunk({ content: "Hey." }, "stop"), model } }] });
    const asked = newModel();
    expect(await ask(asked)).toMatchObject({ status: "complete", model: asked.model });
  });

  it.each(odd)("is no reason to finish where it is no text: %j", async (reason) => {
    const choices = [{ delta: {}, finish_reason: reason }];
    scriptUpstream({ steps: [{ text: "Hey." }, { chunk: { choices } }] });
    expect(await ask(newModel())).toMatchObject({
      status: "failed",
      finishReason: null,
      failure: { code: "upstream_incomplete" },
    });
  });

  it.each(odd)("is no piece of a reply where it is no text: %j", async (content) => {
    scriptUpstream({
      steps: [{ chunk: chunk({ content }) }, { text: "Hey." }, { chunk: chunk({}, "stop") }],
    });
    expect(await ask(newModel())).toMatchObject({ status: "complete", text: "Hey." });
  });

  it("is cut to 200 characters", async () => {
    const endless = "x".repeat(100_000);
    scriptUpstream({ steps: [{ chunk: { ...chunk({ content: "Hey." }, endless), model: endless } }] });
    const name = "x".repeat(200);
    expect(await ask(newModel())).toMatchObject({ model: name, finishReason: name });
  });
});
