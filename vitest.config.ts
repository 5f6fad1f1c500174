import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        bindings: {
          TEST_MIGRATIONS: await readD1Migrations("drizzle"),
          SECRET_KEY: "a-secret-for-tests-only-0123456789abcdef",
          OPENAI_API_KEY: "sk-test",
          RATE_LIMITS: "off",
          UPSTREAM_RETRIES: "0",
          UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: "1500",
          UPSTREAM_IDLE_TIMEOUT_MS: "1000",
        },
      },
    }),
  ],
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/live/**", "test/faults/**"],
    setupFiles: ["./test/setup.ts"],
  },
});
