import { afterAll, beforeAll, expect, test } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";

import { reply } from "../live/upstream.ts";
import {
  DIALECTS,
  endsIn,
  framesOf,
  hungUpOn,
  lastNumber,
  newClient,
  replyIn,
  LONG,
  TEXT,
  textOf,
  unending,
  whole,
  WORDS,
  type Client,
  type Dialect,
  type Seen,
} from "./dialects.ts";
import { checkExchange } from "./exchange.ts";
import { inParallel, openHouse, random, until, type House, type Rows } from "./house.ts";
import { judge, openVerdict, SAFE_MS, type Verdict } from "./verdict.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
  // The first answer of a session says before that one talks to an AI.
  const talk = await house.talk();
  expect((await talk.send(house.ask(reply("Hello.")))).status).toBe(200);
});
afterAll(() => house?.[Symbol.asyncDispose]());

const KEPT = DIALECTS.filter(({ kept }) => kept);
const PASSES = DIALECTS.filter(({ kept }) => !kept);
const range = (count: number) => Array.from({ length: count }, (_, n) => n);

const isSettled = ({ messages, ledger }: Rows) =>
  ledger.length > 0 && messages.every(({ status }) => status !== "in_progress");

type Left = { text: string; status: string };

/** Holds what is left of an exchange against what its client has seen of it: one call, one bill, and all the words. */
async function check(verdict: Verdict, client: Client, seen: Seen[], expected: Partial<Left> = {}) {
  const id = replyIn(seen);
  const rows = await until(() => client.rows(id), isSettled);
  const answer = rows.messages.find((message) => message.id === id);
  const text = answer?.content ?? "";
  verdict.must("a beginning of the reply", LONG.startsWith(text), text);
  const left = { text, status: answer?.status ?? "", ...expected };
  const talk = { rows: () => client.rows(id) };
  await checkExchange(verdict, { ...client, talk }, left);
  return left;
}

/** The same of what is kept nowhere. */
async function checkBill(verdict: Verdict, client: Client, outcome: string) {
  const { ledger, messages } = await until(() => client.rows(null), isSettled);
  verdict.count("bills", ledger.length);
  verdict.text("the bill's outcome", ledger[0]?.outcome ?? "", outcome);
  verdict.must("words on the bill", (ledger[0]?.completion_tokens ?? 0) > 0);
  verdict.count("messages", messages.length, 0);
  verdict.count("upstream calls", house.callsFor(client.content).length);
}

/** Sends the same request again, by its key: the same turn, as it ended. */
async function sendAgain(verdict: Verdict, client: Client, seen: Seen[], text: string) {
  const again = await Array.fromAsync(framesOf(await client.open()));
  verdict.count("the same reply by its key", replyIn(again) === replyIn(seen) ? 1 : 0);
  verdict.text("its words", textOf(again), text);
  verdict.count("ends of it", endsIn(again));
  verdict.count("upstream calls in all", house.callsFor(client.content).length);
}

async function hangUpAfter(dialect: Dialect, frames: number): Promise<Verdict> {
  const verdict = openVerdict(`${dialect.name}, hung up on after frame ${frames}`);
  const isOpen = frames <= dialect.head + WORDS;
  const client = await newClient(house, dialect, dialect.stops && isOpen ? unending : whole);
  const stream = await client.open();
  const seen: Seen[] = [];
  for await (const frame of framesOf(stream)) if (seen.push(frame) === frames) break;
  stream.cut();
  verdict.count("frames", seen.length, frames);
  if (!dialect.stops) return goesOn(verdict, dialect, client, seen);
  const status = isOpen ? "stopped" : "complete";
  if (isOpen) verdict.must("hung up on", await hungUpOn(house.callsFor(client.content)[0]));
  if (!dialect.kept) {
    if (frames > dialect.head) await checkBill(verdict, client, status);
    return verdict;
  }
  const { text } = await check(verdict, client, seen, { status });
  verdict.must("all that was seen", text.startsWith(textOf(seen)), [text, textOf(seen)]);
  await sendAgain(verdict, client, seen, text);
  return verdict;
}

