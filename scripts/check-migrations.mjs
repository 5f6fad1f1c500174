// Part of `npm run check`: the migrations in drizzle/ lead to exactly what src/db/schema.ts says.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const MIGRATIONS = join(ROOT, "drizzle");

const missing = missingMigration();
if (missing) {
  console.error(
    `The schema is ahead of the migrations: npm run db:generate, and commit what it writes.\n\n${missing}`,
  );
  process.exit(1);
}

/** What `drizzle-kit generate` would add or ask, or null where it has nothing to add. It works on a copy. */
function missingMigration() {
  const copy = mkdtempSync(join(tmpdir(), "persona-migrations-"));
  try {
    cpSync(MIGRATIONS, copy, { recursive: true });
    const said = generateInto(copy);
    const added = sqlFiles(copy).filter((name) => !sqlFiles(MIGRATIONS).includes(name));
    if (added.length > 0) return added.map((name) => read(copy, name)).join("\n");
    return said.includes("nothing to migrate") ? null : said;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Everything it prints. Without a terminal it ends where it would ask whether a column was renamed. */
function generateInto(folder) {
  const kit = join(ROOT, "node_modules/drizzle-kit/bin.cjs");
  const args = [kit, "generate", "--dialect", "sqlite", "--schema", "./src/db/schema.ts"];
  const { stdout, stderr } = spawnSync(process.execPath, [...args, "--out", relative(ROOT, folder)], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return stdout + stderr;
}

function sqlFiles(folder) {
  return readdirSync(folder).filter((name) => name.endsWith(".sql"));
}

function read(folder, name) {
  return readFileSync(join(folder, name), "utf8");
}
