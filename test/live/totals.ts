import { writeSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";

/** Ends the output with one line that any reader of logs understands: `12 passed, 0 failed`. */
export default class Totals implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (...states: ReturnType<TestCase["result"]>["state"][]) =>
      tests.filter((test) => states.includes(test.result().state)).length;
    // A file that could not be read has no tests to fail, and an error outside any test belongs to none.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    const skipped = count("skipped");
    const line =
      `${count("passed")} passed, ${count("failed", "pending") + broken} failed` +
      (skipped > 0 ? `, ${skipped} skipped` : "");
    process.once("exit", () => writeSync(1, `${line}\n`));
  }
}
