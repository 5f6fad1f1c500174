import { setTimeout as sleep } from "node:timers/promises";

import type { Hit } from "./client.ts";
import { startClient } from "./processes.ts";
import type { ApiShots } from "./shots.ts";
import { median, ms, table } from "./stats.ts";

/** How long the stream and the calls of `/health` go on, in seconds; the logins come after the first of them. */
const SECONDS = 8;
const TOKENS_A_SECOND = 40;
/** The longest of a run is of the machine as well: as many runs of each, in turn, and of their longest the median. */
const ROUNDS = 3;

const longest = (values: number[]) => Math.max(...values);

/**
 * (i) A stream and `/health`, one call after another, while so many log in at once, and while nobody does. Each login is
 * under a name that nobody has, which takes a hash as any does. `delay`: the longest that a token was under way longer for
 * the logins, in milliseconds. `ids`: two conversations without a message for each round.
 */
export async function measureLogins(api: ApiShots, ids: number[], count: number) {
  const clients = [startClient(), startClient(), startClient()] as const;
  try {
    const runs: { quiet: Run; busy: Run }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [one, other] = [ids[2 * round]!, ids[2 * round + 1]!];
      const quiet = await underLoad(clients, api, one, 0);
      runs.push({ quiet, busy: await underLoad(clients, api, other, count) });
    }
    const [quiet, busy] = [typical(runs.map((run) => run.quiet)), typical(runs.map((run) => run.busy))];
    return {
      delay: busy.delay - quiet.delay,
      text: table(
        [
          "logins at once",
          "between tokens, longest, ms",
          "token under way, p50",
          "longest",
          "/health, longest",
          "served",
        ],
        [
          [0, ms(quiet.gap), ms(quiet.usual), ms(quiet.delay), ms(quiet.health), "–"],
          [
            count,
            ms(busy.gap),
            ms(busy.usual),
            ms(busy.delay),
            ms(busy.health),
            `${busy.served}, the others refused`,
          ],
        ],
      ),
    };
  } finally {
    for (const client of clients) client.stop();
  }
}

type Run = Awaited<ReturnType<typeof underLoad>>;

const typical = (runs: Run[]): Run => ({
  gap: median(runs.map(({ gap }) => gap)),
  usual: median(runs.map(({ usual }) => usual)),
  delay: median(runs.map(({ delay }) => delay)),
  health: median(runs.map(({ health }) => health)),
  served: median(runs.map(({ served }) => served)),
});

type Clients = Readonly<Record<0 | 1 | 2, ReturnType<typeof startClient>>>;

async function underLoad(clients: Clients, api: ApiShots, id: number, count: number) {
  const pace = { first: 10, tokens: SECONDS * TOKENS_A_SECOND, rate: TOKENS_A_SECOND };
  const health = api.call("health", "GET", "/health");
  const [[stream], healths, logins] = await Promise.all([
    clients[0].run({ kind: "in turn", shots: [api.send("stream", id, pace)] }),
    clients[1].run({ kind: "lanes", lanes: [health], forMs: SECONDS * 1000 }),
    sleep(1000).then(() => clients[2].run({ kind: "at once", shots: loginShots(api, count), overMs: 0 })),
  ]);
  if (!stream?.ended) throw new Error("The stream did not end.");
  return {
    gap: longest(stream.gaps),
    usual: median(stream.delays),
    delay: longest(stream.delays),
    health: longest(healths.map(({ total }) => total)),
    served: served(logins),
  };
}

const loginShots = (api: ApiShots, count: number) =>
  Array.from({ length: count }, (_, i) =>
    api.call("login", "POST", "/auth/login", {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: `nobody-${i}`, password: "password123" }),
    }),
  );

/** How many got their verdict. Throws if any was answered otherwise than by a verdict or `overloaded`. */
function served(hits: Hit[]): number {
  const strange = hits.find(({ status }) => status !== 401 && status !== 503);
  if (strange) throw new Error(`A login answered ${strange.status}`);
  return hits.filter(({ status }) => status === 401).length;
}
