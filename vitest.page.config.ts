import { defineConfig } from "vitest/config";

/** The page in a real browser, against a server that it starts: one of each for all files, which run one after the other. */
export default defineConfig({
  test: {
    name: "page",
    include: ["test/page/**/*.test.ts"],
    globalSetup: ["./test/page/setup.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
