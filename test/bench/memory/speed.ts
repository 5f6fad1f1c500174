/// <reference types="@cloudflare/workers-types" />
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import type { Lesson, Original, Source } from "../../../src/memory/learn";
import { openDisk } from "../../live/memory-world.ts";
import { table } from "../stats.ts";
import { conversations } from "./conversations.ts";
import { openCells, openMemory, openVault } from "./load.ts";

const RECALLS = 100;
const ROUNDS = 5;
const BARS = { recall: 5, cold: 200, megabytes: 15, kept: 20_000, rows: 2 };

setFlagsFromString("--expose_gc");
const collect = runInNewContext("gc") as () => void;
const heap = () => {
  collect();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
};

const lives = conversations();
const questions = lives.flatMap(({ persona, questions }) =>
  questions.map(({ question, at }) => ({ question, persona, now: Date.parse(at) })),
);
const NONCE = "nonce";
const IDS = 2 ** 20;

/** So many messages of one user and one persona: the lives one after another, and again as often as it takes. */
function talkOf(size: number): Map<number, Source[]> {
  const talk = new Map<number, Source[]>();
  for (let i = 0; i * 300 < size; i++) {
    const { messages } = lives[i % lives.length] ?? { messages: [] };
    const id = i + 1;
    const rows = messages.slice(0, size - i * 300).map(({ role, content, at }, n): Source => ({
      id: id * IDS + n + 1,
      parentId: n === 0 ? null : id * IDS + n,
      role,
      content,
      status: "complete",
      createdAt: new Date(Date.parse(at) + Math.floor(i / lives.length) * 400 * 86_400_000),
      safety: null,
    }));
    talk.set(id, rows);
  }
  return talk;
}

const originalOf = (talk: Map<number, Source[]>): Original => ({
  conversations: async () =>
    [...talk].map(([id, rows]) => ({
      id,
      revision: 1,
      nonce: NONCE,
      headMessageId: rows.at(-1)?.id ?? null,
      updatedAt: rows.at(-1)?.createdAt ?? new Date(0),
    })),
  branch: async (id, leaf, count) => {
    const rows = talk.get(id) ?? [];
    const end = rows.findIndex((row) => row.id === leaf) + 1;
    return rows.slice(Math.max(0, end - count), end);
  },
});

const time = (step: () => void): number => {
  const begun = performance.now();
  step();
  return performance.now() - begun;
};

type Opened = ReturnType<typeof openMemory>;
const ask = (memory: Opened, i: number) => {
  const { question, persona, now } = questions[(i * 7) % questions.length] ?? {
    question: "",
    persona: "",
    now: 0,
  };
  memory.answer({ question, persona, now, budget: 1000, factBudget: 300, ratio: 1, window: null });
};
const times = (step: (i: number) => void) => Array.from({ length: RECALLS }, (_, i) => time(() => step(i)));
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How quick, large and frugal a memory of so many messages is; its disk is SQLite in memory. */
export async function measureSpeed(size: number, key?: Uint8Array) {
  const cells = openCells(
    () => openVault(key && { keys: [key], seals: true }),
    () => 1,
  );
  const storage = openDisk();
  const first = openMemory(storage.disk, cells);
  first.open();
  await first.check(originalOf(talkOf(size)));
  const cold = Math.min(
    ...Array.from({ length: ROUNDS }, () => time(() => openMemory(storage.disk, cells).open())),
  );

  const before = heap();
  const memory = openMemory(storage.disk, cells);
  memory.open();
  const megabytes = (heap() - before) / 2 ** 20;

  const readBefore = storage.reads;
  // The best of some rounds: what else the machine does only makes them longer.
  const recall = Math.min(...Array.from({ length: ROUNDS }, () => mean(times((i) => ask(memory, i)))));
  const read = (storage.reads - readBefore) / RECALLS / ROUNDS;

  const written = storage.writes;
  const fresh = mean(
    times((i) => {
      memory.learn(lessonOf(i));
      memory.settle();
      ask(memory, i);
    }),
  );
  const rows = (storage.writes - written) / RECALLS;
  return { size, cold, megabytes, recall, read, fresh, rows, kept: memory.size };
}

/** A turn more of the first conversation. */
function lessonOf(i: number): Lesson {
  const life = lives[i % lives.length];
  const last = IDS + 300 + 2 * i;
  const messages = [0, 1].map((n) => ({
    id: last + 1 + n,
    role: n === 0 ? ("user" as const) : ("assistant" as const),
    at: Date.UTC(2031, 0, 1 + i),
    body: `${life?.messages[100 + n]?.content ?? ""} ${i}`,
  }));
  return { conversation: 1, revision: 2 + i, nonce: NONCE, messages, after: last };
}

const verdict = (isWithin: boolean) => (isWithin ? "PASS" : "FAIL");

/** Prints it with its bars. */
export async function reportSpeed(): Promise<void> {
  const all = [
    await measureSpeed(10_000),
    await measureSpeed(10_000, new Uint8Array(32).fill(7)),
    await measureSpeed(100_000),
  ];
  const head = [
    "messages",
    "kept",
    "recall with texts, ms",
    "after a new message, ms",
    "rows read to show it",
    "cold, ms",
    "MB",
    "writes a turn",
  ];
  const row = (
    { size, kept, recall, fresh, read, cold, megabytes, rows }: (typeof all)[number],
    i: number,
  ) => [
    `${size}${i === 1 ? ", sealed" : ""}`,
    kept,
    recall.toFixed(2),
    fresh.toFixed(2),
    read.toFixed(0),
    cold.toFixed(0),
    megabytes.toFixed(1),
    rows.toFixed(2),
  ];
  console.log(`\n${table(head, all.map(row))}\n`);
  const [ten, , hundred] = all;
  if (!ten || !hundred) return;
  console.log(
    `${verdict(ten.recall <= BARS.recall)}: recall with its texts ≤ ${BARS.recall} ms at 10,000 (mean of ${RECALLS})`,
  );
  console.log(`${verdict(ten.cold <= BARS.cold)}: a cold object ≤ ${BARS.cold} ms at 10,000`);
  console.log(`${verdict(ten.megabytes <= BARS.megabytes)}: memory ≤ ${BARS.megabytes} MB at 10,000`);
  console.log(`${verdict(ten.rows <= BARS.rows)}: ≤ ${BARS.rows} rows written in a turn`);
  console.log(
    `${verdict(hundred.kept <= BARS.kept)}: of 100,000 messages no more than ${BARS.kept} are kept`,
  );
}
