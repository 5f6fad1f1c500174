import { createHash } from "node:crypto";

import { insertCard, rowsOfFile, sealedCard, filesOf, cardOf } from "../db/cards";
import { isFailedAssertion, one, retried, type Database } from "../db/client";
import { claimObjects, putObjects } from "../db/file-objects";
import { conversationsByHash, insertImported, type Imported } from "../db/imports";
import { messageId } from "../db/messages";
import { insertPersona, listPersonas, setAvatar, type Traits } from "../db/personas";
import type { ConfiguredRoom } from "../db/room";
import { takeIds } from "../db/row-ids";
import { insertTag, tagsOf } from "../db/tags";
import type { Persona, TagKind } from "../db/schema";
import { AppError } from "../errors";
import { shifted, type ArchivedPersona } from "../interchange/archive";
import type { Chat } from "../interchange/conversation";
import { imageTypeOf } from "../interchange/images";
import type { Item } from "../interchange/read-chats";
import type { Job, Line } from "./import-store";

/** What writes needs beside the job. */
export type Importing = { db: Database; bucket?: R2Bucket | undefined; room: ConfiguredRoom };

/** There is no room for more, or the account is closed: nothing further can come in. */
const noRoom = () => new AppError("storage_full");

type Found = Omit<Line, "n">;

/** A persona's traits as they are compared: who says the same is the same. */
const sameAs = (traits: Traits) =>
  JSON.stringify([
    traits.name,
    traits.description || null,
    traits.relationType,
    traits.greeting || null,
    traits.alternates,
  ]);

async function everyPersona(db: Database, userId: number): Promise<Persona[]> {
  const all: Persona[] = [];
  for (;;) {
    const after = all.at(-1)?.id ?? 0;
    const page = await retried(async () => listPersonas(db, userId, { after, limit: 100 }));
    all.push(...page);
    if (page.length < 100) return all;
  }
}

type Making = Traits & { times?: { createdAt: Date; updatedAt: Date } };

/** A persona of the user's that says the same, or a new one. */
async function findOrMake(
  { db, room }: Importing,
  job: Job,
  making: Making,
  isSame: (known: Persona) => boolean,
) {
  const { times, ...traits } = making;
  const known = (await everyPersona(db, job.userId)).find(isSame);
  if (known) return { id: known.id, isNew: known.id > (job.since?.persona ?? 0) };
  const [, taken] = await retried(() => db.batch(takeIds(db, "personas", 1)));
  const id = one(taken).seq;
  const [made] = await retried(async () =>
    insertPersona(db, { id, userId: job.userId, room, ...(times && { times }) }, traits),
  );
  if (!made) throw noRoom();
  return { id, isNew: true };
}

/** A persona of an archive. */
export async function writePersona(
  importing: Importing,
  job: Job,
  archived: ArchivedPersona,
): Promise<Found> {
  const { n, traits, createdAt, updatedAt } = archived;
  const same = sameAs(traits);
  const { id, isNew } = await findOrMake(
    importing,
    job,
    { ...traits, times: { createdAt, updatedAt } },
    (it) => sameAs(it) === same,
  );
  job.personas[String(n)] = id;
  return {
    kind: "persona",
    title: traits.name,
    result: isNew ? "imported" : "already_there",
    id,
    messages: null,
    detail: null,
  };
}

/** A card of an archive's persona, where the persona has none. */
export async function writeCard(
  { db }: Importing,
  job: Job,
  item: Extract<Item, { type: "card" }>,
): Promise<void> {
  const personaId = job.personas[String(item.persona)];
  if (personaId === undefined) return;
  const owned = { personaId, userId: job.userId };
  const [known] = await retried(async () => cardOf(db, job.userId, personaId));
  if (known !== undefined) return;
  await retried(async () => insertCard(db, owned, sealedCard(db, owned, item.card).cell));
}

