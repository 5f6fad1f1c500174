import { sql } from "drizzle-orm";
import {
  customType,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

import type { ErrorCode } from "../errors";
import type { Cell, Opened } from "./vault";

/** Milliseconds since 1970; `timestamp` mode would cut them off to seconds. */
const time = (name: string) => integer(name, { mode: "timestamp_ms" });
/** What users write or read: nothing but a vault makes or opens it. */
const cell = (name: string) => text(name).$type<Cell>();
const flag = (name: string) => integer(name, { mode: "boolean" });
const contextReport = customType<{ data: ContextReport; driverData: string }>({
  dataType: () => "text",
  toDriver: (report) => JSON.stringify(report),
  fromDriver: (json) => readReport(JSON.parse(json) as Parameters<typeof readReport>[0]),
});

export const users = sqliteTable(
  "users",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    /** Trimmed and lower-cased. */
    email: text("email").notNull(),
    /** Compared case-insensitively; the e-mail address where the user chose none. */
    username: text("username").notNull(),
    fullName: text("full_name"),
    /** PHC string. */
    passwordHash: text("password_hash").notNull(),
    isActive: flag("is_active").notNull().default(true),
    /** When a token that was sent there came back; null as long as none has. */
    emailVerifiedAt: time("email_verified_at"),
    /** Overrides of the configured allowances; null means the configured one, 0 none. */
    dailyTokenAllowance: integer("daily_token_allowance"),
    monthlyTokenAllowance: integer("monthly_token_allowance"),
    dailyCostAllowanceMicros: integer("daily_cost_allowance_micros"),
    monthlyCostAllowanceMicros: integer("monthly_cost_allowance_micros"),
    /** When somebody who may vouched that the address is theirs: by an invitation bound to it, or a reset by mail that left nobody else in. */
    emailVouchedAt: time("email_vouched_at"),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("users_email").on(t.email),
    uniqueIndex("users_username").on(sql`lower(${t.username})`),
  ],
);

/** A login. Its row is the proof that it still stands: ending a session deletes the row. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The part that all refresh tokens of a session share, and that stands nowhere else. */
    refreshFamily: text("refresh_family").notNull(),
    /** SHA-256 of the refresh token in force, and of the one it replaced. */
    refreshHash: text("refresh_hash").notNull(),
    previousRefreshHash: text("previous_refresh_hash"),
    userAgent: text("user_agent"),
    createdAt: time("created_at").notNull(),
    lastUsedAt: time("last_used_at").notNull(),
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [
    uniqueIndex("sessions_refresh_family").on(t.refreshFamily),
    index("sessions_user").on(t.userId, t.lastUsedAt),
    index("sessions_expiry").on(t.expiresAt),
  ],
);

export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** SHA-256 of the key. */
    hash: text("hash").notNull(),
    /** The key's first characters, to tell one key from another in a list. */
    hint: text("hint").notNull(),
    scopes: text("scopes", { mode: "json" }).$type<string[]>().notNull(),
    createdAt: time("created_at").notNull(),
    lastUsedAt: time("last_used_at"),
    /** Where from: the network (`203.0.113.0/24`), never the address, and what called itself so. */
    lastUsedNetwork: text("last_used_network"),
    lastUsedUserAgent: text("last_used_user_agent"),
    expiresAt: time("expires_at"),
  },
  (t) => [uniqueIndex("api_keys_hash").on(t.hash), index("api_keys_user").on(t.userId)],
);

/** An invitation to register, good once: using or revoking it deletes the row. */
export const invitations = sqliteTable(
  "invitations",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    /** SHA-256 of the token. */
    tokenHash: text("token_hash").notNull(),
    /** Lower-cased; null where any address may use it. */
    email: text("email"),
    /** The administrator who made it; null for the operator, who made it at the database itself. */
    createdBy: integer("created_by").references(() => users.id, { onDelete: "cascade" }),
    createdAt: time("created_at").notNull(),
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [
    uniqueIndex("invitations_token_hash").on(t.tokenHash),
    index("invitations_creator").on(t.createdBy),
    index("invitations_expiry").on(t.expiresAt),
  ],
);

