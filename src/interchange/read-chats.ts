import { AppError } from "../errors";
import { fieldsOf, textOf } from "../personas/card";
import { chatFrom, isArchive, messageFrom, personaFrom, type ArchivedPersona } from "./archive";
import { fromChatGpt, isChatGpt } from "./chatgpt";
import type { Chat, ChatMessage } from "./conversation";
import { badFile } from "./file-error";
import type { Value } from "./json-values";
import { fromLibreChat, isLibreChat } from "./librechat";
import { fromOpenWebUi, isOpenWebUi } from "./open-webui";
import { fromSillyTavern, isSillyTavern } from "./sillytavern";

type Fields = Record<string, unknown>;

/** What is in a file of chats. */
export type Content =
  | { type: "chat"; chat: Chat }
  | { type: "persona"; persona: ArchivedPersona }
  | { type: "card"; persona: number; card: string }
  | { type: "file"; persona: number; isAvatar: boolean; path: string | null; bytes: Uint8Array }
  | { type: "left_out"; title: string; detail: string };

/** That, and the place in the file after which everything before it is read. */
export type Item = Content & { resume: number };

/** Of one chat no more than this is in memory. Bytes of its text. */
const MAX_CHAT = 32_000_000;

const NOT_KNOWN =
  "This is no export of chats that is known here: ChatGPT, SillyTavern, Open WebUI, LibreChat, or this server's own.";

/**
 * Everything in the values of a file, whichever kind they are of.
 * @throws AppError `file_invalid` for a file that is broken; what is wrong with one chat is told in its place
 */
export async function* itemsIn(values: AsyncIterable<Value>): AsyncGenerator<Item> {
  let tavern: Fields[] = [];
  let open: { line: Fields; messages: ChatMessage[]; wrong: string | null } | null = null;
  let [held, end] = [0, 0];
  const closed = (resume: number): Item => {
    const { line, messages, wrong } = open ?? { line: {}, messages: [], wrong: null };
    open = null;
    held = 0;
    if (wrong) return { type: "left_out", title: textOf(line.title), detail: wrong, resume };
    return attempted(line.title, resume, () => ({ type: "chat", chat: chatFrom(line, messages) }));
  };
  for await (const { text, start, end: after } of values) {
    end = after;
    if (text === null) {
      yield {
        type: "left_out",
        title: "",
        detail: `What begins at byte ${start} is longer than 8 MB.`,
        resume: after,
      };
      continue;
    }
    const fields = fieldsOf(parsedValue(text));
    if (Object.keys(fields).length === 0) {
      yield {
        type: "left_out",
        title: "",
        detail: `What begins at byte ${start} is not valid JSON.`,
        resume: after,
      };
    } else if (isArchive(fields) && !Array.isArray(fields.messages)) {
      if (fields.type === "message") {
        held += text.length;
        if (open && held > MAX_CHAT) open.wrong = "It is longer than 32 MB.";
        if (open && !open.wrong) open.wrong = taken(open.messages, fields);
        continue;
      }
      if (open) yield closed(start);
      if (fields.type === "conversation") open = { line: fields, messages: [], wrong: null };
      else yield* othersIn(fields, after);
    } else if (isSillyTavern(fields)) {
      held += text.length;
      if (held > MAX_CHAT) throw badFile("This chat is longer than 32 MB.");
      tavern.push(fields);
    } else yield chatIn(fields, after);
  }
  if (open) yield closed(end);
  if (tavern.length > 0) {
    const lines = tavern;
    tavern = [];
    yield attempted("", end, () => ({ type: "chat", chat: fromSillyTavern(lines) }));
  }
}

function parsedValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Takes a message, or says what is wrong with it. */
function taken(messages: ChatMessage[], line: Fields): string | null {
  try {
    messages.push(messageFrom(line));
    return null;
  } catch (error) {
    return detailOf(error);
  }
}

function chatIn(fields: Fields, resume: number): Item {
  return attempted(fields.title, resume, () => ({ type: "chat", chat: read(fields) }));
}

function read(fields: Fields): Chat {
  if (isArchive(fields))
    return chatFrom(
      fieldsOf(fields.conversation),
      (fields.messages as unknown[]).map((it) => messageFrom(fieldsOf(it))),
    );
  if (isChatGpt(fields)) return fromChatGpt(fields);
  if (isOpenWebUi(fields)) return fromOpenWebUi(fields);
  if (isLibreChat(fields)) return fromLibreChat(fields);
  throw badFile(NOT_KNOWN);
}

function* othersIn(fields: Fields, resume: number): Generator<Item> {
  const persona = Number(fields.persona);
  if (fields.type === "persona")
    yield attempted(fields.name, resume, () => ({ type: "persona", persona: personaFrom(fields) }));
  if (fields.type === "persona_card") yield { type: "card", persona, card: textOf(fields.card), resume };
  if (fields.type === "persona_file") {
    const bytes = new Uint8Array(Buffer.from(textOf(fields.data), "base64"));
    yield {
      type: "file",
      persona,
      isAvatar: fields.is_avatar === true,
      path: textOf(fields.path) || null,
      bytes,
      resume,
    };
  }
}

function attempted(title: unknown, resume: number, make: () => Content): Item {
  try {
    return { ...make(), resume };
  } catch (error) {
    return { type: "left_out", title: textOf(title).slice(0, 255), detail: detailOf(error), resume };
  }
}

function detailOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  throw error;
}
