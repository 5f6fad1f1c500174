import { z } from "@hono/zod-openapi";

import { ERRORS, type ErrorBody, type ErrorCode } from "../errors";

/** The kinds of failure that OpenAI's clients know: by these they choose the exception they throw. */
const TYPES = [
  "invalid_request_error",
  "authentication_error",
  "permission_error",
  "conflict_error",
  "rate_limit_error",
  "insufficient_quota",
  "server_error",
] as const;

export const OpenAiErrorSchema = z
  .object({
    error: z.object({
      message: z.string().describe("One sentence for a person."),
      type: z.enum(TYPES),
      param: z.string().nullable().describe("The field that is at fault, if it is one."),
      code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]).describe("The failure's stable name."),
    }),
  })
  .openapi("OpenAIError");

function typeOf(code: ErrorCode): (typeof TYPES)[number] {
  if (code === "allowance_exceeded") return "insufficient_quota";
  const [status] = ERRORS[code];
  switch (status) {
    case 401:
      return "authentication_error";
    case 403:
      return "permission_error";
    case 409:
      return "conflict_error";
    case 429:
      return "rate_limit_error";
    default:
      return status >= 500 ? "server_error" : "invalid_request_error";
  }
}

/** An error as OpenAI's clients read it. */
export function toOpenAiError({ detail, code, errors }: ErrorBody): z.output<typeof OpenAiErrorSchema> {
  const param = errors?.[0]?.path.replace(/^(?:body|header|query|param)\./, "") ?? null;
  return { error: { message: detail, type: typeOf(code), param, code } };
}

/** Waiting for one of these is no use: OpenAI's clients would try again by themselves. */
const FINAL = new Set<ErrorCode>(["allowance_exceeded", "conversation_full", "upstream_not_configured"]);

/** What tells OpenAI's clients not to try again. */
export const retryHeaders = (code: ErrorCode): Record<string, string> =>
  FINAL.has(code) ? { "x-should-retry": "false" } : {};