/** A file of an archive's persona, where the persona has none like it. */
export async function writeFile(
  { db, bucket }: Importing,
  job: Job,
  item: Extract<Item, { type: "file" }>,
): Promise<void> {
  const personaId = job.personas[String(item.persona)];
  if (personaId === undefined) return;
  const { bytes, path, isAvatar } = item;
  const known = await retried(async () => filesOf(db, job.userId, personaId));
  if (known.some((file) => file.path === path && file.size === bytes.length)) return;
  const [, taken] = await retried(() => db.batch(takeIds(db, "persona_files", 1)));
  const id = one(taken).seq;
  const keys = bucket && (await putObjects(db, bucket, [{ id, bytes }]));
  const { queries } = rowsOfFile(
    db,
    { personaId, userId: job.userId },
    { id, path, mediaType: imageTypeOf(bytes), bytes },
    keys?.get(id),
  );
  const [first, ...rest] = queries;
  if (first)
    await retried(() =>
      db.batch([
        first,
        ...rest,
        ...(keys ? [claimObjects(db, [id])] : []),
        ...(isAvatar ? [setAvatar(db, job.userId, personaId, id)] : []),
      ]),
    );
}

/** With whom a chat is to be. */
async function personaFor(importing: Importing, job: Job, { persona }: Chat): Promise<number> {
  if (job.personaId !== null) return job.personaId;
  const key = String(persona);
  const known = job.personas[key];
  if (known !== undefined) return known;
  const name = typeof persona === "number" ? "Persona" : [...persona].slice(0, 128).join("");
  const traits = {
    name,
    description: null,
    relationType: "other" as const,
    greeting: null,
    alternates: null,
  };
  const { id } = await findOrMake(importing, job, traits, (it) => it.name === name);
  job.personas[key] = id;
  return id;
}

/** By what a chat is known again: what it says, when, and on which branches. */
export function hashOf({ source, title, createdAt, messages, head }: Chat): string {
  const hash = createHash("sha256").update(JSON.stringify([source, title, createdAt, head]));
  for (const { n, parent, role, content, createdAt: at } of messages)
    hash.update(JSON.stringify([n, parent, role, content, at]));
  return hash.digest("base64url");
}

/**
 * Writes chats, all or none, but for those that are there already.
 * @throws AppError `storage_full`
 */
export async function writeChats(importing: Importing, job: Job, chats: Chat[]): Promise<Found[]> {
  const { db, room } = importing;
  const hashes = chats.map(hashOf);
  const known = new Map(
    (await retried(async () => conversationsByHash(db, job.userId, hashes))).map(({ id, hash }) => [
      hash,
      id,
    ]),
  );
  const fresh = [...new Map(chats.map((chat, n) => [hashes[n] ?? "", chat]))].filter(
    ([hash]) => !known.has(hash),
  );
  const tagged = await tagsFor(
    importing,
    job.userId,
    fresh.map(([, chat]) => chat),
  );
  const made = new Map<string, Imported>();
  if (fresh.length > 0) {
    const [, taken] = await retried(() => db.batch(takeIds(db, "conversations", fresh.length)));
    const last = one(taken).seq;
    for (const [n, [hash, chat]] of fresh.entries())
      made.set(
        hash,
        rowsOf(chat, hash, last - fresh.length + 1 + n, {
          personaId: await personaFor(importing, job, chat),
          userId: job.userId,
          tagged,
        }),
      );
    try {
      await retried(() => db.batch(insertImported(db, job.userId, [...made.values()], room)));
    } catch (error) {
      throw isFailedAssertion(error) ? noRoom() : error;
    }
  }
  return chats.map((chat, n) => {
    const hash = hashes[n] ?? "";
    const id = made.get(hash)?.row.id ?? known.get(hash) ?? null;
    const isFirst = hashes.indexOf(hash) === n;
    const isNew = isFirst && (made.has(hash) || (id ?? 0) > (job.since?.conversation ?? Infinity));
    return {
      kind: "conversation",
      title: chat.title,
      result: isNew ? "imported" : "already_there",
      id,
      messages: chat.messages.length,
      detail:
        chat.raw.length > 0
          ? `${chat.raw.length} parts that are hidden or of tools are kept beside it as they came.`
          : null,
    };
  });
}

