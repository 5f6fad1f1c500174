/**
 * The language model of the bench, in a process of its own: it speaks OpenAI's streamed chat completions, at the pace that
 * the last message of the request asks for, and writes into every token when it was sent.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { now } from "./clock.ts";

/** How long the moderation model takes. */
const MODERATION_MS = 500;

/** `first=10 tokens=3 rate=20`: the first token after 10 ms, three in all, twenty a second (0: all at once). */
function paceOf(body: string) {
  const asked = body.slice(-400);
  const said = (name: string) =>
    Number([...asked.matchAll(new RegExp(`${name}=(\\d+)`, "g"))].at(-1)?.[1] ?? 0);
  return { first: said("first"), tokens: said("tokens"), rate: said("rate") };
}

const chunk = (choices: string, rest = "") =>
  `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"bench-1","choices":[${choices}]${rest}}\n\n`;
const token = () => chunk(`{"index":0,"delta":{"content":"~${now()}~"},"finish_reason":null}`);
const ending =
  chunk('{"index":0,"delta":{},"finish_reason":"stop"}') +
  chunk("", ',"usage":{"prompt_tokens":500,"completion_tokens":10,"total_tokens":510}') +
  "data: [DONE]\n\n";

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function play(response: ServerResponse, { first, tokens, rate }: ReturnType<typeof paceOf>) {
  const gap = rate === 0 ? 0 : 1000 / rate;
  const begun = performance.now() + first;
  let said = 0;
  const speak = () => {
    if (response.destroyed) return;
    do response.write(token());
    while (++said < tokens && gap === 0);
    if (said < tokens) setTimeout(speak, Math.max(0, begun + said * gap - performance.now()));
    else response.end(ending);
  };
  if (first === 0) speak();
  else setTimeout(speak, first);
}

/** How much of each prompt since the last time is the same, from its beginning on, as in the one before it. */
let shares: number[] = [];
let before = "";

function compare(body: string): void {
  const prompt = body.slice(body.indexOf('"messages"'), body.lastIndexOf('"}]'));
  let same = 0;
  while (same < prompt.length && prompt[same] === before[same]) same++;
  shares.push(same / prompt.length);
  before = prompt;
}

async function answer(request: IncomingMessage, response: ServerResponse) {
  const body = await bodyOf(request);
  if (request.url === "/shares") {
    response.end(JSON.stringify(shares));
    shares = [];
    return;
  }
  if (request.url === "/v1/moderations") {
    const answer = '{"model":"bench-moderation","results":[{"categories":{"self-harm":false}}]}';
    setTimeout(() => response.setHeader("content-type", "application/json").end(answer), MODERATION_MS);
    return;
  }
  compare(body);
  const pace = paceOf(body);
  response.setHeader("content-type", "text/event-stream");
  response.socket?.setNoDelay(true);
  play(response, pace);
}

const server = createServer((request, response) => void answer(request, response));
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", 4096, () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : 0 });
});

// Ends with the bench, however that ends.
process.on("disconnect", () => process.exit());
