/** The bench's clients, in a process of their own: they send what they are told to and report what they saw. */
import { Agent, request } from "node:http";

import { now } from "./clock.ts";

export type Shot = {
  name: string;
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  /** How a token looks in this answer: the moment it was sent, in `now()`'s microseconds, as the one group. */
  token?: "text" | "content";
  /** The answer's text is wanted. */
  keep?: boolean;
};
/** Times in milliseconds. `delays`: how long each token was under way. */
export type Hit = {
  name: string;
  status: number;
  total: number;
  first: number | null;
  delays: number[];
  gaps: number[];
  ended: boolean;
  text?: string;
};

export type Job =
  | { kind: "in turn"; shots: Shot[] }
  | { kind: "lanes"; lanes: Shot[]; forMs: number }
  | { kind: "at once"; shots: Shot[]; overMs: number };

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const TOKEN = { text: /"text":"~(\d+)~"/g, content: /"content":"~(\d+)~"/g };
const ENDED = /event: turn\.completed|\[DONE\]/;

function shoot(shot: Shot): Promise<Hit> {
  const { name, url, method, headers, body, token, keep } = shot;
  const hit: Hit = { name, status: 0, total: 0, first: null, delays: [], gaps: [], ended: false };
  return new Promise((resolve) => {
    const begun = now();
    let [rest, last] = ["", 0];
    const kept: string[] = [];
    const hear = (part: string) => {
      const at = now();
      if (keep) kept.push(part);
      rest += part;
      if (!token) return;
      let end = 0;
      for (const match of rest.matchAll(TOKEN[token])) {
        hit.first ??= (at - begun) / 1000;
        if (last) hit.gaps.push((at - last) / 1000);
        last = at;
        hit.delays.push((at - Number(match[1])) / 1000);
        end = match.index + match[0].length;
      }
      hit.ended ||= ENDED.test(rest);
      rest = rest.slice(Math.max(end, rest.length - 64));
    };
    const finish = () => {
      hit.total = (now() - begun) / 1000;
      resolve(keep ? { ...hit, text: kept.join("") } : hit);
    };
    const sent = request(url, { method, headers, agent }, (response) => {
      hit.status = response.statusCode ?? 0;
      response.setEncoding("utf8").on("data", hear).on("end", finish).on("error", finish);
    });
    sent.setNoDelay(true);
    sent.on("error", finish).end(body);
  });
}

async function inTurn(shots: Shot[]): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (const shot of shots) hits.push(await shoot(shot));
  return hits;
}

/** Each lane sends its shot over and over. */
async function inLanes(lanes: Shot[], forMs: number): Promise<Hit[]> {
  const until = now() + forMs * 1000;
  const hits = lanes.map(async (shot) => {
    const own: Hit[] = [];
    while (now() < until) own.push(await shoot(shot));
    return own;
  });
  return (await Promise.all(hits)).flat();
}

/** All shots together, their starts spread over a while. */
const atOnce = (shots: Shot[], overMs: number) =>
  Promise.all(
    shots.map(async (shot, i) => {
      await new Promise((resolve) => setTimeout(resolve, (overMs * i) / shots.length));
      return shoot(shot);
    }),
  );

const run = (job: Job): Promise<Hit[]> =>
  job.kind === "in turn"
    ? inTurn(job.shots)
    : job.kind === "lanes"
      ? inLanes(job.lanes, job.forMs)
      : atOnce(job.shots, job.overMs);

process.on("message", (job: Job) => void run(job).then((hits) => process.send!(hits)));
process.on("disconnect", () => process.exit());
