import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";

import { freePort } from "./server.ts";

const ROOT = resolve(import.meta.dirname, "../..");
// The page's builder looks at where its files really are.
const COPIED = ["scripts", "src", "wrangler.toml", "package.json", "tsconfig.json", "vite.config.ts"];
const LINKED = ["drizzle", "node_modules"];

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanups.splice(0).toReversed()) await cleanUp();
});

/** `npm start` in a fresh copy of the project, with these variables and none of the developer's. */
async function start(variables: Record<string, string> = {}) {
  const home = await mkdtemp(join(tmpdir(), "persona-first-start-"));
  cleanups.push(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  for (const name of COPIED) await cp(join(ROOT, name), join(home, name), { recursive: true });
  for (const name of LINKED) await symlink(join(ROOT, name), join(home, name));
  const port = await freePort();
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: home,
    env: { PATH, HOME, NO_COLOR: "1", PORT: String(port), ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  cleanups.push(() => end(child));
  const printed = { text: "" };
  child.stdout.on("data", (data: Buffer) => (printed.text += data.toString()));
  child.stderr.on("data", (data: Buffer) => (printed.text += data.toString()));
  return { child, printed, url: `http://localhost:${port}` };
}

/** The exit code, or null after a signal that was not handled. */
async function end(child: ChildProcess, signal?: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, "close");
  child.kill(signal);
  await ended;
  return child.exitCode;
}

async function prints({ child, printed }: Awaited<ReturnType<typeof start>>, text: string) {
  while (!printed.text.includes(text)) {
    if (child.exitCode !== null) throw new Error(`It ended:\n${printed.text}`);
    await sleep(50);
  }
}

/** What the README says under "A first conversation", letter by letter but for the address. */
async function holdFirstConversation(url: string) {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  const [, section] = readme.split("## A first conversation");
  const blocks = [...section!.split("\n## ")[0]!.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block);
  const script = blocks.join("").replace("localhost:8000", new URL(url).host);
  const { stdout } = await promisify(execFile)("sh", ["-ec", script]);
  expect(stdout).toContain("event: turn.completed");
}

async function forgetPassword(url: string, email: string) {
  const post = async (path: string, body: object) => {
    const request = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    };
    return (await fetch(`${url}/auth${path}`, request)).text();
  };
  await post("/register", { email, password: "password123" });
  await post("/password/forgot", { email });
}

describe("npm start", { timeout: 120_000 }, () => {
  test("says where it is, what to try, who answers and how to stop, and then a line for each request; the README's first conversation can be held again and again, and a mail by which a password is set anew is one line, too", async () => {
    const server = await start({ PUBLIC_URL: "http://localhost:3000" });
    await prints(server, "Stop with Ctrl-C.");
    const page = await fetch(server.url, { headers: { accept: "text/html" } });
    expect(await page.text()).toContain("<title>Personas</title>");
    await (await fetch(`${server.url}/nothing-here`)).text();
    await prints(server, '"code":"not_found"');
    await holdFirstConversation(server.url);
    await holdFirstConversation(server.url);
    await forgetPassword(server.url, "sam@example.com");
    await prints(server, '"purpose":"reset_password","sender":"console"');
    expect(await end(server.child, "SIGINT")).toBe(0);

    const [introduction, requests] = server.printed.text.split(
      "Each request is one line below. Stop with Ctrl-C.\n",
    );
    expect(introduction).toBe(
      [
        "Made .dev.vars with a random SECRET_KEY.",
        "",
        "Digital Persona Platform is running.",
        "",
        `  Page       ${server.url}`,
        `  Documents  ${server.url}/docs`,
        `  Try it     npm run demo -- --url ${server.url}    (in another terminal)`,
        "",
        "Replies come from the small offline model; set OPENAI_API_KEY for a real one.",
        "",
      ].join("\n"),
    );
    const isMail = (line: string) => line.startsWith("Mail to ");
    const lines = requests!.trim().split("\n");
    expect(lines.filter(isMail)).toEqual([
      expect.stringMatching(
        /^Mail to sam@example\.com: Set a new password\. .*http:\/\/localhost:3000\/reset#token=dpm_[\w-]{43} /,
      ),
    ]);
    for (const line of lines.filter((line) => !isMail(line)))
      expect(JSON.parse(line)).toMatchObject({
        event: expect.stringMatching(/^(request|turn|mail)$/) as string,
      });
  });

  test("ends with the sentence that names the variable where the configuration cannot be right", async () => {
    const { child, printed } = await start({ OPENAI_MAX_TOKENS: "many" });
    await once(child, "close");
    expect(printed.text).toContain(
      "The server is not configured correctly: OPENAI_MAX_TOKENS must be a number.\n",
    );
    expect(child.exitCode).toBe(1);
  });
});
