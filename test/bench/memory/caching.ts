/// <reference types="@cloudflare/workers-types" />
import type { RecallAnswer } from "../../../src/memory/answer";
import type { Said } from "../../../src/memory/message";
import type { Prompt } from "../../../src/prompt/build";
import { openDisk } from "../../live/memory-world.ts";
import { table } from "../stats.ts";
import { conversations, type Conversation } from "./conversations.ts";
import { estimateTokens, openCells, openMemory, openVault, promptWith } from "./load.ts";

const CHATS = 8;
const TURNS = 100;
/** Tokens. */
const BUDGET = 8000;
const REPLY = 150;
const ROOM = { recalled: 1000, facts: 300 };
/** Turns. */
const FULL = { from: 61, to: 100 };
const BARS = { remembering: 0.55, plain: 0.85 };
/** A provider caches a prompt's beginning from so many tokens on, in such steps (OpenAI's guide to prompt caching). */
const [LEAST, STEP] = [1024, 128];
const BYTES_PER_TOKEN = 4;

const CONVERSATION = 1;
const ids = (n: number) => CONVERSATION * 2 ** 20 + n;

/** The turns of a life, with replies of about so many tokens. */
function turnsOf({ messages }: Conversation): [said: string, reply: string][] {
  const of = (role: string) => messages.flatMap((one) => (one.role === role ? one.content : []));
  const [said, answers] = [of("user"), of("assistant")];
  return Array.from({ length: TURNS }, (_, turn) => {
    let reply = "";
    for (let i = turn; estimateTokens(reply) < REPLY; i++) reply += ` ${answers[i % answers.length] ?? ""}`;
    return [said[turn % said.length] ?? "", reply.trim()];
  });
}

/** A prompt as the model reads it. */
function textOf({ request: { system, messages, recalled } }: Prompt): string {
  const lines = messages.map(({ role, content }) => `${role}: ${content as string}`);
  return [system, ...lines.slice(0, -1), ...(recalled ? [recalled.text] : []), ...lines.slice(-1)].join("\n");
}

function cacheable(prompt: string, before: string): number {
  let same = 0;
  while (same < prompt.length && prompt[same] === before[same]) same++;
  const tokens = same / BYTES_PER_TOKEN;
  const cached = tokens < LEAST ? 0 : LEAST + Math.floor((tokens - LEAST) / STEP) * STEP;
  return (cached * BYTES_PER_TOKEN) / prompt.length;
}

const said = (n: number, role: Said["role"], body: string): Said => ({
  id: ids(n),
  role,
  at: Date.UTC(2026, 0, 1) + n * 3_600_000,
  body,
});

/** How much of each turn's prompt a provider can take from its cache. */
async function sharesOf(life: Conversation, isRemembering: boolean): Promise<number[]> {
  const cells = openCells(
    () => openVault(),
    () => 1,
  );
  const memory = openMemory(openDisk().disk, cells);
  memory.open();
  await memory.check({
    conversations: async () => [
      { id: CONVERSATION, revision: 1, nonce: "n", headMessageId: null, updatedAt: new Date(8e15) },
    ],
    branch: async () => [],
  });
  const entries: { id: number; role: Said["role"]; content: string; status: "complete" }[] = [];
  const shares: number[] = [];
  let [before, start]: [string, number | null] = ["", null];
  for (const [turn, [message, reply]] of turnsOf(life).entries()) {
    const persona = {
      name: life.persona,
      description: "Kind, dry, and a friend for years. ".repeat(20),
      relationType: "friend" as const,
    };
    const prompt = await promptWith(
      CONVERSATION,
      { persona, rules: "", window: { entries, before: 0, budget: BUDGET, start }, message, note: null },
      { budget: BUDGET, ratio: 1, source: "memory" },
      isRemembering ? ROOM : null,
      false,
      async (request): Promise<RecallAnswer> => memory.answer(request),
    );
    const text = textOf(prompt);
    shares.push(cacheable(text, before));
    before = text;
    start = prompt.report.sections.find(({ name }) => name === "history")?.ids?.[0]?.[0] ?? null;
    const pair = [said(2 * turn + 1, "user", message), said(2 * turn + 2, "assistant", reply)];
    entries.push(
      ...pair.map(({ id, role, body }) => ({ id, role, content: body, status: "complete" as const })),
    );
    memory.learn({
      conversation: CONVERSATION,
      revision: turn + 2,
      nonce: "n",
      messages: pair,
      after: turn === 0 ? null : ids(2 * turn),
    });
  }
  return shares;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Prints which share of a conversation's prompts can come from a cache, with a memory and without. */
export async function reportCaching(): Promise<void> {
  const chats = conversations().slice(0, CHATS);
  const shares = async (isRemembering: boolean) =>
    Promise.all(chats.map((life) => sharesOf(life, isRemembering)));
  const full = (all: number[][]) => mean(all.flatMap((one) => one.slice(FULL.from - 1, FULL.to)));
  const [plain, remembering] = [await shares(false), await shares(true)];
  console.log(
    `\n${table(
      ["cacheable, of 8 chats", "all turns", "turns 61 to 100"],
      [
        ["without a memory", percent(mean(plain.flat())), percent(full(plain))],
        ["with a memory", percent(mean(remembering.flat())), percent(full(remembering))],
      ],
    )}\n`,
  );
  console.log(
    `${full(remembering) >= BARS.remembering ? "PASS" : "FAIL"}: ≥ ${percent(BARS.remembering)} with a memory`,
  );
  console.log(`${full(plain) >= BARS.plain ? "PASS" : "FAIL"}: ≥ ${percent(BARS.plain)} without`);
}
