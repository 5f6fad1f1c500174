/**
 * `npm run bench:import`: a large export is brought in over a real socket, the runtime is killed in the middle, and the same file
 * is brought once more; then files that mean harm. It prints Markdown: how long it took, how much memory the runtime had, what
 * others noticed. `--conversations=500 --megabytes=5` is a quick one.
 */
import { once } from "node:events";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

import { chatGpt } from "../interchange/chats.ts";
import { api, newConversation, openStream } from "../live/client.ts";
import { startServer, type Server } from "../live/server.ts";
import { archiveOf, lyingPicture } from "./bad-files.ts";
import { residentMb } from "./processes.ts";
import { ms, quantile, table } from "./stats.ts";

const argument = (name: string, fallback: number) =>
  Number(process.argv.find((it) => it.startsWith(`--${name}=`))?.split("=")[1] ?? fallback);
const CONVERSATIONS = argument("conversations", 10_000);
const BYTES = argument("megabytes", 99.9) * 1_000_000;

type Job = {
  id: string;
  state: string;
  bytes: { total: number; done: number };
  counts: { imported: number; already_there: number; left_out: number; messages: number };
  code?: string;
};

const say = (text: string) => process.stderr.write(`${text}\n`);
// The runtime ends with this process, however it ends.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
const home = await mkdtemp(join(tmpdir(), "persona-import-"));
const file = join(home, "conversations.json");
const server = await startServer({ vars: { RATE_LIMITS: "off" } });
try {
  process.stdout.write(`${await measure()}\n`);
} finally {
  await server.stop();
  await rm(home, { recursive: true, force: true });
}

async function measure(): Promise<string> {
  await writeExport();
  const size = statSync(file).size;
  const [own, other] = [await newConversation(server.url), await newConversation(server.url)];
  const memory = watchMemory(server);
  const others = watchOthers(other);
  const begun = await memory.during(() => sleep(2000));
  say("Bringing it in");
  const first = await timed(() => memory.during(() => brought(own.token, true)));
  const noticed = others.stop();
  say("The same again");
  const again = await timed(() => memory.during(() => brought(own.token, false)));
  say("Files that mean harm");
  const bad = await harm(own.token, memory);
  memory.stop();
  const { counts } = first.result.value;
  return [
    `\`npm run bench:import\`, ${cpus().length} shared cores, ${process.version}: ${CONVERSATIONS} conversations of ChatGPT's, ${(size / 1e6).toFixed(1)} MB, over a socket; the runtime was killed (-9) when half of it was in.`,
    table(
      ["", "seconds", "came in", "there already", "left out", "messages", "the runtime's memory at most, MB"],
      [
        ["nothing is brought in", "–", "–", "–", "–", "–", begun.mb],
        ["brought in, killed in the middle", first.seconds, ...figures(first.result.value), first.result.mb],
        ["the same file again", again.seconds, ...figures(again.result.value), again.result.mb],
      ],
    ),
    `Somebody else's list of conversations took ${ms(quantile(noticed, 0.5))} ms at the median meanwhile and ${ms(quantile(noticed, 0.99))} at the 99th percentile, of ${noticed.length}; ${counts.messages} messages came in.`,
    table(["a file that means harm", "bytes", "answered", "the runtime's memory at most, MB"], bad),
  ].join("\n\n");
}

function figures({ counts: { imported, already_there, left_out, messages } }: Job): number[] {
  return [imported, already_there, left_out, messages];
}

async function timed<T>(act: () => Promise<T>): Promise<{ seconds: string; result: T }> {
  const begun = Date.now();
  const result = await act();
  return { seconds: ((Date.now() - begun) / 1000).toFixed(1), result };
}

/** An export as large as is taken: conversations of five messages on two branches, with a hidden one and one of a tool. */
async function writeExport(): Promise<void> {
  const out = createWriteStream(file);
  const words = "The tide was out, and we walked to the lighthouse and back before it rained. ";
  const bare = JSON.stringify(conversationOf(0, "")).length;
  const room = Math.floor((BYTES / CONVERSATIONS - bare - 8) / 3);
  const text = words.repeat(Math.ceil(Math.max(1, room) / words.length)).slice(0, Math.max(1, room));
  for (let n = 0; n < CONVERSATIONS; n++) {
    const piece = `${n === 0 ? "[" : ",\n"}${JSON.stringify(conversationOf(n, text))}`;
    if (!out.write(piece)) await once(out, "drain");
  }
  out.end("]");
  await once(out, "finish");
}

