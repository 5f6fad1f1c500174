import type { ToolCallDelta } from "../db/schema";
import { AppError, type Failure } from "../errors";
import type { TokenUsage } from "../usage/tokens";
import type { CompletionRequest, LanguageModel } from "./language-model";

/** Times in milliseconds. */
export type Deadlines = {
  /** From the start to the first token, all tries together. */
  firstToken: number;
  /** From one token to the next. */
  idle: number;
  total: number;
  /** How many further tries an upstream gets that fails before its first token. */
  retries: number;
};

/** One call to the upstream, as it went. */
export type Attempt = {
  model: string;
  startedAt: number;
  firstTokenMs: number | null;
  totalMs: number;
  text: string;
  /** The calls of the client's functions that it asked for, as they came: names and arguments. */
  calls?: string;
  usage: TokenUsage | null;
  finishReason: string | null;
  outcome: "complete" | "stopped" | "failed";
  failure: Failure | null;
};

/** All calls for one reply, the last one last, and how it ended: as that one did, or as what broke off the pause after it. */
export type Generation = { attempts: Attempt[] } & Verdict;

type Verdict = { status: Attempt["outcome"]; failure: Failure | null };

/** The abort reason of a stop that was asked for, which is not a failure. */
export const STOPPED = "stopped";

const RETRYABLE = new Set([
  "upstream_unreachable",
  "upstream_rate_limited",
  "upstream_error",
  "upstream_incomplete",
]);
const BACKOFF_MS = 300;
/**
 * A reply is cut here, as if by its token limit: a row of the database and a value of the object hold two million bytes, and
 * JSON makes up to six of a character.
 */
export const MAX_REPLY_CHARACTERS = 200_000;
/** How long to wait, once the reply is whole, for the usage that the upstream reports after it. */
const USAGE_GRACE_MS = 3000;

/**
 * Lets the upstream answer and reports each piece of text as it comes. Tries again what failed before its first token, for
 * as long as the first token's deadline leaves room. Never throws: how it went is in what is returned.
 */
export async function generate(
  upstream: LanguageModel,
  request: CompletionRequest,
  limits: Deadlines,
  controller: AbortController,
  onText: OnText,
  onCalls: (calls: ToolCallDelta[]) => void = () => {},
): Promise<Generation> {
  const begun = Date.now();
  const watch = watchdog(limits, controller);
  const attempts: Attempt[] = [];
  try {
    for (;;) {
      const attempt = await tryOnce(upstream, request, controller.signal, watch, onText, onCalls);
      attempts.push(attempt);
      const wait = patience(attempt, attempts.length);
      const ended = { attempts, status: attempt.outcome, failure: attempt.failure };
      if (wait === null || attempts.length > limits.retries) return ended;
      if (Date.now() - begun + wait >= limits.firstToken) return ended;
      await scheduler.wait(wait, { signal: controller.signal }).catch(() => {});
      if (controller.signal.aborted) return { attempts, ...verdict(null, controller.signal) };
    }
  } finally {
    watch.end();
  }
}

/** A piece of text as it comes, with the probabilities of its tokens where they were asked for. */
type OnText = (text: string, logprobs?: unknown[]) => void;

/** How long to wait before trying again, or null if that would be no use or would repeat what was said. */
function patience({ failure, text, calls }: Attempt, tries: number): number | null {
  if (!failure || text || calls || !RETRYABLE.has(failure.code)) return null;
  const asked = (failure.retryAfter ?? 0) * 1000;
  return Math.max(asked, BACKOFF_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2));
}

/** A call of which nothing has come yet. */
export const newAttempt = ({ model }: LanguageModel): Attempt => ({
  model,
  startedAt: Date.now(),
  firstTokenMs: null,
  totalMs: 0,
  text: "",
  usage: null,
  finishReason: null,
  outcome: "complete",
  failure: null,
});

async function tryOnce(
  upstream: LanguageModel,
  request: CompletionRequest,
  signal: AbortSignal,
  watch: Watchdog,
  onText: OnText,
  onCalls: (calls: ToolCallDelta[]) => void,
): Promise<Attempt> {
  const attempt = newAttempt(upstream);
  const { startedAt } = attempt;
  try {
    for await (const event of upstream.complete(request, signal)) {
      if (signal.aborted) break;
      if (event.type === "model") attempt.model = event.model;
      else if (event.type === "usage") attempt.usage = event.usage;
      else if (event.type === "finish") {
        attempt.finishReason = event.reason;
        watch.finished();
      } else {
        watch.heard();
        attempt.firstTokenMs ??= Date.now() - startedAt;
        if (event.type === "text") {
          const text = event.text.slice(0, roomIn(attempt));
          attempt.text += text;
          onText(text, event.logprobs);
        } else {
          attempt.calls = (attempt.calls ?? "") + wordsOf(event.calls);
          onCalls(event.calls);
        }
        if (roomIn(attempt) <= 0) attempt.finishReason ??= "length";
      }
      if (roomIn(attempt) <= 0) break;
    }
    signal.throwIfAborted();
  } catch (error) {
    // Once the reason for finishing has been heard the reply is whole, whatever becomes of the connection.
    if (!attempt.finishReason) {
      const { status: outcome, failure } = verdict(error, signal);
      Object.assign(attempt, { outcome, failure });
    }
  }
  attempt.totalMs = Date.now() - startedAt;
  return attempt;
}

const roomIn = ({ text, calls = "" }: Attempt) => MAX_REPLY_CHARACTERS - text.length - calls.length;

/** What the calls of a client's functions say, names and arguments. */
export const wordsOf = (calls: ToolCallDelta[]) =>
  calls.map(({ function: call }) => (call?.name ?? "") + (call?.arguments ?? "")).join("");

function verdict(error: unknown, signal: AbortSignal): Verdict {
  const reason: unknown = signal.aborted ? signal.reason : error;
  if (reason === STOPPED) return { status: "stopped", failure: null };
  const { code, headers } = reason instanceof AppError ? reason : new AppError("upstream_error");
  return { status: "failed", failure: { code, retryAfter: Number(headers["Retry-After"]) || null } };
}

type Watchdog = ReturnType<typeof watchdog>;

/** Aborts when a deadline has passed. One timer, set anew only when it fires or would fire too late: one for every token costs too much. */
function watchdog(limits: Deadlines, controller: AbortController) {
  const begun = Date.now();
  let deadline = begun + Math.min(limits.total, limits.firstToken);
  let due = deadline;
  let timer = setTimeout(check, deadline - begun);
  function check() {
    const left = deadline - Date.now();
    if (left <= 0) return controller.abort(new AppError("upstream_timeout"));
    due = deadline;
    timer = setTimeout(check, left);
  }
  function until(moment: number) {
    deadline = Math.min(begun + limits.total, moment);
    if (deadline >= due) return;
    clearTimeout(timer);
    check();
  }
  return {
    heard: () => until(Date.now() + limits.idle),
    finished: () => until(Date.now() + Math.min(limits.idle, USAGE_GRACE_MS)),
    end: () => clearTimeout(timer),
  };
}
