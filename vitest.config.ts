import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Empty is as good as not set: what a developer has in `.dev.vars` must not decide what the tests see. */
const UNSET = {
  OPENAI_BASE_URL: "",
  OPENAI_MODEL: "",
  OPENAI_MAX_TOKENS: "",
  OPENAI_TEMPERATURE: "",
  OFFLINE_MODEL: "",
  CONTEXT_MAX_TOKENS: "",
  MESSAGE_MAX_CHARACTERS: "",
  TURN_TIMEOUT_MS: "",
  MODEL_PRICES: "",
  PRICE_PROVIDER: "",
  CORS_ORIGINS: "",
  DAILY_TOKEN_ALLOWANCE: "",
  MONTHLY_TOKEN_ALLOWANCE: "",
  DAILY_COST_ALLOWANCE_USD: "",
  MONTHLY_COST_ALLOWANCE_USD: "",
  RETENTION_DAYS: "",
  ARCHIVED_RETENTION_DAYS: "",
};

export default defineConfig({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        bindings: {
          ...UNSET,
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
