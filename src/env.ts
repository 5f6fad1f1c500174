import { findProvider } from "@pydantic/genai-prices";
import { z } from "zod";

import { AppError } from "./errors";

/** What a conversation's object does beside answering requests. */
export type ConversationMethods = {
  /** Shows that objects answer. */
  ping(): true;
  /** What the last turn began with is no longer true: the next one asks first. */
  invalidate(): Promise<true>;
  /** Forgets everything: the conversation is gone from the database. */
  purge(): Promise<true>;
  /** Somebody, a `Call` of `chat/commands`, is about to speak: what a turn begins with is read ahead. */
  prepare(call: object): Promise<void>;
  /** The newest exchange that the history may lack, or null: a `LatestExchange` of `chat/commands`. Prepares, too. */
  latest(call: object): Promise<object | null>;
  /** Stops the reply that is being written, if one is. */
  halt(): Promise<true>;
  /** Brings to the ledger what it did not take, `Owed` of `usage/ledger`, as often as it takes. */
  owe(calls: object[]): Promise<void>;
  /** The ledger has these, rows of `usage_events`. */
  paid(calls: object[]): Promise<void>;
};

/**
 * What the nightly work goes by: the time it began, how many days things are kept (0 is for ever), and from which user on it
 * has yet to look for conversations that are too old, active and archived ones (null: through).
 */
export type TidyOrder = {
  now: number;
  retentionDays: number;
  archivedDays: number;
  sessionDays: number;
  /** Missing where an earlier version has begun the work. */
  safetyDays?: number;
  active: number | null;
  archived: number | null;
};

/** What the eraser does. */
export type EraserMethods = {
  /** Looks, within so many milliseconds, what is deleted and not erased yet. */
  wake(withinMs: number): Promise<void>;
  /** Goes on with the nightly work until nothing of it is left. */
  tidy(order: TidyOrder): Promise<void>;
};

/** What a user's search index does, for `search/client`. What it is asked is that of `search/store`. */
export type SearchMethods = {
  /** Reads a conversation again, in which something has changed without a turn. */
  changed(userId: number, conversationId: number): Promise<void>;
  /** Holds all of the index against the database, soon. */
  review(userId: number): Promise<void>;
  forget(conversationIds: number[]): Promise<void>;
  forgetPersona(personaId: number): Promise<void>;
  /** Forgets everything. */
  purge(): Promise<true>;
  /** What matches a `Search`, the best first, where to go on, and whether all there is was looked through. */
  find(
    userId: number,
    search: object,
  ): Promise<{ ids: number[]; next: { before: number; offset: number } | null; isComplete: boolean }>;
};

/** Which file is brought in, or which job is meant; whose it is the Worker has made sure. */
export type ImportOrder = { userId: number; name?: string; personaId?: number | null; id?: string };

/** What brings in a user's files, beside taking one. */
export type ImporterMethods = {
  list(userId: number): Promise<object[]>;
  show(userId: number, id: string): Promise<object | null>;
  report(userId: number, id: string, after: number, limit: number): Promise<object[] | null>;
  cancel(userId: number, id: string): Promise<boolean>;
  /** Forgets everything: the account is gone. */
  purge(): Promise<true>;
};

/** The Worker's bindings, and its variables as the platform hands them over: text or nothing. */
export type Env = {
  DB: D1Database;
  /** The page's files. A Worker without them is the API alone. */
  ASSETS?: Fetcher;
  CONVERSATIONS: DurableObjectNamespace<ConversationMethods & Rpc.DurableObjectBranded>;
  ERASER: DurableObjectNamespace<EraserMethods & Rpc.DurableObjectBranded>;
  SEARCH: DurableObjectNamespace<SearchMethods & Rpc.DurableObjectBranded>;
  /** A memory for each user and persona: `PersonaMemory`. */
  MEMORIES: DurableObjectNamespace;
  IMPORTER: DurableObjectNamespace<ImporterMethods & Rpc.DurableObjectBranded>;
  LIMIT_TURNS: RateLimit;
  LIMIT_CREDENTIALS: RateLimit;
  LIMIT_WRITES: RateLimit;
  LIMIT_READS: RateLimit;
  LIMIT_ADDRESS: RateLimit;
  /** Where pictures and files of cards lie; without it they lie in the database. */
  FILES?: R2Bucket;
  /** Workers AI, where a model of it embeds (`EMBEDDINGS`). */
  AI?: { run: (model: string, input: { text: string[] }) => Promise<unknown> };
  /** A data point for each turn; without it the log line has to do. */
  TURNS?: AnalyticsEngineDataset;
} & Partial<Record<keyof typeof variables, string>>;

