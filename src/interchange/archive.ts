import {
  RELATIONSHIPS,
  type ContextReport,
  type Conversation,
  type Message,
  type Persona,
  type Runs,
} from "../db/schema";
import { fieldsOf, textOf, textsOf } from "../personas/card";
import { cleaned, type Chat, type ChatMessage, type Organised } from "./conversation";
import { badFile } from "./file-error";

/*
 * Our own archive: lines of JSON that say what they are in `type`. Numbers in it count within the archive (personas,
 * conversations) and within a conversation (messages), so that it says the same wherever it was brought in.
 */

export const ARCHIVE_FORMAT = "digital-persona-platform";
export const ARCHIVE_VERSION = 1;

type Fields = Record<string, unknown>;

/** What is added to a message's number within its conversation to make its id. */
type Base = number;

export const personaLine = (persona: Persona, n: number) => ({
  type: "persona",
  n,
  name: persona.name,
  description: persona.description,
  relation_type: persona.relationType,
  greeting: persona.greeting,
  alternate_greetings: JSON.parse(persona.alternates ?? "[]") as string[],
  created_at: persona.createdAt,
  updated_at: persona.updatedAt,
});

export const conversationLine = (
  row: Conversation,
  n: number,
  persona: number,
  base: Base,
  raw: unknown[] = [],
  { folder, tags }: Pick<Organised, "folder" | "tags"> = { folder: null, tags: [] },
) => ({
  type: "conversation",
  n,
  persona,
  title: row.title,
  is_active: row.isActive,
  pinned_at: row.pinnedAt,
  folder,
  tags,
  head: row.headMessageId === null ? null : row.headMessageId - base,
  message_seq: row.messageSeq,
  deleted_messages: row.deletedMessages,
  token_ratio: row.tokenRatio,
  revision: row.revision,
  origin: row.origin,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
  raw,
});

export const messageLine = (row: Message, base: Base) => ({
  type: "message",
  n: row.id - base,
  parent: row.parentId === null ? null : row.parentId - base,
  role: row.role,
  content: row.content,
  status: row.status,
  finish_reason: row.finishReason,
  error_code: row.errorCode,
  model: row.modelUsed,
  prompt_tokens: row.promptTokens,
  cached_tokens: row.cachedTokens,
  cache_write_tokens: row.cacheWriteTokens,
  completion_tokens: row.completionTokens,
  reasoning_tokens: row.reasoningTokens,
  tokens: row.tokensUsed,
  cost_micros: row.costMicros,
  usage_estimated: row.usageEstimated,
  response_time_ms: row.responseTimeMs,
  first_token_ms: row.firstTokenMs,
  context: row.context && shifted(row.context, -base),
  safety: row.safety,
  created_at: row.createdAt,
});

/** A report of what was in a prompt, with other ids. */
export const shifted = (report: ContextReport, by: number): ContextReport => ({
  ...report,
  sections: report.sections.map((section) => ({
    ...section,
    ...(section.ids && { ids: section.ids.map(([first, last]): Runs[number] => [first + by, last + by]) }),
  })),
});

export const isArchive = (value: Fields) =>
  value.format === ARCHIVE_FORMAT || (typeof value.type === "string" && TYPES.has(value.type));
const TYPES = new Set([
  "user",
  "persona",
  "persona_card",
  "persona_file",
  "conversation",
  "message",
  "usage_event",
  "safety_event",
  "safety_complaint",
]);

const dateOf = (value: unknown): Date => {
  const time = typeof value === "string" ? Date.parse(value) : NaN;
  if (!Number.isFinite(time)) throw badFile("It has a time that is none.");
  return new Date(time);
};
const countOf = (value: unknown, most = Number.MAX_SAFE_INTEGER): number => {
  if (!Number.isSafeInteger(value) || Number(value) < 0 || Number(value) > most)
    throw badFile("It has a number that is none.");
  return Number(value);
};
const maybe = <T>(value: unknown, read: (value: unknown) => T): T | null =>
  value === null || value === undefined ? null : read(value);
const wordOf =
  <Word extends string>(words: readonly Word[]) =>
  (value: unknown): Word => {
    const word = words.find((it) => it === value);
    if (word === undefined) throw badFile("It has a word that is not known here.");
    return word;
  };
const anyText = (value: unknown) => textOf(value);

const STATUSES = ["complete", "stopped", "interrupted", "failed"] as const;
/** As many numbers as a conversation has. */
const MAX_N = 2 ** 20 - 1;

