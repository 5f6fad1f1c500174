import { z } from "zod";

import { cardsAfter, fileAfter } from "../db/cards";
import { bytesOfFile } from "../db/file-objects";
import { complaintsAfter } from "../db/complaints";
import { notesAfter } from "../db/client-notes";
import { batchAs, retried, type Caller, type Database } from "../db/client";
import {
  apiKeysWithoutHashes,
  conversationsAfter,
  messagesInRanges,
  sessionsWithoutHashes,
  usageAfter,
  type IdRange,
  type UsageCursor,
} from "../db/export";
import { messageId } from "../db/messages";
import { listPersonas } from "../db/personas";
import { eventsAfter } from "../db/safety-events";
import { sharesAfter } from "../db/shares";
import { tagsOf } from "../db/tags";
import type { Conversation, User } from "../db/schema";

/** How many rows are read at once: memory holds one page. */
const PAGE = 200;
/** A card may have a megabyte. */
const CARDS = 5;
/** A link shows a whole branch. */
const SHARES = 5;
/** How many memories are asked at once. */
const MEMORIES = 10;
/** A request may make a thousand queries (D1's limit, Workers Paid); what precedes the export makes a few. */
const MAX_QUERIES = 900;
/** What a page takes: the row that says the caller may still ask, and the page's own. */
const QUERIES_A_PAGE = 2;

/** A page of the export: the kind of its rows, and the rows. The last of a part that does not end is one `continue`. */
export type ExportPage = { type: string; rows: object[] };

const BY_ID = [
  "tags",
  "personas",
  "cards",
  "files",
  "facts",
  "conversations",
  "safety",
  "complaints",
  "notes",
  "shares",
] as const;
type ByIdStage = (typeof BY_ID)[number];

/** Where an export goes on. Of messages: in the conversations from `after` to `through`, after `message`. */
export type ExportPosition =
  | { stage: ByIdStage; after: number }
  | { stage: "messages"; after: number; through: number; message: number }
  | { stage: "usage"; after: UsageCursor };

