import { cardOf as storedCard } from "../../db/cards";
import { retried, type Database } from "../../db/client";
import type { Message, UsageEvent } from "../../db/schema";
import { messagesThrough } from "../../db/messages";
import { personaById } from "../../db/personas";
import { configOf, type Config, type Env } from "../../env";
import { describeCauses } from "../../errors";
import { generate, newAttempt, type Attempt, type Deadlines, type Generation } from "../../models/generate";
import type { CompletionRequest, LanguageModel } from "../../models/language-model";
import { helperModel } from "../../models/registry";
import { personaPrompt } from "../../prompt/persona";
import { estimateTokens } from "../../prompt/tokens";
import { isCovered } from "../../usage/allowances";
import { bill, ledgerRow } from "../../usage/ledger";
import { toSaid } from "../learn";
import type { Memory } from "../memory";
import type { Said } from "../message";
import type { Owner } from "../owner";
import { remembering } from "../policy";
import { checkedNotes, notesIn } from "./answer";
import { readingRequest } from "./question";
import type { Batch } from "./unread";

/** The longest answer: eight notes, and what a model thinks before them. Tokens. */
const ANSWER_TOKENS = 4000;
const DEADLINES: Deadlines = { firstToken: 60_000, idle: 30_000, total: 180_000, retries: 0 };
/** How soon it is tried again, ever later, and how soon where nothing is left to spend. Milliseconds. */
const AGAIN_MS = 10 * 60_000;
const LATEST_MS = 6 * 60 * 60_000;
const UNCOVERED_MS = 60 * 60_000;
/** So many answers that say nothing of the shape that was asked for, and what they were to read counts as read. */
const MOST_TRIES = 3;
/** So many calls follow each other. */
const CALLS_AT_ONCE = 20;
/** How many messages are read of the database at once. */
const PAGE = 100;

/** The object of a memory, as far as reading needs it. */
export type Desk = {
  env: Env;
  db: Database;
  /** One step after the other; see `PersonaMemory`. */
  open: <T>(owner: Owner, step: (memory: Memory) => T | Promise<T>) => Promise<T>;
  /** Reads what has changed in the conversations. Whether it could. */
  follow: (owner: Owner) => Promise<boolean>;
};

/** The model that gathers facts, if the configuration names one. */
export const readingModel = (config: Config): LanguageModel | null =>
  config.MEMORY_MODEL === "none"
    ? null
    : helperModel({ ...config, OPENAI_MODEL: config.MEMORY_MODEL, OPENAI_MAX_TOKENS: ANSWER_TOKENS });

/** Has a model read what is due. When to look again, in milliseconds since 1970; null where nothing is left. */
export async function readAll(desk: Desk, owner: Owner): Promise<number | null> {
  const { env, db, open } = desk;
  await payOwed(desk, owner);
  const model = readingModel(configOf(env));
  if (!model) return null;
  for (let calls = 0; calls < CALLS_AT_ONCE; calls++) {
    const policy = await remembering(db, env, owner);
    if (!policy) return null;
    // While somebody may be in danger nothing of what they say is gathered.
    if (policy.inCrisis) return Date.now() + UNCOVERED_MS;
    if (!(await desk.follow(owner))) return Date.now() + AGAIN_MS;
    const batch = await open(owner, ({ unread }) => unread.take(Date.now()));
    if (!batch) return open(owner, ({ unread }) => unread.nextDue());
    await read(desk, owner, batch, model);
  }
  return Date.now();
}

/** What earlier calls cost goes into the ledger; of one that a crash cut off, what it must have cost. */
async function payOwed({ env, db, open }: Desk, owner: Owner): Promise<void> {
  const owed = await open(owner, ({ unread }) => unread.owed());
  if (owed.length === 0) return;
  await bill(env, db, owner.userId, owed);
  await open(owner, ({ unread }) => unread.paid(owed));
}

/** Has a model read some messages, in one call. Where it cannot, nothing is lost: it reads them later. */
async function read(desk: Desk, owner: Owner, batch: Batch, model: LanguageModel): Promise<void> {
  const { env, db, open } = desk;
  const config = configOf(env);
  const said = toSaid(await branchOf(db, owner, batch));
  const sources = new Map(said.flatMap((one) => (isSource(one, batch) ? [[one.id, one] as const] : [])));
  if (sources.size === 0) return open(owner, (memory) => memory.keepReadings(batch, []));
  const known = await open(owner, (memory) =>
    memory.listFacts(false).map((fact) => ({ ...fact, isOwned: memory.isOwned(fact) })),
  );
  const request = readingRequest(said, sources, known, owner.userId);
  const call = callOf(owner, batch, model, estimateTokens(JSON.stringify(request)));
  if (!(await isCovered(db, owner.userId, { ...call, completionTokens: ANSWER_TOKENS }, config)))
    return open(owner, ({ unread }) => unread.rest(Date.now() + UNCOVERED_MS));
  // Should nobody live to hear the answer, the call was made all the same.
  const cutOff = toRow(call, newAttempt(model), 0, config, "interrupted");
  await open(owner, ({ unread }) => unread.owe([cutOff]));
  const answer = await ask(model, request);
  const bills = answer.attempts.map((attempt, i) => toRow(call, attempt, i, config));
  const prompt = await promptOf(db, owner);
  await open(owner, (memory) => {
    memory.unread.owe(bills);
    conclude(memory, batch, answer, { sources, prompt });
  });
  await payOwed(desk, owner);
}

