import { eq, sql, type SQL } from "drizzle-orm";

import type { Database } from "./client";
import { conversations, userRoom } from "./schema";

/** What a row of a persona, a conversation or a message counts beside its text, as the triggers of `user_room` have it. Bytes. */
export const ROW_BYTES = 500;

/** The bounds of what a user may have that nobody set for them; 0 means none. */
export type ConfiguredRoom = { personas: number; conversations: number; bytes: number };

/** Whether one more persona or conversation (or `count`) of so many bytes finds room: the user's own bounds, else the configured ones. */
export const hasRoomFor = (
  kind: "personas" | "conversations",
  userId: number,
  bytes: number,
  configured: ConfiguredRoom,
  count = 1,
): SQL =>
  sql`(${isWithin(userId, `max_${kind}`, configured[kind], kind, count)}
    AND ${hasRoomForRows(userId, bytes, configured, count)})`;

/** Whether one more row (or `count`) of so many bytes finds room. */
export const hasRoomForRows = (userId: number, bytes: number, configured: ConfiguredRoom, count = 1): SQL =>
  isWithin(userId, "max_stored_bytes", configured.bytes, "bytes", bytes + count * ROW_BYTES);

/** Whether a row's texts may take so many bytes instead of these: fewer always may. */
export const hasRoomInstead = (userId: number, bytes: number, before: SQL, configured: ConfiguredRoom): SQL =>
  sql`(${bytes} <= ${before} OR ${isWithin(userId, "max_stored_bytes", configured.bytes, "bytes", sql`${bytes} - ${before}`)})`;

/** Whether so much more of a column of `user_room` keeps to the bound that the user's row sets, else to the configured one. */
function isWithin(
  userId: number,
  bound: string,
  configured: number,
  column: string,
  more: number | SQL,
): SQL {
  const limit = sql`coalesce((SELECT ${sql.identifier(bound)} FROM users WHERE id = ${userId}), ${configured})`;
  const taken = sql`coalesce((SELECT ${sql.identifier(column)} FROM user_room WHERE user_id = ${userId}), 0)`;
  return sql`(${limit} = 0 OR ${taken} + ${more} <= ${limit})`;
}

/** What a user has: one row. */
export const takenBy = (db: Database, userId: number) =>
  db
    .select({
      personas: sql<number>`coalesce(max(personas), 0)`.as("taken_personas"),
      conversations: sql<number>`coalesce(max(conversations), 0)`.as("taken_conversations"),
      storedBytes: sql<number>`coalesce(max(bytes), 0)`.as("taken_bytes"),
    })
    .from(userRoom)
    .where(eq(userRoom.userId, userId));

/** What a conversation's messages take. */
export const bytesIn = (conversationId: number): SQL =>
  sql`(SELECT coalesce(sum(octet_length(content) + ${ROW_BYTES}), 0) FROM chat_messages
    WHERE conversation_id = ${conversationId})`;

/** Counts what a conversation's messages take, after some were inserted that no turn wrote. */
export const recountBytes = (db: Database, conversationId: number) =>
  db
    .update(conversations)
    .set({ storedBytes: bytesIn(conversationId) })
    .where(eq(conversations.id, conversationId));
