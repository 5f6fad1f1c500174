import { env } from "cloudflare:workers";
import { count, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { openDatabase } from "../../src/db/client";
import { messages } from "../../src/db/schema";
import { usageReport } from "../../src/db/usage";
import { api, json, newUser } from "../harness";
import { plansOf, scansIn, watchStatements } from "./plans";

const db = openDatabase(env.DB);
type Query = { toSQL: () => { sql: string; params: unknown[] } };

const statementOf = (query: Query): [sql: string, params: unknown[]] => {
  const { sql, params } = query.toSQL();
  return [sql, params];
};

/** Every test file ends with a look at the plans of all that it ran (`test/setup.ts`); here is that the look sees. */
describe("no statement of the Worker reads a whole table", () => {
  it("and whatever a request runs is seen", async () => {
    const { token } = await newUser();
    const statements = watchStatements();
    await json(api("/personas", { token }));
    const seen = [...statements.keys()].filter((sql) => /^select .* from "personas"/.test(sql));
    expect(seen).toHaveLength(1);
  });

  it("or it is told with the steps that do", async () => {
    const everything = db.select().from(messages);
    const unindexed = db.select().from(messages).where(eq(messages.finishReason, "x"));
    const counted = db.select({ n: count() }).from(messages);
    const found = await scansIn(new Map([everything, unindexed, counted].map(statementOf)));
    expect(found.map(({ steps }) => steps)).toEqual([
      ["SCAN chat_messages"],
      ["SCAN chat_messages"],
      [expect.stringMatching(/^SCAN chat_messages USING COVERING INDEX/)],
    ]);
  });

  it("nor does a report read more of the roll-up than its days", async () => {
    const queries = usageReport(db, 1, [{ name: "2026-01-01", begin: 0, end: 1 }], "day");
    const plans = await plansOf(new Map(queries.map(statementOf)));
    for (const plan of plans.values()) {
      expect(plan.filter((step) => step.includes("usage_rollup"))).toEqual([
        expect.stringContaining("(user_id=? AND quarter>? AND quarter<?)"),
      ]);
    }
  });

  it("nor does deleting a row, to find what belongs to it", async () => {
    const { results: tables } = await env.DB.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%REFERENCES%'",
    ).all<{ name: string }>();
    expect(tables.length).toBeGreaterThan(5);
    for (const { name } of tables) {
      const keys = await env.DB.prepare(`PRAGMA foreign_key_list(${name})`).all<{ from: string }>();
      const lookUps = keys.results.map(({ from }) => `SELECT 1 FROM ${name} WHERE ${from} = ?`);
      expect(lookUps, name).not.toEqual([]);
      expect(await scansIn(new Map(lookUps.map((sql) => [sql, [1]])))).toEqual([]);
    }
  });
});

describe("the migrations", () => {
  it("never rebuild a table, which would empty what belongs to it", () => {
    const statements = env.TEST_MIGRATIONS.flatMap((migration) => migration.queries);
    expect(statements.length).toBeGreaterThan(10);
    for (const statement of statements) expect(statement).not.toMatch(/DROP TABLE|__new_/i);
  });
});
