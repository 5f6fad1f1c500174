import { defineConfig } from "vitest/config";

import { workerTests } from "./vitest.config.ts";

/** What users may do with their chats, once more with all of it encrypted: the same tests, not copies of them. */
const { test, ...config } = await workerTests(
  [
    "test/encrypted/**/*.test.ts",
    "test/chat/{tree,turns}.test.ts",
    "test/routes/{account,safety-accounts}.test.ts",
    "test/jobs/retention.test.ts",
  ],
  [],
  { ENCRYPTION_KEY: Buffer.alloc(32, "k").toString("base64") },
);

export default defineConfig({ ...config, test: { ...test, name: "encrypted" } });
