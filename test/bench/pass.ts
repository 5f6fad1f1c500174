import { firsts, inTurn, type Origins } from "./first-token.ts";
import type { Client } from "./processes.ts";
import { completionShot, passShot, type Pace } from "./shots.ts";
import { median, ms, quantile, table, times } from "./stats.ts";

const FIRST: Pace = { first: 10, tokens: 3, rate: 0 };
/** Between requests, so that what a pass leaves to do (its row in the ledger) does not fall on the next one. */
const PAUSE: Pace = { first: 40, tokens: 1, rate: 0 };
const WARM_UP = 20;

/**
 * (j) Time to the first token of a pass under /v1, warm: the upstream, the bare Worker and ours, request by request, with the
 * same body.
 */
export async function measurePass(
  client: Client,
  at: Origins,
  app: string,
  key: string,
  personas: { alone: number; remembering: number },
  rounds: number,
) {
  const pause = completionShot("pause", at.upstream, PAUSE);
  const round = [
    pause,
    completionShot("direct", at.upstream, FIRST),
    completionShot("bare", at.floor, FIRST),
    pause,
    passShot("pass", app, key, FIRST, personas.alone),
    pause,
    passShot("remembering", app, key, FIRST, personas.remembering),
  ];
  const rows = (count: number) => Array.from({ length: count }, () => round).flat();
  await inTurn(client, rows(WARM_UP));
  const hits = await inTurn(client, rows(rounds));
  const base = median(firsts(hits("direct")));
  const added = (name: string) => median(firsts(hits(name))) - base;
  const row = (what: string, name: string) => {
    const values = firsts(hits(name));
    const extra = name === "direct" ? ["", ""] : [ms(added(name)), times(added(name) / added("bare"))];
    return [what, values.length, ms(median(values)), ms(quantile(values, 0.99)), ...extra];
  };
  return {
    ratio: added("pass") / added("bare"),
    text: table(
      ["first token, ms", "requests", "p50", "p99", "added, p50", "of the bare Worker's"],
      [
        row("the upstream itself (10 ms)", "direct"),
        row("through a bare Worker", "bare"),
        row("through us, a pass with an API key", "pass"),
        row("the same, of a persona who remembers 1,000 messages", "remembering"),
      ],
    ),
  };
}
