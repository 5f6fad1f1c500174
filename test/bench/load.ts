import { setTimeout as sleep } from "node:timers/promises";

import type { Hit, Shot } from "./client.ts";
import type { Origins } from "./first-token.ts";
import { cpuSeconds, residentMb, workerdPids, type Client } from "./processes.ts";
import { completionShot, type ApiShots, type Pace } from "./shots.ts";
import { median, ms, quantile, table } from "./stats.ts";

const INSTANT: Pace = { first: 0, tokens: 10, rate: 0 };
const TOKENS_A_SECOND = 20;

/** Who is measured: under a name, a shot for the n-th stream. */
const contenders = (
  at: Origins,
  api: ApiShots,
  ids: number[],
  pace: Pace,
): [string, (n: number) => Shot][] => [
  ["the upstream itself", () => completionShot("direct", at.upstream, pace)],
  ["a bare Worker", () => completionShot("bare", at.floor, pace)],
  ["us", (n) => api.send("us", ids[n]!, pace)],
];

const whole = ({ status, ended }: Hit) => status === 200 && ended;

/** (b) Whole turns a second with an upstream that answers at once. `cpuMs`: the runtime's processor time for one turn. */
export async function measureTurns(
  client: Client,
  at: Origins,
  api: ApiShots,
  ids: number[],
  sliceMs: number,
) {
  const rows: (string | number)[][] = [];
  let cpuMs = 0;
  for (const lanes of [1, 8, 32]) {
    const all = contenders(at, api, ids, INSTANT);
    const done = all.map(() => [] as Hit[]);
    for (let slice = 0; slice < 3; slice++) {
      for (const [i, [, shot]] of all.entries()) {
        const shots = Array.from({ length: lanes }, (_, n) => shot(n));
        const busy = cpuOfRuntime();
        const hits = await client.run({ kind: "lanes", lanes: shots, forMs: sliceMs });
        if (i === all.length - 1 && lanes === 1) cpuMs = (1000 * (cpuOfRuntime() - busy)) / hits.length;
        done[i]!.push(...hits);
      }
    }
    const perSecond = done.map((hits) => hits.filter(whole).length / ((3 * sliceMs) / 1000));
    const lost = done.flat().filter((hit) => !whole(hit)).length;
    rows.push([
      lanes,
      ...perSecond.map((n) => n.toFixed(0)),
      ms(median(done[2]!.map(({ total }) => total))),
      lost,
    ]);
  }
  const text = table(
    [
      "at once",
      "the upstream itself, turns/s",
      "a bare Worker, turns/s",
      "us, turns/s",
      "our turn p50, ms",
      "failed",
    ],
    rows,
  );
  return { text, cpuMs };
}

const cpuOfRuntime = () =>
  workerdPids()
    .map(cpuSeconds)
    .reduce((a, b) => a + b, 0);

/** (c) Many streams at once at a reader's pace. */
export async function measureStreams(
  client: Client,
  at: Origins & { pid: number },
  api: ApiShots,
  ids: number[],
  { counts, seconds }: { counts: number[]; seconds: number },
) {
  const rows: (string | number)[][] = [];
  const ours = new Map<number, { p50: number; p99: number; lost: number }>();
  const pace = { first: 10, tokens: seconds * TOKENS_A_SECOND, rate: TOKENS_A_SECOND };
  for (const count of counts) {
    let base: Record<"p50" | "p99", number> | undefined;
    for (const [name, shot] of contenders(at, api, ids, pace)) {
      const shots = Array.from({ length: count }, (_, n) => shot(n));
      const meter = startMeter([client.pid, at.pid]);
      const hits = await client.run({ kind: "at once", shots, overMs: 2000 });
      const used = await meter.stop();
      const delays = hits.flatMap((hit) => hit.delays);
      const [p50, p99] = [median(delays), quantile(delays, 0.99)];
      base ??= { p50, p99 };
      const isBase = name === "the upstream itself";
      const lost = hits.filter((hit) => !whole(hit)).length;
      if (name === "us") ours.set(count, { p50: p50 - base.p50, p99: p99 - base.p99, lost });
      rows.push([
        count,
        name,
        ms(p50),
        ms(p99),
        isBase ? "" : ms(p50 - base.p50),
        isBase ? "" : ms(p99 - base.p99),
        lost,
        `${used.before.toFixed(0)} → ${used.peak.toFixed(0)}`,
        used.cores.map((n) => n.toFixed(2)).join(" / "),
      ]);
      // What a turn leaves to do (the cache, the logs) is not the next one's burden.
      await sleep(2000);
    }
  }
  const text = table(
    [
      "streams",
      "through",
      "token under way p50, ms",
      "p99",
      "added p50",
      "added p99",
      "lost",
      "workerd, MB",
      "cores: workerd / client / upstream",
    ],
    rows,
  );
  return { text, ours };
}

/** Watches the runtime's memory, and how many cores it and these other processes keep busy. */
function startMeter(others: number[]) {
  const workerd = workerdPids();
  const memory = () => workerd.map(residentMb).reduce((a, b) => a + b, 0);
  const busy = () => [workerd.map(cpuSeconds).reduce((a, b) => a + b, 0), ...others.map(cpuSeconds)];
  const [before, busyBefore, begun] = [memory(), busy(), performance.now()];
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, memory())), 250);
  return {
    async stop() {
      clearInterval(timer);
      const seconds = (performance.now() - begun) / 1000;
      return { before, peak, cores: busy().map((now, i) => (now - busyBefore[i]!) / seconds) };
    },
  };
}
