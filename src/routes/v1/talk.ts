import type { Context } from "hono";

import { callConversation, invalidateConversations } from "../../chat/client";
import type { Begin } from "../../chat/commands";
import { assertLength } from "../../chat/length";
import { pass } from "../../chat/pass";
import type { Given } from "../../chat/path";
import { findOrMake, make } from "../../chat/theirs";
import { batchAs, retried } from "../../db/client";
import { adoptConversation } from "../../db/conversations";
import { AppError } from "../../errors";
import type { AppEnv } from "../../http/router";
import { MAX_REPLY_CHARACTERS } from "../../models/generate";
import { imagesIn, textOf, type Parameters, type PromptMessage } from "../../models/language-model";
import type { Terms } from "../../wire/dialect";
import type { DialectName } from "../../wire/dialects";
import { personaOfModel } from "../../wire/openai-models";
import { onceOf } from "../messages";
import type { Told } from "./messages";
import { refusal, type Place } from "./place";

/** What any dialect's request comes to. */
export type Talk = {
  place: Place;
  /** A persona, as the client named it. */
  model: string;
  told: Told;
  /** The field that holds the messages, for what is wrong with them. */
  path: string;
  parameters: Parameters;
  idempotencyKey: string | undefined;
  /** What is kept with the reply, see `clientNotes`. */
  notes?: string | undefined;
};

/** How it is to be answered. `background`: at once, and whoever leaves does not stop it. */
export type Wanted = { dialect: DialectName; terms: Terms; stream: boolean; background?: boolean };

/**
 * Answers a request where it says that it happens; the answer says it too. Clients of OpenAI's API have one way to stop a
 * reply: they hang up.
 * @throws AppError what stands in the way
 */
export async function talk(c: Context<AppEnv>, asked: Talk, wanted: Wanted): Promise<never> {
  const { place, told, parameters } = asked;
  const personaId = personaIn(asked.model);
  if (place.type === "pass") return (await pass(c, { personaId, ...told, parameters }, wanted)) as never;
  const { conversationId, said } = await saidIn(c, asked, place, personaId);
  const call = callAs(c, conversationId, personaId, {
    ...said,
    delivery: { ...wanted, after: 0, stopWhenLeft: !wanted.background },
    once: await onceOf(
      { "idempotency-key": asked.idempotencyKey },
      `${wanted.dialect} ${JSON.stringify(said)}`,
    ),
    asked: { app: told.app, parameters: withoutTools(parameters), personaId, notes: asked.notes },
  });
  const answer = await call.catch((error: unknown) => {
    throw missedBy(place, error);
  });
  c.header("X-Conversation-Id", String(conversationId));
  return answer;
}

/** What is gone on from, and is not there, is missed under the name that the client has for it. */
function missedBy(place: Place, error: unknown): unknown {
  const missing = place.type === "ours" ? place.after?.missing : undefined;
  return missing && error instanceof AppError && error.code === "not_found" ? new AppError(missing) : error;
}

/** A conversation that was made for nobody in particular is with whom the first request means. */
async function callAs(c: Context<AppEnv>, id: number, personaId: number, command: Begin): Promise<never> {
  try {
    return await callConversation(c, id, command);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "model_not_found") throw error;
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [adopted] = await retried(() =>
      batchAs(db, caller, [adoptConversation(db, caller.userId, id, personaId)]),
    );
    if (adopted.length === 0) throw error;
    await invalidateConversations(c.env, adopted);
    return callConversation(c, id, command);
  }
}

/** @throws AppError `model_not_found` */
function personaIn(model: string): number {
  const id = personaOfModel(model);
  if (id === null) throw new AppError("model_not_found");
  return id;
}

/** Conversations of ours know no tools, and keep no probabilities. */
const withoutTools = (parameters: Parameters): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !/tool|logprobs/.test(name)));

type Said = {
  conversationId: number;
  said:
    | { type: "send"; content: string }
    | { type: "follow"; messageId: number; content: string }
    | { type: "walk"; path: Given[] };
};

/** What is said to which conversation. */
async function saidIn(
  c: Context<AppEnv>,
  asked: Talk,
  place: Exclude<Place, { type: "pass" }>,
  personaId: number,
): Promise<Said> {
  if (place.type === "ours") {
    const { conversationId, after } = place;
    const content = newIn(c, asked);
    if (after === undefined) return { conversationId, said: { type: "send", content } };
    return { conversationId, said: { type: "follow", messageId: after.messageId, content } };
  }
  const path = pathIn(c, asked);
  const chat = { personaId, begins: path[0]?.content ?? "" };
  const [db, caller, config] = [c.get("db"), c.get("caller"), c.get("config")];
  if (place.type === "theirs") {
    const { externalId } = place;
    const conversationId = await findOrMake(db, caller, { ...chat, externalId }, config);
    return { conversationId, said: { type: "walk", path } };
  }
  const made = { ...chat, origin: "api" as const };
  const key = asked.idempotencyKey;
  const conversationId =
    key === undefined
      ? (await make(db, caller, made, config)).id
      : await findOrMake(db, caller, { ...made, externalId: nameOfKey(key) }, config);
  const [only] = path;
  const isFirst = path.length === 1 && only !== undefined;
  return {
    conversationId,
    said: isFirst ? { type: "send", content: only.content } : { type: "walk", path },
  };
}

/** Whoever sends a request again finds the conversation that it has made: no client's own name for a chat has a blank. */
const nameOfKey = (key: string) => `by key ${key}`;

/**
 * What is new in a request to one of our conversations: what the user says after the last answer that the client knows of.
 * @throws AppError `validation_failed`, `unsupported_content`
 */
function newIn(c: Context<AppEnv>, { told: { messages }, path }: Talk): string {
  const news = messages.slice(messages.findLastIndex(({ role }) => role === "assistant") + 1);
  const content = news
    .filter(({ role }) => role === "user")
    .map((message) => keepable(message, path))
    .join("\n\n")
    .trim();
  if (!content) throw refusal("validation_failed", path, "must end with something that the user says");
  assertLength(content, c.get("config").MESSAGE_MAX_CHARACTERS, path);
  return content;
}

/**
 * The history that a client shows, as one that can be kept: texts alone, in which the last word is the user's.
 * @throws AppError `validation_failed`, `unsupported_content`
 */
function pathIn(c: Context<AppEnv>, { told: { messages }, path }: Talk): Given[] {
  const given = messages.flatMap((message): Given[] => {
    const content = keepable(message, path);
    return message.role === "tool" || content === "" ? [] : [{ role: message.role, content }];
  });
  if (given.at(-1)?.role !== "user") {
    throw refusal("validation_failed", path, "must end with something that the user says");
  }
  for (const { role, content } of given) {
    const longest = role === "user" ? c.get("config").MESSAGE_MAX_CHARACTERS : MAX_REPLY_CHARACTERS;
    assertLength(content, longest, path);
  }
  return given;
}

function keepable({ content }: PromptMessage, path: string): string {
  if (imagesIn(content) > 0) {
    throw refusal("unsupported_content", path, "Images are not kept in conversations yet.");
  }
  return textOf(content).trim();
}
