/**
 * `npm run bench:page`: whether the page stutters. A reply of 60 words a second, 10,000 messages scrolled from the last to the
 * first, and 1,000 conversations scrolled and searched, in a real browser; what keeps its main thread for longer than 50 ms is
 * a long task. It prints Markdown, and fails where a reply has one, or the build takes longer than 2 s; `--seconds=10` is how
 * long the reply takes.
 */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { chromium, type Page } from "playwright-core";

import { api } from "../live/client.ts";
import { startUpstream, type Step } from "../live/upstream.ts";
import { fillTalk, MANY, NO_BROWSER, openPlace, type Place } from "./place.ts";

const ROOT = resolve(import.meta.dirname, "../..");

const WORDS_A_SECOND = 60;
const seconds = Number(process.argv.find((it) => it.startsWith("--seconds="))?.split("=")[1] ?? 10);

/** Paragraphs, emphasis, lists, quotes, tables and code: what a reply is made of. */
const PASSAGE = `The sea was *still* this morning, and I sat on the harbour wall with **cold coffee** until the gulls got bored of me.

1. A proper windbreaker, for the lighthouse
2. The blue thermos (yes, the dented one)
3. A paperback you do not mind getting wet

> The sea does not reward those who are too anxious.

| What | How much |
| --- | --- |
| Potatoes | 500 g |
| Leeks | 2 |

\`\`\`sh
echo "potatoes leeks cream chives" | tr ' ' '\\n'
\`\`\`

`;

/** So many words, at that pace. */
function paced(count: number): Step[] {
  const words = PASSAGE.match(/\s*\S+\s*/g) ?? [];
  const steps = Array.from({ length: count }, (_, i): Step[] => [
    { wait: 1000 / WORDS_A_SECOND },
    { text: words[i % words.length] ?? "" },
  ]);
  return [...steps.flat(), { finish: "stop" }, { done: true }];
}

type Account = { email: string; password: string; token: string };
type Talk = { account: Account; id: number; persona: number };

async function newTalk({ url }: Place): Promise<Talk> {
  const credentials = { email: `bench-${randomUUID()}@example.com`, password: "password123" };
  const { access_token: token } = await api<{ access_token: string }>(`${url}/auth/register`, {
    body: credentials,
  });
  const make = (path: string, body: object) => api<{ id: number }>(url + path, { token, body });
  const { id: persona } = await make("/personas", { name: "Alex", relation_type: "friend" });
  const { id } = await make("/chat/conversations", { title: "A talk by the sea", persona_id: persona });
  return { account: { ...credentials, token }, id, persona };
}

/** What the browser has counted since this was called last. Seconds, and milliseconds of long tasks. */
type Cost = { task: number; script: number; layout: number; nodes: number; heap: number; long: number[] };

/** A talk that is open in a window, and what it costs. */
async function open({ url, browser: address }: Place, { account, id }: Talk, path = `/c/${id}`) {
  const browser = await chromium.connect(address ?? "");
  const context = await browser.newContext({
    baseURL: url,
    locale: "en-GB",
    viewport: { width: 1280, height: 800 },
  });
  const { email, password } = account;
  await context.request.post("/auth/login", {
    data: { email, password, cookie: true },
    headers: { origin: url },
  });
  const page = await context.newPage();
  await page.addInitScript(() => {
    localStorage.setItem("signed-in", "yes");
    const long: number[] = [];
    Object.assign(window, { long });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) long.push(duration);
    }).observe({ type: "longtask" });
  });
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  let before = new Map<string, number>();
  const cost = async (): Promise<Cost> => {
    const { metrics } = (await session.send("Performance.getMetrics")) as {
      metrics: { name: string; value: number }[];
    };
    const now = new Map(metrics.map(({ name, value }) => [name, value]));
    const since = (name: string) => (now.get(name) ?? 0) - (before.get(name) ?? 0);
    const long = await page.evaluate(() => (window as unknown as { long: number[] }).long.splice(0));
    const measured = {
      task: since("TaskDuration"),
      script: since("ScriptDuration"),
      layout: since("LayoutDuration") + since("RecalcStyleDuration"),
      nodes: now.get("Nodes") ?? 0,
      heap: (now.get("JSHeapUsedSize") ?? 0) / 2 ** 20,
      long,
    };
    before = now;
    return measured;
  };
  await page.goto(path);
  await page
    .getByRole("heading", { name: "A talk by the sea" })
    .or(page.getByRole("heading", { name: "Alex" }))
    .waitFor();
  await page.waitForTimeout(1500);
  const opening = await cost();
  return { page, cost, opening, close: () => browser.close() };
}

/** Says something, and waits for the whole reply. */
async function stream(page: Page): Promise<number> {
  const begun = performance.now();
  await page.getByLabel("Write to Alex").fill("Tell me of the sea.");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Stop the reply" }).waitFor();
  await page.getByRole("button", { name: "Send" }).waitFor({ timeout: 120_000 });
  return (performance.now() - begun) / 1000;
}

