import type { Shot } from "./client.ts";
import { inTurn } from "./first-token.ts";
import type { Client } from "./processes.ts";
import type { Seed } from "./seed.ts";
import { messageId } from "./seed.ts";
import type { ApiShots, Pace } from "./shots.ts";
import { median, ms, table } from "./stats.ts";

type Entry = { what: string; statements: number; rowsRead: number; rowsWritten: number };

/** Long enough that what the object does beside the call to the upstream is done before the first token. */
const SLOW: Pace = { first: 150, tokens: 3, rate: 0 };
const INSTANT: Pace = { first: 0, tokens: 3, rate: 0 };

/** What a request called, in order, also after its answer has gone. */
async function traceOf(client: Client, api: ApiShots, shot: Shot) {
  const trace = { ...api.call("trace", "GET", "/bench/trace"), keep: true };
  const pause = { ...shot, name: "pause", url: new URL("/bench/delay/0", shot.url).href, method: "PUT" };
  await client.run({ kind: "in turn", shots: [trace] });
  const [hit] = await client.run({ kind: "in turn", shots: [{ ...shot, keep: true }] });
  await client.run({ kind: "in turn", shots: Array.from({ length: 50 }, () => ({ ...pause, body: "" })) });
  const [told] = await client.run({ kind: "in turn", shots: [trace] });
  return { entries: JSON.parse(told!.text!) as Entry[], hit: hit! };
}

function summary(entries: Entry[]) {
  const asked = entries.findIndex(({ what }) => what === "upstream asked");
  const spoke = entries.findIndex(({ what }) => what === "first token");
  const parts =
    asked < 0
      ? [entries, [], []]
      : [entries.slice(0, asked), entries.slice(asked, spoke), entries.slice(spoke)];
  return parts.map((part) => {
    const calls = Map.groupBy(part, ({ what }) => what);
    return [...calls]
      .filter(([what]) => what === "d1")
      .map(([, list]) => `${list.length} D1`)
      .join(", ");
  });
}

/** (e) Round trips to D1, by request. `asleep`: a conversation whose object sleeps. */
export async function countRoundTrips(client: Client, api: ApiShots, fresh: number[], asleep: number) {
  const rows: string[][] = [];
  const count = async (name: string, shot: Shot, expected = 200) => {
    const { entries, hit } = await traceOf(client, api, shot);
    if (hit.status !== expected) throw new Error(`${name} answered ${hit.status}: ${hit.text}`);
    rows.push([name, ...summary(entries).map((part) => part || "–")]);
    return hit;
  };
  const id = fresh[0]!;
  const path = `/chat/conversations/${id}`;
  await count("send, object asleep", api.send("x", asleep, SLOW));
  await count("send, first message of a conversation", api.send("x", id, SLOW));
  await count("send, conversation in use", api.send("x", id, SLOW));
  await count("send, answered with JSON", {
    ...api.send("x", id, SLOW),
    body: '{"content":"Hi. first=150 tokens=3 rate=0"}',
  });
  await count("regenerate", api.again("x", id, messageId(id, 2)));
  const turn = `${path}/turns/turn_${messageId(id, 4)}`;
  await count("read a finished turn's events", api.call("x", "GET", `${turn}/events`));
  await count("stop, after the end", api.call("x", "POST", `${turn}/stop`));
  await count("is a turn running?", api.call("x", "GET", `${path}/turns/current`), 204);
  await count("list messages", api.list("x", id, 100));
  await count("show a message", api.call("x", "GET", `/chat/messages/${messageId(id, 1)}`));
  await count("show a conversation", api.call("x", "GET", path));
  await count("list conversations", api.call("x", "GET", "/chat/conversations"));
  await count("delete a message", api.call("x", "DELETE", `/chat/messages/${messageId(id, 1)}`));
  await count("delete a conversation", api.call("x", "DELETE", path));
  return table(
    ["request", "before the upstream is asked", "beside it, before its first token", "after"],
    rows,
  );
}

/** (d) The same requests on conversations of three lengths, in turn. `rows` and `time`: the most over the least. */
export async function measureSizes(
  client: Client,
  api: ApiShots,
  { conversations }: Seed,
  lengths: number[],
  rounds: number,
) {
  const ids = [conversations.short, conversations.middle, conversations.long];
  const requests: [string, (name: string, id: number, length: number) => Shot][] = [
    ["list the newest 10", (name, id) => api.list(name, id, 10)],
    ["send", (name, id) => api.send(name, id, INSTANT)],
    ["regenerate (window from D1)", (name, id, length) => api.again(name, id, messageId(id, length))],
  ];
  const rows: (string | number)[][] = [];
  const worst = { rows: 1, time: 1 };
  const spread = (values: number[]) => Math.max(...values) / Math.min(...values);
  for (const [name, shot] of requests) {
    const shots = Array.from({ length: rounds }, () =>
      ids.map((id, i) => shot(String(id), id, lengths[i]!)),
    ).flat();
    await inTurn(client, shots.slice(0, 15));
    const hits = await inTurn(client, shots);
    const time = ids.map((id) => median(hits(String(id)).map(({ total }) => total)));
    const read: number[] = [];
    for (const [i, id] of ids.entries()) {
      const { entries } = await traceOf(client, api, shot("x", id, lengths[i]!));
      read.push(entries.reduce((sum, { rowsRead = 0 }) => sum + rowsRead, 0));
    }
    worst.rows = Math.max(worst.rows, spread(read));
    worst.time = Math.max(worst.time, spread(time));
    rows.push([name, ...time.map(ms), ...read]);
  }
  const head = lengths.map((n) => n.toLocaleString("en"));
  return {
    worst,
    text: table(["", ...head.map((n) => `${n}: p50, ms`), ...head.map((n) => `${n}: rows read`)], rows),
  };
}
