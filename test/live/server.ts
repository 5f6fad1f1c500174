import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import unbounded from "../../scripts/unbounded.json" with { type: "json" };

const ROOT = resolve(import.meta.dirname, "../..");
const WRANGLER = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
const VITE = join(ROOT, "node_modules/vite/bin/vite.js");
const START_TIMEOUT_MS = 60_000;

const run = promisify(execFile);

type Options = {
  /** The Worker's variables, beside a SECRET_KEY; registration is open, and nothing is bounded. */
  vars?: Record<string, string>;
  /** Another wrangler.toml; its paths are read from the project's root. */
  config?: string;
  /** Another entry point, such as one that wraps the Worker's bindings. */
  main?: string;
  /** Whether the page is built and served, too. */
  page?: boolean;
  /** State to go on with, or to keep: it is not removed at the end. */
  persistTo?: string;
};

export type Server = Awaited<ReturnType<typeof startServer>>;

const running = new Set<ChildProcess>();
process.on("exit", () => running.forEach((child) => signalGroup(child, "SIGKILL")));

/**
 * Makes once for all test files what every server begins with: the Worker's bundle, and storage with all migrations. Returns
 * what removes it.
 */
export async function prepareServers(): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), "persona-servers-"));
  await layOut(home, {});
  await Promise.all([bundle(home, undefined), applyMigrations(home, join(home, "state"))]);
  process.env.PREPARED_SERVER = home;
  return () => rm(home, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * A server of one's own on a free port, on the real local runtime and with its own storage. It runs a bundle made
 * when it starts, so editing a source file does not reload it.
 * @throws with the server's output if it does not answer within a minute
 */
export async function startServer({ vars = {}, config, main, page = false, persistTo }: Options = {}) {
  const home = await mkdtemp(join(tmpdir(), "persona-server-"));
  const state = persistTo ?? join(home, "state");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let output = "";
  let child: ChildProcess | undefined;

  const start = async () => {
    child = wrangler(home, ["dev", "bundle/index.js", "--no-bundle", "--ip", "127.0.0.1"], {
      port,
      state,
      log: (text) => (output += text),
    });
    await healthy(url, child, () => output);
  };
  const stop = async () => {
    if (child) await endGroup(child);
    child = undefined;
  };
  const discard = async () => {
    await stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    await layOut(home, { vars, config });
    await Promise.all([provideBundle(home, main), provideState(home, state), page && buildPage(home)]);
    await start();
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    url,
    /** Everything the server has printed so far. */
    logs: () => output,
    /** Ends the server and removes what it left behind. */
    stop: discard,
    [Symbol.asyncDispose]: discard,
    /** Ends the runtime as a crash would, in the middle of whatever it does. `restart` brings it back. */
    kill9: async () => {
      const pids = await runtimesOf(child!);
      for (const pid of pids) process.kill(pid, "SIGKILL");
      await gone(pids);
    },
    /** The runtime's processes. */
    runtimes: () => runtimesOf(child!),
    /** Starts again, with the same address and storage; without warning if it is still running. */
    restart: async () => {
      if (child) signalGroup(child, "SIGKILL");
      await stop();
      await start();
    },
    /** What `npm run invite` prints for this server's database, and the token in it. */
    invite: async (email: string, ...flags: string[]) => {
      const args = [join(ROOT, "scripts/invite.mjs"), email, "--persist-to", state, ...flags];
      const said = await run(process.execPath, args, { env: environment }).catch((error: unknown) => error);
      const { stdout, stderr } = said as { stdout: string; stderr: string };
      return { said: stdout + stderr, invitation: /dpi_[\w-]{43}/.exec(stdout)?.[0] };
    },
    /** Waits until the server answers. */
    healthy: () => healthy(url, child!, () => output),
  };
}

/** A folder that looks like the project to wrangler, with variables of its own. */
async function layOut(home: string, { vars, config }: Pick<Options, "vars" | "config">) {
  for (const name of ["state", "dist/page"]) await mkdir(join(home, name), { recursive: true });
  const toml = await readFile(config ?? join(ROOT, "wrangler.toml"), "utf8");
  // Most tests need no page, and none needs it built at every command.
  await writeFile(join(home, "wrangler.toml"), toml.replace(/^\[build\]\n(?:\w.*\n)*/m, ""));
  for (const name of ["drizzle", "node_modules", "src", "test"])
    await symlink(join(ROOT, name), join(home, name));
  const variables = {
    SECRET_KEY: "a-secret-for-live-tests-only-0123456789",
    REGISTRATION: "open",
    ...unbounded,
    ...vars,
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}='${value}'\n`);
  await writeFile(join(home, ".dev.vars"), lines.join(""), { mode: 0o600 });
}

const buildPage = (home: string) =>
  run(process.execPath, [VITE, "build", "--logLevel", "warn", "--outDir", join(home, "dist/page")], {
    cwd: ROOT,
    // The test runner's own would build a page that installs no service worker.
    env: { ...process.env, NODE_ENV: "production" },
  });

const prepared = (folder: string) => process.env.PREPARED_SERVER && join(process.env.PREPARED_SERVER, folder);

async function provideBundle(home: string, main: string | undefined) {
  const ready = prepared("bundle");
  if (main || !ready) await bundle(home, main);
  else await cp(ready, join(home, "bundle"), { recursive: true });
}

async function provideState(home: string, state: string) {
  const ready = prepared("state");
  const isNew = (await readdir(state)).length === 0;
  if (ready && isNew) await cp(ready, state, { recursive: true });
  else await applyMigrations(home, state);
}

async function bundle(home: string, main: string | undefined) {
  // Beside another entry point wrangler would look for the project's own configuration.
  const entry = main ? [resolve(ROOT, main), "--config", join(home, "wrangler.toml")] : [];
  await wranglerOnce(home, ["deploy", ...entry, "--dry-run", "--outdir", join(home, "bundle")]);
  if (main) await copyFile(join(home, "bundle", bundleName(main)), join(home, "bundle/index.js"));
}

const bundleName = (main: string) => main.split("/").at(-1)!.replace(/\.ts$/, ".js");

const applyMigrations = (home: string, state: string) =>
  wranglerOnce(home, ["d1", "migrations", "apply", "DB", "--local", "--persist-to", state]);

const environment = {
  ...process.env,
  CI: "1",
  NO_COLOR: "1",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_WRITE_LOGS: "false",
};

async function wranglerOnce(home: string, args: string[]) {
  try {
    await run(process.execPath, [WRANGLER, ...args], { cwd: home, env: environment });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`wrangler ${args[0]} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

type Running = { port: number; state: string; log: (text: string) => void };

/** Starts wrangler as the leader of a process group, so that its runtimes can be ended with it. */
function wrangler(home: string, args: string[], { port, state, log }: Running): ChildProcess {
  const where = ["--port", String(port), "--inspector-port", "0", "--persist-to", state];
  const child = spawn(process.execPath, [WRANGLER, ...args, ...where], {
    cwd: home,
    env: environment,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (data: Buffer) => log(data.toString()));
  child.stderr.on("data", (data: Buffer) => log(data.toString()));
  running.add(child);
  return child;
}

async function healthy(url: string, child: ChildProcess, output: () => string) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`The server does not answer:\n${output()}`);
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals) {
  try {
    process.kill(-child.pid!, signal);
  } catch {
    // The group has ended already.
  }
}

async function endGroup(child: ChildProcess) {
  const alive = () => child.exitCode === null && child.signalCode === null;
  if (alive()) {
    const ended = once(child, "exit");
    signalGroup(child, "SIGTERM");
    await Promise.race([ended, sleep(5000, undefined, { ref: false })]);
  }
  signalGroup(child, "SIGKILL");
  if (alive()) await once(child, "exit");
  running.delete(child);
}

async function runtimesOf(child: ChildProcess): Promise<number[]> {
  const { stdout } = await run("ps", ["-A", "-o", "pid=,pgid=,args="]);
  return stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, group, command]) => Number(group) === child.pid && command?.endsWith("workerd"))
    .map(([pid]) => Number(pid));
}

async function gone(pids: number[]) {
  const alive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  while (pids.some(alive)) await sleep(5);
}
