import { z } from "@hono/zod-openapi";

import {
  MESSAGE_STATUSES,
  RELATIONSHIPS,
  TAG_KINDS,
  type Conversation,
  type Message,
  type Persona,
  type Shown,
  type Tag,
} from "../db/schema";
import { ERRORS, type ErrorCode } from "../errors";
import { countIds } from "../prompt/report";
import { isoTime, TimeSchema } from "./time";

export const PERSONA_EXAMPLE = {
  id: 1,
  name: "Alex",
  description: "An old friend from school who loves the sea.",
  relation_type: "friend" as const,
  greeting: null,
  alternate_greetings: [],
  memory: "on" as const,
  memory_tokens: null,
  avatar_url: null,
  user_id: 1,
  created_at: "2026-01-01T12:00:00.000Z",
  updated_at: "2026-01-01T12:00:00.000Z",
};

export const PersonaSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string().nullable(),
    relation_type: z.enum(RELATIONSHIPS),
    greeting: z.string().nullable().describe("What the persona opens a conversation with."),
    alternate_greetings: z.array(z.string()).describe("Other ways to open one."),
    memory: z.enum(["on", "off"]).describe("Whether it remembers what was said, beyond its context."),
    memory_tokens: z
      .int()
      .nullable()
      .describe("How many tokens of a prompt that may take; null for what the server is configured with."),
    avatar_url: z.string().nullable().describe("Where its picture is, if it has one."),
    user_id: z.int(),
    created_at: TimeSchema,
    updated_at: TimeSchema,
  })
  .openapi("Persona", { example: PERSONA_EXAMPLE });

const alternatesOf = ({ alternates }: Persona) => JSON.parse(alternates ?? "[]") as string[];

/** What a persona may open a conversation with, its own first. */
export const greetingsOf = (row: Persona): string[] => [
  ...(row.greeting === null ? [] : [row.greeting]),
  ...alternatesOf(row),
];

/** A persona as the API shows it. */
export const toPersona = (row: Persona) => ({
  id: row.id,
  name: row.name,
  description: row.description,
  relation_type: row.relationType,
  greeting: row.greeting,
  alternate_greetings: alternatesOf(row),
  memory: row.memory ? ("on" as const) : ("off" as const),
  memory_tokens: row.memoryTokens,
  avatar_url: row.avatarId === null ? null : `/personas/${row.id}/avatar?v=${row.avatarId}`,
  user_id: row.userId,
  created_at: isoTime(row.createdAt),
  updated_at: isoTime(row.updatedAt),
});

export const CONVERSATION_EXAMPLE = {
  id: 1,
  title: "First Chat with Alex",
  untitled: false,
  persona_id: 1,
  user_id: 1,
  is_active: true,
  pinned: false,
  folder_id: null,
  tag_ids: [],
  expires_at: null,
  origin: "app" as const,
  message_count: 2,
  head_message_id: 1048578,
  revision: 1,
  created_at: "2026-01-01T12:00:00.000Z",
  updated_at: "2026-01-01T12:05:01.000Z",
};

export const ConversationSchema = z
  .object({
    id: z.int(),
    title: z.string(),
    untitled: z
      .boolean()
      .describe(
        "True while the title stands in for one that the first reply will give it, since nobody did.",
      ),
    persona_id: z.int(),
    user_id: z.int(),
    is_active: z.boolean().describe("False where the conversation is archived."),
    pinned: z.boolean(),
    folder_id: z.int().nullable().describe("The folder it lies in: one of `GET /chat/tags`."),
    tag_ids: z.array(z.int()).describe("Its tags, of `GET /chat/tags`."),
    expires_at: TimeSchema.nullable().describe("Of a temporary conversation: when it is gone."),
    origin: z
      .enum(["app", "api"])
      .describe(
        "`api` where a client of OpenAI's API had it made by saying something nowhere in particular.",
      ),
    message_count: z.int().describe("Messages on all its branches."),
    head_message_id: z.int().nullable().describe("The newest message of the branch in force."),
    revision: z
      .int()
      .describe(
        "Grows with every change to the messages. In quotation marks it is the ETag that `If-Match` takes.",
      ),
    created_at: TimeSchema,
    updated_at: TimeSchema,
  })
  .openapi("Conversation", { example: CONVERSATION_EXAMPLE });