const DAY_MS = 24 * 60 * 60 * 1000;

const integer = (minimum: number, maximum: number, fallback: number) =>
  z.coerce
    .number({ error: "must be a number" })
    .int("must be a whole number")
    .min(minimum, `must be at least ${minimum}`)
    .max(maximum, `must be at most ${maximum}`)
    .default(fallback);

const decimal = (minimum: number, maximum: number, fallback: number) =>
  z.coerce
    .number({ error: "must be a number" })
    .min(minimum, `must be at least ${minimum}`)
    .max(maximum, `must be at most ${maximum}`)
    .default(fallback);

const toggle = ([on, off]: [on: string, off: string], fallback: boolean) =>
  z
    .enum([on, off], { error: `must be one of ${on}, ${off}` })
    .transform((word) => word === on)
    .default(fallback);

const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL" })
  .transform((url) => url.replace(/\/+$/, ""));

const LOCAL_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a host's name means this very machine: no deployed Worker is called by such a name, or can call one. */
export const isLocalHost = (hostname: string) => LOCAL_HOSTS.has(hostname);

/** Where the operator's own server is told of something: over TLS, or on this very machine. */
const webhookUrl = z.string().trim().refine(isSafeUrl, "must be an https URL").optional();

const moderation = z
  .string()
  .trim()
  .refine((text) => text === "auto" || text === "off" || isSafeUrl(text), "must be auto, off or an https URL")
  .default("auto");

const embeddings = z
  .string()
  .trim()
  .refine(
    (text) => text === "off" || text.startsWith("@") || isSafeUrl(text),
    "must be off, an https URL, or a model of Workers AI such as @cf/baai/bge-m3",
  )
  .default("off");

/** Where mails go: an address of the web, or the log of `npm start`. What they hold opens accounts, so only over TLS. */
const mailUrl = z
  .string()
  .trim()
  .refine((text) => text === "console" || isSafeUrl(text), "must be an https URL, or console")
  .optional();

function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && isLocalHost(hostname));
}

/** `sam@example.com` or `Sam <sam@example.com>`. */
const mailFrom = z
  .string()
  .trim()
  .regex(/^(?:[^\p{Cc}<>]* ?<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u, "must be an e-mail address")
  .optional();

/** A key by its name, which is 0 for the one that was given none. */
export type SecretKey = { kid: string; secret: string };

function secretKeyOf(part: string): SecretKey {
  const text = part.trim();
  const [, kid = "0", secret = text] = /^([\w-]{1,16}):(.+)$/.exec(text) ?? [];
  return { kid, secret };
}

/**
 * `kid:secret` pairs or one bare secret, separated by commas: the first signs, all verify.
 * 32 bytes is the least that RFC 7518 §3.2 allows for HS256.
 */
const secretKeys = z
  .string({ error: "is required: a random text of at least 32 bytes" })
  .transform((text): [SecretKey, ...SecretKey[]] => {
    const [first = "", ...others] = text.split(",");
    return [secretKeyOf(first), ...others.map(secretKeyOf)];
  })
  .refine((keys) => keys.every((key) => new TextEncoder().encode(key.secret).length >= 32), {
    error: "must be at least 32 bytes, every key of it",
  })
  .refine((keys) => new Set(keys.map((key) => key.kid)).size === keys.length, {
    error: "must give each of its keys a name of its own, as in new:…,old:…",
  });

/** 32 bytes in base64, in either alphabet. */
const ENCRYPTION_KEY = /^[\w+/-]{43}=?$/;

/** Keys separated by commas: the first encrypts, all decrypt. After `none` they only decrypt. */
const encryptionKeys = z
  .string()
  .transform((text) => {
    const [first = "", ...others] = text.split(",").map((part) => part.trim());
    const seals = first !== "none";
    return { seals, keys: seals ? [first, ...others] : others };
  })
  .refine(({ keys }) => keys.length > 0 && keys.every((key) => ENCRYPTION_KEY.test(key)), {
    error:
      "must be keys of 32 random bytes in base64, as `openssl rand -base64 32` prints, separated by commas",
  })
  .transform(({ seals, keys }) => ({
    seals,
    keys: keys.map((key) => new Uint8Array(Buffer.from(key, "base64"))),
  }))
  .optional();

const origins = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((origin) => origin.trim().replace(/\/$/, ""))
      .filter(Boolean),
  )
  .refine((list) => list.every((origin) => origin === "*" || /^https?:\/\/[^/\s]+$/.test(origin)), {
    error: "must be origins such as https://app.example.com, separated by commas, or *",
  });

