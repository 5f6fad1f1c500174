import { z } from "@hono/zod-openapi";

import { pass } from "../../chat/pass";
import { AppError } from "../../errors";
import { contract, jsonBody } from "../../http/contract";
import { acceptsEvents } from "../../http/request";
import { newRouter } from "../../http/router";
import { CHAT_STREAM_EXAMPLE, CompletionSchema } from "../../wire/openai-chat";
import { personaOfModel } from "../../wire/openai-models";
import { ChatMessageSchema, toldIn } from "./messages";
import { chatFields, optional, parametersOf } from "./parameters";

const RequestSchema = z
  .looseObject({
    model: z.string().max(256).openapi({ example: "alex-1" }),
    messages: z
      .array(ChatMessageSchema)
      .min(1)
      .max(10_000)
      .openapi({ example: [{ role: "user", content: "Hi Alex! How are you doing today?" }] }),
    stream: optional(z.boolean(), false),
    stream_options: optional(z.looseObject({ include_usage: z.boolean().nullish() }), {
      include_usage: true,
    }),
    n: optional(z.int(), 1).describe("1, if anything: one persona has one voice."),
    modalities: optional(z.array(z.string()), ["text"]),
    ...chatFields,
  })
  .openapi("ChatCompletionRequest");

export const completions = newRouter();

completions.openapi(
  contract({
    method: "post",
    path: "/chat/completions",
    operationId: "createChatCompletion",
    access: "chat",
    openai: true,
    rate: "turns",
    tags: ["OpenAI"],
    summary: "Have a persona answer, as OpenAI's chat completions do",
    request: jsonBody(RequestSchema),
    responses: {
      200: {
        description:
          "The persona's answer to the history in the request, which is kept nowhere; or, with `stream`, its chunks and then " +
          "`[DONE]`. A failure after the first of them is an event with an `error`, and no `[DONE]`. `X-Context-Left-Out` " +
          "says how many of the oldest messages had no room.",
        content: {
          "application/json": { schema: CompletionSchema },
          "text/event-stream": { schema: z.string().openapi({ example: CHAT_STREAM_EXAMPLE }) },
        },
      },
    },
    errors: [
      "model_not_found",
      "unsupported_value",
      "unsupported_content",
      "context_length_exceeded",
      "allowance_exceeded",
      "upstream_not_configured",
      "upstream_unreachable",
      "upstream_rate_limited",
      "upstream_timeout",
      "upstream_rejected_key",
      "upstream_rejected",
      "upstream_error",
      "upstream_incomplete",
    ],
  }),
  async (c) => {
    const asked = c.req.valid("json");
    const { model, stream, stream_options: options } = asked;
    refuseUnsupported(asked);
    const terms = { model, usage: options?.include_usage ?? false };
    const request = {
      personaId: personaIn(model),
      ...toldIn(asked.messages),
      parameters: parametersOf(asked),
    };
    return (await pass(c, request, {
      dialect: "openai-chat",
      terms,
      stream: stream ?? acceptsEvents(c),
    })) as never;
  },
);

/** @throws AppError `model_not_found` */
function personaIn(model: string): number {
  const id = personaOfModel(model);
  if (id === null) throw new AppError("model_not_found");
  return id;
}

/** @throws AppError `unsupported_value` */
function refuseUnsupported({ n, modalities }: z.output<typeof RequestSchema>): void {
  if (n && n > 1) throw unsupported("n", "One persona gives one answer: `n` can only be 1.");
  if (modalities?.some((kind) => kind !== "text"))
    throw unsupported("modalities", "Only text can be answered.");
}

const unsupported = (field: string, message: string) =>
  new AppError("unsupported_value", { detail: message, errors: [{ path: `body.${field}`, message }] });
