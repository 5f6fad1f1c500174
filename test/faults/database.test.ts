import { afterAll, beforeAll, test } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";

import { api } from "../live/client.ts";
import { reply } from "../live/upstream.ts";
import { checkExchange } from "./exchange.ts";
import {
  eventsOf,
  inParallel,
  isTerminal,
  openHouse,
  random,
  readAll,
  textOf,
  until,
  type Ending,
  type Event,
  type House,
  type Talk,
} from "./house.ts";
import type { Fault, MemoryFault } from "./trouble.ts";
import { judge, openVerdict, type Verdict, SAFE_MS } from "./verdict.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.[Symbol.asyncDispose]());

const TEXT = "one two three four five";
const LOST = "D1_ERROR: Network connection lost.";
const OVERLOADED = "D1_ERROR: D1 DB is overloaded. Requests queued for too long.";

/** A way to have a message answered: at once or in its time, in a new conversation or a cold one, as JSON or as a stream. */
type Manner = { name: string; wait: number; cold: boolean; stream: boolean };
const MANNERS: Manner[] = [
  { name: "instant JSON", wait: 0, cold: false, stream: false },
  { name: "unhurried JSON", wait: 30, cold: false, stream: false },
  { name: "instant stream after an eviction", wait: 0, cold: true, stream: true },
  { name: "unhurried stream after an eviction", wait: 30, cold: true, stream: true },
];

/** A conversation with one exchange behind it. */
async function begunTalk(cold: boolean) {
  const talk = await house.talk();
  await (await talk.send(house.ask(reply("Hello.")))).text();
  if (cold) await talk.evict();
  return talk;
}

async function send(talk: Talk, content: string, { stream }: Manner) {
  if (!stream) {
    const answer = await talk.send(content);
    return { status: answer.status, headers: answer.headers, ending: (await answer.json()) as Ending };
  }
  const answer = await talk.stream(content);
  const headers = new Headers({ "retry-after": answer.response.headers["retry-after"] ?? "" });
  const events = await readAll(answer);
  return { status: answer.response.statusCode!, headers, ending: events.find(isTerminal)?.data };
}

/** How many calls to the database a message takes in this manner. */
async function callsOf(manner: Manner): Promise<number> {
  const talk = await begunTalk(manner.cold);
  await talk.trouble({});
  await send(talk, house.ask(reply(TEXT, manner)), manner);
  return (await talk.rows()).calls;
}

type Trial = { manner: Manner; fault: Fault };

async function everyPoint(faults: Omit<Fault, "call">[]): Promise<Trial[]> {
  const trials = MANNERS.map(async (manner) => {
    const points = Array.from({ length: await callsOf(manner) }, (_, n) => n + 1);
    return points.flatMap((call) => faults.map((fault) => ({ manner, fault: { ...fault, call } })));
  });
  return (await Promise.all(trials)).flat();
}

async function attempt({ manner, fault }: Trial): Promise<Verdict> {
  const verdict = openVerdict(`${manner.name}, call ${fault.call} ${fault.when} "${fault.message}"`);
  const talk = await begunTalk(manner.cold);
  const content = house.ask(reply(TEXT, manner));
  await talk.trouble({ database: fault });
  const heal = fault.lasting ? sleep(2500).then(() => talk.trouble({})) : Promise.resolve();
  let { status, headers, ending } = await send(talk, content, manner);
  await heal;
  // In a conversation in use the model has begun by then: a bill of its own, though the call may be hung up on before it came.
  const refused = status === 503 && !manner.cold ? 1 : 0;
  const begun = status === 503 ? house.callsFor(content).length : 0;
  if (status === 503) {
    verdict.must("a passing fault retried", fault.lasting === true || fault.message === OVERLOADED);
    verdict.must("a Retry-After", /^\d+$/.test(headers.get("retry-after") ?? ""));
    verdict.count("messages of a refused send", (await talk.rows()).messages.length, 2);
    verdict.must("at most one call of a refused send", begun <= refused, begun);
    await talk.trouble({});
    ({ status, ending } = await send(talk, content, manner));
  }
  // Fast turns make a call less: a fault that found no turn must not find what looks at it.
  await talk.trouble({});
  verdict.must("accepted", status === 200, status);
  verdict.text("the answer", ending?.assistant_message?.content ?? "", TEXT);
  // A JSON answer does not wait for a database that is late: it says that the history lacks it.
  const { ledger } = await until(talk.rows, (rows) => rows.ledger.length >= 2 + refused);
  verdict.count("bills of all calls", ledger.length, 2 + refused);
  const expected = { text: TEXT, status: "complete", calls: begun + 1, bills: 1 };
  const { messages } = await checkExchange(verdict, { house, talk, content }, expected);
  verdict.count("messages", messages.length, 4);
  const shown = (await talk.history()).slice(1).map((message) => message.content);
  verdict.text("the history", shown.join("|"), ["Hello.", content, TEXT].join("|"));
  const next = await talk.send(house.ask(reply("Next.")));
  verdict.must("open for the next message", next.status === 200, next.status);
  return verdict;
}

