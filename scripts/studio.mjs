// `npm run db:studio`: the local database in a browser. Wrangler brings the page, so nothing is fetched from elsewhere.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const port = process.env.PORT || "8000";
const explorer = `http://localhost:${port}/cdn-cgi/local/explorer`;

const page = (await findPage()) ?? (await startServer());
console.log(`
The local database: ${page}
The same page shows the KV cache, the conversations' objects, traces and logs. Everything can be changed there.
It is part of the local server only, never of a deployed Worker.`);
openBrowser();

/** The database's page, or undefined where no local server answers. */
async function findPage() {
  const response = await fetch(`${explorer}/api/d1/database`).catch(() => undefined);
  if (!response?.ok) return undefined;
  const { result } = await response.json();
  return `${explorer}/d1/${result[0].uuid}?table=chat_messages`;
}

/** The page belongs to the local server, so one is started where none runs; it lives as long as this does. */
async function startServer() {
  const child = spawn(process.execPath, [join(import.meta.dirname, "start.mjs")], { stdio: "inherit" });
  child.on("exit", (code) => process.exit(code ?? 1));
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => child.kill(name));
  for (;;) {
    const found = await findPage();
    // Lets the server introduce itself first.
    await sleep(500);
    if (found) return found;
  }
}

function openBrowser() {
  if (process.env.CI || !process.stdout.isTTY) return;
  const openers = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] };
  const [command, ...args] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...args, page], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}
