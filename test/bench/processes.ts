import { fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Hit, Job } from "./client.ts";

function start(script: string) {
  const child = fork(join(import.meta.dirname, script), {
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const message = async () => (await once(child, "message"))[0] as unknown;
  return { child, message };
}

/** The scripted upstream: see `upstream.ts`. */
export async function startUpstream() {
  const { child, message } = start("upstream.ts");
  const { port } = (await message()) as { port: number };
  return { url: `http://127.0.0.1:${port}`, pid: child.pid!, stop: () => void child.kill() };
}

/** The load client: see `client.ts`. One job at a time. */
export function startClient() {
  const { child, message } = start("client.ts");
  const run = async (job: Job): Promise<Hit[]> => {
    child.send(job);
    return (await message()) as Hit[];
  };
  return { run, pid: child.pid!, stop: () => void child.kill() };
}

export type Client = ReturnType<typeof startClient>;

const stat = (pid: number) => {
  // The name stands in parentheses and may hold anything; after it come the state, the parent and the rest.
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [, parent, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { parent: Number(parent), ticks: Number(rest[9]) + Number(rest[10]) };
};

/** The runtime's processes: those that this one started and that are called workerd. */
export function workerdPids(): number[] {
  const isOurs = (pid: number) => {
    try {
      return (
        readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "workerd" && stat(pid).parent === process.pid
      );
    } catch {
      return false;
    }
  };
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && isOurs(pid));
}

/** Seconds of processor time that a process has used (Linux counts a hundred ticks a second). */
export const cpuSeconds = (pid: number) => stat(pid).ticks / 100;

/** Resident memory in MB. */
export const residentMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
