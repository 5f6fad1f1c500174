import type { Message } from "../db/schema";

/** Where a chat comes from. */
export const CHAT_SOURCES = ["archive", "chatgpt", "sillytavern", "open_webui", "librechat"] as const;
export type ChatSource = (typeof CHAT_SOURCES)[number];

/** A message as it is written: `n` and `parent` count within its conversation, and a parent's is lower. */
export type ChatMessage = Omit<Message, "id" | "conversationId" | "parentId" | "depth"> & {
  n: number;
  parent: number | null;
};

/** What a conversation of ours had beside its messages. */
type Counters = { seq: number; deleted: number; tokenRatio: number; revision: number; origin: "api" | null };

/** Where a conversation of ours lay: names of tags, and of a folder. */
export type Organised = { pinnedAt: Date | null; folder: string | null; tags: string[] };

/** A chat that is brought in, whole. */
export type Chat = {
  source: ChatSource;
  title: string;
  /** Whom it is with: a persona's name, or the number that an archive gave it. */
  persona: string | number;
  isActive: boolean;
  createdAt: Date;
  updatedAt: Date;
  /** In the order of their numbers. */
  messages: ChatMessage[];
  head: number | null;
  /** What its conversation had beside, where it was one of ours. */
  counters?: Counters;
  /** Where it lay, if it was one of ours. */
  organised?: Organised;
  /** What was left out, as it came. */
  raw: unknown[];
};

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** A text as it may be stored: well-formed, without control characters. */
export const cleaned = (text: string) =>
  text.toWellFormed().replaceAll("\r\n", "\n").replace(CONTROL, "").trim();

const TITLE = 255;
/** A title on one line; the first words where there is none. */
export function titled(given: unknown, messages: ChatMessage[]): string {
  const text = cleaned(typeof given === "string" ? given : "") || (messages[0]?.content.slice(0, 60) ?? "");
  return [...text.replace(/\s+/g, " ")].slice(0, TITLE).join("").trim() || "Chat";
}
