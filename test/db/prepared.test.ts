import { env } from "cloudflare:workers";
import { and, eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";

import { openDatabase, type Database } from "../../src/db/client";
import { aliased, prepared, value } from "../../src/db/prepared";
import { conversations, personas, users } from "../../src/db/schema";
import { newConversation } from "../chat/harness";

const db = openDatabase(env.DB);

/** A row with every kind of value: numbers, texts, dates, flags, expressions, and joins that find something and nothing. */
const everyKind = (database: Database, id: unknown) =>
  database
    .select({
      twice: sql<number>`2 * ${users.id}`.as("twice"),
      user: aliased(users, "user"),
      conversation: aliased(conversations, "conversation"),
      persona: aliased(personas, "persona"),
    })
    .from(users)
    .leftJoin(conversations, eq(conversations.userId, users.id))
    .leftJoin(personas, and(eq(personas.id, conversations.personaId), sql`FALSE`))
    .where(sql`${users.id} = ${id}`);

it("a query that is built once reads its rows as drizzle does, alone and in a batch", async () => {
  const { id: userId } = (await newConversation()).user;
  const expected = await everyKind(db, userId);
  expect(expected).toMatchObject([{ twice: 2 * userId, user: { isActive: true }, persona: { id: null } }]);
  const query = prepared((database) => everyKind(database, value("id")));
  for (let time = 0; time < 2; time++) expect(await query(db, { id: userId })).toEqual(expected);
  const plain = prepared((database) =>
    database
      .select()
      .from(users)
      .where(eq(users.id, value("id"))),
  );
  const [batched, rows] = await db.batch([query(db, { id: userId }), plain(db, { id: userId })]);
  expect(batched).toEqual(expected);
  expect(rows).toEqual(await db.select().from(users).where(eq(users.id, userId)));
});
