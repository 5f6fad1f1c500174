import { createRoute, z, type RouteConfig } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";

import { ERRORS, type ErrorCode } from "../errors";
import type { Scope } from "../identity/scopes";
import { authenticate } from "./authenticate";
import { ErrorSchema } from "../wire/error";
import { OpenAiErrorSchema, toOpenAiError } from "../wire/openai-error";
import { limitRate, type Rate } from "./rate-limit";
import { queue } from "./queue";
import {
  dropEmptyBody,
  limitBody,
  MAX_BODY_BYTES,
  MAX_HISTORY_BYTES,
  MAX_LINES_BYTES,
  requireJson,
  requireLines,
} from "./request";

type Access = {
  /** The operation's name, one for each: `sendMessage`. Generated clients call their methods so. */
  operationId: string;
  /** What a caller must be: nobody in particular, or a user whose API key, if it is one, has this scope. */
  access: "public" | Scope;
  /** What a call costs, where it is more than its method tells. */
  rate?: Rate;
  /** The failures this route can answer with, beyond those that any route can. */
  errors?: readonly ErrorCode[];
  /** The shape of this route's failures, where they hold more than any route's. */
  failure?: z.ZodType;
  /** Whether OpenAI's clients call it: failures are shaped as theirs, and a body may hold a whole history. */
  openai?: boolean;
  /** Whether the body is JSON Lines, which may be many: the handler reads them. */
  lines?: boolean;
  /** Its body is a file of at most so many bytes, whatever type is announced for it. */
  upload?: number;
};

/**
 * A route's contract: what it takes and gives, who may call it, how it fails. Adds what follows from that: the checks
 * before the handler (who is calling, then the body's size and type, then its content) and the documented errors.
 */
export function contract<const R extends RouteConfig>(
  config: R & Access,
): R & { getRoutingPath(): RoutePath<R> } {
  const {
    access,
    errors = [],
    openai = false,
    lines = false,
    rate,
    upload,
    ...others
  } = config as RouteConfig & Access;
  const { failure = openai ? OpenAiErrorSchema : ErrorSchema, ...route } = others;
  const body = route.request?.body !== undefined;
  const input = body || route.request?.params !== undefined || route.request?.query !== undefined;
  const codes: ErrorCode[] = [
    ...errors,
    ...(access === "public" ? [] : (["unauthenticated", "missing_scope"] as const)),
    ...(body && !upload ? (["payload_too_large", "unsupported_media_type"] as const) : []),
    ...(body && !upload && !lines ? (["malformed_json"] as const) : []),
    ...(upload ? (["file_invalid", "payload_too_large"] as const) : []),
    ...(input ? (["validation_failed"] as const) : []),
    "rate_limited",
    "internal_error",
    "overloaded",
  ];
  const cost = rate ?? (route.method === "get" ? "reads" : "writes");
  const middleware: MiddlewareHandler[] = [
    limitRate("address", "address"),
    ...(access === "public" ? [limitRate(cost, "address")] : [authenticate(access), limitRate(cost, "user")]),
    ...(upload ? [limitBody(upload)] : []),
    ...(body && !upload
      ? [
          limitBody(lines ? MAX_LINES_BYTES : openai ? MAX_HISTORY_BYTES : MAX_BODY_BYTES),
          ...(route.request?.body?.required ? [] : [dropEmptyBody]),
          lines ? requireLines : requireJson,
        ]
      : []),
    ...(cost === "credentials" ? [queue] : []),
  ];
  return createRoute({
    ...route,
    security: access === "public" ? [] : SCHEMES.slice(0, openai ? 3 : 1),
    middleware,
    responses: { ...route.responses, ...errorResponses(codes, failure, openai) },
  }) as never;
}

/** How one says who one is; the last two where OpenAI's clients call. */
const SCHEMES: Record<string, string[]>[] = [{ bearer: [] }, { apiKey: [] }, { xApiKey: [] }];

/** `/things/{id}` as Hono spells it. */
type RoutePath<R extends RouteConfig> = R["path"] extends `${infer Head}/{${infer Param}}${infer Tail}`
  ? `${Head}/:${Param}${RoutePath<R & { path: Tail }>}`
  : R["path"];

function errorResponses(codes: ErrorCode[], schema: z.ZodType, openai: boolean): RouteConfig["responses"] {
  const bodyOf = (code: ErrorCode) => {
    const body = { detail: ERRORS[code][1], code };
    return openai ? toOpenAiError(body) : { ...body, request_id: "0b9b6c0f2f1d4a7e8c35d1f0a2b4c6d8" };
  };
  const byStatus = Map.groupBy(new Set(codes), (code) => ERRORS[code][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `\`${code}\``).join(", "),
        content: {
          "application/json": {
            schema,
            examples: Object.fromEntries(list.map((code) => [code, { value: bodyOf(code) }])),
          },
        },
      },
    ]),
  );
}

