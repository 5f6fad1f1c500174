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
    maxRunningTurns: integer("max_running_turns"),
    maxPersonas: integer("max_personas"),
    maxConversations: integer("max_conversations"),
    maxStoredBytes: integer("max_stored_bytes"),
    /** When somebody who may vouched that the address is theirs: by an invitation bound to it, or a reset by mail that left nobody else in. */
    emailVouchedAt: time("email_vouched_at"),
    ageGroup: text("age_group").$type<AgeGroup>().notNull().default("unknown"),
    /** Who says so; null while nobody has. */
    ageSource: text("age_source").$type<AgeSource>(),
    /** ISO 3166-1 or -2, for the numbers of helplines. */
    region: text("region"),
    /** BCP 47, for what the law has them told. */
    locale: text("locale"),
    /** Whether a parent looks after this minor's account. */
    parentLinked: flag("parent_linked").notNull().default(false),
    /** When they first wrote that they are a minor; the operator's answer to it stands. */
    minorSignalAt: time("minor_signal_at"),
    /** When they were last told that they talk to an AI, or to take a break. */
    lastNoticeAt: time("last_notice_at"),
    /** When they were last referred to help in a crisis, and by which step; and when for anything less. */
    crisisAt: time("crisis_at"),
    crisisStep: integer("crisis_step"),
    concernAt: time("concern_at"),
    /** When they said that what was heard was nothing: what is less than a danger rests for that session. */
    calmedAt: time("calmed_at"),
    /** When the account was deleted: from then on it is nobody's, and what it has left is being erased. */
    deletedAt: time("deleted_at"),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("users_email").on(t.email),
    uniqueIndex("users_username").on(sql`lower(${t.username})`),
  ],
);

/** A row of `users` that is no account: owns the conversations and personas that are deleted and not erased yet. */
export const NOBODY = 0;

/** Accounts that were deleted, each under its receipt. */
export const deletions = sqliteTable(
  "deletions",
  {
    /** SHA-256 of the receipt. */
    receiptHash: text("receipt_hash").primaryKey(),
    /** Whose; null once nothing is left of them. */
    userId: integer("user_id"),
    requestedAt: time("requested_at").notNull(),
    completedAt: time("completed_at"),
    /** What there was of it all when it was deleted. */
    belongings: text("belongings", { mode: "json" }).$type<Belongings>().notNull(),
    /** Of how many conversations the object could not be told to forget when it was last tried. */
    unreached: integer("unreached").notNull().default(0),
  },
  (t) => [index("deletions_open").on(t.completedAt, t.requestedAt)],
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
    /** What it opens a conversation with, and other ways to open one, as a JSON array of texts. */
    greeting: cell("greeting"),
    alternates: cell("alternates"),
    /** Whether it remembers what was said, and in how many tokens of a prompt; null for as many as are configured. */
    memory: flag("memory").notNull().default(true),
    memoryTokens: integer("memory_tokens"),
    /** Whether its memory may hold facts that no conversation tells: told by the user, or pinned. */
    hasFacts: flag("has_facts").notNull().default(false),
    /** Its picture, one of `persona_files`. */
    avatarId: integer("avatar_id"),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [index("personas_user").on(t.userId, t.id)],
);

