/// <reference types="@cloudflare/workers-types" />
import type * as Message from "../../../src/memory/message";
import { seeded } from "../../safety/chat.ts";
import { table } from "../stats.ts";
import { conversations, type Conversation } from "./conversations.ts";
import { choose, digest, openIndex } from "./load.ts";

const BUDGET = 1000;
/** What stands in the prompt anyway while small talk is answered. Messages. */
const WINDOW = 30;
/** Of the small talk one message of the user in so many is tried. */
const EVERY = 5;
/** How much of a conversation is remembered: all, or what answers and so many others. */
const SIZES = [Infinity, 100, 30, 10];

type Asked = { text: string; at: number; evidence: number[]; hidden: number };
type Outcome = { isShown: boolean; isRight: boolean };

/** What is said to be remembered for one message, of a memory of some size. */
function tryOne({ messages, persona }: Conversation, asked: Asked, size: number): Outcome {
  const random = seeded(asked.at % 1000);
  const past = messages.flatMap(({ at }, place) => (Date.parse(at) < asked.at ? [place] : []));
  const old = past.slice(0, past.length - asked.hidden).map((place) => ({ place, order: random() }));
  const kept = old.toSorted((a, b) => a.order - b.order).slice(0, size);
  const index = openIndex();
  for (const place of new Set([...asked.evidence, ...kept.map((one) => one.place)])) {
    const { role, at, content } = messages[place] as Conversation["messages"][number];
    index.add(digest({ id: 2 ** 20 + place + 1, role, at: Date.parse(at), body: content }));
  }
  const question = { text: asked.text, persona, now: asked.at };
  const { docs, isNear } = choose(index, { ...question, budget: BUDGET, ratio: 1, isBefore: () => true });
  const near = docs.filter((doc: Message.Doc) => isNear(doc)).map(({ id }) => id - 2 ** 20 - 1);
  return { isShown: near.length > 0, isRight: asked.evidence.some((place) => near.includes(place)) };
}

const questionsOf = ({ questions }: Conversation): Asked[] =>
  questions.map(({ question: text, at, evidence }) => ({ text, at: Date.parse(at), evidence, hidden: 0 }));

function smallTalkOf({ messages, questions }: Conversation): Asked[] {
  const telling = new Set(questions.flatMap(({ evidence }) => evidence));
  const said = messages.flatMap(({ role, content: text, at }, place) =>
    role === "user" && place >= messages.length / 3 && !telling.has(place)
      ? [{ text, at: Date.parse(at), evidence: [], hidden: WINDOW }]
      : [],
  );
  return said.filter((_, n) => n % EVERY === 0);
}

const share = (outcomes: Outcome[], is: (outcome: Outcome) => boolean) =>
  `${((100 * outcomes.filter(is).length) / Math.max(1, outcomes.length)).toFixed(0)} %`;

/** How often a reply says that it remembers something, and how often what answers is among that. */
export function reportNear(): void {
  const rows = ["dev", "kept"].flatMap((half) =>
    SIZES.map((size) => {
      const all = conversations().filter((one) => one.half === half);
      const tried = (of: (one: Conversation) => Asked[]) =>
        all.flatMap((one) => of(one).map((asked) => tryOne(one, asked, size)));
      const [questions, talk] = [tried(questionsOf), tried(smallTalkOf)];
      const shown = questions.filter(({ isShown }) => isShown);
      return [
        half,
        size === Infinity ? "all" : size,
        share(questions, ({ isShown }) => isShown),
        share(shown, ({ isRight }) => isRight),
        share(talk, ({ isShown }) => isShown),
      ];
    }),
  );
  const head = [
    "half",
    "messages",
    "questions: said to be remembered",
    "of these with what answers",
    "small talk",
  ];
  console.log(`\n${table(head, rows)}`);
}
