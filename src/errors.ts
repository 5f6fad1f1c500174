/**
 * Every way a request can fail: the code that clients may rely on, its HTTP status and its sentence.
 * Statuses and the sentences of the original platform come from its wire format; a sentence
 * here is a default that a caller may replace with a more helpful one.
 */
export const ERRORS = {
  // What was asked
  bad_request: [400, "The request could not be understood."],
  malformed_json: [400, "The request body is not valid JSON."],
  email_taken: [400, "Email already registered"],
  username_taken: [400, "Username already taken"],
  wrong_password: [400, "The current password is incorrect."],
  unsupported_value: [400, "This value is not supported."],
  unsupported_content: [400, "The language model behind this persona cannot take this kind of content."],
  context_length_exceeded: [400, "This is more than the language model may be given at once."],
  mail_token_invalid: [400, "This code is no longer valid. Please ask for a new one."],
  unsupported_media_type: [415, "Send the request body as application/json."],
  payload_too_large: [413, "The request body is larger than 1 MB."],
  file_invalid: [422, "This file cannot be read."],
  validation_failed: [422, "The request is not valid."],
  not_found: [404, "Not found"],
  model_not_found: [404, "There is no such model: yours are listed at /v1/models."],
  previous_response_not_found: [
    404,
    "There is no such response to go on from: it was kept nowhere, or was deleted.",
  ],
  item_not_found: [404, "There is no such item to refer to: it was kept nowhere, or was deleted."],
  method_not_allowed: [405, "Method not allowed"],
  not_acceptable: [406, "This resource cannot be shown in the requested form."],
  // Who is asking
  password_required: [
    403,
    "Please send your password as well, or log in again: this login is some time ago.",
  ],
  unauthenticated: [401, "Could not validate credentials"],
  wrong_credentials: [401, "Incorrect email or password"],
  email_unverified: [403, "Please confirm your e-mail address first."],
  forbidden: [403, "Forbidden"],
  missing_scope: [403, "This API key does not have the scope this request needs."],
  registration_closed: [
    403,
    "Registration is closed on this server. Its operator can set REGISTRATION to `invite` or `open`.",
  ],
  invitation_required: [403, "Registering on this server takes an invitation. Ask an administrator for one."],
  invitation_invalid: [
    403,
    "This invitation is of no use: it is unknown, used up, revoked or expired, or is meant for another e-mail address.",
  ],
  persona_not_for_minors: [403, "This persona is not for minors."],
  // What stands in the way
  too_many_api_keys: [409, "There are as many API keys as an account can have. Please delete one first."],
  administrator_protected: [
    409,
    "An administrator's account is neither deactivated nor deleted here. Take its address out of ADMIN_EMAILS first.",
  ],
  too_many_personas: [409, "There are as many personas as your account can have. Please delete one first."],
  too_many_imports: [
    409,
    "As many files are being brought in as may be at once. Please wait for one to end.",
  ],
  too_many_conversations: [
    409,
    "There are as many conversations as your account can have. Please delete one first.",
  ],
  too_many_tags: [409, "There are as many tags and folders as an account can have. Please delete one first."],
  too_many_shares: [409, "There are as many links as an account can have. Please revoke one first."],
  nothing_to_share: [409, "Nothing was said here yet that could be shared."],
  too_long_to_share: [409, "This is more than a link can show. Share an earlier message, or fork from one."],
  storage_full: [409, "Your account holds as much as it can. Please delete something first."],
  precondition_failed: [
    412,
    "The conversation has changed since you last saw it: look at it again, then decide.",
  ],
  turn_running: [409, "A reply is already being written in this conversation."],
  message_in_use: [409, "This message belongs to a reply that is still being written."],
  conversation_full: [409, "This conversation holds as many messages as it can. Please start a new one."],
  nothing_to_answer: [409, "There is no message of yours here that could be answered again."],
  too_long_to_fork: [
    409,
    "This conversation is too long to be copied: fork from an earlier message, or its branch alone.",
  ],
  nothing_to_undo: [409, "Nothing was deleted here in the last ten minutes that could come back."],
  nothing_to_continue: [409, "Only the last reply of a branch that says something can go on."],
  not_for_this_event: [409, "This is not possible for this kind of event."],
  conversation_deleted: [409, "The conversation was deleted while the reply was being written."],
  too_many_readers: [429, "Too many connections are following this reply already."],
  idempotency_key_reused: [422, "This Idempotency-Key was already used with a different request."],
  turn_gone: [410, "The events of this turn are no longer kept; read its message instead."],
  rate_limited: [429, "Too many requests. Please try again later."],
  login_paused: [429, "Too many failed attempts. Please try again later."],
  time_limit: [429, "That was enough for now. It goes on after a break."],
  allowance_exceeded: [429, "Your allowance is used up."],
  daily_ceiling_reached: [429, "This server may spend no more on replies today."],
  too_many_turns: [429, "As many of your replies are being written as may be at once."],
  mail_not_configured: [503, "This server cannot send mail."],
  search_off: [
    503,
    "There is no search on this server: what is stored is encrypted, and no index of it is kept.",
  ],
  not_ready: [503, "A part of the service does not answer."],
  overloaded: [503, "The server is busy. Please try again shortly."],
  // What the language model did
  upstream_not_configured: [503, "No language model is configured: set OPENAI_API_KEY."],
  upstream_unreachable: [503, "The language model could not be reached. Please try again later."],
  upstream_rate_limited: [429, "OpenAI API rate limit exceeded. Please try again later."],
  upstream_timeout: [504, "The language model did not answer in time."],
  upstream_rejected_key: [502, "The language model refused the server's API key."],
  upstream_rejected: [502, "The language model refused the request."],
  upstream_error: [502, "The language model failed to answer."],
  upstream_incomplete: [502, "The language model's answer broke off."],
  // What we did
  misconfigured: [500, "The server is not configured correctly."],
  unreadable: [500, "This cannot be read: it was damaged or moved outside of this server."],
  internal_error: [500, "Something went wrong on our side. Nothing was lost; please try again."],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorStatus = (typeof ERRORS)[ErrorCode][0];

/** A failure as plain data, since it is stored: its code, and how many seconds the upstream asked to be left alone. */
export type Failure = { code: ErrorCode; retryAfter: number | null };

/** One thing that is wrong with an input: where (`body.title`, `query.limit`) and what. */
export type Problem = { path: string; message: string };

type Details = {
  /** Shown to the client in place of the table's sentence; must hold nothing internal. */
  detail?: string | undefined;
  errors?: Problem[] | undefined;
  headers?: Record<string, string> | undefined;
  /** Further fields of the error body. */
  extra?: Record<string, unknown> | undefined;
  cause?: unknown;
};

/** A failure whose code, status and sentence may be shown to the client. Its cause may not. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly status: ErrorStatus;
  readonly errors: Problem[] | undefined;
  readonly headers: Record<string, string>;
  readonly extra: Record<string, unknown>;

  constructor(code: ErrorCode, details: Details = {}) {
    super(details.detail ?? ERRORS[code][1], { cause: details.cause });
    this.code = code;
    this.status = ERRORS[code][0];
    this.errors = details.errors;
    this.headers = details.headers ?? {};
    this.extra = details.extra ?? {};
  }
}

/** The body of an error answer; `request_id` is added by whoever answers a request. */
export type ErrorBody = { detail: string; code: ErrorCode; errors?: Problem[]; [field: string]: unknown };

/** What a client is told of a failure. Anything that is not an AppError becomes `internal_error`. */
export function toErrorBody(error: unknown): ErrorBody {
  const known = error instanceof AppError ? error : new AppError("internal_error");
  return {
    detail: known.message,
    code: known.code,
    ...(known.errors && { errors: known.errors }),
    ...known.extra,
  };
}

/** Messages of these kinds are ours or the database's own words; others may repeat what a user or a provider said. */
const LOGGABLE = /^(TypeError|RangeError|ReferenceError|AppError)$/;

/**
 * What the log may know of a failure: the chain of its causes by name, messages only where they cannot hold what somebody
 * said (an SQL error carries its parameters, a JSON error the text), and where the innermost one came from.
 */
export function describeCauses(error: unknown): { causes: string[]; at?: string | undefined } {
  const causes: string[] = [];
  let innermost: Error | undefined;
  for (let e = error; e instanceof Error && causes.length < 8; e = e.cause) {
    const speaks = LOGGABLE.test(e.name) || e.message.startsWith("D1_ERROR");
    causes.push(speaks ? `${e.name}: ${e.message}` : e.name);
    innermost = e;
  }
  return {
    causes,
    at: innermost?.stack
      ?.split("\n")
      .find((line) => line.trimStart().startsWith("at "))
      ?.trim(),
  };
}