/** The character card that a persona came as: apart, since it is larger than all else of it and few need it. */
export const personaCards = sqliteTable(
  "persona_cards",
  {
    /** The persona's. */
    id: integer("id")
      .primaryKey()
      .references(() => personas.id, { onDelete: "cascade" }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** JSON as it came, of V1 and V2 in the form of V3. */
    card: cell("card").notNull(),
  },
  (t) => [index("persona_cards_user").on(t.userId)],
);

/** Pictures and other files that came with a persona's card. */
export const personaFiles = sqliteTable(
  "persona_files",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    personaId: integer("persona_id")
      .notNull()
      .references(() => personas.id, { onDelete: "cascade" }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Where it stands in the card's archive; null for the picture that a card was in. */
    path: cell("path"),
    /** What it is by its first bytes; null where it is no picture that browsers show. */
    mediaType: text("media_type").$type<ImageType>(),
    /** Bytes, and those that its pieces take: what triggers count as its user's. */
    size: integer("size").notNull(),
    storedBytes: integer("stored_bytes").notNull(),
    /** Of one that lies in the bucket: what it is encrypted with there. Null: it lies here, in pieces. */
    objectKey: cell("object_key"),
  },
  (t) => [index("persona_files_persona").on(t.personaId, t.id), index("persona_files_user").on(t.userId)],
);

/**
 * Files of which the bucket may hold an object that no row names: one that is being written, or whose row is gone, which a
 * trigger notes. They are deleted when they are due.
 */
export const looseObjects = sqliteTable(
  "loose_objects",
  {
    /** The file's. */
    id: integer("id").primaryKey(),
    dueAt: time("due_at").notNull(),
  },
  (t) => [index("loose_objects_due").on(t.dueAt)],
);

/** A file in pieces that D1 takes, each in Base64. */
export const filePieces = sqliteTable(
  "file_pieces",
  {
    /** `file id × 2^10 + n`. */
    id: integer("id").primaryKey(),
    fileId: integer("file_id")
      .notNull()
      .references(() => personaFiles.id, { onDelete: "cascade" }),
    data: cell("data").notNull(),
  },
  (t) => [index("file_pieces_file").on(t.fileId)],
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
    /** False while the title stands in for one: nobody gave it, and the first reply is to. */
    isTitled: flag("is_titled").notNull().default(true),
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
    /** What its messages take on all branches, see `ROW_BYTES`. Whoever inserts messages but `settleTurn` counts them by `recountBytes`. */
    storedBytes: integer("stored_bytes").notNull().default(0),
    /** The name that a client of another API knows it by; one for each user and persona. */
    externalId: text("external_id"),
    /** Of one that was brought in: the hash by which it is known again. */
    sourceHash: text("source_hash"),
    /** `api` where a client of OpenAI's API had it made by saying something nowhere in particular; null for any other. */
    origin: text("origin").$type<"api">(),
    /** Reported prompt tokens over estimated ones: what corrects the estimate. */
    tokenRatio: real("token_ratio").notNull().default(1),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
    /** When it was pinned; null where it is not. */
    pinnedAt: time("pinned_at"),
    /** The folder it lies in: a tag of that kind. */
    folderId: integer("folder_id"),
    /** Its tags, in the order they were given: what changes the tags of a user keeps it true. */
    tagIds: text("tag_ids", { mode: "json" }).$type<number[]>().notNull().default([]),
    /** Of a temporary one: when it is gone. */
    expiresAt: time("expires_at"),
  },
  (t) => [
    uniqueIndex("conversations_external").on(t.userId, t.personaId, t.externalId),
    uniqueIndex("conversations_source").on(t.userId, t.sourceHash),
    // A turn moves its conversation in this one alone: those of one persona are found in it, too.
    index("conversations_user_recent").on(t.userId, t.updatedAt, t.id, t.personaId),
    index("conversations_persona").on(t.personaId),
    index("conversations_expiry")
      .on(t.expiresAt)
      .where(sql`${t.expiresAt} IS NOT NULL`),
  ],
);

/** Names under which a user finds conversations: tags, of which one has many, and folders, of which it has one. */
export const tags = sqliteTable(
  "tags",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind").$type<TagKind>().notNull(),
    name: cell("name").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [index("tags_user").on(t.userId, t.id)],
);

