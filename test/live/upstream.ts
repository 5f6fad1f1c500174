import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** One thing that the upstream does. Steps run in order; the answer ends after the last. */
export type Step =
  /** A status other than 200, or a body of another kind. Only before anything else was sent. */
  | { status: number; body?: string; headers?: Record<string, string> }
  /** A chunk with this text. */
  | { text: string }
  /** Any chunk, as the provider's API has it. */
  | { chunk: unknown }
  /** The chunk that ends the reply. */
  | { finish: string }
  /** The chunk that counts tokens, as the provider's API has it. */
  | { usage: Record<string, unknown> }
  /** Bytes exactly as they are, in place of events. */
  | { raw: string | Uint8Array }
  /** Milliseconds of silence. */
  | { wait: number }
  /** Silence until this settles. */
  | { until: Promise<unknown> }
  /** `data: [DONE]` */
  | { done: true }
  /** Ends the connection without an ending. */
  | { reset: true };

/** A request as the upstream saw it. `sent` counts the steps that were carried out. */
export type Call = {
  headers: IncomingMessage["headers"];
  path: string;
  body: ChatRequest;
  sent: number;
  /** When the caller hung up before the answer had ended. */
  abortedAt: number | null;
};

type ChatRequest = {
  model?: string;
  stream?: boolean;
  messages?: { role: string; content: string }[];
} & Record<string, unknown>;

/** Says what to do for a request. */
export type Script = (call: Call) => Step[] | Promise<Step[]>;

export type Upstream = Awaited<ReturnType<typeof startUpstream>>;

/** The steps of a whole reply with this text, cut into words. */
export const reply = (text: string, { wait = 0, usage = usageOf(text) } = {}): Step[] => [
  ...(text.match(/\s*\S+\s*/g) ?? []).flatMap((word): Step[] =>
    wait > 0 ? [{ wait }, { text: word }] : [{ text: word }],
  ),
  { finish: "stop" },
  { usage },
  { done: true },
];

const usageOf = (text: string): Record<string, unknown> => {
  const completion_tokens = Math.ceil(text.length / 4);
  return { prompt_tokens: 20, completion_tokens, total_tokens: 20 + completion_tokens };
};

/** What a provider once said: one line per event, a chunk as JSON or a comment as it stands. */
export const recording = (name: string): Step[] =>
  readFileSync(join(import.meta.dirname, `../fixtures/upstream/${name}.chunks.txt`), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (line.startsWith("{") ? { raw: `data: ${line}\n\n` } : { raw: `${line}\n\n` }))
    .concat({ raw: "data: [DONE]\n\n" });

/**
 * A server that speaks like OpenAI's chat completions and does what it was told: each request takes the next script
 * given to `next`, or else the one given to `always`. On a free port, unless one is asked for.
 */
export async function startUpstream(at = 0) {
  const calls: Call[] = [];
  const queue: Script[] = [];
  let standing: Script = () => reply("Hello there, friend.");
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const call = { ...(await read(request)), sent: 0, abortedAt: null } as Call;
    calls.push(call);
    response.on("close", () => {
      if (!response.writableFinished) call.abortedAt ??= Date.now();
    });
    const steps = await (queue.shift() ?? standing)(call);
    for (const step of steps) {
      if (response.destroyed) return;
      await take(step, response, call);
      call.sent++;
    }
    if (!response.destroyed) response.end();
  }

  server.listen(at, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    /** What OPENAI_BASE_URL should be. */
    url: `http://127.0.0.1:${port}/v1`,
    calls,
    next: (...scripts: (Script | Step[])[]) => queue.push(...scripts.map(asScript)),
    always: (script: Script | Step[]) => (standing = asScript(script)),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const asScript = (script: Script | Step[]): Script => (typeof script === "function" ? script : () => script);

async function read(request: IncomingMessage) {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  const body = (text === "" ? {} : JSON.parse(text)) as ChatRequest;
  return { headers: request.headers, path: request.url ?? "", body };
}

async function take(step: Step, response: ServerResponse, call: Call): Promise<void> {
  if ("wait" in step) return pause(sleep(step.wait), response);
  if ("until" in step) return pause(step.until, response);
  if ("status" in step) {
    response.writeHead(step.status, { "content-type": "application/json", ...step.headers });
    return write(response, step.body ?? "");
  }
  if ("reset" in step) {
    response.socket?.resetAndDestroy();
    return;
  }
  if (!response.headersSent) response.writeHead(200, { "content-type": "text/event-stream" });
  return write(response, bytesOf(step, call));
}

/** Waits, but not for a caller who has left. */
async function pause(wait: Promise<unknown>, response: ServerResponse) {
  const left = new AbortController();
  await Promise.race([wait, once(response, "close", { signal: left.signal }).catch(() => undefined)]);
  left.abort();
}

async function write(response: ServerResponse, data: string | Uint8Array) {
  if (!response.write(data)) await Promise.race([once(response, "drain"), once(response, "close")]);
}

type Sent = Exclude<Step, { status: number } | { wait: number } | { until: unknown } | { reset: true }>;

function bytesOf(step: Sent, call: Call): string | Uint8Array {
  if ("raw" in step) return step.raw;
  if ("done" in step) return "data: [DONE]\n\n";
  return `data: ${JSON.stringify("chunk" in step ? step.chunk : chunkOf(step, call))}\n\n`;
}

const chunkOf = (
  step: Extract<Sent, { text: string } | { finish: string } | { usage: unknown }>,
  call: Call,
) => ({
  id: "chatcmpl-scripted",
  object: "chat.completion.chunk",
  created: 1_700_000_000,
  model: call.body.model ?? "gpt-3.5-turbo-0125",
  ...("usage" in step
    ? { choices: [], usage: step.usage }
    : {
        choices: [
          "text" in step
            ? { index: 0, delta: { content: step.text }, finish_reason: null }
            : { index: 0, delta: {}, finish_reason: step.finish },
        ],
        usage: null,
      }),
});
