import { defineConfig } from "vitest/config";

/** All tests but the fault suite, which takes minutes, in one run: one line at the end counts them all. */
export default defineConfig({
  test: {
    projects: [
      "./vitest.config.ts",
      "./vitest.encrypted.config.ts",
      "./vitest.live.config.ts",
      "./vitest.page.config.ts",
    ],
    maxWorkers: "100%",
    silent: "passed-only",
    reporters: ["default", "./test/live/totals.ts"],
  },
});