/** A conversation as the API shows it. */
export const toConversation = (row: Conversation) => ({
  id: row.id,
  title: row.title,
  untitled: !row.isTitled,
  persona_id: row.personaId,
  user_id: row.userId,
  is_active: row.isActive,
  pinned: row.pinnedAt !== null,
  folder_id: row.folderId,
  tag_ids: row.tagIds,
  expires_at: row.expiresAt && isoTime(row.expiresAt),
  origin: row.origin ?? ("app" as const),
  message_count: row.messageCount,
  head_message_id: row.headMessageId,
  revision: row.revision,
  created_at: isoTime(row.createdAt),
  updated_at: isoTime(row.updatedAt),
});

export const TagSchema = z
  .object({ id: z.int(), kind: z.enum(TAG_KINDS), name: z.string(), created_at: TimeSchema })
  .openapi("Tag", {
    example: { id: 1, kind: "folder", name: "Travels", created_at: "2026-01-01T12:00:00.000Z" },
  });

/** A tag or a folder as the API shows it. */
export const toTag = (row: Tag) => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  created_at: isoTime(row.createdAt),
});

/** Names the state of a conversation's messages (RFC 9110 §8.8.3); a change of the title leaves it as it is. */
export const entityTag = ({ revision }: Pick<Conversation, "revision">) => `"${revision}"`;

/**
 * A turn is named after the reply it writes, so that its message can be found long after its events are gone; one that goes
 * on with a reply has a number of its own, as a message would.
 */
export const turnId = (number: number) => `turn_${number}`;

/** The number of a turn, or null if this names none. */
export function turnNumber(id: string): number | null {
  const match = /^turn_([1-9]\d{0,15})$/.exec(id);
  return match ? Number(match[1]) : null;
}

/** What a person wrote in a persona's place names no model, and had no turn. */
const isWritten = (row: Message) =>
  row.role === "user" || (row.status === "complete" && row.modelUsed === null);
const turnIdOf = (row: Message) => (isWritten(row) ? null : turnId(row.id));

const UsageSchema = z
  .object({
    prompt_tokens: z.int(),
    cached_tokens: z.int().describe("Of the prompt's tokens: read from the provider's cache."),
    cache_write_tokens: z.int().describe("Of the prompt's tokens: written to the provider's cache."),
    completion_tokens: z.int(),
    reasoning_tokens: z.int().describe("Of the completion's tokens: spent on reasoning."),
    cost_usd: z.number().nullable().describe("Null where the model's price is not known."),
    estimated: z.boolean().describe("True where the provider reported no usage."),
  })
  .openapi("Usage");

export const toUsage = (row: Message) => ({
  prompt_tokens: row.promptTokens ?? 0,
  cached_tokens: row.cachedTokens ?? 0,
  cache_write_tokens: row.cacheWriteTokens ?? 0,
  completion_tokens: row.completionTokens ?? 0,
  reasoning_tokens: row.reasoningTokens ?? 0,
  cost_usd: row.costMicros === null ? null : row.costMicros / 1_000_000,
  estimated: row.usageEstimated ?? false,
});

export const MESSAGE_EXAMPLE = {
  id: 1048578,
  conversation_id: 1,
  parent_id: 1048577,
  turn_id: "turn_1048578",
  role: "assistant" as const,
  content: "Hey there! I'm doing great, thanks for asking! How about you?",
  status: "complete" as const,
  finish_reason: "stop",
  error_code: null,
  tokens_used: 145,
  model_used: "gpt-3.5-turbo-0125",
  response_time_ms: 1200,
  first_token_ms: 310,
  ai_generated: true,
  recalled: { count: 2, from: "2025-05-03T18:20:00.000Z", to: "2025-05-03T18:21:00.000Z" },
  withdrawn: false,
  usage: {
    prompt_tokens: 120,
    cached_tokens: 0,
    cache_write_tokens: 0,
    completion_tokens: 25,
    reasoning_tokens: 0,
    cost_usd: 0.000098,
    estimated: false,
  },
  created_at: "2026-01-01T12:05:01.000Z",
};

