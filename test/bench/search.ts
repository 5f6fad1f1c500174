import { setTimeout as sleep } from "node:timers/promises";

import type { startClient } from "./processes.ts";
import { messageId } from "./seed.ts";
import type { Server } from "./server.ts";
import type { ApiShots } from "./shots.ts";
import { ms, quantile, table } from "./stats.ts";

/** So many messages, in conversations of a thousand. */
const MESSAGES = 100_000;
const IN_EACH = 1000;
/** How often each query is made. */
const TIMES = 60;

/** Reproducible chance (Numerical Recipes' linear congruential generator), below 1. */
function chance(seed: number) {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}
const random = chance(20_261_128);
/** A rank as words of a language have it: the n-th is met about 1/n as often as the first (Zipf). */
const rank = (of: number) => Math.floor(of ** random()) - 1;

const LETTERS = "etaoinshrdlucmfwypvbgk";
const wordOf = (n: number) => {
  let word = "";
  for (let left = n + 20; left > 0; left = Math.floor(left / LETTERS.length))
    word += LETTERS[left % LETTERS.length]!;
  return word;
};
const sign = () => String.fromCodePoint(0x4e00 + rank(4000));
/** Three of four are thirty words long, the others sixty signs of a script without spaces. */
const textOf = (n: number) =>
  n % 4 === 0
    ? Array.from({ length: 60 }, sign).join("")
    : Array.from({ length: 30 }, () => wordOf(rank(20_000))).join(" ");

const QUERIES: Record<string, string> = {
  "the most frequent word": wordOf(0),
  "a frequent word": wordOf(20),
  "a word": wordOf(500),
  "a rare word": wordOf(9000),
  "a word being written": wordOf(500).slice(0, 2),
  "two words": `${wordOf(3)} ${wordOf(300)}`,
  "a phrase": `"${wordOf(1)} ${wordOf(2)}"`,
  "a sign": String.fromCodePoint(0x4e00 + 30),
  "two signs": String.fromCodePoint(0x4e00 + 3, 0x4e00 + 40),
};

async function fill(db: Server["db"]): Promise<void> {
  for (let id = 1; id <= MESSAGES / IN_EACH; id++) {
    const texts = JSON.stringify(Array.from({ length: IN_EACH }, (_, n) => textOf(id * IN_EACH + n)));
    await db.batch([
      db
        .prepare(
          `INSERT INTO chat_messages (id, conversation_id, parent_id, depth, role, content, status, created_at)
           SELECT ?1 + key, ?2, CASE WHEN key > 0 THEN ?1 + key - 1 END, key,
             CASE WHEN key % 2 THEN 'assistant' ELSE 'user' END, value, 'complete', 1700000000000 + key FROM json_each(?3)`,
        )
        .bind(messageId(id, 1), id, texts),
      db
        .prepare(
          "UPDATE conversations SET head_message_id = ?1, message_seq = ?2, revision = ?2 WHERE id = ?3",
        )
        .bind(messageId(id, IN_EACH), IN_EACH, id),
    ]);
  }
}

/** How long a search takes over 100,000 messages, and how long it takes to take them in. */
export async function measureSearch(client: ReturnType<typeof startClient>, db: Server["db"], api: ApiShots) {
  await fill(db);
  const shot = (name: string, q: string) => api.call(name, "GET", `/chat/search?q=${encodeURIComponent(q)}`);
  const { url, headers } = shot("", "x");
  const begun = Date.now();
  for (;;) {
    const { complete } = (await (await fetch(url, { headers: headers as never })).json()) as {
      complete: boolean;
    };
    if (complete) break;
    await sleep(200);
  }
  const taken = Date.now() - begun;
  const shots = Object.entries(QUERIES).map(([name, q]) => shot(name, q));
  const hits = await client.run({
    kind: "in turn",
    shots: Array.from({ length: TIMES }, () => shots).flat(),
  });
  const strange = hits.find(({ status }) => status !== 200);
  if (strange) throw new Error(`A search answered ${strange.status}`);
  const row = (name: string, totals: number[]) => [
    name,
    ms(quantile(totals, 0.5)),
    ms(quantile(totals, 0.99)),
  ];
  const rows = shots.map(({ name }, i) =>
    row(
      name,
      hits.filter((_, n) => n % shots.length === i).map(({ total }) => total),
    ),
  );
  const all = hits.map(({ total }) => total);
  return {
    p50: quantile(all, 0.5),
    text: `${table(["looked for", "p50, ms", "p99, ms"], [...rows, row("**all of them**", all)])}

Taking in ${MESSAGES} messages took ${(taken / 1000).toFixed(1)} s, beside searches.`,
  };
}
