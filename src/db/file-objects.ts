import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

import { asc, inArray, lte, sql } from "drizzle-orm";

import { AppError } from "../errors";
import { piecesOf } from "./cards";
import { retried, type Database } from "./client";
import { looseObjects, personaFiles, type PersonaFile } from "./schema";

/*
 * Files that lie in a bucket. Each is encrypted with a key of its own, which its row keeps, sealed where there is a vault's key:
 * so a change of that rewrites rows alone. What no row names is noted in the database before it is there, and is deleted when
 * it is due, whatever breaks off in between.
 */

/** An object that no row names so long after it was begun is nobody's. Milliseconds. */
const BEING_WRITTEN_MS = 60 * 60_000;
/** R2 deletes up to a thousand at once. */
const DELETED_AT_ONCE = 500;

const CIPHER = "aes-256-gcm";
const NONCE = 12;
const TAG = 16;

const nameOf = (id: number) => `files/${id}`;

/** Puts files into the bucket. The key of each, for its row; until that is there they are loose. */
export async function putObjects(
  db: Database,
  bucket: R2Bucket,
  files: { id: number; bytes: Uint8Array }[],
): Promise<Map<number, string>> {
  const dueAt = new Date(Date.now() + BEING_WRITTEN_MS);
  const rows = files.map(({ id }) => ({ id, dueAt: dueAt.getTime() }));
  await retried(async () =>
    db
      .insert(looseObjects)
      .select(
        sql`SELECT value ->> 'id', value ->> 'dueAt' FROM json_each(${JSON.stringify(rows)}) WHERE TRUE`,
      )
      .onConflictDoNothing(),
  );
  const keys = new Map<number, string>();
  for (const { id, bytes } of files) {
    const key = randomBytes(32);
    await bucket.put(nameOf(id), encrypted(key, id, bytes));
    keys.set(id, key.toString("base64url"));
  }
  return keys;
}

/** They are no longer loose that rows name. */
export const claimObjects = (db: Database, ids: number[]) =>
  db
    .delete(looseObjects)
    .where(
      inArray(
        looseObjects.id,
        sql`(SELECT ${personaFiles.id} FROM ${personaFiles} WHERE id IN ${among(ids)})`,
      ),
    );

/**
 * What a file holds, wherever it lies; null where its object is gone.
 * @throws AppError `misconfigured` where its bucket is missing, `unreadable` where it was changed
 */
export async function bytesOfFile(
  db: Database,
  bucket: R2Bucket | undefined,
  { id, userId, objectKey }: PersonaFile,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (objectKey === null)
    return new Uint8Array(Buffer.concat(await retried(async () => piecesOf(db, userId, id))));
  if (!bucket)
    throw new AppError("misconfigured", {
      detail: "The server is not configured correctly: the bucket FILES is missing, in which this lies.",
    });
  const object = await bucket.get(nameOf(id));
  return (
    object && decrypted(Buffer.from(objectKey, "base64url"), id, new Uint8Array(await object.arrayBuffer()))
  );
}

/** Deletes objects that are due, some at a time. Whether none is left; where there is no bucket, none can be deleted. */
export async function dropLooseObjects(db: Database, bucket: R2Bucket | undefined): Promise<boolean> {
  if (!bucket) return true;
  const due = await retried(async () =>
    db
      .select({ id: looseObjects.id })
      .from(looseObjects)
      .where(lte(looseObjects.dueAt, new Date()))
      .orderBy(asc(looseObjects.dueAt))
      .limit(DELETED_AT_ONCE),
  );
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return true;
  await bucket.delete(ids.map(nameOf));
  await retried(async () => db.delete(looseObjects).where(inArray(looseObjects.id, among(ids))));
  return ids.length < DELETED_AT_ONCE;
}

const among = (ids: number[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;

function encrypted(key: Uint8Array, id: number, bytes: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(nameOf(id)));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** @throws AppError `unreadable` */
function decrypted(key: Uint8Array, id: number, data: Uint8Array): Uint8Array<ArrayBuffer> {
  try {
    const decipher = createDecipheriv(CIPHER, key, data.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(nameOf(id))).setAuthTag(data.subarray(-TAG));
    return new Uint8Array(Buffer.concat([decipher.update(data.subarray(NONCE, -TAG)), decipher.final()]));
  } catch (cause) {
    throw new AppError("unreadable", { cause });
  }
}