function conversationOf(n: number, text: string) {
  return chatGpt(`chat-${String(n).padStart(6, "0")}`, [
    { id: "s", parent: "root", role: "system", text: "", time: null },
    { id: "u", parent: "s", role: "user", text: `Number ${n}. ${text}`, time: 1_700_000_001 + n },
    { id: "a", parent: "u", role: "assistant", text: "One answer", time: null },
    { id: "b", parent: "u", role: "assistant", text, time: 1_700_000_003 + n },
    { id: "t", parent: "b", role: "tool", text: "{}", time: 1_700_000_004 + n },
    { id: "v", parent: "t", role: "user", text: "Go on", time: 1_700_000_005 + n },
    { id: "c", parent: "v", role: "assistant", text, time: 1_700_000_006 + n },
  ]);
}

/** Sends what there is as a browser does, in pieces; the answer's JSON, whatever its status. */
async function post(path: string, token: string, body: Readable, length: number): Promise<Job> {
  const outgoing = request(`${server.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/octet-stream",
      "content-length": length,
    },
  });
  const answered = once(outgoing, "response");
  body.pipe(outgoing);
  const [response] = await answered;
  return (await json(response)) as Job;
}

/** Brings the file in and follows it to its end, across a crash if there is to be one. */
async function brought(token: string, isKilled: boolean): Promise<Job> {
  let job = await post(
    "/imports?name=conversations.json",
    token,
    createReadStream(file),
    statSync(file).size,
  );
  if (!job.id) throw new Error(`Refused: ${JSON.stringify(job)}`);
  let left = isKilled ? 1 : 0;
  while (job.state !== "done") {
    const { events, cut } = await openStream(`${server.url}/imports/${job.id}/events`, { token });
    try {
      for await (const { event, data } of events) {
        if (event) job = JSON.parse(data) as Job;
        if (job.state === "failed") throw new Error(JSON.stringify(job));
        if (left > 0 && job.bytes.done > job.bytes.total / 2) break;
      }
    } catch (error) {
      if (job.state === "failed") throw error;
    }
    cut();
    if (left-- > 0 && job.state !== "done") {
      say(`Killing it with ${job.counts.imported} in`);
      await server.kill9();
      await server.restart();
    }
  }
  return api<Job>(`${server.url}/imports/${job.id}`, { token });
}

/** The most memory that the runtime's processes have together. */
function watchMemory({ runtimes }: Server) {
  let [most, isOver] = [0, false];
  const look = async () => {
    for (; !isOver; await sleep(100)) {
      const pids = await runtimes().catch(() => []);
      most = Math.max(
        most,
        pids.map(memoryOf).reduce((a, b) => a + b, 0),
      );
    }
  };
  void look();
  return {
    async during<T>(act: () => Promise<T>): Promise<{ value: T; mb: number }> {
      most = 0;
      const value = await act();
      return { value, mb: Math.round(most) };
    },
    stop: () => void (isOver = true),
  };
}

function memoryOf(pid: number): number {
  try {
    return residentMb(pid);
  } catch {
    return 0;
  }
}

/** How long somebody else waits for their list, in milliseconds. */
function watchOthers({ token }: { token: string }) {
  const took: number[] = [];
  let isOver = false;
  const look = async () => {
    for (; !isOver; await sleep(50)) {
      const begun = performance.now();
      const isThere = await api(`${server.url}/chat/conversations`, { token }).then(
        () => true,
        () => false,
      );
      if (isThere) took.push(performance.now() - begun);
    }
  };
  void look();
  return { stop: () => ((isOver = true), took) };
}

async function harm(token: string, memory: ReturnType<typeof watchMemory>) {
  const zeros = Buffer.alloc(900_000_000);
  const files: [string, string, Buffer][] = [
    ["an archive of chats that unpacks to 900 MB", "/imports", archiveOf("conversations.json", zeros, true)],
    ["an archive of a card that unpacks to 900 MB", "/personas/import", archiveOf("card.json", zeros, true)],
    ["a picture with a chunk that says it has 2 GB", "/personas/import", lyingPicture()],
    ["a line of JSON of 99 MB", "/imports", Buffer.from(`{"mes":"${"x".repeat(99_000_000)}"}`)],
    ["99 MB of opening brackets", "/imports", Buffer.alloc(99_000_000, "[")],
    ["a path that leads out", "/imports", archiveOf("../conversations.json", Buffer.from("[]"), false)],
  ];
  const rows: (string | number)[][] = [];
  for (const [name, path, bytes] of files) {
    const { value, mb } = await memory.during(() =>
      post(path, token, Readable.from(bytes, { objectMode: false }), bytes.length),
    );
    // What is answered at once is over before anybody has looked.
    rows.push([name, bytes.length, value.code ?? value.state, mb || "–"]);
  }
  return rows;
}
