import type { Context } from "hono";

import { callConversation } from "../../chat/client";
import { assertLength } from "../../chat/length";
import { pass } from "../../chat/pass";
import { AppError } from "../../errors";
import type { AppEnv } from "../../http/router";
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
};

/** How it is to be answered. */
export type Wanted = { dialect: DialectName; terms: Terms; stream: boolean };

/**
 * Answers a request where it says that it happens; the answer says it too. Clients of OpenAI's API have one way to stop a
 * reply: they hang up.
 * @throws AppError what stands in the way
 */
export async function talk(c: Context<AppEnv>, asked: Talk, wanted: Wanted): Promise<never> {
  const { place, told, parameters } = asked;
  const personaId = personaIn(asked.model);
  if (place.type === "pass") return (await pass(c, { personaId, ...told, parameters }, wanted)) as never;
  const content = newIn(c, asked);
  const answer = await callConversation(c, place.conversationId, {
    type: "send",
    content,
    delivery: { ...wanted, after: 0, stopWhenLeft: true },
    once: await onceOf({ "idempotency-key": asked.idempotencyKey }, `${wanted.dialect} ${content}`),
    asked: { app: told.app, parameters: withoutTools(parameters), personaId },
  });
  c.header("X-Conversation-Id", String(place.conversationId));
  return answer;
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

/**
 * What is new in a request to one of our conversations: what the user says after the last answer that the client knows of.
 * @throws AppError `validation_failed`, `unsupported_content`
 */
function newIn(c: Context<AppEnv>, { told: { messages }, path }: Talk): string {
  const news = messages.slice(messages.findLastIndex(({ role }) => role === "assistant") + 1);
  const said = news.filter(({ role }) => role === "user");
  if (said.some(showsImage)) {
    throw refusal("unsupported_content", path, "Images are not kept in conversations yet.");
  }
  const content = said
    .map((message) => textOf(message.content))
    .join("\n\n")
    .trim();
  if (!content) throw refusal("validation_failed", path, "must end with something that the user says");
  assertLength(content, c.get("config").MESSAGE_MAX_CHARACTERS, path);
  return content;
}

const showsImage = ({ content }: PromptMessage) => imagesIn(content) > 0;
