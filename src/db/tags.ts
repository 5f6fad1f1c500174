import { and, asc, eq, sql, type SQL } from "drizzle-orm";

import { bytesOf, openTag, sealTagName } from "./cells";
import type { Database } from "./client";
import { reading } from "./prepared";
import { hasRoomForRows, type ConfiguredRoom } from "./room";
import { idToSealFor } from "./row-ids";
import { conversations, tags, type TagKind, type TagRow } from "./schema";

/** So many tags and folders together may a user have. */
export const MAX_TAGS = 500;

const opened = (db: Database) => (row: TagRow) => openTag(db, row);
const own = (userId: number, id: number) => and(eq(tags.id, id), eq(tags.userId, userId));

/** A user's tags and folders, in the order they were made. */
export const tagsOf = (db: Database, userId: number) =>
  reading(db.select().from(tags).where(eq(tags.userId, userId)).orderBy(asc(tags.id)), opened(db));

type NewTag = { id: number | null; userId: number; kind: TagKind; name: string; room: ConfiguredRoom };

/** Inserts a tag or folder if there is room for it; no row otherwise. `id` is as `reserveId` gave it. */
export const insertTag = (db: Database, { id, userId, kind, name, room }: NewTag) => {
  const cell = sealTagName(db, userId, idToSealFor(db, id), name);
  return reading(
    db
      .insert(tags)
      .select(
        sql`SELECT ${id}, ${userId}, ${kind}, ${cell}, ${Date.now()}
          WHERE (SELECT count(*) FROM tags WHERE user_id = ${userId}) < ${MAX_TAGS}
            AND ${hasRoomForRows(userId, bytesOf(cell), room)}`,
      )
      .returning(),
    opened(db),
  );
};

export const renameTag = (db: Database, userId: number, id: number, name: string) =>
  reading(
    db
      .update(tags)
      .set({ name: sealTagName(db, userId, id, name) })
      .where(own(userId, id))
      .returning(),
    opened(db),
  );

/** Deletes a tag or folder, and takes it from the conversations that have it. The last statement gives a row if there was one. */
export const deleteTag = (db: Database, userId: number, id: number) =>
  [
    db
      .update(conversations)
      .set({ folderId: sql`NULL` })
      .where(and(eq(conversations.userId, userId), eq(conversations.folderId, id))),
    db
      .update(conversations)
      .set({
        tagIds: sql`(SELECT json_group_array(value) FROM json_each(conversations.tag_ids) WHERE value <> ${id})`,
      })
      .where(and(eq(conversations.userId, userId), hasTag(id))),
    db.delete(tags).where(own(userId, id)).returning({ id: tags.id }),
  ] as const;

/** Whether a conversation has this tag. */
export const hasTag = (id: number): SQL =>
  sql`EXISTS (SELECT 1 FROM json_each(conversations.tag_ids) WHERE value = ${id})`;

/** Whether all of these are tags, or folders, of this user. */
export const ownsTags = (userId: number, kind: TagKind, ids: number[]): SQL =>
  sql`(SELECT count(*) FROM tags WHERE user_id = ${userId} AND kind = ${kind}
    AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))) = ${ids.length}`;
