import { seeded } from "../../safety/chat.ts";
import { askedOf, sessionsOf, type Kind, type Life, type Line, type Role, type Session } from "./life.ts";
import { LIVES, type Half } from "./lives.ts";
import { ODDITIES } from "./oddities.ts";
import { POOLS, type Pool } from "./small-talk.ts";

/** `at` is ISO 8601; `evidence` are indexes of messages. */
export type Conversation = {
  name: string;
  half: Half;
  language: Life["language"];
  persona: string;
  user: string;
  messages: { role: Role; at: string; content: string }[];
  questions: { kind: Kind; question: string; at: string; evidence: number[] }[];
};

export const MESSAGES = 300;
/** Of all those: what the program composed is the rest. */
export const HANDWRITTEN = LIVES.reduce(
  (sum, { life }) => sum + sessionsOf(life).reduce((lines, session) => lines + session.lines.length, 0),
  0,
);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

type Random = () => number;
const below = (random: Random, limit: number) => Math.floor(random() * limit);
const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)] as T;

/** All conversations, always the same bytes. */
export const conversations = (): Conversation[] =>
  LIVES.map(({ name, half, life }) => {
    const random = seeded(Number(name));
    const { messages, places } = compose(life, random);
    const end = Date.parse(messages.at(-1)?.at ?? "");
    const questions = askedOf(life).map(({ kind, question, numbers }) => ({
      kind,
      question,
      at: new Date(end + (7 + below(random, 35)) * DAY_MS).toISOString(),
      evidence: numbers.map((number) => places.get(number) ?? Number.NaN).toSorted((a, b) => a - b),
    }));
    return {
      name,
      half,
      language: life.language,
      persona: life.persona,
      user: life.user,
      messages,
      questions,
    };
  });

function compose(life: Life, random: Random) {
  const talk = smallTalk(life, random);
  const sessions = sessionsOf(life).map((session) => ({ ...session, lines: inTurn(session.lines, talk) }));
  const sizes = sizesOf(sessions, random);
  const messages: Conversation["messages"] = [];
  const places = new Map<number, number>();
  sessions.forEach(({ date, lines }, i) => {
    const pairs = ((sizes[i] ?? 0) - lines.length) / 2;
    const before = below(random, pairs + 1);
    const all = [...talk.pairs(before, true), ...lines, ...talk.pairs(pairs - before, before === 0)];
    let at = Date.parse(`${date}T${17 + below(random, 4)}:${10 + below(random, 50)}:00Z`);
    for (const { role, content, number } of all) {
      if (number !== null) places.set(number, messages.length);
      messages.push({ role, at: new Date(at).toISOString(), content });
      at += (1 + below(random, 5)) * MINUTE_MS;
    }
  });
  return { messages, places };
}

type Talk = ReturnType<typeof smallTalk>;

/** Lines in strict turns: where two of one speaker follow each other, something small stands between them. */
function inTurn(lines: Line[], talk: Talk): Line[] {
  const turns: Line[] = [];
  for (const line of lines) {
    if (line.role === (turns.at(-1)?.role ?? "assistant"))
      turns.push(line.role === "user" ? talk.answer() : talk.remark());
    turns.push(line);
  }
  return turns.at(-1)?.role === "user" ? [...turns, talk.answer()] : turns;
}

/** How many messages each session has: even, about alike, 300 in all. */
function sizesOf(sessions: Session[], random: Random): number[] {
  const mean = Math.floor(MESSAGES / sessions.length / 2) * 2;
  const sizes = sessions.map(({ lines }) => Math.max(lines.length + 4, mean + 2 * (below(random, 5) - 2)));
  for (let i = 0; total(sizes) !== MESSAGES; i = (i + 1) % sizes.length) {
    const size = sizes[i] ?? 0;
    if (total(sizes) < MESSAGES) sizes[i] = size + 2;
    else if (size > mean - 6 && size > (sessions[i]?.lines.length ?? 0) + 2) sizes[i] = size - 2;
  }
  return sizes;
}
const total = (sizes: number[]) => sizes.reduce((sum, size) => sum + size, 0);

/** Small talk of a life; no sentence pair comes twice. */
function smallTalk(life: Life, random: Random) {
  const pool = POOLS[life.language];
  const said = new Set<string>();
  const uses = new Map<string, number>();
  const unsaid = (make: () => string): string => {
    for (;;) {
      const content = make();
      if (said.has(content)) continue;
      said.add(content);
      return content;
    }
  };
  const rare = (from: string[]) => {
    const [one, other] = [pick(random, from), pick(random, from)];
    const rarer = (uses.get(one) ?? 0) <= (uses.get(other) ?? 0) ? one : other;
    uses.set(rarer, (uses.get(rarer) ?? 0) + 1);
    return rarer;
  };
  const remarkOn = (slots: Slots) => fill(rare(random() < 0.35 ? pool.odd : pool.user), slots);
  const answerTo = (slots: Slots) => fill(rare(pick(random, answersOf(pool))), slots);
  const user = (slots: Slots) => unsaid(() => several(pool, () => remarkOn(slots), random));
  const answer = (slots: Slots) => unsaid(() => several(pool, () => answerTo(slots), random));
  const line = (role: Role, content: string): Line => ({ role, content, number: null });
  return {
    remark: () => line("user", user(slotsOf(life, random))),
    answer: () =>
      line(
        "assistant",
        unsaid(() => several(pool, () => rare(pool.answers), random)),
      ),
    pairs: (count: number, opens: boolean) =>
      Array.from({ length: count }, (_, i) => {
        const slots = slotsOf(life, random);
        const isGreeting = opens && i === 0 && random() < 0.5;
        return [
          line("user", isGreeting ? pick(random, pool.greetings) : user(slots)),
          line("assistant", answer(slots)),
        ];
      }).flat(),
  };
}

const answersOf = ({ answers, persona, oddAnswers }: Pool) => [
  answers,
  answers,
  persona,
  persona,
  oddAnswers,
];

/** One to three different sentences. */
function several({ space }: Pool, sentence: () => string, random: Random): string {
  const count = random() < 0.35 ? 1 : random() < 0.7 ? 2 : 3;
  return [...new Set(Array.from({ length: count }, sentence))].join(space);
}

type Slots = { person: string; place: string; doing: string; thing: string; odd: string };
const slotsOf = ({ language, people, places, doing, things }: Life, random: Random): Slots => ({
  person: pick(random, people),
  place: pick(random, places),
  doing: pick(random, doing),
  thing: pick(random, things),
  odd: pick(random, ODDITIES[language]),
});

const fill = (template: string, slots: Slots) =>
  capital(template.replace(/\{(person|place|doing|thing|odd)\}/g, (_, slot: keyof Slots) => slots[slot]));
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
