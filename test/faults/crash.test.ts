import { afterAll, beforeAll, test } from "vitest";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { reply } from "../live/upstream.ts";
import { checkExchange } from "./exchange.ts";
import {
  eventsOf,
  isTerminal,
  openHouse,
  random,
  textOf,
  until,
  type Ending,
  type Event,
  type House,
  type Talk,
} from "./house.ts";
import { judge, openVerdict, SAFE_MS } from "./verdict.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.[Symbol.asyncDispose]());

const KILLS = Number(process.env.FAULTS_KILLS ?? 20);
/** Conversations under way at each kill; with every second one nobody ever asks how it went. */
const TALKS = 6;
const TEXT = Array.from({ length: 100 }, (_, n) => `word${n} `).join("");

type Victim = { talk: Talk; content: string; key: string; seen: Event[]; over: Promise<unknown> };

async function begin(): Promise<Victim> {
  const talk = await house.talk();
  const victim = {
    talk,
    content: house.ask(reply(TEXT, { wait: 15 })),
    key: randomUUID(),
    seen: [] as Event[],
  };
  const listen = async () => {
    for await (const event of eventsOf(await talk.stream(victim.content, victim))) victim.seen.push(event);
  };
  return { ...victim, over: listen().catch(() => undefined) };
}

/** What must be true of a conversation that was under way at a kill, however soon or late one looks. */
async function inspect({ talk, content, seen }: Victim, killedAt: number, trial: string) {
  const verdict = openVerdict(trial);
  // Nothing stands in the database before a turn is settled, whoever has seen it begin.
  const settled = await until(talk.rows, ({ messages }) => seen.length === 0 || messages.length > 0);
  verdict.must(
    "settled",
    settled.messages.every(({ status }) => status !== "in_progress"),
  );
  const asked = settled.messages.find((message) => message.content === content);
  if (seen.length === 0 && !asked) return verdict;
  const answer = settled.messages.find(({ id }) => id - 1 === asked?.id);
  const kept = answer?.content ?? "";
  const safe = textOf(seen.filter(({ at }) => at < killedAt - SAFE_MS));
  verdict.must("a beginning of the reply", TEXT.startsWith(kept), kept);
  verdict.must("all that was said before the last second", kept.startsWith(safe), [kept.length, safe.length]);
  const ended = seen.find(isTerminal) ?? answer?.status === "complete";
  const calls = house.callsFor(content).length;
  verdict.must("one call at most", calls <= 1, calls);
  // The bill is written even where the kill came before the call could leave.
  const status = ended ? "complete" : "interrupted";
  await checkExchange(verdict, { house, talk, content }, { text: kept, status, calls, bills: 1 });
  return verdict;
}

test("the server is killed at a random moment under load, and comes back", async (context) => {
  const chance = random("kill");
  const looks: (() => ReturnType<typeof inspect>)[] = [];
  const verdicts: Awaited<ReturnType<typeof inspect>>[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    const victims = await Promise.all(Array.from({ length: TALKS }, begin));
    const moment = Math.floor(chance() * 1700);
    await sleep(moment);
    const killedAt = Date.now();
    await house.server.kill9();
    await house.server.restart();
    await Promise.all(victims.map(({ over }) => over));
    const trial = `kill ${kill} after ${moment} ms`;
    const [asked, quiet] = [victims.filter((_, n) => n % 2 === 0), victims.filter((_, n) => n % 2 === 1)];
    looks.push(...quiet.map((victim) => () => inspect(victim, killedAt, `${trial}, nobody asking`)));
    const checks = asked.map(async (victim, n) => {
      const again = n === 0 && victim.seen.length > 0 ? await victim.talk.send(victim.content, victim) : null;
      const next = await victim.talk.send(house.ask(reply("Next.")));
      const verdict = await inspect(victim, killedAt, trial);
      verdict.must("open for the next message", next.status === 200, next.status);
      const replayed = (await again?.json()) as Ending | undefined;
      if (again)
        verdict.must("the same turn", replayed?.assistant_message?.turn_id === victim.seen[0]!.data.turn_id);
      return verdict;
    });
    verdicts.push(...(await Promise.all(checks)));
  }
  const last = await Promise.all(looks.map((look) => look()));
  judge(context, [...verdicts, ...last]);
});