/** Who hung up comes back, and misses nothing. */
async function goesOn(verdict: Verdict, { path }: Dialect, client: Client, seen: Seen[]) {
  if (path === "/responses") {
    const rest = await Array.fromAsync(framesOf(await client.follow(replyIn(seen)!, lastNumber(seen))));
    // Its last frame is told to whoever follows it, seen or not.
    const all = endsIn(seen) > 0 ? seen : [...seen, ...rest];
    verdict.text("what both connections said", textOf(all), TEXT);
    verdict.count("ends", endsIn(all));
    verdict.count("numbers", new Set(all.map((frame) => lastNumber([frame]))).size, all.length);
  } else {
    const resumed = await client.resume();
    const again = await Array.fromAsync(framesOf(resumed));
    if (resumed.response.statusCode === 200) verdict.text("what it said again", textOf(again), TEXT);
    else verdict.must("nothing to come back to", resumed.response.statusCode === 204);
  }
  await check(verdict, client, seen, { text: TEXT, status: "complete" });
  await sendAgain(verdict, client, seen, TEXT);
  return verdict;
}

test.for(DIALECTS)("$name: hung up on after every frame", async (dialect, context) => {
  const frames = range(dialect.head + WORDS + dialect.tail).map((n) => n + 1);
  const verdicts = await inParallel(6, frames, (count) => hangUpAfter(dialect, count));
  judge(context, verdicts);
});

test("a reply is stopped at a random moment, in each dialect that keeps it", async (context) => {
  const chance = random("dialect-stop");
  const trials = range(6).flatMap(() => KEPT.map((dialect) => ({ dialect, moment: chance() * 300 })));
  const verdicts = await inParallel(6, trials, async ({ dialect, moment }) => {
    const verdict = openVerdict(`${dialect.name}, stopped after ${Math.floor(moment)} ms`);
    const client = await newClient(house, dialect, unending);
    const stream = framesOf(await client.open());
    const seen = [(await stream.next()).value as Seen];
    const rest = Array.fromAsync(stream);
    await sleep(moment);
    const statuses = [await client.stop(replyIn(seen)!), await client.stop(replyIn(seen)!)];
    verdict.must(
      "stopped twice alike",
      statuses.every((status) => status < 300),
      statuses,
    );
    seen.push(...(await rest));
    verdict.count("ends", endsIn(seen));
    verdict.must("hung up on", await hungUpOn(house.callsFor(client.content)[0]));
    const { text } = await check(verdict, client, seen, { text: textOf(seen), status: "stopped" });
    await sendAgain(verdict, client, seen, text);
    return verdict;
  });
  judge(context, verdicts);
});

test("a key is fired ten times in parallel, in each dialect that keeps its reply", async (context) => {
  const verdicts = await inParallel(2, KEPT, async (dialect) => {
    const verdict = openVerdict(`${dialect.name}, one key`);
    const client = await newClient(house, dialect, whole);
    const all = await Promise.all(range(10).map(async () => Array.fromAsync(framesOf(await client.open()))));
    // Who asks again while the first is still being begun may be told so, as for any message.
    const answered = all.filter((seen) => endsIn(seen) > 0);
    verdict.count("answers", answered.length, 10);
    for (const seen of answered) verdict.text("an answer", textOf(seen), TEXT);
    verdict.count("different replies", new Set(answered.map(replyIn)).size);
    if (answered[0]) await check(verdict, client, answered[0], { text: TEXT, status: "complete" });
    return verdict;
  });
  judge(context, verdicts);
});

const KILLS = Math.ceil(Number(process.env.FAULTS_KILLS ?? 20) / 4);

/** As long as the longest wait for a kill. */
const HUNDRED = LONG.slice(0, LONG.indexOf("word100 "));

type Victim = { dialect: Dialect; client: Client; seen: Seen[]; over: Promise<void> };

async function begin(dialect: Dialect, steps = reply(HUNDRED, { wait: 15 })): Promise<Victim> {
  const client = await newClient(house, dialect, steps);
  const seen: Seen[] = [];
  const listen = async () => {
    for await (const frame of framesOf(await client.open())) seen.push(frame);
  };
  return { dialect, client, seen, over: listen().catch(() => undefined) };
}

