import { env } from "cloudflare:workers";
import { SQLiteD1Session } from "drizzle-orm/d1";

/** A statement and the parameters it first came with. */
type Statements = Map<string, unknown[]>;

const db = { prepare: env.DB.prepare.bind(env.DB), batch: env.DB.batch.bind(env.DB) };

/**
 * Records every statement that goes through `openDatabase`, the Worker's only way to its database, in whatever a test does.
 * What a test writes for itself with `env.DB.prepare` is none of them.
 */
export function watchStatements(): Statements {
  const statements: Statements = new Map();
  const { prototype } = SQLiteD1Session;
  const prepareQuery = prototype.prepareQuery;
  prototype.prepareQuery = function (query, ...rest) {
    if (!statements.has(query.sql)) statements.set(query.sql, query.params);
    return prepareQuery.call(this, query, ...rest);
  };
  return statements;
}

/**
 * What may be read from end to end, since it is no table and as short as the answer: a branch's path and its list of ids,
 * a report's spans, buckets and counts, the two rows of an allowance's account, the page that retention deletes. And the
 * one row of upstream checks, and SQLite's one row for each table that numbers its rows.
 */
const SHORT =
  /^SCAN (path|\(subquery|CONSTANT ROW|\d+ CONSTANT ROWS?|\w+ (EXISTS )?VIRTUAL TABLE|counts|used|held|oldest|upstream_checks|sqlite_sequence)\b/;

/** A step that reads a whole table, or a whole index. */
export const readsTable = (step: string) => step.startsWith("SCAN ") && !SHORT.test(step);

/** A query that is prepared has places where others have values. */
const boundOf = (param: unknown) => (typeof param === "object" ? null : param);

/** How SQLite would run each of these, a line a step. */
export async function plansOf(statements: Statements): Promise<Map<string, string[]>> {
  const explained = [...statements].filter(([sql]) => /^\s*(select|insert|update|delete|with)\b/i.test(sql));
  if (explained.length === 0) return new Map();
  const plans = await db.batch<{ detail: string }>(
    explained.map(([sql, params]) => db.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...params.map(boundOf))),
  );
  return new Map(explained.map(([sql], i) => [sql, plans[i]!.results.map(({ detail }) => detail)]));
}

/** Of these statements the ones that read a whole table, with the steps that do. */
export async function scansIn(statements: Statements): Promise<{ sql: string; steps: string[] }[]> {
  return [...(await plansOf(statements))]
    .map(([sql, plan]) => ({ sql, steps: plan.filter(readsTable) }))
    .filter(({ steps }) => steps.length > 0);
}
