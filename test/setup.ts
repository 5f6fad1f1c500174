import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, expect } from "vitest";

import { scansIn, watchStatements } from "./db/plans";

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);

const statements = watchStatements();

afterAll(async () => {
  expect(await scansIn(statements), "statements that read a whole table").toEqual([]);
});
