import { afterAll, beforeAll, test } from "vitest";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { reply, type Call, type Step } from "../live/upstream.ts";
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
} from "./house.ts";
import { judge, openVerdict } from "./verdict.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.[Symbol.asyncDispose]());

const words = (count: number) => Array.from({ length: count }, (_, n) => `word${n} `).join("");
const range = (count: number) => Array.from({ length: count }, (_, n) => n);

/** Whether the upstream was hung up on, or had said everything before that could reach it. */
const isOver = (call: Call, steps: Step[]) =>
  until(async () => call.abortedAt !== null || call.sent === steps.length, Boolean, 5000);

test("the client is cut at every event of a turn and resumes", async (context) => {
  // turn.started, 38 words, turn.completed
  const text = words(38);
  const verdicts = await inParallel(10, range(40), async (n) => {
    const verdict = openVerdict(`cut after event ${n + 1}`);
    const talk = await house.talk();
    const content = house.ask(reply(text, { wait: 10 }));
    const stream = await talk.stream(content);
    const seen: Event[] = [];
    for await (const event of eventsOf(stream)) if (seen.push(event) === n + 1) break;
    stream.cut();
    const resumed = await talk.follow(seen[0]!.data.turn_id!, seen.at(-1)!.id);
    const rest = await readAll(resumed);
    const whole = seen.some(isTerminal) ? seen : [...seen, ...rest];
    verdict.text("what both connections said", textOf(whole), text);
    verdict.count("events", whole.filter(({ event }) => event !== "notice").length, 40);
    verdict.count("terminal events", whole.filter(isTerminal).length);
    await checkExchange(verdict, { house, talk, content }, { text, status: "complete" });
    return verdict;
  });
  judge(context, verdicts);
});

test("two tabs send at once", async (context) => {
  const verdicts = await inParallel(5, range(20), async (n) => {
    const verdict = openVerdict(`pair ${n}`);
    const talk = await house.talk();
    const text = words(8);
    const contents = [0, 1].map(() => house.ask(reply(text, { wait: 20 })));
    const answers = await Promise.all(contents.map((content) => talk.send(content)));
    const taken = answers.findIndex(({ status }) => status === 200);
    verdict.count("accepted", answers.filter(({ status }) => status === 200).length);
    verdict.count("refused", answers.filter(({ status }) => status === 409).length);
    const refusal = answers.find(({ status }) => status === 409);
    verdict.must("a Retry-After", /^\d+$/.test(refusal?.headers.get("retry-after") ?? ""));
    if (taken < 0) return verdict;
    const { assistant_message: written } = (await answers[taken]!.json()) as Ending;
    const named = ((await refusal?.json()) as { turn_id?: string } | undefined)?.turn_id;
    verdict.text("the turn that the refusal names", named ?? "", written!.turn_id);
    const rows = await checkExchange(
      verdict,
      { house, talk, content: contents[taken]! },
      { text, status: "complete" },
    );
    verdict.count("messages", rows.messages.length, 2);
    verdict.count("calls about the other", house.callsFor(contents[1 - taken]!).length, 0);
    return verdict;
  });
  judge(context, verdicts);
});

test("an idempotency key is fired ten times in parallel", async (context) => {
  const verdicts = await inParallel(2, range(5), async (n) => {
    const verdict = openVerdict(`key ${n}`);
    const talk = await house.talk();
    const text = words(10);
    const content = house.ask(reply(text, { wait: 10 }));
    const key = randomUUID();
    const answers = await Promise.all(
      range(10).map(async (i) => {
        if (i % 2 === 0) return (await talk.send(content, { key })).json() as Promise<Ending>;
        return (await readAll(await talk.stream(content, { key }))).findLast(isTerminal)?.data;
      }),
    );
    const replies = answers.map((answer) => answer?.assistant_message);
    verdict.count("answers with the reply", replies.filter((r) => r?.content === text).length, 10);
    verdict.count("different replies", new Set(replies.map((r) => r?.id)).size);
    const rows = await checkExchange(verdict, { house, talk, content }, { text, status: "complete" });
    verdict.count("messages", rows.messages.length, 2);
    return verdict;
  });
  judge(context, verdicts);
});

test("a turn is stopped at a random moment", async (context) => {
  const chance = random("stop");
  const moments = range(30).map(() => Math.floor(chance() * 700));
  const verdicts = await inParallel(10, moments, async (moment) => {
    const verdict = openVerdict(`stopped after ${moment} ms`);
    const talk = await house.talk();
    const text = words(25);
    const steps = reply(text, { wait: 20 });
    const content = house.ask(steps);
    const stream = eventsOf(await talk.stream(content));
    const started = (await stream.next()).value as Event;
    const seen = Array.fromAsync(stream);
    await sleep(moment);
    const [stopped, again] = [await talk.stop(started.data.turn_id!), await talk.stop(started.data.turn_id!)];
    const events = await seen;
    const ended = stopped.status === "complete";
    verdict.count("terminal events", events.filter(isTerminal).length);
    verdict.text("the terminal event", events.at(-1)!.event, ended ? "turn.completed" : "turn.stopped");
    verdict.text("what a second stop says", JSON.stringify(again), JSON.stringify(stopped));
    const kept = textOf(events);
    verdict.must("a beginning of the reply", text.startsWith(kept), kept);
    const { ledger } = await checkExchange(
      verdict,
      { house, talk, content },
      { text: kept, status: stopped.status },
    );
    verdict.must("marked as estimated", ended || ledger[0]!.estimated === 1);
    verdict.must("marked as such for the client", ended || stopped.assistant_message.usage!.estimated);
    const [call] = house.callsFor(content);
    verdict.must("hung up on", ended || (await isOver(call!, steps)));
    return verdict;
  });
  judge(context, verdicts);
});

test("a conversation or its persona is deleted while its reply is written", async (context) => {
  const chance = random("delete");
  const verdicts = await inParallel(8, range(16), async (n) => {
    const whole = n % 2 === 0;
    const verdict = openVerdict(`deletion ${n} of the ${whole ? "persona" : "conversation"}`);
    const talk = await house.talk();
    const steps = reply(words(50), { wait: 20 });
    const content = house.ask(steps);
    const stream = eventsOf(await talk.stream(content));
    await stream.next();
    const seen = Array.fromAsync(stream);
    await sleep(chance() * 500);
    const url = whole ? `${house.server.url}/personas/${talk.personaId}` : talk.url;
    const gone = await fetch(url, { method: "DELETE", headers: { authorization: `Bearer ${talk.token}` } });
    verdict.must("deleted", gone.status === 200, gone.status);
    const events = await seen;
    verdict.count("terminal events", events.filter(isTerminal).length);
    verdict.text("the code", events.at(-1)!.data.code ?? "", "conversation_deleted");
    const [call] = house.callsFor(content);
    verdict.must("hung up on", await isOver(call!, steps));
    const rows = await talk.rows();
    verdict.count("messages", rows.messages.length, 0);
    verdict.count("bills", rows.ledger.length);
    const after = await talk.send(content);
    verdict.must("gone for good", after.status === 404, after.status);
    return verdict;
  });
  judge(context, verdicts);
});
