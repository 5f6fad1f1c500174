import { retried } from "../db/client";
import { nameConversation } from "../db/conversations";
import type { Conversation, Message } from "../db/schema";
import { configOf, type Config } from "../env";
import { generate, type Deadlines, type Generation } from "../models/generate";
import { helperModel } from "../models/registry";
import { estimateTokens } from "../prompt/tokens";
import { TITLE_TOKENS, titleIn, titleOf, titleRequest } from "../prompt/title";
import type { Care } from "../safety/care";
import { checkReply } from "../safety/reply";
import { isCovered } from "../usage/allowances";
import type { Owners } from "./owners";
import { recordCalls } from "./record";
import { close, type Closed, type Turn } from "./turn";

/** A title that is not there by then is made of the first words. Milliseconds. */
const DEADLINES: Deadlines = { firstToken: 8000, idle: 4000, total: 10_000, retries: 0 };

/** Conversations whose title is being made: the next reply may be quicker. */
const beingNamed = new Set<number>();

/**
 * Gives a conversation a title that nobody has given one, after its first reply, in a call of its own or, where there is no
 * model for it, by its first words. Nobody waits for it; where a crash or the database comes between, the next reply has it
 * made. What was heard of a danger goes into no title, and what is temporary to no further call.
 */
export async function giveTitle(
  owners: Owners,
  { turn, care }: { turn: Turn; care: Care | null },
  conversation: Conversation,
  { reply }: Closed,
): Promise<void> {
  const { said } = turn;
  const { id, isTitled } = conversation;
  if (isTitled || !said || reply.content === "" || reply.safety?.found.length || beingNamed.has(id)) return;
  beingNamed.add(id);
  try {
    const mayAsk = care !== null && conversation.expiresAt === null;
    const made = mayAsk ? await askForTitle(owners, turn, care, said, reply) : null;
    const title = made ?? titleOf(said.content);
    await retried(async () => nameConversation(owners.db, conversation, title));
  } finally {
    beingNamed.delete(id);
  }
}

/** A title in the language model's words, or null. What it cost is in the ledger, on a row of its own. */
async function askForTitle(
  { db, env, store, agenda }: Owners,
  turn: Turn,
  care: Care,
  said: Message,
  reply: Message,
): Promise<string | null> {
  const config = configOf(env);
  const model = config.AUTO_TITLE ? helperModel(config) : null;
  if (!model) return null;
  const request = titleRequest(said.content, reply.content);
  const promptTokens = estimateTokens(JSON.stringify(request));
  const call = { provider: model.provider, model: model.model, promptTokens, completionTokens: TITLE_TOKENS };
  if (!(await isCovered(db, turn.userId, call, config))) return null;
  const answer = await generate(model, request, DEADLINES, new AbortController(), () => {});
  const calls = billOf(turn, call, answer, config);
  store.owe(calls);
  await recordCalls(db, calls).then(
    () => store.paid(calls),
    () => agenda.watch(),
  );
  const title = titleOfAnswer(answer);
  return title !== null && isFitting(title, care) ? title : null;
}

type Call = { provider: string; model: string; promptTokens: number };

/** The ledger's rows: the turn's, but for what it was for. */
function billOf(turn: Turn, { promptTokens, ...speaker }: Call, answer: Generation, config: Config) {
  const estimate = { raw: promptTokens, corrected: promptTokens };
  const named = {
    purpose: "title" as const,
    billId: `${turn.billId}/title`,
    speaker: { ...turn.speaker, ...speaker },
    estimate,
  };
  return close({ ...turn, ...named }, answer, config).usage;
}

function titleOfAnswer({ status, attempts }: Generation): string | null {
  const last = attempts.at(-1);
  if (!last || status !== "complete") return null;
  return titleIn(last.finishReason === "length" ? `${last.text.replace(/\s+\S*$/, "")}…` : last.text);
}

/** Whether a reply could say it here. */
const isFitting = (title: string, { policy: { between, output } }: Care) =>
  output === "off" || checkReply(title, between) === null;