/** Lower-cased, as `users.email` is. */
const emailAddresses = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((address) => address.trim().toLowerCase())
      .filter(Boolean),
  )
  .refine((list) => list.every((address) => z.email().safeParse(address).success), {
    error: "must be e-mail addresses, separated by commas",
  });

const usd = z.number().min(0).max(1_000_000);

const priceTable = z.record(
  z.string().min(1),
  z.strictObject({ input: usd, cached_input: usd.optional(), cache_write: usd.optional(), output: usd }),
);

/** Prices by model name or pattern (`*` for any text), in US dollars per million tokens. */
const modelPrices = z
  .string()
  .default("{}")
  .transform((text, context) => {
    const table = priceTable.safeParse(parseJson(text));
    if (table.success) return table.data;
    context.addIssue({
      code: "custom",
      message:
        'must be a JSON object such as {"my-model": {"input": 0.5, "cached_input": 0.1, "output": 1.5}}, ' +
        "in US dollars per million tokens (cached_input and cache_write may be left out)",
    });
    return z.NEVER;
  });

/** Whose prices hold, as the price list names them: by their id there, or by the address of their own server. */
const priceProvider = z
  .string()
  .trim()
  .transform((name, context) => {
    const byUrl = findProvider({ providerApiUrl: name })?.id;
    const id = byUrl ?? name.toLowerCase();
    // The list also guesses from parts of a name, which is no way to settle what a call costs.
    if (findProvider({ providerId: id })?.id === id) return id;
    context.addIssue({
      code: "custom",
      message:
        "must be a provider of the price list such as openai or groq, or its address such as https://api.openai.com/v1",
    });
    return z.NEVER;
  })
  .optional();

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const noticeText = z.string().trim().min(1).max(1000).optional();

const noticeTable = z.record(
  z.string().regex(/^[a-z]{2,3}$/),
  z.strictObject({
    ai_disclosure: noticeText,
    break_reminder: noticeText,
    minors_suitability: noticeText,
  }),
);

/** The operator's own words for notices, by language (ISO 639-1) and kind. */
const noticeTexts = z
  .string()
  .default("{}")
  .transform((text, context) => {
    const table = noticeTable.safeParse(parseJson(text));
    if (table.success) return table.data;
    context.addIssue({
      code: "custom",
      message:
        'must be a JSON object such as {"en": {"ai_disclosure": "You are talking to an AI."}}, with texts of 1 to 1000 ' +
        "characters for ai_disclosure, break_reminder or minors_suitability",
    });
    return z.NEVER;
  });

/** ISO 3166-1 or 3166-2. */
export const REGION = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/;

