import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";

import { api, newConversation, openStream } from "./client.ts";
import { startServer, type Server } from "./server.ts";
import { reply, startUpstream, type Upstream } from "./upstream.ts";

/** Who steals the disk, with its files as they are while a reply is being written and after a crash. */
let upstream: Upstream;
let server: Server;
let state: string;

beforeAll(async () => {
  upstream = await startUpstream();
  state = await mkdtemp(join(tmpdir(), "persona-sealed-"));
  server = await startServer({
    persistTo: state,
    vars: {
      OPENAI_API_KEY: "sk-live-test",
      OPENAI_BASE_URL: upstream.url,
      RATE_LIMITS: "off",
      ENCRYPTION_KEY: Buffer.alloc(32, "k").toString("base64"),
    },
  });
});
afterAll(async () => {
  await server?.stop();
  await upstream?.stop();
  await rm(state, { recursive: true, force: true, maxRetries: 5 });
});

/** The files of the state that hold one of these words, write-ahead logs among them; of each, which. */
async function filesWith(words: string[]): Promise<string[]> {
  const files = await readdir(state, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const file of files.filter((it) => it.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name)).catch(() => Buffer.alloc(0));
    found.push(...words.filter((word) => bytes.includes(word)).map((word) => `${word} in ${file.name}`));
  }
  return found;
}

const words = {
  title: "Zirbelkiefer",
  persona: "Quittengelee",
  said: "Wolpertinger",
  answered: "Flaschenpost",
  half: "Sonnenuhr",
};

test("what was said, by whom and about what is in no file of the server, nor after a crash in mid-reply", async () => {
  const talk = await newConversation(server.url);
  const { token } = talk;
  const { persona_id } = await api<{ persona_id: number }>(talk.url, { token });
  await api(`${server.url}/personas/${persona_id}`, {
    token,
    method: "PUT",
    body: { name: words.persona, description: `Likes ${words.persona}`, relation_type: "friend" },
  });
  await api(talk.url, { token, method: "PUT", body: { title: words.title } });
  upstream.next(reply(`I have read ${words.answered}.`));
  await api(`${talk.url}/send`, { token, body: { content: `Do you know ${words.said}?` } });
  upstream.next([{ text: words.half }, { wait: 400 }, { text: " and" }, { until: new Promise(() => {}) }]);
  const stream = await openStream(`${talk.url}/send`, { token, body: { content: words.said } });
  let deltas = 0;
  for await (const { event } of stream.events) if (event === "delta" && ++deltas === 2) break;

  expect(await filesWith(Object.values(words))).toEqual([]);
  await server.kill9();
  expect(await filesWith(Object.values(words))).toEqual([]);
  await server.restart();

  const history = () => api<{ content: string; status: string }[]>(`${talk.url}/messages`, { token });
  let messages = await history();
  for (; messages.at(-1)!.status === "in_progress"; messages = await history()) await sleep(50);
  expect(messages.map(({ content }) => content).join("\n")).toContain(words.answered);
  expect(messages.at(-1)).toMatchObject({
    content: expect.stringContaining(words.half),
    status: "interrupted",
  });
  expect(await filesWith(Object.values(words))).toEqual([]);
  // What is no secret is found: the files are those of this server.
  expect(await filesWith(["friend"])).not.toEqual([]);
});
