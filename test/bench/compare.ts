import { join } from "node:path";

import type { Hit, Shot } from "./client.ts";
import { firsts, inTurn } from "./first-token.ts";
import type { Client } from "./processes.ts";
import { seed } from "./seed.ts";
import { build, startServer } from "./server.ts";
import { apiShots, completionShot, createConversations, createKey, passShot, type Pace } from "./shots.ts";
import { median, table, times } from "./stats.ts";

const FIRST: Pace = { first: 10, tokens: 3, rate: 0 };
const INSTANT: Pace = { first: 0, tokens: 10, rate: 0 };
const PAUSE: Pace = { first: 40, tokens: 1, rate: 0 };
const SIZES = { short: 10, middle: 100, long: 200, messages: 1000 };
const TALKS = 24;
const TURNS = 8;
const ASLEEP = 30;
const SLICES = 6;
const SLICE_MS = 1500;

/** One of the two that are compared: the code of a checkout (this one, if none is named), with these variables. */
export type Contender = { name: string; checkout?: string; variables?: Record<string, string> };
type Options = Parameters<typeof startServer>[0];
type Side = Awaited<ReturnType<typeof openSide>>;

async function openSide(options: Options, checkout?: string) {
  const server = await startServer(options);
  const seeded = await seed(server, SIZES, checkout);
  const key = await createKey(server.app, seeded.token);
  const shots = { api: apiShots(server.app, seeded.token), keyed: apiShots(server.app, key) };
  return { options, server, seeded, key, ...shots };
}

/** The one id that each side gives. */
const eachOf = (sides: Side[], step: (side: Side) => Promise<number[]>) =>
  Promise.all(sides.map(async (side) => (await step(side))[0]!));

const whole = ({ status, ended }: Hit) => status === 200 && ended;

/** Two servers, in turn: request by request for first tokens, slice by slice for turns a second. A Markdown table. */
export async function compare(
  [first, second]: [Contender, Contender],
  client: Client,
  upstream: { url: string },
  home: string,
  say: (text: string) => void,
): Promise<string> {
  const contenders = [first, second];
  const names = contenders.map((_, i) => String(i));
  const sides: Side[] = [];
  for (const [i, { name, checkout, variables = {} }] of contenders.entries()) {
    say(`Building ${name}`);
    const options = { bundle: join(home, `${i}`), state: join(home, `${i}-state`), upstream: upstream.url };
    await build(options.bundle, checkout);
    sides.push(await openSide({ ...options, variables }, checkout));
  }
  const [pause, direct] = [PAUSE, FIRST].map((pace, i) =>
    completionShot(i ? "direct" : "pause", upstream.url, pace),
  );
  const bare = completionShot("bare", sides[1]!.server.floor, FIRST);

  say("First token");
  const open = ({ server, seeded }: Side) =>
    createConversations(server.app, seeded.token, seeded.alone.splice(0, 1));
  const personas = sides.map(({ seeded }) => seeded.alone.shift()!);
  /** Conversations that were made just now, one of each side. */
  const talk = (ids: number[]): Shot[] => [
    ...sides.flatMap(({ api }, i) => [pause!, api.send(`new ${names[i]}`, ids[i]!, FIRST)]),
    ...Array.from({ length: TURNS }, () => [
      pause!,
      direct!,
      bare,
      ...sides.flatMap(({ api, keyed, key, server }, i) => [
        pause!,
        api.send(`used ${names[i]}`, ids[i]!, FIRST),
        pause!,
        passShot(`pass ${names[i]}`, server.app, key, FIRST, personas[i]!),
        pause!,
        keyed.send(`key ${names[i]}`, keyTalks[i]!, FIRST),
      ]),
    ]).flat(),
  ];
  const heard: ((name: string) => Hit[])[] = [];
  let keyTalks: number[] = [];
  for (let n = 0; n < TALKS; n++) {
    const [ids, others] = [await eachOf(sides, open), await eachOf(sides, open)];
    keyTalks = others;
    heard.push(await inTurn(client, talk(ids)));
  }
  const hits = (name: string) => heard.slice(3).flatMap((of) => of(name));

  say("Turns a second");
  const lanes = sides.map(({ seeded }) => seeded.empty.splice(0, 8));
  const perSecond = [1, 8].map((width) => ({ width, counts: [0, 0] }));
  for (const { width, counts } of perSecond) {
    for (let slice = 0; slice < SLICES; slice++) {
      for (const [i, { api }] of sides.entries()) {
        const shots = lanes[i]!.slice(0, width).map((id) => api.send("x", id, INSTANT));
        const done = await client.run({ kind: "lanes", lanes: shots, forMs: SLICE_MS });
        counts[i]! += done.filter(whole).length;
      }
    }
  }

  say("After a restart");
  const asleep = sides.map(({ seeded }) => seeded.empty.splice(0, ASLEEP));
  for (const [i, { api }] of sides.entries())
    await inTurn(
      client,
      asleep[i]!.map((id) => api.send("x", id, INSTANT)),
    );
  for (const side of sides) {
    await side.server.stop();
    side.server = await startServer(side.options);
    side.api = apiShots(side.server.app, side.seeded.token);
  }
  const bareAgain = completionShot("bare", sides[1]!.server.floor, FIRST);
  const cold = await inTurn(
    client,
    Array.from({ length: ASLEEP }, (_, n) => [
      pause!,
      direct!,
      bareAgain,
      ...sides.flatMap(({ api }, i) => [pause!, api.send(`cold ${names[i]}`, asleep[i]![n]!, FIRST)]),
    ]).flat(),
  );
  for (const { server } of sides) await server.stop();

  const ratio = (from: (name: string) => Hit[], name: string) => {
    const base = median(firsts(from("direct")));
    return (median(firsts(from(name))) - base) / (median(firsts(from("bare"))) - base);
  };
  const row = (what: string, from: (name: string) => Hit[], name: string) => [
    what,
    ...names.map((side) => times(ratio(from, `${name} ${side}`))),
    "",
  ];
  return table(
    ["in one run, in turn", first.name, second.name, "the second : the first"],
    [
      row("first token, conversation in use, of the bare Worker's addition", hits, "used"),
      row("the same with an API key", hits, "key"),
      row("a pass", hits, "pass"),
      row("first message of a conversation that was just made through the API", hits, "new"),
      row("first turn after a restart", cold, "cold"),
      ...perSecond.map(({ width, counts: [before = 0, after = 0] }) => [
        `turns a second, upstream at once, ${width} at a time`,
        ...[before, after].map((n) => (n / ((SLICES * SLICE_MS) / 1000)).toFixed(0)),
        times(after / before),
      ]),
    ],
  );
}
