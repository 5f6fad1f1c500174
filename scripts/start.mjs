// `npm start`: the whole platform on this machine, with nothing to set up first.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { parseEnv } from "node:util";

const ROOT = join(import.meta.dirname, "..");
const WRANGLER = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
const SECRETS = join(ROOT, ".dev.vars");
/** For wrangler: it asks nobody anything, reports nothing, and does not look up where this machine is. */
const environment = {
  ...process.env,
  CI: "1",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

/** What a deployment bounds unless somebody chose otherwise; here nobody pays for anybody else. */
const UNBOUNDED = JSON.parse(readFileSync(new URL("unbounded.json", import.meta.url), "utf8"));

const port = Number(process.env.PORT || 8000);
if (!Number.isInteger(port) || port < 1 || port > 65535) fail("PORT must be a number from 1 to 65535.");
/** Where a debugger may attach; any free port unless one is asked for. */
const inspector = process.env.INSPECTOR_PORT || "0";
await requireFreePort(port);
ensureSecretKey();
migrate();
await serve();

/** Ends with one sentence, and nothing else. */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

async function requireFreePort(port) {
  for (const host of ["127.0.0.1", "::1"]) {
    const code = await new Promise((resolve) => {
      const probe = createServer();
      probe.once("error", (error) => resolve(error.code));
      probe.listen(port, host, () => probe.close(() => resolve(null)));
    });
    if (code === "EADDRINUSE") {
      fail(
        `Port ${port} is already in use: stop what runs there, or choose another with PORT=8001 npm start.`,
      );
    }
    if (code === "EACCES")
      fail(`Port ${port} needs special rights: choose another with PORT=8001 npm start.`);
  }
}

function ensureSecretKey() {
  const line = `SECRET_KEY=${randomBytes(32).toString("hex")}\n`;
  if (!existsSync(SECRETS)) {
    writeFileSync(SECRETS, line, { mode: 0o600 });
    console.log("Made .dev.vars with a random SECRET_KEY.");
    return;
  }
  const text = readFileSync(SECRETS, "utf8");
  if (parseEnv(text).SECRET_KEY) return;
  appendFileSync(SECRETS, (text === "" || text.endsWith("\n") ? "" : "\n") + line);
  chmodSync(SECRETS, 0o600);
  console.log("Added a random SECRET_KEY to .dev.vars.");
}

function migrate() {
  const args = [WRANGLER, "d1", "migrations", "apply", "DB", "--local"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: environment,
    encoding: "utf8",
  });
  if (status !== 0) fail(`The database could not be prepared:\n${stdout}${stderr}`);
}

/** The Worker's variables: those of .dev.vars, those of this process that the server documents, and our defaults. */
function variables() {
  const source = readFileSync(join(ROOT, "src/env.ts"), "utf8");
  const documented = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name);
  const given = documented.filter((name) => process.env[name]).map((name) => [name, process.env[name]]);
  const page = `http://localhost:${port}`;
  const ours = { OFFLINE_MODEL: "true", REGISTRATION: "open", MAIL_URL: "console", PUBLIC_URL: page };
  return { ...UNBOUNDED, ...ours, ...parseEnv(readFileSync(SECRETS, "utf8")), ...Object.fromEntries(given) };
}

/** Written for wrangler, which would read `$NAME` in a value as the name of another. */
function envFile(values) {
  const lines = Object.entries(values).map(([name, value]) => {
    const quote = ["'", '"', "`"].find((mark) => !value.includes(mark)) ?? "";
    return `${name}=${quote}${value.replaceAll("$", "\\$")}${quote}\n`;
  });
  return lines.join("");
}

async function serve() {
  const folder = mkdtempSync(join(tmpdir(), "persona-start-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const values = variables();
  const file = join(folder, "vars");
  writeFileSync(file, envFile(values), { mode: 0o600 });

  // Without --test-scheduled wrangler warns that nothing runs the nightly work here; with it, /__scheduled does.
  const args = [WRANGLER, "dev", "--port", String(port), "--inspector-port", inspector, "--test-scheduled"];
  const child = spawn(process.execPath, [...args, "--env-file", file], {
    cwd: ROOT,
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const lines = createInterface({ input: child.stdout });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    signal(child, "SIGTERM");
    setTimeout(() => signal(child, "SIGKILL"), 5000).unref();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, stop);
  child.on("exit", (code) => {
    signal(child, "SIGKILL");
    // A server that nobody has stopped should not have ended.
    process.exit(stopping ? (process.exitCode ?? 0) : code || 1);
  });
  const answer = await firstAnswer();
  if (!answer.ok) {
    const { detail } = await answer.json().catch(() => ({ detail: `The server answers ${answer.status}.` }));
    console.error(`\n${detail}`);
    process.exitCode = 1;
    return stop();
  }
  announce(values);
  lines.on("line", (line) => isChatter(line) || console.log(line));
}

async function firstAnswer() {
  for (;;) {
    const answer = await fetch(`http://localhost:${port}/health`).catch(() => null);
    if (answer) return answer;
    await sleep(200);
  }
}

/** Wrangler's own line about a request: the server's says more. */
function isChatter(line) {
  return line.startsWith("[wrangler:info]");
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // It has ended already.
  }
}

function announce(values) {
  const url = `http://localhost:${port}`;
  const other = port === 8000 ? "" : ` -- --url ${url}`;
  const model = values.OPENAI_API_KEY
    ? "Replies come from the language model that you configured."
    : values.OFFLINE_MODEL === "true"
      ? "Replies come from the small offline model; set OPENAI_API_KEY for a real one."
      : "No language model is configured: set OPENAI_API_KEY.";
  console.log(`
Digital Persona Platform is running.

  Page       ${url}
  Documents  ${url}/docs
  Try it     npm run demo${other}    (in another terminal)

${model}
Each request is one line below. Stop with Ctrl-C.
`);
}
