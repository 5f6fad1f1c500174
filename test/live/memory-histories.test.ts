/// <reference types="@cloudflare/workers-types" />
import { describe, it, vi } from "vitest";

import { openVault } from "../../src/db/vault.ts";
import { openCells } from "../../src/memory/cells.ts";
import { openMemory } from "../../src/memory/memory.ts";
import { seeded } from "../safety/chat.ts";
import { openDisk, Stopped } from "./memory-world.ts";
import { openWorld, type World } from "./memory-record.ts";

/** Reading a text takes longer than all the rest, and the same few are said in every history. */
const { remembering } = vi.hoisted(() => ({
  remembering: <T>(read: (text: string) => T) => {
    const known = new Map<string, T>();
    return (text: string): T => {
      const found = known.get(text) ?? read(text);
      known.set(text, found);
      return found;
    };
  },
}));
vi.mock(import("../../src/memory/facts/extract.ts"), async (original) => {
  const real = await original();
  return { ...real, findFacts: remembering(real.findFacts) };
});
vi.mock(import("../../src/memory/words.ts"), async (original) => {
  const real = await original();
  return { ...real, wordsOf: remembering(real.wordsOf), contentWordsOf: remembering(real.contentWordsOf) };
});
vi.mock(import("../../src/memory/traits.ts"), async (original) => {
  const real = await original();
  const speakerAsked = remembering((question) => real.speakerAsked(question, { persona: "Mara" }));
  return { ...real, traitsOf: remembering(real.traitsOf), asksFor: remembering(real.asksFor), speakerAsked };
});
vi.mock(import("../../src/memory/dates.ts"), async (original) => {
  const real = await original();
  const datesIn = remembering((question) => real.datesIn(question, 0));
  return { ...real, datesIn };
});

const HISTORIES = Number(process.env["HISTORIES"] ?? 10_000);
const SEED = Number(process.env["HISTORIES_SEED"] ?? 1);
const STEPS = 6;

const cells = openCells(
  () => openVault(),
  () => 1,
);
const storage = openDisk();

