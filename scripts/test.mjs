/**
 * `npm test` after its checks: all tests but the fault suite. Those of the page wait for a browser more than they compute, so
 * they run beside the others. Ends with one line that counts them all.
 */
import { spawn } from "node:child_process";

const BESIDE = "vitest.page.config.ts";
const TOTALS = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm;

/** Runs the tests of a configuration; what they print goes to `write`. Their counts, and the exit code. */
function run(config, write) {
  const args = ["node_modules/vitest/vitest.mjs", "run", "-c", config];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (piece) => {
      text += piece;
      write(piece);
    });
  }
  return new Promise((resolve) => {
    child.once("close", (code) => {
      const [, ...counts] = [...text.matchAll(TOTALS)].at(-1) ?? [];
      resolve({ counts: counts.map((count) => Number(count ?? 0)), code: code ?? 1 });
    });
  });
}

const later = [];
const [others, page] = await Promise.all([
  run("vitest.all.config.ts", (piece) => process.stdout.write(piece)),
  run(BESIDE, (piece) => later.push(piece)),
]);
process.stdout.write(later.join(""));

const [passed, failed, skipped] = [0, 1, 2].map((i) => (others.counts[i] ?? 0) + (page.counts[i] ?? 0));
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
process.exitCode = others.code || page.code;
