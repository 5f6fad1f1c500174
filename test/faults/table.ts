import type { Reporter, TestModule } from "vitest/node";

/** Prints what each case of the fault suite has tried, and what was lost or duplicated. */
export default class Table implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const rows = tests.flatMap((test) => {
      const { faults } = test.meta();
      return faults ? [[test.fullName, faults.tried, faults.lost, faults.duplicated] as const] : [];
    });
    if (rows.length === 0) return;
    const width = Math.max(...rows.map(([name]) => name.length));
    const line = (...[name, ...counts]: readonly (string | number)[]) =>
      `${String(name).padEnd(width)}${counts.map((count) => String(count).padStart(12)).join("")}`;
    const lines = [line("case", "tried", "lost", "duplicated"), ...rows.map((row) => line(...row))];
    console.log(`\nFaults, with FAULTS_SEED=${process.env.FAULTS_SEED}\n${lines.join("\n")}\n`);
  }
}