test("the database loses its connection at every single point of a turn, before and after the commit", async (context) => {
  const faults = [
    { when: "before", message: LOST },
    { when: "after", message: LOST },
  ] as const;
  judge(context, await inParallel(12, await everyPoint([...faults]), attempt));
});

test("the database is overloaded at every single point of a turn", async (context) => {
  const trials = await everyPoint([{ when: "before", message: OVERLOADED }]);
  judge(context, await inParallel(16, trials, attempt));
});

test("the database is away for seconds from every single point of a turn", async (context) => {
  const trials = await everyPoint([{ when: "before", message: LOST, lasting: true }]);
  judge(context, await inParallel(16, trials, attempt));
});

async function followPatiently(talk: Talk, turnId: string, after: number) {
  for (;;) {
    const stream = await talk.follow(turnId, after);
    if (stream.response.statusCode !== 503) return stream;
    stream.cut();
    await sleep(200);
  }
}

test("the object is evicted at a random moment of a turn, with and without trouble in the database", async (context) => {
  const chance = random("evict");
  const trials = Array.from({ length: 24 }, (_, n) => ({ n, moment: Math.floor(chance() * 900) }));
  const verdicts = await inParallel(12, trials, async ({ n, moment }) => {
    const verdict = openVerdict(`evicted after ${moment} ms${n % 2 ? " with the database away" : ""}`);
    const talk = await house.talk();
    const text = Array.from({ length: 40 }, (_, word) => `word${word} `).join("");
    const content = house.ask(reply(text, { wait: 20 }));
    const stream = eventsOf(await talk.stream(content));
    const started = (await stream.next()).value as Event;
    const seen = Array.fromAsync(stream);
    await sleep(moment);
    if (n % 2) await talk.trouble({ database: { call: 1, when: "before", message: LOST, lasting: true } });
    const evictedAt = Date.now();
    await talk.evict();
    const before = [started, ...(await seen)];
    const [last] = before.slice(-1);
    // The readers come back while the database may still be away, and try again when they are told so.
    const [after] = await Promise.all([
      isTerminal(last!) ? [] : followPatiently(talk, started.data.turn_id!, last!.id).then(readAll),
      n % 2 ? sleep(1500).then(() => talk.trouble({})) : null,
    ]);
    const whole = [...before, ...after];
    verdict.count("terminal events", whole.filter(isTerminal).length);
    const kept = whole.find(isTerminal)?.data.assistant_message?.content ?? "";
    const safe = textOf(before.filter(({ at }) => at < evictedAt - SAFE_MS));
    verdict.must("a beginning of the reply", text.startsWith(kept), kept);
    verdict.must("all that was said before the last second", kept.startsWith(safe), { kept, safe });
    const rows = await until(talk.rows, ({ messages }) => messages.every((m) => m.status !== "in_progress"));
    const status = whole.some(({ event }) => event === "turn.completed") ? "complete" : "interrupted";
    await checkExchange(verdict, { house, talk, content }, { text: kept, status });
    verdict.count("messages", rows.messages.length, 2);
    const next = await talk.send(house.ask(reply("Next.")));
    verdict.must("open for the next message", next.status === 200, next.status);
    return verdict;
  });
  judge(context, verdicts);
});

type Context = { memory_ids: number[]; left_out: { reason: string }[] };

/** A message in a conversation whose persona has heard something elsewhere: what of it was in the prompt. */
async function recalledWith(fault: MemoryFault | null): Promise<Verdict> {
  const verdict = openVerdict(fault ? `a memory that is ${fault}` : "a memory that is well");
  const elsewhere = await begunTalk(false);
  const talk = await house.talk(elsewhere.personaId);
  if (fault) await talk.trouble({ memory: fault });
  const content = house.ask(reply(TEXT));
  const answer = await talk.send(content);
  const { assistant_message: said } = (await answer.json()) as Ending;
  verdict.text("the answer", said?.content ?? "", TEXT);
  const url = `${house.server.url}/chat/messages/${said?.id}`;
  const context = await api<Context>(`${url}/context`, { token: house.token });
  const isLate = context.left_out.some(({ reason }) => reason === "memory_late");
  if (fault === "down" || fault === "silent") verdict.must("missed", isLate, context);
  else verdict.must("recalled, unless it came late", context.memory_ids.length > 0 || isLate, context);
  await checkExchange(
    verdict,
    { house, talk, content },
    { text: TEXT, status: "complete", calls: 1, bills: 1 },
  );
  if (fault === "down") {
    const deletion = await fetch(url, {
      method: "DELETE",
      headers: { authorization: `Bearer ${house.token}` },
    });
    verdict.must("a deletion refused that it cannot forget", deletion.status === 503, deletion.status);
    verdict.count("messages after that", (await talk.rows()).messages.length, 2);
  }
  const search = `${house.server.url}/personas/${talk.personaId}/memory/search?q=planned&budget=2000`;
  const { messages } = await api<{ messages: object[] }>(search, { token: house.token });
  verdict.count("messages remembered in the end", messages.length, 4);
  return verdict;
}

test("no turn fails for a memory that is down, never answers or was evicted, and nothing is deleted that it cannot forget", async (context) => {
  judge(context, await inParallel(4, [null, "down", "silent", "evicted"] as const, recalledWith));
});
