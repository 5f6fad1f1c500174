import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

import { api } from "./client.ts";
import { startServer, type Server } from "./server.ts";
import { reply, startUpstream, type Upstream } from "./upstream.ts";

const SPEC = join(import.meta.dirname, "../fixtures/spec");
const REPLY = "Hey there! I'm doing great, thanks for asking!";
const run = promisify(execFile);

let upstream: Upstream;
let server: Server;

beforeAll(async () => {
  upstream = await startUpstream();
  upstream.always(() => reply(REPLY));
  server = await startServer({ vars: { OPENAI_API_KEY: "sk-live-test", OPENAI_BASE_URL: upstream.url } });
  const { access_token: token } = await api<{ access_token: string }>(`${server.url}/auth/register`, {
    body: { email: "user@example.com", password: "password123" },
  });
  const persona = await api(`${server.url}/personas`, {
    token,
    body: { name: "Alex", description: "A friend", relation_type: "friend" },
  });
  expect(persona["id"]).toBe(1);
});
afterAll(async () => {
  await server?.stop();
  await upstream?.stop();
});

/** The specification's text as it stands, but for the address: the test's server has a port of its own. */
const example = (name: string) =>
  readFileSync(join(SPEC, name), "utf8").replaceAll("http://localhost:8000", server.url);

const hasPython = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!hasPython)(
  "the specification's Python example talks to the persona (needs python3)",
  async () => {
    const env = { ...process.env, PYTHONPATH: SPEC, PYTHONDONTWRITEBYTECODE: "1" };
    const { stdout } = await run("python3", ["-c", example("example.py.txt")], { env });
    expect(stdout).toBe(`AI Response: ${REPLY}\n`);
  },
);

test("the specification's JavaScript example talks to the persona, with the real axios", async () => {
  // The example has both `require` and a top-level `await`: what a REPL offers, and an async function around it.
  const program = `(async () => {\n${example("example.js.txt")}\n})()`;
  const { stdout } = await run(process.execPath, ["--input-type=commonjs", "-e", program]);
  expect(stdout).toBe(`AI Response: ${REPLY}\n`);
});