/** Mails to an account that anybody can cause, and the one-time tokens in them. */
export const mailTokens = sqliteTable(
  "mail_tokens",
  {
    /** SHA-256 of the token. */
    hash: text("hash").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    purpose: text("purpose").$type<MailPurpose>().notNull(),
    createdAt: time("created_at").notNull(),
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [
    index("mail_tokens_user").on(t.userId, t.purpose, t.createdAt),
    index("mail_tokens_age").on(t.createdAt),
  ],
);

/** Failed logins, by account, by address and by both together, named by a keyed hash. */
export const loginFailures = sqliteTable(
  "login_failures",
  {
    key: text("key").primaryKey(),
    failures: integer("failures").notNull(),
    blockedUntil: time("blocked_until"),
    /** Of an account and an address together: whether somebody has signed in from there. */
    trusted: flag("trusted").notNull().default(false),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [index("login_failures_age").on(t.updatedAt)],
);

export const personas = sqliteTable(
  "personas",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: cell("name").notNull(),
    description: cell("description"),
    relationType: text("relation_type").$type<Relationship>().notNull(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [index("personas_user").on(t.userId, t.id)],
);

export const conversations = sqliteTable(
  "conversations",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    personaId: integer("persona_id")
      .notNull()
      .references(() => personas.id, { onDelete: "cascade" }),
    title: cell("title").notNull(),
    isActive: flag("is_active").notNull().default(true),
    /** The newest message of the branch in force; the visible conversation is the path from it to the root. */
    headMessageId: integer("head_message_id"),
    /** Grows with every change to the messages; names the context window in the cache. */
    revision: integer("revision").notNull().default(0),
    /** The last number given to a message; the next id is `id × 2^20 + messageSeq + 1`. */
    messageSeq: integer("message_seq").notNull().default(0),
    /** Messages on all its branches. Ids may have gaps, so it is a number of its own. */
    messageCount: integer("message_count").notNull().default(0),
    /** How many were deleted: while it is 0, a message's `depth` counts what stands before it. */
    deletedMessages: integer("deleted_messages").notNull().default(0),
    /** Random: tells this conversation from one that had its id before the database was restored to an earlier time. */
    nonce: text("nonce").notNull().default(""),
    /** Reported prompt tokens over estimated ones: what corrects the estimate. */
    tokenRatio: real("token_ratio").notNull().default(1),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("conversations_user_recent").on(t.userId, t.updatedAt, t.id),
    index("conversations_persona_recent").on(t.personaId, t.updatedAt, t.id),
  ],
);

export const messages = sqliteTable(
  "chat_messages",
  {
    /** `conversation id × 2^20 + n`: made by the conversation's object, so that every insert can be repeated. */
    id: integer("id").primaryKey(),
    conversationId: integer("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    parentId: integer("parent_id"),
    /** How many messages stood before it on its branch when it was written. */
    depth: integer("depth").notNull(),
    role: text("role").$type<Role>().notNull(),
    content: cell("content").notNull(),
    status: text("status").$type<MessageStatus>().notNull(),
    finishReason: text("finish_reason"),
    /** Of a failed reply: the error's code. */
    errorCode: text("error_code").$type<ErrorCode>(),
    modelUsed: text("model_used"),
    promptTokens: integer("prompt_tokens"),
    cachedTokens: integer("cached_tokens"),
    cacheWriteTokens: integer("cache_write_tokens"),
    completionTokens: integer("completion_tokens"),
    reasoningTokens: integer("reasoning_tokens"),
    /** Prompt and completion together. */
    tokensUsed: integer("tokens_used"),
    /** Millionths of a US dollar; null where the model has no known price. */
    costMicros: integer("cost_micros"),
    usageEstimated: flag("usage_estimated"),
    responseTimeMs: integer("response_time_ms"),
    firstTokenMs: integer("first_token_ms"),
    /** Of a reply: what went into its prompt. */
    context: contextReport("context"),
    createdAt: time("created_at").notNull(),
  },
  (t) => [index("chat_messages_tree").on(t.conversationId, t.parentId)],
);

/** One row per call to a language model, append-only: deleting what was said never changes what was spent. */
export const usageEvents = sqliteTable(
  "usage_events",
  {
    /** `reply id/attempt`, and more for a call that was dropped before its turn began, so that writing it twice writes it once. */
    id: text("id").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    personaId: integer("persona_id").notNull(),
    conversationId: integer("conversation_id").notNull(),
    messageId: integer("message_id").notNull(),
    purpose: text("purpose").$type<Purpose>().notNull(),
    provider: text("provider").notNull(),
    modelAsked: text("model_asked").notNull(),
    modelUsed: text("model_used").notNull(),
    promptTokens: integer("prompt_tokens").notNull(),
    /** Parts of the prompt's tokens, never added to them. */
    cachedTokens: integer("cached_tokens").notNull(),
    cacheWriteTokens: integer("cache_write_tokens").notNull(),
    completionTokens: integer("completion_tokens").notNull(),
    /** A part of the completion's tokens, never added to them. */
    reasoningTokens: integer("reasoning_tokens").notNull(),
    costMicros: integer("cost_micros"),
    priceVersion: text("price_version"),
    estimated: flag("estimated").notNull(),
    firstTokenMs: integer("first_token_ms"),
    totalMs: integer("total_ms").notNull(),
    outcome: text("outcome").$type<Outcome>().notNull(),
    errorCode: text("error_code").$type<ErrorCode>(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [index("usage_events_user").on(t.userId, t.createdAt)],
);

/**
 * The ledger added up by quarter hours, kept by a trigger on it: the two agree by construction. Quarter hours because every
 * time zone's days begin on one (some are half an hour or three quarters off).
 */
export const usageRollup = sqliteTable(
  "usage_rollup",
  {
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** When the quarter hour began, in milliseconds since 1970. */
    quarter: integer("quarter").notNull(),
    personaId: integer("persona_id").notNull(),
    conversationId: integer("conversation_id").notNull(),
    model: text("model").notNull(),
    calls: integer("calls").notNull(),
    errors: integer("errors").notNull(),
    unpriced: integer("unpriced").notNull(),
    estimated: integer("estimated").notNull(),
    promptTokens: integer("prompt_tokens").notNull(),
    cachedTokens: integer("cached_tokens").notNull(),
    cacheWriteTokens: integer("cache_write_tokens").notNull(),
    completionTokens: integer("completion_tokens").notNull(),
    reasoningTokens: integer("reasoning_tokens").notNull(),
    costMicros: integer("cost_micros").notNull(),
    /** How many calls took `2^(n/4)` milliseconds and less than the next step, by n. */
    responseTimes: text("response_times", { mode: "json" }).$type<Histogram>().notNull(),
    firstTokens: text("first_tokens", { mode: "json" }).$type<Histogram>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.quarter, t.personaId, t.conversationId, t.model] }),
    index("usage_rollup_conversation").on(t.conversationId, t.userId),
  ],
);

/** Everything a user ever used, kept by the same trigger. */
export const usageTotals = sqliteTable("usage_totals", {
  userId: integer("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  calls: integer("calls").notNull(),
  errors: integer("errors").notNull(),
  unpriced: integer("unpriced").notNull(),
  tokens: integer("tokens").notNull(),
  costMicros: integer("cost_micros").notNull(),
});

/** What a running turn may yet use of its user's allowances. Settling the turn deletes the row. */
export const allowanceReservations = sqliteTable(
  "allowance_reservations",
  {
    /** The id of the reply the turn writes. */
    replyId: integer("reply_id").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    tokens: integer("tokens").notNull(),
    costMicros: integer("cost_micros").notNull(),
    /** When it counts no longer: a crash may leave one behind whose turn never began. */
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [
    index("allowance_reservations_user").on(t.userId),
    index("allowance_reservations_expiry").on(t.expiresAt),
  ],
);

/**
 * How far the cells of a column are rewritten in the form that is wanted: sealed with a key, or not at all. One row for each
 * form that was ever wanted, as long as cells of it may be left anywhere.
 */
export const encryptionProgress = sqliteTable(
  "encryption_progress",
  {
    /** `table.column`. */
    part: text("part").notNull(),
    /** The key's name, or `none`. */
    form: text("form").notNull(),
    /** The last row that the pass under way has looked at. */
    cursor: integer("cursor").notNull(),
    /** How many cells were rewritten: since the form is wanted, and in the pass under way. */
    rewritten: integer("rewritten").notNull(),
    found: integer("found").notNull(),
    /** Cells that the pass under way could not open: since their key is missing, or since they were damaged. */
    locked: integer("locked").notNull(),
    damaged: integer("damaged").notNull(),
    startedAt: time("started_at").notNull(),
    passStartedAt: time("pass_started_at").notNull(),
    /** When a pass found nothing left to do. */
    finishedAt: time("finished_at"),
  },
  (t) => [primaryKey({ columns: [t.part, t.form] })],
);

/** When the language model was last asked whether it is there, and what it said; the whole world shares one row. */
export const upstreamChecks = sqliteTable("upstream_checks", {
  id: integer("id").primaryKey(),
  state: text("state"),
  checkedAt: time("checked_at").notNull(),
});

export const RELATIONSHIPS = [
  "parent",
  "spouse",
  "child",
  "sibling",
  "friend",
  "colleague",
  "other",
] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];
export type Role = "user" | "assistant";
export const MESSAGE_STATUSES = ["complete", "in_progress", "stopped", "interrupted", "failed"] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];
/** What a mail is for; the last one has no token that would do anything. */
export type MailPurpose = "reset_password" | "verify_email" | "already_registered";
export type Purpose = "reply" | "regenerate" | "pass";
export type Outcome = "complete" | "stopped" | "interrupted" | "failed";

/** A call of a client's own function that a language model asks for, and a piece of one as it is streamed: OpenAI's shape. */
export type ToolCall = { id: string; type: "function"; function: { name: string; arguments: string } };
export type ToolCallDelta = {
  index: number;
  id?: string;
  type?: "function";
  function?: { name?: string; arguments?: string };
};

/** Counts by bucket. */
export type Histogram = Record<string, number>;

/** Ids in order, as runs of consecutive ones: one by one they would outweigh what was said. */
export type Runs = [first: number, last: number][];

/** What one section put into a prompt. */
export type SectionReport = {
  name: string;
  /** Estimated. */
  tokens: number;
  /** The stored messages that were in. */
  ids?: Runs;
  leftOut?: { reason: "budget" | "failed" | "retried"; count: number }[];
};

/** Where a history comes from: the object's memory, the cache of before, the database, or the client's own request. */
export type ContextSource = "memory" | "kv" | "d1" | "request";

/** What went into a prompt. */
export type ContextReport = {
  /** How many tokens all of it might have. */
  budget: number;
  /** Where the history was read. */
  source: ContextSource;
  /** In the order in which they stand in the prompt. */
  sections: SectionReport[];
};

/** A report as rows before migration 0004 hold it. */
export type ReportBeforeSections = Omit<ContextReport, "sections"> & {
  tokens: { persona: number; history: number; message: number };
  messageIds: Runs;
  leftOut: NonNullable<SectionReport["leftOut"]>;
};

/** A stored report, in today's form whenever it was written. */
export function readReport(stored: ContextReport | ReportBeforeSections): ContextReport {
  if ("sections" in stored) return stored;
  const { budget, source, tokens, messageIds, leftOut } = stored;
  return {
    budget,
    source,
    sections: [
      { name: "persona", tokens: tokens.persona },
      { name: "history", tokens: tokens.history, ids: messageIds, leftOut },
      { name: "message", tokens: tokens.message },
    ],
  };
}

export type User = typeof users.$inferSelect;
export type Session = typeof sessions.$inferSelect;
export type ApiKey = typeof apiKeys.$inferSelect;
export type LoginFailures = typeof loginFailures.$inferSelect;
export type Invitation = typeof invitations.$inferSelect;
export type PersonaRow = typeof personas.$inferSelect;
export type ConversationRow = typeof conversations.$inferSelect;
export type MessageRow = typeof messages.$inferSelect;
export type Persona = Opened<PersonaRow>;
export type Conversation = Opened<ConversationRow>;
export type Message = Opened<MessageRow>;
export type EncryptionProgress = typeof encryptionProgress.$inferSelect;
export type UsageEvent = typeof usageEvents.$inferSelect;
export type NewUsageEvent = typeof usageEvents.$inferInsert;
export type UsageRollup = typeof usageRollup.$inferSelect;
export type UsageTotals = typeof usageTotals.$inferSelect;
