import { afterAll, beforeAll, test } from "vitest";

import type { Step } from "../live/upstream.ts";
import { checkExchange } from "./exchange.ts";
import { inParallel, isTerminal, openHouse, readAll, textOf, type Ending, type House } from "./house.ts";
import { judge, openVerdict } from "./verdict.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse({
    UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: "4000",
    UPSTREAM_IDLE_TIMEOUT_MS: "1500",
    UPSTREAM_RETRIES: "1",
  });
});
afterAll(() => house?.[Symbol.asyncDispose]());

const TEXT = ["One", " two", " three", " four"];
const USAGE = { prompt_tokens: 20, completion_tokens: 4, total_tokens: 24 };
/** Everything a whole reply is made of; it can fail before each of these. */
const WHOLE: Step[] = [
  ...TEXT.map((text) => ({ text })),
  { finish: "stop" },
  { usage: USAGE },
  { done: true },
];
const ROLE: Step = { chunk: { choices: [{ index: 0, delta: { role: "assistant", content: "" } }] } };
const FINISHED = TEXT.length + 1;
const silence: Step = { until: new Promise(() => {}) };
const html = { "content-type": "text/html" };
const secret = "what the upstream says of itself";

type Way = { way: string; steps: Step[]; code: string; again: boolean };

/** How an upstream can answer that will not speak at all. */
const REFUSALS: Way[] = [
  { way: "wrong key", steps: [{ status: 401, body: secret }], code: "upstream_rejected_key", again: false },
  { way: "rate limit", steps: [{ status: 429, body: secret }], code: "upstream_rate_limited", again: true },
  { way: "server error", steps: [{ status: 500, body: secret }], code: "upstream_error", again: true },
  {
    way: "an HTML 502",
    steps: [{ status: 502, body: secret, headers: html }],
    code: "upstream_error",
    again: true,
  },
  { way: "gateway timeout", steps: [{ status: 504 }], code: "upstream_timeout", again: false },
  {
    way: "200 with an error",
    steps: [{ status: 200, body: '{"error":{}}' }],
    code: "upstream_error",
    again: true,
  },
  { way: "an empty 200", steps: [{ raw: "" }], code: "upstream_incomplete", again: true },
  { way: "a reset before headers", steps: [{ reset: true }], code: "upstream_unreachable", again: true },
  { way: "silence before headers", steps: [silence], code: "upstream_timeout", again: false },
];

/** How it can break off, anywhere in its answer. */
const BREAKS: Way[] = [
  { way: "silence", steps: [silence], code: "upstream_timeout", again: false },
  { way: "a reset", steps: [{ wait: 20 }, { reset: true }], code: "upstream_unreachable", again: true },
  { way: "a clean end", steps: [], code: "upstream_incomplete", again: true },
  { way: "DONE too early", steps: [{ done: true }], code: "upstream_incomplete", again: true },
  {
    way: "a malformed chunk",
    steps: [{ raw: `data: {"${secret}\n\n` }],
    code: "upstream_error",
    again: true,
  },
  { way: "half a chunk", steps: [{ raw: 'data: {"choices":[{"del' }], code: "upstream_error", again: true },
  {
    way: "a streamed error",
    steps: [{ chunk: { error: { message: secret } } }],
    code: "upstream_error",
    again: true,
  },
];

type Trial = Way & { at: number; stream: boolean };

async function attempt({ way, steps, code, again, at, stream }: Trial) {
  const verdict = openVerdict(`${way}, before step ${at}, ${stream ? "stream" : "JSON"}`);
  const talk = await house.talk();
  const text = TEXT.slice(0, at).join("");
  const content = house.ask(steps);
  const whole = at >= FINISHED;
  let ending: Ending | undefined;
  if (stream) {
    const answer = await talk.stream(content);
    if (answer.response.headers["content-type"]?.includes("event-stream")) {
      const events = await readAll(answer);
      verdict.count("terminal events", events.filter(isTerminal).length);
      verdict.text("the stream", textOf(events), text);
      ending = events.at(-1)?.data;
    } else {
      verdict.text("the stream", "", text);
      const parts: string[] = [];
      for await (const part of answer.response.setEncoding("utf8")) parts.push(part as string);
      ending = JSON.parse(parts.join("")) as Ending;
    }
  } else {
    const answer = await talk.send(content);
    verdict.must("a status of its own", answer.ok === whole, answer.status);
    ending = (await answer.json()) as Ending;
  }
  verdict.text("the code", ending?.code ?? "", whole ? "" : code);
  verdict.must("silent about the upstream", !JSON.stringify(ending).includes(secret));
  const calls = again && text === "" ? 2 : 1;
  const status = whole ? "complete" : "failed";
  const rows = await checkExchange(verdict, { house, talk, content }, { text, status, calls });
  const [message] = (await talk.history()).slice(-1);
  verdict.text("the history", JSON.stringify(message), JSON.stringify(ending?.assistant_message));
  const reported = at > FINISHED;
  verdict.must("an honest bill", rows.ledger.at(-1)?.estimated === (reported ? 0 : 1));
  const next = await talk.send(house.ask(WHOLE));
  verdict.must("open for the next message", next.status === 200, next.status);
  return verdict;
}

const bothWays = (trials: Omit<Trial, "stream">[]) =>
  trials.flatMap((trial) => [true, false].map((stream) => ({ ...trial, stream })));

test("the upstream refuses in every way", async (context) => {
  judge(context, await inParallel(12, bothWays(REFUSALS.map((way) => ({ ...way, at: 0 }))), attempt));
});

test("the upstream breaks off in every way before each of its words and what follows", async (context) => {
  const trials = BREAKS.flatMap((way) =>
    WHOLE.map((_, at) => ({ ...way, at, steps: [ROLE, ...WHOLE.slice(0, at), ...way.steps] })),
  );
  judge(context, await inParallel(16, bothWays(trials), attempt));
});

test("the upstream floods its answer with text", async (context) => {
  const kinds = ["a", "\n", "\u0001", "界", "😀"];
  const verdicts = await inParallel(1, kinds, async (character) => {
    const verdict = openVerdict(`a flood of ${JSON.stringify(character)}`);
    const talk = await house.talk();
    const piece = character.repeat(20_000 / character.length);
    const content = house.ask([...Array.from({ length: 30 }, () => ({ text: piece })), { finish: "stop" }]);
    const events = await readAll(await talk.stream(content));
    verdict.count("terminal events", events.filter(isTerminal).length);
    const text = textOf(events);
    verdict.count("characters", text.length, 200_000);
    await checkExchange(verdict, { house, talk, content }, { text, status: "complete" });
    const next = await talk.send(house.ask(WHOLE));
    verdict.must("open for the next message", next.status === 200, next.status);
    return verdict;
  });
  judge(context, verdicts);
});
