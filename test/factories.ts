import type { Database } from "../src/db/client";
import { messageId } from "../src/db/messages";
import { messages } from "../src/db/schema";

/** The n-th message of a straight conversation: users speak first, then they take turns. */
export const insertMessage = (db: Database, conversationId: number, n: number, content: string) =>
  db.insert(messages).values({
    id: messageId(conversationId, n),
    conversationId,
    parentId: n === 1 ? null : messageId(conversationId, n - 1),
    depth: n - 1,
    role: n % 2 === 1 ? "user" : "assistant",
    content,
    status: "complete",
    createdAt: new Date(1_700_000_000_000 + n),
  });