/** The content of an answer that is an event stream, each event of which is as a schema of the document has it. */
export const eventStream = (schema: string, example: string) => ({
  "text/event-stream": {
    schema: z.string().openapi({ example }),
    "x-event-schema": { $ref: `#/components/schemas/${schema}` },
  },
});

/** A 200 answer of this shape. */
export const ok = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { description, content: { "application/json": { schema } } },
});

/** A text, or one of these words, that may be left out or be null. `nullish()` alone keeps the type that was given before it. */
export const orNull = <T extends z.ZodType>(schema: T, words?: readonly string[]) =>
  schema.nullish().openapi({ type: ["string", "null"], ...(words && { enum: [...words, null] }) });

/** A JSON body of this shape, required. */
export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  body: { required: true as const, content: { "application/json": { schema } } },
});

/** A body of JSON Lines, required. */
export const linesBody = (description: string, example: string) => ({
  body: {
    required: true as const,
    description,
    content: { "application/x-ndjson": { schema: z.string().openapi({ example }) } },
  },
});

/** A file as a body, and as an answer. */
const file = z.string().openapi({ format: "binary", example: "(its bytes)" });
export const fileBody = {
  body: { required: true as const, content: { "application/octet-stream": { schema: file } } },
};
const anyJson = z.unknown().openapi({ example: {} });
export const fileOf = (types: readonly string[], description: string) => ({
  200: {
    description,
    content: Object.fromEntries(
      types.map((type) => [type, { schema: type === "application/json" ? anyJson : file }]),
    ),
  },
});

export const ConfirmationSchema = z
  .object({ message: z.string().openapi({ example: "Persona 1 deleted successfully" }) })
  .openapi("Confirmation");

/** A 202 answer that says no more than that. */
export const accepted = (description: string) => ({
  202: { description, content: { "application/json": { schema: ConfirmationSchema } } },
});

/** An id in a path or a query: digits only, as JSON numbers hold it exactly. */
export const idParameter = (what: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,15}$/, "must be a positive whole number")
    .transform(Number)
    .refine(Number.isSafeInteger, "must be a positive whole number")
    .openapi({
      type: "integer",
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: what,
      example: 1,
    });

/** An id in a path as `idParameter` makes it a number, where it plainly is one. */
export const plainId = (text: unknown): number | undefined =>
  typeof text === "string" && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;

/** Whoever gives `If-Match` changes only what they have seen. */
export const IfMatchHeader = z.object({
  "if-match": z.string().max(1000, "must have at most 1000 characters").optional().openapi({
    description:
      "The conversation's ETag as you last saw it: where it has changed since, nothing is done, and the answer is a 412.",
    example: "*",
  }),
});

/** A whole number in a query, within bounds. */
export const countParameter = (minimum: number, maximum: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, "must be a whole number")
    .transform(Number)
    .refine((n) => n >= minimum && n <= maximum, `must be from ${minimum} to ${maximum}`)
    .default(fallback)
    .openapi({ type: "integer", minimum, maximum, default: fallback });

/** Yes or no in a query; left out, it does not matter. */
export const flagParameter = (what: string) =>
  z
    .enum(["true", "false"])
    .transform((word) => word === "true")
    .optional()
    .openapi({ type: "string", enum: ["true", "false"], description: what });

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const CONTROL_BUT_LAYOUT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/**
 * A text that is refused, before anything else looks at it, where it is far longer than so many characters: to walk a
 * megabyte takes the thread for tens of milliseconds. A character is one or two units, and blanks around are few.
 */
export const boundedText = (maximum: number) =>
  z.string().refine((text) => text.length <= 8 * maximum, {
    error: `must have at most ${maximum} characters`,
    abort: true,
  });

/**
 * Text from outside: trimmed, non-empty unless `minimum` is 0, at most `maximum` characters (Unicode code points), and
 * free of what is no text: lone surrogates and control characters. `multiline` lets tabs and line breaks through.
 */
export const textField = (maximum: number, { minimum = 1, multiline = false } = {}) =>
  boundedText(maximum)
    .refine((text) => text.isWellFormed(), "must be well-formed Unicode")
    .refine(
      (text) => !(multiline ? CONTROL_BUT_LAYOUT : CONTROL).test(text),
      "must not hold control characters",
    )
    .transform((text) => text.trim())
    .refine(
      (text) => [...text].length >= minimum,
      minimum === 1 ? "must not be empty" : `must have at least ${minimum} characters`,
    )
    .refine((text) => [...text].length <= maximum, `must have at most ${maximum} characters`)
    .openapi({ type: "string", minLength: minimum, maxLength: maximum });

/** Whether a text is plainly what `textField` takes, several lines and all, as it is. */
export const isPlainText = (text: unknown, maximum: number): text is string =>
  typeof text === "string" &&
  text !== "" &&
  text.length <= maximum &&
  text.isWellFormed() &&
  !CONTROL_BUT_LAYOUT.test(text) &&
  text === text.trim();
