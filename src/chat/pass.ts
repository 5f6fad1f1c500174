import { withTimeout } from "../async";
import { releaseAllowance } from "../db/allowances";
import { accessRefusal, isOrphan, isSameCaller, retried, type Caller, type Database } from "../db/client";
import { passInputs } from "../db/personas";
import type { Persona, UsageEvent } from "../db/schema";
import { recordUsage } from "../db/usage";
import type { Config, Env } from "../env";
import { AppError } from "../errors";
import { imagesIn, type Parameters, type PromptMessage } from "../models/language-model";
import { chooseModel } from "../models/registry";
import { appSection } from "../prompt/app";
import { buildPrompt } from "../prompt/build";
import { givenSection } from "../prompt/given";
import { personaSection } from "../prompt/persona";
import { countMessages, tokensIn } from "../prompt/report";
import { estimateTokens } from "../prompt/tokens";
import { allowancesInForce, isLimited, reserve } from "../usage/allowances";
import { findPrice } from "../usage/prices";
import type { Terms } from "../wire/dialect";
import { dialectOf, type DialectName } from "../wire/dialects";
import { failureOf } from "../wire/turn-stream";
import { oweCalls } from "./client";
import { eventStream } from "./follow";
import { runTurn, stopTurn, type RunningTurn } from "./run";
import type { Snapshot } from "./state";
import { reportTurn } from "./telemetry";
import { close, NOTHING_YET, type Turn } from "./turn";

/** The request that a pass is: a handler's context fits. */
type Context = {
  env: Env;
  var: { caller: Caller; config: Config; db: Database };
  req: { raw: { signal: AbortSignal } };
  executionCtx: { waitUntil: (work: Promise<unknown>) => void };
};

/** What a client asks of a persona with a history of its own. */
export type PassRequest = {
  personaId: number;
  /** What the app says of itself, see `appSection`. */
  app: string[];
  /** Oldest first. */
  messages: PromptMessage[];
  parameters: Parameters;
};

/** How the answer is wanted. */
export type PassDelivery = { dialect: DialectName; terms: Terms; stream: boolean };

/**
 * A turn that is kept nowhere but in the ledger: the persona and the client's own history, answered in the Worker. Where this
 * isolate has just seen the same caller and persona, the model is asked at once and the database at the same time; nothing is
 * told before that has agreed. A client that hangs up stops it; what came is billed all the same.
 * @throws AppError what stands in the way, and how the model failed where it has said nothing
 */
export async function pass(
  context: Context,
  request: PassRequest,
  delivery: PassDelivery,
): Promise<Response> {
  const { id, running, leftOut } = await begin(context, request);
  const stop = () => stopTurn(running);
  const { signal } = context.req.raw;
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  const named = { ...delivery, terms: { ...delivery.terms, id } };
  return answer(running, named, leftOut === 0 ? {} : { "X-Context-Left-Out": String(leftOut) });
}

/** How long a stream waits for the first word: till then a failure is an HTTP status, which clients understand best. Milliseconds. */
const FIRST_WORD_MS = 15_000;

async function answer(
  running: RunningTurn,
  { dialect: name, terms, stream }: PassDelivery,
  headers: Record<string, string>,
): Promise<Response> {
  const { log } = running;
  const dialect = dialectOf(name, terms);
  if (stream) await withTimeout(firstWord(running), FIRST_WORD_MS);
  else await log.ended;
  const end = log.last();
  if (end?.failure && (!stream || log.events.length === 2))
    throw thrown(end.failure.retryAfter, failureOf(end));
  if (!end || stream)
    return eventStream(
      log.read(0, dialect, () => stopTurn(running)),
      headers,
    );
  return Response.json(dialect.answer(end, undefined, log.events).body, { headers });
}

const thrown = (retryAfter: number | null, failure: AppError | null): AppError =>
  new AppError(failure?.code ?? "internal_error", {
    ...(retryAfter && { headers: { "Retry-After": String(retryAfter) } }),
  });

async function firstWord({ log }: RunningTurn): Promise<void> {
  while (log.events.length < 2) await log.changed();
}

/** A pass that runs, by its UUID, and how many of the client's messages had no room. */
type Begun = { id: string; running: RunningTurn; leftOut: number };

async function begin(context: Context, request: PassRequest): Promise<Begun> {
  const { caller, config, db } = context.var;
  const known = recall(caller, request.personaId);
  const early = known && !isLimited(allowancesInForce(known.allowances, config)) ? known : null;
  const speculation = early && speculate(context, request, early.persona);
  try {
    const inputs = await loadInputs(db, caller, request.personaId);
    if (speculation && JSON.stringify(early) === JSON.stringify(inputs)) return speculation;
    if (speculation) refuse(speculation);
    const planned = plan(config, request, inputs.persona);
    const reservation = await setAside(context, planned, inputs);
    const begun = launch(context, request, planned, inputs.persona, reservation);
    remember(caller, inputs);
    return begun;
  } catch (error) {
    if (speculation) refuse(speculation);
    forget(caller, request.personaId);
    throw error;
  }
}

/** What is wrong with the request is told when the database has agreed that the caller may know. */
function speculate(context: Context, request: PassRequest, persona: Persona): Begun | null {
  try {
    return launch(context, request, plan(context.var.config, request, persona), persona);
  } catch {
    return null;
  }
}

/** Ends a call that the database did not agree to: it was made, and is accounted for. */
function refuse({ running }: Begun): void {
  running.refused = true;
  stopTurn(running);
}

/** @throws AppError `unauthenticated`, `missing_scope`, `model_not_found` */
async function loadInputs(db: Database, caller: Caller, personaId: number): Promise<Snapshot> {
  const [row] = await retried(async () => passInputs(db, caller, personaId));
  if (!row?.hasAccess) throw await accessRefusal(db, caller);
  if (!row.persona) throw new AppError("model_not_found");
  return { persona: row.persona, allowances: row.allowances };
}

