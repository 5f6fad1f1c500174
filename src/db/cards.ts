import { and, asc, eq, gt, sql } from "drizzle-orm";

import {
  bytesOf,
  openCard,
  openFile,
  openPiece,
  sealCard,
  sealObjectKey,
  sealPath,
  sealPiece,
} from "./cells";
import type { Database } from "./client";
import { reading } from "./prepared";
import { filePieces, personaCards, personaFiles, personas, type ImageType } from "./schema";
import type { Cell } from "./vault";

/** The card of the persona that a statement joins, if it has one. */
export const CARD = sql<Cell | null>`${personaCards.card}`.as("persona_card");

/** A persona's, by its owner's id. */
type Owned = { personaId: number; userId: number };

/** Has a new persona keep its card, where the persona was inserted. */
export const insertCard = (db: Database, { personaId, userId }: Owned, card: Cell) =>
  db
    .insert(personaCards)
    .select(sql`SELECT ${personaId}, ${userId}, ${card} WHERE ${isThere(personaId, userId)}`);

const isThere = (personaId: number, userId: number) =>
  sql`EXISTS (SELECT 1 FROM personas WHERE id = ${personaId} AND user_id = ${userId})`;

export const sealedCard = (db: Database, { personaId, userId }: Owned, card: string) => {
  const cell = sealCard(db, userId, personaId, card);
  return { cell, bytes: bytesOf(cell) };
};

/** A file with an id of its own, ready to be written. */
export type NewFile = { id: number; path: string | null; mediaType: ImageType | null; bytes: Uint8Array };

/** So much of a file is one piece: in Base64, sealed and in Base64 again it stays far below what D1 takes. Bytes. */
const PIECE = 384 * 1024;
const MAX_PIECES = 2 ** 10;

/** A file as rows, and how many bytes they take; of one that lies in the bucket only its own row. */
export function rowsOfFile(
  db: Database,
  { personaId, userId }: Owned,
  { id, path, mediaType, bytes }: NewFile,
  key: string | null = null,
) {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cells = key === null ? piecesFor(db, userId, id, data) : [];
  const name = sealPath(db, userId, id, path);
  const objectKey = key === null ? null : sealObjectKey(db, userId, id, key);
  const taken = cells.reduce(
    (sum, cell) => sum + bytesOf(cell.data),
    bytesOf(name) + (key === null ? 0 : data.length),
  );
  const isPersonaThere = isThere(personaId, userId);
  return {
    bytes: taken,
    queries: [
      db.insert(personaFiles).select(
        sql`SELECT ${id}, ${personaId}, ${userId}, ${name}, ${mediaType}, ${data.length}, ${taken}, ${objectKey}
            WHERE ${isPersonaThere}`,
      ),
      ...cells.map((cell) =>
        db.insert(filePieces).select(sql`SELECT ${cell.id}, ${id}, ${cell.data} WHERE ${isPersonaThere}`),
      ),
    ],
  };
}

const piecesFor = (db: Database, userId: number, id: number, data: Buffer) =>
  Array.from({ length: Math.ceil(data.length / PIECE) }, (_, n) => ({
    id: id * MAX_PIECES + n,
    data: sealPiece(db, userId, id * MAX_PIECES + n, data.toString("base64", n * PIECE, (n + 1) * PIECE)),
  }));

/** A persona's card, if it has one. */
export const cardOf = (db: Database, userId: number, personaId: number) =>
  reading(
    db
      .select()
      .from(personaCards)
      .where(and(eq(personaCards.id, personaId), eq(personaCards.userId, userId))),
    (row) => openCard(db, userId, row.id, row.card),
  );

/** The files of a persona, in the order they came. */
export const filesOf = (db: Database, userId: number, personaId: number) =>
  reading(
    db
      .select()
      .from(personaFiles)
      .where(and(eq(personaFiles.personaId, personaId), eq(personaFiles.userId, userId)))
      .orderBy(asc(personaFiles.id)),
    (row) => openFile(db, row),
  );

/** What a file holds, in pieces that are to be joined. */
export const piecesOf = (db: Database, userId: number, fileId: number) =>
  reading(
    db
      .select()
      .from(filePieces)
      .where(
        and(
          eq(filePieces.fileId, fileId),
          sql`EXISTS (SELECT 1 FROM persona_files WHERE id = ${fileId} AND user_id = ${userId})`,
        ),
      )
      .orderBy(asc(filePieces.id)),
    (row) => Buffer.from(openPiece(db, userId, row.id, row.data), "base64"),
  );

/** The picture of a user's persona, if it has one. */
export const avatarOf = (db: Database, userId: number, personaId: number) =>
  reading(
    db
      .select({ file: personaFiles })
      .from(personaFiles)
      .where(
        and(
          eq(personaFiles.userId, userId),
          sql`${personaFiles.id} = (SELECT ${personas.avatarId} FROM personas WHERE id = ${personaId} AND user_id = ${userId})`,
        ),
      ),
    ({ file }) => openFile(db, file),
  );

/** The cards of a user, those after the persona with this id. */
export const cardsAfter = (db: Database, userId: number, after: number, limit: number) =>
  reading(
    db
      .select()
      .from(personaCards)
      .where(and(eq(personaCards.userId, userId), gt(personaCards.id, after)))
      .orderBy(asc(personaCards.id))
      .limit(limit),
    ({ id, card }) => ({ personaId: id, card: openCard(db, userId, id, card) }),
  );

/** The next file of a user. */
export const fileAfter = (db: Database, userId: number, after: number) =>
  reading(
    db
      .select()
      .from(personaFiles)
      .where(and(eq(personaFiles.userId, userId), gt(personaFiles.id, after)))
      .orderBy(asc(personaFiles.id))
      .limit(1),
    (row) => openFile(db, row),
  );

/** What there is of a persona beside its own row goes at once, whoever the persona belongs to from now on. */
export const deleteBelongings = (db: Database, userId: number, personaId: number) =>
  [
    db.delete(personaCards).where(and(eq(personaCards.id, personaId), eq(personaCards.userId, userId))),
    db
      .delete(personaFiles)
      .where(and(eq(personaFiles.personaId, personaId), eq(personaFiles.userId, userId))),
  ] as const;
