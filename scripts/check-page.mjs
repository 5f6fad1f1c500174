// Part of `npm run check`: the page is built, and stays as light as it was promised.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const ROOT = join(import.meta.dirname, "..");
const BUILT = join(ROOT, "dist/page");
/**
 * Bytes after gzip. What is promised is how soon a page is there: `first`, what a first view loads before it shows
 * anything, and `charts`, that and the heaviest room, which draws; and `style`, all of it. A dialog or a room that few visits
 * open is a script of its own, loaded when it is opened: it makes nothing else slower, so it is told and not bounded. The
 * documents are not the page.
 */
const BUDGETS = { first: 60_000, charts: 100_000, style: 10_000 };
const CHARTS = "rooms/usage.tsx";

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
const first = reach("page.html", ["imports"]);
const charts = reach(CHARTS, ["imports", "dynamicImports"], new Set(first));
const all = reach("page.html", ["imports", "dynamicImports"]);
const sizes = {
  first: total(scriptsOf(first)),
  charts: total(scriptsOf([...first, ...charts])),
  style: total(stylesOf(all)),
};
for (const [name, size] of Object.entries(sizes)) {
  if (size > BUDGETS[name])
    fail(`The page is too heavy: ${name} has ${size} bytes after gzip, and may have ${BUDGETS[name]}.`);
}
console.log(`The page after gzip: ${JSON.stringify({ ...sizes, all: total(scriptsOf(all)) })} bytes.`);

/** The names of what an entry loads by these kinds of imports, itself included, without what is there already. */
function reach(name, kinds, there = new Set()) {
  if (there.has(name)) return [];
  there.add(name);
  if (!manifest[name]) fail(`The page's build has no ${name}.`);
  return [
    name,
    ...kinds.flatMap((kind) => manifest[name][kind] ?? []).flatMap((next) => reach(next, kinds, there)),
  ];
}

function stylesOf(names) {
  return names.flatMap((name) => manifest[name].css ?? []);
}

function scriptsOf(names) {
  return names.map((name) => manifest[name].file);
}

function total(files) {
  return [...new Set(files)].reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILT, file))).length, 0);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