/** One history: what a user does with a persona, crashes of its memory between any two writes, and what must hold throughout. */
async function live(seed: number): Promise<void> {
  storage.empty();
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const world = openWorld(random);
  let memory = openMemory(storage.disk, cells);

  const wake = () => {
    storage.goOn();
    memory = openMemory(storage.disk, cells);
    memory.open();
    return memory;
  };

  /** A call to the object: whether it came to its end. What is thrown by a disk that has stopped is a crash. */
  async function call(step: (it: typeof memory) => unknown): Promise<boolean> {
    if (random() < 0.3) storage.stopAfter(below(8));
    try {
      memory.open();
      await step(memory);
      memory.settle();
      storage.goOn();
      return true;
    } catch (error) {
      if (!(error instanceof Stopped) && !world.isTrouble(error)) throw error;
      // An object whose call fails lives on; one that has crashed wakes.
      if (error instanceof Stopped) wake();
      return false;
    } finally {
      world.goOn();
    }
  }

  for (let step = 0; step < STEPS; step++) {
    if (random() < 0.15) wake();
    await act(world, call, random);
    hold(world, wakeSometimes());
  }
  function wakeSometimes() {
    return random() < 0.3 ? wake() : (memory.open(), memory);
  }

  // In the end everything is told, and nothing goes wrong.
  await wake().check(world.original);
  memory.settle();
  hold(world, memory);
  const known = recall(memory, 2000);
  must("all is found that there is", isSame(known.ids.toSorted(), world.remembered().toSorted()));
  const all = new Set(known.ids);
  must(
    "each fact was told by what there is",
    known.facts.every(({ sourceIds }) => sourceIds.every((id) => all.has(id))),
  );
  await memory.rebuild(world.original);
  memory.settle();
  must("a memory made anew is the same", isSame(recall(memory, 2000), known));
  must("and so is one that wakes", isSame(recall(wake(), 2000), known));
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
/** Cheaper than `expect`, which is called half a million times here. */
function must(what: string, holds: boolean): void {
  if (!holds) throw new Error(`Not so: ${what}.`);
}

const recall = (memory: ReturnType<typeof openMemory>, budget: number) => {
  const { ranked, tokens, items } = memory.answer({
    question: "What did I say of Oslo, the bees, my sister and the boat? See?",
    persona: "Mara",
    budget,
    factBudget: 0,
    ratio: 1,
    now: 0,
    window: null,
  });
  const facts = memory
    .listFacts(true)
    .map(({ id, text, sourceIds, until, supersededBy }) => ({ id, text, sourceIds, until, supersededBy }));
  return { ids: ranked, tokens, texts: items.map(({ body }) => body), facts };
};

/** What holds whenever the memory is asked. */
function hold(world: World, memory: ReturnType<typeof openMemory>): void {
  const budget = world.isEven() ? 90 : 2000;
  const { ids, texts, tokens, facts } = recall(memory, budget);
  must("the budget is kept", tokens <= budget);
  must("nothing is recalled twice", new Set(ids).size === ids.length);
  must("nothing forgotten is recalled", !texts.some(world.isForgotten));
  must("each fact has a source", !facts.some(({ sourceIds }) => sourceIds.every(world.isForgottenId)));
  must("no fact is known again that was forgotten", !facts.some(({ text }) => world.refused.has(text)));
}

const NOBODY = { userId: 1, personaId: 1 };
/** What a model notes of a message, by then perhaps forgotten. */
const noteOf = (id: number) => ({
  kind: "other" as const,
  text: `Noted of ${id}.`,
  sourceIds: [id],
  at: id,
  replaces: null,
});

type Call = (step: (memory: ReturnType<typeof openMemory>) => unknown) => Promise<boolean>;

/** Something that a user does, and what is then told to the memory: at once, late, twice, or never. */
async function act(world: World, call: Call, random: () => number): Promise<void> {
  const is = (share: number) => random() < share;
  const follow = () => call((memory) => memory.check(world.original));
  const told = async (lesson: World["late"][number] | null) => {
    if (!lesson) return;
    if (is(0.3)) world.late.push(lesson);
    if (is(0.75)) await call((memory) => memory.learn(lesson) || memory.check(world.original));
  };
  const acts: [number, () => Promise<unknown>][] = [
    [5, () => told(world.turn())],
    [2, () => told(world.regenerate())],
    [1, async () => (world.edit(), is(0.6) && follow())],
    [1, async () => (world.bringIn(), is(0.8) && follow())],
    [
      2,
      async () => {
        const ids = world.chooseMessages();
        if (ids.length > 0 && (await call((memory) => memory.forgetMessages(ids)))) {
          world.forget(ids);
          if (is(0.85)) world.deleteMessages(ids);
          if (is(0.7)) await follow();
        }
      },
    ],
    [
      1,
      async () => {
        const undone = world.undo();
        const restore = ({ conversation, ids }: NonNullable<typeof undone>) =>
          call((memory) => memory.restoreMessages(world.original, conversation, ids));
        // Until it is heard: before that, what was forgotten stays so.
        while (undone && !(await restore(undone)));
      },
    ],
    [
      1,
      async () => {
        const gone = world.chooseConversation();
        if (gone && (await call((memory) => memory.forgetConversations([gone]))))
          world.deleteConversation(gone.id);
      },
    ],
    [
      1,
      async () => {
        const moved = world.move();
        if (moved && is(0.8)) await call((memory) => memory.leaveConversation(moved));
      },
    ],
    [1, async () => world.comeBack() && is(0.8) && follow()],
    [
      1,
      async () => {
        const [fact] = await knownFacts(call);
        if (fact && (await call((memory) => memory.changeFacts((facts) => facts.refuse(fact.id)))))
          world.refused.add(fact.text);
      },
    ],
    [
      0.5,
      async () => {
        const at = world.now;
        if (await call((memory) => memory.forgetBefore(at))) world.forgetBefore(at);
      },
    ],
    [1, () => call((memory) => memory.rebuild(world.original))],
    [2, () => follow()],
    [1.5, () => call(({ unread }) => (world.reading ??= (unread.begin(NOBODY, 0), unread.take(Infinity))))],
    [
      1.5,
      async () => {
        const { reading } = world;
        world.reading = null;
        if (reading) await call((memory) => memory.keepReadings(reading, reading.ids.map(noteOf)));
      },
    ],
    [
      2,
      async () => {
        const [lesson] = world.late.splice(0, 1);
        if (lesson) await call((memory) => memory.learn(lesson) || memory.check(world.original));
      },
    ],
    [1, async () => (world.trouble(), follow())],
  ];
  let at = random() * acts.reduce((sum, [weight]) => sum + weight, 0);
  const [, chosen] = acts.find(([weight]) => (at -= weight) < 0) ?? acts[0]!;
  await chosen();
}

async function knownFacts(call: Call) {
  let found: { id: number; text: string }[] = [];
  await call((memory) => (found = memory.listFacts(false)));
  return found;
}

describe("a memory", () => {
  it(`keeps its promises in ${HISTORIES} random histories, with crashes between any two writes`, async () => {
    for (let seed = SEED; seed < SEED + HISTORIES; seed++)
      await live(seed).catch((error: unknown) => {
        throw new Error(`History ${seed} (HISTORIES=1 HISTORIES_SEED=${seed})`, { cause: error });
      });
  });
});
