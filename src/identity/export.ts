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
import type { Conversation, User } from "../db/schema";

/** How many rows are read at once: memory holds one page, and a request may make a thousand queries. */
const PAGE = 200;

/** A page of the export: the kind of its rows, and the rows. */
export type ExportPage = { type: string; rows: object[] };

/**
 * Everything there is of a user, page by page, read as it is asked for: the account first, then what belongs to it, without
 * password, tokens or keys. Messages come with those of abandoned branches.
 * @throws AppError `unauthenticated` once the session has ended
 */
export async function* exportPages(db: Database, caller: Caller, user: User): AsyncGenerator<ExportPage> {
  const { userId } = caller;
  const { passwordHash: _secret, ...account } = user;
  yield { type: "user", rows: [account] };
  const [logins, keys] = await retried(() =>
    batchAs(db, caller, [sessionsWithoutHashes(db, userId), apiKeysWithoutHashes(db, userId)]),
  );
  yield { type: "session", rows: logins };
  yield { type: "api_key", rows: keys };
  const personasAfter = async (after: number) => {
    const [rows] = await retried(() =>
      batchAs(db, caller, [listPersonas(db, userId, { after, limit: PAGE })]),
    );
    return rows;
  };
  for await (const rows of pages(personasAfter, ({ id }) => id, 0)) yield { type: "persona", rows };
  const conversationsPage = async (after: number) => {
    const [rows] = await retried(() => batchAs(db, caller, [conversationsAfter(db, userId, after, PAGE)]));
    return rows;
  };
  for await (const rows of pages(conversationsPage, ({ id }) => id, 0)) {
    yield { type: "conversation", rows };
    yield* messagePages(db, caller, rows);
  }
  const usagePage = async (after: UsageCursor) => {
    const [rows] = await retried(() => batchAs(db, caller, [usageAfter(db, userId, after, PAGE)]));
    return rows;
  };
  const beginning = { createdAt: new Date(0), id: "" };
  for await (const rows of pages(usagePage, (row): UsageCursor => row, beginning)) {
    yield { type: "usage_event", rows };
  }
}

async function* messagePages(
  db: Database,
  caller: Caller,
  conversations: Conversation[],
): AsyncGenerator<ExportPage> {
  for (const ranges of messageRanges(conversations)) {
    const [rows] = await retried(() => batchAs(db, caller, [messagesInRanges(db, caller.userId, ranges)]));
    yield { type: "message", rows };
  }
}

/** Pages of at most `PAGE` message ids: long conversations are cut, short ones share a page. */
function* messageRanges(conversations: Conversation[]): Generator<IdRange[]> {
  let ranges: IdRange[] = [];
  let room = PAGE;
  for (const { id, messageSeq } of conversations) {
    for (let first = 1; first <= messageSeq;) {
      const last = Math.min(messageSeq, first + room - 1);
      ranges.push([messageId(id, first), messageId(id, last)]);
      room -= last - first + 1;
      first = last + 1;
      if (room > 0) continue;
      yield ranges;
      [ranges, room] = [[], PAGE];
    }
  }
  if (ranges.length > 0) yield ranges;
}

/** Reads page after page by the key of the last row, until one is not full. */
async function* pages<Row, Key>(
  read: (after: Key) => Promise<Row[]>,
  keyOf: (row: Row) => Key,
  beginning: Key,
): AsyncGenerator<Row[]> {
  for (let after = beginning; ;) {
    const rows = await read(after);
    yield rows;
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = keyOf(last);
  }
}