const isSource = ({ id, role, isGrave }: Said, { ids }: Batch) =>
  role === "user" && !isGrave && ids.includes(id);

/** What was said in a conversation from the first message of a batch to its last. */
async function branchOf(db: Database, { userId }: Owner, { conversation: id, ids, leaf }: Batch) {
  const from = Math.min(...ids);
  const pages: Message[][] = [];
  for (let next: number | null = leaf; next !== null && next >= from;) {
    const end: number = next;
    const page: Message[] = await retried(async () =>
      messagesThrough(db, { id, userId }, end, { count: PAGE }),
    );
    pages.push(page);
    next = page[0]?.parentId ?? null;
  }
  return pages
    .toReversed()
    .flat()
    .filter((message) => message.id >= from);
}

/** Without an answer it is tried again, ever later; one of no shape is, too, but not for ever. */
function conclude(
  memory: Memory,
  batch: Batch,
  { status, failure, attempts }: Generation,
  given: Parameters<typeof checkedNotes>[1],
): void {
  const text = attempts.at(-1)?.text ?? "";
  const notes = status === "complete" ? notesIn(text) : null;
  if (notes) return memory.keepReadings(batch, checkedNotes(notes, given));
  const { unread } = memory;
  const tries = unread.failed();
  console.error(JSON.stringify({ event: "unread", code: failure?.code ?? "unreadable", tries }));
  if (status === "complete" && tries >= MOST_TRIES) return memory.keepReadings(batch, []);
  const pause = Math.min(AGAIN_MS * 2 ** (tries - 1), LATEST_MS);
  unread.rest(Date.now() + Math.max(pause, (failure?.retryAfter ?? 0) * 1000));
}

/** Models that answer only where no shape is asked for, known as long as this isolate lives. */
const unshaped = new Set<string>();

async function ask(model: LanguageModel, request: CompletionRequest): Promise<Generation> {
  const call = (asked: CompletionRequest) =>
    generate(model, asked, DEADLINES, new AbortController(), () => {});
  const { response_format: _, ...parameters } = request.parameters ?? {};
  const plain = { ...request, parameters };
  if (unshaped.has(model.model)) return call(plain);
  const shaped = await call(request);
  if (shaped.failure?.code !== "upstream_rejected") return shaped;
  const answer = await call(plain);
  if (answer.status === "complete") unshaped.add(model.model);
  return { ...answer, attempts: [...shaped.attempts, ...answer.attempts] };
}

type Call = ReturnType<typeof callOf>;
const callOf = (owner: Owner, batch: Batch, { provider, model }: LanguageModel, promptTokens: number) => ({
  ...owner,
  billId: `memory/${crypto.randomUUID()}`,
  conversationId: batch.conversation,
  messageId: batch.leaf,
  purpose: "memory" as const,
  provider,
  model,
  promptTokens,
});

function toRow(
  { model, promptTokens, ...billed }: Call,
  attempt: Attempt,
  index: number,
  config: Config,
  outcome: UsageEvent["outcome"] = attempt.outcome,
): UsageEvent {
  const completionTokens = attempt.text === "" ? 0 : estimateTokens(attempt.text);
  const assumed = { promptTokens, completionTokens };
  return ledgerRow({ ...billed, modelAsked: model }, { ...attempt, outcome }, index, assumed, config);
}

/** All that a persona is told of itself: none of it was said by the user. */
async function promptOf(db: Database, { userId, personaId }: Owner): Promise<string> {
  const [[persona], [card]] = await retried(() =>
    Promise.all([personaById(db, userId, personaId), storedCard(db, userId, personaId)]),
  );
  const told = persona && personaPrompt({ ...persona, card: card ?? null });
  return [told, persona?.greeting, card].filter((text) => typeof text === "string").join("\n");
}

/** What went wrong with reading, for the log: it is tried again. */
export function reportUnread(error: unknown): number {
  console.error(JSON.stringify({ event: "unread", ...describeCauses(error) }));
  return Date.now() + AGAIN_MS;
}
