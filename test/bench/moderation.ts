import { firsts, inTurn } from "./first-token.ts";
import type { Client } from "./processes.ts";
import { seed } from "./seed.ts";
import { startServer } from "./server.ts";
import { apiShots, completionShot, createConversations, type Pace } from "./shots.ts";
import { median, ms, quantile, table } from "./stats.ts";

const FIRST: Pace = { first: 10, tokens: 3, rate: 0 };
/** Longer than the moderation model takes for what is said and then for the reply: the turn before has ended. */
const PAUSE: Pace = { first: 1200, tokens: 1, rate: 0 };
const SIZES = { short: 10, middle: 10, long: 10, messages: 30 };

/**
 * (k) Time to the first token in a conversation in use, with a moderation model that takes half a second and without one: two
 * servers from the same bundle, request by request.
 */
export async function measureModeration(
  client: Client,
  { bundle, state, upstream }: { bundle: string; state: string; upstream: string },
  rounds: number,
): Promise<string> {
  const modes = { with: `${upstream}/v1/moderations`, without: "off" };
  const sides = [];
  for (const [name, SAFETY_MODERATION] of Object.entries(modes)) {
    const options = { bundle, state: `${state}-${name}`, upstream, variables: { SAFETY_MODERATION } };
    const server = await startServer(options);
    const { token, alone } = await seed(server, SIZES);
    const [talk = 0] = await createConversations(server.app, token, alone.slice(0, 1));
    sides.push({ name, server, talk, api: apiShots(server.app, token) });
  }
  const pause = completionShot("pause", upstream, PAUSE);
  const round = sides.flatMap(({ name, talk, api }) => [pause, api.send(name, talk, FIRST)]);
  await inTurn(client, [...round, ...round]);
  const hits = await inTurn(client, Array.from({ length: rounds }, () => round).flat());
  for (const { server } of sides) await server.stop();
  const row = (what: string, name: string) => {
    const values = firsts(hits(name));
    return [what, values.length, ms(median(values)), ms(quantile(values, 0.99))];
  };
  return table(
    ["first token, ms", "turns", "p50", "p99"],
    [row("without a moderation model", "without"), row("with one that takes half a second", "with")],
  );
}
