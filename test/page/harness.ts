import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "playwright-core";
import { afterAll, beforeAll, expect, inject } from "vitest";

import { api } from "../live/client.ts";
import { startUpstream, type Step, type Upstream } from "../live/upstream.ts";
import { fillTalk } from "./place.ts";

const place = inject("page");
export const url = place.url;
/** Whether there is no browser here: `describe.skipIf(noBrowser)`. */
export const noBrowser = place.browser === null;

/** The language model of the server that all files share: each file speaks for it while it runs. */
export function useUpstream(): { upstream: Upstream } {
  const holder = {} as { upstream: Upstream };
  beforeAll(async () => {
    holder.upstream = await startUpstream(place.upstreamPort);
  });
  afterAll(() => holder.upstream.stop());
  return holder;
}

/** The browser, with everything that a test has opened in it closed at the end of its file. */
export function useBrowser() {
  let browser: Browser;
  const said: string[] = [];
  const shared = new Map<BrowserContextOptions, Promise<BrowserContext>>();
  beforeAll(async () => {
    if (place.browser) browser = await chromium.connect(place.browser);
  });
  afterAll(() => browser?.close());
  const device = async (options: BrowserContextOptions = {}): Promise<BrowserContext> => {
    const context = await browser.newContext({
      baseURL: url,
      locale: "en-GB",
      reducedMotion: "reduce",
      // What a service worker has seen, a test can no longer stand in for.
      serviceWorkers: "block",
      ...options,
    });
    context.setDefaultTimeout(60_000);
    context.on("weberror", (error) => said.push(error.error().message));
    context.on("console", (message) => {
      // A request that is refused, or finds no network, is the page's to handle.
      if (message.type() === "error" && !/Failed to load resource/.test(message.text()))
        said.push(message.text());
    });
    return context;
  };
  const signedIn = async (options: BrowserContextOptions) => {
    const context = await device(options);
    await signIn(context, await ownAccount());
    return context;
  };
  return {
    /** What the browser has complained about: scripts that failed, and what the page's policy has kept out. */
    complaints: said,
    /** A device of its own. Without motion, unless asked for: what moves cannot be pressed. */
    device,
    /**
     * Opens this path on the device that the tests of a file share, where the file's own account is signed in: most tests need
     * no other, and each sign-in costs what guessing a password is to cost. To be closed by the test.
     */
    visit: async (path: string, options: BrowserContextOptions = DESK): Promise<Page> => {
      const context = shared.get(options) ?? signedIn(options);
      shared.set(options, context);
      return openPage(await context, path);
    },
  };
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true } as const;
export const DESK = { viewport: { width: 1280, height: 800 } } as const;

export type Account = { email: string; password: string; token: string };

/** Somebody who is registered, but signed in nowhere yet. */
export async function newAccount(): Promise<Account> {
  const credentials = { email: `user-${randomUUID()}@example.com`, password: "password123" };
  const { access_token: token } = await api<{ access_token: string }>(`${url}/auth/register`, {
    body: credentials,
  });
  return { ...credentials, token };
}

let own: Promise<Account> | null = null;
/** The account that the tests of a file share. */
export const ownAccount = (): Promise<Account> => (own ??= newAccount());

/** A new persona of an account and a conversation with it. */
export async function newTalk(owner: Account | Promise<Account> = ownAccount()) {
  const account = await owner;
  const body = { name: "Alex", description: "An old friend who loves the sea.", relation_type: "friend" };
  const persona = await api<{ id: number }>(`${url}/personas`, { token: account.token, body });
  const conversation = await api<{ id: number }>(`${url}/chat/conversations`, {
    token: account.token,
    body: { title: "A talk by the sea", persona_id: persona.id },
  });
  return { account, persona: persona.id, id: conversation.id };
}

/** Fills a conversation beyond what the API would write in a minute: see `place.ts`. */
export const fill = (talk: { id: number; persona: number }): Promise<void> => fillTalk(place, talk);

/**
 * A way to the server that can be cut, like a network: the browser's own emulation of being offline leaves open streams alone.
 * It ends with the file.
 */
export async function startWay() {
  const sockets = new Set<Socket>();
  let isCut = false;
  const way = createServer((socket) => {
    if (isCut) return void socket.destroy();
    const server = connect(Number(new URL(url).port), "127.0.0.1");
    for (const [from, to] of [
      [socket, server],
      [server, socket],
    ] as const) {
      sockets.add(from);
      from.on("error", () => to.destroy()).on("close", () => to.destroy());
      from.pipe(to);
    }
  }).listen(0, "127.0.0.1");
  await once(way, "listening");
  const end = () => sockets.forEach((socket) => socket.destroy());
  afterAll(() => {
    end();
    way.close();
  });
  return {
    url: `http://127.0.0.1:${(way.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      end();
    },
    mend: () => (isCut = false),
  };
}

/** What the form does, without typing: the cookie is this device's from then on. */
async function signIn(context: BrowserContext, { email, password }: Account, origin = url): Promise<void> {
  const answer = await context.request.post("/auth/login", {
    data: { email, password, cookie: true },
    headers: { origin },
  });
  expect(answer.status()).toBe(200);
}

async function openPage(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(() => localStorage.setItem("signed-in", "yes"));
  await page.goto(path);
  return page;
}

/** Signs in on a device of its own, and opens this path. */
export async function enter(
  context: BrowserContext,
  account: Account,
  path = "/",
  origin = url,
): Promise<Page> {
  await signIn(context, account, origin);
  return openPage(context, path);
}

/** Goes on to a path as a link there would, without loading the page again. */
export const walk = (page: Page, path: string): Promise<void> =>
  page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);

/** What is to be seen in the room, without the list beside it and what is only heard. */
export const inRoom = (page: Page) => page.getByRole("main");

/** A long reply, a word at a time. */
export const words = (count: number): string =>
  Array.from({ length: count }, (_, i) => `word${i + 1}${i % 12 === 11 ? ".\n\n" : ""}`).join(" ");

/** A reply of so many words that waits at that one until it is let go. */
export function held(count: number, at: number) {
  const gate = Promise.withResolvers<void>();
  const steps: Step[] = words(count)
    .split(/(?<= )/)
    .map((text) => ({ text }));
  return {
    text: words(count),
    go: () => gate.resolve(),
    steps: [
      ...steps.slice(0, at),
      { until: gate.promise },
      ...steps.slice(at),
      { finish: "stop" },
      { usage: { prompt_tokens: 20, completion_tokens: count, total_tokens: 20 + count } },
      { done: true },
    ] as Step[],
  };
}
