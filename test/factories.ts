import { NOTHING_YET } from "../src/db/nothing-yet";
import type { Database } from "../src/db/client";
import { messageId } from "../src/db/messages";
import { messages, type Conversation, type Message } from "../src/db/schema";
import { unsealed } from "../src/db/vault";

/** A reply in conversation 7, as it stands when its turn begins. */
export const aReply = (more: Partial<Message> = {}): Message => ({
  id: messageId(7, 2),
  conversationId: 7,
  parentId: messageId(7, 1),
  depth: 1,
  role: "assistant",
  content: "",
  status: "in_progress",
  ...NOTHING_YET,
  createdAt: new Date(1_700_000_000_000),
  ...more,
});

/** What the reply answers. */
export const aMessage = (more: Partial<Message> = {}): Message =>
  aReply({
    id: messageId(7, 1),
    parentId: null,
    depth: 0,
    role: "user",
    content: "Hi",
    status: "complete",
    ...more,
  });

/** Conversation 7, empty. */
export const aConversation = (more: Partial<Conversation> = {}): Conversation => ({
  id: 7,
  userId: 3,
  personaId: 5,
  title: "First Chat with Alex",
  isTitled: true,
  isActive: true,
  headMessageId: null,
  revision: 0,
  messageSeq: 0,
  messageCount: 0,
  deletedMessages: 0,
  storedBytes: 0,
  nonce: "0123456789abcdef",
  externalId: null,
  sourceHash: null,
  origin: null,
  tokenRatio: 1,
  createdAt: new Date(1_700_000_000_000),
  updatedAt: new Date(1_700_000_000_000),
  pinnedAt: null,
  folderId: null,
  tagIds: [],
  expiresAt: null,
  ...more,
});

/** The n-th message of a straight conversation: users speak first, then they take turns. */
export const insertMessage = (db: Database, conversationId: number, n: number, content: string) =>
  db.insert(messages).values({
    id: messageId(conversationId, n),
    conversationId,
    parentId: n === 1 ? null : messageId(conversationId, n - 1),
    depth: n - 1,
    role: n % 2 === 1 ? "user" : "assistant",
    content: unsealed(content),
    status: "complete",
    createdAt: new Date(1_700_000_000_000 + n),
  });
