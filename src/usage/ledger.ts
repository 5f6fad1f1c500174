import { isOrphan, retried, type Database } from "../db/client";
import type { UsageEvent } from "../db/schema";
import { recordUsage } from "../db/usage";
import type { Env } from "../env";
import type { ErrorCode, Failure } from "../errors";
import { priceOf, type PriceConfig } from "./prices";
import type { TokenUsage } from "./tokens";

/** Who called which model for whom, and what for. `billId` is what the ids of its rows begin with. */
export type Billed = Pick<
  UsageEvent,
  "userId" | "personaId" | "conversationId" | "messageId" | "purpose" | "provider" | "modelAsked"
> & { billId: string };

/** How a call went. `usage` as it was reported, if it was. Times in milliseconds. */
export type Tried = Pick<UsageEvent, "firstTokenMs" | "totalMs" | "outcome"> & {
  model: string;
  startedAt: number;
  usage: TokenUsage | null;
  failure: Failure | null;
};

/** What a call must have used whose usage was never reported: estimated tokens of its prompt, and of what came. */
export type Assumed = Pick<TokenUsage, "promptTokens" | "completionTokens">;

/** A call as the ledger has it. */
export function ledgerRow(
  { billId, ...billed }: Billed,
  { model, startedAt, usage, failure, ...tried }: Tried,
  index: number,
  assumed: Assumed,
  prices: PriceConfig,
): UsageEvent {
  const tokens = usage ?? assumedUsage(assumed, failure);
  const createdAt = new Date(startedAt);
  const cost = priceOf({ provider: billed.provider, model, usage: tokens, at: createdAt }, prices);
  return {
    ...billed,
    ...tokens,
    id: `${billId}/${index}`,
    modelUsed: model,
    costMicros: cost?.micros ?? null,
    priceVersion: cost?.version ?? null,
    estimated: usage === null,
    firstTokenMs: tried.firstTokenMs,
    totalMs: tried.totalMs,
    outcome: tried.outcome,
    errorCode: failure?.code ?? null,
    createdAt,
  };
}

/** These answers come before the model has read anything, so no provider bills for them. */
const UNBILLED = new Set<ErrorCode>([
  "upstream_unreachable",
  "upstream_rate_limited",
  "upstream_rejected_key",
  "upstream_rejected",
  "upstream_error",
  "unsupported_content",
]);

function assumedUsage({ promptTokens, completionTokens }: Assumed, failure: Failure | null): TokenUsage {
  const unbilled = completionTokens === 0 && failure !== null && UNBILLED.has(failure.code);
  return {
    promptTokens: unbilled ? 0 : promptTokens,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    completionTokens,
    reasoningTokens: 0,
  };
}

/** Has calls brought into the ledger that it did not take: by an object that tries until it does. */
export const oweCalls = (env: Env, userId: number, calls: UsageEvent[]): Promise<void> =>
  env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(`bills-${userId}`)).owe(calls);

/** Writes calls into the ledger, or has that done. Where their user is gone there is nobody left to account to. */
export async function bill(env: Env, db: Database, userId: number, calls: UsageEvent[]): Promise<void> {
  try {
    await retried(() => db.batch(recordUsage(db, calls) as never));
  } catch (error) {
    if (!isOrphan(error)) await oweCalls(env, userId, calls);
  }
}