/** Scrolls up as fast as a wheel that is spun, until the first message is there. */
async function scrollToFirst(page: Page): Promise<number> {
  const begun = performance.now();
  await page.mouse.move(800, 400);
  const first = page.getByText("Message 1 of many", { exact: true });
  while (!(await first.isVisible())) {
    for (let i = 0; i < 10; i++) await page.mouse.wheel(0, -2500);
    await page.waitForTimeout(16);
  }
  return (performance.now() - begun) / 1000;
}

async function scrollDown(page: Page): Promise<number> {
  const begun = performance.now();
  for (let i = 0; i < 200; i++) {
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(16);
  }
  return (performance.now() - begun) / 1000;
}

/** Scrolls through the list of conversations, as far as they are read on the way. */
async function scrollList(page: Page): Promise<number> {
  const begun = performance.now();
  await page.mouse.move(150, 500);
  for (let i = 0; i < 120; i++) {
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(16);
  }
  return (performance.now() - begun) / 1000;
}

/** Types a word of the oldest one's title, which is looked for among all. */
async function searchList(page: Page): Promise<number> {
  const begun = performance.now();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("zurich", { delay: 60 });
  await page.getByRole("link", { name: /The Zürich letters/ }).waitFor();
  return (performance.now() - begun) / 1000;
}

const HEAD = ["", "s", "busy s", "script s", "layout s", "long tasks", "longest, ms", "nodes", "heap, MB"];
const print = (cells: (string | number)[]) => process.stdout.write(`| ${cells.join(" | ")} |\n`);

/** What has been measured is told at once: who ends this early has it. */
const told = (name: string, elapsed: number, { task, script, layout, nodes, heap, long }: Cost) =>
  print([
    name,
    elapsed.toFixed(1),
    task.toFixed(2),
    script.toFixed(2),
    layout.toFixed(2),
    long.length,
    long.length > 0 ? Math.max(...long).toFixed(0) : "–",
    nodes,
    heap.toFixed(0),
  ]);

/** The page is built into a folder that nothing is served from. Seconds. */
async function build(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "persona-build-"));
  const begun = performance.now();
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  const options = ["build", "--logLevel", "error", "--outDir", folder, "--emptyOutDir"];
  await promisify(execFile)(process.execPath, [vite, ...options], { cwd: ROOT });
  const elapsed = (performance.now() - begun) / 1000;
  await rm(folder, { recursive: true });
  return elapsed;
}

async function measure(place: Place, name: string, talk: Talk, isLong: boolean): Promise<void> {
  const window = await open(place, talk);
  const { page, cost } = window;
  told(`${name}: opened`, 1.5, window.opening);
  const words = seconds * WORDS_A_SECOND;
  for (const turn of [1, 2]) {
    const [elapsed, spent] = [await stream(page), await cost()];
    told(`${name}: reply ${turn}, ${words} words`, elapsed, spent);
    if (spent.long.length > 0) broken.push(`${name}: a long task while reply ${turn} was written`);
  }
  if (isLong) {
    told(`${name}: scrolled to the first`, await scrollToFirst(page), await cost());
    told(`${name}: down by 200 turns of the wheel`, await scrollDown(page), await cost());
    await page.getByRole("button", { name: "To the newest message" }).click();
    told(`${name}: a reply with all of them read`, await stream(page), await cost());
  }
  await window.close();
}

async function measureList(place: Place, name: string, talk: Talk): Promise<void> {
  const { page, cost, opening, close } = await open(place, talk, "/");
  told(`${name}: opened`, 1.5, opening);
  told(`${name}: scrolled`, await scrollList(page), await cost());
  told(`${name}: searched`, await searchList(page), await cost());
  await close();
}

/** What was promised and is not so. */
const broken: string[] = [];

const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`;
const built = await build();
if (built > 2) broken.push("the build takes longer than 2 s");
process.stdout.write(`${machine}; the page is built in ${built.toFixed(2)} s\n\n`);
const place = await openPlace();
try {
  if (!place.browser) throw new Error(NO_BROWSER);
  const upstream = await startUpstream(place.upstreamPort);
  upstream.always(() => paced(seconds * WORDS_A_SECOND));
  print(HEAD);
  print(HEAD.map(() => "---"));
  await measure(place, "a new conversation", await newTalk(place), false);
  const long = await newTalk(place);
  await fillTalk(place, long);
  await measure(place, `${MANY.messages.toLocaleString("en")} messages`, long, true);
  await measureList(place, `${MANY.conversations.toLocaleString("en")} conversations`, long);
  await upstream.stop();
} finally {
  await place.close();
}
if (broken.length > 0) {
  console.error(`Not as promised: ${broken.join("; ")}.`);
  process.exitCode = 1;
}
