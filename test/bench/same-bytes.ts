import { inTurn } from "./first-token.ts";
import type { Client } from "./processes.ts";
import type { ApiShots, Pace } from "./shots.ts";
import { table } from "./stats.ts";

const INSTANT: Pace = { first: 0, tokens: 20, rate: 0 };
/** So long that the window of 8,000 tokens is full well before turn 61. */
const SAID = "We walked up the valley and talked of old times, and it rained all day. ".repeat(8);

/** (h) How much of each prompt is the same, from its beginning on, as in the turn before: what a provider can bill as cached. */
export async function measureSameBytes(client: Client, upstream: string, api: ApiShots, id: number) {
  const shares = async () => (await (await fetch(`${upstream}/shares`)).json()) as number[];
  await shares();
  await inTurn(
    client,
    Array.from({ length: 100 }, () => api.send("x", id, INSTANT, SAID)),
  );
  const all = await shares();
  const mean = (from: number, to: number) => {
    const part = all.slice(from - 1, to);
    return part.reduce((sum, share) => sum + share, 0) / part.length;
  };
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const text = table(
    ["turns", "of the prompt the same bytes as in the turn before"],
    [
      ["2 to 20", percent(mean(2, 20))],
      ["21 to 60", percent(mean(21, 60))],
      ["61 to 100", percent(mean(61, 100))],
    ],
  );
  return { share: mean(61, 100), text };
}
