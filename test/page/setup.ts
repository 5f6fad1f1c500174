import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";

import { freePort, startServer } from "../live/server.ts";

declare module "vitest" {
  interface ProvidedContext {
    page: Place;
  }
}

/** Where the page's server is and keeps its state, where its model is asked, and where the browser is, if there is one. */
export type Place = { url: string; state: string; upstreamPort: number; browser: string | null };

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** One server and one browser for all tests of the page. */
export default async function setUp(project: TestProject) {
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
      },
    }),
    startBrowser(),
  ]);
  project.provide("page", { url: server.url, state, upstreamPort, browser: browser?.wsEndpoint() ?? null });
  return async () => {
    await browser?.close();
    await server.stop();
    await rm(state, { recursive: true, force: true, maxRetries: 5 });
  };
}

async function startBrowser() {
  const executablePath = [process.env.CHROMIUM ?? "", ...BROWSERS].find((path) => existsSync(path));
  if (!executablePath) {
    console.warn(
      "The page is not tested in a browser, since none is here: apt-get install -y chromium, or name yours in CHROMIUM.",
    );
    return null;
  }
  // As root, which CI containers are, the browser has no sandbox to run in.
  return chromium.launchServer({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
