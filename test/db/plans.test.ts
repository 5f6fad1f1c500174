import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { openDatabase } from "../../src/db/client";
import * as conversations from "../../src/db/conversations";
import * as messages from "../../src/db/messages";
import * as personas from "../../src/db/personas";
import type { Message } from "../../src/db/schema";
import * as usage from "../../src/db/usage";
import * as users from "../../src/db/users";
import * as sessions from "../../src/db/sessions";

const db = openDatabase(env.DB);
type Query = { toSQL: () => { sql: string; params: unknown[] } };

/** How SQLite would run a query, a line a step. */
async function planOf(query: Query): Promise<string[]> {
  const { sql, params } = query.toSQL();
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...(params as unknown[]))
    .all<{ detail: string }>();
  return results.map((step) => step.detail);
}

const message = {
  id: 1048577,
  conversationId: 1,
  depth: 0,
  role: "user",
  content: "",
  status: "complete",
} as Message;
const whole = { ...message, createdAt: new Date() };
const head = {
  id: 1,
  userId: 1,
  revision: 2,
  messageSeq: 2,
  messageCount: 2,
  headMessageId: 1048577,
  updatedAt: new Date(),
};
const turn = { said: whole, reply: whole, nonce: "0" };
const stretch = { count: 100 };

/** Every query on the way of a request. */
const QUERIES: Record<string, Query | readonly Query[]> = {
  "one conversation": conversations.conversationById(db, 1),
  "what a turn begins with": conversations.turnInputs(db, { userId: 1, sessionId: "s" }, 1),
  "the conversations of a user": conversations.listConversations(db, 1, { limit: 100 }),
  "the next page of conversations": conversations.listConversations(db, 1, {
    limit: 100,
    after: { updatedAt: 1, id: 1 },
  }),
  "the conversations of a persona": conversations.listConversations(db, 1, { limit: 100, personaId: 1 }),
  "whether a persona is owned": conversations.ownsPersona(db, 1, 1),
  "creating a conversation": conversations.insertConversation(db, { userId: 1, personaId: 1, title: "x" }),
  "changing a conversation": conversations.updateConversation(db, 1, 1, { title: "x", personaId: 1 }),
  "deleting a conversation": conversations.deleteConversation(db, 1, 1),
  "the latest messages": messages.latestMessages(db, 1, { count: 100, bytes: 1000 }),
  "the messages before one": messages.messagesBefore(db, 1, 1048577, stretch),
  "the messages up to one": messages.messagesThrough(db, 1, 1048577, stretch),
  "one message": messages.messageById(db, 1, 1048577),
  "beginning a turn": messages.beginTurn(db, turn, head),
  "settling a turn": messages.settleTurn(db, turn, head),
  "removing a message": messages.removeMessage(db, {
    conversationId: 1,
    messageId: 1048577,
    parentId: null,
    headMessageId: null,
    revision: 3,
  }),
  "the personas of a user": personas.listPersonas(db, 1, { after: 0, limit: 100 }),
  "one persona": personas.personaById(db, 1, 1),
  "changing a persona": personas.updatePersona(db, 1, 1, { name: "x" }),
  "deleting a persona": personas.deletePersona(db, 1, 1),
  "the recent conversations of a persona": personas.conversationsOfPersona(db, 1, 1, new Date()),
  "one user": users.userById(db, 1),
  "the user who signs in": users.userByName(db, "alex@example.com"),
  "the sessions of a user": sessions.sessionsOf(db, 1),
  "ending a session": sessions.endSession(db, 1, "s"),
  "ending all other sessions": sessions.endOtherSessions(db, 1, "s"),
  "counting a user's conversations": usage.countConversations(db, 1),
  "a user's totals": usage.totalUsage(db, 1),
  "a user's usage by day": usage.usageReport(db, 1, [{ name: "2026-01-01", begin: 0, end: 1 }], "day"),
  "a user's usage by model": usage.usageReport(db, 1, [{ name: "all", begin: 0, end: 1 }], "model"),
  "a conversation's usage": usage.rollupOfConversation(db, 1, 1),
};

/**
 * A step that reads a whole table. A branch's path and its list of ids are as long as the page, a report's
 * spans, buckets and counts as long as the report.
 */
const readsTable = (step: string) =>
  /^SCAN (?!path\b|\(subquery|CONSTANT ROW|json_each|span VIRTUAL|bucket VIRTUAL|counts\b)/.test(step);

describe("no query on the way of a request reads a whole table", () => {
  it.each(Object.keys(QUERIES))("%s", async (name) => {
    for (const query of [QUERIES[name]!].flat() as Query[]) {
      const plan = await planOf(query);
      expect(plan.filter(readsTable)).toEqual([]);
    }
  });

  it("nor does a report read more of the roll-up than its days", async () => {
    for (const query of usage.usageReport(db, 1, [{ name: "2026-01-01", begin: 0, end: 1 }], "day")) {
      const plan = await planOf(query);
      expect(plan.filter((step) => step.includes("usage_rollup"))).toEqual([
        expect.stringContaining("(user_id=? AND quarter>? AND quarter<?)"),
      ]);
    }
  });

  it("except that this test would see one that does", async () => {
    const plan = await planOf(db.select().from((await import("../../src/db/schema")).messages));
    expect(plan.filter(readsTable)).toEqual(["SCAN chat_messages"]);
  });
});

describe("the migrations", () => {
  it("never rebuild a table, which would empty what belongs to it", () => {
    const statements = env.TEST_MIGRATIONS.flatMap((migration) => migration.queries);
    expect(statements.length).toBeGreaterThan(10);
    for (const statement of statements) expect(statement).not.toMatch(/DROP TABLE|__new_/i);
  });
});
