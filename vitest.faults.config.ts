import { defineConfig } from "vitest/config";

/** Which random moments are tried; the same seed tries the same ones. */
process.env.FAULTS_SEED ??= String(Date.now() % 1_000_000);

/** The fault suite: real sockets, and everything that can go wrong. */
export default defineConfig({
  test: {
    name: "faults",
    include: ["test/faults/**/*.test.ts"],
    globalSetup: ["./test/live/setup.ts"],
    reporters: ["default", "./test/faults/table.ts", "./test/live/totals.ts"],
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
