import { migrate, type Server } from "./server.ts";

/** `src/db/messages.ts` gives out the ids so. */
const IDS_PER_CONVERSATION = 2 ** 20;
export const messageId = (conversationId: number, n: number) => conversationId * IDS_PER_CONVERSATION + n;

/** Conversations that are long by this many messages, in a database of `messages`. */
export type Sizes = { short: number; middle: number; long: number; messages: number };
/** How many conversations without a message there are for the turns of the bench. */
const EMPTY = 2000;

/**
 * A user with a persona, conversations of three lengths (their newest ten messages alike, and enough to fill a context
 * window), empty conversations, and many others of a thousand messages each that make the database a large one.
 */
export async function seed(server: Server, sizes: Sizes, checkout?: string) {
  await migrate(server.db, checkout);
  const answer = await fetch(`${server.app}/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "bench@example.com", password: "password123" }),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (!token) throw new Error(`Could not register: ${answer.status}`);
  const run = (sql: string, ...values: unknown[]) =>
    server.db
      .prepare(sql)
      .bind(...values)
      .run();
  await run(
    `INSERT INTO personas (user_id, name, description, relation_type, created_at, updated_at)
     VALUES (1, 'Alex', 'An old friend who likes hiking and remembers everything.', 'friend', 1, 1)`,
  );
  const [short, middle, long] = [1, 2, 3];
  const empty = Array.from({ length: EMPTY }, (_, i) => 4 + i);
  const others = Math.ceil((sizes.messages - sizes.short - sizes.middle - sizes.long) / 1000);
  const firstOther = 4 + EMPTY;
  await run(
    `WITH RECURSIVE c(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM c WHERE id < ?)
     INSERT INTO conversations (id, user_id, persona_id, title, created_at, updated_at)
     SELECT id, 1, 1, 'Talk ' || id, id, id FROM c`,
    firstOther + others - 1,
  );
  for (const [id, length] of [
    [short, sizes.short],
    [middle, sizes.middle],
    [long, sizes.long],
  ] as const) {
    await fill(run, id, id, length);
  }
  if (others > 0) await fill(run, firstOther, firstOther + others - 1, 1000);
  return { token, conversations: { short, middle, long }, empty };
}

export type Seed = Awaited<ReturnType<typeof seed>>;

/** Fills conversations that are there already, of these ids, with so many messages each. */
export const fillConversations = (
  db: Server["db"],
  { from, to, length }: { from: number; to: number; length: number },
) =>
  fill(
    (sql, ...values) =>
      db
        .prepare(sql)
        .bind(...values)
        .run(),
    from,
    to,
    length,
  );

async function fill(
  run: (sql: string, ...values: unknown[]) => Promise<unknown>,
  from: number,
  to: number,
  length: number,
): Promise<void> {
  await run(
    `WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?3),
       c(id) AS (SELECT ?1 UNION ALL SELECT id + 1 FROM c WHERE id < ?2)
     INSERT INTO chat_messages (id, conversation_id, parent_id, depth, role, content, status, created_at)
     SELECT c.id * ${IDS_PER_CONVERSATION} + n, c.id, CASE WHEN n > 1 THEN c.id * ${IDS_PER_CONVERSATION} + n - 1 END,
       n - 1, CASE WHEN n % 2 THEN 'user' ELSE 'assistant' END,
       'Message ' || n || '. ' || substr(hex(zeroblob(2500)), 1, CASE WHEN n > ?3 - 10 AND c.id <= 3 THEN 4900 ELSE 80 END),
       'complete', 1700000000000 + n
     FROM c CROSS JOIN n`,
    from,
    to,
    length,
  );
  await run(
    `UPDATE conversations SET head_message_id = id * ${IDS_PER_CONVERSATION} + ?3, message_seq = ?3, revision = ?3
     WHERE id BETWEEN ?1 AND ?2`,
    from,
    to,
    length,
  );
}
