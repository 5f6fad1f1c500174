import { defineConfig } from "vitest/config";

/** The tests over real sockets, against servers that they start. */
export default defineConfig({
  test: {
    name: "live",
    maxWorkers: "100%",
    include: ["test/live/**/*.test.ts"],
    globalSetup: ["./test/live/setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 90_000,
  },
});
