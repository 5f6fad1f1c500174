import type { Hit, Shot } from "./client.ts";
import type { Client } from "./processes.ts";
import { completionShot, type ApiShots, type Pace } from "./shots.ts";
import { median, ms, quantile, table, times } from "./stats.ts";

const FIRST: Pace = { first: 10, tokens: 3, rate: 0 };
const STEADY: Pace = { first: 10, tokens: 40, rate: 40 };
const TURNS_PER_CONVERSATION = 10;
/** Between turns, so that what a turn leaves to do (the cache, its log) does not fall on the next one. */
const PAUSE: Pace = { first: 40, tokens: 1, rate: 0 };

export type Origins = { upstream: string; floor: string };

/** Runs shots one after another and sorts what came of them by name. Throws if any of them failed. */
export async function inTurn(client: Client, shots: Shot[]): Promise<(name: string) => Hit[]> {
  const hits = await client.run({ kind: "in turn", shots });
  const failed = hits.find(({ status, ended }, i) => status !== 200 || (shots[i]!.token && !ended));
  if (failed)
    throw new Error(`${failed.name} answered ${failed.status} ${failed.ended ? "" : "and did not end"}`);
  const byName = Map.groupBy(hits, ({ name }) => name);
  return (name) => byName.get(name) ?? [];
}

export const firsts = (hits: Hit[]) => hits.map(({ first }) => first ?? NaN);

/**
 * (a) Time to the first token: the upstream, the bare Worker and ours, request by request. Each conversation is made just before
 * its first message, as clients make it, and then has turns of a conversation in use.
 * @param open makes the next conversation
 */
export async function measureFirstToken(
  client: Client,
  at: Origins,
  api: ApiShots,
  open: () => Promise<number>,
  withKey: { api: ApiShots; conversations: number[] },
  remembering: number[],
) {
  const direct = completionShot("direct", at.upstream, FIRST);
  const bare = completionShot("bare", at.floor, FIRST);
  const pause = completionShot("pause", at.upstream, PAUSE);
  const talk = (id: number, n: number) => [
    pause,
    api.send("new", id, FIRST),
    ...Array.from({ length: TURNS_PER_CONVERSATION }, () => [
      pause,
      direct,
      bare,
      api.send("used", id, FIRST),
      pause,
      withKey.api.send("key", withKey.conversations[n]!, FIRST),
      pause,
      api.send("remembering", remembering[n]!, FIRST),
    ]).flat(),
  ];
  const talked: number[] = [];
  const heard: ((name: string) => Hit[])[] = [];
  for (const n of remembering.keys()) {
    const id = await open();
    talked.push(id);
    heard.push(await inTurn(client, talk(id, n)));
  }
  const warmUp = Math.ceil(talked.length / 6);
  const hits = (name: string) => heard.slice(warmUp).flatMap((of) => of(name));
  const base = median(firsts(hits("direct")));
  const added = (name: string) => median(firsts(hits(name))) - base;
  const ratio = added("used") / added("bare");
  const row = (what: string, name: string) => {
    const values = firsts(hits(name));
    const extra = name === "direct" ? ["", ""] : [ms(added(name)), times(added(name) / added("bare"))];
    return [what, values.length, ms(median(values)), ms(quantile(values, 0.99)), ...extra];
  };
  const text = table(
    ["first token, ms", "turns", "p50", "p99", "added, p50", "of the bare Worker's"],
    [
      row("the upstream itself (10 ms)", "direct"),
      row("through a bare Worker", "bare"),
      row("through us, conversation in use", "used"),
      row("through us, conversation in use, with an API key", "key"),
      row("through us, first message of a new conversation", "new"),
      row("through us, in use, with a persona who remembers 1,000 messages of others", "remembering"),
    ],
  );
  return {
    ratio,
    keyRatio: added("key") / added("bare"),
    newRatio: added("new") / added("bare"),
    added: added("used"),
    floor: added("bare"),
    talked,
    text,
  };
}

/** (a) Time between tokens, and how long a token is under way. */
export async function measurePace(client: Client, at: Origins, api: ApiShots, conversations: number[]) {
  const shots = conversations.flatMap((id) => [
    completionShot("direct", at.upstream, STEADY),
    completionShot("bare", at.floor, STEADY),
    api.send("used", id, STEADY),
  ]);
  const hits = await inTurn(client, shots);
  const row = (what: string, name: string) => {
    const gaps = hits(name).flatMap((hit) => hit.gaps);
    const delays = hits(name).flatMap((hit) => hit.delays);
    return [what, gaps.length, ...[gaps, delays].flatMap((v) => [ms(median(v)), ms(quantile(v, 0.99))])];
  };
  return table(
    ["one stream, 40 tokens/s", "tokens", "between tokens p50, ms", "p99", "token under way p50, ms", "p99"],
    [row("the upstream itself", "direct"), row("through a bare Worker", "bare"), row("through us", "used")],
  );
}

/** The first turn after the object has left the memory: at once, or after somebody has opened the conversation. */
export async function measureCold(
  client: Client,
  at: Origins,
  api: ApiShots,
  asleep: number[],
  opened: number[],
) {
  const direct = completionShot("direct", at.upstream, FIRST);
  const bare = completionShot("bare", at.floor, FIRST);
  const pause = completionShot("pause", at.upstream, PAUSE);
  const shots = asleep.flatMap((id, i) => [
    pause,
    direct,
    bare,
    api.send("asleep", id, FIRST),
    api.list("open", opened[i]!, 100),
    pause,
    api.send("opened", opened[i]!, FIRST),
  ]);
  const hits = await inTurn(client, [pause, bare, ...shots]);
  const base = median(firsts(hits("direct")));
  const floor = median(firsts(hits("bare"))) - base;
  const row = (what: string, name: string) => {
    const added = median(firsts(hits(name))) - base;
    return [what, hits(name).length, ms(added), times(added / floor)];
  };
  const text = table(
    ["first turn after a restart", "turns", "added to the first token p50, ms", "of the bare Worker's"],
    [row("sent at once", "asleep"), row("sent after the conversation was opened", "opened")],
  );
  return { ratio: (median(firsts(hits("asleep"))) - base) / floor, text };
}

/** (f) The first token with a delay in front of every call to D1. `grows`: in round trips, at the longest delay. */
export async function measureSlowDatabase(client: Client, api: ApiShots, used: number[], fresh: number[]) {
  const delays = [0, 25, 100];
  const setDelay = (delay: number) => api.call("set", "PUT", `/bench/delay/${delay}`);
  const shots = used.flatMap((id, i) => [
    setDelay(0),
    api.send("warm-up", id, FIRST),
    ...delays.flatMap((delay, j) => [
      setDelay(delay),
      api.send(`used ${delay}`, id, FIRST),
      api.send(`new ${delay}`, fresh[i * delays.length + j]!, FIRST),
    ]),
  ]);
  const hits = await inTurn(client, [...shots, setDelay(0)]);
  const p50 = (name: string) => median(firsts(hits(name)));
  const grows = (name: string) => (p50(`${name} 100`) - p50(`${name} 0`)) / 100;
  const row = (what: string, name: string) => [
    what,
    ...delays.map((delay) => ms(p50(`${name} ${delay}`))),
    grows(name).toFixed(2),
  ];
  const text = table(
    ["first token p50, ms", ...delays.map((delay) => `D1 + ${delay} ms`), "D1 round trips before it"],
    [row("conversation in use", "used"), row("first message of a new conversation", "new")],
  );
  return { grows: Math.max(grows("used"), grows("new")), text };
}
