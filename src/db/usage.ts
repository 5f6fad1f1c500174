import { and, eq, getTableColumns, gte, lt, sql, type SQL } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";

import type { Database } from "./client";
import { prepared, value } from "./prepared";
import {
  conversations,
  usageEvents,
  usageRollup,
  usageTotals,
  type Histogram,
  type NewUsageEvent,
} from "./schema";

const insertCall = (db: Database) =>
  db
    .insert(usageEvents)
    .select(
      sql`SELECT ${sql.join(
        Object.entries(getTableColumns(usageEvents)).map(([field, column]) => sql`${value(field, column)}`),
        sql`, `,
      )} WHERE TRUE`,
    )
    .onConflictDoNothing();
const recordCall = prepared(insertCall);

/** Statements that write calls into the ledger, each once however often they are run. */
export const recordUsage = (db: Database, calls: NewUsageEvent[]) =>
  calls.map((call) => recordCall(db, call));

/** How many conversations and messages a user has now. */
export const countConversations = (db: Database, userId: number) =>
  db
    .select({
      conversations: sql<number>`count(*)`.as("conversation_count"),
      messages: sql<number>`coalesce(sum(message_count), 0)`.as("message_total"),
    })
    .from(conversations)
    .where(eq(conversations.userId, userId));

/** What a user ever used: no row if nothing. */
export const totalUsage = (db: Database, userId: number) =>
  db.select().from(usageTotals).where(eq(usageTotals.userId, userId));

export const GROUPINGS = ["day", "model", "persona", "conversation"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A stretch of time with a name: from `begin` up to `end`, in milliseconds since 1970, the end excluded. */
export type Span = { name: string; begin: number; end: number };

/** What a row of the roll-up belongs to, as text. A day is a span's name: the database knows no time zones. */
const GROUP = {
  day: sql<string>`span.value ->> 'name'`,
  model: sql<string>`model`,
  persona: sql<string>`CAST(persona_id AS TEXT)`,
  conversation: sql<string>`CAST(conversation_id AS TEXT)`,
} satisfies Record<Grouping, SQL>;

const spanRows = (spans: Span[]) => sql`json_each(${JSON.stringify(spans)}) AS span`;

/** The rows of a user in a span. Behind a cross join, which SQLite does not turn round: a seek for each span. */
const withinSpan = (userId: number) =>
  and(
    eq(usageRollup.userId, userId),
    gte(usageRollup.quarter, sql`span.value ->> 'begin'`),
    lt(usageRollup.quarter, sql`span.value ->> 'end'`),
  );

const sumOf = (column: AnySQLiteColumn) => sql<number>`sum(${column})`;

/** A user's roll-up over these spans, by group: the sums, then the histograms of response times and of first tokens. */
export const usageReport = (db: Database, userId: number, spans: Span[], by: Grouping) =>
  [
    sumUsage(db, userId, spans, by),
    sumHistogram(db, userId, spans, by, "responseTimes"),
    sumHistogram(db, userId, spans, by, "firstTokens"),
  ] as const;

const sumUsage = (db: Database, userId: number, spans: Span[], by: Grouping) =>
  db
    .select({
      key: GROUP[by].as("key"),
      calls: sumOf(usageRollup.calls).as("sum_calls"),
      errors: sumOf(usageRollup.errors).as("sum_errors"),
      unpriced: sumOf(usageRollup.unpriced).as("sum_unpriced"),
      estimated: sumOf(usageRollup.estimated).as("sum_estimated"),
      promptTokens: sumOf(usageRollup.promptTokens).as("sum_prompt"),
      cachedTokens: sumOf(usageRollup.cachedTokens).as("sum_cached"),
      cacheWriteTokens: sumOf(usageRollup.cacheWriteTokens).as("sum_cache_write"),
      completionTokens: sumOf(usageRollup.completionTokens).as("sum_completion"),
      reasoningTokens: sumOf(usageRollup.reasoningTokens).as("sum_reasoning"),
      costMicros: sumOf(usageRollup.costMicros).as("sum_cost"),
    })
    .from(spanRows(spans))
    .crossJoin(usageRollup)
    .where(withinSpan(userId))
    .groupBy(sql`1`)
    .orderBy(sql`1`);

function sumHistogram(
  db: Database,
  userId: number,
  spans: Span[],
  by: Grouping,
  times: "responseTimes" | "firstTokens",
) {
  const counts = db
    .select({
      group: GROUP[by].as("grouped"),
      bucket: sql<string>`bucket.key`.as("bucket"),
      count: sql<number>`sum(bucket.value)`.as("counted"),
    })
    .from(spanRows(spans))
    .crossJoin(usageRollup)
    .crossJoin(sql`json_each(${usageRollup[times]}) AS bucket`)
    .where(withinSpan(userId))
    .groupBy(sql`1`, sql`2`)
    .as("counts");
  return db
    .select({
      key: sql<string>`grouped`.as("key"),
      histogram: sql<Histogram>`json_group_object(bucket, counted)`.mapWith(JSON.parse).as("histogram"),
    })
    .from(counts)
    .groupBy(sql`grouped`);
}

/** The roll-up of one conversation. */
export const rollupOfConversation = (db: Database, userId: number, conversationId: number) =>
  db
    .select()
    .from(usageRollup)
    .where(and(eq(usageRollup.conversationId, conversationId), eq(usageRollup.userId, userId)));
