import { setTimeout as sleep } from "node:timers/promises";

import type { Hit } from "./client.ts";
import { startClient } from "./processes.ts";
import type { ApiShots } from "./shots.ts";
import { ms, table } from "./stats.ts";

/** How long the stream and the calls of `/health` go on, in seconds; the logins come after the first of them. */
const SECONDS = 8;
const TOKENS_A_SECOND = 40;

const longest = (values: number[]) => Math.max(...values);

/**
 * (g) A stream and `/health`, one call after another, while so many log in at once, and while nobody does. Each login is
 * under a name that nobody has, which takes a hash as any does. `delay`: the longest that a token was under way longer for
 * the logins, in milliseconds.
 */
export async function measureLogins(api: ApiShots, ids: number[], count: number) {
  const clients = [startClient(), startClient(), startClient()] as const;
  try {
    const quiet = await underLoad(clients, api, ids[0]!, 0);
    const busy = await underLoad(clients, api, ids[1]!, count);
    return {
      delay: busy.delay - quiet.delay,
      text: table(
        [
          "logins at once",
          "between tokens, longest, ms",
          "token under way, longest",
          "/health, longest",
          "served",
        ],
        [
          [0, ms(quiet.gap), ms(quiet.delay), ms(quiet.health), "–"],
          [count, ms(busy.gap), ms(busy.delay), ms(busy.health), `${busy.served}, the others refused`],
        ],
      ),
    };
  } finally {
    for (const client of clients) client.stop();
  }
}

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