async function inspect({ dialect, client, seen }: Victim, killedAt: number, trial: string) {
  const verdict = openVerdict(`${dialect.name}, ${trial}`);
  const calls = house.callsFor(client.content).length;
  verdict.must("one call at most", calls <= 1, calls);
  if (!dialect.kept) return inspectBill(verdict, client, seen, killedAt);
  const id = replyIn(seen);
  if (id === null) return verdict;
  const rows = await until(() => client.rows(id), isSettled);
  const answer = rows.messages.find((message) => message.id === id);
  const kept = answer?.content ?? "";
  const safe = textOf(seen.filter(({ at }) => at < killedAt - SAFE_MS));
  verdict.must("a beginning of the reply", LONG.startsWith(kept), kept);
  verdict.must("all that was said before the last second", kept.startsWith(safe), [kept.length, safe.length]);
  const status = endsIn(seen) > 0 || answer?.status === "complete" ? "complete" : "interrupted";
  const talk = { rows: () => client.rows(id) };
  await checkExchange(verdict, { ...client, talk }, { text: kept, status, calls, bills: 1 });
  await comeBack(verdict, dialect, client, seen, kept);
  return verdict;
}

/** A pass that runs so long is noted, and what a busy machine adds to that. Milliseconds. */
const NOTED_MS = 700;
/** How long an object that holds a pass's bill waits for a word of it, and until it next looks. Milliseconds. */
const HELD_MS = 45_000;

/** A pass lives in the request alone, but its bill does not: of one that has spoken it is written, however it was cut off. */
async function inspectBill(verdict: Verdict, client: Client, seen: Seen[], killedAt: number) {
  const mustPay = textOf(seen.filter(({ at }) => at < killedAt - NOTED_MS)) !== "";
  const { ledger } = await until(() => client.rows(null), isSettled, mustPay ? HELD_MS : 0);
  verdict.must("one bill at most", ledger.length <= 1, ledger.length);
  if (!mustPay) return verdict;
  verdict.count("bills", ledger.length);
  verdict.must("words on the bill", (ledger[0]?.completion_tokens ?? 0) > 0);
  const outcome = endsIn(seen) > 0 ? /^complete$/ : /^(complete|interrupted)$/;
  verdict.must("an outcome", outcome.test(ledger[0]?.outcome ?? ""), ledger[0]?.outcome);
  return verdict;
}

/** What a client finds that comes back after a crash. */
async function comeBack(verdict: Verdict, { path }: Dialect, client: Client, seen: Seen[], kept: string) {
  const id = replyIn(seen)!;
  if (path === "/ui/chat") {
    const resumed = await client.resume();
    verdict.must("nothing to come back to", resumed.response.statusCode === 204);
    resumed.cut();
  }
  if (path === "/responses") {
    const { status } = await client.response(id);
    verdict.must("an end", status === "incomplete" || status === "completed", status);
    const told = await Array.fromAsync(framesOf(await client.follow(id, 0)));
    verdict.text("what is told again", textOf(told), kept);
    verdict.count("ends of it", endsIn(told));
  }
  const again = await Array.fromAsync(framesOf(await client.open()));
  verdict.count("the same reply by its key", replyIn(again) === id ? 1 : 0);
  verdict.text("its words", textOf(again), kept);
}

test("the server is killed at a random moment, with every dialect under way", async (context) => {
  const chance = random("dialect-kill");
  const verdicts: Verdict[] = [];
  const bills: (() => Promise<Verdict>)[] = [];
  for (const kill of range(KILLS)) {
    const passes = await Promise.all(PASSES.map((dialect) => begin(dialect, unending)));
    // Every second time late enough for a pass to be known.
    await until(async () => passes.every(({ seen }) => textOf(seen) !== ""), Boolean);
    await sleep(kill % 2 === 0 ? NOTED_MS : 0);
    const victims = [...passes, ...(await Promise.all(KEPT.map((dialect) => begin(dialect))))];
    const moment = Math.floor(chance() * 1700);
    await sleep(moment);
    const killedAt = Date.now();
    await house.server.kill9();
    await house.server.restart();
    await Promise.all(victims.map(({ over }) => over));
    const trial = `kill ${kill + 1} after ${moment} ms`;
    const look = (victim: Victim) => inspect(victim, killedAt, trial);
    verdicts.push(...(await Promise.all(victims.slice(passes.length).map(look))));
    bills.push(...passes.map((victim) => () => look(victim)));
  }
  judge(context, [...verdicts, ...(await Promise.all(bills.map((look) => look())))]);
});
