// Part of `npm run check`: the page is built, and stays as light as it was promised.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const ROOT = join(import.meta.dirname, "..");
const BUILT = join(ROOT, "dist/page");
/** Bytes after gzip, of what the first view loads and of all that the page may load later; the documents are not the page. */
const BUDGETS = { first: 60_000, all: 100_000, style: 10_000 };

const build = spawnSync(
  process.execPath,
  [join(ROOT, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn", "--manifest"],
  {
    cwd: ROOT,
    encoding: "utf8",
  },
);
if (build.status !== 0) fail(`The page could not be built:\n${build.stdout}${build.stderr}`);

const manifest = JSON.parse(readFileSync(join(BUILT, ".vite/manifest.json"), "utf8"));
const sizes = {
  first: total(reach("page.html", ["imports"]).map(({ file }) => file)),
  all: total(reach("page.html", ["imports", "dynamicImports"]).map(({ file }) => file)),
  style: total(reach("page.html", ["imports", "dynamicImports"]).flatMap(({ css = [] }) => css)),
};
for (const [name, size] of Object.entries(sizes)) {
  if (size > BUDGETS[name])
    fail(`The page is too heavy: ${name} has ${size} bytes after gzip, and may have ${BUDGETS[name]}.`);
}

/** What an entry loads by these kinds of imports, itself included. */
function reach(name, kinds, seen = new Set()) {
  if (seen.has(name)) return [];
  seen.add(name);
  const part = manifest[name];
  return [part, ...kinds.flatMap((kind) => part[kind] ?? []).flatMap((next) => reach(next, kinds, seen))];
}

function total(files) {
  return [...new Set(files)].reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILT, file))).length, 0);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
