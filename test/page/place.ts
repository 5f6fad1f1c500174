import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { chromium } from "playwright-core";

import { freePort, startServer } from "../live/server.ts";

/** Where the page's server is and keeps its state, where its model is asked, and where the browser is, if there is one. */
export type Place = { url: string; state: string; upstreamPort: number; browser: string | null };

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
export const NO_BROWSER =
  "No browser is here to try the page in: apt-get install -y chromium, or name yours in CHROMIUM.";

/** A server with the page, and a browser. */
export async function openPlace(): Promise<Place & { close: () => Promise<void> }> {
  const upstreamPort = await freePort();
  const state = await mkdtemp(join(tmpdir(), "persona-page-"));
  const [server, browser] = await Promise.all([
    startServer({
      page: true,
      persistTo: state,
      vars: {
        OPENAI_BASE_URL: `http://127.0.0.1:${upstreamPort}/v1`,
        OPENAI_API_KEY: "sk-test",
        UPSTREAM_RETRIES: "0",
        RATE_LIMITS: "off",
        MAIL_URL: "console",
        // Titles are first words: a call for one would take an answer that a test has for another.
        AUTO_TITLE: "off",
      },
    }),
    startBrowser(),
  ]);
  return {
    url: server.url,
    state,
    upstreamPort,
    browser: browser?.wsEndpoint() ?? null,
    close: async () => {
      await browser?.close();
      await server.stop();
      await rm(state, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function startBrowser() {
  const executablePath = [process.env.CHROMIUM ?? "", ...BROWSERS].find((path) => existsSync(path));
  if (!executablePath) {
    console.warn(NO_BROWSER);
    return null;
  }
  // As root, which CI containers are, the browser has no sandbox to run in.
  return chromium.launchServer({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}

const ROOT = resolve(import.meta.dirname, "../..");
const WRANGLER = join(ROOT, "node_modules/wrangler/bin/wrangler.js");

/** Puts into the database what would take the API minutes. */
export async function execute({ state }: Pick<Place, "state">, sql: string): Promise<void> {
  const args = ["d1", "execute", "DB", "--local", "--persist-to", state, "--command", sql];
  const env = { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_WRITE_LOGS: "false" };
  await promisify(execFile)(process.execPath, [WRANGLER, ...args], { cwd: ROOT, env });
}

/** Numbers from 1. */
const series = (count: number) =>
  `WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ${count})`;

type Talk = { id: number; persona: number };
export const MANY = { messages: 10_000, conversations: 1000 } as const;

/** Fills a conversation with 10,000 messages, and puts a thousand others beside it, the oldest called by a name of its own. */
export async function fillTalk(place: Pick<Place, "state">, { id, persona }: Talk): Promise<void> {
  const [base, now, count] = [id * 2 ** 20, Date.now(), MANY.messages];
  await execute(
    place,
    `INSERT INTO chat_messages (id, conversation_id, parent_id, depth, role, content, status, created_at)
    ${series(count)}
    SELECT ${base} + n, ${id}, CASE n WHEN 1 THEN NULL ELSE ${base} + n - 1 END, n - 1,
      CASE n % 2 WHEN 1 THEN 'user' ELSE 'assistant' END, 'Message ' || n || ' of many' || CASE n % 6 WHEN 0 THEN
        char(10) || char(10) || 'The *tide* was out, and we walked to the **lighthouse** and back before it rained.' ELSE '' END,
      'complete', ${now} - (${count} - n) * 60000
    FROM series;
    UPDATE conversations SET head_message_id = ${base + count}, message_seq = ${count},
      message_count = ${count}, revision = 1 WHERE id = ${id};
    INSERT INTO conversations (user_id, persona_id, title, nonce, created_at, updated_at)
    ${series(MANY.conversations)}
    SELECT user_id, ${persona},
      CASE n WHEN ${MANY.conversations} THEN 'The Zürich letters' ELSE 'Talk number ' || n END, 'n' || n,
      ${now} - n * 3600000, ${now} - n * 3600000
    FROM series, personas WHERE personas.id = ${persona};`,
  );
}
