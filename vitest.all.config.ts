import { defineConfig } from "vitest/config";

/** All tests but those of the page, which `npm test` runs beside them, and the fault suite, which takes minutes. */
export default defineConfig({
  test: {
    projects: ["./vitest.config.ts", "./vitest.encrypted.config.ts", "./vitest.live.config.ts"],
    maxWorkers: "100%",
    silent: "passed-only",
    reporters: ["default", "./test/live/totals.ts"],
  },
});