export const MessageSchema = z
  .object({
    id: z.int(),
    conversation_id: z.int(),
    parent_id: z.int().nullable().describe("The message before it on its branch."),
    turn_id: z.string().nullable().describe("The turn that wrote this reply; null where no model did."),
    role: z.enum(["user", "assistant"]),
    content: z.string(),
    status: z.enum(MESSAGE_STATUSES),
    finish_reason: z.string().nullable(),
    error_code: z
      .enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]])
      .nullable()
      .describe("Why a reply failed."),
    tokens_used: z.int().nullable().describe("Prompt and completion together."),
    model_used: z.string().nullable().describe("The model that answered."),
    response_time_ms: z.int().nullable(),
    first_token_ms: z.int().nullable(),
    ai_generated: z.boolean().describe("Whether a machine wrote it."),
    recalled: z
      .object({ count: z.int(), from: TimeSchema, to: TimeSchema })
      .nullable()
      .describe(
        "What the persona was reminded of for this reply that is near to what was said: how many messages, and when the earliest and the latest were said. All that stood in the prompt is in its context.",
      ),
    withdrawn: z
      .boolean()
      .describe("Whether what the model had said was taken back, since it may not be said here."),
    usage: UsageSchema.nullable(),
    created_at: TimeSchema,
  })
  .openapi("Message", { example: MESSAGE_EXAMPLE });

/** Of what a reply was reminded that was near to what it answers. */
function recalledIn({ context }: Message) {
  const memory = context?.sections.find(({ name }) => name === "memory");
  if (!memory?.ids || !memory.said) return null;
  const [from, to] = memory.said;
  return {
    count: memory.near ?? countIds(memory.ids),
    from: isoTime(new Date(from)),
    to: isoTime(new Date(to)),
  };
}

/** Whether what a model had said in a reply was taken back. */
export const isWithdrawn = ({ safety }: { safety?: Message["safety"] | undefined }) =>
  safety?.found.some(({ outcome }) => outcome === "withdrawn") ?? false;

/** A message as the API shows it. `tokens_used` is prompt and completion together; `usage` says of what it is made. */
export const toMessage = (row: Message) => ({
  id: row.id,
  conversation_id: row.conversationId,
  parent_id: row.parentId,
  turn_id: turnIdOf(row),
  role: row.role,
  content: row.content,
  status: row.status,
  finish_reason: row.finishReason,
  error_code: row.errorCode,
  tokens_used: row.tokensUsed,
  model_used: row.modelUsed,
  response_time_ms: row.responseTimeMs,
  first_token_ms: row.firstTokenMs,
  ai_generated: row.role === "assistant",
  recalled: recalledIn(row),
  withdrawn: isWithdrawn(row),
  usage: row.tokensUsed === null ? null : toUsage(row),
  created_at: isoTime(row.createdAt),
});

const VARIANTS_EXAMPLE = { index: 1, count: 2 };

/** A message on the branch in force, and what stands beside it. */
export const ShownMessageSchema = MessageSchema.extend({
  variants: z
    .object({ index: z.int(), count: z.int() })
    .optional()
    .describe(
      "Where asked for: how many variants there are of this message, itself included, and the how manieth it is.",
    ),
}).openapi("ShownMessage", { example: { ...MESSAGE_EXAMPLE, variants: VARIANTS_EXAMPLE } });

export const toShown = ({ variantIndex, variantCount, ...row }: Shown) => ({
  ...toMessage(row),
  variants: { index: variantIndex, count: variantCount },
});
