import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeEach, expect } from "vitest";

import { scansIn, watchStatements } from "./db/plans";

/**
 * What the server logs, shown where a test fails. Told to the runner line by line it would leave the runner waiting for ever: the
 * answer to a line of work that outlives its request belongs to that request.
 */
const logged: string[] = [];
const show = console.log;
for (const method of ["log", "info", "warn", "error"] as const)
  console[method] = (...parts: unknown[]) => void logged.push(parts.map(String).join(" "));
beforeEach(({ onTestFailed }) => {
  logged.length = 0;
  onTestFailed(() => show(logged.join("\n")));
});

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);

const statements = watchStatements();

afterAll(async () => {
  expect(await scansIn(statements), "statements that read a whole table").toEqual([]);
});