/** What was left out of a conversation that was brought in, as it came: what is hidden, or of tools. */
export const conversationSources = sqliteTable(
  "conversation_sources",
  {
    /** The conversation's. */
    id: integer("id")
      .primaryKey()
      .references(() => conversations.id, { onDelete: "cascade" }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** A JSON array. */
    data: cell("data").notNull(),
  },
  (t) => [index("conversation_sources_user").on(t.userId)],
);

/** What a user shows of a conversation to whoever has the link, as it was when they made it: no row, no link. */
export const shares = sqliteTable(
  "shares",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    conversationId: integer("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    /** SHA-256 of the link's name. */
    nameHash: text("name_hash").notNull(),
    /** JSON: a `Snapshot` and the link's name. */
    data: cell("data").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("shares_name").on(t.nameHash),
    index("shares_user").on(t.userId, t.id),
    index("shares_conversation").on(t.conversationId),
  ],
);

/** What a link shows. */
export type Snapshot = {
  title: string | null;
  persona: string | null;
  messages: { role: Role; content: string }[];
};

/** What is kept of a message, whether it is there or was deleted a moment ago. */
const messageColumns = () => ({
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
  /** Of a reply: what was shown with it for safety's sake, and found; null where nothing was. */
  safety: text("safety", { mode: "json" }).$type<TurnSafety>(),
  createdAt: time("created_at").notNull(),
});

export const messages = sqliteTable("chat_messages", messageColumns(), (t) => [
  index("chat_messages_tree").on(t.conversationId, t.parentId),
]);

/**
 * What a client of OpenAI's API says of a reply or, under the conversation's number 0, of a conversation, beside the words: its
 * `metadata`, and what its answers repeat. A trigger takes a reply's with it.
 */
export const clientNotes = sqliteTable(
  "client_notes",
  {
    /** The reply's, or `messageId(conversation, 0)`. */
    id: integer("id").primaryKey(),
    conversationId: integer("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** JSON. */
    data: cell("data").notNull(),
  },
  (t) => [index("client_notes_conversation").on(t.conversationId), index("client_notes_user").on(t.userId)],
);

/** The last deletion of messages in a conversation, which can be undone for a while. */
export const messageDeletions = sqliteTable(
  "message_deletions",
  {
    conversationId: integer("conversation_id")
      .primaryKey()
      .references(() => conversations.id, { onDelete: "cascade" }),
    /** What was deleted, alone or with all that followed it. */
    messageId: integer("message_id").notNull(),
    parentId: integer("parent_id"),
    /** Where the head stood before, and the revision that the deletion left. */
    headMessageId: integer("head_message_id"),
    revision: integer("revision").notNull(),
    count: integer("count").notNull(),
    /** The messages that followed the one that was deleted alone, and were joined to what came before it. */
    joined: text("joined", { mode: "json" }).$type<number[]>().notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [index("message_deletions_age").on(t.createdAt)],
);

/** The messages of the last deletion in a conversation, as they were. */
export const deletedMessages = sqliteTable("deleted_messages", messageColumns(), (t) => [
  index("deleted_messages_conversation").on(t.conversationId),
]);

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
  /** The clock of use, by the same trigger: it writes this row at every turn anyway. Of the last call, and of their session. */
  lastTurnAt: integer("last_turn_at"),
  sessionStartedAt: integer("session_started_at"),
  /** Milliseconds of use on the day (UTC) of the last call. */
  dayUseMs: integer("day_use_ms").notNull().default(0),
});

/**
 * What safety has found, and what came of it: no text, no words. A trigger counts each row once, in `safety_counts`, which
 * names nobody.
 */
export const safetyEvents = sqliteTable(
  "safety_events",
  {
    /** As clients are told it: `saf_{reply id}_{n}`. */
    id: text("id").primaryKey(),
    /** The day (UTC), as 2026-11-28. */
    atDay: text("at_day").notNull(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The reply of its turn. */
    messageId: integer("message_id").notNull(),
    code: text("code").$type<FoundCode>().notNull(),
    level: text("level").$type<"high" | "low">(),
    step: integer("step"),
    source: text("source").$type<"floor" | "moderation">().notNull(),
    /** Of the detector. */
    version: text("version").notNull(),
    outcome: text("outcome").$type<FoundOutcome>().notNull(),
    /** Of the user at the time. */
    region: text("region"),
    ageGroup: text("age_group").$type<AgeGroup>().notNull(),
    /** What the user says it was about, where it was no danger. */
    feedback: text("feedback").$type<FalseAlarm>(),
    /** Where the operator's server is to be told of it: since when, when to try next, and how often it was tried. */
    webhookAt: time("webhook_at"),
    webhookDueAt: time("webhook_due_at"),
    webhookTries: integer("webhook_tries").notNull().default(0),
  },
  (t) => [
    index("safety_events_user").on(t.userId),
    index("safety_events_day").on(t.atDay),
    index("safety_events_webhook")
      .on(t.webhookDueAt)
      .where(sql`${t.webhookDueAt} IS NOT NULL`),
  ],
);

/** What users have reported of replies, and said against what was decided of them; a trigger counts each. */
export const safetyComplaints = sqliteTable(
  "safety_complaints",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind").$type<ComplaintKind>().notNull(),
    /** What it is about: the id of a message that is reported, of an event that is appealed against. */
    subject: text("subject").notNull(),
    /** Of the turn; 0 for a pass, which keeps none. */
    messageId: integer("message_id").notNull(),
    /** Of a report what the user chose, of an appeal the event's code. */
    reason: text("reason").notNull(),
    note: cell("note"),
    status: text("status").$type<ComplaintStatus>().notNull().default("open"),
    /** What an administrator answered. */
    answer: cell("answer"),
    createdAt: time("created_at").notNull(),
    answeredAt: time("answered_at"),
  },
  (t) => [
    uniqueIndex("safety_complaints_subject").on(t.userId, t.kind, t.subject),
    index("safety_complaints_status").on(t.kind, t.status, t.id),
    index("safety_complaints_answered").on(t.answeredAt),
  ],
);

/** By which detectors things were found in a year, kept by a trigger. */
export const safetyDetectors = sqliteTable(
  "safety_detectors",
  {
    year: integer("year").notNull(),
    source: text("source").$type<"floor" | "moderation">().notNull(),
    version: text("version").notNull(),
  },
  (t) => [primaryKey({ columns: [t.year, t.source, t.version] })],
);

/** What was found by year, region, kind and age group; it stays when users go. */
export const safetyCounts = sqliteTable(
  "safety_counts",
  {
    year: integer("year").notNull(),
    /** Empty where it is not known. */
    region: text("region").notNull(),
    kind: text("kind").notNull(),
    ageGroup: text("age_group").$type<AgeGroup>().notNull(),
    count: integer("count").notNull(),
  },
  (t) => [primaryKey({ columns: [t.year, t.region, t.kind, t.ageGroup] })],
);

/**
 * What a user has and what it takes, see `ROW_BYTES`: kept by triggers on their personas and conversations, and theirs at once
 * where one of these is made over to somebody else.
 */
export const userRoom = sqliteTable("user_room", {
  userId: integer("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  personas: integer("personas").notNull(),
  conversations: integer("conversations").notNull(),
  bytes: integer("bytes").notNull(),
});

/** What all users' calls of a day (UTC) cost together, kept by a trigger on the ledger. A day without a cost has no row. */
export const dailyCosts = sqliteTable("daily_costs", {
  /** When it began, in milliseconds since 1970. */
  day: integer("day").primaryKey(),
  costMicros: integer("cost_micros").notNull(),
});

/**
 * What a running turn may yet use of its user's allowances, and that it runs. Settling the turn deletes the row, so the table
 * is no longer than what runs.
 */
export const allowanceReservations = sqliteTable(
  "allowance_reservations",
  {
    /** The id of the reply the turn writes; below 0 for a call without a conversation, see `passReservationId`. */
    replyId: integer("reply_id").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    tokens: integer("tokens").notNull(),
    costMicros: integer("cost_micros").notNull(),
    /** When it counts no longer: a crash may leave one behind whose turn never began. */
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [index("allowance_reservations_user").on(t.userId)],
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

/** How much there is of everything that a user has. */
export type Belongings = Record<
  "sessions" | "api_keys" | "personas" | "conversations" | "messages" | "usage_events",
  number
>;

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
export const TAG_KINDS = ["tag", "folder"] as const;
export type TagKind = (typeof TAG_KINDS)[number];
/** Kinds of pictures that browsers show and that hold no script. */
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];
export type Role = "user" | "assistant";
export const MESSAGE_STATUSES = ["complete", "in_progress", "stopped", "interrupted", "failed"] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];
/** What a mail is for; the last one has no token that would do anything. */
export type MailPurpose = "reset_password" | "verify_email" | "already_registered";
export type Purpose = "reply" | "regenerate" | "continue" | "pass" | "title" | "memory";
export type Outcome = "complete" | "stopped" | "interrupted" | "failed";

/** `unknown` until the operator, the operating system, a parent or the user says. */
export const AGE_GROUPS = ["adult", "teen", "child", "unknown"] as const;
export type AgeGroup = (typeof AGE_GROUPS)[number];
export const AGE_SOURCES = ["operator", "os_signal", "parent", "self_said"] as const;
export type AgeSource = (typeof AGE_SOURCES)[number];

/** What the law has a user shown, as it was. */
export type Notice = {
  id: string;
  kind: "ai_disclosure" | "break_reminder" | "minors_suitability";
  text: string;
  /** ISO 639-1. */
  locale: string;
};

export type FoundCode = "crisis" | "concern" | "eating_disorder" | "minor_signal" | "cut";
/** `repeated`: heard, but what there is to show was shown a moment ago; `withdrawn`: a reply was cut after it was written. */
export type FoundOutcome = "referred" | "repeated" | "lowered" | "cut" | "withdrawn";

/** What the floor took for a danger, where it was none. */
export const FALSE_ALARMS = ["fiction", "someone_else", "past", "joke"] as const;
export type FalseAlarm = (typeof FALSE_ALARMS)[number];
export type ComplaintKind = "report" | "appeal";
/** `upheld`: whoever complained was right. */
export const COMPLAINT_STATUSES = ["open", "upheld", "dismissed"] as const;
export type ComplaintStatus = (typeof COMPLAINT_STATUSES)[number];

/** What safety has found in a turn. `step` 2: help was named before in this session. */
export type Found = {
  id: string;
  code: FoundCode;
  level: "high" | "low" | null;
  step: 1 | 2;
  source: "floor" | "moderation";
  version: string;
  outcome: FoundOutcome;
};

/** What was shown in a turn and found in it. `locale`: what is shown is written in that language (ISO 639-1). */
export type TurnSafety = {
  notices: Notice[];
  found: Found[];
  region: string | null;
  locale: string;
  ageGroup: AgeGroup;
};

/** The finish reason of a reply that was cut because of what it said; a provider that filters says the same. */
export const CONTENT_FILTER = "content_filter";

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
  /** How much of what was recalled was near to what was said: all of it in reports that do not say. */
  near?: number;
  /** When the earliest and the latest of that were said. Milliseconds. */
  said?: [first: number, last: number];
  leftOut?: { reason: "budget" | "failed" | "retried" | "memory_late"; count: number }[];
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
export type ShareRow = typeof shares.$inferSelect;
export type TagRow = typeof tags.$inferSelect;
export type ClientNotesRow = typeof clientNotes.$inferSelect;
export type Persona = Opened<PersonaRow>;
/** A persona as it speaks, with its card, if it has one. */
export type Speaker = Persona & { card: string | null };
export type PersonaFileRow = typeof personaFiles.$inferSelect;
export type PersonaFile = Opened<PersonaFileRow>;
export type Conversation = Opened<ConversationRow>;
export type Tag = Opened<TagRow>;
export type Message = Opened<MessageRow>;
/** A message, how many variants there are of it (itself included), and the how manieth it is, counted from 1. */
export type Shown = Message & { variantCount: number; variantIndex: number };
export type EncryptionProgress = typeof encryptionProgress.$inferSelect;
export type MessageDeletion = typeof messageDeletions.$inferSelect;
export type UsageEvent = typeof usageEvents.$inferSelect;
export type NewUsageEvent = typeof usageEvents.$inferInsert;
export type UsageRollup = typeof usageRollup.$inferSelect;
export type NewSafetyEvent = typeof safetyEvents.$inferInsert;
export type ComplaintRow = typeof safetyComplaints.$inferSelect;
export type Complaint = Opened<ComplaintRow>;
