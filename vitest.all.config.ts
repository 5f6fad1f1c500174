import { defineConfig } from "vitest/config";

/** Every test in one run, so that one line at the end counts them all. */
export default defineConfig({
  test: {
    projects: ["./vitest.config.ts", "./vitest.live.config.ts", "./vitest.faults.config.ts"],
    reporters: ["default", "./test/faults/table.ts", "./test/live/totals.ts"],
  },
});
