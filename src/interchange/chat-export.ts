import type { Conversation, Message } from "../db/schema";
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, conversationLine, messageLine } from "./archive";

export const CHAT_FORMATS = ["json", "jsonl", "markdown", "sillytavern", "chatgpt"] as const;
export type ChatFormat = (typeof CHAT_FORMATS)[number];
export const CHAT_TYPES: Record<ChatFormat, { type: string; extension: string }> = {
  json: { type: "application/json", extension: "json" },
  jsonl: { type: "application/x-ndjson", extension: "jsonl" },
  markdown: { type: "text/markdown; charset=utf-8", extension: "md" },
  sillytavern: { type: "application/x-ndjson", extension: "jsonl" },
  chatgpt: { type: "application/json", extension: "json" },
};

/** A conversation as it goes out. `base`: what its messages' ids have more than their numbers. */
export type Outgoing = {
  conversation: Conversation;
  base: number;
  personaName: string;
  userName: string;
  /** What follows a message, by ids; null: what begins it. */
  childrenOf: (id: number | null) => number[];
};

/** How a conversation is written: what stands before its messages, each of them, and what stands behind. */
export type Writer = {
  /** Which messages it wants: all of them, or the branch in force with (or without) what stands beside each. */
  wants: "all" | "branch" | "variants";
  start: () => string;
  /** @param variants all that stand at its place, itself included; only where they are wanted */
  message: (message: Message, isFirst: boolean, variants: Message[]) => string;
  end: () => string;
};

export const writerOf = (format: ChatFormat, chat: Outgoing): Writer => WRITERS[format](chat);

const lineOf = (chat: Outgoing) => ({
  format: ARCHIVE_FORMAT,
  version: ARCHIVE_VERSION,
  ...conversationLine(chat.conversation, 1, 1, chat.base),
  persona_name: chat.personaName,
});

const WRITERS: Record<ChatFormat, (chat: Outgoing) => Writer> = {
  json: (chat) => ({
    wants: "all",
    start: () =>
      `{"format":"${ARCHIVE_FORMAT}","version":${ARCHIVE_VERSION},"conversation":${JSON.stringify(lineOf(chat))},"messages":[`,
    message: (message, isFirst) =>
      `${isFirst ? "" : ","}\n${JSON.stringify(messageLine(message, chat.base))}`,
    end: () => "\n]}\n",
  }),
  jsonl: (chat) => ({
    wants: "all",
    start: () => `${JSON.stringify(lineOf(chat))}\n`,
    message: (message) => `${JSON.stringify(messageLine(message, chat.base))}\n`,
    end: () => "",
  }),
  markdown: ({ conversation, personaName, userName }) => ({
    wants: "branch",
    start: () => `# ${escaped(conversation.title)}\n`,
    message: ({ role, content, createdAt }) =>
      `\n## ${escaped(role === "user" ? userName : personaName)} · ${createdAt.toISOString()}\n\n${content.trim()}\n`,
    end: () => "",
  }),
  sillytavern: ({ conversation, personaName, userName }) => ({
    wants: "variants",
    start: () =>
      `${JSON.stringify({
        user_name: userName,
        character_name: personaName,
        create_date: conversation.createdAt.toISOString(),
        chat_metadata: { title: conversation.title },
      })}\n`,
    message: (message, _isFirst, variants) =>
      `${JSON.stringify(tavernLine(message, variants, { personaName, userName }))}\n`,
    end: () => "",
  }),
  chatgpt: (chat) => ({
    wants: "all",
    start: () =>
      `[${JSON.stringify(chatGptHead(chat)).slice(0, -1)},"mapping":{${JSON.stringify(ROOT)}:${JSON.stringify(root(chat.childrenOf(null)))}`,
    message: (message) =>
      `,\n${JSON.stringify(nodeId(message.id))}:${JSON.stringify(chatGptNode(message, chat.childrenOf(message.id)))}`,
    end: () => "}}]\n",
  }),
};

/** Markdown's own signs in a heading are words. */
const escaped = (text: string) => text.replace(/[\\`*_{}[\]<>#|]/g, (sign) => `\\${sign}`);

function tavernLine(message: Message, variants: Message[], names: { personaName: string; userName: string }) {
  const { role, content, createdAt, modelUsed } = message;
  const extra = modelUsed ? { model: modelUsed } : {};
  const line = {
    name: role === "user" ? names.userName : names.personaName,
    is_user: role === "user",
    is_system: false,
    send_date: createdAt.toISOString(),
    mes: content,
    extra,
  };
  if (variants.length < 2) return line;
  return {
    ...line,
    swipe_id: variants.findIndex(({ id }) => id === message.id),
    swipes: variants.map((variant) => variant.content),
    swipe_info: variants.map((variant) => ({
      send_date: variant.createdAt.toISOString(),
      extra: variant.modelUsed ? { model: variant.modelUsed } : {},
    })),
  };
}

const ROOT = "client-created-root";
const root = (children: number[]) => ({
  id: ROOT,
  message: null,
  parent: null,
  children: children.map(nodeId),
});
const nodeId = (id: number) => `message-${id}`;
const seconds = (time: Date) => time.getTime() / 1000;

const chatGptHead = ({ conversation }: Outgoing) => ({
  title: conversation.title,
  create_time: seconds(conversation.createdAt),
  update_time: seconds(conversation.updatedAt),
  conversation_id: `conversation-${conversation.id}`,
  id: `conversation-${conversation.id}`,
  is_archived: !conversation.isActive,
  current_node: conversation.headMessageId === null ? ROOT : nodeId(conversation.headMessageId),
});

const chatGptNode = ({ id, parentId, role, content, createdAt, modelUsed }: Message, children: number[]) => ({
  id: nodeId(id),
  message: {
    id: nodeId(id),
    author: { role, name: null, metadata: {} },
    create_time: seconds(createdAt),
    update_time: null,
    content: { content_type: "text", parts: [content] },
    status: "finished_successfully",
    end_turn: role === "assistant" ? true : null,
    weight: 1,
    metadata: modelUsed ? { model_slug: modelUsed } : {},
    recipient: "all",
  },
  parent: parentId === null ? ROOT : nodeId(parentId),
  children: children.map(nodeId),
});