/** A position as a client is given it. */
function cursorOf(position: ExportPosition): string {
  const parts = partsOf(position);
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

function partsOf(position: ExportPosition) {
  if (position.stage === "usage")
    return [position.stage, position.after.createdAt.getTime(), position.after.id];
  if (position.stage !== "messages") return [position.stage, position.after];
  return [position.stage, position.after, position.through, position.message];
}

const count = z.int().min(0);
const cursorParts = z.union([
  z.tuple([z.enum(BY_ID), count]),
  z.tuple([z.literal("messages"), count, count, count]),
  z.tuple([z.literal("usage"), count.max(8.64e15), z.string().max(100)]),
]);

/** The position that a cursor names, or null if it is none. It says nothing of whose: that is the caller's. */
export function positionOf(cursor: string): ExportPosition | null {
  const parts = cursorParts.safeParse(parseJson(Buffer.from(cursor, "base64url").toString())).data;
  if (!parts) return null;
  if (parts[0] === "usage") return { stage: "usage", after: { createdAt: new Date(parts[1]), id: parts[2] } };
  if (parts[0] !== "messages") return { stage: parts[0], after: parts[1] };
  const [stage, after, through, message] = parts;
  return { stage, after, through, message };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Everything there is of a user, page by page, read as it is asked for: the account first, then what belongs to it, without
 * password, tokens or keys. Messages come with those of abandoned branches. After `maxQueries` it ends with a page
 * `continue`, whose `cursor` names where to go on. What stays as it is meanwhile comes exactly once.
 * @throws AppError `unauthenticated` once the session has ended
 */
export async function* exportPages(
  db: Database,
  caller: Caller,
  user: User,
  { from = null, maxQueries = MAX_QUERIES, isWhole = false, factsOf, bucket }: ExportOptions = {},
): AsyncGenerator<ExportPage> {
  let queries = 0;
  if (from === null) {
    yield* accountPages(db, caller, user);
    queries = 3;
  }
  const spend = () => void (queries += QUERIES_A_PAGE);
  const step = stepsOf(db, caller, spend, isWhole ? WHOLE : PAGES, { factsOf, bucket });
  // What is whole by itself has everybody in it, and goes on with what they were talked to.
  let goOn = isWhole && from && !PERSONAS.has(from.stage) ? from : null;
  for (let at: ExportPosition | null = goOn ? FIRST : (from ?? FIRST); at;) {
    if (goOn && !PERSONAS.has(at.stage)) [at, goOn] = [goOn, null];
    if (queries >= maxQueries && !(isWhole && (at.stage === "messages" || PERSONAS.has(at.stage)))) {
      yield { type: "continue", rows: [{ cursor: cursorOf(at) }] };
      return;
    }
    const { page, next } = await step(at);
    if (page) yield page;
    at = next;
  }
}

/** What a persona of the user's knows of them. */
export type FactsOf = (personaId: number) => Promise<object[]>;

type ExportOptions = {
  from?: ExportPosition | null;
  maxQueries?: number;
  isWhole?: boolean;
  /** Absent where no facts are wanted. */
  factsOf?: FactsOf;
  /** Where files lie that are not in the database. */
  bucket?: R2Bucket | undefined;
};
const FIRST: ExportPosition = { stage: "tags", after: 0 };
const PERSONAS: ReadonlySet<string> = new Set(["tags", "personas", "cards"]);

/** How many rows a page has, and how many messages the conversations of one may have: a whole one ends between pages. */
type Pages = { rows: number; messages: number };
const PAGES: Pages = { rows: PAGE, messages: Infinity };
const WHOLE: Pages = { rows: 1000, messages: 100_000 };

/** The first of these that have so many messages together, and one at least. */
function within(rows: Conversation[], most: number): Conversation[] {
  let left = most;
  return rows.filter(({ messageSeq }, n) => (left -= messageSeq) >= 0 || n === 0);
}

async function* accountPages(db: Database, caller: Caller, user: User): AsyncGenerator<ExportPage> {
  const { userId } = caller;
  const { passwordHash: _secret, deletedAt: _never, ...account } = user;
  yield { type: "user", rows: [account] };
  const [logins, keys] = await retried(() =>
    batchAs(db, caller, [sessionsWithoutHashes(db, userId), apiKeysWithoutHashes(db, userId)]),
  );
  yield { type: "session", rows: logins };
  yield { type: "api_key", rows: keys };
}

/** A page, if there is one, and where the next one is. */
type Step = { page: ExportPage | null; next: ExportPosition | null };

/** Reads the page at a position. `spend` is told of each reading. */
function stepsOf(
  db: Database,
  caller: Caller,
  spend: () => void,
  pages: Pages,
  { factsOf, bucket }: Pick<ExportOptions, "factsOf" | "bucket">,
) {
  const { userId } = caller;

  /** There are few. */
  async function tags(): Promise<Step> {
    spend();
    const [rows] = await retried(() => batchAs(db, caller, [tagsOf(db, userId)]));
    return { page: { type: "tag", rows }, next: { stage: "personas", after: 0 } };
  }

  async function personas(after: number): Promise<Step> {
    spend();
    const [rows] = await retried(() =>
      batchAs(db, caller, [listPersonas(db, userId, { after, limit: PAGE })]),
    );
    const last = rows.length < PAGE ? undefined : rows.at(-1);
    const next: ExportPosition = last ? { stage: "personas", after: last.id } : { stage: "cards", after: 0 };
    return { page: { type: "persona", rows }, next };
  }

  async function cards(after: number): Promise<Step> {
    spend();
    const [rows] = await retried(() => batchAs(db, caller, [cardsAfter(db, userId, after, CARDS)]));
    const last = rows.length < CARDS ? undefined : rows.at(-1);
    const next: ExportPosition = last
      ? { stage: "cards", after: last.personaId }
      : { stage: "files", after: 0 };
    return { page: { type: "persona_card", rows }, next };
  }

  /** Each persona's memory is asked by itself. */
  async function facts(after: number): Promise<Step> {
    spend();
    const [rows] = await retried(() =>
      batchAs(db, caller, [listPersonas(db, userId, { after, limit: MEMORIES })]),
    );
    const known = await Promise.all(
      rows.map(async ({ id }) => {
        spend();
        return ((await factsOf?.(id)) ?? []).map((fact) => ({ personaId: id, ...fact }));
      }),
    );
    const last = rows.length < MEMORIES ? undefined : rows.at(-1);
    const next: ExportPosition = last
      ? { stage: "facts", after: last.id }
      : { stage: "conversations", after: 0 };
    return { page: { type: "fact", rows: known.flat() }, next };
  }

  /** One file a page: it is larger than any other row. */
  async function files(after: number): Promise<Step> {
    spend();
    const [[file]] = await retried(() => batchAs(db, caller, [fileAfter(db, userId, after)]));
    if (!file) return { page: null, next: { stage: factsOf ? "facts" : "conversations", after: 0 } };
    const { storedBytes: _storedBytes, userId: _userId, objectKey: _secret, ...row } = file;
    spend();
    const bytes = await bytesOfFile(db, bucket, file);
    const next: ExportPosition = { stage: "files", after: file.id };
    if (!bytes) return { page: null, next };
    const data = Buffer.from(bytes).toString("base64");
    return { page: { type: "persona_file", rows: [{ ...row, data }] }, next };
  }

  async function readConversations(after: number) {
    spend();
    const [rows] = await retried(() => batchAs(db, caller, [conversationsAfter(db, userId, after, PAGE)]));
    return within(rows, pages.messages);
  }

  /** Those whose messages come next: read for their own page, and again only where a part begins among them. */
  let held: { after: number; rows: Conversation[] } | null = null;

  async function conversations(after: number): Promise<Step> {
    const rows = await readConversations(after);
    held = { after, rows };
    const through = rows.at(-1)?.id;
    const next: ExportPosition =
      through === undefined
        ? { stage: "usage", after: { createdAt: new Date(0), id: "" } }
        : { stage: "messages", after, through, message: 0 };
    return { page: { type: "conversation", rows }, next };
  }

  async function messages(after: number, through: number, message: number): Promise<Step> {
    if (held?.after !== after) held = { after, rows: await readConversations(after) };
    const among = held.rows.filter(({ id }) => id <= through);
    const ranges = messageRanges(among, message, pages.rows).next().value;
    const last = ranges?.at(-1)?.[1];
    if (!ranges || last === undefined)
      return { page: null, next: { stage: "conversations", after: through } };
    spend();
    const [rows] = await retried(() => batchAs(db, caller, [messagesInRanges(db, userId, ranges)]));
    return { page: { type: "message", rows }, next: { stage: "messages", after, through, message: last } };
  }

  async function usage(after: UsageCursor): Promise<Step> {
    spend();
    const [rows] = await retried(() => batchAs(db, caller, [usageAfter(db, userId, after, PAGE)]));
    const last = rows.length < PAGE ? undefined : rows.at(-1);
    const next: ExportPosition = last
      ? { stage: "usage", after: { createdAt: last.createdAt, id: last.id } }
      : { stage: "safety", after: 0 };
    return { page: { type: "usage_event", rows }, next };
  }

  async function safetyEvents(after: number): Promise<Step> {
    spend();
    const [rows] = await retried(() => batchAs(db, caller, [eventsAfter(db, userId, after, PAGE)]));
    const last = rows.length < PAGE ? undefined : rows.at(-1);
    const next: ExportPosition = last
      ? { stage: "safety", after: last.rowid }
      : { stage: "complaints", after: 0 };
    const own = rows.map(({ rowid: _number, appeal: _appeal, ...event }) => event);
    return { page: { type: "safety_event", rows: own }, next };
  }

  async function complaints(after: number): Promise<Step> {
    spend();
    const [rows] = await retried(() => batchAs(db, caller, [complaintsAfter(db, userId, after, PAGE)]));
    const last = rows.length < PAGE ? undefined : rows.at(-1);
    const next: ExportPosition = { stage: last ? "complaints" : "notes", after: last?.id ?? 0 };
    return { page: { type: "safety_complaint", rows }, next };
  }

  async function notes(after: number): Promise<Step> {
    spend();
    const [rows] = await retried(() => batchAs(db, caller, [notesAfter(db, userId, after, PAGE)]));
    const last = rows.length < PAGE ? undefined : rows.at(-1);
    const next: ExportPosition = last ? { stage: "notes", after: last.id } : { stage: "shares", after: 0 };
    return { page: { type: "client_notes", rows }, next };
  }

  async function shares(after: number): Promise<Step> {
    spend();
    const [rows] = await retried(() => batchAs(db, caller, [sharesAfter(db, userId, after, SHARES)]));
    const last = rows.length < SHARES ? undefined : rows.at(-1);
    return { page: { type: "share", rows }, next: last ? { stage: "shares", after: last.id } : null };
  }

  return (at: ExportPosition): Promise<Step> => {
    switch (at.stage) {
      case "tags":
        return tags();
      case "personas":
        return personas(at.after);
      case "cards":
        return cards(at.after);
      case "files":
        return files(at.after);
      case "facts":
        return facts(at.after);
      case "conversations":
        return conversations(at.after);
      case "messages":
        return messages(at.after, at.through, at.message);
      case "usage":
        return usage(at.after);
      case "safety":
        return safetyEvents(at.after);
      case "complaints":
        return complaints(at.after);
      case "notes":
        return notes(at.after);
      case "shares":
        return shares(at.after);
    }
  };
}

/** Pages of at most so many message ids: long conversations are cut, short ones share a page. None up to `after`. */
function* messageRanges(
  conversations: Conversation[],
  after: number,
  page: number,
): Generator<IdRange[], undefined> {
  let ranges: IdRange[] = [];
  let room = page;
  for (const { id, messageSeq } of conversations) {
    for (let first = Math.max(1, after - messageId(id, 0) + 1); first <= messageSeq;) {
      const last = Math.min(messageSeq, first + room - 1);
      ranges.push([messageId(id, first), messageId(id, last)]);
      room -= last - first + 1;
      first = last + 1;
      if (room > 0) continue;
      yield ranges;
      [ranges, room] = [[], page];
    }
  }
  if (ranges.length > 0) yield ranges;
}