/** Every variable the server reads, with its default and its rule. Times are in milliseconds. */
const variables = {
  SECRET_KEY: secretKeys,
  /** Encrypts what users write, and what is written to them, where it is stored. */
  ENCRYPTION_KEY: encryptionKeys,
  /** Who may register. Closed unless somebody chose: a deployment's model is paid for by its operator. */
  REGISTRATION: z
    .enum(["open", "invite", "closed"], { error: "must be one of open, invite, closed" })
    .default("closed"),
  ADMIN_EMAILS: emailAddresses,
  OPENAI_API_KEY: z.string().trim().optional(),
  OPENAI_BASE_URL: httpUrl.default("https://api.openai.com/v1"),
  OPENAI_MODEL: z.string().trim().max(128, "must be at most 128 characters").default("gpt-3.5-turbo"),
  OPENAI_MAX_TOKENS: integer(1, 1_000_000, 1000),
  OPENAI_TEMPERATURE: decimal(0, 2, 0.7),
  OFFLINE_MODEL: toggle(["true", "false"], false),
  CONTEXT_MAX_TOKENS: integer(100, 2_000_000, 8000),
  MESSAGE_MAX_CHARACTERS: integer(1, 200_000, 4000),
  /** Whether the language model gives a conversation its title that nobody has given one; else its first words do. */
  AUTO_TITLE: toggle(["on", "off"], true),
  /** Whether a response of OpenAI's API is kept that does not say. */
  API_STORE: toggle(["on", "off"], true),
  /** The same as CONTEXT_MAX_TOKENS where a client brings its history along, under /v1: with instructions and tools of its own. */
  PASS_MAX_TOKENS: integer(100, 2_000_000, 32_000),
  /** How many tokens of a prompt are for what is remembered, where a persona says nothing else; 0 turns memory off. */
  MEMORY_TOKENS: integer(0, 2000, 1000),
  /** Which model gathers facts from what users say, at OPENAI_BASE_URL, while nobody waits. */
  MEMORY_MODEL: z.string().trim().max(128, "must be at most 128 characters").default("none"),
  /** What embeds what is remembered: nothing, an endpoint of OpenAI's shape, or a model of Workers AI. */
  EMBEDDINGS: embeddings,
  EMBEDDINGS_MODEL: z
    .string()
    .trim()
    .max(200, "must be at most 200 characters")
    .default("text-embedding-3-small"),
  EMBEDDINGS_KEY: z.string().trim().optional(),
  UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: integer(50, DAY_MS, 30_000),
  UPSTREAM_IDLE_TIMEOUT_MS: integer(50, DAY_MS, 30_000),
  TURN_TIMEOUT_MS: integer(100, DAY_MS, 10 * 60_000),
  UPSTREAM_RETRIES: integer(0, 10, 2),
  MODEL_PRICES: modelPrices,
  PRICE_PROVIDER: priceProvider,
  /** Per user; 0 means none, and a user's own row may say otherwise. Days and months are those of UTC. */
  DAILY_TOKEN_ALLOWANCE: integer(0, 1e12, 1_000_000),
  MONTHLY_TOKEN_ALLOWANCE: integer(0, 1e12, 0),
  DAILY_COST_ALLOWANCE_USD: decimal(0, 1e6, 1),
  MONTHLY_COST_ALLOWANCE_USD: decimal(0, 1e6, 0),
  MAX_RUNNING_TURNS: integer(0, 10_000, 8),
  MAX_PERSONAS: integer(0, 1e9, 200),
  MAX_CONVERSATIONS: integer(0, 1e9, 20_000),
  MAX_STORED_BYTES: integer(0, 1e12, 100_000_000),
  /** Of all users together; 0 means none. */
  DAILY_COST_CEILING_USD: decimal(0, 1e6, 20),
  /** A session ends so many days after its login, however often it is refreshed. */
  SESSION_MAX_DAYS: integer(1, 3650, 90),
  /** Conversations that nothing has changed for so many days are deleted; 0 means never. */
  RETENTION_DAYS: integer(0, 36_500, 0),
  ARCHIVED_RETENTION_DAYS: integer(0, 36_500, 0),
  MAIL_URL: mailUrl,
  MAIL_FROM: mailFrom,
  MAIL_TOKEN: z.string().trim().optional(),
  PUBLIC_URL: httpUrl.optional(),
  EMAIL_VERIFICATION: toggle(["required", "off"], false),
  /** Off only with a reason, which the published protocol shows. */
  SAFETY: toggle(["on", "off"], true),
  SAFETY_OFF_REASON: z.string().trim().max(1000, "must be at most 1000 characters").optional(),
  SAFETY_UNKNOWN_AS: z
    .enum(["adult", "teen", "child"], { error: "must be one of adult, teen, child" })
    .optional(),
  SAFETY_ADULT_CONTENT: toggle(["on", "off"], false),
  /** The law's intervals may be shortened, not lengthened. */
  SAFETY_NOTICE_MINUTES: integer(1, 180, 180),
  SAFETY_NOTICE_MINUTES_MINORS: integer(1, 60, 60),
  SAFETY_MINOR_SESSION_MINUTES: integer(1, 1440, 60),
  SAFETY_MINOR_DAY_MINUTES: integer(1, 1440, 120),
  SAFETY_REGION: z.string().trim().regex(REGION, "must be a region such as US or AR-C (ISO 3166)").optional(),
  SAFETY_OUTPUT: z
    .enum(["hold", "after", "off"], { error: "must be one of hold, after, off" })
    .default("hold"),
  SAFETY_NOTICE_IN_TEXT: z
    .enum(["auto", "on", "off"], { error: "must be one of auto, on, off" })
    .default("auto"),
  SAFETY_NOTICE_TEXTS: noticeTexts,
  /** Which moderation model reads along: OpenAI's beside its own models, none, or one of that shape. */
  SAFETY_MODERATION: moderation,
  SAFETY_MODERATION_KEY: z.string().trim().optional(),
  /** Where the published protocol says who runs this. */
  SAFETY_OPERATOR_URL: httpUrl.optional(),
  /** Where a crisis is told of, and what signs the calls. */
  SAFETY_WEBHOOK_URL: webhookUrl,
  SAFETY_WEBHOOK_SECRET: z.string().trim().optional(),
  /** How long what was found is kept of each user; counts are kept for good. */
  SAFETY_EVENT_DAYS: integer(1, 3650, 90),
  CORS_ORIGINS: origins,
  RATE_LIMITS: toggle(["on", "off"], true),
} as const;