type Named = { kind: TagKind; name: string };
/** Names that differ by their case alone are the same. */
const keyOfTag = ({ kind, name }: Named) => `${kind} ${name.toLowerCase()}`;

/**
 * Finds the tags and folders of these chats by their names; makes those that are not there, as far as there is room. What
 * gives the id of one, or none.
 */
async function tagsFor(
  { db, room }: Importing,
  userId: number,
  chats: Chat[],
): Promise<(named: Named) => number[]> {
  const wanted = new Map(chats.flatMap(tagsOfChat).map((named) => [keyOfTag(named), named]));
  if (wanted.size === 0) return () => [];
  const known = await retried(async () => tagsOf(db, userId));
  const ids = new Map(known.map((tag) => [keyOfTag(tag), tag.id]));
  for (const [key, named] of wanted) {
    if (ids.has(key)) continue;
    const [, taken] = await retried(() => db.batch(takeIds(db, "tags", 1)));
    const tag = { id: one(taken).seq, userId, ...named, room };
    const [made] = await retried(async () => insertTag(db, tag));
    if (made) ids.set(key, made.id);
  }
  return (named) => [ids.get(keyOfTag(named)) ?? []].flat();
}

const tagsOfChat = ({ organised }: Chat): Named[] => [
  ...(organised?.folder ? [{ kind: "folder" as const, name: organised.folder }] : []),
  ...(organised?.tags ?? []).map((name) => ({ kind: "tag" as const, name })),
];

/** What is kept of what was left out, at most. Characters. */
const MAX_RAW = 1_000_000;

function rowsOf(
  chat: Chat,
  sourceHash: string,
  id: number,
  { personaId, userId, tagged }: { personaId: number; userId: number; tagged: (named: Named) => number[] },
): Imported {
  const idsOf = (kind: TagKind) => [
    ...new Set(
      tagsOfChat(chat)
        .filter((it) => it.kind === kind)
        .flatMap(tagged),
    ),
  ];
  const base = messageId(id, 0);
  const idOf = (n: number | null) => (n === null ? null : base + n);
  const depths = new Map<number, number>();
  const messages = chat.messages.map(({ n, parent, context, ...message }) => {
    const depth = parent === null ? 0 : (depths.get(parent) ?? 0) + 1;
    depths.set(n, depth);
    return {
      ...message,
      id: base + n,
      conversationId: id,
      parentId: idOf(parent),
      depth,
      context: context && shifted(context, base),
    };
  });
  const raw = chat.raw.length > 0 ? JSON.stringify(chat.raw) : null;
  const { counters } = chat;
  return {
    messages,
    raw: raw !== null && raw.length <= MAX_RAW ? raw : null,
    row: {
      id,
      userId,
      personaId,
      title: chat.title,
      isTitled: true,
      isActive: chat.isActive,
      headMessageId: idOf(chat.head),
      revision: counters?.revision ?? 1,
      messageSeq: counters?.seq ?? messages.length,
      messageCount: messages.length,
      deletedMessages: counters?.deleted ?? 0,
      nonce: crypto.randomUUID().replaceAll("-", "").slice(0, 16),
      storedBytes: 0,
      externalId: null,
      origin: counters?.origin ?? null,
      sourceHash,
      tokenRatio: counters?.tokenRatio ?? 1,
      createdAt: chat.createdAt,
      updatedAt: chat.updatedAt,
      pinnedAt: chat.organised?.pinnedAt ?? null,
      folderId: idsOf("folder")[0] ?? null,
      tagIds: idsOf("tag"),
      expiresAt: null,
    },
  };
}