/** A line `message`, checked. @throws AppError `file_invalid` */
export function messageFrom(line: Fields): ChatMessage {
  return {
    n: countOf(line.n, MAX_N),
    parent: maybe(line.parent, (it) => countOf(it, MAX_N)),
    role: wordOf(["user", "assistant"] as const)(line.role),
    content: textOf(line.content).toWellFormed().replaceAll("\0", "\ufffd"),
    status: wordOf(STATUSES)(line.status ?? "complete"),
    finishReason: maybe(line.finish_reason, anyText),
    errorCode: maybe(line.error_code, anyText) as Message["errorCode"],
    modelUsed: maybe(line.model, anyText),
    promptTokens: maybe(line.prompt_tokens, countOf),
    cachedTokens: maybe(line.cached_tokens, countOf),
    cacheWriteTokens: maybe(line.cache_write_tokens, countOf),
    completionTokens: maybe(line.completion_tokens, countOf),
    reasoningTokens: maybe(line.reasoning_tokens, countOf),
    tokensUsed: maybe(line.tokens, countOf),
    costMicros: maybe(line.cost_micros, countOf),
    usageEstimated: maybe(line.usage_estimated, Boolean),
    responseTimeMs: maybe(line.response_time_ms, countOf),
    firstTokenMs: maybe(line.first_token_ms, countOf),
    context: maybe(line.context, reportFrom),
    safety: maybe(line.safety, (it) => fieldsOf(it)) as Message["safety"],
    createdAt: dateOf(line.created_at),
  };
}

function reportFrom(value: unknown): ContextReport {
  const { sections } = fieldsOf(value);
  if (!Array.isArray(sections)) throw badFile("It has a report that is none.");
  return value as ContextReport;
}

/** How many tags a conversation can have, and the longest name of one. Characters. */
const MAX_TAGS_EACH = 50;
const MAX_TAG_NAME = 60;
const tagName = (value: unknown) =>
  [...cleaned(textOf(value)).replace(/\s+/g, " ")].slice(0, MAX_TAG_NAME).join("");

/** A line `conversation` with its lines `message`. @throws AppError `file_invalid` */
export function chatFrom(line: Fields, messages: ChatMessage[]): Chat {
  const known = new Set<number>();
  for (const { n, parent } of messages) {
    if (known.has(n) || (parent !== null && !known.has(parent)))
      throw badFile("Its messages are in no order that can be.");
    known.add(n);
  }
  const head = maybe(line.head, countOf);
  if (head !== null && !known.has(head)) throw badFile("Its last message is missing.");
  const seq = countOf(line.message_seq ?? messages.at(-1)?.n ?? 0, MAX_N);
  return {
    source: "archive",
    title: [...cleaned(textOf(line.title)).replace(/\s+/g, " ")].slice(0, 255).join("") || "Chat",
    persona: cleaned(textOf(line.persona_name)) || countOf(line.persona),
    isActive: line.is_active !== false,
    organised: {
      pinnedAt: maybe(line.pinned_at, dateOf),
      folder: maybe(line.folder, tagName),
      tags: textsOf(line.tags).slice(0, MAX_TAGS_EACH).map(tagName).filter(Boolean),
    },
    createdAt: dateOf(line.created_at),
    updatedAt: dateOf(line.updated_at),
    messages,
    head,
    counters: {
      seq: Math.max(seq, ...[...known].slice(-1)),
      deleted: countOf(line.deleted_messages ?? 0),
      tokenRatio: Math.min(4, Math.max(0.25, Number(line.token_ratio) || 1)),
      revision: countOf(line.revision ?? 0),
      origin: line.origin === "api" ? "api" : null,
    },
    raw: Array.isArray(line.raw) ? line.raw : [],
  };
}

/** A persona of an archive, checked. @throws AppError `file_invalid` */
export function personaFrom(line: Fields) {
  const others = textsOf(line.alternate_greetings).map(cleaned).filter(Boolean);
  const text = (value: unknown) => maybe(value, (it) => cleaned(textOf(it)));
  return {
    n: countOf(line.n),
    traits: {
      name: [...cleaned(textOf(line.name)).replace(/\s+/g, " ")].slice(0, 128).join("") || "Persona",
      description: text(line.description),
      relationType: wordOf(RELATIONSHIPS)(line.relation_type),
      greeting: text(line.greeting) || null,
      alternates: others.length > 0 ? JSON.stringify(others) : null,
    },
    createdAt: dateOf(line.created_at),
    updatedAt: dateOf(line.updated_at),
  };
}
export type ArchivedPersona = ReturnType<typeof personaFrom>;