type Variables = z.output<z.ZodObject<typeof variables>>;

/** What is missing beside what was given: the variable, and the rest of a sentence that begins with its name. */
function missing({
  MAIL_URL,
  MAIL_FROM,
  MAIL_TOKEN,
  EMAIL_VERIFICATION,
  SAFETY,
  SAFETY_OFF_REASON,
  SAFETY_WEBHOOK_URL,
  SAFETY_WEBHOOK_SECRET,
}: Variables): [string, string] | null {
  if (!SAFETY && !SAFETY_OFF_REASON)
    return ["SAFETY_OFF_REASON", "is required with SAFETY=off: it is shown in the published protocol"];
  if (SAFETY_WEBHOOK_URL && !SAFETY_WEBHOOK_SECRET)
    return ["SAFETY_WEBHOOK_SECRET", "is required with SAFETY_WEBHOOK_URL: it signs the calls"];
  if (!MAIL_URL) {
    return EMAIL_VERIFICATION
      ? ["EMAIL_VERIFICATION", "can only be required with a MAIL_URL by which to send the mails"]
      : null;
  }
  if (MAIL_URL === "console") return null;
  if (!MAIL_FROM) return ["MAIL_FROM", "is required with MAIL_URL: the address that mails come from"];
  if (!MAIL_TOKEN)
    return ["MAIL_TOKEN", "is required with MAIL_URL: the provider's key, or what signs the webhook"];
  return null;
}

const schema = z.object(variables).superRefine((given, context) => {
  const [name, message] = missing(given) ?? [];
  if (name && message) context.addIssue({ code: "custom", path: [name], message });
});

export type Config = z.output<typeof schema>;

const parsed = new WeakMap<Env, Config>();

/**
 * The configuration, read once per isolate. An empty variable counts as one that is not set.
 * @throws AppError `misconfigured`, with a sentence that names the variable (never its value)
 */
export function configOf(env: Env): Config {
  const known = parsed.get(env);
  if (known) return known;
  const given = Object.fromEntries(
    Object.keys(variables).map((name) => {
      const value = env[name as keyof typeof variables];
      return [name, value === "" ? undefined : value];
    }),
  );
  const result = schema.safeParse(given);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new AppError("misconfigured", {
      detail: issue && `The server is not configured correctly: ${String(issue.path[0])} ${issue.message}.`,
    });
  }
  parsed.set(env, result.data);
  return result.data;
}
