import { migrate, type Server } from "./server.ts";

/** `src/db/messages.ts` gives out the ids so. */
const IDS_PER_CONVERSATION = 2 ** 20;
export const messageId = (conversationId: number, n: number) => conversationId * IDS_PER_CONVERSATION + n;

/** Conversations that are long by this many messages, in a database of `messages`. */
export type Sizes = { short: number; middle: number; long: number; messages: number };
/** How many conversations without a message there are for the turns of the bench. */
const EMPTY = 2000;
/** Personas with whom nobody has talked yet. */
const ALONE = 300;
/** A persona who remembers: so many conversations of so many messages. */
const REMEMBERED = { conversations: 10, length: 100 };

/** The personas: of the conversations of three lengths, of the many others, who remembers, and of each of the rest the first. */
const PERSONAS = { lengths: 1, others: 2, remembering: 3, first: 4 };

/**
 * A user with personas; with one of them conversations of three lengths (their newest ten messages alike, and enough to fill a
 * context window), with one many of a thousand messages each that make the database a large one, with one a thousand messages
 * that may be recalled; empty conversations, each with a persona of its own; and personas without any.
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
  const alone = Array.from({ length: ALONE }, (_, i) => PERSONAS.first + EMPTY + i);
  await run(
    `WITH RECURSIVE p(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM p WHERE id < ?)
     INSERT INTO personas (id, user_id, name, description, relation_type, created_at, updated_at)
     SELECT id, 1, 'Alex', 'An old friend who likes hiking and remembers everything.', 'friend', 1, 1 FROM p`,
    PERSONAS.first + EMPTY + ALONE - 1,
  );
  const [short, middle, long] = [1, 2, 3];
  const empty = Array.from({ length: EMPTY }, (_, i) => 4 + i);
  const others = Math.ceil((sizes.messages - sizes.short - sizes.middle - sizes.long) / 1000);
  const firstOther = 4 + EMPTY;
  const remembered = firstOther + others;
  await run(
    `WITH RECURSIVE c(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM c WHERE id < ?1)
     INSERT INTO conversations (id, user_id, persona_id, title, created_at, updated_at)
     SELECT id, 1, CASE WHEN id < 4 THEN ?2 WHEN id >= ?6 THEN ?4 WHEN id >= ?5 THEN ?3 ELSE ?7 + id - 4 END,
       'Talk ' || id, id, id FROM c`,
    remembered + REMEMBERED.conversations - 1,
    PERSONAS.lengths,
    PERSONAS.others,
    PERSONAS.remembering,
    firstOther,
    remembered,
    PERSONAS.first,
  );
  for (const [id, length] of [
    [short, sizes.short],
    [middle, sizes.middle],
    [long, sizes.long],
  ] as const) {
    await fill(run, id, id, length);
  }
  if (others > 0) await fill(run, firstOther, firstOther + others - 1, 1000);
  const { remembering } = PERSONAS;
  await fill(run, remembered, remembered + REMEMBERED.conversations - 1, REMEMBERED.length, TALES);
  return { token, conversations: { short, middle, long }, empty, alone, remembering };
}

export type Seed = Awaited<ReturnType<typeof seed>>;

/** Texts of messages, in turn. */
const TALES = [
  "We walked up the valley to the hut above the river, and it rained all the way until the evening.",
  "My sister sent a parcel from Lisbon with olives, three books and a letter that I have not opened yet.",
  "The old bicycle needs a new chain before autumn; the shop at the corner wants forty euros for it.",
  "He cooked lentils with lemon for eleven people, and nobody wanted to go home before midnight.",
  "On Tuesday the choir sang in the station, and even the ticket inspector stopped to listen for a while.",
  "I dreamt of the lighthouse again, but this time the stairs went down and the sea was above us.",
  "The cat sleeps on the accounts, so the taxes will have to wait until she has somewhere better to be.",
];

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
  tales: string[] = [],
): Promise<void> {
  await run(
    `WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?3),
       c(id) AS (SELECT ?1 UNION ALL SELECT id + 1 FROM c WHERE id < ?2)
     INSERT INTO chat_messages (id, conversation_id, parent_id, depth, role, content, status, created_at)
     SELECT c.id * ${IDS_PER_CONVERSATION} + n, c.id, CASE WHEN n > 1 THEN c.id * ${IDS_PER_CONVERSATION} + n - 1 END,
       n - 1, CASE WHEN n % 2 THEN 'user' ELSE 'assistant' END,
       'Message ' || n || '. ' || coalesce(?4 ->> ((c.id + n) % max(1, json_array_length(?4))),
         substr(hex(zeroblob(2500)), 1, CASE WHEN n > ?3 - 10 AND c.id <= 3 THEN 4900 ELSE 80 END)),
       'complete', 1700000000000 + n
     FROM c CROSS JOIN n`,
    from,
    to,
    length,
    JSON.stringify(tales),
  );
  await run(
    `UPDATE conversations SET head_message_id = id * ${IDS_PER_CONVERSATION} + ?3, message_seq = ?3, revision = ?3,
       updated_at = 1700000000000 + ?3
     WHERE id BETWEEN ?1 AND ?2`,
    from,
    to,
    length,
  );
}
