import { createHash } from "node:crypto";

import { ownAllowances } from "../db/allowances";
import { batchAs, one, retried, type Caller, type Database } from "../db/client";
import { conversationById, ownConversation } from "../db/conversations";
import { messagesAfter } from "../db/import";
import { ROW_BYTES, takenBy } from "../db/room";
import type { Conversation } from "../db/schema";
import type { Config, Env } from "../env";
import { AppError } from "../errors";
import { roomOf, storageFull } from "../usage/room";
import { entityTag } from "../wire/rows";
import { callConversation } from "./client";
import type { Line } from "./commands";

/** The request that brings something in: a handler's context fits. */
type Context = { env: Env; var: { caller: Caller; requestId: string; db: Database; config: Config } };

/** So many messages, and so many characters of text, are written at a time. */
const PIECE = { lines: 1000, characters: 250_000 };
/** How many messages are read at once to find what is there already. */
const PAGE = 500;
/** How often it looks again where the conversation has changed meanwhile. */
const TRIES = 3;

type Imported = { imported: number; conversation: Conversation };

/**
 * Brings in what is not there. Where somebody else changes the conversation meanwhile, it looks again; what was brought in
 * before a failure stays, and is passed over when the import is repeated.
 * @throws AppError `not_found`, `forbidden`, `precondition_failed`, `turn_running`, `conversation_full`, `storage_full`
 */
export async function bringInAll(
  c: Context,
  id: number,
  lines: Line[],
  ifMatch: string | undefined,
): Promise<Imported> {
  let imported = 0;
  for (let tries = 1; ; tries++) {
    const conversation = await ownOf(c, id);
    const missing = await missingOf(c, conversation, lines);
    if (tries === 1) await assertRoomFor(c, missing);
    const seen = tries === 1 ? (ifMatch ?? entityTag(conversation)) : entityTag(conversation);
    try {
      for (const { piece, tag } of piecesOf(missing, seen, conversation)) {
        await callConversation(c, id, { type: "import", lines: piece, ifMatch: tag });
        imported += piece.length;
      }
      return { imported, conversation: await ownOf(c, id) };
    } catch (error) {
      const isMoved = error instanceof AppError && error.code === "precondition_failed";
      if (!isMoved || tries === TRIES || (ifMatch !== undefined && imported === 0)) throw error;
    }
  }
}

/** Pieces to be written one after the other, each with the state of the conversation that the one before leaves. */
function piecesOf(lines: Line[], seen: string, { revision }: Conversation) {
  const pieces: { piece: Line[]; tag: string }[] = [];
  let [piece, characters]: [Line[], number] = [[], 0];
  const close = () => {
    if (piece.length > 0)
      pieces.push({
        piece,
        tag: pieces.length === 0 ? seen : entityTag({ revision: revision + pieces.length }),
      });
    [piece, characters] = [[], 0];
  };
  for (const line of lines) {
    if (piece.length >= PIECE.lines || characters + line.content.length > PIECE.characters) close();
    piece.push(line);
    characters += line.content.length;
  }
  close();
  return pieces;
}

/** @throws AppError `not_found`, `forbidden` */
async function ownOf(c: Context, id: number): Promise<Conversation> {
  const { db, caller } = c.var;
  const [[row]] = await retried(() => batchAs(db, caller, [conversationById(db, id)]));
  return ownConversation(row, caller);
}

/** What is not there yet: of lines that are the same as many as are missing. */
async function missingOf(c: Context, conversation: Conversation, lines: Line[]): Promise<Line[]> {
  if (conversation.messageSeq === 0) return lines;
  const there = new Map<string, number>();
  for (let after = 0; ;) {
    const page = await retried(async () => messagesAfter(c.var.db, conversation, after, PAGE));
    for (const { role, content, createdAt } of page) {
      const key = keyOf({ role, content, at: createdAt.getTime() });
      there.set(key, (there.get(key) ?? 0) + 1);
    }
    const last = page.at(-1);
    if (page.length < PAGE || !last) break;
    after = last.id;
  }
  return lines.filter((line) => {
    const key = keyOf(line);
    const left = there.get(key) ?? 0;
    if (left > 0) there.set(key, left - 1);
    return left === 0;
  });
}

const keyOf = ({ role, content, at }: Line) =>
  createHash("sha256").update(`${role} ${at}\n${content}`).digest("base64url");

/** @throws AppError `storage_full` */
async function assertRoomFor(c: Context, lines: Line[]): Promise<void> {
  const { db, caller } = c.var;
  const [taken, own] = await retried(() =>
    batchAs(db, caller, [takenBy(db, caller.userId), ownAllowances(db, caller.userId)]),
  );
  const { storedBytes: most } = roomOf(one(own), c.var.config);
  const text = lines.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  const bytes = db.vault.sealedSize(text, lines.length) + ROW_BYTES * lines.length;
  if (most > 0 && one(taken).storedBytes + bytes > most) throw storageFull(most);
}
