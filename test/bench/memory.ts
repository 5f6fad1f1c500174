/**
 * What a persona's memory finds: `npm run bench:memory`. Each question is asked of all messages before it, and what fits
 * into the budget, whole messages only, is compared with the evidence.
 */
/// <reference types="@cloudflare/workers-types" />
import type * as Index from "../../src/memory/index";
import type * as Message from "../../src/memory/message";
import { seeded } from "../safety/chat.ts";
import { reportCaching } from "./memory/caching.ts";
import { conversations, HANDWRITTEN, type Conversation } from "./memory/conversations.ts";
import { KINDS } from "./memory/life.ts";
import { choose, digest, openIndex, scoreMessages, termsOf } from "./memory/load.ts";
import { reportNear } from "./memory/near.ts";
import { reportSpeed } from "./memory/speed.ts";
import { table } from "./stats.ts";

const BUDGETS = [1000, 2000];
const IDS_PER_CONVERSATION = 2 ** 20;
const DATE_LINE_TOKENS = 10;

type Doc = Message.Doc;
type Asked = Conversation["questions"][number];
type Ranker = (index: Index.MemoryIndex, asked: Asked, persona: string, budget: number) => Doc[];

/** The same room for all: whole messages, and a date line for each session. */
function fitting(docs: Doc[], budget: number): Doc[] {
  const sessions = new Set<number>();
  let tokens = 0;
  return docs.filter((doc) => {
    const size = doc.tokens + (sessions.has(doc.session) ? 0 : DATE_LINE_TOKENS);
    if (tokens + size > budget) return false;
    tokens += size;
    sessions.add(doc.session);
    return true;
  });
}

/** By plain BM25, of equals the newest first; those with a higher score than this. */
function byWords(index: Index.MemoryIndex, { question }: Asked, least: number): Doc[] {
  const view = index.view();
  const scores = scoreMessages(view, termsOf(view, question));
  const scoreOf = ({ place }: Doc) => scores[place] ?? 0;
  const hits = view.docs.filter((doc) => scoreOf(doc) > least);
  return hits.toSorted((a, b) => scoreOf(b) - scoreOf(a) || b.id - a.id);
}

const RANKERS: Record<string, Ranker> = {
  memory: (index, { question, at }, persona, budget) =>
    choose(index, { text: question, persona, now: Date.parse(at), budget, ratio: 1, isBefore: () => true })
      .docs,
  BM25: (index, asked, _, budget) => fitting(byWords(index, asked, 0), budget),
  "BM25, then newest": (index, asked, _, budget) => fitting(byWords(index, asked, -1), budget),
  newest: (index, _, __, budget) => fitting(index.talk(1).toReversed(), budget),
};

function indexOf({ messages }: Conversation, conversation: number, before = Infinity, index = openIndex()) {
  messages.forEach(({ role, at, content }, place) => {
    if (Date.parse(at) >= before) return;
    const id = conversation * IDS_PER_CONVERSATION + place + 1;
    index.add(digest({ id, role, at: Date.parse(at), body: content }));
  });
  return index;
}

/** Which share of a question's evidence was found. */
type Result = { half: string; kind: string; ranker: string; budget: number; found: number };

const results: Result[] = conversations().flatMap((conversation) =>
  conversation.questions.flatMap((question) => {
    const index = indexOf(conversation, 1, Date.parse(question.at));
    const id = (place: number) => IDS_PER_CONVERSATION + place + 1;
    return Object.entries(RANKERS).flatMap(([ranker, rank]) =>
      BUDGETS.map((budget) => {
        const docs = rank(index, question, conversation.persona, budget);
        const ids = new Set(docs.map((doc) => doc.id));
        const hits = question.evidence.filter((place) => ids.has(id(place)));
        const found = hits.length / question.evidence.length;
        if (process.env["MISSED"] === conversation.half && ranker === "memory" && found < 1)
          logMissed(conversation, question, budget, ids);
        return { half: conversation.half, kind: question.kind, ranker, budget, found };
      }),
    );
  }),
);

/** `MISSED=dev`: what was not found, to read. */
function logMissed(
  { name, messages }: Conversation,
  { kind, question, evidence }: Conversation["questions"][number],
  budget: number,
  ids: Set<number>,
): void {
  console.log(`${name} ${kind} ${budget}: ${question}`);
  for (const place of evidence)
    if (!ids.has(IDS_PER_CONVERSATION + place + 1)) console.log(`    ${messages[place]?.content ?? ""}`);
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share: number) => (100 * share).toFixed(1);

/** A mean in percent, and between which it lies in 95 of 100 resamplings of the questions. */
function withInterval(values: number[]): string {
  const random = seeded(1);
  const means = Array.from({ length: 1000 }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).toSorted((a, b) => a - b);
  return `${percent(mean(values))} (${percent(means[24] ?? 0)}–${percent(means[974] ?? 0)})`;
}

for (const half of ["dev", "kept"]) {
  const rows = ["all", ...Object.values(KINDS)].flatMap((kind) =>
    Object.keys(RANKERS).map((ranker) => {
      const own = results.filter(
        (result) =>
          result.half === half && result.ranker === ranker && (kind === "all" || result.kind === kind),
      );
      const at = (budget: number) =>
        own.filter((result) => result.budget === budget).map(({ found }) => found);
      const all = (budget: number) => at(budget).map((found) => Number(found === 1));
      return [
        kind,
        at(1000).length,
        ranker,
        ...BUDGETS.flatMap((b) => [withInterval(at(b)), withInterval(all(b))]),
      ];
    }),
  );
  const head = ["kind", "questions", "by", ...BUDGETS.flatMap((b) => [`recall ${b}`, `all evidence ${b}`])];
  console.log(`\n${half}, percent with 95 % intervals\n${table(head, rows)}`);
}

reportNear();
await reportSpeed();
await reportCaching();
console.log(`${HANDWRITTEN} of 6,000 messages are by hand (test/bench/memory/README.md)`);
