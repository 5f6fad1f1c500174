import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import unbounded from "./scripts/unbounded.json" with { type: "json" };

/** Empty is as good as not set: what a developer has in `.dev.vars` must not decide what the tests see. */
const UNSET = {
  ENCRYPTION_KEY: "",
  OPENAI_BASE_URL: "",
  OPENAI_MODEL: "",
  OPENAI_MAX_TOKENS: "",
  OPENAI_TEMPERATURE: "",
  UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: "",
  UPSTREAM_IDLE_TIMEOUT_MS: "",
  OFFLINE_MODEL: "",
  CONTEXT_MAX_TOKENS: "",
  MEMORY_TOKENS: "",
  MEMORY_MODEL: "",
  EMBEDDINGS: "",
  EMBEDDINGS_MODEL: "",
  EMBEDDINGS_KEY: "",
  MESSAGE_MAX_CHARACTERS: "",
  AUTO_TITLE: "",
  TURN_TIMEOUT_MS: "",
  MODEL_PRICES: "",
  PRICE_PROVIDER: "",
  CORS_ORIGINS: "",
  MONTHLY_TOKEN_ALLOWANCE: "",
  MONTHLY_COST_ALLOWANCE_USD: "",
  RETENTION_DAYS: "",
  ARCHIVED_RETENTION_DAYS: "",
  PUBLIC_URL: "",
  EMAIL_VERIFICATION: "",
  SAFETY: "",
  SAFETY_OFF_REASON: "",
  SAFETY_UNKNOWN_AS: "",
  SAFETY_ADULT_CONTENT: "",
  SAFETY_NOTICE_MINUTES: "",
  SAFETY_NOTICE_MINUTES_MINORS: "",
  SAFETY_MINOR_SESSION_MINUTES: "",
  SAFETY_MINOR_DAY_MINUTES: "",
  SAFETY_REGION: "",
  SAFETY_OUTPUT: "",
  SAFETY_NOTICE_IN_TEXT: "",
  SAFETY_NOTICE_TEXTS: "",
  // Nothing is asked on the network: tests that are about it name a server of theirs.
  SAFETY_MODERATION: "off",
  SAFETY_MODERATION_KEY: "",
  SAFETY_OPERATOR_URL: "",
  SAFETY_WEBHOOK_URL: "",
  SAFETY_WEBHOOK_SECRET: "",
  SAFETY_EVENT_DAYS: "",
};

/**
 * Every path of a package that the Worker and its tests import. Bundled once, they spare each test file a second of
 * loading hundreds of modules one by one. All of them, or a package would be there twice: in a bundle, and beside it.
 */
const packages = () => {
  const files = globSync("{src,test}/**/*.ts", {
    exclude: ["test/{live,faults,bench,page}/**", "src/page/**"],
  });
  const imports = /^(?:import|export)\s(?!type\s)[^;]*?\sfrom "([^".][^"]*)";$/gm;
  const paths = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(imports)].flatMap(([, path]) => path ?? []),
  );
  return [...new Set(paths)].filter(
    (path) => !/^(node:|cloudflare:|vitest$|@fast-check\/vitest$)/.test(path),
  );
};

/** The tests on the local runtime: these files, with these bindings beside those of all tests. */
export const workerTests = async (
  include: string[],
  exclude: string[],
  bindings: Record<string, string> = {},
) => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        // For tests that give the Worker one: all others run without.
        r2Buckets: { TEST_BUCKET: "files" },
        bindings: {
          ...UNSET,
          // As with `npm start`: nothing is bounded but where a test sets a bound.
          ...unbounded,
          TEST_MIGRATIONS: await readD1Migrations("drizzle"),
          SECRET_KEY: "a-secret-for-tests-only-0123456789abcdef",
          OPENAI_API_KEY: "sk-test",
          RATE_LIMITS: "off",
          REGISTRATION: "open",
          ADMIN_EMAILS: "admin@example.com,other-admin@example.com",
          UPSTREAM_RETRIES: "0",
          // Where nobody listens: tests that are about mails put a server of theirs in its place.
          MAIL_URL: "http://127.0.0.1:9/",
          MAIL_FROM: "hello@persona.test",
          MAIL_TOKEN: "a-token-for-tests-only",
          ...bindings,
        },
      },
    }),
  ],
  // A hundred registrations spend a minute on hashes that nobody guesses.
  resolve: { alias: [{ find: /^\.\/hash-cost$/, replacement: resolve("test/hash-cost.ts") }] },
  test: {
    include,
    exclude: ["test/live/**", "test/faults/**", "test/page/**", ...exclude],
    setupFiles: ["./test/setup.ts"],
    maxWorkers: "100%",
    deps: { optimizer: { ssr: { enabled: true, include: packages() } } },
    // Nothing is awaited that does not come; how long it may take is for no slow machine to decide.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000, interval: 10 } },
  },
});

export default defineConfig(await workerTests(["test/**/*.test.ts"], ["test/encrypted/**"]));