type Plan = ReturnType<typeof plan>;

/**
 * What would be asked of which model.
 * @throws AppError `upstream_not_configured`, `unsupported_content`, `context_length_exceeded`
 */
function plan(config: Config, { app, messages, parameters }: PassRequest, persona: Persona) {
  const model = chooseModel(config, persona);
  if (model.blind && messages.some(({ content }) => imagesIn(content) > 0)) {
    throw new AppError("unsupported_content");
  }
  const completionTokens = Math.min(
    parameters.max_tokens ?? config.OPENAI_MAX_TOKENS,
    config.OPENAI_MAX_TOKENS,
  );
  const window = findPrice({ ...model, at: new Date() }, 0, config)?.contextWindow ?? Infinity;
  const tools = parameters.tools ? estimateTokens(JSON.stringify(parameters.tools)) : 0;
  const budget = Math.min(config.PASS_MAX_TOKENS, window - completionTokens) - tools;
  const sections = [personaSection(persona), appSection(app), givenSection(messages)];
  const prompt = buildPrompt(sections, { ratio: 1, budget, source: "request" });
  if (tokensIn(prompt.report) > budget) throw tooLong(config);
  prompt.request.parameters = parameters;
  prompt.estimate += tools;
  const { provider } = model;
  return {
    model,
    prompt,
    call: { provider, model: model.model, promptTokens: prompt.estimate, completionTokens },
  };
}

const tooLong = ({ PASS_MAX_TOKENS: most }: Config) =>
  new AppError("context_length_exceeded", {
    detail: `The app's instructions, its tools and the last message are more than fit: this server takes ${most} tokens (PASS_MAX_TOKENS), and no more than the model has room for.`,
  });

/** Reserves what the call may use where an allowance applies. Returns the reservation's id: below all that replies have. */
async function setAside({ var: { db, caller, config } }: Context, { call }: Plan, inputs: Snapshot) {
  const allowances = allowancesInForce(inputs.allowances, config);
  if (!isLimited(allowances)) return null;
  const replyId = -1 - Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
  await reserve(db, caller, allowances, { ...call, replyId }, config);
  return replyId;
}

function launch(
  context: Context,
  { personaId }: PassRequest,
  { model, prompt, call }: Plan,
  persona: Persona,
  reservation: number | null = null,
): Begun {
  const { caller, config } = context.var;
  const [id, now] = [crypto.randomUUID(), new Date()];
  prompt.request.userId = caller.userId;
  const turn: Turn = {
    purpose: "pass",
    userId: caller.userId,
    speaker: { personaId, provider: model.provider, model: model.model },
    said: null,
    reply: {
      ...NOTHING_YET,
      id: 0,
      conversationId: 0,
      parentId: null,
      depth: 0,
      role: "assistant",
      content: "",
      status: "in_progress",
      context: prompt.report,
      createdAt: now,
    },
    head: { revision: 0, messageSeq: 0, messageCount: null, tokenRatio: 1 },
    nonce: null,
    billId: `pass/${id}`,
    reserved: reservation !== null,
    estimate: { raw: prompt.estimate, corrected: call.promptTokens },
    startedAt: now.getTime(),
    keptAt: now.getTime(),
  };
  const running = runTurn(turn, null, model, prompt, config);
  context.executionCtx.waitUntil(running.written.then(() => settle(context, running, reservation)));
  return { id, running, leftOut: countMessages(prompt.report).leftOut };
}

/** Tells the reader at once, and then the ledger. */
async function settle(
  context: Context,
  { turn, log, ending: ended, refused }: RunningTurn,
  reservation: number | null,
) {
  if (!ended) return;
  const ending = refused ? { ...ended, status: "refused" as const } : ended;
  const {
    env,
    var: { config },
  } = context;
  const closed = close(turn, ending, config);
  log.append({
    type: "ended",
    exchange: { conversation: null, said: null, reply: closed.reply },
    failure: ending.failure,
  });
  await bill(context, closed.usage, reservation);
  reportTurn(env, turn, ending, closed, false);
}

/** Writes what it cost. What the database does not take goes to an object that brings it there again. */
async function bill(
  { env, var: { db, caller } }: Context,
  calls: UsageEvent[],
  reservation: number | null,
): Promise<void> {
  const release = reservation === null ? [] : [releaseAllowance(db, reservation)];
  const statements = [...recordUsage(db, calls), ...release];
  const [first, ...rest] = statements;
  if (!first) return;
  try {
    await retried(() => db.batch([first, ...rest]));
  } catch (error) {
    if (!isOrphan(error)) await oweCalls(env, caller.userId, calls);
  }
}

/** How many callers with their personas an isolate remembers. */
const MAX_REMEMBERED = 1000;
const seen = new Map<string, { caller: Caller; snapshot: Snapshot }>();
const nameOf = ({ userId, sessionId, apiKey }: Caller, personaId: number) =>
  `${userId} ${sessionId ?? apiKey?.hash} ${personaId}`;

/** What the caller's last pass with this persona began with. */
function recall(caller: Caller, personaId: number): Snapshot | null {
  const found = seen.get(nameOf(caller, personaId));
  return found && isSameCaller(found.caller, caller) ? found.snapshot : null;
}

function remember(caller: Caller, snapshot: Snapshot): void {
  if (seen.size >= MAX_REMEMBERED) seen.clear();
  seen.set(nameOf(caller, snapshot.persona.id), { caller, snapshot });
}

const forget = (caller: Caller, personaId: number) => void seen.delete(nameOf(caller, personaId));
