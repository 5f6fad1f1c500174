import { and, asc, eq, gt, sql } from "drizzle-orm";

import { bytesOf, openShare, sealShare } from "./cells";
import type { Database } from "./client";
import { isOwned, type Owned } from "./messages";
import { reading } from "./prepared";
import { hasRoomForRows, type ConfiguredRoom } from "./room";
import { idToSealFor } from "./row-ids";
import { shares, type ShareRow, type Snapshot } from "./schema";

/** So many links may a user have. */
export const MAX_SHARES = 500;

/** A link and what it shows. */
export type Share = Omit<ShareRow, "data" | "nameHash"> & Snapshot & { name: string };

const opened =
  (db: Database) =>
  ({ data, nameHash: _hash, ...row }: ShareRow): Share => {
    const shown = JSON.parse(openShare(db, { ...row, data, nameHash: _hash })) as Snapshot & { name: string };
    return { ...row, ...shown };
  };

type NewShare = { id: number | null; name: string; nameHash: string; room: ConfiguredRoom };

/** Makes a link to what is shown of a conversation, if there is room for it; no row otherwise. */
export const insertShare = (
  db: Database,
  conversation: Owned,
  { id, name, nameHash, room }: NewShare,
  shown: Snapshot,
) => {
  const { id: conversationId, userId } = conversation;
  const data = sealShare(db, userId, idToSealFor(db, id), JSON.stringify({ name, ...shown }));
  return reading(
    db
      .insert(shares)
      .select(
        sql`SELECT ${id}, ${userId}, ${conversationId}, ${nameHash}, ${data}, ${Date.now()}
          WHERE ${isOwned(conversation)} AND ${hasRoomForRows(userId, bytesOf(data), room)}
            AND (SELECT count(*) FROM shares WHERE user_id = ${userId}) < ${MAX_SHARES}`,
      )
      .returning(),
    opened(db),
  );
};

/** A user's links, in the order they were made. */
export const sharesOf = (db: Database, userId: number) =>
  reading(db.select().from(shares).where(eq(shares.userId, userId)).orderBy(asc(shares.id)), opened(db));

/** The same, some at a time: those after the one with this id. */
export const sharesAfter = (db: Database, userId: number, after: number, limit: number) =>
  reading(
    db
      .select()
      .from(shares)
      .where(and(eq(shares.userId, userId), gt(shares.id, after)))
      .orderBy(asc(shares.id))
      .limit(limit),
    opened(db),
  );

export const deleteShare = (db: Database, userId: number, id: number) =>
  db
    .delete(shares)
    .where(and(eq(shares.id, id), eq(shares.userId, userId)))
    .returning({ id: shares.id });

/** What a link shows, whoever asks: as long as its conversation is there, and its user's. */
export const shareNamed = (db: Database, nameHash: string) =>
  reading(
    db
      .select()
      .from(shares)
      .where(
        and(
          eq(shares.nameHash, nameHash),
          sql`EXISTS (SELECT 1 FROM conversations c JOIN users u ON u.id = c.user_id
            WHERE c.id = shares.conversation_id AND c.user_id = shares.user_id AND u.deleted_at IS NULL AND u.is_active
              AND (c.expires_at IS NULL OR c.expires_at > ${Date.now()}))`,
        ),
      ),
    opened(db),
  );
